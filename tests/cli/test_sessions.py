"""`kaoguan sessions`: searched, overruled, exported, imported, deleted."""

import csv
import io
import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from kaoguan import config
from kaoguan.store import Store
from tests.cli.command import inside as kaoguan
from tests.learning.sat import DAY, sit

NOW = datetime.now(UTC)


@pytest.fixture
def ids(home: Path) -> list[str]:
    """Three interviews: 30, 2 and 1 days ago."""
    with Store.open(config.folders().database) as store:
        return [
            sit(store, NOW - 30 * DAY, {1: "甲乙"}),
            sit(store, NOW - 2 * DAY, {2: ("甲", "乙")}),
            sit(store, NOW - 1 * DAY, {1: "丙"}),
        ]


def listed(*arguments: str) -> Any:
    return json.loads(kaoguan(*arguments, "--json").stdout)


def test_list_shows_the_latest_first_and_says_how_many_more(ids: list[str]) -> None:
    assert [row["id"] for row in listed("sessions", "list")] == ids[::-1]
    with Store.open(config.folders().database) as store:
        for _ in range(20):
            sit(store, NOW - 60 * DAY, {1: ()})
    text = kaoguan("sessions", "list").stdout
    assert ids[0] in text
    assert "3 earlier ones" in text
    assert "还有" not in kaoguan("sessions", "list", "--all").stdout


@pytest.mark.parametrize("damage", ["plan = '{'", "plan = x'ff00'", "started_at = 'yesterday'"])
def test_a_damaged_session_is_set_aside_told_and_can_be_deleted(ids: list[str], tmp_path: Path, damage: str) -> None:
    with Store.open(config.folders().database) as store:
        store._connection.rows(f"UPDATE sessions SET {damage} WHERE id = ?", (ids[0],))
    assert f"{ids[0]}" in kaoguan("sessions", "list", "--all").stderr
    assert f"{ids[0]}" in kaoguan("sessions", "export", "-o", str(tmp_path / "all.json")).stderr
    assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["sessions"]) == len(ids) - 1
    kaoguan("sessions", "delete", ids[0], "--yes")
    assert kaoguan("sessions", "list", "--all").stderr == ""


@pytest.mark.parametrize("words", ["第2题的甲", "甲 第2题", "2题"])
def test_search_finds_turns_by_words_of_any_length(ids: list[str], words: str) -> None:
    assert {hit["session_id"] for hit in listed("sessions", "search", words)} == {ids[1]}
    assert ids[1] in kaoguan("sessions", "search", words).stdout


def test_a_session_is_deleted_with_what_was_learned_from_it(ids: list[str]) -> None:
    assert listed("progress")["totals"]["points"] == 6
    assert "--yes" in kaoguan("sessions", "delete", ids[1], code=2).stderr
    kaoguan("sessions", "delete", ids[1], "--yes")
    assert listed("progress")["totals"]["points"] == 3
    assert [row["id"] for row in listed("sessions", "list")] == [ids[2], ids[0]]
    assert listed("sessions", "search", "第2题") == []


def test_a_purge_keeps_what_was_learned(ids: list[str], home: Path) -> None:
    before = listed("progress")
    assert "keep_days" in kaoguan("sessions", "purge", "--yes", code=2).stderr
    kaoguan("sessions", "purge", "--older-than", "10", "--yes")
    assert [row["id"] for row in listed("sessions", "list")] == ids[:0:-1]
    after = listed("progress")
    assert {name: after[name] for name in ("totals", "days", "retries")} == {
        name: before[name] for name in ("totals", "days", "retries")
    }


def test_the_setting_deletes_old_sessions_when_the_next_interview_begins(ids: list[str], home: Path) -> None:
    (home / "config.toml").write_text("keep_days = 10\n")
    run = kaoguan("interview", "--rubric", "optimizer", stdin="/quit\n")
    assert "deleted 1 sessions" in run.stderr
    assert ids[0] not in {row["id"] for row in listed("sessions", "list")}


# --- overruling -------------------------------------------------------------------------------------------------------


def test_a_verdict_is_overruled_and_the_original_is_kept(ids: list[str]) -> None:
    before = listed("sessions", "report", ids[0])["questions"][0]
    shown = kaoguan("sessions", "show", ids[0], "--override", "q1/p3=covered", "--because", "说到了", "--by", "王")
    assert "改判：q1/p3 没答到 → 答到（王" in shown.stdout
    after = listed("sessions", "report", ids[0])["questions"][0]
    assert (before["score"]["final"], after["score"]["final"]) == (83.3, 100)
    (final,) = [one for one in listed("sessions", "show", ids[0])["overrides"] if one["stage"] == "final"]
    assert (final["was"]["verdict"], final["who"], final["why"]) == ("missing", "王", "说到了")
    point = next(
        point for point in listed("progress")["points"] if (point["rubric_id"], point["key_point"]) == ("q1", "p3")
    )
    assert point["verdicts"] == ["covered", "covered"]


@pytest.mark.parametrize(
    ("ruling", "said"),
    [
        ("q1", "cannot be understood"),
        ("q1/p1=great", "cannot"),
        ("q1/p9=covered", "p1, p2, p3"),
        ("q9/p1=covered", "q9"),
    ],
)
def test_a_ruling_that_cannot_be_is_explained(ids: list[str], ruling: str, said: str) -> None:
    assert said in kaoguan("sessions", "show", ids[0], "--override", ruling, code=2).stderr


def test_overruled_answers_are_a_sample_that_evaluate_reads(ids: list[str], tmp_path: Path) -> None:
    assert kaoguan("sessions", "export", "--format", "sample").stdout == ""
    kaoguan("sessions", "show", ids[0], "--override", "q1/p3=covered")
    line = json.loads(kaoguan("sessions", "export", "--format", "sample").stdout)
    assert line["labels"] == {"p1": "covered", "p2": "covered", "p3": "covered"}
    assert (line["score"], line["overruled"]) == (10, ["p3"])
    from kaoguan.evaluation.gold import parse_gold
    from kaoguan.models import Submission
    from tests.interview.bank import rubric

    extra = {name: line[name] for name in ("labels", "score", "misconceptions")}
    gold = parse_gold("x", Submission(id="a", rubric_id="q1", answer=line["answer"], extra=extra), rubric(1))
    assert gold.score == 10


# --- exports ----------------------------------------------------------------------------------------------------------


def check(content: object, document: str) -> None:
    """Raise where `content` is not what its published schema says."""
    schema = json.loads(kaoguan("sessions", "schema", document).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema)


@pytest.mark.parametrize(
    ("document", "command"),
    [
        ("report", ["sessions", "report"]),
        ("list", ["sessions", "list"]),
        ("due", ["due"]),
        ("progress", ["progress"]),
    ],
)
def test_what_json_prints_follows_its_published_schema(ids: list[str], document: str, command: list[str]) -> None:
    kaoguan("sessions", "show", "--override", "q1/p3=covered", "--because", "好")
    content = listed(*command)
    check(content, document)
    spoiled = [{**content[0], "surprise": 1}] if isinstance(content, list) else {**content, "surprise": 1}
    with pytest.raises(jsonschema.ValidationError):
        check(spoiled, document)


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("--md", "改判（王，"),
        ("--html", '<p class="overruled">改判（王，'),
        ("--json", '"was": "missing"'),
        ("", "改判（王，"),
    ],
)
def test_a_report_shows_both_verdicts(ids: list[str], format: str, said: str) -> None:
    kaoguan("sessions", "show", ids[0], "--override", "q1/p3=covered", "--because", "说到了", "--by", "王")
    shown = kaoguan("sessions", "report", ids[0], *filter(None, [format])).stdout
    assert said in shown
    assert "说到了" in shown
    assert format == "--json" or "原来判的是“没答到”" in shown


def test_exported_sessions_follow_the_published_schema_and_come_back(
    ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kaoguan("sessions", "show", ids[0], "--override", "q1/p3=covered", "--because", "好")
    file = tmp_path / "all.json"
    kaoguan("sessions", "export", "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    check(json.loads(file.read_text()), "sessions")
    before = listed("progress")
    monkeypatch.setenv("KAOGUAN_HOME", str(tmp_path / "elsewhere"))
    assert "imported: 3" in kaoguan("sessions", "import", str(file), "--mine").stderr
    assert "here already: 3" in kaoguan("sessions", "import", str(file), "--mine").stderr
    after = listed("progress")
    assert after["points"] and after["days"] == before["days"]
    assert [point["verdicts"] for point in after["points"]] == [point["verdicts"] for point in before["points"]]
    assert listed("sessions", "show", ids[0])["overrides"]


def test_a_colleagues_sessions_can_be_read_but_not_gone_on_with(
    ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = kaoguan("sessions", "export").stdout
    monkeypatch.setenv("KAOGUAN_HOME", str(tmp_path / "elsewhere"))
    kaoguan("sessions", "import", "-", stdin=text)
    assert listed("progress")["points"] == []
    assert "他人" in kaoguan("--language", "zh", "sessions", "list").stdout
    assert "第1题的甲" in kaoguan("sessions", "show", ids[0]).stdout
    assert "somebody else's" in kaoguan("sessions", "resume", ids[0], code=2).stderr
    assert "there are none yet" in kaoguan("sessions", "report", code=2).stderr


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(ids: list[str]) -> None:
    with Store.open(config.folders().database) as store:
        store._connection.rows("UPDATE turns SET text = '=1+1|第1题的甲要点成立' WHERE kind = 'answer'")
    rows = list(csv.DictReader(io.StringIO(kaoguan("sessions", "export", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert rows
    assert {row["session"] for row in rows} <= set(ids)
    assert not any((value or "").startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_csv_has_both_verdicts(ids: list[str]) -> None:
    kaoguan("sessions", "show", ids[0], "--override", "q1/p3=covered", "--by", "王")
    text = kaoguan("sessions", "export", "--format", "csv", ids[0]).stdout.lstrip("\ufeff")
    ruled = [
        (row["key_point"], row["final"], row["overruled_by"], row["judged"])
        for row in csv.DictReader(io.StringIO(text))
    ]
    assert ("p3", "covered", "王", "missing") in ruled
    assert {other[2:] for other in ruled if other[0] != "p3"} == {("", "")}


def test_markdown_has_front_matter_and_the_transcript(ids: list[str]) -> None:
    text = kaoguan("sessions", "export", "--format", "md", ids[0]).stdout
    _, front, body = text.split("---\n", 2)
    facts = yaml.safe_load(front)
    assert (facts["session"], facts["final"], facts["topics"]) == (ids[0], 83.3, ["话题1"])
    assert "请谈谈主题1" in body
    assert "one session" in kaoguan("sessions", "export", "--format", "md", *ids, code=2).stderr


# --- untrusted files --------------------------------------------------------------------------------------------------


def spoilt(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    return lambda file: change(file["sessions"][0])


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another format": (lambda file: file.update(format="x"), "format"),
    "a later version": (lambda file: file.update(version=2), "version"),
    "an unknown field": (spoilt(lambda one: one.update(run="rm -rf /")), "extra"),
    "an id that is a path": (spoilt(lambda one: one["session"].update(id="../../x")), "no session id"),
    "a time long ago": (spoilt(lambda one: one["session"].update(started_at="0001-01-01T00:00:00Z")), "cannot be"),
    "a time without a zone": (spoilt(lambda one: one["turns"][0].update(at="2026-01-01T00:00:00")), "cannot be"),
    "half a character": (spoilt(lambda one: one["turns"][1].update(text="\ud800")), "json"),
    "turns out of order": (spoilt(lambda one: one["turns"].reverse()), "out of place"),
    "an impossible story": (spoilt(lambda one: one["turns"][0].update(kind="closing")), "no answer can come"),
    "an unknown rubric": (spoilt(lambda one: one["turns"][0].update(rubric_id="q7")), "no rubric of the plan"),
    "a grade of nothing": (spoilt(lambda one: one["grades"][0]["grade"].update(rubric_id="q7")), "no rubric"),
    "an unknown key point": (
        spoilt(lambda one: one["grades"][0]["grade"]["verdicts"][0].update(key_point="p9")),
        "key points",
    ),
    "a span from nowhere": (
        spoilt(lambda one: one["grades"][0]["grade"]["verdicts"][0].update(span=[-5, 3])),
        "quotes",
    ),
    "a missing grade": (spoilt(lambda one: one.update(grades=[])), "has no grade"),
    "a judge to be loaded": (
        spoilt(lambda one: (one["session"]["plan"].update(embedder="/tmp/evil"), one.update(grades=[]))),
        "has no grade",
    ),
    "controls in a question": (
        spoilt(lambda one: one["session"]["plan"]["rubrics"][0].update(question="\x1b[2J")),
        "control",
    ),
}


@pytest.fixture(scope="module")
def exported() -> str:
    from kaoguan.export import session_file

    with Store.in_memory() as store:
        sit(store, NOW - DAY, {1: ("甲", "乙")})
        return session_file.sessions_text(tuple(store.record(one) for one in store.ids()))


@pytest.mark.parametrize("name", DAMAGE)
def test_a_file_that_kaoguan_cannot_have_written_is_refused(exported: str, name: str) -> None:
    from kaoguan.errors import SessionError
    from kaoguan.export import session_file

    change, said = DAMAGE[name]
    content = json.loads(exported)
    change(content)
    with pytest.raises(SessionError, match=said) as raised:
        session_file.read_sessions("theirs.json", json.dumps(content).encode(), NOW)
    assert str(raised.value).startswith("theirs.json: ")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"null", b'{"sessions": 1}', b"{" * 5])
def test_garbage_is_refused_whole(content: bytes) -> None:
    run = kaoguan("sessions", "import", "-", stdin=content, code=2)
    assert run.stderr.startswith("kaoguan: -: ")
    assert listed("sessions", "list") == []
