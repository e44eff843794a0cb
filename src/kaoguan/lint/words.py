"""What the words of a rubric alone show."""

import re
from collections.abc import Callable, Iterator

from kaoguan.lint.careful import stumbles
from kaoguan.lint.finding import Code, Finding
from kaoguan.models import Grade, KeyPoint, Label, Rubric
from kaoguan.text.letters import letters
from kaoguan.text.overlap import containment, leaks, shingles

# A full stop inside a point, or a third part, is a second claim; one semicolon often only sets a contrast.
_SENTENCE = re.compile(r"[。！!？?](?=.)|(?<=[a-z]{2})\.(?=\s+[A-Z])")
_PART = re.compile(r"[；;]")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
# The steps of a process are one claim about their order.
_STEPS = re.compile(r"依次|先.{2,40}再|步骤|流程|过程|\bin order\b|\bsteps\b|\bfirst\b.{2,60}\bthen\b", re.IGNORECASE)
_LONGEST = {"zh": 90, "en": 260}
_LEARN = "add note: two sentences that teach it, or source: {document: …, lines: […]}"
# Two points are one claim where one has nearly all content of the other.
_OVERLAP = 0.9


def findings(rubric: Rubric) -> Iterator[Finding]:
    """Yield what is wrong with the words of a rubric."""
    yield from stumbles(rubric)
    if rubric.state == "draft":
        return
    yield from _points(rubric)
    yield from _pairs(rubric)
    yield from _misconceptions(rubric)
    if not any(point.note or point.source for point in rubric.key_points):
        what = "no key point says what to learn or where to read"
        yield Finding(code=Code.NO_SOURCE, place="key_points", what=what, mend=_LEARN)


def same(one: str, other: str) -> bool:
    """Return whether two texts are the same but for case, spaces and punctuation."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return letters(text.casefold())


def _points(rubric: Rubric) -> Iterator[Finding]:
    taught = any(point.note or point.source for point in rubric.key_points)
    for point in rubric.key_points:
        place = f"key_points[{point.id}]"
        if many := _not_atomic(point, rubric):
            mend = "split it into points of one claim each"
            yield Finding(code=Code.NOT_ATOMIC, place=f"{place}.text", what=many, mend=mend)
        if point.follow_up and leaks(point.follow_up, [point], public=rubric.question):
            mend = "ask for the point without its words, or remove the follow-up"
            yield Finding(code=Code.LEAK, place=f"{place}.follow_up", what="gives the point away", mend=mend)
        if taught and not (point.note or point.source):
            what = "does not say what to learn or where to read"
            yield Finding(code=Code.NO_SOURCE, place=place, what=what, mend=_LEARN)
        wordings = [_letters(wording) for wording in (point.text, *point.paraphrases)]
        if len(set(wordings)) < len(wordings):
            what = "says the same twice"
            mend = "remove one of the two wordings"
            yield Finding(code=Code.SAME_PARAPHRASE, place=f"{place}.paraphrases", what=what, mend=mend)


def _not_atomic(point: KeyPoint, rubric: Rubric) -> str:
    text = _BRACKETS.sub("", point.text.rstrip("。.；;!！"))
    if _STEPS.search(text):
        return ""
    if _SENTENCE.search(text) or len(_PART.findall(text)) > 1:
        return "makes several claims"
    longest = _LONGEST[rubric.language]
    return f"is longer than {longest} characters" if len(text) > longest else ""


def _pairs(rubric: Rubric) -> Iterator[Finding]:
    for i, point in enumerate(rubric.key_points):
        for other in rubric.key_points[:i]:
            place = f"key_points[{point.id}].text"
            if same(point.text, other.text):
                what, mend = f"is the text of {other.id}", "remove one of the two"
                yield Finding(code=Code.SAME_POINT, place=place, what=what, mend=mend)
            elif _overlap(point.text, other.text):
                what, mend = f"says what {other.id} says: one sentence would earn both", "merge or sharpen them"
                yield Finding(code=Code.OVERLAP, place=place, what=what, mend=mend)


def _overlap(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=lambda text: len(shingles(text)))
    return len(shingles(shorter)) > 2 and containment(longer, shorter) >= _OVERLAP


def _misconceptions(rubric: Rubric) -> Iterator[Finding]:
    for wrong in rubric.misconceptions:
        for point in rubric.key_points:
            if any(same(wrong.text, wording) for wording in (point.text, *point.paraphrases)):
                what = f"is what {point.id} asks for: an answer would earn and lose marks by one sentence"
                place, mend = f"misconceptions[{wrong.id}].text", "remove one of the two"
                yield Finding(code=Code.MISCONCEPTION, place=place, what=what, mend=mend)
                break


def mended(rubric: Rubric) -> Rubric:
    """Return the rubric without repeated points and wordings, leaking follow-ups, and misconceptions that are points.

    Of two equal points the first stays, with the heavier weight and the paraphrases of both; a follow-up that is
    gone is worded by the interviewer.
    """
    points: list[KeyPoint] = []
    for point in rubric.key_points:
        twin = next((i for i, kept in enumerate(points) if same(kept.text, point.text)), None)
        if twin is None:
            points.append(point)
            continue
        first = points[twin]
        both = (*first.paraphrases, *point.paraphrases)
        points[twin] = first.model_copy(update={"weight": max(first.weight, point.weight), "paraphrases": both})
    tidy = tuple(_point(point, rubric.question) for point in points)
    claims = [wording for point in tidy for wording in (point.text, *point.paraphrases)]
    wrong = tuple(m for m in rubric.misconceptions if not any(same(m.text, claim) for claim in claims))
    return rubric.model_copy(update={"key_points": tidy, "misconceptions": wrong})


def _point(point: KeyPoint, question: str) -> KeyPoint:
    wordings: list[str] = []
    for wording in point.paraphrases:
        if not any(same(wording, known) for known in (point.text, *wordings)):
            wordings.append(wording)
    leaking = point.follow_up is not None and leaks(point.follow_up, [point], public=question)
    follow_up = None if leaking else point.follow_up
    return point.model_copy(update={"paraphrases": tuple(wordings), "follow_up": follow_up})


LEAST = 90.0
"""A reference answer must earn this much by its own rubric, or no candidate can be asked to."""

Grading = Callable[[Rubric, str], Grade]


def judged(rubric: Rubric, grade: Grading) -> Iterator[Finding]:
    """Yield where the reference answer, or the points stated one after another, do not earn their marks."""
    if rubric.state == "draft":
        return
    own = grade(rubric, rubric.reference_answer)
    if own.score is not None and own.score < LEAST:
        open_points = ", ".join(v.key_point for v in own.verdicts if v.verdict is not Label.COVERED)
        what = f"earns {own.score:.0f} of 100 by its own key points (open: {open_points or 'a misconception'})"
        mend = "say these points in it, or reword them"
        yield Finding(code=Code.REFERENCE, place="reference_answer", what=what, mend=mend)
    stop = "。" if rubric.language == "zh" else "."
    stated = "\n".join(point.text.rstrip("。.") + stop for point in rubric.key_points)
    every = grade(rubric, stated)
    lost = [v.key_point for v in every.verdicts if v.verdict in {Label.MISSING, Label.CONTRADICTED}]
    if lost or every.misconceptions:
        named = ", ".join([*lost, *(wrong.id for wrong in every.misconceptions)])
        what = f"the full weight cannot be reached: stating every point word for word fails {named}"
        mend = "reword what these points or misconceptions have in common"
        yield Finding(code=Code.UNREACHABLE, place="key_points", what=what, mend=mend)
