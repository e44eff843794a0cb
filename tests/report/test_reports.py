"""Reports: exact, readable at every width, never flattering."""

import io
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from kaoguan.documents.at_hand import remember
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Mode, Plan, Report
from kaoguan.models import KeyPoint, Language
from kaoguan.report import markdown, terminal
from kaoguan.report.phrases import SYMBOLS, UNSURE
from kaoguan.session import Kind
from kaoguan.testing import KeywordJudge, Ticks
from tests.interview.bank import DOCUMENT, PERFECT, rubric

QUOTED = re.compile(r"「([^」]*)」")


def report_of(*answers: str, language: Language = "zh", confidence: float = 0.9) -> Report:
    plan = Plan(rubrics=(rubric(1), rubric(2)), language=language, follow_ups=1)
    interview = Interview.start(plan, Grader(KeywordJudge(confidence)), clock=Ticks())
    for answer in answers:
        if answer == "/skip":
            interview.skip()
        else:
            interview.submit(answer)
    return interview.report()


def drawn(report: Report, width: int | None = None, *, full: bool = True) -> str:
    file = io.StringIO()
    on_terminal = width is not None
    console = Console(file=file, width=width, force_terminal=on_terminal, color_system=None, highlight=False)
    terminal.draw_report(console, report, full=full)
    return file.getvalue()


MIXED = ("第1题的甲要点成立\n不对：第1题的乙要点成立", "误以为1无所谓", "与数据有关", "还是与数据有关")


def test_every_quote_was_typed() -> None:
    report = report_of(*MIXED)
    quotes = QUOTED.findall(drawn(report))
    assert quotes == ["第1题的甲要点成立", "第1题的乙要点成立", "误以为1无所谓"]
    assert all(any(quote in answer for answer in MIXED) for quote in quotes)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = drawn(report_of(*MIXED), width).split("\n")
    assert max(cell_len(line) for line in lines) < width


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_says_what_was_missed_and_what_teaches_it(language: Language) -> None:
    text = drawn(report_of("第1题的甲要点成立", "与数据有关", "与数据有关", "与数据有关", language=language))
    assert "第1题的丙要点成立" in text
    assert "丙的讲解（1）。" in text
    assert "甲的讲解（1）。" not in text
    assert DOCUMENT not in text  # nobody here has it
    assert "50" in text
    assert "2/2" in text or "2 of 2" in text


def test_verdicts_are_told_apart_without_colour() -> None:
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)
    text = drawn(report_of(*MIXED))
    assert "✓ 答到  第1题的甲" in text
    assert "! 说反了  第1题的乙" in text
    assert "✗ 没答到  第1题的丙" in text


def test_nothing_covered_earns_no_praise() -> None:
    text = drawn(report_of("与数据有关", "与数据有关", "与数据有关", "与数据有关"))
    assert not re.search("不错|很好|优秀|棒|加油|恭喜", text)
    assert "答到 " not in text.replace("没答到 ", "")
    assert "6 个要点：没答到 6。" in text


def test_a_gain_by_a_follow_up_is_marked() -> None:
    text = drawn(report_of("与数据有关", "第1题的甲要点成立", "与数据有关", "与数据有关"))
    assert "✓ 答到（追问后）  第1题的甲" in text
    assert "0 → 50 分" in text


def test_doubt_is_said_and_what_the_judge_cannot_see() -> None:
    text = drawn(report_of(PERFECT.format(1), PERFECT.format(2), confidence=UNSURE - 0.1))
    assert "判分把握不大" in text
    assert "看不懂推导" in text
    assert "看不懂推导" not in drawn(report_of(PERFECT.format(1), PERFECT.format(2)))


@pytest.mark.parametrize("width", [40, 80])
def test_a_short_report_takes_at_most_fifteen_lines_a_question(width: int) -> None:
    note = "先把概念说清楚，再讲为什么，最后讲怎么做。" * 8
    nine = tuple(
        KeyPoint(id=f"p{n}", text=f"第{n}个要点，" + "说得很长很长，" * 8, weight=3, note=note) for n in range(1, 10)
    )
    about = rubric(1).model_copy(update={"key_points": nine})
    interview = Interview.start(Plan(rubrics=(about,), language="zh"), Grader(KeywordJudge()), clock=Ticks())
    interview.submit("误以为1无所谓")
    (shown,) = re.findall(r"\n(第 1 题.*?)\n\n", drawn(interview.report(), width, full=False), re.DOTALL)
    assert 10 <= len(shown.split("\n")) <= 15 + (width == 40)
    assert "讲解：先把概念说清楚" in shown
    assert "--full" in drawn(interview.report(), full=False)


def test_a_retry_is_drawn_with_the_words_that_changed_it() -> None:
    plan = Plan(rubrics=(rubric(1),), language="zh", mode=Mode.PRACTICE)
    interview = Interview.start(plan, Grader(KeywordJudge()), clock=Ticks())
    interview.submit("不知道")
    interview.submit("第1题的甲要点成立")
    file = io.StringIO()
    terminal.draw_feedback(Console(file=file, width=100), interview.report().questions[0], "zh")
    assert "没答到 → 答到  第1题的甲要点成立\n    「第1题的甲要点成立」" in file.getvalue()
    assert "还差这些" in file.getvalue()


def test_an_unanswered_question_is_not_spoiled_but_a_skipped_one_is_explained() -> None:
    assert "第1题的甲要点成立" not in drawn(report_of())
    assert "第1题的甲要点成立" in drawn(report_of("/skip"))


def test_a_session_without_answers_has_no_score() -> None:
    report = report_of("/skip", "/skip")
    assert report.score.final is None
    assert "没有作答，没有可评的内容（共 2 题）" in drawn(report)


def test_control_characters_stay_away_from_the_terminal() -> None:
    text = drawn(report_of("第1题的\x1b[31m甲\x07", "\u202e第1题的甲要点成立"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", text)


def test_one_grade_can_be_drawn_by_itself() -> None:
    about, answer = rubric(1), "第1题的甲要点成立"
    file = io.StringIO()
    grade = Grader(KeywordJudge()).grade(about, answer)
    terminal.draw_grade(Console(file=file, highlight=False), about, answer, grade)
    assert "50 分" in file.getvalue()
    assert f"「{answer}」" in file.getvalue()
    assert "重答" not in file.getvalue()


HOSTILE = "<script>alert(1)</script> ![x](http://e) # 标题\n- 列表\n1. 一\n```\n|a|b|"


def test_markdown_shows_hostile_answers_as_they_are() -> None:
    text = markdown.render_markdown(report_of(HOSTILE, "与数据有关", "与数据有关", "与数据有关"))
    assert "<script>" not in text
    assert "![x](" not in text
    assert not re.search(r"^(- 列表|1\. 一|```)", text, re.MULTILINE)
    assert text.startswith("# 面试报告\n")


def test_markdown_holds_the_transcript_and_the_quotes() -> None:
    report = report_of(*MIXED)
    text = markdown.render_markdown(report)
    assert "「第1题的甲要点成立」" in text
    assert text.count("**考官**") == sum(turn.speaker == Kind.QUESTION.speaker for turn in report.turns)


def test_lines_to_read_are_named_with_their_command_where_the_document_is_at_hand(home: Path, tmp_path: Path) -> None:
    (tmp_path / DOCUMENT).write_text("甲\n乙\n丙\n", encoding="utf-8")
    remember(home / "documents.json", [tmp_path / DOCUMENT])
    said = ("与数据有关", "与数据有关", "与数据有关", "与数据有关")
    shown = "".join(drawn(report_of(*said)).split())
    assert f"{DOCUMENT}第1–2行（看原文：kaoguanrubricslines'{DOCUMENT}'1-2）" in shown
    (tmp_path / DOCUMENT).write_text("改过了", encoding="utf-8")
    assert DOCUMENT not in drawn(report_of(*said))
