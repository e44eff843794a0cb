"""Rubric files changed by the program: what it does not change stays, letter for letter."""

from pathlib import Path

import pytest
import yaml

from kaoguan import rubrics
from kaoguan.models import Rubric
from tests.conftest import ROOT

# A tenth of them, from every topic.
SHIPPED = sorted((ROOT / "rubrics").rglob("*.yaml"))[::10]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_changed_weight_changes_one_line_of_a_hand_edited_file(path: Path) -> None:
    text, rubric = rubrics.read_text(path), rubrics.load(path)
    heavier = rubric.key_points[0].model_copy(update={"weight": 1 if rubric.key_points[0].weight != 1 else 2})
    after = rubrics.edited(text, rubric, rubric.model_copy(update={"key_points": (heavier, *rubric.key_points[1:])}))
    changed = [new for old, new in zip(text.splitlines(), after.splitlines(), strict=True) if old != new]
    assert changed == [f"    weight: {heavier.weight}"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_rendered_rubric_reads_back_as_it_was(path: Path) -> None:
    rubric = rubrics.load(path)
    assert Rubric.model_validate(yaml.safe_load(rubrics.new_file(rubric, "a comment"))) == rubric


HOSTILE = [
    "a: b",
    "# no comment",
    "- item",
    "{x}",
    "*alias",
    "!!python/object",
    "'",
    '"',
    "yes",
    "2024-01-01",
    "x\ny",
    "@",
    "%",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_look_like_yaml_stay_words(words: str) -> None:
    rubric = rubrics.load(SHIPPED[0])
    strange = rubric.model_copy(update={"question": words, "notes": (words,)})
    assert Rubric.model_validate(yaml.safe_load(rubrics.new_file(strange))) == strange
    edited = rubrics.edited(rubrics.read_text(SHIPPED[0]), rubric, strange)
    assert Rubric.model_validate(yaml.safe_load(edited)) == strange
