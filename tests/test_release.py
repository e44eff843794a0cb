"""One version everywhere, a line in NOTICE for every file of data, a changelog and a citation that tools can read."""

import re
import tomllib

import pytest
import yaml

import kaoguan
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    assert kaoguan.__version__ == version == CITATION["version"]
    assert re.search(r"^## \[(.+?)\]", CHANGELOG.replace("## [Unreleased]", ""), flags=re.MULTILINE)[1] == version  # type: ignore[index]
    for page in ("README.md", "README.zh-CN.md"):
        assert set(re.findall(r"kaoguan-(\S+?)-py3", (ROOT / page).read_text(encoding="utf-8"))) == {version}


def test_a_citation_says_what_is_needed() -> None:
    assert {"cff-version", "message", "title", "authors", "version", "date-released", "license"} <= set(CITATION)
    assert CITATION["license"] == PROJECT["project"]["license"]


def test_the_changelog_has_its_form() -> None:
    parts = re.findall(r"^## (.+)$", CHANGELOG, flags=re.MULTILINE)
    assert parts[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[[\w.]+\] - \d{4}-\d\d-\d\d", part) for part in parts[1:])
    kinds = re.findall(r"^### (.+)$", CHANGELOG, flags=re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


# What is neither program nor text that is edited by hand.
WRITTEN = {".py", ".yaml", ".md", ".jinja", ".css", ".typed", ".pyc", ".pyi"}
FILES = sorted(file for file in (ROOT / "src" / "kaoguan").rglob("*") if file.is_file())
DATA = [str(file.relative_to(ROOT)) for file in FILES if file.suffix not in WRITTEN]


@pytest.mark.parametrize("file", DATA)
def test_the_notice_says_where_data_comes_from(file: str) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    folder, name = file.rsplit("/", 1)
    assert name in notice or f"{folder}/*.{name.rsplit('.', 1)[1]}" in notice


def test_the_notice_travels_in_the_wheel() -> None:
    assert PROJECT["project"]["license-files"] == ["LICENSE", "NOTICE"]
