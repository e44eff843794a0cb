"""The bundled bank, and choosing from a bank."""

import json
from pathlib import Path

import pytest
import yaml

from kaoguan import resources, rubrics
from kaoguan.errors import InputError
from kaoguan.models import Rubric

BANK = rubrics.load_bundled()
SEED_QUESTIONS = {
    "batch_size",
    "ce_vs_mse",
    "gpu_util",
    "optimizer",
    "regularization",
    "under_over_fitting",
    "vanish_explode",
}


def test_the_bank_holds_the_seven_seed_questions() -> None:
    assert set(BANK) == SEED_QUESTIONS


@pytest.mark.parametrize("rubric", BANK.values(), ids=BANK)
def test_every_key_point_has_all_an_interview_needs(rubric: Rubric) -> None:
    for point in rubric.key_points:
        assert point.paraphrases, point.id
        assert point.follow_up, point.id
        assert point.source and point.source.lines, point.id
    assert rubric.misconceptions
    assert rubric.notes
    assert rubric.source and rubric.source.sha256


@pytest.mark.parametrize("rubric", BANK.values(), ids=BANK)
def test_a_follow_up_does_not_state_its_point(rubric: Rubric) -> None:
    for point in rubric.key_points:
        told = set(_pairs(point.text)) - set(_pairs(rubric.question))
        given_away = told & set(_pairs(point.follow_up or ""))
        assert len(given_away) <= 0.3 * len(told), (point.id, given_away)


@pytest.mark.shared
@pytest.mark.parametrize("rubric", BANK.values(), ids=BANK)
def test_source_lines_hold_the_words_of_the_point(rubric: Rubric, seeds: Path) -> None:
    for point in rubric.key_points:
        assert point.source and point.source.lines
        first, last = point.source.lines
        lines = (seeds / point.source.document).read_text(encoding="utf-8").split("\n")
        assert last <= len(lines)
        said = "".join(lines[first - 1 : last])
        words = set(_pairs(point.text))
        assert sum(word in said for word in words) >= 3, (point.id, said)


@pytest.mark.parametrize("path", sorted(resources.folder("rubrics").glob("*.yaml")), ids=lambda path: path.stem)
def test_bundled_files_are_named_after_their_rubric(path: Path) -> None:
    assert rubrics.load(path).id == path.stem


def test_the_published_schema_accepts_the_bundled_files_as_data() -> None:
    schema = rubrics.schema()
    for path in resources.folder("rubrics").glob("*.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(content) <= set(schema["properties"])
        assert set(schema["required"]) <= set(content)
    json.dumps(schema)


def test_renaming_text_changes_the_fingerprint_and_moving_the_source_does_not() -> None:
    rubric = BANK["optimizer"]
    point = rubric.key_points[0]
    moved = point.model_copy(update={"source": None})
    reworded = point.model_copy(update={"text": point.text + "！"})
    rest = rubric.key_points[1:]
    assert rubric.model_copy(update={"key_points": (moved, *rest)}).fingerprint == rubric.fingerprint
    assert rubric.model_copy(update={"key_points": (reworded, *rest)}).fingerprint != rubric.fingerprint


def test_a_misspelt_id_suggests_the_right_one() -> None:
    with pytest.raises(InputError, match="try optimizer"):
        rubrics.with_ids(BANK, ["optimizr"])


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_rubrics_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"\*\.yaml"):
        rubrics.load_folder(tmp_path / name)


def _pairs(text: str) -> list[str]:
    """All pairs of neighbouring characters of the text, without punctuation."""
    plain = "".join(char.lower() for char in text if char.isalnum())
    return [plain[start : start + 2] for start in range(len(plain) - 1)]
