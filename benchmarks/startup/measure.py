"""How long a person waits: whole processes, beside `python -c pass` in the same run.

    python benchmarks/startup/measure.py [--runs 7]

Each command is run in turn with the baseline, so that a drift of the machine's speed hits both. The first offline
grade is measured twice: with the model's ready-to-load form in the cache (every start but the very first), and with
an empty cache.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ANSWER = "优化器根据反向传播得到的梯度更新参数，决定往哪个方向走、步子多大，让损失不断变小。"
KAOGUAN = [sys.executable, "-m", "kaoguan"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "kaoguan --help": [*KAOGUAN, "--help"],
    "kaoguan grade (one answer, offline)": [
        *KAOGUAN,
        "grade",
        "--judge",
        "offline",
        "--rubric",
        "optimizer",
        "--answer",
        ANSWER,
    ],
}
FRESH = "the same, empty cache (first start ever)"


def seconds(command: Sequence[str], home: Path) -> float:
    """Return the wall time of one run of the command in that home."""
    start = time.perf_counter()
    environment = os.environ | {"KAOGUAN_HOME": str(home)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print a table of seconds: least, median, most, and the median as a multiple of the baseline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    times: dict[str, list[float]] = {name: [] for name in (*COMMANDS, FRESH)}
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder, "warm")
        for command in COMMANDS.values():
            seconds(command, warm)
        for number in range(runs):
            for name, command in COMMANDS.items():
                times[name].append(seconds(command, warm))
            times[FRESH].append(seconds(list(COMMANDS.values())[-1], Path(folder, f"fresh{number}")))
    base = statistics.median(times["python -c pass"])
    print(f"| whole process, {runs} runs | least s | median s | most s | × python -c pass |\n|---|---|---|---|---|")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"| {name} | {min(taken):.2f} | {median:.2f} | {max(taken):.2f} | {median / base:.0f} |")


if __name__ == "__main__":
    main()
