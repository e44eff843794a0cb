"""The public face: what docs and ARCHITECTURE name comes from `kaoguan`, and nothing appears or goes unnoticed."""

import re

import kaoguan
from tests.conftest import ROOT

EXPORTED = """
    AsyncInterview Embedder Grade GradeCache GradeStream Grader InputError Interview Judge Judgement Judging
    KaoguanError KeyPoint Label Misconception Mode Plan ProviderError Report ReviewReason Rubric Ruling Settings
    Store Submission Verdict engine fit judging overrule rubrics
"""


def test_exactly_these_names_are_exported() -> None:
    assert sorted(kaoguan.__all__) == sorted(EXPORTED.split())


def test_every_exported_name_is_there() -> None:
    assert [name for name in kaoguan.__all__ if getattr(kaoguan, name, None) is None] == []


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(kaoguan, "Nothing")


def test_what_the_documents_import_is_exported() -> None:
    pages = ("docs/en/library.md", "docs/zh/library.md", "ARCHITECTURE.md", "src/kaoguan/__init__.py")
    text = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in pages)
    lines = re.findall(r"^ *from kaoguan import ([\w, ]+)$", text, re.MULTILINE)
    named = {name for line in lines for name in line.split(", ")}
    assert named
    assert named <= set(kaoguan.__all__)


def test_the_reference_has_every_exported_name() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    # `rubrics` is a module; the tutorial shows it.
    assert set(re.findall(r"^## (\w+)$", reference, re.MULTILINE)) == set(kaoguan.__all__) - {"rubrics"}
