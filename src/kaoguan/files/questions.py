"""Which rubric a cell or a header means: its id, or the question as it was put to the students."""

import re
from collections.abc import Mapping

from kaoguan.files.markup import without_markup
from kaoguan.models import Rubric
from kaoguan.text.characters import form
from kaoguan.text.letters import letters

# What survey tools put before a question: 1、  3.  第2题：  Q4:  (5)  123456: of Canvas.
_NUMBERING = re.compile(
    r"^\s*(?:第?\s*(?:\d+|[一二三四五六七八九十]{1,3})\s*[题題]?\s*[、.．,，:：)）\]】]|[(（\[【]\s*\d+\s*[)）\]】]|[Qq]\d+\b[.:：]?)\s*"
)
# Shorter questions may stand in a text by chance.
_SHORTEST = 6
# So much may stand around a question: (简答题，20 分), 【必填】.
_AROUND = 40
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
# How a platform cuts a long question; what is left must be enough to know it by.
_CUT = re.compile(r"\s*(?:…|\.{3})\s*$")
_LEAST = 8


def bare(text: str) -> str:
    """Return what is compared: letters and digits only, in half width, lower case and simplified characters."""
    return letters("".join(map(form, text)))


def unnumbered(text: str) -> str:
    """Return the text without the number that a survey tool put before it."""
    return _NUMBERING.sub("", text, count=1)


class Questions:
    """The questions of a bank, found by id or text."""

    def __init__(self, rubrics: Mapping[str, Rubric]) -> None:
        self._ids = set(rubrics)
        self._by_text: dict[str, str | None] = {}
        # Of two rubrics with the same question neither is meant more than the other.
        for id_, rubric in rubrics.items():
            known = bare(rubric.question)
            self._by_text[known] = None if known in self._by_text else id_
        self._by_text |= {bare(id_): id_ for id_ in rubrics}
        self._long = sorted((text for text in self._by_text if len(text) >= _SHORTEST), key=len, reverse=True)
        self._found: dict[str, str | None] = {}

    def find(self, text: object) -> str | None:
        """Return the id of the rubric that `text` means; None where there is none, or more than one."""
        if not isinstance(text, str):
            return None
        if text.strip() in self._ids:
            return text.strip()
        if text not in self._found:
            if len(self._found) > 10_000:
                self._found.clear()
            self._found[text] = self._search(text)
        return self._found[text]

    def is_whole(self, text: str) -> bool:
        """Return whether the text is an id or a question with nothing but a number around it."""
        return any(one in self._by_text for one in _spellings(without_markup(text)))

    def _search(self, text: str) -> str | None:
        text = without_markup(text[:20_000])
        for known in _spellings(text):
            if known in self._by_text:
                return self._by_text[known]
        if _CUT.search(text) and len(start := bare(unnumbered(_CUT.sub("", text)))) >= _LEAST:
            begun = [known for known in self._long if known.startswith(start)]
            return self._by_text[begun[0]] if len(begun) == 1 else None
        whole = bare(text[:2000])
        for known in self._long:
            if known in whole and not _is_id(known, self._by_text[known]) and len(whole) - len(known) <= _AROUND:
                return self._by_text[known]
        return None


def _spellings(text: str) -> tuple[str, str, str]:
    plain = unnumbered(text)
    return bare(text), bare(plain), bare(_BRACKETS.sub("", plain))


def _is_id(known: str, id_: str | None) -> bool:
    # An id within a longer text is a word of it.
    return id_ is not None and known == bare(id_)
