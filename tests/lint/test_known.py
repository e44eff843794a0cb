"""Points that contradict what is known."""

import pytest

from kaoguan import lint, rubrics
from kaoguan.assembly.judges import judging
from kaoguan.models import KeyPoint, Rubric
from kaoguan.text.script import is_chinese

SLIPS = [
    "L2 正则化容易得到稀疏解，可以用来做特征选择",
    "召回率是预测为正的样本里真正为正的比例",
    "决策树必须先做特征归一化",
    "GBDT 的每棵树相互独立，可以并行训练",
    "测试时 Dropout 也要随机丢弃神经元",
    "L2 regularization drives many weights exactly to zero",
    "In gradient boosting the trees are trained independently of each other",
]
TRUE = [
    "L1 正则化容易得到稀疏解",
    "召回率是所有正样本里被找出来的比例",
    "决策树不需要做特征归一化",
    "随机森林的每棵树相互独立，可以并行训练",
    "L1 regularization drives many weights exactly to zero",
    "K-means 不一定能收敛到全局最优",
    "High bias means underfitting",
    "一家餐厅每天只卖五十份面条",
]


def rubric(text: str) -> Rubric:
    """Return a rubric of one point."""
    return Rubric(
        id="one",
        language="zh" if is_chinese(text) else "en",
        topic="-",
        difficulty=1,
        question="-",
        reference_answer=text,
        key_points=(KeyPoint(id="p1", text=text, weight=1),),
    )


@pytest.fixture(scope="module")
def known() -> lint.Known:
    return lint.Known(rubrics.load_bundled().values())


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_named_with_what_is_known(text: str, known: lint.Known) -> None:
    found = list(lint.against([rubric(text)], known))
    assert [one.finding.code for one in found] == ["R203"]
    assert found[0].finding.place == "key_points[p1].text"


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_or_from_elsewhere_is_not(text: str, known: lint.Known) -> None:
    assert list(lint.against([rubric(text)], known)) == []


def test_the_judge_where_there_is_one_rules_on_what_words_alone_do_not_tell(known: lint.Known) -> None:
    slip, true = rubric("AUC 会随分类阈值变化"), rubric("随机森林的每棵树相互独立，可以并行训练")
    assert list(lint.against([slip], known)) == []
    assert [one.rubric for one in lint.against([slip, true], known, judging("offline").grader().grade)] == [slip]
