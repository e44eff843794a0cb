"""reStructuredText: the lines of the file without their marks, knowing which are titles and which are code.

A title is a line with a line of signs below it; which sign it is says the level, in the order in which they appear.
"""

import re

from kaoguan.documents.document import RemovalReason
from kaoguan.documents.extract import Extract, split, tidy
from kaoguan.documents.pictures import PICTURE

# Some write fewer signs than the title is wide, most so below Chinese.
_SIGNS = re.compile(r"([=\-~^\"'`#*+:.<>_])\1{2,}")
_LIST_MARKER = re.compile(r"[-*+•]\s|\d+[.)]\s|\(\w\)\s")
_DIRECTIVE = re.compile(r"\.\.(?:\s+(?:\|[^|]+\|\s+)?(?P<name>[\w:-]+?)::.*|\s.*)?$")
_CODE = frozenset(
    {"code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "highlight", "raw", "toctree", "contents"}
)
_PICTURES = frozenset({"image", "figure"})
_OPTION = re.compile(r":[\w-]+:(?:\s.*)?$")
_STRONG = re.compile(r"\s*\*\*(?:(?!\*\*).)+\*\*\s*[:：]?")
_MARKS = (
    (re.compile(r"``(.+?)``"), r"\1"),
    (re.compile(r":math:`([^`]+)`"), r"$\1$"),
    (re.compile(r"(?::[\w:+-]+:)?`([^`<>]+?)\s*(?:<[^<>`]*>)?`_{0,2}"), r"\1"),
    (re.compile(r"\*\*((?:(?!\*\*).)+)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([*`_|\\+?.^$])"), r"\1"),
)


def extract(text: str, into: Extract) -> None:
    """Add the lines of a file; what only its tools read (directives, labels, comments) as removed."""
    source = [tidy(line) for line in split(text)]
    titles, signs = _titles(source)
    indent: int | None = None  # of the line whose indented text is code
    for number, line in enumerate(source):
        depth = len(line) - len(line.lstrip())
        if indent is not None and line.strip() and depth <= indent:
            indent = None
        if indent is not None:
            into.add(line, code=bool(line.strip()))
        elif number in signs:
            into.add("")
        elif directive := _DIRECTIVE.match(line.strip()):
            indent = depth if directive["name"] in _CODE or not directive["name"] else None
            _add_directive(line, directive["name"] or "", into)
        elif _OPTION.fullmatch(line.strip()):
            into.remove(line, RemovalReason.MARKUP)
        else:
            indent = depth if line.rstrip().endswith("::") else None
            into.add(_plain(line), heading_level=titles.get(number), strong=_STRONG.fullmatch(line) is not None)


def _titles(source: list[str]) -> tuple[dict[int, int], set[int]]:
    """Return the level of each title by its line, and the lines of signs around the titles."""
    order: list[str] = []
    titles: dict[int, int] = {}
    signs: set[int] = set()
    for number in range(1, len(source)):
        below, title = _SIGNS.fullmatch(source[number].rstrip()), source[number - 1]
        if not below or number - 1 in signs or not title.strip() or _SIGNS.fullmatch(title.strip()):
            continue
        over = number - 2
        above = number > 1 and source[over].rstrip() == source[number].rstrip()
        alone = number < 2 or over in signs or not source[over].strip()
        if not above and (not alone or title[:1].isspace() or _LIST_MARKER.match(title)):
            continue
        kind = below[1] * (1 + above)
        order += [] if kind in order else [kind]
        titles[number - 1] = min(order.index(kind) + 1, _DEEPEST)
        signs |= {number, over} if above else {number}
    return titles, signs


_DEEPEST = 6


def _add_directive(line: str, name: str, into: Extract) -> None:
    if name in _PICTURES:
        into.add(PICTURE)
    elif line.strip() == "..":
        into.add("")
    else:
        into.remove(line, RemovalReason.MARKUP)


def _plain(line: str) -> str:
    """Return a line without the marks inside it."""
    for mark, shown in _MARKS:
        line = mark.sub(shown, line)
    return re.sub(r":+$", lambda match: match[0][:1], line)
