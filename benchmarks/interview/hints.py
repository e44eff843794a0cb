"""Does every hint come nearer to its key point than the one before, and does none before the last give a point away?

    python benchmarks/interview/hints.py [--rubrics N] [--folder DIR]

All three hints on every key point of N rubrics (0: all; default 40, drawn by a seed), in interviews of their own.
Nearer by shared words: the share of the point's content that the hint holds; by meaning: the bundled embedder's cosine.
"""

import argparse
import random
from pathlib import Path

from kaoguan import config, embeddings, rubrics
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.models import Rubric
from kaoguan.testing import KeywordJudge
from kaoguan.text.overlap import containment, leaks


def hinted(rubric: Rubric, key_point: str) -> list[str]:
    """Return the hints on one key point, which is made the heaviest one."""
    points = (point.model_copy(update={"weight": 3 if point.id == key_point else 1}) for point in rubric.key_points)
    about = rubric.model_copy(update={"key_points": tuple(sorted(points, key=lambda point: -point.weight))})
    interview = Interview.start(Plan(rubrics=(about,), language=rubric.language), Grader(KeywordJudge()))
    return [turn.text for _ in range(3) if (turn := interview.hint())]


def main() -> None:
    """Print the shares, and the hints that fail."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rubrics", type=int, default=40)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    bank = rubrics.bank(options.folder)
    ids = sorted(bank)
    random.Random(3).shuffle(ids)
    embedder = embeddings.load("bundled", config.load(), config.folders())
    points = fewer = words = meaning = leaking = 0
    for rubric in (bank[one] for one in ids[: options.rubrics or None]):
        for point in rubric.key_points:
            said = hinted(rubric, point.id)
            points += 1
            fewer += len(said) < 3
            shares = [containment(text, point.text) for text in said]
            cosines = [float(one) for one in (embedder.encode(said) @ embedder.encode([point.text]).T).ravel()]
            rises = [sorted(set(values)) == values for values in (shares, cosines)]
            leaks_one = any(leaks(text, rubric.key_points, rubric.question) for text in said[:2])
            words, meaning, leaking = words + rises[0], meaning + rises[1], leaking + leaks_one
            if not all(rises) or leaks_one:
                print(rubric.id, point.id, [round(one, 2) for one in (*shares, *cosines)], *said, sep="\n    ")
    print(
        f"{points} key points, {fewer} with fewer than three hints; nearer from step to step: by shared words "
        f"{words / points:.1%}, by cosine {meaning / points:.1%}; a point given away before the last: {leaking}"
    )


if __name__ == "__main__":
    main()
