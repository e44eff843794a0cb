"""What a program may rely on: one grader in any thread, process and event loop, streams, and judges of one's own."""

import asyncio
import pickle
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from kaoguan import AsyncInterview, Grade, GradeCache, Grader, Interview, Judgement, Label, Plan, Rubric, Verdict
from kaoguan.errors import KaoguanError, ProviderError, RubricError, SettingError
from kaoguan.llm import Reason, Unanswered, Usage
from kaoguan.models import JudgeName
from kaoguan.rubrics import load_bundled, load_folder
from kaoguan.testing import KeywordJudge
from tests.conftest import ROOT

Asked = tuple[Rubric, str, str]


def gold(count: int) -> list[Asked]:
    import json

    folder = ROOT / "benchmarks/gold/dev"
    bank = load_folder(folder / "rubrics")
    rows = [json.loads(line) for line in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
    return [(bank[row["rubric_id"]], row["answer"], row["id"]) for row in rows[:: len(rows) // count][:count]]


def as_bytes(grades: list[Grade]) -> bytes:
    return b"\n".join(grade.model_dump_json().encode() for grade in grades)


def graded(grader: Grader, asked: list[Asked]) -> bytes:
    return as_bytes([grader.grade(rubric, answer, id=id) for rubric, answer, id in asked])


@pytest.fixture(scope="module")
def answers() -> list[Asked]:
    return gold(120)


@pytest.fixture(scope="module")
def alone(answers: list[Asked]) -> bytes:
    return graded(Grader.offline(), answers)


@pytest.mark.slow
def test_eight_threads_on_one_grader_give_the_bytes_of_one(answers: list[Asked], alone: bytes) -> None:
    grader = Grader.offline()
    with ThreadPoolExecutor(8) as pool:
        # Each thread begins elsewhere, so that rubrics and pieces are made ready in another order each time.
        begun = [answers[first:] + answers[:first] for first in range(0, 120, 15)]
        results = list(pool.map(lambda mine: [grader.grade(*one[:2], id=one[2]) for one in mine], begun))
    for first, grades in zip(range(0, 120, 15), results, strict=True):
        assert as_bytes(grades[120 - first :] + grades[: 120 - first]) == alone
    assert graded(grader, answers) == alone


@pytest.mark.slow
def test_five_processes_give_the_bytes_of_one(answers: list[Asked], alone: bytes) -> None:
    with ProcessPoolExecutor(5, get_context("spawn")) as pool:
        assert set(pool.map(graded, [Grader.offline()] * 5, [answers] * 5)) == {alone}


@pytest.mark.slow
def test_fifty_at_once_on_an_event_loop_give_the_bytes_of_one_and_the_loop_is_never_kept(
    answers: list[Asked], alone: bytes
) -> None:
    grader = Grader.offline()

    async def grade_all() -> tuple[list[Grade], float]:
        watch = asyncio.create_task(longest_wait())
        grades = []
        for first in range(0, 120, 50):
            some = answers[first : first + 50]
            grades += await asyncio.gather(*(grader.grade_async(*one[:2], id=one[2]) for one in some))
        watch.cancel()
        return grades, await watch

    # In a thread of its own: a browser's tests in the same process leave a loop running in the main one.
    with ThreadPoolExecutor(1) as pool:
        grades, waited = pool.submit(lambda: asyncio.run(grade_all())).result()
    assert as_bytes(grades) == alone
    assert waited < 0.05


async def longest_wait() -> float:
    """Return the most processor time that passed on other threads while the loop wanted its turn, in seconds.

    Processor time of this process, not the clock: other programs on the machine are none of our business.
    """
    longest = 0.0
    try:
        while True:
            before = time.process_time()
            await asyncio.sleep(0)
            longest = max(longest, time.process_time() - before)
            await asyncio.sleep(0.001)
    except asyncio.CancelledError:
        return longest


def test_threads_and_a_loop_get_the_same_grades_as_one_call() -> None:
    asked = gold(6)
    grader = Grader.offline()
    with ThreadPoolExecutor(3) as pool:
        beside = list(pool.map(lambda one: grader.grade(one[0], one[1], id=one[2]), asked * 2))

    async def on_a_loop() -> list[Grade]:
        return await asyncio.gather(*(grader.grade_async(rubric, answer, id=id) for rubric, answer, id in asked))

    assert beside == asyncio.run(on_a_loop()) * 2 == grader.grade_many(asked) * 2


# --- streams ----------------------------------------------------------------------------------------------------------


def many(count: int) -> Iterator[Asked]:
    rubric = load_bundled()["optimizer"]
    for number in range(count):
        yield rubric, f"{number} {rubric.key_points[number % 2].text}", f"a{number}"


async def many_later(count: int) -> AsyncIterator[Asked]:
    for one in many(count):
        await asyncio.sleep(0)
        yield one


class Counting(KeywordJudge):
    """Counts what it judged, and names itself."""

    name = "counting"

    def __init__(self) -> None:
        super().__init__()
        self.judged = 0

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        self.judged += 1
        return super().judge(rubric, answer)


async def to_list(stream: AsyncIterator[Grade]) -> list[Grade]:
    return [grade async for grade in stream]


def test_a_stream_gives_what_single_calls_give_in_order() -> None:
    grader = Grader(KeywordJudge())
    expected = [grader.grade(rubric, answer, id=id) for rubric, answer, id in many(40)]
    assert list(grader.grade_stream(many(40))) == expected
    assert asyncio.run(to_list(aiter(grader.grade_stream(many(40))))) == expected
    assert asyncio.run(to_list(aiter(grader.grade_stream(many_later(40), at_once=3)))) == expected


def test_a_stream_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    judge = Counting()
    with GradeCache(tmp_path / "grades.db") as store:
        stream = iter(Grader(judge).grade_stream(many(30), store=store, at_once=5))
        begun = [next(stream) for _ in range(10)]
        assert judge.judged == 10
        grades = list(Grader(judge).grade_stream(many(30), store=store))
        assert judge.judged == 30
        assert grades[:10] == begun
        assert asyncio.run(to_list(aiter(Grader(judge).grade_stream(many(30), store=store)))) == grades
        assert judge.judged == 30


@pytest.mark.parametrize("take", [list, lambda stream: asyncio.run(to_list(aiter(stream)))], ids=["for", "async for"])
def test_a_stream_takes_no_more_answers_than_it_works_on(take: Callable[[object], list[Grade]]) -> None:
    ahead = 0

    def counted() -> Iterator[Asked]:
        nonlocal ahead
        for one in many(50):
            ahead += 1
            yield one

    class Watching(KeywordJudge):
        def judge(self, rubric: Rubric, answer: str) -> Judgement:
            done = int(answer.split(maxsplit=1)[0])
            assert ahead - done <= 8 + 1
            return super().judge(rubric, answer)

    assert len(take(Grader(Watching()).grade_stream(counted(), at_once=8))) == 50


def test_whoever_stops_reading_an_asynchronous_stream_stops_the_work() -> None:
    judge = Counting()

    async def three() -> None:
        stream = aiter(Grader(judge).grade_stream(many(1000), at_once=4))
        for _ in range(3):
            await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]

    asyncio.run(three())
    assert judge.judged < 12


def test_answers_that_come_asynchronously_need_async_for() -> None:
    with pytest.raises(TypeError, match="async for"):
        list(Grader(KeywordJudge()).grade_stream(many_later(3)))


# --- judges of one's own ----------------------------------------------------------------------------------------------


def test_a_judge_of_ones_own_keeps_its_name() -> None:
    rubric = load_bundled()["optimizer"]
    grade = Grader(Counting()).grade(rubric, rubric.key_points[0].text)
    assert grade.judge == "counting"
    assert Grade.model_validate_json(grade.model_dump_json()) == grade
    ours = Grade.model_validate({**grade.model_dump(), "judge": "offline"})
    assert ours.judge is JudgeName.OFFLINE
    interview = Interview.start(Plan(rubrics=(rubric,), language="zh"), Grader(Counting()))
    interview.submit(rubric.reference_answer)
    assert interview.report().judge == "counting"


def test_a_name_that_no_file_could_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="judge"):
        Verdict(key_point="p1", verdict=Label.MISSING, confidence=1, judge="no name\n")


def test_an_interview_goes_on_in_whatever_thread_calls() -> None:
    bank = list(load_bundled().values())[:4]
    interview = Interview.start(Plan(rubrics=tuple(bank), language="zh", follow_ups=0), Grader(KeywordJudge()))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(interview.submit, [rubric.reference_answer for rubric in bank]))
        report = pool.submit(interview.report).result()
    assert interview.finished
    assert [question.answers for question in report.questions] == [1, 1, 1, 1]
    assert [turn.seq for turn in report.turns] == list(range(1, len(report.turns) + 1))


def test_an_interview_for_an_event_loop() -> None:
    rubric = load_bundled()["optimizer"]

    async def sit() -> tuple[int, list[str]]:
        interview = await AsyncInterview.start(
            Plan(rubrics=(rubric,), language="zh", follow_ups=1), Grader(KeywordJudge())
        )
        while not interview.finished:
            assert interview.question
            await interview.hint()
            await interview.submit(rubric.key_points[0].text)
        report = await interview.report()
        return report.questions[0].answers, [point.final.value for point in report.questions[0].points]

    answers, verdicts = asyncio.run(sit())
    assert answers == 2
    assert verdicts[0] == "covered"


# --- errors -----------------------------------------------------------------------------------------------------------

FAULTS = [SettingError("a.yaml: x", "must be 1", "write 1"), SettingError("b.yaml: y", "is empty", "fill it")]
ERRORS = [
    SettingError("--judge", "is none", "use another"),
    ProviderError("endpoint", "is away", "wait"),
    RubricError(list(FAULTS)),
    Unanswered("model", Reason.TIMEOUT, "60 s", usage=Usage(requests=2), retry_after=3.0),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_comes_out_of_a_pickle_as_it_went_in(error: KaoguanError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert (again.where, again.what, again.mend) == (error.where, error.what, error.mend)
    assert set(again.__dict__) == set(error.__dict__)


def test_a_grader_comes_out_of_a_pickle_and_grades_the_same() -> None:
    rubric = load_bundled()["optimizer"]
    grader = Grader.offline()
    answer = rubric.key_points[0].text
    assert pickle.loads(pickle.dumps(grader)).grade(rubric, answer) == grader.grade(rubric, answer)
