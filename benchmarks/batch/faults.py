"""LLM grades under 5 % 429, 2 % 500, 2 % malformed and 1 % reset: python benchmarks/batch/faults.py [--answers 2000]"""

import argparse
import tempfile
from pathlib import Path

import work


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--answers", type=int, default=2000)
    options.add_argument("--concurrency", type=int, default=100)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, work.serving("--latency", "0.2", "--faults") as server:
        place = Path(folder)
        work.write_answers(place / "a.csv", chosen.answers)
        command = work.grade(
            *(str(place / "a.csv"), "-o", str(place / "o.jsonl"), "--judge", "llm"),
            *("--concurrency", str(chosen.concurrency)),
        )
        ran = work.run(command, work.environment(place / "home", server.url))
        rows = work.rows(place / "o.jsonl")
        ids = {row["id"] for row in rows}
        print(ran.stderr.strip().splitlines()[-1])
        print(f"lost {chosen.answers - len(ids)}, twice {len(rows) - len(ids)}")
        print(f"unscored {sum(row['score'] is None for row in rows)}, exit code {ran.code}")
        print(f"requests per answer {server.counts()[0] / chosen.answers:.3f}")


if __name__ == "__main__":
    main()
