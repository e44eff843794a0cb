"""Points that contradict what the shipped questions or the statements of the field say: worth a look, maybe right.

Near claims are found by the words they share, in an index; only where a point is near one does the judge rule, on a
rubric of the nearest claims and the nearest misconceptions. Two things are told without it: a definition that belongs
to something else, and a claim that is denied.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kaoguan.grading.offline.background import statements
from kaoguan.grading.offline.lexicon import lexicon
from kaoguan.lint.finding import Code, Finding
from kaoguan.models import Grade, KeyPoint, Label, Rubric
from kaoguan.text.overlap import containment, shingles
from kaoguan.text.script import HAN, is_chinese

Grading = Callable[[Rubric, str], Grade]
# A point this near to a claim or a misconception (share of common content, rare words counting more) is ruled on.
_NEAR = 0.32
_SURE = 0.6
# Fewer words than these in common say nothing; words in more texts than this share are no sign either.
_COMMON = 0.04
# Definitions: the same words after another subject.
_SAME_WORDS = 0.6
_DEFINES = re.compile(
    r"^(?P<subject>[^，。,；;:：]{2,24}?)\s*(?:(?:通常|一般)?(?:是指|指的是|的定义是|表示|衡量的?是|是|指)|\b(?:is|are|means|measures"
    r"|denotes)\b)\s*(?P<rest>.{6,})$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"必须|需要|一定|应该|应当|要先|先|都|也|会|能够?|可以|要|总是?|\b(?:must|should|does|do|is|are|always|can|will|to|be)\b",
    re.IGNORECASE,
)


class _Text(NamedTuple):
    """One claim (of a rubric, or of the field, which has none) or misconception, and the words in it."""

    rubric: Rubric | None
    text: str
    words: frozenset[str]


class Against(NamedTuple):
    """A point that something known contradicts."""

    rubric: Rubric
    finding: Finding


class _Near(NamedTuple):
    likeness: float
    text: _Text


class Known:
    """What is known of the field: the claims and misconceptions of these rubrics, and the field's statements."""

    def __init__(self, bank: Iterable[Rubric]) -> None:
        texts = [_Text(None, line, shingles(line)) for line in statements()]
        for rubric in bank:
            said = [text for point in rubric.key_points for text in (point.text, *point.paraphrases)]
            said += [wrong.text for wrong in rubric.misconceptions]
            texts += [_Text(rubric, text, shingles(text)) for text in said]
        found = Counter(word for text in texts for word in text.words)
        self._texts = texts
        self._weight = {word: math.log(len(texts) / count) for word, count in found.items()}
        self._unknown = math.log(len(texts))
        self._index: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(texts):
            for word in text.words:
                if found[word] <= max(3, _COMMON * len(texts)):
                    self._index[word].append(i)
        self._sizes = [self._size(text.words) for text in texts]
        self._defined = {match["subject"].casefold() for text in texts if (match := _DEFINES.match(text.text))}

    def near(self, claim: str, *, most: int) -> list[_Near]:
        """Return the texts nearest to a claim, in its own language, the nearest first; one of each rubric."""
        words, chinese = shingles(claim), is_chinese(claim)
        size = self._size(words)
        shared: Counter[int] = Counter()
        for word in words:
            for i in self._index.get(word, ()):
                shared[i] += 1
        best: dict[str, _Near] = {}
        for i, _ in shared.most_common(40):
            text = self._texts[i]
            likeness = 2 * self._size(words & text.words) / (size + self._sizes[i] or 1)
            key = text.rubric.id if text.rubric else text.text
            if is_chinese(text.text) == chinese and (key not in best or likeness > best[key].likeness):
                best[key] = _Near(likeness, text)
        return sorted(best.values(), key=lambda near: -near.likeness)[:most]

    def defines(self, subject: str) -> bool:
        """Return whether something known says what a subject is."""
        return subject.casefold() in self._defined

    def _size(self, words: Iterable[str]) -> float:
        return sum(self._weight.get(word, self._unknown) for word in words)


class _Candidate(NamedTuple):
    rubric: Rubric
    point: KeyPoint
    near: _Near


def against(rubrics: Sequence[Rubric], known: Known, grade: Grading, *, most: int | None = None) -> Iterator[Against]:
    """Yield the points that something known contradicts; of those that only the judge can tell, the nearest `most`.

    A rubric is not held against itself.
    """
    waiting: list[_Candidate] = []
    for rubric in rubrics:
        for point in rubric.key_points if rubric.state == "ready" else ():
            near = [one for one in known.near(point.text, most=4) if not _own(one.text, rubric)]
            if claim := next((one.text.text for one in near if _turned(point.text, one.text.text, known)), ""):
                yield Against(rubric, _finding(point, f"contradicts what is known: {claim}"))
            else:
                close = [one for one in near[:2] if one.text.rubric and one.likeness >= _NEAR]
                waiting += [_Candidate(rubric, point, one) for one in close[:1]]
    waiting.sort(key=lambda candidate: -candidate.near.likeness)
    for candidate in waiting[:most]:
        theirs = candidate.near.text.rubric
        if theirs and (what := _ruled(candidate.point.text, theirs, grade)):
            yield Against(candidate.rubric, _finding(candidate.point, what))


def _own(text: _Text, rubric: Rubric) -> bool:
    return text.rubric is not None and (text.rubric.id == rubric.id or text.rubric.question == rubric.question)


def _ruled(text: str, rubric: Rubric, grade: Grading) -> str:
    """Return what is wrong with a text: a claim that it contradicts, a misconception that it states; else nothing."""

    def nearness(point: KeyPoint) -> float:
        return max(_alike(text, said) for said in (point.text, *point.paraphrases))

    points = sorted(rubric.key_points, key=nearness, reverse=True)[:2]
    wrong = sorted(rubric.misconceptions, key=lambda one: _alike(text, one.text), reverse=True)[:2]
    asked = rubric.model_copy(
        update={
            "key_points": tuple(points),
            "misconceptions": tuple(wrong),
            "reference_answer": "\n".join(point.text for point in points),
        }
    )
    ruled = grade(asked, text)
    if any(verdict.verdict is Label.COVERED and verdict.confidence >= _SURE for verdict in ruled.verdicts):
        return ""
    for verdict in ruled.verdicts:
        if verdict.verdict is Label.CONTRADICTED and verdict.confidence >= _SURE:
            claim = next(point.text for point in points if point.id == verdict.key_point)
            return f"contradicts what is known: {claim}"
    stated = {misconception.id for misconception in ruled.misconceptions}
    return next((f"reads like a known misconception: {one.text}" for one in wrong if one.id in stated), "")


def _alike(one: str, other: str) -> float:
    return containment(one, other) + containment(other, one)


def _turned(text: str, claim: str, known: Known) -> bool:
    """Return whether a text gives a thing the definition of another, or denies a claim (or states what it denies)."""
    here, there = _DEFINES.match(text), _DEFINES.match(claim)
    if here and there and here["subject"].casefold() != there["subject"].casefold() and known.defines(here["subject"]):
        same = min(containment(here["rest"], there["rest"]), containment(there["rest"], here["rest"]))
        apart = not shingles(here["subject"]) & shingles(there["subject"]) and here["subject"] not in there["subject"]
        if same >= _SAME_WORDS and apart:
            return True
    for clause in dict.fromkeys((claim, re.split(r"[，,；;。]|because", claim)[0])):
        mine, theirs = lexicon().negators(text.casefold()), lexicon().negators(clause.casefold())
        said = _stripped(text, mine)
        if (len(mine) + len(theirs)) % 2 and said and said == _stripped(clause, theirs):
            return True
    return False


def _stripped(text: str, negators: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Return the characters and words of a text without negators and modal words; nothing where few are left."""
    for start, end in reversed(negators):
        text = text[:start] + " " + text[end:]
    left = frozenset(re.findall(rf"[{HAN}]|[a-z0-9]+", _MODAL.sub(" ", text.casefold())))
    return left if len(left) > _FEWEST else frozenset()


_FEWEST = 4


def _finding(point: KeyPoint, what: str) -> Finding:
    mend = "look it up, and correct the point or leave it"
    return Finding(code=Code.AGAINST, place=f"key_points[{point.id}].text", what=what, mend=mend)
