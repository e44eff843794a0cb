"""Sessions as JSON: what `sessions export --format json` writes, `sessions schema` describes, `sessions import` reads.

    {"format": "kaoguan-sessions", "version": 1, "sessions": [{"session": …, "turns": […], "grades": […],
     "overrides": […]}…]}

A file from somebody else is input like any other: everything in it is checked before anything is stored, so that no
later command can stumble over it, load what it names, or show what a terminal would obey.
"""

import re
from datetime import UTC, datetime
from typing import Literal

from pydantic import ValidationError

from kaoguan.errors import InputError, SessionError
from kaoguan.interview import Interview
from kaoguan.models import Grade, JudgeName, Model, Rubric
from kaoguan.session import Record, StoredGrade
from kaoguan.store import Store

MOST_SESSION_BYTES = 200_000_000
"""A larger file is refused unread; 5 000 sessions are about 100 MB."""

_ID = re.compile(r"[a-z0-9]{4,20}")
# A clock without a battery begins in 1970, and a wrong one may be ahead; times near year 1 or 9999 cannot be shown in
# every time zone.
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_MEND = "ask for the file again, exported by kaoguan"


class SessionFile(Model):
    """One or more whole sessions."""

    format: Literal["kaoguan-sessions"] = "kaoguan-sessions"
    version: Literal[1] = 1
    sessions: tuple[Record, ...]


def sessions_text(records: tuple[Record, ...]) -> str:
    """Return the file's text; drafts, which nobody submitted, stay at home."""
    submitted = tuple(
        record.model_copy(update={"session": record.session.model_copy(update={"draft": ""})}) for record in records
    )
    return SessionFile(sessions=submitted).model_dump_json(indent=1) + "\n"


def read_sessions(where: str, content: bytes, now: datetime) -> tuple[Record, ...]:
    """Return the sessions of a file, each checked to be one that kaoguan could have written. Raises SessionError."""
    if len(content) > MOST_SESSION_BYTES:
        raise SessionError(
            where, f"is larger than {MOST_SESSION_BYTES // 1_000_000} MB", "export fewer sessions at once"
        )
    try:
        file = SessionFile.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise SessionError(where, f"{place or 'it'}: {first['msg'].lower()}", _MEND) from error
    for record in file.sessions:
        try:
            _check(record, now)
        except InputError as error:
            raise SessionError(
                f"{where}: session {record.session.id[:20]!r}", f"{error.where}: {error.what}", _MEND
            ) from error
    return file.sessions


def _check(record: Record, now: datetime) -> None:
    session = record.session
    if not _ID.fullmatch(session.id):
        raise InputError("id", "is no session id", _MEND)
    if session.draft:
        raise InputError("draft", "was not submitted", _MEND)
    _check_times(record, now)
    _check_words(record)
    rubrics = {rubric.id: rubric for rubric in session.plan.rubrics}
    if len(rubrics) < len(session.plan.rubrics):
        raise InputError("plan", "a rubric is there twice", _MEND)
    for number, turn in enumerate(record.turns, start=1):
        if turn.seq != number or turn.speaker is not turn.kind.speaker:
            raise InputError(f"turn {turn.seq}", "is out of place", _MEND)
        if turn.rubric_id is not None and turn.rubric_id not in rubrics:
            raise InputError(f"turn {turn.seq}", "is about no rubric of the plan", _MEND)
    for graded in record.grades:
        if graded.rubric_id != graded.grade.rubric_id or graded.rubric_id not in rubrics:
            raise InputError("grade", "is of no rubric of the plan", _MEND)
        _check_points(graded.grade, rubrics[graded.rubric_id])
    _check_by_sitting(record)


def _check_times(record: Record, now: datetime) -> None:
    session = record.session
    times = [session.started_at, session.finished_at, *(turn.at for turn in record.turns)]
    times += [override.at for override in record.overrides]
    for time in times:
        if time is None:
            continue
        if time.tzinfo is None or not _EARLIEST <= time <= _LATEST:
            raise InputError("time", f"{time:%Y-%m-%d %H:%M} cannot be", _MEND)


def _check_words(record: Record) -> None:
    try:
        record.model_dump_json().encode()
        for turn in record.turns:
            turn.text.encode()
    except (UnicodeEncodeError, ValueError) as error:
        raise InputError("text", "holds half characters", _MEND) from error


def _check_points(grade: Grade, rubric: Rubric) -> None:
    known = {point.id for point in rubric.key_points}
    ruled = [verdict.key_point for verdict in grade.verdicts]
    if not known.issuperset(ruled) or len(ruled) != len(set(ruled)):
        raise InputError("grade", f"rules on key points that {rubric.id} does not have, or twice", _MEND)
    spans = [verdict.span for verdict in grade.verdicts] + [stated.span for stated in grade.misconceptions]
    if any(span and not 0 <= span[0] <= span[1] for span in spans):
        raise InputError("grade", "quotes what is not there", _MEND)


class _Complete:
    """A grader that has nothing to do: an imported session must not make anyone load or pay for its judge."""

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        raise InputError(f"answer to {rubric.id}", "has no grade", _MEND)


def _check_by_sitting(record: Record) -> None:
    """Make the session's report from a copy in memory: what does not come apart here never will."""
    plan = record.session.plan
    with Store.in_memory() as store:
        store.add(record)
        interview = Interview.open(record.session.id, _Complete(), store)
        by_default = plan.judge is JudgeName.OFFLINE and plan.embedder == "bundled"
        if interview.finished or not by_default:
            interview.report()
        if not interview.finished and not by_default:
            raise InputError("plan", "it is not finished, and its judge would be asked again", _MEND)


def same_session(one: Record, other: Record) -> bool:
    """Return whether two records are of the very same session."""

    def told(record: Record) -> tuple[object, ...]:
        return record.turns, record.session.plan, sorted(map(_key, record.grades))

    return told(one) == told(other)


def _key(graded: StoredGrade) -> tuple[str, str, str]:
    return graded.rubric_id, graded.stage, graded.grade.model_dump_json()
