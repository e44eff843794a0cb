"""Small documents, each with one kind of fault that real documents have, and what must come out of them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kaoguan.distill import Distilled
from kaoguan.documents import read
from kaoguan.models import Rubric
from kaoguan.text.overlap import leaks
from tests.distill.documents import distiller

FOLDER = Path(__file__).parent / "cases"
CASES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER.parent / "cases.yaml").read_text("utf-8"))
# Questions that fit any point say nothing about the one that is missing.
FITS_ANY = (
    "还有哪一点没有说到",
    "还能补充什么依据",
    "讲完整",
    "接下来该说什么",
    "not yet said",
    "what else can you add",
    "complete, what is missing",
    "where would you go next",
)


def made(name: str) -> Distilled:
    """Return what the offline distiller makes of one case."""
    return distiller().distill([read(FOLDER / name)])


def shown(rubric: Rubric) -> list[str]:
    """Return every text of a rubric that a person reads."""
    points = [text for p in rubric.key_points for text in (p.text, *p.paraphrases, p.follow_up or "")]
    return [rubric.question, rubric.topic, rubric.reference_answer, *points, *rubric.notes]


def with_key(key: str) -> list[str]:
    """Return the cases that say something under this key."""
    return [name for name, case in CASES.items() if key in case]


def test_every_case_has_its_expectation() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", with_key("questions"))
def test_the_questions_are_asked_in_the_documents_words(name: str) -> None:
    assert [rubric.question for rubric in made(name).rubrics] == CASES[name]["questions"]


@pytest.mark.parametrize("name", with_key("facts"))
def test_each_fact_stands_in_one_point_of_its_question(name: str) -> None:
    rubrics = made(name).rubrics
    for number, facts in CASES[name]["facts"].items():
        for fact in facts:
            words = fact.split(" + ")
            assert any(all(word in point.text for word in words) for point in rubrics[number].key_points), fact


@pytest.mark.parametrize("name", with_key("counts"))
def test_there_are_no_other_points(name: str) -> None:
    assert [len(rubric.key_points) for rubric in made(name).rubrics] == CASES[name]["counts"]


@pytest.mark.parametrize("name", with_key("never"))
def test_nothing_else_gets_into_a_rubric(name: str) -> None:
    for rubric in made(name).rubrics:
        for text in shown(rubric):
            assert not [word for word in CASES[name]["never"] if word in text], text


@pytest.mark.parametrize("name", with_key("topics"))
def test_topics_name_the_thing(name: str) -> None:
    for rubric, topic in zip(made(name).rubrics, CASES[name]["topics"], strict=True):
        assert rubric.topic.startswith(topic)


@pytest.mark.parametrize("name", with_key("reported"))
def test_what_has_no_answer_is_named(name: str) -> None:
    found = made(name)
    named = [*(u.question for u in found.unanswered), *(u.text for u in found.unused), *(d.text for d in found.dropped)]
    assert [text for text in CASES[name]["reported"] if text not in named] == []


@pytest.mark.parametrize("name", CASES)
def test_follow_ups_name_no_title_give_no_point_away_and_fit_only_their_point(name: str) -> None:
    for rubric in made(name).rubrics:
        for point in rubric.key_points:
            ask = point.follow_up or ""
            title = point.text.replace(":", "：").partition("：")[0] if "：" in point.text.replace(":", "：") else ""
            assert not leaks(ask, [point], public=rubric.question)
            # A cell is asked for by its row and column.
            named = title and title not in rubric.question and title.casefold() in ask.casefold()
            assert not named or name.startswith("table_")
            assert not any(phrase in ask.casefold() for phrase in FITS_ANY)


@pytest.mark.parametrize("name", CASES)
def test_the_source_of_a_rubric_is_its_question_and_its_answer(name: str) -> None:
    for rubric in made(name).rubrics:
        assert rubric.source and rubric.source.lines
        first, last = rubric.source.lines
        lines = [p.source.lines for p in rubric.key_points if p.source and p.source.document == rubric.source.document]
        own = [span for span in lines if span and first <= span[0]]
        assert own
        if name != "similar_same.md":
            assert all(span and first <= span[0] and span[1] <= last for span in lines)
