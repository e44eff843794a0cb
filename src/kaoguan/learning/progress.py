"""Mastery over time, as one value: what `kaoguan progress` draws and prints, and what a report can show.

    {"schema_version": 1, "at": "…", "streak": {…}, "totals": {…}, "topics": [Topic…], "points": [Point…],
     "days": [Practice…], "retries": [Retry…]}

A key point is mastered when three weeks after its last review it would still be recalled nine times in ten (FSRS
stability of 21 days). `recall` are the odds, 0-1, of saying it in full now: 0 where it was missed last; null where no
reliable verdict is known. `weak` are those that were missed, or are about to be forgotten.
Fields are only ever added; `schema_version` counts up when one changes its meaning.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from kaoguan.learning.due import find_point, is_leech, recall
from kaoguan.learning.memory import RETENTION, MemoryModel, is_due, mastered
from kaoguan.models import Label, Model, Rubric, Source
from kaoguan.store import Card, Day, Practised, Reviews, Shift

_RECENT = timedelta(days=55)
"""What a terminal's plot has room for, less the last day."""


class Streak(Model):
    """Days of practice in a row, up to today or yesterday; the longest ever; all days of practice."""

    current: int
    longest: int
    days: int


class Totals(Model):
    """Key points ever asked, mastered, due now, and missed again and again."""

    points: int
    mastered: int
    due: int
    leeches: int


class MasteryMark(Model):
    """How many key points were mastered at the end of a day."""

    day: date
    mastered: int


class TopicProgress(Model):
    """Key points of one topic: asked, mastered, due; mean odds of recall; the days on which `mastered` changed."""

    topic: str
    points: int
    mastered: int
    due: int
    recall: float | None
    history: tuple[MasteryMark, ...]


class PointProgress(Model):
    """One key point; `verdicts` are its last ones, oldest first."""

    rubric_id: str
    key_point: str
    topic: str
    text: str
    weight: int
    recall: float | None
    stability: float | None  # days until the odds of recall fall to nine in ten
    due: datetime | None
    due_now: bool
    reviews: int
    misses: int
    mastered: bool
    leech: bool
    weak: bool = False
    verdicts: tuple[Label, ...]
    note: str | None = None
    source: Source | None


class Practice(Model):
    """One day: questions answered, key points recalled and missed, mean score; mastered in all at its end."""

    day: date
    questions: int
    recalled: int
    missed: int
    score: float | None
    mastered: int


class AttemptOutcome(Model):
    """How one question went in one session: score of the first answer, and after follow-ups."""

    session: str
    at: datetime
    unaided: float | None
    final: float | None


class RepeatedQuestion(Model):
    """A question answered several times: before and after. `change` is that of the first answer's score."""

    rubric_id: str
    topic: str
    question: str
    times: int
    first: AttemptOutcome
    last: AttemptOutcome
    change: float | None


class Progress(Model):
    """Everything there is to show; the module's docstring has its shape."""

    schema_version: int = 1
    at: datetime
    streak: Streak
    totals: Totals
    topics: tuple[TopicProgress, ...]
    points: tuple[PointProgress, ...]
    days: tuple[Practice, ...]
    retries: tuple[RepeatedQuestion, ...]


def progress(reviews: Reviews, now: datetime, *, histories: bool = True) -> Progress:
    """Return how the candidate stands; weak topics and points first, days oldest first. `catch_up` first.

    Without `histories`, which are long, no topic has one, and the days are those of the last eight weeks of practice.
    """
    rubrics = reviews.asked()
    cards = reviews.cards()
    points = _points(cards, rubrics, now)
    dates = reviews.dates()
    since = date.min if histories or not dates else dates[-1] - _RECENT
    shifts = reviews.shifts(apart=histories, since=since)
    total = sum(point.mastered for point in points)
    return Progress(
        at=now,
        streak=streak(dates, now.astimezone().date()),
        totals=Totals(
            points=len(points),
            mastered=total,
            due=sum(point.due_now for point in points),
            leeches=sum(point.leech for point in points),
        ),
        topics=_topics(points, rubrics, shifts if histories else ()),
        points=points,
        days=_practice(reviews.days(since=since), shifts, total),
        retries=tuple(_retry(one, rubrics[one.rubric_id]) for one in reviews.practised() if one.rubric_id in rubrics),
    )


def streak(days: Sequence[date], today: date) -> Streak:
    """Return the runs of days without a gap; today is not missed before it is over."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    under_way = bool(runs) and runs[-1][-1] >= today - timedelta(days=1)
    return Streak(
        current=len(runs[-1]) if under_way else 0,
        longest=max(map(len, runs), default=0),
        days=sum(map(len, runs)),
    )


def _points(cards: Iterable[Card], rubrics: Mapping[str, Rubric], now: datetime) -> tuple[PointProgress, ...]:
    model = MemoryModel()
    found = []
    for card in cards:
        if known := find_point(rubrics, card):
            rubric, point = known
            memory, odds = card.memory, recall(card, model, now)
            found.append(
                PointProgress(
                    rubric_id=card.rubric_id,
                    key_point=card.key_point,
                    topic=rubric.topic,
                    text=point.text,
                    weight=point.weight,
                    recall=odds,
                    stability=round(memory.stability, 1) if memory else None,
                    due=memory.due if memory else None,
                    due_now=is_due(memory, now),
                    reviews=card.reviews,
                    misses=card.misses,
                    mastered=mastered(memory),
                    leech=is_leech(card),
                    weak=odds is not None and odds < RETENTION and not mastered(memory),
                    verdicts=card.recent,
                    note=point.note,
                    source=point.source or rubric.source,
                )
            )
    return tuple(sorted(found, key=_weakest))


def _weakest(point: PointProgress) -> tuple[bool, bool, float, int, int, str, str]:
    """Return the place of a point: those missed last come first, of these the ones missed most and the heaviest."""
    odds = 1.0 if point.recall is None else point.recall
    return point.mastered, not point.weak, odds, -point.misses, -point.weight, point.rubric_id, point.key_point


def _topics(
    points: Iterable[PointProgress], rubrics: Mapping[str, Rubric], shifts: Sequence[Shift]
) -> tuple[TopicProgress, ...]:
    by_topic: dict[str, list[PointProgress]] = defaultdict(list)
    for point in points:
        by_topic[point.topic].append(point)
    changed: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        if shift.rubric_id:
            changed[rubrics[shift.rubric_id].topic].append(shift)
    found = []
    for topic, those in by_topic.items():
        odds = [point.recall for point in those if point.recall is not None]
        found.append(
            TopicProgress(
                topic=topic,
                points=len(those),
                mastered=sum(point.mastered for point in those),
                due=sum(point.due_now for point in those),
                recall=round(sum(odds) / len(odds), 3) if odds else None,
                history=tuple(MasteryMark(day=day, mastered=count) for day, count in _running(changed[topic]).items()),
            )
        )
    return tuple(sorted(found, key=lambda it: (it.mastered / it.points, it.recall or 0.0, it.topic)))


def _practice(days: Sequence[Day], shifts: Sequence[Shift], total: int) -> tuple[Practice, ...]:
    count = total - sum(shift.mastered for shift in shifts)  # before the first of these days
    running = _running(shifts, count)
    found = []
    for day in days:
        count = running.get(day.day, count)
        found.append(Practice(**day.model_dump(), mastered=count))
    return tuple(found)


def _running(shifts: Iterable[Shift], count: int = 0) -> dict[date, int]:
    """Return how many were mastered at the end of each day on which that changed, oldest first; `count` before."""
    found: dict[date, int] = {}
    for shift in shifts:
        count += shift.mastered
        found[shift.day] = count
    return found


def _retry(one: Practised, rubric: Rubric) -> RepeatedQuestion:
    first, last = (
        AttemptOutcome(session=attempt.session_id, at=attempt.at, unaided=attempt.unaided, final=attempt.final)
        for attempt in (one.first, one.last)
    )
    return RepeatedQuestion(
        rubric_id=one.rubric_id,
        topic=rubric.topic,
        question=rubric.question,
        times=one.times,
        first=first,
        last=last,
        change=None if first.unaided is None or last.unaided is None else round(last.unaided - first.unaided, 1),
    )
