"""A page for one student, to print: what was said, what was missed, and what to read about it. Nobody else is on it."""

from collections.abc import Mapping, Sequence

from kaoguan import prompts
from kaoguan.models import Grade, Label, Language, Model, Rubric, Submission
from kaoguan.report.html.environment import page


class Point(Model):
    """A key point, the student's words for it ("" without any), and what to read about it."""

    text: str
    quote: str
    note: str


class Answer(Model):
    """One graded answer, key points by verdict."""

    question: str
    score: float | None
    answer: str
    points: Mapping[Label, tuple[Point, ...]]
    misconceptions: tuple[Point, ...]


Graded = tuple[Submission, Grade]


def render_handout(student: str, graded: Sequence[Graded], rubrics: Mapping[str, Rubric]) -> str:
    """Return the page of one student as one HTML file, in the language of most of the questions."""
    zh = sum(rubrics[grade.rubric_id].language == "zh" for _, grade in graded)
    language: Language = "zh" if 2 * zh >= len(graded) else "en"
    answers = [_answer(submission, grade, rubrics[grade.rubric_id]) for submission, grade in graded]
    words = prompts.load("handout", language).say
    return page("handout.html.jinja", language, student=student, answers=answers, handout_say=words)


def _answer(submission: Submission, grade: Grade, rubric: Rubric) -> Answer:
    known = {point.id: point for point in rubric.key_points}
    points: dict[Label, tuple[Point, ...]] = {}
    for verdict in grade.verdicts:
        if point := known.get(verdict.key_point):
            shown = Point(text=point.text, quote=verdict.evidence, note=point.note or "")
            points[verdict.verdict] = (*points.get(verdict.verdict, ()), shown)
    wrong = {one.id: one.text for one in rubric.misconceptions}
    return Answer(
        question=rubric.question,
        score=grade.score,
        answer=submission.answer,
        points=points,
        misconceptions=tuple(
            Point(text=wrong.get(stated.id, stated.id), quote=stated.evidence, note="")
            for stated in grade.misconceptions
        ),
    )
