"""The state is the turns, replayed: nothing else decides where an interview stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoguan.errors import SessionError
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.decide.state import InterviewState, Phase, fold, replay, standing
from kaoguan.session import Kind, Turn
from kaoguan.store import Store
from kaoguan.testing import KeywordJudge, Ticks
from tests.interview.bank import rubric

MOMENT = Ticks()()


def turns(*kinds: Kind) -> list[Turn]:
    return [
        Turn(seq=seq, speaker=kind.speaker, kind=kind, rubric_id="q1", text=f"{kind} {seq}", at=MOMENT)
        for seq, kind in enumerate(kinds, start=1)
    ]


Q, F, A, S, H, R, C = (
    Kind.QUESTION,
    Kind.FOLLOW_UP,
    Kind.ANSWER,
    Kind.SKIP,
    Kind.HINT,
    Kind.REFERENCE,
    Kind.CLOSING,
)


@pytest.mark.parametrize(
    ("said", "phase"),
    [
        ([], Phase.DECIDING),
        ([Q], Phase.ANSWERING),
        ([Q, H], Phase.ANSWERING),
        ([Q, A], Phase.DECIDING),
        ([Q, A, F], Phase.ANSWERING),
        ([Q, A, F, S], Phase.DECIDING),
        ([Q, A, F, R], Phase.DECIDING),
        ([Q, A, Q], Phase.ANSWERING),
        ([Q, A, C], Phase.CLOSED),
        ([Q, A, Kind.UNDO], Phase.ANSWERING),
        ([Q, A, F, A, Kind.UNDO, Kind.UNDO], Phase.ANSWERING),
        ([Q, Kind.QUIT, Kind.RESUME, Kind.PAUSE], Phase.ANSWERING),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_the_phase_follows_from_the_turns(said: list[Kind], phase: Phase) -> None:
    assert replay(turns(*said)).phase is phase


@pytest.mark.parametrize("said", [[A], [Q, Q], [Q, A, A], [Q, A, H], [Q, A, C, Q], [F], [Q, C]], ids=" ".join)
def test_an_impossible_order_is_refused(said: list[Kind]) -> None:
    with pytest.raises(SessionError):
        replay(turns(*said))


def test_an_undo_takes_back_the_answer_and_what_it_led_to() -> None:
    said = turns(Q, A, F, A, F, Kind.UNDO)
    assert [turn.seq for turn in standing(said)] == [1, 2, 3]


def test_hints_are_part_of_their_question() -> None:
    state = replay(turns(Q, H, H, A))
    assert state.current
    assert len(state.current.hints) == 2


MOVES = st.lists(
    st.sampled_from(["甲", "乙", "与数据有关", "不知道", "您是问训练还是推理？", "skip", "hint", "undo", "quit"]),
    max_size=25,
)


@given(moves=MOVES, follow_ups=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_whatever_a_candidate_does_replaying_the_stored_turns_gives_the_same_state(
    moves: list[str], follow_ups: int
) -> None:
    plan = Plan(rubrics=(rubric(1), rubric(2)), language="zh", follow_ups=follow_ups)
    with Store.in_memory() as store:
        interview = Interview.start(plan, Grader(KeywordJudge()), store=store, clock=Ticks())
        for move in moves:
            if interview.finished:
                break
            match move:
                case "skip":
                    interview.skip()
                case "hint":
                    interview.hint()
                case "undo":
                    interview.undo()
                case "quit":
                    interview.leave(Kind.QUIT)
                case text:
                    number = interview.rubric.id[1:]
                    interview.submit(f"第{number}题的{text}要点成立" if len(text) == 1 else text)
        stored = store.turns(interview.session.id) if interview.kept else interview.turns
        folded = InterviewState()
        for turn in standing(stored):
            folded = fold(folded, turn)
        assert replay(stored) == folded == interview.state
        assert len(interview.exchange.follow_ups) <= follow_ups
        asked = [exchange.rubric_id for exchange in interview.state.exchanges]
        assert len(set(asked)) == len(asked)
