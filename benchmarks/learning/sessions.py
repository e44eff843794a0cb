"""How long history takes to answer with 5 000 stored sessions: whole processes, from a cold start.

    python benchmarks/learning/sessions.py [--sessions 5000 --runs 15]

The sessions are dated over five years, three questions each on a bank of 200 questions with five key points, with
turns and grades as an interview stores them. Each command is run in turn with `python -c pass`, so that a drift of the
machine's speed hits both, with compiled modules, as pip leaves them. Wall and processor time are told apart, because
other work on the machine lengthens the first. Following all grades at once (after an import, or the first start with a
new version) is measured apart: it happens once.
"""

import argparse
import hashlib
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kaoguan.learning import catch_up
from kaoguan.models import Fingerprints, Grade, JudgeName, KeyPoint, Label, Rubric, Verdict
from kaoguan.session import Kind, Plan, Record, Session, Stage, StoredGrade, Turn
from kaoguan.store import Store

ANSWER = "优化器根据反向传播得到的梯度更新参数，决定往哪个方向走、步子多大，让损失不断变小。" * 3
COMMANDS: dict[str, Sequence[str]] = {
    "sessions list": ("sessions", "list"),
    "sessions list --json": ("sessions", "list", "--json"),
    "progress": ("progress",),
    "progress --json": ("progress", "--json"),
    "due": ("due",),
    "due --json": ("due", "--json"),
    "sessions search (3 characters)": ("sessions", "search", "反向传播"),
    "sessions search (2 characters)": ("sessions", "search", "损失"),
}


def rubric(number: int) -> Rubric:
    """Return one of the questions."""
    return Rubric(
        id=f"q{number}",
        language="zh",
        topic=f"话题{number % 40}",
        difficulty=1 + number % 5,
        question=f"问题{number}？" * 5,
        reference_answer="参考答案。" * 40,
        key_points=tuple(
            KeyPoint(
                id=f"p{index}", text=f"要点{number}.{index}，" * 4, weight=1 + index % 3, paraphrases=("说法" * 8,)
            )
            for index in range(5)
        ),
    )


def grade(about: Rubric, luck: random.Random) -> Grade:
    """Return a grade with a verdict on every key point."""
    verdicts = tuple(
        Verdict(
            key_point=point.id,
            verdict=luck.choice((Label.COVERED, Label.COVERED, Label.PARTIAL, Label.MISSING)),
            evidence=ANSWER[:20],
            span=(0, 20),
            explanation="意思相近" * 5,
            confidence=0.9,
            judge=JudgeName.OFFLINE,
        )
        for point in about.key_points
    )
    return Grade(
        id="a", rubric_id=about.id, score=luck.uniform(0, 100), needs_review=False, review_reasons=(),
        judge=JudgeName.OFFLINE, verdicts=verdicts, misconceptions=(), feedback="答到了一些。" * 10,
        fingerprints=Fingerprints(rubric=about.fingerprint),
    )  # fmt: skip


def record(number: int, bank: Sequence[Rubric], at: datetime, luck: random.Random) -> Record:
    """Return one session: three questions with a follow-up each."""
    plan = Plan(rubrics=tuple(luck.sample(bank, 3)), language="zh")
    turns: list[Turn] = []
    grades = []

    def say(kind: Kind, text: str, rubric_id: str | None) -> None:
        when = at + timedelta(minutes=len(turns))
        turns.append(Turn(seq=len(turns) + 1, speaker=kind.speaker, kind=kind, rubric_id=rubric_id, text=text, at=when))

    for about in plan.rubrics:
        say(Kind.QUESTION, about.question, about.id)
        say(Kind.ANSWER, ANSWER, about.id)
        say(Kind.FOLLOW_UP, "还有呢？", about.id)
        say(Kind.ANSWER, ANSWER, about.id)
        for stage, text in ((Stage.UNAIDED, ANSWER), (Stage.FINAL, f"{ANSWER}\n{ANSWER}")):
            found = grade(about, luck)
            sha = hashlib.sha256(text.encode()).hexdigest()
            grades.append(
                StoredGrade(rubric_id=about.id, stage=stage, answer_sha256=sha, score=found.score, grade=found)
            )
    say(Kind.CLOSING, "谢谢。", None)
    letters = "".join("abcdefghjkmnpqrstuvwxyz"[number // 23**place % 23] for place in range(6))
    session = Session(id=letters, started_at=at, finished_at=turns[-1].at, plan=plan)
    return Record(session=session, turns=tuple(turns), grades=tuple(grades))


def fill(database: Path, sessions: int) -> tuple[float, float]:
    """Store so many sessions; return the megabytes, and the seconds it takes to follow all of them at once."""
    luck = random.Random(0)
    bank = [rubric(number) for number in range(200)]
    start = datetime.now(UTC) - timedelta(days=5 * 365)
    with Store.open(database) as store:
        store._connection.rows("PRAGMA synchronous = OFF")  # only while the history is made up
        for number in range(sessions):
            store.add(record(number, bank, start + number * timedelta(days=5 * 365) / sessions, luck))
        begun = time.perf_counter()
        catch_up(store)
        followed = time.perf_counter() - begun
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return database.stat().st_size / 1e6, followed


class Taken(NamedTuple):
    """Seconds of one run, by the clock and of the processor."""

    wall: float
    processor: float


def run(command: Sequence[str], home: Path) -> Taken:
    """Return what one run of the command in that home takes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"KAOGUAN_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Taken(time.perf_counter() - start, processor)


def main() -> None:
    """Print a table of seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        size, followed = fill(home / "kaoguan.db", options.sessions)
        print(f"{options.sessions} sessions, {size:.0f} MB; following all their grades at once: {followed:.1f} s\n")
        base: list[Taken] = []
        times: dict[str, list[Taken]] = {name: [] for name in COMMANDS}
        for lap in range(options.runs + 1):
            for name, arguments in COMMANDS.items():
                taken = run([sys.executable, "-m", "kaoguan", *arguments], home)
                if lap:  # the first one compiles the modules
                    base.append(run([sys.executable, "-c", "pass"], home))
                    times[name].append(taken)
    print(
        f"| whole process, {options.runs} runs | wall: least s | median s | most s | processor: median s |\n"
        "|---|---|---|---|---|"
    )
    for name, several in [("python -c pass", base), *times.items()]:
        wall = [taken.wall for taken in several]
        processor = statistics.median(taken.processor for taken in several)
        print(f"| {name} | {min(wall):.2f} | {statistics.median(wall):.2f} | {max(wall):.2f} | {processor:.2f} |")


if __name__ == "__main__":
    main()
