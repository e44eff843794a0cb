"""`kaoguan due`, `progress` and `interview --due` as their users run them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from kaoguan import config
from kaoguan.store import Store
from tests.cli.command import inside as kaoguan
from tests.interview.bank import rubric
from tests.learning.sat import BANK, DAY, sit

NOW = datetime.now(UTC)


@pytest.fixture
def bank(tmp_path: Path) -> str:
    folder = tmp_path / "bank"
    folder.mkdir()
    for rubric_id, one in BANK.items():
        text = yaml.safe_dump(one.model_dump(mode="json", exclude_none=True), allow_unicode=True)
        (folder / f"{rubric_id}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def test_due_asks_what_was_missed_and_mixes_in_something_new(bank: str) -> None:
    with Store.open(config.folders().database) as store:
        sit(store, NOW - DAY, {4: "", 2: "甲"})
        sit(store, NOW - DAY, {6: "甲乙丙"})
    due = json.loads(kaoguan("due", "--json").stdout)
    assert {point["rubric_id"] for point in due} == {"q4", "q2"}
    assert kaoguan("due", "--topic", "话题4").stdout.count("话题4") == 3
    run = kaoguan("interview", "--due", "--rubrics", bank, "--questions", "4", "--json", stdin="与数据有关\n/quit\n")
    assert "到期的要点 5 个，4 题里新题 2 道" in run.stderr
    with Store.open(config.folders().database) as store:
        plan = store.latest().plan
    assert [one.id for one in plan.rubrics[:2]] == ["q4", "q2"]
    assert not {"q4", "q2", "q6"} & {one.id for one in plan.rubrics[2:]}
    assert set(plan.due) == {("q4", "p1"), ("q4", "p2"), ("q4", "p3"), ("q2", "p2"), ("q2", "p3")}


def test_with_nothing_due_the_interview_says_so_and_when_something_is(bank: str) -> None:
    with Store.open(config.folders().database) as store:
        sit(store, NOW, {4: "", 2: "甲乙丙"})
    run = kaoguan("interview", "--due", "--rubrics", bank, "--questions", "2", stdin="/quit\n")
    assert "没有到期的要点；改问 2 题，其中新题 2 道" in run.stderr
    assert "下一批 3 个，" in run.stderr
    assert "kaoguan progress" in run.stderr


def test_due_works_before_the_first_interview(bank: str) -> None:
    assert kaoguan("due", "--json").stdout.strip() == "[]"
    run = kaoguan("interview", "--due", "--rubrics", bank, "--topic", "话题1", stdin="与数据有关\n/quit\n")
    assert "没有到期的要点；改问 1 题" in run.stderr
    with Store.open(config.folders().database) as store:
        assert [one.id for one in store.latest().plan.rubrics] == ["q1"]


def test_progress_is_drawn_and_printed() -> None:
    assert "还没有" in kaoguan("--language", "zh", "progress").stdout
    with Store.open(config.folders().database) as store:
        sit(store, NOW - DAY, {1: "甲"})
    assert rubric(1).topic in kaoguan("progress").stdout
    assert json.loads(kaoguan("progress", "--json").stdout)["streak"]["current"] == 1


def test_a_damaged_database_is_said_kept_and_does_not_stop_anyone(home: Path) -> None:
    (home / "kaoguan.db").write_bytes(b"no database" * 1000)
    run = kaoguan("progress", "--json")
    assert json.loads(run.stdout)["points"] == []
    (aside,) = home.glob("kaoguan.db.damaged-*")
    assert str(aside) in run.stderr
    assert aside.read_bytes() == b"no database" * 1000
    assert kaoguan("progress", "--json").stderr == ""
