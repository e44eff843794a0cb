"""`kaoguan rubrics`: what it prints and the exit code it leaves."""

import json
from pathlib import Path

import pytest

from tests.cli.command import kaoguan
from tests.rubrics.test_malformed import GOOD


def test_list_as_json_is_a_list_of_questions() -> None:
    rows = json.loads(kaoguan("rubrics", "list", "--json").stdout)
    assert {row["id"] for row in rows} >= {"optimizer", "batch_size"}
    assert all(row["question"] for row in rows)


def test_show_prints_points_with_their_lines() -> None:
    shown = kaoguan("rubrics", "show", "optimizer").stdout
    assert "003_1b0b931934464d24.txt:36-36" in shown
    assert "\x1b" not in shown


def test_show_of_an_unknown_id_suggests_one() -> None:
    run = kaoguan("rubrics", "show", "optimizr", code=2)
    assert "try optimizer" in run.stderr


@pytest.mark.slow
def test_check_says_ok_for_the_bundled_bank() -> None:
    assert kaoguan("rubrics", "check").stdout == "7 rubrics: all good\n"


def test_check_names_every_fault_and_leaves_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(GOOD.replace("weight: 2", "weight: 9"), encoding="utf-8")
    run = kaoguan("rubrics", "check", str(tmp_path), code=2)
    assert "bad.yaml:8: key_points[0].weight: 9 is not allowed; write weight: 1, 2 or 3" in run.stderr
    assert "Traceback" not in run.stderr
    report = json.loads(kaoguan("rubrics", "check", str(tmp_path), "--json", code=2).stdout)
    assert report["good"] == 1
    assert len(report["faults"]) == 1


def test_warnings_are_told_by_code_and_leave_exit_code_0_unless_strict(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    run = kaoguan("rubrics", "check", str(tmp_path), "--quick")
    assert "good.yaml: key_points: R104 no key point names its source" in run.stdout
    kaoguan("rubrics", "check", str(tmp_path), "--quick", "--strict", code=2)
    (warning,) = json.loads(kaoguan("rubrics", "check", str(tmp_path), "--quick", "--json").stdout)["warnings"]
    assert (warning["code"], warning["fixable"]) == ("R104", False)


def test_fix_mends_what_is_mechanical_and_keeps_comments(tmp_path: Path) -> None:
    twice = (
        f"# mine\n{GOOD}- {{id: p2, text: 例子要短, weight: 1}}  # keep\n"
        f"misconceptions:\n- {{id: m1, text: 样例是例子}}\n"
    )
    (tmp_path / "good.yaml").write_text(twice, encoding="utf-8")
    assert "R301" in kaoguan("rubrics", "check", str(tmp_path), "--quick", code=2).stderr
    assert "mended 1 files" in kaoguan("rubrics", "check", str(tmp_path), "--quick", "--fix").stderr
    assert (tmp_path / "good.yaml").read_text(encoding="utf-8") == twice.split("misconceptions", maxsplit=1)[0]


def test_schema_is_json() -> None:
    schema = json.loads(kaoguan("rubrics", "schema").stdout)
    assert "key_points" in schema["required"]


def test_version() -> None:
    assert kaoguan("--version").stdout.startswith("kaoguan ")
