"""What is asked where nobody names questions: one language, a role's topics, and --adaptive's choice."""

from collections import Counter

import pytest

from kaoguan.assembly.plan import PlanOptions, draw_up
from kaoguan.config import Settings
from kaoguan.errors import InputError
from kaoguan.models import Language
from kaoguan.rubrics import topic_id
from kaoguan.rubrics.topics import ROLES


@pytest.mark.parametrize(("locale", "language"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("C", "zh")])
def test_questions_are_in_the_locale_s_language(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: Language
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    plan = draw_up(PlanOptions(questions=12, seed=3), Settings())
    assert {rubric.language for rubric in plan.rubrics} == {language}
    assert plan.language == language


def test_a_language_that_was_named_comes_before_the_locale_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert {rubric.language for rubric in draw_up(PlanOptions(language="zh"), Settings()).rubrics} == {"zh"}


def test_a_topic_is_asked_in_the_language_of_the_interview() -> None:
    plan = draw_up(PlanOptions(topics=("llm",), language="en", questions=4, seed=1), Settings())
    assert {rubric.topic for rubric in plan.rubrics} == {"Large language models"}
    assert len(plan.rubrics) == 4


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_asked_about_its_heaviest_topic_most_and_about_nothing_else(role: str) -> None:
    asked = Counter[str | None]()
    for seed in range(30):
        plan = draw_up(PlanOptions(role=role, language="zh", questions=5, seed=seed), Settings())  # type: ignore[arg-type]
        asked.update(topic_id(rubric.topic) for rubric in plan.rubrics)
    weights = ROLES[role]  # type: ignore[index]
    assert set(asked) <= set(weights)
    heaviest = max(weights.values())
    assert weights[asked.most_common(1)[0][0] or ""] >= heaviest - 1


def test_a_role_without_questions_on_a_topic_says_so() -> None:
    with pytest.raises(InputError, match="role cv"):
        draw_up(PlanOptions(role="cv", topics=("llm",)), Settings())


def test_an_adaptive_interview_takes_as_many_of_each_difficulty_as_it_may_need_and_no_more() -> None:
    plan = draw_up(PlanOptions(adaptive=True, questions=2, language="zh", seed=1), Settings())
    assert Counter(rubric.difficulty for rubric in plan.rubrics) == dict.fromkeys(range(1, 6), 2)
