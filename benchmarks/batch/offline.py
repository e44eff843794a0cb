"""Offline grades from CSV: memory over time, cores at work, and the warm run: python benchmarks/batch/offline.py

Memory is the sum over all processes of what is theirs alone (USS), twice a second; the slope is that of a line through
the samples after the first quarter. Beside the processor time that the processes got stands what they asked for, the
time they were ready to run and had to wait included: other work on the machine takes the first and leaves the second.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import work


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--answers", type=int, default=100_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        work.write_answers(place / "a.csv", chosen.answers)
        command = work.grade(str(place / "a.csv"), "-o", str(place / "o.jsonl"), "--judge", "offline")
        environment = work.environment(place / "home")
        cold, samples, asked, cpu = _watched(command, environment)
        rows = work.rows(place / "o.jsonl")
        first = (place / "o.jsonl").read_bytes()
        warm = work.run(command, environment)
        same = first == (place / "o.jsonl").read_bytes()
    late = samples[len(samples) // 4 :]
    print(f"cold: {cold:.1f} s for {len(rows):,} of {chosen.answers:,}, {len(rows) / cold:.0f} answers/s")
    print(f"memory: at most {max(mb for _, mb in samples):.0f} MB; slope {_slope(late) * 60:+.1f} MB a minute")
    cores = len(os.sched_getaffinity(0))
    print(f"of {cores} cores they got {cpu / cold:.2f} and asked for {asked / cold:.2f}; load {os.getloadavg()[2]:.1f}")
    print(f"warm: {warm.seconds:.1f} s, {cold / warm.seconds:.0f} times as fast, same bytes: {same}")


def _watched(command: list[str], environment: dict[str, str]) -> tuple[float, list[tuple[float, float]], float, float]:
    start = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    samples = [(0.0, 0.0)]
    asked: dict[str, float] = {}
    while process.poll() is None:
        asked |= _asked(process.pid)
        samples.append((time.perf_counter() - start, _megabytes(process.pid)))
        time.sleep(0.5)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, samples, sum(asked.values()), cpu


def _group(group: int) -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(path.name)) == group:
                yield path


def _megabytes(group: int) -> float:
    total = 0
    for path in _group(group):
        with suppress(OSError):
            lines = (path / "smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return total / 1024


def _asked(group: int) -> dict[str, float]:
    """Return the seconds for which each thread has run or waited for a core."""
    asked = {}
    for path in _group(group):
        for thread in path.glob("task/*/schedstat"):
            with suppress(OSError):
                ran, waited, _ = thread.read_text().split()
                asked[str(thread)] = (int(ran) + int(waited)) / 1e9
    return asked


def _slope(samples: list[tuple[float, float]]) -> float:
    if len(samples) < 2:
        return 0.0
    at = sum(seconds for seconds, _ in samples) / len(samples)
    mean = sum(mb for _, mb in samples) / len(samples)
    spread = sum((seconds - at) ** 2 for seconds, _ in samples)
    return sum((seconds - at) * (mb - mean) for seconds, mb in samples) / spread if spread else 0.0


if __name__ == "__main__":
    main()
