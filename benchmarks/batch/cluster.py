"""A Ray cluster of two nodes on this machine, one of which is killed: python benchmarks/batch/cluster.py

The same answers go to `--engine local` and to `--engine ray` with both nodes; when a quarter of them is graded, all
processes of the second node are killed. The output must be that of `local`, byte for byte. Needs kaoguan[ray].
"""

import argparse
import os
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import work
from ray.cluster_utils import Cluster


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--answers", type=int, default=1000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        work.write_answers(place / "a.csv", chosen.answers)
        local = _command(place / "local.jsonl", place)
        if (ran := work.run(local, work.environment(place / "home-local"))).code:
            raise SystemExit(ran.stderr)
        environment = work.environment(place / "home-ray")
        os.environ["PYTHONPATH"] = environment["PYTHONPATH"]  # which the nodes inherit
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        second = cluster.add_node(num_cpus=1)
        command = _command(place / "ray.jsonl", place, "--engine", "ray", "--ray-address", cluster.gcs_address)
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            graded = _graded(place / "home-ray" / "cache" / "grades.db", chosen.answers // 4, process)
            cluster.remove_node(second, allow_graceful=False)
            print(f"second node killed when {graded} of {chosen.answers} were graded", flush=True)
            print(process.stderr.read().strip().splitlines()[-1])
        cluster.shutdown()
        lost = chosen.answers - len(work.rows(place / "ray.jsonl"))
        same = (place / "ray.jsonl").read_bytes() == (place / "local.jsonl").read_bytes()
        print(f"exit code {process.returncode}, lost {lost}, output that of local: {same}")


def _command(out: Path, place: Path, *arguments: str) -> list[str]:
    return work.grade(str(place / "a.csv"), "-o", str(out), "--judge", "offline", *arguments)


def _graded(database: Path, enough: int, process: "subprocess.Popen[str]") -> int:
    """Return how many are graded, once there are enough or all is over."""
    while True:
        ended = process.poll() is not None
        if database.exists():
            with closing(sqlite3.connect(database)) as connection:
                count = connection.execute("SELECT count(*) FROM grades").fetchone()[0] if _has_table(connection) else 0
            if count >= enough or ended:
                return int(count)
        elif ended:
            return 0
        time.sleep(0.2)


def _has_table(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'grades'").fetchone())


if __name__ == "__main__":
    main()
