"""Gold answers are complete or refused with row, id and what is wrong."""

from collections.abc import Mapping
from typing import Any

import pytest

from kaoguan.errors import AnswersError
from kaoguan.evaluation.gold import parse_gold
from kaoguan.models import Label, Rubric, Submission

GOOD = {"labels": {"p1": "covered", "p2": "missing"}, "misconceptions": ["m1"], "score": 6.5, "kind": "partial"}


def submission(**columns: object) -> Submission:
    return Submission(id="s1", rubric_id="one", answer="甲", extra=columns)


def test_gold_columns_are_read_and_others_ignored(bank: Mapping[str, Rubric]) -> None:
    gold = parse_gold("a.jsonl:3", submission(**GOOD, annotator="张"), bank["one"])
    assert gold.labels == {"p1": Label.COVERED, "p2": Label.MISSING}
    assert (gold.score, gold.kind, gold.misconceptions) == (6.5, "partial", ("m1",))


def test_a_csv_holds_labels_as_json(bank: Mapping[str, Rubric]) -> None:
    cells = {"labels": '{"p1": "covered", "p2": "missing"}', "misconceptions": "", "score": "6.5"}
    gold = parse_gold("a.csv:3", submission(**cells), bank["one"])
    assert gold.labels["p2"] is Label.MISSING
    assert gold.score == 6.5


FAULTY = {
    "no labels": ({"labels": None}, "has no labels; write"),
    "labels of another kind": ({"labels": ["covered"]}, "has no labels; write"),
    "label missing": ({"labels": {"p1": "covered"}}, "no label for p2 of rubric one; label every key point"),
    "label of no point": (
        {"labels": {"p1": "covered", "p2": "missing", "p9": "covered"}},
        "labels p9, which rubric one does not have",
    ),
    "no such label": ({"labels": {"p1": "yes", "p2": "missing"}}, "the label of p1 is 'yes'; use covered, partial"),
    "unscored is no label": ({"labels": {"p1": "unscored", "p2": "missing"}}, "the label of p1 is 'unscored'"),
    "score too high": ({"score": 65}, "score is 65; write a number from 0 to 10"),
    "score as a word": ({"score": "good"}, "score is 'good'; write a number from 0 to 10"),
    "misconception unknown": ({"misconceptions": ["m7"]}, "no misconception 'm7' in rubric one"),
    "misconceptions of another kind": ({"misconceptions": 7}, "misconceptions is 7; write a list"),
}


@pytest.mark.parametrize(("columns", "fault"), FAULTY.values(), ids=FAULTY)
def test_faulty_gold_is_refused_at_its_place(bank: Mapping[str, Rubric], columns: dict[str, Any], fault: str) -> None:
    with pytest.raises(AnswersError) as caught:
        parse_gold("a.jsonl:3", submission(**GOOD | columns), bank["one"])
    assert str(caught.value).startswith("a.jsonl:3: s1: ")
    assert fault in str(caught.value)


def test_gold_without_a_score_is_refused(bank: Mapping[str, Rubric]) -> None:
    with pytest.raises(AnswersError, match="has no score; write a number from 0 to 10"):
        parse_gold("a.jsonl:3", submission(labels=GOOD["labels"]), bank["one"])
