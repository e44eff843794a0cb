"""Every figure of README and docs comes from a file below benchmarks/, and says what stands there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROGRAM = ROOT / "benchmarks" / "figures.py"
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*/*.md"))]

# What is no measurement: tags, code, links to the figures page (the test above reads those), the Python that is needed.
OTHER = re.compile(
    r"<[^>]+>|```.*?^```|`[^`]*`|\[[^\]]*\]\([\w./]*figures\.md#[\w-]+\)|Python 3\.11", re.DOTALL | re.MULTILINE
)
FIGURE = re.compile(r"(?<![\w.-])(?:\d*\.\d+|\d+ ?%)")


def test_the_pages_say_what_the_files_say() -> None:
    run = subprocess.run([sys.executable, str(PROGRAM), "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.stdout}{run.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_figure_is_typed_by_hand(page: Path) -> None:
    assert FIGURE.findall(OTHER.sub("", page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("README.md", r"\[[^\]]+\]\((\S+#others-kappa)", r"[.5](\1"), "README.md"),
        (("README.md", "#others-kappa", "#nowhere"), "there is no figure nowhere"),
        (("benchmarks/offline/RESULTS.md", r"\| typed, not by", "| others, not by"), "has no row typed, not by"),
    ],
    ids=["a figure", "a name", "a file"],
)
def test_what_is_stale_is_named(changed: tuple[str, str, str], said: str, tmp_path: Path) -> None:
    for file in ("README.md", "benchmarks/figures.py", "benchmarks/figures.toml"):
        _copy(file, tmp_path)
    for results in ROOT.glob("benchmarks/*/RESULTS.md"):
        _copy(str(results.relative_to(ROOT)), tmp_path)
    (tmp_path / "rubrics").symlink_to(ROOT / "rubrics")
    (tmp_path / "docs").mkdir()
    file, old, new = changed  # a pattern and what takes its place
    text = (tmp_path / file).read_text(encoding="utf-8")
    changed_text, count = re.subn(old, new, text)
    assert count > 0
    (tmp_path / file).write_text(changed_text, encoding="utf-8")
    program = str(tmp_path / "benchmarks" / "figures.py")
    run = subprocess.run([sys.executable, program, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert said in run.stdout + run.stderr


def _copy(file: str, folder: Path) -> None:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes((ROOT / file).read_bytes())
