"""SIGKILL at random moments, then the same command again: python benchmarks/batch/killed.py [--times 20]

Each time a home of its own: a run over LLM grades is killed after a random while, and run again to its end.
"""

import argparse
import random
import subprocess
import tempfile
import time
from pathlib import Path

import work


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--answers", type=int, default=300)
    options.add_argument("--concurrency", type=int, default=20)
    chosen = options.parse_args()
    chance = random.Random(0)
    worst = lost = twice = 0
    with tempfile.TemporaryDirectory() as folder, work.serving("--latency", "0.1") as server:
        place = Path(folder)
        work.write_answers(place / "a.csv", chosen.answers)
        for number in range(chosen.times):
            out = place / f"{number}.jsonl"
            command = work.grade(
                *(str(place / "a.csv"), "-o", str(out), "--judge", "llm"),
                *("--concurrency", str(chosen.concurrency)),
            )
            environment = work.environment(place / f"home-{number}", server.url)
            before = server.counts()[0]
            process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
            # At a random number of requests: start-up takes long on a busy machine, and kills there say little.
            enough = before + chance.randrange(chosen.answers)
            while server.counts()[0] < enough and process.poll() is None:
                time.sleep(0.01)
            process.kill()
            process.wait()
            done = server.counts()[0] - before
            ran = work.run(command, environment)
            rows = work.rows(out)
            ids = {row["id"] for row in rows if row["score"] is not None}
            # One request finds out what the endpoint can do; a killed one may be found out again.
            again = server.counts()[0] - before - chosen.answers - 1
            worst, lost, twice = max(worst, again), lost + chosen.answers - len(ids), twice + len(rows) - len(ids)
            print(f"{number + 1}: killed after {done} requests; then exit {ran.code}, {again} paid twice", flush=True)
    print(f"lost {lost}, duplicated {twice}, paid twice at most {worst} of {chosen.concurrency} in flight")


if __name__ == "__main__":
    main()
