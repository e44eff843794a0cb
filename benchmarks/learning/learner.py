"""Does `--due` teach more than chance? A simulated learner, interviewed daily for 60 days, by both ways of choosing.

    python benchmarks/learning/learner.py [--seeds 20]

The learner's memory is FSRS's own model: each key point has a memory of its own, is recalled with the odds that memory
gives, and is strengthened or lost accordingly; what was missed is read up on after the interview, as the report asks
for. A share of the key points is known before. What the program sees is the judge's verdict, which is wrong now and
then (`--noise`). The choice is the real one: `kaoguan.learning.select` on cards made by the real follow-up of reviews,
against `choose` of `kaoguan.interview.decide.planning`, which an interview without `--due` does. As many questions.

Mastered: true stability of at least 21 days at the end. Beside it, what counts in an interview: how many key points
the learner would recall on the last day, and 30 days later without practice.
"""

import argparse
import random
import statistics
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from kaoguan.interview.decide.planning import choose
from kaoguan.learning import select
from kaoguan.learning.follow import rating, remember
from kaoguan.learning.memory import MemoryModel, mastered
from kaoguan.models import JudgeName, KeyPoint, Label, Rubric, Verdict
from kaoguan.store import Card, Memory, Rating, Review

START = datetime(2026, 1, 1, 20, tzinfo=UTC)
DAYS = 60
POINTS = 5
KNOWN = 0.25  # key points the learner has met before
NOISE = 0.1  # verdicts that are wrong

Bank = Mapping[str, Rubric]
PointKey = tuple[str, str]


class Result(NamedTuple):
    """Key points mastered, and those recalled on the last day and a month later (expected)."""

    mastered: int
    recalled: float
    later: float


class Learner:
    """Somebody with a memory; nobody else sees into it."""

    def __init__(self, bank: Bank, luck: random.Random) -> None:
        self._luck = luck
        self._model = MemoryModel()
        self._memories: dict[PointKey, Memory] = {}
        for rubric in bank.values():
            for point in rubric.key_points:
                if luck.random() < KNOWN:
                    learned = START - timedelta(days=luck.randint(1, 30))
                    self._memories[rubric.id, point.id] = self._model.after(None, Rating.GOOD, learned)

    def answer(self, rubric: Rubric, at: datetime) -> dict[str, bool]:
        """Return which key points are recalled; afterwards the report is read."""
        said = {}
        for point in rubric.key_points:
            memory = self._memories.get((rubric.id, point.id))
            said[point.id] = memory is not None and self._luck.random() < self._model.recall(memory, at)
        for point_id, recalled in said.items():
            memory = self._memories.get((rubric.id, point_id))
            how = Rating.GOOD if recalled else Rating.AGAIN
            self._memories[rubric.id, point_id] = self._model.after(memory, how, at)
        return said

    def result(self) -> Result:
        """Return what was learned."""
        end, later = START + timedelta(days=DAYS), START + timedelta(days=DAYS + 30)
        memories = self._memories.values()
        return Result(
            mastered=sum(mastered(memory) for memory in memories),
            recalled=sum(self._model.recall(memory, end) for memory in memories),
            later=sum(self._model.recall(memory, later) for memory in memories),
        )


class History:
    """What kaoguan knows: reviews made from verdicts, and the cards that follow from them."""

    def __init__(self, luck: random.Random, noise: float) -> None:
        self._luck = luck
        self._noise = noise
        self._model = MemoryModel()
        self._reviews: dict[PointKey, list[Review]] = {}
        self.cards: dict[PointKey, Card] = {}

    def grade(self, rubric: Rubric, said: Mapping[str, bool], at: datetime) -> None:
        """Take in one answer, as the judge sees it."""
        seen = {point: recalled != (self._luck.random() < self._noise) for point, recalled in said.items()}
        for point, covered in seen.items():
            label = Label.COVERED if covered else Label.MISSING
            verdict = Verdict(key_point=point, verdict=label, confidence=0.9, judge=JudgeName.OFFLINE)
            how = rating(verdict, verdict, helped=False, complete=all(seen.values()))
            review = Review(session_id="s", rubric_id=rubric.id, key_point=point, at=at, verdict=label, rating=how)
            reviews = self._reviews.setdefault((rubric.id, point), [])
            reviews.append(review)
            card, _ = remember(reviews, self._model)
            assert card
            self.cards[rubric.id, point] = card


Choice = Callable[[Bank, History, datetime, int, random.Random], tuple[str, ...]]


def by_chance(bank: Bank, history: History, at: datetime, questions: int, luck: random.Random) -> tuple[str, ...]:
    """Return what an interview without --due asks."""
    return tuple(rubric.id for rubric in choose(bank, questions=questions, seed=luck.randrange(1 << 30)))


def by_due(bank: Bank, history: History, at: datetime, questions: int, luck: random.Random) -> tuple[str, ...]:
    """Return what `interview --due` asks."""
    found = choose(bank, questions=len(bank), seed=luck.randrange(1 << 30))
    return select({rubric.id: rubric for rubric in found}, history.cards.values(), at, questions)


def sixty_days(choice: Choice, bank: Bank, questions: int, noise: float, seed: int) -> Result:
    """Return what a learner has learned after an interview a day."""
    luck = random.Random(seed)
    learner, history = Learner(bank, luck), History(luck, noise)
    for day in range(DAYS):
        at = START + timedelta(days=day, minutes=luck.randint(-90, 90))
        for rubric_id in choice(bank, history, at, questions, luck):
            history.grade(bank[rubric_id], learner.answer(bank[rubric_id], at), at)
    return learner.result()


def made_up(questions: int) -> Bank:
    """Return a bank of so many questions with five key points each."""
    weights = (3, 2, 2, 1, 1)
    return {
        f"q{number}": Rubric(
            id=f"q{number}",
            language="zh",
            topic="话题",
            difficulty=1 + number % 5,
            question="问？",
            reference_answer="答。",
            key_points=tuple(
                KeyPoint(id=f"p{index}", text="要点", weight=weight) for index, weight in enumerate(weights, start=1)
            ),
        )
        for number in range(questions)
    }


def row(size: int, questions: int, noise: float, seeds: range) -> str:
    """Return one line of the table: both choices on the same seeds."""
    bank = made_up(size)
    due, chance = (
        [sixty_days(choice, bank, questions, noise, seed) for seed in seeds] for choice in (by_due, by_chance)
    )
    gains = [100 * (one.mastered / max(1, other.mastered) - 1) for one, other in zip(due, chance, strict=True)]

    def mean(results: list[Result], name: str) -> str:
        values = [getattr(result, name) for result in results]
        return f"{statistics.mean(values):.0f} ± {statistics.stdev(values):.0f}"

    cells = [f"{size} × {POINTS}", str(questions), f"{noise:.0%}"]
    cells += [mean(due, "mastered"), mean(chance, "mastered")]
    cells.append(f"**{statistics.mean(gains):+.0f} %** ({min(gains):+.0f} to {max(gains):+.0f})")
    for name in ("recalled", "later"):
        cells.append(f"{mean(due, name)} / {mean(chance, name)}")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print a table over banks, interviews and judges."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    seeds = range(parser.parse_args().seeds)
    print(
        "| bank | questions a day | wrong verdicts | mastered: --due | by chance | gain (least, most)"
        " | recalled on day 60: --due / chance | on day 90 |\n|---|---|---|---|---|---|---|---|"
    )
    for size, questions, noise in (
        # An interview has three questions when nobody says, and the bundled bank has seven.
        (7, 3, NOISE), (20, 3, NOISE), (40, 3, NOISE), (60, 3, NOISE), (100, 3, NOISE),
        (100, 5, NOISE), (200, 5, NOISE), (100, 10, NOISE),
        (100, 5, 0.25), (100, 5, 0.0),
    ):  # fmt: skip
        print(row(size, questions, noise, seeds), flush=True)


if __name__ == "__main__":
    main()
