"""Lines that show something and tell nothing: rows of sample data, and what stands below a picture."""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.text.script import HAN, is_chinese

# 「chosen数据库是……」, "rejected: …": a row of data that a model learns from, its key fused with its text.
_KEY = re.compile(
    rf"^\W{{0,3}}(?P<key>chosen|rejected|question|prompt|instruction|input|output|answer|response)\W{{0,3}}?"
    rf"(?:\s*[:：]|(?=[{HAN}]))",
    re.IGNORECASE,
)
_TELLING = {"chosen", "rejected", "instruction"}
# The rows of one sample stand no further apart.
_GAP = 3


def samples(lines: Sequence[str]) -> set[int]:
    """Return the places of the rows of sample data and of the captions."""
    return _rows(lines) | _captions(lines)


def _rows(lines: Sequence[str]) -> set[int]:
    found: set[int] = set()
    group: dict[int, str] = {}
    for place, line in enumerate(lines):
        if not (match := _KEY.match(line.strip())):
            continue
        if group and place - max(group) > _GAP:
            group = {}
        group[place] = match["key"].lower()
        if len(set(group.values())) > 1 and _TELLING & set(group.values()):
            found.update(group)
    return found


# A text that points at its pictures has captions below them.
_PICTURE = re.compile(
    r"[上下左右]图|如图|见图|图中|\b(?:figure|diagram|picture|image)s? (?:above|below)"
    r"|\b(?:above|below|following) (?:figure"
    r"|diagram|picture|image)\b",
    re.IGNORECASE,
)
_FEWEST_PICTURES, _MANY = 2, 6
_LONGEST_CAPTION = 44
_TELLS = re.compile(
    r"[。．.!！?？:：;；|=]|^(?:[-*+•>#]|\*\*|\d+\s*[.、)）]|[（(]?[一二三四五六七八九十]+[、)）])|第.步"
)


def _captions(lines: Sequence[str]) -> set[int]:
    """Return the short lines that stand alone and are no sentence, in a text that points at pictures.

    The pictures themselves are gone when a document is read.
    """
    pictures = sum(_PICTURE.search(line) is not None for line in lines)
    if pictures < _FEWEST_PICTURES:
        return set()
    found = set()
    for place, line in enumerate(lines):
        bare = line.strip()
        beside = (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
        if not bare or len(bare) > _LONGEST_CAPTION or _TELLS.search(bare) or any(one.strip() for one in beside):
            continue
        if _near(lines, place, pictures) and asks(bare, is_chinese(bare)) is not Asks.YES:
            found.add(place)
    return found


def _near(lines: Sequence[str], place: int, pictures: int) -> bool:
    """Return whether the paragraphs beside a line point at a picture, or the text shows many; no list follows."""
    before = next((line for line in reversed(lines[:place]) if line.strip()), "")
    after = next((line for line in lines[place + 1 :] if line.strip()), "")
    return not _ITEM.match(after) and (pictures >= _MANY or any(map(_PICTURE.search, (before, after))))


_ITEM = re.compile(r"\s*(?:[-*+•]|\d+\s*[.、)）]|[|#])")
