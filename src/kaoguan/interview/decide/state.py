"""Where an interview stands: a frozen value, rebuilt at any time by replaying the stored turns.

state = replay(turns)               the same turns always give the same state
state = fold(state, turn)           one more turn
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kaoguan.errors import SessionError
from kaoguan.interview.decide.heard import hear
from kaoguan.models import Model
from kaoguan.session import Kind, Turn


class Phase(StrEnum):
    """Whose move it is."""

    DECIDING = "deciding"  # the interviewer's
    ANSWERING = "answering"  # the candidate's
    REVIEWING = "reviewing"  # the candidate's, who reads feedback: go on, or answer the question again
    CLOSED = "closed"


class Exchange(Model):
    """One question and everything said about it."""

    question: Turn
    follow_ups: tuple[Turn, ...] = ()
    hints: tuple[Turn, ...] = ()
    answers: tuple[Turn, ...] = ()
    asked_back: tuple[Turn, ...] = ()  # the candidate's questions to the interviewer
    waiting: bool = False  # the last of these has no reply yet
    skipped: bool = False  # the candidate moved on before all follow-ups were asked, or without any answer
    revealed: bool = False  # the reference answer was shown
    reviewed: bool = False  # feedback was given
    retries: tuple[Turn, ...] = ()  # answers given after that, each on its own

    @property
    def rubric_id(self) -> str:
        """Return which rubric the question is from."""
        assert self.question.rubric_id  # noqa: S101 - a question without a rubric is never folded in
        return self.question.rubric_id

    @property
    def prompt(self) -> Turn:
        """Return the last question or follow-up."""
        return self.follow_ups[-1] if self.follow_ups and not self.reviewed else self.question

    @property
    def gave_up(self) -> bool:
        """Return whether the last answer said no more than that it is not known."""
        return bool(self.answers) and hear(self.answers[-1].text).unknown

    @property
    def over(self) -> bool:
        """Return whether no further answer to this question can come."""
        return self.skipped or self.revealed or self.reviewed


class InterviewState(Model):
    """An interview so far: what was asked, in order, and whose move it is."""

    phase: Phase = Phase.DECIDING
    exchanges: tuple[Exchange, ...] = ()

    @property
    def current(self) -> Exchange | None:
        """Return the question under way or just over; None before the first."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def said(self) -> tuple[str, ...]:
        """Return everything the interviewer asked or hinted, so that nothing is said twice."""
        return tuple(
            turn.text
            for exchange in self.exchanges
            for turn in (exchange.question, *exchange.follow_ups, *exchange.hints)
        )


# Which kinds of turn can come in which phase. Comings and goings are no part of the state.
_ALLOWED = {
    Phase.DECIDING: {Kind.QUESTION, Kind.FOLLOW_UP, Kind.FEEDBACK, Kind.REPLY, Kind.CLOSING},
    Phase.ANSWERING: {Kind.ANSWER, Kind.ASK_BACK, Kind.SKIP, Kind.HINT, Kind.REFERENCE},
    Phase.REVIEWING: {Kind.ANSWER, Kind.REFERENCE, Kind.QUESTION, Kind.CLOSING},
    Phase.CLOSED: set[Kind](),
}
_COMINGS_AND_GOINGS = {Kind.QUIT, Kind.PAUSE, Kind.RESUME}


def replay(turns: Iterable[Turn]) -> InterviewState:
    """Return the state after these turns. Raises SessionError when they cannot have come in this order."""
    state = InterviewState()
    for turn in standing(tuple(turns)):
        state = fold(state, turn)
    return state


def standing(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns that still count: an undo takes back the last answer or skip and all that followed it."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.kind is Kind.UNDO:
            last = last_move(kept)
            del kept[len(kept) if last is None else last :]
        else:
            kept.append(turn)
    return tuple(kept)


def last_move(turns: Sequence[Turn]) -> int | None:
    """Return the index of the candidate's last answer or skip; None when there is none."""
    moves = (index for index in reversed(range(len(turns))) if turns[index].kind in (Kind.ANSWER, Kind.SKIP))
    return next(moves, None)


def fold(state: InterviewState, turn: Turn) -> InterviewState:
    """Return the state after one more turn. Raises SessionError when it cannot come now."""
    if turn.kind in _COMINGS_AND_GOINGS:
        return state
    if turn.kind not in _ALLOWED[state.phase]:
        raise SessionError(f"turn {turn.seq}", f"no {turn.kind} can come while {state.phase}", "see `sessions show`")
    if turn.kind is Kind.CLOSING:
        return state.model_copy(update={"phase": Phase.CLOSED})
    if turn.kind is Kind.QUESTION:
        exchanges = (*state.exchanges, Exchange(question=turn))
        return InterviewState(phase=Phase.ANSWERING, exchanges=exchanges)
    if not state.exchanges:
        raise SessionError(f"turn {turn.seq}", f"a {turn.kind} before the first question", "see `sessions show`")
    phase, current = (_reviewed if state.phase is Phase.REVIEWING else _within)(state.exchanges[-1], turn)
    return InterviewState(phase=phase, exchanges=(*state.exchanges[:-1], current))


def _within(exchange: Exchange, turn: Turn) -> tuple[Phase, Exchange]:
    change: dict[str, tuple[Turn, ...] | bool]
    match turn.kind:
        case Kind.FOLLOW_UP:
            phase, change = Phase.ANSWERING, {"follow_ups": (*exchange.follow_ups, turn)}
        case Kind.HINT:
            phase, change = Phase.ANSWERING, {"hints": (*exchange.hints, turn)}
        case Kind.ANSWER:
            phase, change = Phase.DECIDING, {"answers": (*exchange.answers, turn)}
        case Kind.ASK_BACK:
            phase, change = Phase.DECIDING, {"asked_back": (*exchange.asked_back, turn), "waiting": True}
        case Kind.REPLY:
            phase, change = Phase.ANSWERING, {"waiting": False}
        case Kind.FEEDBACK:
            phase, change = Phase.REVIEWING, {"reviewed": True}
        case Kind.SKIP:
            phase, change = Phase.DECIDING, {"skipped": True}
        case _:
            phase, change = Phase.DECIDING, {"revealed": True}
    return phase, exchange.model_copy(update=change)


def _reviewed(exchange: Exchange, turn: Turn) -> tuple[Phase, Exchange]:
    if turn.kind is Kind.ANSWER:
        return Phase.DECIDING, exchange.model_copy(update={"retries": (*exchange.retries, turn)})
    return Phase.REVIEWING, exchange.model_copy(update={"revealed": True})
