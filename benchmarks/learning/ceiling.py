"""How much could choosing questions gain at all? The learner of `learner.py` in numpy, and choices no program can make.

    python benchmarks/learning/ceiling.py [--seeds 5 --days 60]

Beside what is shipped: everything in turn, which looks at nothing; and greedy choices that see the learner's true
memory, over what a key point's stability is worth, what a new question is worth and what a day of waiting is worth: the
best of 27. Seeds begin at 1000, so that nothing here was chosen on the learners that `learner.py` reports on.
"""

import argparse
import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from fsrs import Scheduler

W = np.array(Scheduler().parameters)
DECAY = -W[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
MASTERED, KNOWN, NOISE, POINTS = 21.0, 0.25, 0.1, 5
WEIGHTS = np.array([3, 2, 2, 1, 1])
AGAIN, GOOD, EASY = 1, 3, 4
NEVER = -1e9

Array = np.ndarray[Any, Any]


class Memories:
    """FSRS-6 memories of all key points: stability, difficulty and day of the last review; NaN: never met."""

    def __init__(self, questions: int) -> None:
        self.stability = np.full((questions, POINTS), np.nan)
        self.difficulty = np.full((questions, POINTS), np.nan)
        self.day = np.full((questions, POINTS), NEVER)

    def recall(self, day: float, of: Any = slice(None)) -> Array:
        """Return the odds of recalling each point of these questions then."""
        stability = self.stability[of]
        return np.where(np.isnan(stability), 0, _recall(np.nan_to_num(stability, nan=1.0), self._since(day, of)))

    def after(self, of: Any, rating: Any, day: float) -> tuple[Array, Array]:
        """Return stability and difficulty after a review of these questions."""
        stability, difficulty = self.stability[of], self.difficulty[of]
        new, since = np.isnan(stability), self._since(day, of)
        s, d = np.nan_to_num(stability, nan=1.0), np.nan_to_num(difficulty, nan=5.0)
        grown = np.where(since < 1, _same_day(s, rating), _next(s, d, _recall(s, since), rating))
        return (
            np.where(new, W[np.asarray(rating) - 1], np.maximum(grown, 0.001)),
            np.where(new, _first_difficulty(rating), _next_difficulty(d, rating)),
        )

    def review(self, of: Any, rating: Any, day: float) -> None:
        """Take in a review."""
        self.stability[of], self.difficulty[of] = self.after(of, rating, day)
        self.day[of] = day

    def _since(self, day: float, of: Any) -> Array:
        return np.maximum(0, np.round(day - self.day[of]))


def _recall(stability: Array, days: Array) -> Array:
    return (1 + FACTOR * days / stability) ** DECAY


def _next(s: Array, d: Array, odds: Array, rating: Any) -> Array:
    lapsed = np.minimum(
        W[11] * d ** -W[12] * ((s + 1) ** W[13] - 1) * np.exp((1 - odds) * W[14]), s / np.exp(W[17] * W[18])
    )
    bonus = np.where(np.asarray(rating) == EASY, W[16], 1.0)
    grown = s * (1 + np.exp(W[8]) * (11 - d) * s ** -W[9] * (np.exp((1 - odds) * W[10]) - 1) * bonus)
    return np.where(np.asarray(rating) == AGAIN, lapsed, grown)


def _same_day(s: Array, rating: Any) -> Array:
    grown = np.exp(W[17] * (np.asarray(rating) - 3 + W[18])) * s ** -W[19]
    return s * np.where(np.asarray(rating) > AGAIN, np.maximum(grown, 1), grown)


def _first_difficulty(rating: Any) -> Array:
    return np.clip(W[4] - np.exp(W[5] * (np.asarray(rating) - 1)) + 1, 1, 10)


def _next_difficulty(d: Array, rating: Any) -> Array:
    moved = d - (10 - d) * W[6] * (np.asarray(rating) - 3) / 9
    return np.clip(W[7] * (W[4] - math.exp(W[5] * 3) + 1) + (1 - W[7]) * moved, 1, 10)


Choice = Callable[[Memories, Memories, Array, float, int, np.random.Generator], Any]
"""From true and known memories, the day each question was asked (NaN: never), the day and a number, to questions."""


def by_chance(true: Memories, known: Memories, asked: Array, day: float, count: int, luck: np.random.Generator) -> Any:
    """Return what an interview without --due asks."""
    return luck.choice(len(asked), count, replace=False)


def in_turn(true: Memories, known: Memories, asked: Array, day: float, count: int, luck: np.random.Generator) -> Any:
    """Return those asked longest ago, new ones first."""
    return np.argsort(np.nan_to_num(asked, nan=NEVER) + luck.random(len(asked)) * 1e-6)[:count]


def shipped(true: Memories, known: Memories, asked: Array, day: float, count: int, luck: np.random.Generator) -> Any:
    """Return what kaoguan.learning.select chooses."""
    new = luck.permutation(np.flatnonzero(np.isnan(asked)))
    met, s, odds = ~np.isnan(known.stability), np.nan_to_num(known.stability, nan=1.0), known.recall(day)
    due = (met & (known.day + np.maximum(1, np.round(s)) <= day + 0.5)).any(1)
    good, again = (known.after(slice(None), rating, day)[0] >= MASTERED for rating in (GOOD, AGAIN))
    gain = np.where(met, odds * good + (1 - odds) * again - (s >= MASTERED), 0)
    ripe = 0.1 * np.round(day - np.nan_to_num(asked, nan=day)) + (gain * WEIGHTS).sum(1)
    lost = ((1 - odds) * WEIGHTS * met).sum(1)
    ripest = np.flatnonzero(due)
    ripest = ripest[np.lexsort((-lost[ripest], -ripe[ripest]))]
    room = min(len(new), max((count + 1) // 2, count - len(ripest)))
    rest = np.flatnonzero(~due & ~np.isnan(asked))
    return [*ripest[: count - room], *new[:room], *rest[np.argsort(asked[rest])]][:count]


def seeing(slope: float, new: float, wait: float) -> Choice:
    """Return a greedy choice on the true memory: expected gain, where worth rises with stability past mastery."""

    def choose(true: Memories, known: Memories, asked: Array, day: float, count: int, luck: np.random.Generator) -> Any:
        def worth(stability: Array) -> Array:
            return 1 / (1 + (stability / MASTERED) ** -slope)

        odds = true.recall(day)
        good, again = (worth(true.after(slice(None), rating, day)[0]) for rating in (GOOD, AGAIN))
        now = np.where(np.isnan(true.stability), 0, worth(np.nan_to_num(true.stability, nan=0.1)))
        value = (odds * good + (1 - odds) * again - now).sum(1)
        value = np.where(np.isnan(asked), new, value + wait * np.round(day - np.nan_to_num(asked, nan=day)))
        return np.argsort(-value - luck.random(len(asked)) * 1e-6)[:count]

    return choose


def mastered(choice: Choice, questions: int, count: int, days: int, seed: int) -> int:
    """Return how many key points a learner masters in so many days of so many questions each."""
    luck = np.random.default_rng(seed)
    true, known = Memories(questions), Memories(questions)
    met = luck.random((questions, POINTS)) < KNOWN
    learned = -luck.integers(1, 31, (questions, POINTS)).astype(float)
    true.stability[met], true.difficulty[met], true.day[met] = W[2], _first_difficulty(GOOD), learned[met]
    asked = np.full(questions, np.nan)
    for number in range(days):
        day = number + luck.integers(-90, 91) / 1440
        for question in choice(true, known, asked, day, count, luck):
            said = luck.random(POINTS) < true.recall(day, question)
            true.review(question, np.where(said, GOOD, AGAIN), day)
            seen = said != (luck.random(POINTS) < NOISE)
            known.review(question, np.where(seen, EASY if seen.all() else GOOD, AGAIN), day)
            asked[question] = day
    return int((true.stability >= MASTERED).sum())


def main() -> None:
    """Print a table of gains over chance."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--days", type=int, default=60)
    options = parser.parse_args()
    days, seeds = options.days, range(1000, 1000 + options.seeds)
    greedy = [seeing(*terms) for terms in itertools.product((1, 3, 20), (0.3, 1, 5), (0, 0.05, 0.2))]
    print("| bank | questions a day | as shipped | everything in turn | best that sees the true memory |")
    print("|---|---|---|---|---|")
    for questions, count in ((100, 5), (40, 3), (60, 3), (100, 10), (200, 5), (100, 3), (7, 3)):
        base = np.mean([mastered(by_chance, questions, count, days, seed) for seed in seeds])
        means = [
            np.mean([mastered(choice, questions, count, days, seed) for seed in seeds])
            for choice in (shipped, in_turn, *greedy)
        ]
        cells = [f"{100 * (mean / base - 1):+.0f} %" for mean in (means[0], means[1], max(means[2:]))]
        print(f"| {questions} × {POINTS} | {count} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
