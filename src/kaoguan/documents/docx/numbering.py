"""The markers in front of the list paragraphs of a DOCX: counted and written as a word processor shows them."""

import re
from typing import TYPE_CHECKING, NamedTuple

from kaoguan.documents.docx.styles import Number, W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "零一二三四五六七八九"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


class _Level(NamedTuple):
    format: str
    text: str
    start: int


class Numbering:
    """The lists of one document, counting as their paragraphs come by."""

    def __init__(self, numbering: "_Element | None") -> None:
        self._lists: dict[str, tuple[str, list[_Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is None:
            return
        shapes = {shape.get(W + "abstractNumId"): _levels(shape) for shape in numbering.iterfind(f"{W}abstractNum")}
        for found in numbering.iterfind(f"{W}num"):
            shape = value(found, f"{W}abstractNumId") or ""
            list_id = found.get(W + "numId") or ""
            # A list with a start of its own counts for itself; the others of a shape go on counting together.
            own = found.find(f"{W}lvlOverride/{W}startOverride") is not None
            self._lists[list_id] = (f"own {list_id}" if own else shape, shapes.get(shape, []))

    def marker(self, number: Number | None) -> str:
        """Return what stands in front of the next paragraph of a list, indented by its level; "" outside lists."""
        if number is None or number.list_id not in self._lists:
            return ""
        key, levels = self._lists[number.list_id]
        if number.level >= len(levels):
            return ""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        current, level = counts[number.level], levels[number.level]
        counts[number.level] = level.start if current is None else current + 1
        counts[number.level + 1 :] = [None] * (_LEVELS - number.level - 1)
        indent = "  " * number.level
        if level.format == "bullet":
            return f"{indent}- "
        if level.format == "none" or not level.text:
            return indent
        shown = re.sub(r"%([1-9])", lambda place: _part(levels, counts, int(place[1]) - 1), level.text)
        return f"{indent}{shown.strip()} "


def _levels(shape: "_Element") -> list[_Level]:
    found = []
    for level in shape.iterfind(f"{W}lvl"):
        start = value(level, f"{W}start") or "1"
        found.append(
            _Level(
                value(level, f"{W}numFmt") or "decimal",
                (value(level, f"{W}lvlText") or "")[:20],
                int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1,
            )
        )
    return found[:_LEVELS]


def _part(levels: list[_Level], counts: list[int | None], place: int) -> str:
    if place >= len(levels):
        return ""
    count = counts[place]
    return _shown(levels[place].start if count is None else count, levels[place].format)


def _shown(count: int, format_: str) -> str:
    if format_ in {"lowerLetter", "upperLetter"} and count >= 1:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in {"lowerRoman", "upperRoman"} and 1 <= count < 90:
        roman = _roman(count)
        return roman.upper() if format_ == "upperRoman" else roman
    if ("chinese" in format_.lower() or "ideograph" in format_.lower()) and count < 100:
        return _chinese(count)
    return str(count)


def _roman(count: int) -> str:
    shown = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            shown, count = shown + letters, count - worth
    return shown


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
