"""Files that cannot be graded: a clear error, exit 2, nothing half-written: python benchmarks/batch/bad_files.py"""

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
            place.chmod(0o755)
            make(place / file)
            (place / "out").mkdir()
            (place / "home").mkdir()
            command = work.grade(
                str(place / file), "-o", str(place / "out" / "o.jsonl"), "--judge", "offline", "--anew"
            )
            options: dict = {"preexec_fn": _full_disk} if name == "disk full" else {}
            if name == "no permission" and os.geteuid() == 0:
                # The superuser may read everything.
                for one in (place / "out", place / "home"):
                    os.chown(one, 65534, 65534)
                options["user"] = 65534
            environment = work.environment(place / "home") | {"PYTHONDONTWRITEBYTECODE": "1"}
            ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **options)
            left = [path.name for path in (place / "out").iterdir() if "rejects" not in path.name]
            said = ran.stderr.strip().splitlines()[-1].replace(folder, "…")[:150]
            print(f"{name}: exit {ran.returncode}, left {left or 'nothing'}: {said}", flush=True)


if __name__ == "__main__":
    main()
