"""Distilling into a folder again: ids, hand edits, deletions and comments stay; what the document changed comes in."""

from pathlib import Path

import pytest

from kaoguan import documents, rubrics
from kaoguan.distill import ChangeKind, RubricChange, apply, plan
from kaoguan.errors import RubricError
from tests.conftest import ROOT
from tests.distill.documents import distilled, distiller

FIRST = """
## 什么是动量？
- 动量是梯度的滑动平均。
- 动量能够抑制震荡的分量。
## 什么是梯度裁剪？
给梯度的范数设一个上限，防止梯度爆炸。
"""
SECOND = FIRST.replace("抑制震荡的分量", "抑制来回震荡的分量").replace(
    "## 什么是梯度", "- 动量的系数通常取 0.9 左右。\n## 什么是梯度"
)


def again(folder: Path, text: str) -> list[RubricChange]:
    """Distil a document into the folder and return what changed."""
    changes = plan(folder, distilled(text).rubrics, "Distilled.")
    apply(folder, changes)
    return changes


def edit(folder: Path, old: str, new: str) -> Path:
    """Edit the rubric on momentum by hand."""
    path = folder / "dong_liang.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_same_document_changes_nothing(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.yaml")}
    assert {change.outcome for change in again(tmp_path, FIRST)} == {ChangeKind.UNCHANGED}
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.yaml")} == before


def test_planning_writes_nothing(tmp_path: Path) -> None:
    (change, _) = plan(tmp_path / "new", distilled(FIRST).rubrics, "Distilled.")
    assert change.diff.startswith("--- a/dong_liang.yaml")
    assert not (tmp_path / "new").exists()


def test_a_changed_document_rewords_points_under_their_ids_and_adds_new_ones(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    changes = again(tmp_path, SECOND)
    assert [change.outcome for change in changes] == [ChangeKind.CHANGED, ChangeKind.CHANGED]
    points = rubrics.load(tmp_path / "dong_liang.yaml").key_points
    assert [(point.id, point.text) for point in points] == [
        ("p1", "动量是梯度的滑动平均"),
        ("p2", "动量能够抑制来回震荡的分量"),
        ("p3", "动量的系数通常取 0.9 左右"),
    ]


def test_hand_edits_and_comments_survive_a_changed_document(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    edit(tmp_path, "text: 动量是梯度的滑动平均", "text: 动量是历史梯度的指数加权平均  # 老师改的")
    path = edit(tmp_path, "topic: 动量", "topic: 优化")
    changes = again(tmp_path, SECOND)
    text = path.read_text(encoding="utf-8")
    assert "text: 动量是历史梯度的指数加权平均  # 老师改的" in text
    assert "topic: 优化" in text
    assert "抑制来回震荡的分量" in text
    assert "reference_answer" not in " ".join(changes[0].conflicts)


def test_where_both_changed_the_hand_wins_and_the_conflict_is_named(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    edit(tmp_path, "text: 动量能够抑制震荡的分量", "text: 动量让震荡的分量互相抵消")
    (change, _) = again(tmp_path, SECOND)
    assert "p2.text" in change.conflicts
    assert rubrics.load(tmp_path / "dong_liang.yaml").key_points[1].text == "动量让震荡的分量互相抵消"
    (change, _) = again(tmp_path, SECOND)
    assert not change.conflicts, "a conflict is told once"


def test_what_was_deleted_by_hand_stays_deleted(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    (tmp_path / "dong_liang.yaml").unlink()
    first, second = again(tmp_path, SECOND)
    assert (first.outcome, second.outcome) == (ChangeKind.DELETED, ChangeKind.CHANGED)
    assert not (tmp_path / "dong_liang.yaml").exists()


def test_a_point_deleted_by_hand_stays_deleted_and_its_id_is_not_used_again(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    path = tmp_path / "dong_liang.yaml"
    rubric = rubrics.load(path)
    fewer = rubric.model_copy(update={"key_points": rubric.key_points[:1]})
    path.write_text(rubrics.edited(path.read_text(encoding="utf-8"), rubric, fewer), encoding="utf-8")
    again(tmp_path, SECOND)
    assert [point.id for point in rubrics.load(path).key_points] == ["p1", "p3"]


def test_a_renamed_file_and_a_reworded_question_are_still_the_same_rubric(tmp_path: Path) -> None:
    again(tmp_path, FIRST)
    path = edit(tmp_path, "question: 什么是动量？", "question: 优化里的动量法讲的是什么？")
    path.rename(tmp_path / "mine.yaml")
    assert [change.outcome for change in again(tmp_path, FIRST)] == [ChangeKind.UNCHANGED, ChangeKind.UNCHANGED]
    assert sorted(path.name for path in tmp_path.glob("*.yaml")) == ["mine.yaml", "ti_du_cai_jian.yaml"]


def test_a_broken_rubric_in_the_folder_is_an_error_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(RubricError):
        again(tmp_path, FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


@pytest.mark.shared
def test_the_shipped_rubrics_come_out_of_the_seeds_with_their_hand_edits(tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    shipped = {
        path.name: text
        for path in (ROOT / "rubrics").rglob("*.yaml")
        if "\nsource:" in (text := path.read_text(encoding="utf-8"))
    }
    for name, text in shipped.items():
        (tmp_path / "rubrics" / name).write_text(text, encoding="utf-8")
    made = distiller().distill([documents.read(path) for path in sorted(seeds.iterdir())])
    changes = plan(tmp_path / "rubrics", made.rubrics, "")
    assert {change.path.name: change.after for change in changes} == shipped
    assert {change.outcome for change in changes} == {ChangeKind.UNCHANGED}
    assert not any(change.conflicts for change in changes)
