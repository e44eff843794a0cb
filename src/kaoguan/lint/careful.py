"""What a careful reader would stumble over: hollow answers, ornaments, topics that name nothing, points that lean."""

import re
from collections.abc import Iterator

from kaoguan.lint.finding import Code, Finding
from kaoguan.models import KeyPoint, Rubric
from kaoguan.text.filler import filler
from kaoguan.text.leaning import leans
from kaoguan.text.ornaments import has_ornaments
from kaoguan.text.overlap import named_title
from kaoguan.text.terms import is_term

_ID = re.compile(r"^(?:question|untitled|p?\d+|[\d_]+)(?:_\d+)?$")


def stumbles(rubric: Rubric) -> Iterator[Finding]:
    """Yield what does not hold for a reader, whoever wrote the rubric."""
    if rubric.state == "draft":
        what, mend = "waits for its answer: nobody is asked it", "fill it in, and take out `state: draft`"
        yield Finding(code=Code.DRAFT, place="state", what=what, mend=mend)
        return
    if _hollow(rubric.reference_answer):
        yield _hollow_at("reference_answer")
    for place, text in _texts(rubric):
        if has_ornaments(text):
            what, mend = "holds marks that only decorate (check boxes, stars, emoji, levels)", "take them out"
            yield Finding(code=Code.ORNAMENT, place=place, what=what, mend=mend)
    if not is_term(rubric.topic) and len(rubric.topic) > 1:
        what, mend = f"{rubric.topic!r} does not name a thing", "write a noun or two"
        yield Finding(code=Code.TOPIC, place="topic", what=what, mend=mend)
    if _ID.match(rubric.id):
        yield Finding(code=Code.NAME, place="id", what="says nothing of the question", mend="name what it is about")
    for point in rubric.key_points:
        yield from _point(point, rubric)


def _point(point: KeyPoint, rubric: Rubric) -> Iterator[Finding]:
    place = f"key_points[{point.id}].text"
    if _hollow(point.text):
        yield _hollow_at(place)
    elif leans(point.text):
        what, mend = "cannot be understood without the sentence before it", "name what it is about"
        yield Finding(code=Code.NOT_ALONE, place=place, what=what, mend=mend)
    if title := named_title(point.follow_up or "", point.text, rubric.question):
        what, mend = f"names the title of the point it asks for ({title})", "ask without it, or remove the follow-up"
        yield Finding(code=Code.LEAK, place=f"key_points[{point.id}].follow_up", what=what, mend=mend)


def _texts(rubric: Rubric) -> Iterator[tuple[str, str]]:
    yield "question", rubric.question
    yield "topic", rubric.topic
    for point in rubric.key_points:
        yield f"key_points[{point.id}].text", point.text
        yield f"key_points[{point.id}].follow_up", point.follow_up or ""


def _hollow(text: str) -> bool:
    sentences = [part for part in re.split(r"(?<=[。！？!?])|(?<=[a-z]\.)\s|\n", text) if part.strip()]
    return all(filler(sentence) for sentence in sentences)


def _hollow_at(place: str) -> Finding:
    what, mend = "states nothing (a placeholder, a pointer elsewhere, talk)", "write the answer there, or remove it"
    return Finding(code=Code.HOLLOW, place=place, what=what, mend=mend)
