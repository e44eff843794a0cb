"""Word's equations in plain signs."""

import pytest
from lxml import etree

from kaoguan.documents.docx import equations

NAMESPACE = equations.M.strip("{}")
CASES = {
    "a fraction": ("<f><num><r><t>a+b</t></r></num><den><r><t>2</t></r></den></f>", "(a+b)/2"),
    "a power": ("<sSup><e><r><t>x</t></r></e><sup><r><t>2</t></r></sup></sSup>", "x^2"),
    "an index": ("<sSub><e><r><t>w</t></r></e><sub><r><t>ij</t></r></sub></sSub>", "w_(ij)"),
    "a root": ("<rad><radPr/><deg/><e><r><t>d</t></r></e></rad>", "√(d)"),
    "a sum": (
        '<nary><naryPr><chr val="∑"/></naryPr><sub><r><t>i=1</t></r></sub><sup><r><t>n</t></r></sup>'
        "<e><r><t>x</t></r></e></nary>",
        "∑_(i=1)^n x",
    ),
    "brackets": ("<d><e><r><t>a</t></r></e></d>", "(a)"),
}


@pytest.mark.parametrize(("inner", "plain"), CASES.values(), ids=CASES)
def test_an_equation_is_one_line_of_plain_signs(inner: str, plain: str) -> None:
    marked = inner.replace('val="', 'm:val="')
    for tag in (
        "f",
        "num",
        "den",
        "r",
        "t",
        "sSup",
        "sSub",
        "e",
        "sup",
        "sub",
        "rad",
        "radPr",
        "deg",
        "nary",
        "naryPr",
        "chr",
        "d",
    ):
        marked = marked.replace(f"<{tag}>", f"<m:{tag}>").replace(f"</{tag}>", f"</m:{tag}>")
        marked = marked.replace(f"<{tag}/>", f"<m:{tag}/>").replace(f"<{tag} ", f"<m:{tag} ")
    root = etree.fromstring(f'<m:oMath xmlns:m="{NAMESPACE}">{marked}</m:oMath>')
    assert equations.plain(root) == plain
