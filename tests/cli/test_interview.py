"""`kaoguan interview` and `kaoguan sessions` through pipes, with the offline judge that users have."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kaoguan.cli.main import app
from kaoguan.errors import KaoguanError
from tests.cli.command import kaoguan
from tests.conftest import ROOT

# Five real answers that another mock interviewer took for commands.
ML_ANSWERS = [
    "ResNet uses skip connections to let gradients flow",
    "残差网络通过跳过若干层缓解梯度消失",
    "如果换一个损失函数，梯度就不会饱和",
    "few-shot 就是给模型几个提示样例",
    "Next sentence prediction is a pre-training task of BERT",
]
ANSWER = "优化器根据反向传播算出的梯度来更新模型的参数，\n朝负梯度方向走，让损失函数越来越小。"


def run(*arguments: str, stdin: str = "") -> Result:
    """Run `kaoguan` within this process: quicker than a process of its own by all its imports."""
    result = CliRunner().invoke(app, arguments, input=stdin)
    if result.exception and not isinstance(result.exception, KaoguanError | SystemExit):
        raise result.exception
    return result


def script(*entries: str) -> str:
    return "".join(f"{entry}\n\n" for entry in entries)


def test_a_piped_interview_ends_in_a_report_that_quotes_what_was_typed() -> None:
    answers = [ANSWER, "与数据有关", "学习率决定每一步", "/skip", "batch 太小梯度会震荡", "与数据有关", "不清楚"]
    asked = ("--rubric", "optimizer", "--rubric", "vanish_explode", "--rubric", "batch_size")
    run = kaoguan("interview", *asked, stdin=script(*answers))
    assert run.stderr.splitlines()[0].startswith("判分：离线")
    conversation, report = run.stdout.split("面试报告", 1)
    assert conversation.count("第 1/3 题") == 1
    assert "总分：" in report
    quotes = re.findall("「([^」]*)」", report)
    typed = "\n".join(answers)
    assert quotes
    assert [quote for quote in quotes if quote not in typed] == []


def test_real_answers_are_not_taken_for_commands() -> None:
    said = run("interview", "--questions", "5", "--follow-ups", "0", "--json", stdin=script(*ML_ANSWERS))
    session = json.loads(said.stdout)
    assert [turn["text"] for turn in session["turns"] if turn["kind"] == "answer"] == ML_ANSWERS
    assert session["finished_at"]
    assert "第 5/5 题" in said.stderr, "with --json the interviewer speaks on stderr"


def test_the_same_seed_asks_the_same_questions() -> None:
    first, again = (
        run("interview", "--seed", "7", "--questions", "4", "--follow-ups", "0", stdin="/skip\n" * 4).stdout
        for _ in range(2)
    )
    assert first == again


def test_leaving_and_coming_back_reaches_the_very_same_question() -> None:
    said = run("interview", "--rubric", "optimizer", "--rubric", "batch_size", stdin=script(ANSWER))
    follow_up = said.stdout.split("追问 1/2\n", 1)[1].splitlines()[0]
    assert "--resume" in said.stdout
    resumed = run("interview", "--resume", stdin="/pause\n").stdout
    assert f"追问 1/2\n{follow_up}\n" in resumed
    assert "面试报告" not in resumed
    report = json.loads(run("sessions", "resume", "--json", stdin=script("/skip", "/skip")).stdout)
    assert report["finished_at"]
    assert [turn["text"] for turn in report["turns"] if turn["kind"] == "answer"] == [ANSWER]


def test_quit_still_reports_what_was_answered() -> None:
    said = run("interview", "--rubric", "optimizer", stdin=f"{ANSWER}\n/quit\n我不再说话\n")
    assert "这场面试还没结束" in said.stdout
    assert "总分：" in said.stdout
    assert "我不再说话" not in said.stdout


def test_practice_shows_the_reference_after_an_attempt_and_a_mock_interview_does_not() -> None:
    mock = run("interview", "--rubric", "optimizer", stdin="/answer\n" + script(ANSWER) + "/answer\n/pause\n")
    assert mock.stdout.count("--mode practice") == 2
    practice = run(
        "interview", "--rubric", "optimizer", "--mode", "practice", stdin="/answer\n" + script(ANSWER) + "/answer\n"
    )
    assert "先试着答一次" in practice.stdout
    conversation, report = practice.stdout.split("面试报告")
    assert "参考答案\n" in conversation
    assert "参考答案\n" not in report


def test_commands_say_what_they_cannot_do() -> None:
    said = run("interview", "--rubric", "optimizer", stdin="/edit\n/foo\n/undo\n/skip 这题\n/help\n/pause\n")
    for words in ("/edit 要在终端里用", "/foo 不是命令", "还没有可以撤回的回答", "/skip 这题 不是命令", "/hint"):
        assert words in said.stdout


def test_no_input_at_all_leaves_no_session() -> None:
    said = run("interview", "--rubric", "optimizer")
    assert "没有作答" in said.stdout
    assert "没有留下记录" in said.stdout
    assert json.loads(run("sessions", "list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--rubric", "optimiser"], "optimizer"),
        (["--topic", "没有的"], "deep_learning"),
        (["--role", "cv", "--topic", "llm"], "role cv"),
        (["--judge", "llm"], "--judge offline"),
        (["--resume"], "none is unfinished"),
        (["--resume", "--topic", "超参数"], "cannot be combined"),
        (["--rubrics", "/nowhere"], "/nowhere"),
        (["--questions", "0"], "questions"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_with_a_remedy(arguments: list[str], complaint: str) -> None:
    said = run("interview", *arguments)
    assert said.exit_code == 2 or isinstance(said.exception, KaoguanError)
    assert complaint in f"{said.stderr}{said.exception}"


def test_an_answer_in_another_encoding_stops_the_interview_and_loses_nothing() -> None:
    data = script(ANSWER).encode() + "不知道\n".encode("gbk")
    said = kaoguan("interview", "--rubric", "optimizer", stdin=data, code=2)
    assert "iconv" in said.stderr
    assert "Traceback" not in said.stderr
    assert ANSWER in run("sessions", "show").stdout


def test_sessions_are_listed_shown_and_reported(tmp_path: Path) -> None:
    assert "No interviews yet" in run("sessions", "list").stdout
    run("interview", "--rubric", "optimizer", "--follow-ups", "0", stdin=script(ANSWER))
    run("interview", "--rubric", "batch_size", stdin="与数据有关\n/pause\n")
    latest, finished = json.loads(run("sessions", "list", "--json").stdout)
    assert (latest["finished_at"], latest["answered"]) == (None, 1)
    assert finished["final"] == finished["unaided"] > 0
    assert finished["id"] in run("sessions", "list").stdout
    assert ANSWER in run("sessions", "show", finished["id"][:4]).stdout
    shown = json.loads(run("sessions", "show", finished["id"], "--json").stdout)
    assert [turn["kind"] for turn in shown["turns"]] == ["question", "answer", "closing"]
    out = tmp_path / "report.md"
    run("sessions", "report", finished["id"], "--md", "-o", str(out))
    assert out.read_text(encoding="utf-8").startswith("# 面试报告")
    assert "总分：" in run("sessions", "report", finished["id"]).stdout
    assert json.loads(run("sessions", "report", finished["id"], "--json").stdout)["session"] == finished["id"]


def test_the_report_of_an_old_session_needs_neither_its_rubrics_nor_a_judge(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "rubrics"
    folder.mkdir()
    (source,) = (ROOT / "rubrics").rglob("optimizer.yaml")
    (folder / "mine.yaml").write_bytes(source.read_bytes())
    run("interview", "--rubrics", str(folder), "--follow-ups", "0", stdin=script(ANSWER))
    (folder / "mine.yaml").unlink()
    before = run("sessions", "report", "--json").stdout
    assert json.loads(before)["questions"][0]["score"]["final"] > 0


@pytest.mark.parametrize("wanted", [["sessions", "show"], ["sessions", "report", "zzz"], ["sessions", "resume"]])
def test_a_session_that_is_not_there_is_said(wanted: list[str]) -> None:
    assert "sessions" in str(run(*wanted).exception)
