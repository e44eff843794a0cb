"""Codes that number the questions of a document in a way of its own: "JZ7 Rebuild a tree", "C14: …"."""

import re
from collections import defaultdict
from collections.abc import Sequence

from kaoguan.distill.questions.sections import Section

_CODE = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<number>\d{1,4})(?:-[IVX]+)?(?:\s*[.:：、·)）]\s*|\s+)(?=\S{2})")
# So many different numbers behind the same letters, on such a part of the questions, are no names: "L1 and L2" are.
_FEWEST, _SHARE = 5, 0.3


def without_codes(found: Sequence[Section]) -> list[Section]:
    """Return the sections without codes before what they ask and before the titles that they stand under."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if code := _CODE.match(one.question):
            numbers[code["letters"]].add(code["number"])
    codes = {letters for letters, seen in numbers.items() if len(seen) >= max(_FEWEST, _SHARE * len(found))}
    return [one._replace(question=_bare(one.question, codes), under=_bare(one.under, codes)) for one in found]


def _bare(title: str, codes: set[str]) -> str:
    code = _CODE.match(title)
    return title[code.end() :] if code and code["letters"] in codes else title
