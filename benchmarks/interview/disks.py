"""A full disk and a read-only folder, for real: a small file system in memory (Linux, as root).

    sudo python benchmarks/interview/disks.py

An interview is answered through a pipe until the disk is full; then the disk is made larger and the interview goes on;
then the disk is made read-only. What the command says each time is printed, and what is in the database.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kaoguan.session import Kind
from kaoguan.store import Store

KAOGUAN = [sys.executable, "-m", "kaoguan"]
# Long enough that some of them fill the disk, each another text.
ANSWERS = [f"第 {number} 个回答：" + "梯度下降沿负梯度方向更新参数，" * 400 for number in range(1, 8)]


def main() -> None:
    """Run the three acts."""
    with tempfile.TemporaryDirectory() as folder:
        home, cache = Path(folder) / "disk", Path(folder) / "cache"
        home.mkdir()
        cache.mkdir()
        mount("-t", "tmpfs", "-o", "size=400k", "tmpfs", str(home))
        try:
            (home / "cache").symlink_to(cache)
            act(home, "a disk of 400 kB", ["interview", "--judge", "offline", "--questions", "7", "--follow-ups", "0"])
            mount("-o", "remount,size=4m", str(home))
            act(home, "made larger", ["interview", "--resume"])
            mount("-o", "remount,ro", str(home))
            act(home, "read-only", ["interview", "--judge", "offline"])
        finally:
            subprocess.run(["umount", str(home)], check=True)


def act(home: Path, name: str, command: list[str]) -> None:
    """Answer what is not answered yet, and print what comes of it."""
    before = stored(home)
    typed = "".join(f"{answer}\n\n" for answer in ANSWERS[len(before) :])
    environment = os.environ | {"KAOGUAN_HOME": str(home)}
    run = subprocess.run(
        [*KAOGUAN, *command], input=typed, text=True, env=environment, capture_output=True, check=False
    )
    after = stored(home)
    said = [line for line in run.stderr.splitlines() if line.startswith("kaoguan:")]
    print(f"{name}: exit code {run.returncode}; answers stored before {len(before)}, after {len(after)}")
    print("   ", *said or ["nothing to complain of"])
    assert after[: len(before)] == before
    assert after == ANSWERS[: len(after)], "an answer is missing or cut"
    assert "Traceback" not in run.stderr


def stored(home: Path) -> list[str]:
    """Return the answers in the database, read from a copy: to look must not need room."""
    if not (home / "kaoguan.db").exists():
        return []
    with tempfile.TemporaryDirectory() as folder:
        for file in home.glob("kaoguan.db*"):
            (Path(folder) / file.name).write_bytes(file.read_bytes())
        with Store.open(Path(folder) / "kaoguan.db") as store:
            found = [turn.text for turn in store.turns(store.latest().id) if turn.kind is Kind.ANSWER]
    return found


def mount(*arguments: str) -> None:
    """Mount."""
    subprocess.run(["mount", *arguments], check=True)


if __name__ == "__main__":
    main()
