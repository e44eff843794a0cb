"""What the benchmarks of this folder share: answers made of the dev answers, the server, and `kaoguan grade`."""

import csv
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DEV = ROOT / "benchmarks" / "gold" / "dev"
RUBRICS = DEV / "rubrics"
HERE = Path(__file__).parent


def synthesised(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """Yield answers no two of which are alike: clauses of two dev answers to one question, shuffled."""
    chance = random.Random(seed)
    by_rubric: dict[str, list[list[str]]] = {}
    for line in (DEV / "answers.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        clauses = [part for part in re.split(r"(?<=[，。；！？,.;!?\n])", row["answer"]) if part.strip()]
        by_rubric.setdefault(row["rubric_id"], []).append(clauses)
    ids = sorted(by_rubric)
    for number in range(count):
        rubric_id = ids[number % len(ids)]
        one, other = chance.sample(by_rubric[rubric_id], 2)
        clauses = chance.sample(one, len(one) // 2 + len(one) % 2) + chance.sample(other, len(other) // 2)
        chance.shuffle(clauses)
        # The number keeps the few that are alike by chance apart.
        yield {"id": f"a{number}", "rubric_id": rubric_id, "answer": "".join(clauses) + f"（第{number}份）"}


def write_answers(path: Path, count: int, seed: int = 0) -> None:
    """Write that many answers as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("id", "rubric_id", "answer"))
        writer.writeheader()
        writer.writerows(synthesised(count, seed))


class Server(NamedTuple):
    """The scripted endpoint, running."""

    url: str
    process: "subprocess.Popen[str]"

    def counts(self) -> tuple[int, int]:
        """Return how many requests it has had, and the most at once."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        requests, most = self.process.stdout.readline().split()
        return int(requests), int(most)


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Run the endpoint in a process of its own."""
    command = [sys.executable, str(HERE / "server.py"), *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process.stdout.readline().strip(), process)
        finally:
            process.stdin.close()


def environment(home: Path, url: str | None = None) -> dict[str, str]:
    """Return the environment of a run with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KAOGUAN_", "OPENAI_"))}
    own = {"KAOGUAN_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    return kept | own | ({"OPENAI_BASE_URL": url, "KAOGUAN_MODEL": "scripted"} if url else {})


def grade(*arguments: str) -> list[str]:
    """Return the command line of `kaoguan grade` over the dev rubrics."""
    return [sys.executable, "-m", "kaoguan", "grade", "--rubrics", str(RUBRICS), *arguments]


class Ran(NamedTuple):
    """A process that ended."""

    seconds: float
    code: int
    stderr: str
    processor: float
    """Seconds of the processor: what can be compared on a machine that others use too."""


def run(command: Sequence[str], environment_: dict[str, str]) -> Ran:
    """Run a command to its end."""
    start, before = time.perf_counter(), _processor()
    ended = subprocess.run(command, env=environment_, capture_output=True, text=True, check=False)
    return Ran(time.perf_counter() - start, ended.returncode, ended.stderr, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows(path: Path) -> list[dict]:
    """Return the grades of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
