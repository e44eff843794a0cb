"""How long from Enter to the interviewer's next words, offline: `submit` with the real judge and a database on disk.

    python benchmarks/interview/latency.py [--folder DIR] [--rounds 3]

Warm: the model is loaded and the rubrics prepared, as they are by the time a person has typed a first answer. The
answers are hand-labelled ones (benchmarks/gold/dev), each followed by two short ones to its follow-ups; each submit
stores the answer, grades what it has to, decides, words and stores the reply. `stored` is the time of the same number
of durable writes alone: what the disk takes of it.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.store import Store

GOLD = Path(__file__).parents[1] / "gold" / "dev" / "answers.jsonl"
SHORT = ("这个我不太确定，大概和参数的更新有关。", "与数据有关")


def main() -> None:
    """Print the table of RESULTS.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    bank, grader = rubrics.with_ids(rubrics.load_bundled(), {row["rubric_id"]: None for row in rows}), Grader.offline()
    for rubric in bank.values():
        grader.grade(rubric, rubric.key_points[0].text)
    first: list[float] = []
    later: list[float] = []
    processor: list[float] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, Store.open(Path(folder) / "kaoguan.db") as store:
        for row in rows * options.rounds:
            plan = Plan(rubrics=(bank[row["rubric_id"]],), language="zh")
            interview = Interview.start(plan, grader, store=store)
            for number, answer in enumerate((row["answer"], *SHORT)):
                if not interview.finished and answer.strip():
                    begun, worked = time.perf_counter(), time.process_time()
                    interview.submit(answer)
                    (later if number else first).append(time.perf_counter() - begun)
                    processor.append(time.process_time() - worked)
    print("| Enter to the next words, ms | submits | median | p95 | most |")
    print("|---|---|---|---|---|")
    for name, taken in (("first answer", first), ("answer to a follow-up", later), ("all", first + later)):
        print(f"| {name} | {len(taken)} | {quantiles(taken)} |")
    print(f"| *all, processor time* | {len(processor)} | {quantiles(processor)} |")


def quantiles(taken: list[float]) -> str:
    """Return median, 95 % and most, in milliseconds."""
    return " | ".join(
        f"{1000 * x:.0f}" for x in (statistics.median(taken), statistics.quantiles(taken, n=20)[-1], max(taken))
    )


if __name__ == "__main__":
    main()
