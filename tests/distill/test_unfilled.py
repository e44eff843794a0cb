"""Questions without answers, kept as drafts."""

from pathlib import Path

import pytest

from kaoguan import lint, rubrics
from kaoguan.distill import apply, plan, unfilled
from kaoguan.errors import InputError
from kaoguan.lint.finding import Code
from tests.distill.documents import distilled

LIST = "## 什么是动量？\n动量是梯度的滑动平均。\n## 什么是裁剪？\n## 什么是预热？"


def test_a_draft_is_one_question_that_nobody_is_asked(tmp_path: Path) -> None:
    made = distilled(LIST)
    drafts = list(unfilled(made.unanswered))
    assert [draft.question for draft in drafts] == ["什么是裁剪？", "什么是预热？"]
    apply(tmp_path, plan(tmp_path, (*made.rubrics, *drafts), "…"))
    assert [rubric.question for rubric in rubrics.load_folder(tmp_path).values()] == ["什么是动量？"]


def test_a_folder_of_drafts_is_refused_with_what_to_do(tmp_path: Path) -> None:
    apply(tmp_path, plan(tmp_path, list(unfilled(distilled(LIST).unanswered)), "…"))
    with pytest.raises(InputError, match="state: draft"):
        rubrics.load_folder(tmp_path)


def test_a_draft_that_was_filled_in_stays_filled_in(tmp_path: Path) -> None:
    drafts = list(unfilled(distilled(LIST).unanswered))
    apply(tmp_path, plan(tmp_path, drafts, "…"))
    path = next(tmp_path.glob("*.yaml"))
    filled = path.read_text("utf-8").replace("state: draft\n", "")
    path.write_text(filled, "utf-8")
    apply(tmp_path, plan(tmp_path, drafts, "…"))
    assert path.read_text("utf-8") == filled


def test_the_linter_says_that_a_draft_waits(tmp_path: Path) -> None:
    (first, *_) = unfilled(distilled(LIST).unanswered)
    assert [finding.code for finding in lint.findings(first)] == [Code.DRAFT]
