"""What the paragraph styles of a DOCX mean: headings, code, tables of contents, numbered lists."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|标题|titre|überschrift)\s*([1-9])$")
_CODE = re.compile(r"\bcode\b|source|preformatted|代码")
_CONTENTS = re.compile(r"^(?:toc|目录)\s*\d")
_DEEPEST_HEADING = 6
# Styles are based on one another; a longer chain is a loop.
_LONGEST_CHAIN = 20


class Number(NamedTuple):
    """A list and the level in it."""

    list_id: str
    level: int


class ParagraphStyle(NamedTuple):
    """What a paragraph is by its style and its own settings."""

    heading_level: int | None
    is_code: bool
    is_contents: bool
    number: Number | None


class Styles:
    """The styles of one document."""

    def __init__(self, styles: "_Element | None") -> None:
        found = styles.iterfind(f"{W}style") if styles is not None else ()
        self._styles = {style.get(W + "styleId"): style for style in found}

    def of(self, paragraph: "_Element") -> ParagraphStyle:
        """Return the kind of a paragraph."""
        chain = list(self._chain(value(paragraph, f"{W}pPr/{W}pStyle")))
        names = [(value(style, f"{W}name") or "").lower() for style in chain]
        numbers = (number_of(style) for style in chain)
        return ParagraphStyle(
            heading_level=self._heading_level(names, [paragraph, *chain]),
            is_code=any(_CODE.search(name) for name in names),
            is_contents=any(_CONTENTS.match(name) for name in names),
            number=next((number for number in numbers if number), None),
        )

    def _chain(self, style_id: str | None) -> "list[_Element]":
        chain: list[_Element] = []
        while (style := self._styles.get(style_id)) is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style_id = value(style, f"{W}basedOn")
        return chain

    def _heading_level(self, names: list[str], settings: "list[_Element]") -> int | None:
        for name in names:
            if heading := _HEADING.match(name):
                return min(int(heading[1]), _DEEPEST_HEADING)
            if name in {"title", "标题"}:
                return 1
        for setting in settings:
            level = value(setting, f"{W}pPr/{W}outlineLvl") or ""
            if re.fullmatch(r"[0-8]", level):
                return min(int(level) + 1, _DEEPEST_HEADING)
        return None


def number_of(element: "_Element") -> Number | None:
    """Return the list a paragraph or style is in by its own settings."""
    list_id = value(element, f"{W}pPr/{W}numPr/{W}numId")
    level = value(element, f"{W}pPr/{W}numPr/{W}ilvl") or "0"
    return Number(list_id, int(level) if re.fullmatch(r"[0-8]", level) else 0) if list_id else None


def value(element: "_Element", path: str) -> str | None:
    """Return the setting at a path below an element."""
    found = element.find(path)
    return found.get(W + "val") if found is not None else None
