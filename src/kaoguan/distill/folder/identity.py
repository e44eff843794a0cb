"""Ids that stay: from the words of a question, the same on every machine."""

import re

from kaoguan.distill.questions.subject import subject
from kaoguan.text.script import is_chinese

_LONGEST = 40
# Words that would only lengthen an id.
_STOP = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "is",
            "are",
            "do",
            "does",
            "did",
            "of",
            "in",
            "on",
            "for",
            "to",
            "and",
            "or",
            "what",
            "why",
        ),
        *("how", "when", "which", "explain", "describe", "you"),
    }
)


def slug(question: str) -> str:
    """Return an id for a question: its subject and, where that is short, the rest of it, in Latin letters."""
    about = subject(question)
    words = _words(about)
    if sum(map(len, words)) < 6:
        words = _words(question)
    kept: list[str] = []
    for word in words:
        if len("_".join([*kept, word])) > _LONGEST:
            break
        kept.append(word)
    return "_".join(kept) or "question"


def unique(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or with the first free number behind it."""
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}_{number}", number + 1
    return free


def _words(text: str) -> list[str]:
    chinese = is_chinese(text)
    if chinese:
        # 0.2 s: only a draft with a Chinese question pays for the readings of 20,000 characters.
        from pypinyin import lazy_pinyin

        text = " ".join(lazy_pinyin(text))
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return words if chinese else [word for word in words if word not in _STOP] or words
