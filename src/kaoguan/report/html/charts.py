"""The numbers behind the pictures. Positions are in per cent of the width: a chart fits a phone without a script."""

from collections.abc import Sequence
from datetime import date, datetime

from kaoguan.interview.results import Question, Score
from kaoguan.learning import Progress
from kaoguan.models import Label, Model
from kaoguan.session import Summary
from kaoguan.text.numbers import mean, rounded

# As many sessions as can be told apart on a phone.
_SESSIONS = 24
# Points stand this far, in per cent, from the chart's edges.
_EDGE = 4.0


class Bar(Model):
    """One row of a bar chart: a bar to `final`, a line at `unaided`; `value` is written where it is not the score."""

    name: str
    score: Score
    value: str = ""


class TopicBar(Bar):
    """One topic of a session: mean scores over its questions, and how its key points fared."""

    tally: dict[Label, int]


class Moment(Model):
    """One session or day in a timeline: `x` in per cent of the width."""

    x: float
    at: datetime | date
    score: Score


def topics(questions: Sequence[Question]) -> tuple[TopicBar, ...]:
    """Return the topics in the order they came up; a topic without any graded answer has no score."""
    names = dict.fromkeys(question.topic for question in questions)
    return tuple(_topic(name, [question for question in questions if question.topic == name]) for name in names)


def _topic(name: str, questions: Sequence[Question]) -> TopicBar:
    points = [point for question in questions for point in question.points]
    return TopicBar(
        name=name,
        score=Score(
            unaided=mean(question.score.unaided for question in questions),
            final=mean(question.score.final for question in questions),
        ),
        tally={label: sum(point.final is label for point in points) for label in Label},
    )


def timeline(sessions: Sequence[Summary]) -> tuple[Moment, ...]:
    """Return the candidate's latest sessions that have a score, oldest first; empty when there are fewer than two."""
    scored = sorted(
        (session for session in sessions if session.mine and session.final is not None),
        key=lambda session: session.started_at,
    )
    latest = scored[-_SESSIONS:]
    if len(latest) < 2:
        return ()
    return tuple(
        Moment(x=x, at=session.started_at.astimezone(), score=Score(unaided=session.unaided, final=session.final))
        for x, session in zip(_spread(len(latest)), latest, strict=True)
    )


def mastery(progress: Progress) -> tuple[Moment, ...]:
    """Return the latest days of practice, oldest first: the share of all key points mastered, 0-100."""
    days = progress.days[-_SESSIONS:]
    return tuple(
        Moment(x=x, at=day.day, score=Score(final=rounded(100 * day.mastered / progress.totals.points)))
        for x, day in zip(_spread(len(days)), days, strict=True)
    )


def mastery_chart(progress: Progress) -> tuple[Bar, ...]:
    """Return the share of each topic's key points that is mastered, 0-100, the weakest topic first."""
    return tuple(
        Bar(
            name=topic.topic,
            score=Score(final=rounded(100 * topic.mastered / topic.points)),
            value=f"{topic.mastered}/{topic.points}",
        )
        for topic in progress.topics
    )


def _spread(count: int) -> tuple[float, ...]:
    step = (100 - 2 * _EDGE) / max(1, count - 1)
    return tuple(round(_EDGE + index * step, 2) for index in range(count))
