"""Answers made of the rubric's own words, however their clauses fall together."""

from kaoguan.grading.offline.own_words import OwnWords

OWN = OwnWords.of(
    ["避免：银行家算法，分配前判断是否安全", "检测：在图中找环"],
    [["避免", "银行家算法", "分配前判断是否安全"], ["检测", "在图中找环"]],
    ["资源一次只能被一方使用"],
)


def test_recited_points_are_made_of_the_rubrics_own_words_whatever_parts_them() -> None:
    for answer in (
        "避免：银行家算法，分配前判断是否安全。检测：在图中找环。",
        "检测 在图中找环,避免 银行家算法 分配前判断是否安全",
    ):
        assert OWN.made_of(answer)
        assert list(OWN.stated(answer)) == [0, 1]


def test_a_clause_of_the_reference_is_the_rubrics_own_and_states_no_point() -> None:
    assert OWN.made_of("资源一次只能被一方使用")
    assert list(OWN.stated("资源一次只能被一方使用")) == []


def test_one_word_of_ones_own_and_the_answer_is_read_like_any_other() -> None:
    assert not OWN.made_of("检测：不是在图中找环")
    assert not OWN.made_of("有人说检测：在图中找环")


def test_a_clause_that_two_points_share_may_stand_there_once() -> None:
    own = OwnWords.of(["甲平均是O(n)", "乙任何时候都是O(n)"], [["甲平均是", "O(n)"], ["乙任何时候都是", "O(n)"]], [])
    answer = "甲平均是O(n)。乙任何时候都是"
    assert own.made_of(answer)
    assert list(own.stated(answer)) == [0, 1]
    assert list(own.stated("甲平均是，乙任何时候都是")) == []
