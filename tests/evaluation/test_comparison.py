"""Agreement of systems and baselines with gold."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from kaoguan.evaluation import Evaluation, GoldAnswer, SystemGrade, SystemGrades, baseline_rulings, compare
from kaoguan.evaluation.comparison import length_only
from kaoguan.models import Label, Rubric


class Letters:
    """An embedder for which texts are alike as far as they share characters."""

    id = "letters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text:
                row[hashlib.sha256(character.encode()).digest()[0] % 64] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


def answer(id_: str, question: str, text: str, first: str, second: str, score: float, kind: str = "k") -> GoldAnswer:
    labels = {"p1": Label(first), "p2": Label(second)}
    return GoldAnswer(id=id_, rubric_id=question, answer=text, labels=labels, score=score, kind=kind)


@pytest.fixture
def gold() -> list[GoldAnswer]:
    made = []
    for question in ("one", "two", "three"):
        made += [
            answer(f"{question}-1", question, "甲，乙", "covered", "covered", 10, "good"),
            answer(f"{question}-2", question, "甲，完全说不清楚的一句话", "covered", "missing", 7, "fair"),
            answer(f"{question}-3", question, "完全说不清楚的一句话，再来一句", "missing", "missing", 0, "poor"),
        ]
    return made


@pytest.fixture
def exact(gold: list[GoldAnswer]) -> SystemGrades:
    return {it.id: SystemGrade(labels=it.labels, score=it.score, needs_review=False) for it in gold}


def test_a_system_that_repeats_the_gold_agrees_in_full(gold: list[GoldAnswer], exact: SystemGrades) -> None:
    system = compare(gold, {"exact": exact}, {}).systems[0]
    values = {name: figure.value for name, figure in system.figures.items()}
    assert values == pytest.approx(dict.fromkeys(values, 1.0) | {"rmse": 0.0})
    assert system.figures["kappa"].low == 1.0
    assert (system.verdicts, system.answers, system.unscored_answers) == (18, 9, 0)
    assert system.confusion["covered"] == {"covered": 9, "partial": 0, "missing": 0, "contradicted": 0}
    assert [(kind, it.gold, it.mean) for kind, it in system.kinds.items()] == [
        *(("good", 10, 10), ("fair", 7, 7), ("poor", 0, 0)),
    ]


def test_what_is_unscored_is_counted_and_not_measured(gold: list[GoldAnswer], exact: SystemGrades) -> None:
    labels = {"p1": Label.UNSCORED, "p2": Label.COVERED}
    rulings = exact | {"one-1": SystemGrade(labels=labels, score=None, needs_review=True)}
    del rulings["two-1"]
    system = compare(gold, {"s": rulings}, {}).systems[0]
    assert (system.unscored_verdicts, system.unscored_answers) == (3, 2)
    assert system.figures["accuracy"].value == 1
    assert system.figures["rmse"].value == 0
    assert system.needs_review == pytest.approx(1 / 8)


def test_a_system_that_rules_on_nothing_has_no_figures(gold: list[GoldAnswer]) -> None:
    system = compare(gold, {"mute": {}}, {}).systems[0]
    assert {figure.value for figure in system.figures.values()} == {None}
    assert system.needs_review is None


def test_the_same_seed_gives_the_same_intervals_whatever_stands_beside(
    gold: list[GoldAnswer], exact: SystemGrades
) -> None:
    rulings = exact | {"one-1": SystemGrade(labels={}, score=2), "two-3": SystemGrade(labels={}, score=3)}
    alone = compare(gold, {"s": rulings}, {}, seed=3).systems[0]
    beside = compare(gold, {"exact": exact, "s": rulings}, {}, seed=3).systems[1]
    assert alone == beside
    low, value, high = (getattr(alone.figures["rmse"], name) for name in ("low", "value", "high"))
    assert low < value < high


def test_one_question_has_no_interval_and_no_baseline(
    gold: list[GoldAnswer], exact: SystemGrades, bank: Mapping[str, Rubric]
) -> None:
    gold = gold[:3]
    figure = compare(gold, {"exact": exact}, {}).systems[0].figures["kappa"]
    assert (figure.value, figure.low, figure.high) == (1, None, None)
    assert baseline_rulings(gold, bank, Letters()) == {}


def test_an_evaluation_survives_json(gold: list[GoldAnswer], exact: SystemGrades, bank: Mapping[str, Rubric]) -> None:
    evaluation = compare(gold, {"exact": exact}, baseline_rulings(gold, bank, Letters()), resamples=20)
    assert Evaluation.model_validate_json(evaluation.model_dump_json()) == evaluation


def test_cosine_only_finds_what_is_said_in_the_words_of_the_key_point(
    gold: list[GoldAnswer], bank: Mapping[str, Rubric]
) -> None:
    cosine = baseline_rulings(gold, bank, Letters())["cosine only"]
    assert all(cosine[it.id].labels == it.labels for it in gold)
    scores = [cosine[f"one-{n}"].score or 0.0 for n in (1, 2, 3)]
    assert scores == sorted(set(scores), reverse=True)


def test_length_only_sees_nothing_but_length(gold: list[GoldAnswer]) -> None:
    longer = [it.model_copy(update={"answer": "x" * len(it.answer)}) for it in gold]
    assert length_only(longer) == length_only(gold)


def test_a_baseline_has_not_seen_the_labels_of_the_question_it_rules_on(
    gold: list[GoldAnswer], bank: Mapping[str, Rubric]
) -> None:
    flipped = [
        it.model_copy(update={"score": 10 - it.score, "labels": dict.fromkeys(it.labels, Label.CONTRADICTED)})
        if it.rubric_id == "one"
        else it
        for it in gold
    ]
    before, after = (baseline_rulings(answers, bank, Letters()) for answers in (gold, flipped))
    own = [it.id for it in gold if it.rubric_id == "one"]
    for name in before:
        assert [before[name][id_] for id_ in own] == [after[name][id_] for id_ in own]
        assert before[name] != after[name]


def test_an_empty_answer_does_not_trouble_the_baselines(gold: list[GoldAnswer], bank: Mapping[str, Rubric]) -> None:
    gold = [it.model_copy(update={"answer": "" if it.id == "one-3" else it.answer}) for it in gold]
    cosine = baseline_rulings(gold, bank, Letters())["cosine only"]
    assert set(cosine["one-3"].labels.values()) == {Label.MISSING}
