"""Streams that are closed, full or never end, and files that only their owner may read."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import inside, kaoguan

ANSWERS = "id,rubric_id,answer\na,optimizer,优化器更新参数\n"


def run(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which $K is kaoguan."""
    environment = os.environ | {"K": f"{sys.executable} -X utf8 -m kaoguan", "KAOGUAN_LANGUAGE": "en"}
    return subprocess.run(  # noqa: PLW1510 - each test looks at the code
        ["sh", "-c", command], capture_output=True, text=True, timeout=120, env=environment
    )


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "a.csv"
    file.write_text(ANSWERS, encoding="utf-8")
    return file


@pytest.mark.skipif(os.name == "nt", reason="of a Unix shell")
@pytest.mark.parametrize(
    ("streams", "code", "told"),
    [
        ("-o OUT <&-", 0, "graded 1"),
        (">&-", 2, "standard output: cannot be written"),
        ("-o OUT 2>&-", 0, ""),
        pytest.param(
            "-o OUT 2>/dev/full", 0, "", marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="has none")
        ),
    ],
)
def test_a_stream_that_is_closed_or_full_loses_nothing(
    tmp_path: Path, answers: Path, streams: str, code: int, told: str
) -> None:
    out = tmp_path / "out.jsonl"
    ended = run(f"$K grade {answers} --judge offline {streams.replace('OUT', str(out))}")
    assert ended.returncode == code
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert out.exists() == ("OUT" in streams)


@pytest.mark.skipif(os.name == "nt", reason="of a Unix file system")
def test_a_rubric_file_that_never_ends_is_refused(tmp_path: Path, answers: Path) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "zero.yaml").symlink_to("/dev/zero")
    (folder / "circle.yaml").symlink_to("circle.yaml")
    os.mkfifo(folder / "pipe.yaml")
    told = inside("grade", str(answers), "--rubrics", str(folder), "--judge", "offline", code=2).stderr
    assert told.count("is a folder, a device or a pipe") == 2
    assert "circle.yaml: cannot be read" in told


@pytest.mark.skipif(os.name == "nt", reason="of a Unix file system")
def test_caches_settings_and_pages_are_the_owners_whatever_the_umask(
    tmp_path: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "deep" / "home"
    monkeypatch.setenv("KAOGUAN_HOME", str(home))
    before = os.umask(0)
    try:
        kaoguan("config", "set", "language", "en")
        kaoguan(
            "grade",
            str(answers),
            "--judge",
            "offline",
            "-o",
            str(tmp_path / "out.jsonl"),
            "--html",
            str(tmp_path / "p.html"),
        )
    finally:
        os.umask(before)
    open_to_others = [
        path
        for path in (*tmp_path.rglob("*.html"), home.parent, *home.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []
