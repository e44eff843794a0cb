"""The machine with its effects: every turn is on disk before anything else happens."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, Self

from kaoguan import prompts
from kaoguan.errors import InputError, SessionError
from kaoguan.interview import results, speech
from kaoguan.interview.joined import join
from kaoguan.interview.moves import Ask, Close, FollowUp, Move, next_move, next_question, spent
from kaoguan.interview.state import Exchange, Phase, State, last_move, replay, standing
from kaoguan.models import Grade, Rubric
from kaoguan.prompts import Wording
from kaoguan.store import Kind, Plan, Session, Stage, Store, StoredGrade, Turn

Clock = Callable[[], datetime]
# No 0, 1, l, o, i: an id is read off one screen and typed into another.
_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Grades(Protocol):
    """What the interview needs of a Grader."""

    def grade(self, rubric: Rubric, answer: str, *, id: str = "") -> Grade:
        """Return the grade of one answer."""


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


class Interview:
    """One interview under way. Made by `start` or `resume`; the same turns give the same interview."""

    def __init__(self, session: Session, grader: Grades, store: Store, clock: Clock) -> None:
        self.session = session
        self._grader = grader
        self._store = store
        self._clock = clock
        self._turns = store.turns(session.id)
        self._state = replay(self._turns)
        self._wordings: dict[str, Wording] = {}

    @classmethod
    def start(cls, plan: Plan, grader: Grades, *, store: Store | None = None, clock: Clock = now) -> Self:
        """Return a new interview with its first question asked; without a store it is kept in memory only."""
        store = store or Store.in_memory()
        session = Session(id="".join(secrets.choice(_ID_LETTERS) for _ in range(6)), started_at=clock(), plan=plan)
        store.create(session)
        interview = cls(session, grader, store, clock)
        interview._go_on()
        return interview

    @classmethod
    def open(cls, session_id: str, grader: Grades, store: Store, *, clock: Clock = now) -> Self:
        """Return a stored interview as it was left, to look at. Raises SessionError."""
        return cls(store.session(session_id), grader, store, clock)

    @classmethod
    def resume(cls, session_id: str, grader: Grades, store: Store, *, clock: Clock = now) -> Self:
        """Return a stored interview, back at the very question or follow-up. Raises SessionError when finished."""
        interview = cls.open(session_id, grader, store, clock=clock)
        if interview.finished:
            mend = f"see its report: kaoguan sessions report {interview.session.id}"
            raise SessionError(f"session {interview.session.id}", "it is finished", mend)
        interview._append(Kind.RESUME)
        interview._go_on()
        return interview

    # --- where it stands ----------------------------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        """Return what was agreed at the start."""
        return self.session.plan

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return everything said so far, taken back or not."""
        return self._turns

    @property
    def state(self) -> State:
        """Return where the interview stands."""
        return self._state

    @property
    def finished(self) -> bool:
        """Return whether the interviewer has closed the interview."""
        return self._state.phase is Phase.CLOSED

    @property
    def question(self) -> str:
        """Return what the candidate is to answer now; empty when the interview is finished."""
        return "" if self.finished else self.exchange.prompt.text

    @property
    def exchange(self) -> Exchange:
        """Return the question under way, or the last one."""
        current = self._state.current
        assert current  # noqa: S101 - start() asks the first question
        return current

    @property
    def rubric(self) -> Rubric:
        """Return the rubric of the question under way."""
        return self.plan.rubric(self.exchange.rubric_id)

    # --- what the candidate does --------------------------------------------------------------------------------------

    def submit(self, answer: str) -> tuple[Turn, ...]:
        """Store an answer, then grade it and return what the interviewer says to it.

        Raises InputError for an empty answer; it would change nothing.
        """
        if not answer.strip():
            raise InputError("answer", "is empty", "write something, or skip the question")
        try:
            answer.encode()
        except UnicodeEncodeError as error:
            raise InputError("answer", "holds half characters", "type it again without them") from error
        return self._move(Kind.ANSWER, answer)

    def skip(self) -> tuple[Turn, ...]:
        """Leave the question (its remaining follow-ups, once it is answered) and return what the interviewer says."""
        return self._move(Kind.SKIP)

    def hint(self) -> Turn | None:
        """Return a hint on what was asked last; it is recorded. None when there is none left, which is not."""
        said = speech.hint(self.rubric, self.exchange, self._state.said, self._wording())
        if said is None or self.finished:
            return None
        return self._append(Kind.HINT, said.text, said.key_point)

    def reveal(self) -> tuple[Turn, ...]:
        """Show the reference answer, which ends the question. Raises InputError before the first answer."""
        if not self.exchange.answers:
            raise InputError("reference answer", "is shown after an attempt", "answer first")
        revealed = self._append(Kind.REFERENCE, self.rubric.reference_answer)
        return (revealed, *self._go_on())

    def undo(self) -> str | None:
        """Take back the last answer or skip, so that the same is asked again; return its text. None: there is none."""
        before = standing(self._turns)
        last = last_move(before)
        if last is None or self.finished:
            return None
        self._append(Kind.UNDO)
        return before[last].text

    def leave(self, kind: Kind, draft: str = "") -> None:
        """Note that the candidate leaves (Kind.QUIT or Kind.PAUSE); the interview can be resumed."""
        self.keep_draft(draft)
        self._append(kind)

    def keep_draft(self, text: str) -> None:
        """Keep what was typed but not submitted; the next answer replaces it."""
        self._store.save_draft(self.session.id, text)
        self.session = self.session.model_copy(update={"draft": text})

    # --- grades -------------------------------------------------------------------------------------------------------

    def report(self) -> results.Report:
        """Return the report on everything answered so far; grades what was not graded yet."""
        grades: results.Grades = {}
        for exchange in self._state.exchanges:
            if exchange.answers:
                rubric_id = exchange.rubric_id
                grades[rubric_id, Stage.UNAIDED] = self._grade(exchange, Stage.UNAIDED)
                grades[rubric_id, Stage.FINAL] = self._grade(exchange, Stage.FINAL)
        return results.report(self.session, self._turns, grades)

    def _grade(self, exchange: Exchange, stage: Stage) -> Grade:
        answers = exchange.answers if stage is Stage.FINAL else exchange.answers[:1]
        text = join(answers)
        fingerprint = hashlib.sha256(text.encode()).hexdigest()
        stored = {(known.rubric_id, known.answer_sha256): known.grade for known in self._store.grades(self.session.id)}
        grade = stored.get((exchange.rubric_id, fingerprint))
        if grade is None:
            rubric = self.plan.rubric(exchange.rubric_id)
            grade = self._grader.grade(rubric, text, id=f"{self.session.id}/{exchange.rubric_id}")
        record = StoredGrade(rubric_id=exchange.rubric_id, stage=stage, answer_sha256=fingerprint, grade=grade)
        self._store.save_grade(self.session.id, record)
        return grade

    # --- what the interviewer does ------------------------------------------------------------------------------------

    def _move(self, kind: Kind, text: str = "") -> tuple[Turn, ...]:
        if self.finished:
            raise SessionError(f"session {self.session.id}", "it is finished", "start another one: kaoguan interview")
        self._append(kind, text)
        return self._go_on()

    def _go_on(self) -> tuple[Turn, ...]:
        """Let the interviewer say what is due; nothing when the candidate is to answer."""
        if self._state.phase is not Phase.DECIDING:
            return ()
        current = self._state.current
        grade = None
        if current and current.answers:
            if len(current.answers) == 1:
                self._grade(current, Stage.UNAIDED)
            grade = self._grade(current, Stage.FINAL)
        return (self._say(next_move(self.plan, self._state, grade, spent(self._turns, self._clock()))),)

    def _say(self, move: Move) -> Turn:
        if isinstance(move, FollowUp):
            rubric, said = move.rubric, self._state.said
            worded = speech.follow_up(rubric, self.exchange, move.targets, said, self._wording())
            if worded:
                return self._append(Kind.FOLLOW_UP, worded.text, worded.key_point, worded.misconception)
            move = next_question(self.plan, self._state)
        if isinstance(move, Ask):
            return self._append(Kind.QUESTION, move.rubric.question, rubric_id=move.rubric.id)
        assert isinstance(move, Close)  # noqa: S101 - the only move left
        return self._append(Kind.CLOSING, self._wording().say("closing"))

    def _wording(self) -> Wording:
        """Return the interviewer's words in the language of the question under way."""
        current = self._state.current
        language = self.plan.rubric(current.rubric_id).language if current else self.plan.language
        if language not in self._wordings:
            self._wordings[language] = prompts.load("interviewer", language)
        return self._wordings[language]

    def _append(
        self,
        kind: Kind,
        text: str = "",
        key_point: str | None = None,
        misconception: str | None = None,
        *,
        rubric_id: str | None = None,
    ) -> Turn:
        current = self._state.current
        turn = Turn(
            seq=len(self._turns) + 1,
            speaker=kind.speaker,
            kind=kind,
            rubric_id=rubric_id or (current.rubric_id if current else None),
            key_point=key_point,
            misconception=misconception,
            text=text,
            at=self._clock(),
        )
        self._store.append(self.session.id, turn)
        self._turns = (*self._turns, turn)
        self._state = replay(self._turns)
        return turn
