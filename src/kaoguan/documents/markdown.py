"""Markdown: the lines of the file without their marks, knowing which are headings and which are code.

Blocks are told by markdown-it, on the whole file; marks inside a line are then taken out line by line, so that a line
of the document is a line of the file.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from kaoguan.documents.admonitions import plainly
from kaoguan.documents.document import RemovalReason
from kaoguan.documents.extract import Extract, split, tidy
from kaoguan.documents.fences import DRAWN, is_said
from kaoguan.documents.pictures import PICTURE, drawn_formula
from kaoguan.text.script import HAN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER_END = frozenset({"---", "..."})
_LONGEST_FRONT_MATTER = 100
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_LIST_MARKER = re.compile(r"^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*")
# Against stripped lines: white space of any length must not be tried in two places.
_RULE = re.compile(
    r"(?:([-*_=])[ ]*)(?:\1[ ]*)+|\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|[ ]*:?-*:?|[-:]+(?:[ ]*\|[ ]*[-:]+)+"
)
_ATX = re.compile(r"#{1,6}(?!#)(.*)")
_CLOSING = re.compile(r"(?:^|\s)#+$")
# `#标题` is no heading in CommonMark, but people write it; `#include` and `#a #b` are not meant.
_TIGHT_ATX = re.compile(rf"^(#{{1,6}})[\d{HAN}][^#]*$")
_MARKS = re.compile(r"[*_`\[<&\\~]")
_FORMULA = re.compile(
    r"\$\$[^$]+\$\$|\$[^$\s](?:[^$]*[^$\s])?\$|(?<![A-Za-z0-9])(?:\\\((?P<inner>.+?)\\\)|\\\[(?P<set>.+?)\\\])"
)
# `\\(768\\)` and `\\[CLS\\]` are brackets that an export put a backslash before, and no formulas.
_TEX = re.compile(r"\\[A-Za-z]|[\^={}]|(?<!\\)_|^\s*\S{1,2}\s*$")
_DRAWN = re.compile(
    r"!\[[^\]]*\]\((https?://[^\s()]*?(?:latex\?|[?&](?:tex|math)=)(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
    r"|<img\b[^<>]*?\bsrc=[\"'](https?://[^\s\"'<>]*?(?:latex\?|[?&](?:tex|math)=)[^\"'<>]*)[\"'][^<>]*>",
    re.IGNORECASE,
)
# Stand for formulas while the marks around them are read; no text holds them.
_FIRST_FORMULA = 0xE000
# Only tags that lay out: `<s>`, `<pad>` and `<think>` are what notes on language models are about.
LAYOUT_TAG = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]"
    r"|hr|i|img|ins|kbd|li|mark|ol|p|pre|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead"
    r"|tr|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Names of Python between two underscores, which mean no bold type.
PYTHON_NAME = (
    "(?:init|len|getitem|setitem|call|new|del|str|repr|iter|next|enter|exit|name|main|slots|dict|class|doc|all|eq|lt"
    "|hash|add|getattr|setattr|getattribute|contains|bool|file|version|import|pycache|proto)"
)
_STRONG = re.compile(
    r"(\*\*|__)(?:(?!\1).)+\1\s*[:\uff1a]?|<(?P<tag>strong|b|summary)>(?:(?!</?(?P=tag)>).)+</(?P=tag)>\s*[:\uff1a]?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# `[text](target)`, with brackets and balanced parentheses inside.
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])+\]\((?:[^()\s]|\([^()]*\))*(?:\s[^()]*)?\)|<?https?://[^\s>]+>?")
# Who wrote what is linked: " - 机器之心", " (Kim, 2014)".
_CREDIT = re.compile(
    r"\W*(?:[-–—|]\s*[^。.，,]{1,24}|\([^()]{2,40}\d{4}\)|(?:by|via|from) [\w .]{2,30})\W*", re.IGNORECASE
)
_ENTRY = re.compile(r"[\d\W]{0,40}\[(?:[^\[\]]|\[[^\[\]]*\])++\]\(#(?:[^()\s]|\([^()]*\))*+\)\W*+")
_HIDDEN = re.compile(r"^\s*<(?:!--|script\b|style\b)", re.IGNORECASE)
_DEEPEST = 40
_DEEP = re.compile(rf"^ {{{_DEEPEST},}}")
# Inline parsing is not linear in the line; nobody formats inside a line of this length.
_LONGEST_FORMATTED = 5_000


def extract(text: str, into: Extract) -> None:
    """Add a Markdown file's lines; those that only its tools read (front matter, comments, scripts) as removed."""
    source = [*plainly([tidy(line) for line in split(text)])]
    front = _front_matter(source)
    blocks = _Blocks(["" if number < front else line for number, line in enumerate(source)])
    for index, line in enumerate(source):
        if line and (index < front or index in blocks.hidden):
            into.remove(line, RemovalReason.MARKUP)
        else:
            blocks.add(index, line, into)


def _front_matter(source: list[str]) -> int:
    """Return how many lines the block of settings at the very top takes, 0 without one."""
    if not source or source[0].rstrip() != "---":
        return 0
    for count, line in enumerate(source[1:_LONGEST_FRONT_MATTER], 2):
        if line.rstrip() in _FRONT_MATTER_END:
            return count
    return 0


class _Blocks:
    """What the block parser says about each line, by its index."""

    def __init__(self, source: list[str]) -> None:
        self.code: set[int] = set()
        self.fences: set[int] = set()
        self.hidden: set[int] = set()
        self.headings: dict[int, int] = {}
        self.formulas: set[int] = set()
        # Lists nested without end take the parser time without end; nobody reads past the tenth level.
        bounded = (_DEEP.sub(" " * _DEEPEST, line) for line in source)
        before = above = ""
        for token in _block_parser().parse("\n".join(bounded)):
            first, end = token.map or (0, 0)
            if token.type == "fence":
                said = is_said(above, token.info, token.content, titled=before == "heading_close")
                drawn = {line for line in range(first, end) if DRAWN.search(source[line])}
                self.code.update({first, end - 1} | drawn if said else range(first, end))
                closed = source[end - 1].strip().lstrip("> ").startswith(token.markup) and end - 1 > first
                self.fences.update({first, end - 1} if closed else {first})
            elif token.type == "html_block" and _HIDDEN.match(token.content):
                self.hidden.update(range(first, end))
            # An underlined paragraph of several lines is a paragraph above a rule, whatever CommonMark says.
            elif token.type == "heading_open" and end - first <= (1 if token.markup.startswith("#") else 2):
                self.headings[first] = int(token.tag[1])
            before, above = token.type, token.content if token.type == "inline" else above
        self._find_formulas(source)

    def _find_formulas(self, source: list[str]) -> None:
        """Note the lines between `$$` and `$$`: what looks like a mark there is a sign of the formula."""
        first: int | None = None
        for index, line in enumerate(source):
            if index in self.code or line.count("$$") % 2 == 0:
                continue
            if first is None:
                first = index
            else:
                self.formulas.update(range(first, index + 1))
                first = None

    def add(self, index: int, written: str, into: Extract) -> None:
        """Add a line without its marks."""
        text = _QUOTE.sub("", written)
        if index in self.code:
            into.add("" if index in self.fences else text, code=index not in self.fences)
            return
        if index in self.formulas:
            into.add(text)
            return
        level = self.headings.get(index)
        if level is None and (tight := _TIGHT_ATX.match(text)):
            level = len(tight[1])
        if level and (heading := _ATX.match(text.strip())):
            text = _CLOSING.sub("", heading[1].strip()).rstrip()
        if level is None and _is_entry(text):
            into.remove(text, RemovalReason.NAVIGATION)
            return
        plain_text, strong = ("", False) if _RULE.fullmatch(text.strip()) else _without_marks(text)
        into.add(plain_text, heading_level=level, strong=strong, linked=level is None and _is_linked(text))


def _is_entry(text: str) -> bool:
    """Return whether a line is an entry of a table of contents: only a link to a place in the same document."""
    return _ENTRY.fullmatch(text) is not None


def _is_linked(text: str) -> bool:
    """Return whether all words of a line are links."""
    rest, links = _LINK.subn("", text)
    return links > 0 and (not any(character.isalpha() for character in rest) or _CREDIT.fullmatch(rest) is not None)


def _without_marks(text: str) -> tuple[str, bool]:
    """Return a line's text as it would be shown, and whether all of it is bold."""
    barred = text.startswith("|") and "$" in text
    if len(text) > _LONGEST_FORMATTED or not (barred or _MARKS.search(text)):
        return text, False
    text = _DRAWN.sub(lambda match: f" ${drawn_formula(match[1] or match[2])}$ ", text)
    marker = _LIST_MARKER.match(text)
    start = marker.end() if marker else 0
    rest = text[start:]
    strong = _STRONG.fullmatch(rest) is not None
    formulas: list[str] = []

    def kept(match: re.Match[str]) -> str:
        inner = match["inner"] or match["set"]
        if inner and not _TEX.search(inner):
            return match[0]
        # A bar within a formula parts no cells.
        formulas.append(match[0].replace("\\|", "‖").replace("|", "∣") if barred else match[0])
        return chr(_FIRST_FORMULA + len(formulas) - 1)

    shown = _shown(_FORMULA.sub(kept, rest))
    for place, formula in enumerate(formulas):
        shown = shown.replace(chr(_FIRST_FORMULA + place), formula)
    return (text[:start] + shown).rstrip(), strong


def _shown(text: str) -> str:
    """Return a piece of a line without emphasis, link targets and layout tags."""
    if not _MARKS.search(text):
        return text
    # The parser strips the ends, which here are the middle of a line.
    body = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if body else ""
    shown = ""
    kept: list[str] = []
    tokens = _inline_parser().parseInline(body)[0].children or ()
    for place, token in enumerate(tokens):
        if token.type in {"em_open", "strong_open"}:
            # In `a*b*c`, `x__1__` and `__init__` the marks are part of what is said.
            said = shown[-1:].isascii() and (shown[-1:].isalnum() or shown[-1:] == ")")
            named = token.markup == "__" and re.fullmatch(PYTHON_NAME, tokens[place + 1].content) is not None
            kept.append(token.markup if said or named else "")
            shown += kept[-1]
        elif token.type in {"em_close", "strong_close"}:
            shown += kept.pop()
        elif token.type == "html_inline":
            shown += _tag(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            shown += " "
        elif token.type == "image":
            shown += PICTURE  # its name or description is not what the author says
        else:
            shown += token.content
    return before + tidy(shown) + after


def _tag(written: str) -> str:
    if _BREAK.fullmatch(written):
        return " "
    if not LAYOUT_TAG.fullmatch(written):
        return written
    return PICTURE if written[:4].lower() == "<img" else ""


# Built once each: a document has thousands of lines, a parser costs a millisecond.
@cache
def _block_parser() -> "MarkdownIt":
    # markdown_it costs 0.05 s, and most documents are no Markdown.
    from markdown_it import MarkdownIt

    # Indented code is off: pasted notes are indented for looks.
    return MarkdownIt("commonmark").disable(["code", "reference", "inline"])


@cache
def _inline_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # deferred for the same reason

    return MarkdownIt("commonmark")
