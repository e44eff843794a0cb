"""`kaoguan rubrics`: what it prints and the exit code it leaves."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kaoguan.documents.at_hand import remember
from kaoguan.rubrics import load_bundled, new_file, topics
from kaoguan.testing import make_rubric
from tests.cli.command import inside, kaoguan
from tests.rubrics.test_malformed import GOOD


def test_list_as_json_is_a_list_of_questions() -> None:
    rows = json.loads(kaoguan("rubrics", "list", "--json").stdout)
    assert {row["id"] for row in rows} >= {"optimizer", "batch_size"}
    assert all(row["question"] for row in rows)


def test_list_goes_by_topic_and_tells_which_there_are() -> None:
    rows = json.loads(kaoguan("rubrics", "list", "--topic", "llm", "--language", "en", "--json").stdout)
    assert {"lora_en", "kv_cache_en"} <= {row["id"] for row in rows}
    assert {(row["topic"], row["language"]) for row in rows} == {("Large language models", "en")}
    assert "大模型" in kaoguan("rubrics", "list", "--topic", "大模型").stdout
    assert "use (part of) one of: llm, nlp" in kaoguan("rubrics", "list", "--topic", "烹饪", code=2).stderr


def test_show_prints_points_with_their_notes_and_no_document_that_is_not_at_hand() -> None:
    shown = kaoguan("rubrics", "show", "optimizer").stdout
    assert "loss.backward() 求出" in shown
    assert "003_1b0b931934464d24.txt" not in shown
    assert "\x1b" not in shown


def test_packs_count_the_questions_of_every_topic_by_language() -> None:
    rows = json.loads(kaoguan("rubrics", "packs", "--json").stdout)
    assert [row["topic"] for row in rows] == list(topics())
    assert sum(row["zh"] for row in rows) >= 150
    assert sum(row["en"] for row in rows) >= 30
    shown = kaoguan("rubrics", "packs").stdout
    assert "llm" in shown


def pack(folder: Path) -> Path:
    (folder / "rubrics" / "own").mkdir(parents=True)
    text = new_file(make_rubric("甲", "乙", id="mine", topic="我的题"))
    (folder / "rubrics" / "own" / "mine.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_becomes_a_pack_beside_the_bank_and_goes_again(tmp_path: Path) -> None:
    assert "interviews" in kaoguan("rubrics", "add", str(pack(tmp_path / "interviews"))).stdout
    assert [row["id"] for row in json.loads(kaoguan("rubrics", "list", "--topic", "我的", "--json").stdout)] == ["mine"]
    assert json.loads(kaoguan("rubrics", "packs", "--json").stdout)[-1] == {
        "topic": "我的题", "name": "我的题", "zh": 1, "en": 0, "pack": "interviews",
    }  # fmt: skip
    assert "is there already" in kaoguan("rubrics", "add", str(tmp_path / "interviews"), code=2).stderr
    assert "did not come from git" in kaoguan("rubrics", "update", "interviews", code=2).stderr
    kaoguan("rubrics", "remove", "interviews")
    assert "there is none of yours" in kaoguan("rubrics", "remove", "interviews", code=2).stderr
    assert "try " in kaoguan("rubrics", "show", "mine", code=2).stderr


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_git_repository_becomes_a_pack_that_is_updated_and_keeps_its_old_state_where_the_new_one_is_bad(
    tmp_path: Path,
) -> None:
    source = pack(tmp_path / "source")
    git(tmp_path, "init", "-q", str(source))
    git(source, "add", "-A")
    git(source, "commit", "-qm", "one")
    kaoguan("rubrics", "add", f"file://{source}", "--name", "team")
    (source / "rubrics" / "own" / "more.yaml").write_text(new_file(make_rubric("丙", id="more")), encoding="utf-8")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "two")
    assert "2" in kaoguan("rubrics", "update").stdout
    (source / "rubrics" / "own" / "more.yaml").write_text("id: [", encoding="utf-8")
    git(source, "commit", "-qam", "three")
    assert "more.yaml" in kaoguan("rubrics", "update", "team", code=2).stderr
    assert "丙" in kaoguan("rubrics", "show", "more").stdout


@pytest.mark.parametrize(
    ("source", "complaint"),
    [("/nowhere", "neither a folder nor an address"), ("file:///nowhere/at/all", "git: ")],
)
def test_what_is_no_pack_is_refused_and_leaves_nothing(source: str, complaint: str, home: Path) -> None:
    assert complaint in kaoguan("rubrics", "add", source, code=2).stderr
    assert not (home / "packs").exists() or not list((home / "packs").iterdir())


def test_lines_shows_what_a_report_points_to(tmp_path: Path, home: Path) -> None:
    (tmp_path / "notes.md").write_text("# 动量\n\n动量是梯度的滑动平均。\n它抑制震荡。\n", encoding="utf-8")
    remember(home / "documents.json", [tmp_path / "notes.md"])
    assert kaoguan("rubrics", "lines", "notes.md", "3").stdout == "    3  动量是梯度的滑动平均。\n"
    assert kaoguan("rubrics", "lines", "notes.md", "3-4").stdout.count("\n") == 2
    for arguments, complaint in (
        (("notes.md", "4-3"), "36-40"),
        (("notes.md", "90"), "no text"),
        (("x.md", "1"), "at hand"),
    ):
        assert complaint in kaoguan("rubrics", "lines", *arguments, code=2).stderr


def test_show_of_an_unknown_id_suggests_one() -> None:
    run = kaoguan("rubrics", "show", "optimizr", code=2)
    assert "try optimizer" in run.stderr


@pytest.mark.slow
def test_check_says_ok_for_the_bundled_bank() -> None:
    # In this process: minutes of judging, and no limit.
    assert inside("rubrics", "check", "--strict").stdout == f"{len(load_bundled())} rubrics: all good\n"


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
    assert "good.yaml: key_points: R104 no key point says what to learn or where to read; add note" in run.stdout
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
