"""The machine with its effects: every turn is on disk before anything else happens."""

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, Self, TypeVar

from kaoguan.errors import InputError, SessionError
from kaoguan.grading import Grader
from kaoguan.interview import compile_report as compiling
from kaoguan.interview import rulings as overriding
from kaoguan.interview.background import AnswerGrader
from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.moves import (
    Ask,
    FollowUp,
    InterviewProgress,
    Move,
    Reply,
    ShowFeedback,
    next_move,
    next_question,
    spent,
)
from kaoguan.interview.decide.planning import ability
from kaoguan.interview.decide.state import Exchange, InterviewState, Phase, last_move, replay, standing
from kaoguan.interview.decide.utterance import Utterance
from kaoguan.interview.gradebook import Gradebook
from kaoguan.interview.results import Report
from kaoguan.interview.words import hints
from kaoguan.interview.words.interviewer import Interviewer, Voice
from kaoguan.models import JudgeName, Label, Rubric, Ruling
from kaoguan.session import Kind, Mode, Plan, Record, Session, Turn
from kaoguan.store import Store
from kaoguan.text.overlap import leaks

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
# No 0, 1, l, o, i: an id is read off one screen and typed into another.
_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def _in_turn(method: "Callable[Concatenate[Interview, P], T]") -> "Callable[Concatenate[Interview, P], T]":
    """Return the method as one that waits until no other thread is in the same interview."""

    @wraps(method)
    def waiting(self: "Interview", /, *args: P.args, **named: P.kwargs) -> T:
        with self._turn:
            return method(self, *args, **named)

    return waiting


class Interview:
    """One interview under way. Made by `start` or `resume`; the same turns give the same interview.

    It may be used from any thread; calls from several at once take turns. For an event loop there is `AsyncInterview`.
    """

    def __init__(
        self, session: Session, grader: AnswerGrader, store: Store, clock: Clock, voice: Voice | None = None
    ) -> None:
        self.session = session
        self._turn = threading.RLock()
        self._store = store
        self._clock = clock
        self._grades = Gradebook(session, grader, store)
        self._interviewer = Interviewer(session.plan, voice)
        self._turns = store.turns(session.id)
        self._state = replay(self._turns)
        self._stored = bool(self._turns)

    @classmethod
    def start(
        cls,
        plan: Plan,
        grader: AnswerGrader,
        *,
        store: Store | None = None,
        clock: Clock = now,
        voice: Voice | None = None,
    ) -> Self:
        """Return a new interview with its first question asked; without a store it is kept in memory only.

        It is in the store from the first answer or draft on: who only looks leaves nothing behind.

        Parameters
        ----------
        plan : Plan
            What is asked, and how; a judge of your own gives it its name.
        grader : Grader
            Who grades the answers, or anything with its method `grade`.
        store : Store, optional
            Where every turn is written before anything else happens.
        clock : callable, optional
            Returns the time, with its zone.
        voice : Voice, optional
            Words what was decided; without one the interviewer speaks in the rubric's own words.
        """
        store = store or Store.in_memory()
        if isinstance(grader, Grader) and not isinstance(grader.judge, JudgeName):
            plan = plan.model_copy(update={"judge": grader.judge})
        session = Session(id="".join(secrets.choice(_ID_LETTERS) for _ in range(6)), started_at=clock(), plan=plan)
        interview = cls(session, grader, store, clock, voice)
        interview._go_on()
        return interview

    @classmethod
    def open(
        cls, session_id: str, grader: AnswerGrader, store: Store, *, clock: Clock = now, voice: Voice | None = None
    ) -> Self:
        """Return a stored interview as it was left, to look at. Raises SessionError."""
        return cls(store.session(session_id), grader, store, clock, voice)

    @classmethod
    def resume(
        cls, session_id: str, grader: AnswerGrader, store: Store, *, clock: Clock = now, voice: Voice | None = None
    ) -> Self:
        """Return a stored interview, back at the very question or follow-up. Raises SessionError when finished."""
        interview = cls.open(session_id, grader, store, clock=clock, voice=voice)
        if interview.finished:
            mend = f"see its report: kaoguan sessions report {interview.session.id}"
            raise SessionError(f"session {interview.session.id}", "it is finished", mend)
        interview._append(Kind.RESUME, Utterance())
        interview._go_on()
        return interview

    @property
    def plan(self) -> Plan:
        """Return the plan that was agreed at the start."""
        return self.session.plan

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return everything said so far, taken back or not."""
        return self._turns

    @property
    def state(self) -> InterviewState:
        """Return where the interview stands."""
        return self._state

    @property
    def finished(self) -> bool:
        """Return whether the interviewer has closed the interview."""
        return self._state.phase is Phase.CLOSED

    @property
    def reviewing(self) -> bool:
        """Return whether feedback was given: `go_on` to what comes next, or submit another answer to the question."""
        return self._state.phase is Phase.REVIEWING

    @property
    def spent(self) -> timedelta:
        """Return the time the interview has taken, without the times it was left."""
        return spent(self._turns, self._clock())

    @property
    def question(self) -> str:
        """Return the question or follow-up to answer now; empty when the interview is finished."""
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

    @_in_turn
    def submit(self, answer: str) -> tuple[Turn, ...]:
        """Store an answer, then grade it and return what the interviewer says to it; a question back gets a reply.

        A question back that is submitted again counts as an answer. "Next question" is a skip. Raises InputError for
        an empty answer; it would change nothing.
        """
        if not answer.strip():
            raise InputError("answer", "is empty", "write something, or skip the question")
        try:
            answer.encode()
        except UnicodeEncodeError as error:
            raise InputError("answer", "holds half characters", "type it again without them") from error
        if self._state.phase is Phase.ANSWERING and hear(answer).over:
            return self._move(Kind.SKIP, answer)
        return self._move(Kind.ASK_BACK if self._asks_back(answer) else Kind.ANSWER, answer)

    @_in_turn
    def skip(self) -> tuple[Turn, ...]:
        """Leave the question (its remaining follow-ups, once it is answered) and return what the interviewer says."""
        return self.go_on() if self.reviewing else self._move(Kind.SKIP)

    def aside(self, text: str) -> str:
        """Return the reply to what can be no answer, and store nothing; empty where it can be one."""
        return self._interviewer.aside(text, self.rubric, self._state, self.spent)

    @_in_turn
    def go_on(self) -> tuple[Turn, ...]:
        """After feedback, go on and return what the interviewer says. Raises InputError while a question is open."""
        if not self.reviewing:
            raise InputError("next question", "comes when this one is over", "answer it, or skip it")
        return (self._say(next_question(self.plan, self._state, self._progress())),)

    @_in_turn
    def hint(self) -> Turn | None:
        """Return a hint on what was asked last; it is recorded. None when there is none left, which is not."""
        if self._state.phase is not Phase.ANSWERING:
            return None
        given = hints.of(self.rubric, self._turns)
        said = hints.hint(self.rubric, self.exchange, given, self._state.said, self._interviewer.words(self.rubric))
        return self._append(Kind.HINT, said) if said else None

    @_in_turn
    def reveal(self) -> tuple[Turn, ...]:
        """Show the reference answer, which ends the question. Raises InputError before the first answer."""
        if not self.exchange.answers and not self.reviewing:
            raise InputError("reference answer", "is shown after an attempt", "answer first")
        revealed = self._append(Kind.REFERENCE, Utterance(text=self.rubric.reference_answer))
        return (revealed, *self._go_on())

    @_in_turn
    def undo(self) -> str | None:
        """Take back the last answer or skip, so that the same is asked again; return its text. None: there is none."""
        before = standing(self._turns)
        last = last_move(before)
        if last is None or self.finished:
            return None
        self._append(Kind.UNDO, Utterance())
        return before[last].text

    @_in_turn
    def leave(self, kind: Kind, draft: str = "") -> None:
        """Note that the candidate leaves (Kind.QUIT or Kind.PAUSE); the interview can be resumed where it is `kept`."""
        self.keep_draft(draft)
        if self.kept:
            self._append(kind, Utterance())

    @_in_turn
    def keep_draft(self, text: str) -> None:
        """Keep what was typed but not submitted; the next answer replaces it."""
        if text.strip() and not self.kept:
            self._keep(self._turns)
        if self.kept:
            self._store.save_draft(self.session.id, text)
            self.session = self.session.model_copy(update={"draft": text})

    @_in_turn
    def override(self, key_point: str, verdict: Label, *, who: str, why: str = "") -> Label:
        """Rule otherwise on the question under way and return what stood before. Raises InputError, SessionError."""
        ruling = Ruling(
            rubric_id=self.rubric.id, key_point=key_point, verdict=verdict, who=who, why=why, at=self._clock()
        )
        return overriding.override(self._store, self.session, self._turns, ruling)

    @_in_turn
    def report(self) -> Report:
        """Return the report on everything answered so far; grades what was not graded yet."""
        grades: compiling.StageGrades = {}
        for exchange in self._state.exchanges:
            for stage, grade in self._grades.stages(exchange, self._turns).items():
                grades[exchange.rubric_id, stage] = grade
        return compiling.report(self.session, self._turns, grades, self._store.overrides(self.session.id))

    def _progress(self) -> InterviewProgress:
        current = self._state.current
        graded = bool(current and current.answers and not current.reviewed)
        start = self.plan.adaptive
        return InterviewProgress(
            grades=self._grades.history(current) if current and graded else (),
            able=ability(start, self._grades.results(self._state.exchanges, self._turns)) if start else 0.0,
            spent=self.spent,
        )

    @property
    def kept(self) -> bool:
        """Return whether the interview is in the store: something was answered or drafted in it."""
        return self._stored

    def _asks_back(self, text: str) -> bool:
        """Return whether the candidate asks something back; what states a key point is an answer, however it is put."""
        asks = hear(text).asks
        if self._state.phase is not Phase.ANSWERING or asks is None:
            return False
        if asks.bare:
            return True
        again = any(turn.text.strip() == text.strip() for turn in self.exchange.asked_back)
        return not again and not leaks(text, self.rubric.key_points, self.rubric.question)

    # --- what the interviewer does ------------------------------------------------------------------------------------

    def _move(self, kind: Kind, text: str = "") -> tuple[Turn, ...]:
        if self.finished:
            raise SessionError(f"session {self.session.id}", "it is finished", "start another one: kaoguan interview")
        self._append(kind, Utterance(text=text))
        return self._go_on()

    def _go_on(self) -> tuple[Turn, ...]:
        """Let the interviewer say what is due; nothing when the candidate is to answer."""
        if self._state.phase is not Phase.DECIDING:
            return ()
        if self._state.current and not self._state.current.waiting:
            self._grades.stages(self._state.current, self._turns)
        return (self._say(next_move(self.plan, self._state, self._progress())),)

    def _say(self, move: Move) -> Turn:
        current = self._state.current
        if isinstance(move, ShowFeedback) and current:
            said = self._interviewer.feedback(current, self._grades.stages(current, self._turns))
            return self._append(Kind.FEEDBACK, said)
        if isinstance(move, FollowUp):
            if worded := self._interviewer.follow_up(move, self._state):
                return self._append(Kind.FOLLOW_UP, worded)
            # Nothing is left to ask that was not said before: the question is over.
            if self.plan.mode is Mode.PRACTICE:
                return self._say(ShowFeedback())
            move = next_question(self.plan, self._state, self._progress())
        if isinstance(move, Reply):
            return self._append(Kind.REPLY, self._interviewer.reply(move.rubric, self._state, self.spent))
        if isinstance(move, Ask):
            return self._append(Kind.QUESTION, self._interviewer.ask(move, self._state), rubric_id=move.rubric.id)
        return self._append(Kind.CLOSING, self._interviewer.close(self._state))

    def _append(self, kind: Kind, said: Utterance, *, rubric_id: str | None = None) -> Turn:
        current = self._state.current
        turn = Turn(
            seq=len(self._turns) + 1,
            speaker=kind.speaker,
            kind=kind,
            rubric_id=rubric_id or (current.rubric_id if current else None),
            key_point=said.key_point,
            misconception=said.misconception,
            text=said.text,
            at=self._clock(),
        )
        turns = (*self._turns, turn)
        if self.kept:
            self._store.append(self.session.id, turn)
        elif kind in (Kind.ANSWER, Kind.CLOSING):
            self._keep(turns)
        self._turns = turns
        self._state = replay(turns)
        return turn

    def _keep(self, turns: tuple[Turn, ...]) -> None:
        """Put the interview into the store, with all these turns or not at all."""
        self._store.add(Record(session=self.session, turns=turns))
        self._stored = True
