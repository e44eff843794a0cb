"""Lines that show something and tell nothing: rows of sample data, and what stands below a picture."""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.documents import Line
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


def samples(lines: Sequence[Line]) -> set[int]:
    """Return the places of the rows of sample data and of the captions."""
    return _rows([line.text for line in lines]) | _captions(lines)


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


_LONGEST_CAPTION = 44
_TELLS = re.compile(
    r"[。．.!！?？:：;；|=]|^(?:[-*+•>#]|\*\*|\d+\s*[.、)）]|[（(]?[一二三四五六七八九十]+[、)）])|第.步"
)
# 「图 3.1 编码器的结构」, "Figure 2: the encoder": the caption says of itself that it is one.
_NUMBERED = re.compile(
    r"(?:图|Figure|Fig\.)\s?\d{1,3}(?:[.-]\d{1,3})*(?![\d.-])(?!\s?(?:[是中为表展显给描所]|shows?\b|is\b))",
    re.IGNORECASE,
)


def _captions(lines: Sequence[Line]) -> set[int]:
    """Return the short lines that are no sentence and stand on the line of a picture or alone below one."""
    found = {place for place, line in enumerate(lines) if _NUMBERED.match(line.text.strip()) and _is_short(line)}
    below = set()
    for place, line in enumerate(lines):
        if not line.pictured:
            continue
        if line.text.strip():
            found |= {place} if _is_caption(line) else set()
            continue
        after = next((i for i in range(place + 1, min(place + 3, len(lines))) if lines[i].text.strip()), None)
        alone = after is not None and not any(one.text.strip() for one in lines[after + 1 : after + 2])
        if after is not None and alone and _is_caption(lines[after]):
            below.add(after)
    # One short line below a picture may be the title of what comes next.
    return found | below if len(below) >= _FEWEST or found else found


_FEWEST = 2


def _is_short(line: Line) -> bool:
    return not line.heading_level and not line.code and len(line.text.strip()) <= 2 * _LONGEST_CAPTION


def _is_caption(line: Line) -> bool:
    bare = line.text.strip()
    if line.heading_level or line.strong or line.code or len(bare) > _LONGEST_CAPTION or _TELLS.search(bare):
        return False
    return asks(bare, is_chinese(bare)) is not Asks.YES
