"""The words around a key point: what the second hint gives instead of the point."""

import re

from kaoguan.models import KeyPoint
from kaoguan.text.overlap import STOP, containment
from kaoguan.text.script import HAN, is_han

_MOST = 2
# Well below the leak guard's limit: words that stand side by side say more than the same words in a sentence.
_SHARE = 0.4
_SHORTEST, _LONGEST = 2, 4
_RUN = re.compile(rf"[{HAN}]+|[A-Za-z][A-Za-z0-9+-]+")
# Characters that no term has.
_EDGES = (
    "的了是在和与会就都把被让使得及或而也还很更不没有要能可其这那它个中上下里时后前等所对于从到为以因但如果一二两三多少大"
    "小高低太越最过再又只才比向用将并且地着各每某些们来去说做"
)


def family(point: KeyPoint, question: str) -> tuple[str, ...]:
    """Return up to two terms that the point shares with its paraphrases, none of them from the question.

    What people say in every wording are its terms. Empty when there is no such term.
    """
    chosen: list[str] = []
    for word in _shared(point, question.casefold()):
        related = any(word in other or other in word for other in chosen)
        if not related and containment(" ".join([*chosen, word]), point.text, question) <= _SHARE:
            chosen.append(word)
    return tuple(chosen[:_MOST])


def _shared(point: KeyPoint, question: str) -> list[str]:
    """Return the terms, those of most wordings first."""
    found: dict[str, int] = {}
    for run in _RUN.findall(point.text):
        for paraphrase in point.paraphrases:
            for word in set(_chinese(run, paraphrase) if is_han(run[0]) else _latin(run, paraphrase)):
                if word.casefold() not in question:
                    found[word] = found.get(word, 0) + 1
    # sorted() is stable: equals stay in the point's order.
    return sorted(found, key=lambda word: -found[word])


def _chinese(run: str, paraphrase: str) -> list[str]:
    """Return the longest stretches of `run` that the paraphrase has as well, without particles at their ends."""
    found, start = [], 0
    while start < len(run):
        end = start + 1
        while end <= len(run) and run[start:end] in paraphrase:
            end += 1
        stretch = run[start : end - 1].strip(_EDGES)
        # With a particle inside it is no term but half a claim: 盘太慢.
        if _SHORTEST <= len(stretch) <= _LONGEST and not set(stretch) & set(_EDGES):
            found.append(stretch)
        start = max(start + 1, end - 1)
    return found


def _latin(word: str, paraphrase: str) -> list[str]:
    same = re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", paraphrase.casefold())
    return [word] if same and f" {word.casefold()} " not in STOP else []
