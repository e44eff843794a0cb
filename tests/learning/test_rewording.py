"""Ids are ids: every text of a rubric can be rewritten."""

from typing import Any

from kaoguan import rubrics
from kaoguan.models import Rubric

# What is not text: names and choices that history or the program refers to.
FIXED = {"id", "language", "weight", "difficulty", "lines", "sha256", "state"}


def reworded(rubric: Rubric, word: str) -> Rubric:
    """Return the rubric with every text field rewritten."""

    def rewritten(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: rewritten(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [rewritten(inner, name) for inner in value]
        return f"{word}{value}" if isinstance(value, str) and name not in FIXED else value

    return Rubric.model_validate(rewritten(rubric.model_dump(mode="json")))


def test_rewording_the_bundled_rubrics_changes_every_text_and_no_id() -> None:
    for rubric_id, rubric in rubrics.load_bundled().items():
        edited = reworded(rubric, "改")
        assert edited.id == rubric_id
        assert [point.id for point in edited.key_points] == [point.id for point in rubric.key_points]
        assert all(point.text.startswith("改") for point in edited.key_points)
        assert edited.fingerprint != rubric.fingerprint
