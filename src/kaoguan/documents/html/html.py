"""HTML: headings, paragraphs, lists, tables and code as lines; menus, sidebars and the like listed as removed.

Nothing is fetched and no script runs: the parser only builds a tree.
"""

import re
from typing import TYPE_CHECKING

from kaoguan.documents.document import RemovalReason
from kaoguan.documents.extract import Extract
from kaoguan.documents.html.page_parts import Parts
from kaoguan.documents.pictures import PICTURE, drawn_formula
from kaoguan.errors import DocumentError
from kaoguan.text.script import FULL_WIDTH

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "select",
        "textarea",
        "input",
        "head",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"  # noqa: SIM905
    " form header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
) | frozenset(_HEADINGS)
# What a cell may not hold for its row to be a line: then the table is there for the layout.
_LAYOUT = ("p[2]", "table", "ul", "ol", "pre", "h1", "h2", "h3", "div[3]")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FORMULA_CLASS = re.compile(r"math|latex|formula|equation|eeimg|\btex\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# A line end in the source of Chinese text is no space.
_WRAPPED = re.compile(rf"(?<=[{FULL_WIDTH}])\s*\n\s*(?=[{FULL_WIDTH}])")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# What XML and HTML do not allow in a text; a real escape sequence would end the parse.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PARAGRAPHS = frozenset({"p", "pre", "table", "ul", "ol", "dl", "blockquote", "section", "article", *_HEADINGS})
_DEEPEST_LIST = 20


def charset(content: bytes) -> str | None:
    """Return the codec an HTML page declares in its first lines, None where it does not or nobody knows it."""
    declared = _CHARSET.search(content[:4096])
    if not declared:
        return None
    name = declared[1].decode("ascii").lower()
    # Pages that declare GB2312 use characters beyond it, as browsers know.
    name = "gb18030" if name in {"gb2312", "gbk", "gb_2312-80"} else name
    try:
        b"a".decode(name)
        "a".encode(name)
    except (LookupError, ValueError, TypeError):
        return None
    return name


def extract(name: str, text: str, into: Extract) -> None:
    """Add a page's lines; DocumentError where it is nested beyond reason."""
    # lxml costs 0.05 s, and most documents are no HTML.
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    text = _CONTROL.sub("", text)
    if not text.strip():
        return
    # Without huge_tree the parser drops what lies below 256 levels, without a word.
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise DocumentError(name, "is nested too deeply to be a page", "save the page again from a browser")
    _Page(root, into).read()


class _Page:
    """One page, walked in reading order without recursion."""

    def __init__(self, root: "HtmlElement", into: Extract) -> None:
        self._root = root
        self._into = into
        self._parts = Parts(root)
        self._words: list[str] = []
        self._ink = self._bold_ink = 0
        self._bold = self._code = self._row = 0
        self._level: int | None = None
        self._away: list[tuple[HtmlElement, RemovalReason]] = []
        self._lists: list[int | None] = []
        self._marker = ""

    def read(self) -> None:
        """Walk the page from its start to its end."""
        from lxml.etree import iterwalk  # deferred for the same reason

        walk = iterwalk(self._root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if element.tag in _SILENT or _is_hidden(element) or _tex(element):
                    self._formula(element)
                    walk.skip_subtree()
                    skipped = element
                    continue
                self._start(element)
                self._text(element.text)
            else:
                if element is not skipped:
                    self._end(element)
                skipped = None
                self._text(element.tail)
        self._flush()

    def _start(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag in _BLOCKS and not (self._row and tag not in {"table"}):
            self._flush()
        if not self._away and (reason := self._parts.reason(element)):
            self._flush()
            self._away.append((element, reason))
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag in {"ul", "ol", "menu"}:
            self._lists.append(_integer(element.get("start"), 1) if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker(element)
        elif tag in {"b", "strong"}:
            self._bold += 1
        elif tag == "pre":
            self._code += 1
        elif tag == "tr" and not any(element.xpath(f"boolean(.//{inner})") for inner in _LAYOUT):
            self._row += 1
        elif tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._words.append(PICTURE)

    def _end(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag in {"td", "th"} and self._row:
            self._words.append(" | ")
        elif tag == "tr" and self._row:
            self._flush()
            self._row -= 1
        elif tag in _BLOCKS and not self._row:
            self._flush()
        if tag == "li":
            self._marker = "  " * (len(self._lists) - 1)
        elif tag in _HEADINGS:
            self._level = None
        elif tag in {"ul", "ol", "menu"} and self._lists:
            self._lists.pop()
        elif tag in {"b", "strong"}:
            self._bold -= 1
        elif tag == "pre":
            self._code -= 1
        if tag in _PARAGRAPHS and not self._row and not self._lists and not self._away:
            self._into.gap()
        if self._away and self._away[-1][0] is element:
            self._flush()
            self._away.pop()

    def _text(self, text: str | None) -> None:
        if not text:
            return
        ink = len(text.strip())
        self._ink += ink
        self._bold_ink += ink if self._bold else 0
        self._words.append(text if self._code else _SPACE.sub(" ", _WRAPPED.sub("", text)))

    def _formula(self, element: "HtmlElement") -> None:
        if source := _tex(element).strip():
            self._text(f"${source}$")

    def _next_marker(self, element: "HtmlElement") -> str:
        if not self._lists:
            return "- "
        indent = "  " * (min(len(self._lists), _DEEPEST_LIST) - 1)
        count = self._lists[-1]
        if count is None:
            return f"{indent}- "
        count = _integer(element.get("value"), count)
        self._lists[-1] = count + 1
        return f"{indent}{count}. "

    def _flush(self) -> None:
        """Put what was gathered on lines of its own."""
        text = "".join(self._words)
        strong = 0 < self._ink == self._bold_ink
        self._words, self._ink, self._bold_ink = [], 0, 0
        text = text.strip("\n") if self._code else "\n".join(part.strip(" |") for part in text.split("\n")).strip()
        if not text.strip():
            return
        if self._away:
            self._into.remove(text, self._away[-1][1])
        elif self._code:
            self._into.add(text, code=True)
        else:
            if self._level:
                self._into.gap()
            hanging = " " * len(self._marker)
            text = self._marker + text.replace("\n", "\n" + hanging)
            self._marker = hanging if self._lists else ""
            self._into.add(text, heading_level=self._level, strong=strong)


def _tex(element: "HtmlElement") -> str:
    """Return the TeX source of a formula that is drawn as an image, as MathML or by a script; "" for anything else."""
    if element.tag == "script" and (element.get("type") or "").startswith("math/tex"):
        return element.text or ""
    if element.tag == "img":
        named = _FORMULA_CLASS.search(" ".join((element.get("class") or "", *element.keys())))
        return (named and element.get("alt")) or drawn_formula(element.get("src") or "")
    if element.tag == "math":
        return element.findtext(".//annotation") or ""
    return ""


def _is_hidden(element: "HtmlElement") -> bool:
    return (
        "hidden" in element.attrib
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
        # KaTeX writes each formula twice: for the eye, and as MathML with its source.
        or "katex-html" in (element.get("class") or "")
    )


def _integer(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"[0-9]{1,6}", written) else otherwise
