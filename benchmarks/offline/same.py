"""Are grades the same in every order, company, number of processes, and with every kernel of the linear algebra?

    python benchmarks/offline/same.py ANSWERS.jsonl... [--runs 10] [--rubrics DIR]

Each run is a `kaoguan grade` in an empty home with the answers in another order and another number of processes; then
one run for each OpenBLAS kernel. The grades, sorted by id, must be the same bytes.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

KERNELS = ("Haswell", "Zen", "SkylakeX", "Sandybridge")


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )


def graded(rows: Sequence[str], cores: int, rubrics: Path | None, extra: Mapping[str, str]) -> list[str]:
    """Return the lines of the grades, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        answers, out = Path(folder) / "answers.jsonl", Path(folder) / "grades.jsonl"
        answers.write_text("\n".join(rows) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "kaoguan", "grade", str(answers), "--judge", "offline", "-o", str(out)]
        command += ["--rubrics", str(rubrics)] if rubrics else []
        home = {"KAOGUAN_HOME": str(Path(folder) / "home")}
        allowed = sorted(os.sched_getaffinity(0))[:cores]
        subprocess.run(
            command, env={**os.environ, **home, **extra}, check=True, capture_output=True,
            preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        )  # fmt: skip
        return sorted(out.read_text("utf-8").splitlines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--rubrics", type=Path)
    arguments = parser.parse_args()
    rows = [line for path in arguments.answers for line in path.read_text("utf-8").splitlines() if line.strip()]
    rows = [
        json.dumps({**json.loads(row), "id": f"{i}-{json.loads(row)['id']}"}, ensure_ascii=False)
        for i, row in enumerate(rows)
    ]
    print(f"{len(rows)} answers; {processor()}")
    first: list[str] = []
    ways = [(f"order {i}", 1 + i % 2, {}) for i in range(arguments.runs)]
    ways += [(f"kernel {kernel}", 2, {"OPENBLAS_CORETYPE": kernel}) for kernel in KERNELS]
    for i, (name, cores, extra) in enumerate(ways):
        shuffled = list(rows)
        random.Random(i).shuffle(shuffled)
        lines = graded(shuffled, cores, arguments.rubrics, extra)
        first = first or lines
        other = sum(a != b for a, b in zip(first, lines, strict=True))
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
        print(f"{name}, {cores} processes: {digest}, {other} grades other than the first run's", flush=True)


if __name__ == "__main__":
    main()
