"""README and docs keep their promises: commands run, examples print, pictures are there, the languages say the same."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = ROOT / "README.md"
CHINESE = ROOT / "README.zh-CN.md"
TUTORIALS = sorted((ROOT / "docs" / "en").glob("*.md"))
# Each English page with the Chinese one that says the same.
PAIRS = [(README, CHINESE), *((page, ROOT / "docs" / "zh" / page.name) for page in TUTORIALS)]


def blocks(language: str, page: Path = README) -> list[str]:
    """Return the fenced blocks of that language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    return re.findall(r"^\$ (.+)$", "".join(blocks("console", page)), flags=re.MULTILINE)


def test_there_are_two_set_up_commands_and_one_of_them_runs_the_tests() -> None:
    install, check = blocks("sh")
    assert install.startswith("python3 -m venv .venv && ")
    assert install.endswith("kaoguan interview --judge offline\n")
    assert check.startswith("python3 -m venv .venv && ")
    assert check.endswith("-m pytest\n")


@pytest.mark.parametrize("page", [README, CHINESE], ids=lambda page: page.name)
def test_the_readme_is_read_in_a_minute(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("page", [page for page in (README, *TUTORIALS) if commands(page)], ids=lambda page: page.name)
def test_every_command_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    (tmp_path / "benchmarks").symlink_to(ROOT / "benchmarks")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONUTF8": "1"}
    for command in commands(page):
        run = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert run.returncode == 0, f"{command}\n{run.stdout.decode()}\n{run.stderr.decode()}"
        assert run.stdout or " -o " in command or " > " in command, command


@pytest.mark.parametrize(
    "example",
    [example for page in TUTORIALS for example in blocks("python", page)],
    ids=lambda example: example.split("\n")[0],
)
def test_the_library_examples_run(example: str) -> None:
    run = subprocess.run([sys.executable, "-X", "utf8", "-c", example], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout


@pytest.mark.parametrize("language", ["sh", "shell", "console", "python", "json"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].name)
def test_the_chinese_page_has_the_same_commands(pair: tuple[Path, Path], language: str) -> None:
    english, chinese = pair
    assert blocks(language, chinese) == blocks(language, english)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].name)
def test_the_chinese_page_has_the_same_figures(pair: tuple[Path, Path]) -> None:
    figures = re.compile(r"\[[^\]]+\]\([\w./]*figures\.md#[\w-]+\)")
    english, chinese = (sorted(figures.findall(page.read_text(encoding="utf-8"))) for page in pair)
    assert chinese == english


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].name)
def test_what_a_page_points_to_is_there(pair: tuple[Path, Path]) -> None:
    for page in pair:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", text):
            assert (page.parent / "".join(target)).exists(), f"{page.name}: {target}"


PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.*g"))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_fetches_nothing(picture: Path) -> None:
    assert picture.stat().st_size < 120_000
    if picture.suffix == ".svg":
        text = picture.read_text(encoding="utf-8")
        assert ET.fromstring(text).tag.endswith("svg")
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "") and "url(" not in text
