"""The README keeps its promises: its commands run, its library example prints, the two languages say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    """Return the fenced blocks of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def test_there_are_two_set_up_commands_and_one_of_them_runs_the_tests() -> None:
    install, check = blocks("sh")
    assert install.startswith("python3 -m venv .venv && ")
    assert install.endswith("kaoguan interview --judge offline\n")
    assert check.startswith("python3 -m venv .venv && ")
    assert check.endswith("-m pytest\n")


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    commands = re.findall(r"^\$ (.+)$", "".join(blocks("console")), flags=re.MULTILINE)
    assert len(commands) >= 8
    (tmp_path / "benchmarks").symlink_to(ROOT / "benchmarks")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONUTF8": "1"}
    for command in commands:
        run = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert run.returncode == 0, f"{command}\n{run.stdout.decode()}\n{run.stderr.decode()}"
        assert run.stdout or " -o " in command, command


@pytest.mark.parametrize("example", blocks("python"), ids=lambda example: example.split("\n")[0])
def test_the_library_examples_run(example: str) -> None:
    run = subprocess.run([sys.executable, "-X", "utf8", "-c", example], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout


@pytest.mark.parametrize("language", ["sh", "console", "python", "json"])
def test_the_chinese_readme_has_the_same_commands(language: str) -> None:
    assert blocks(language, CHINESE) == blocks(language)


def test_the_chinese_readme_has_the_same_figures() -> None:
    figures = re.compile(r"\.\d\d+|\d+\.\d+")
    assert sorted(figures.findall(CHINESE)) == sorted(figures.findall(README))
