"""Files that cannot be graded: a clear error, exit 2, nothing half-written: python benchmarks/batch/bad_files.py

Run by root, it needs `setpriv` (util-linux) for the file that may not be read. Memory is the largest of one process.
"""

import gzip
import os
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import work

GOOD = "id,rubric_id,answer\n" + "".join(f"a{n},optimizer,\n" for n in range(2000))


def _written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _one_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(1024):
            file.write(b"x" * (1 << 20))


def _no_permission(path: Path) -> None:
    path.write_text(GOOD)
    path.chmod(0)


CASES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "wrong delimiter": ("a.csv", _written(GOOD.replace(",", "|").encode())),
    "truncated gzip": ("a.csv.gz", _written(gzip.compress(GOOD.encode())[:-20])),
    "1 GB line": ("a.csv", _one_line),
    "empty": ("a.csv", _written(b"")),
    "directory": ("a.csv", Path.mkdir),
    "binary": ("a.csv", _written(bytes(range(128, 256)) * 400)),
    "missing column": ("a.csv", _written(GOOD.replace("answer", "text", 1).encode())),
    "duplicate header": ("a.csv", _written(GOOD.replace("id,", "id,id,", 1).encode())),
    "symlink loop": ("a.csv", lambda path: path.symlink_to(path)),
    "no permission": ("a.csv", _no_permission),
    "disk full": ("a.csv", _written(GOOD.encode())),
}


def _full_disk() -> None:
    # What a full disk does to a growing file, on any machine.
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def main() -> None:
    for name, (file, make) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            make(place / file)
            (place / "out").mkdir()
            (place / "home").mkdir()
            command = work.grade(
                str(place / file), "-o", str(place / "out" / "o.jsonl"), "--judge", "offline", "--anew"
            )
            if name == "no permission" and os.geteuid() == 0:
                # The superuser may read everything, unless that right is taken from him.
                command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
            full_disk = _full_disk if name == "disk full" else None
            process = subprocess.Popen(
                command,
                env=work.environment(place / "home"),
                stderr=subprocess.PIPE,
                text=True,
                preexec_fn=full_disk,  # noqa: PLW1509 - one thread
            )
            said = process.stderr.read().strip().splitlines()[-1].replace(folder, "…")[:150]
            _, status, used = os.wait4(process.pid, 0)
            left = [path.name for path in (place / "out").iterdir() if "rejects" not in path.name]
            took = f"{used.ru_utime + used.ru_stime:.1f} s, {used.ru_maxrss / 1024:.0f} MB"
            print(
                f"{name}: exit {os.waitstatus_to_exitcode(status)}, left {left or 'nothing'}, {took}: {said}",
                flush=True,
            )


if __name__ == "__main__":
    main()
