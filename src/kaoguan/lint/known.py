"""Points that contradict what the shipped questions or the statements of the field say: worth a look, maybe right.

Near claims are found by the words they share, in an index. Three things are told by words alone, in half a second for a
thousand points: a definition that belongs to something else, a claim that is denied, and a known misconception that
nothing known to be right is as near to. Where a judge is at hand, it rules on the other points that are near a claim.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
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
# This near to a misconception and nothing right as near, a point states it.
_STATED = 0.53
_MOST_SHARING = 40
_FIRST_CLAUSE = re.compile(r"[，,；;。]|(?<=[a-z])\. ")
# Names that tell two claims in the same words apart: L1 and L2, BERT and GPT.
_NAME = re.compile(r"[A-Za-z]*\d[A-Za-z0-9]*|[A-Z]{2,}[A-Za-z]*|[A-Z][a-z]+[A-Z]\w*")
# Fewer words than these in common say nothing; words in more texts than this share are no sign either.
_COMMON = 0.04
# Definitions: the same words after another subject.
_SAME_WORDS = 0.6
_DEFINES = re.compile(
    r"^(?P<subject>[^，。,；;:：]{2,24}?)\s*(?:(?:通常|一般)?(?:是指|指的是|的定义是|表示|衡量的?是|是|指)|(?<!-)\b(?:is|are|means|measures"
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
    chinese: bool
    wrong: bool

    @classmethod
    def of(cls, rubric: Rubric | None, text: str, *, wrong: bool = False) -> "_Text":
        """Return a text and its words."""
        return cls(rubric, text, shingles(text), is_chinese(text), wrong)


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
        texts = [_Text.of(None, line) for line in statements()]
        for rubric in bank:
            said = [text for point in rubric.key_points for text in (point.text, *point.paraphrases)]
            texts += [_Text.of(rubric, text) for text in said]
            texts += [_Text.of(rubric, one.text, wrong=True) for one in rubric.misconceptions]
        found = Counter(word for text in texts for word in text.words)
        self._texts = texts
        self._weight = {word: math.log(len(texts) / count) for word, count in found.items()}
        self._unknown = math.log(len(texts))
        self._index: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(texts):
            for word in text.words:
                if found[word] <= max(3, _COMMON * len(texts)):
                    self._index[word].append(i)
        self._sizes = {text.words: self._sum(text.words) for text in texts}
        self._defined = {match["subject"].casefold() for text in texts if (match := _DEFINES.match(text.text))}

    def near(self, claim: str, *, most: int) -> list[_Near]:
        """Return the texts nearest to a claim, in its own language, the nearest first; one of each rubric."""
        words, best = shingles(claim), dict[str, _Near]()
        size = self._sum(words)
        for text in self._sharing(claim):
            likeness = 2 * self._sum(words & text.words) / (size + self._sizes[text.words] or 1)
            key = text.rubric.id if text.rubric else text.text
            if key not in best or likeness > best[key].likeness:
                best[key] = _Near(likeness, text)
        return sorted(best.values(), key=lambda near: -near.likeness)[:most]

    def misconception(self, claim: str, own: Rubric) -> str:
        """Return the misconception of another question that a claim states, or nothing."""
        sharing = [text for text in self._sharing(claim) if not _own(text, own)]
        likeness, stated = max(
            ((self._likeness(claim, text.text), text.text) for text in sharing if text.wrong), default=(0.0, "")
        )
        if likeness < _STATED or not _same_sides(claim, stated):
            return ""
        right = (text.text for text in sharing if not text.wrong and _names(_first(claim)) <= _names(text.text))
        return "" if any(self._likeness(claim, text) >= likeness for text in right) else stated

    def _sharing(self, claim: str) -> list[_Text]:
        """Return the texts in the language of a claim that have the most rare words of it."""
        shared = Counter(i for word in shingles(claim) for i in self._index.get(word, ()))
        # By number where as many words are shared: the order of a set of words is another in every process.
        texts = (self._texts[i] for i in heapq.nsmallest(_MOST_SHARING, shared, key=lambda i: (-shared[i], i)))
        chinese = is_chinese(claim)
        return [text for text in texts if text.chinese == chinese]

    def _likeness(self, claim: str, text: str) -> float:
        """Return the share of content that two texts or their first clauses have in common, whichever is more."""
        pairs = product({claim, _first(claim)}, {text, _first(text)})
        pieces = [(shingles(one), shingles(other)) for one, other in pairs]
        return max(2 * self._sum(one & other) / (self._sum(one) + self._sum(other) or 1) for one, other in pieces)

    def defines(self, subject: str) -> bool:
        """Return whether something known says what a subject is."""
        return subject.casefold() in self._defined

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._weight.get(word, self._unknown) for word in words)


def against(rubrics: Sequence[Rubric], known: Known, grade: Grading | None = None) -> Iterator[Against]:
    """Yield the points that something known contradicts; what only a judge can tell, where there is one.

    A rubric is not held against itself.
    """
    for rubric in rubrics:
        for point in rubric.key_points if rubric.state == "ready" else ():
            if what := _contradicts(point.text, rubric, known, grade):
                yield Against(rubric, _finding(point, what))


def _contradicts(text: str, rubric: Rubric, known: Known, grade: Grading | None) -> str:
    """Return what known thing a text of a rubric is against, in words; else nothing."""
    near = [one for one in known.near(text, most=4) if not _own(one.text, rubric)]
    right = (one.text.text for one in near if not one.text.wrong)
    if claim := next((said for said in right if _turned(text, said, known)), ""):
        return f"contradicts what is known: {claim}"
    if belief := known.misconception(text, rubric):
        return f"reads like a known misconception: {belief}"
    close = next((one.text.rubric for one in near[:2] if one.text.rubric and one.likeness >= _NEAR), None)
    return _ruled(text, close, grade) if grade and close else ""


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


def _first(text: str) -> str:
    """Return the first clause of a text where it says something, else all of it."""
    clause = _FIRST_CLAUSE.split(text)[0]
    return clause if len(shingles(clause)) >= _FEWEST else text


def _names(text: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(text)}


def _same_sides(one: str, other: str) -> bool:
    """Return whether two texts speak of the same names, on the same side of what has two: high or low."""
    here, there = _first(one), _first(other)
    negated = [lexicon().negators(text.casefold()) for text in (one, other)]
    if _names(here) != _names(there) or (len(negated[0]) + len(negated[1])) % 2:
        return False
    mine, theirs = (_sides(text.casefold(), found) for text, found in zip((one, other), negated, strict=True))
    return not any((kind, axis, -side) in theirs and (kind, axis, side) not in theirs for kind, axis, side in mine)


def _sides(text: str, negators: list[tuple[int, int]]) -> set[tuple[str, int, int]]:
    """Return on which side of which axis the attributes and the entities of a text are."""
    attributes = {("attribute", one.axis, one.side) for one in lexicon().attributes_in(text, negators)}
    return attributes | {("entity", one.axis, one.side) for one in lexicon().entities_in(text)}


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
