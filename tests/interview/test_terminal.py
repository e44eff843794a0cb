"""A person types Chinese at a real terminal: nothing is lost, nothing is submitted by accident."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoguan import config
from kaoguan.interview.talk.terminal import Enter, ends_in_empty_line, fitting, on_enter, without_gesture
from kaoguan.session import Kind, Turn
from kaoguan.store import Store
from tests.interview.person import ALT_ENTER, BACKSPACE, CTRL_C, CTRL_D, CTRL_J, DOWN, ENTER, UP, Person


@pytest.mark.parametrize(
    ("text", "pasting", "submits", "newline"),
    [
        ("", False, Enter.NOTHING, Enter.NOTHING),
        ("  ", False, Enter.NOTHING, Enter.NOTHING),
        ("你好", False, Enter.SUBMIT, Enter.NEW_LINE),
        ("你好\n", False, Enter.SUBMIT, Enter.NEW_LINE),
        ("你好\n\n", False, Enter.SUBMIT, Enter.SUBMIT),
        ("你好\n\n", True, Enter.NEW_LINE, Enter.NEW_LINE),
        ("第一段\n\n第二段", False, Enter.SUBMIT, Enter.NEW_LINE),
        ("第一段\n\n第二段", True, Enter.NEW_LINE, Enter.NEW_LINE),
        ("/skip", False, Enter.SUBMIT, Enter.SUBMIT),
        ("/skip", True, Enter.NEW_LINE, Enter.NEW_LINE),
        ("／提示", False, Enter.SUBMIT, Enter.SUBMIT),
        ("/foo", False, Enter.SUBMIT, Enter.SUBMIT),
        ("写了一半\n/hint", False, Enter.SUBMIT, Enter.SUBMIT),
        ("skip", False, Enter.SUBMIT, Enter.NEW_LINE),
    ],
)
def test_what_enter_does(text: str, pasting: bool, submits: Enter, newline: Enter) -> None:
    assert on_enter(text, at_end=True, pasting=pasting) is submits
    assert on_enter(text, at_end=True, pasting=pasting, submits=False) is newline


def test_where_enter_makes_new_lines_it_never_submits_in_the_middle() -> None:
    assert on_enter("第一行\n\n", at_end=False, pasting=False, submits=False) is Enter.NEW_LINE


def test_the_gesture_is_no_part_of_the_answer() -> None:
    assert without_gesture("  甲\n\n乙\n \n\n") == "  甲\n\n乙"
    assert not ends_in_empty_line("甲\n")


def test_the_toolbar_takes_the_longest_text_that_fits() -> None:
    assert fitting(("很长很长的说明", "短的"), 10) == "短的"
    assert fitting(("很长很长的说明", "短的"), 2) == "短的"


def stored() -> list[Turn]:
    with Store.open(config.folders().database) as store:
        return list(store.turns(store.latest().id))


def sessions() -> int:
    with Store.open(config.folders().database) as store:
        return store.count()


def answers() -> list[str]:
    return [turn.text for turn in stored() if turn.kind is Kind.ANSWER]


@pytest.fixture
def person() -> Iterator[Person]:
    with Person() as person:
        person.see("请谈谈主题1").see("Enter 提交")
        yield person


def test_chinese_is_typed_and_erased_by_the_character(person: Person) -> None:
    person.type("你好").see("> 你好").type(BACKSPACE).miss("你好").see("> 你")
    person.type("们").type(CTRL_D).see("追问 1/2")
    assert answers() == ["你们"]


def test_one_enter_submits_a_line(person: Person) -> None:
    person.type("一句话").see("一句话").settle().type(ENTER).see("追问 1/2")
    assert answers() == ["一句话"]


def test_an_empty_prompt_submits_nothing(person: Person) -> None:
    person.settle().settle().settle().settle().type(ENTER).see("还没有写内容").type(CTRL_D).settle()
    assert sessions() == 0


@pytest.mark.parametrize("key", [ALT_ENTER, CTRL_J], ids=["alt-enter", "ctrl-j"])
def test_more_lines_are_made_on_purpose(person: Person, key: str) -> None:
    person.type("第一行").see("第一行").type(key).type("第二行").see("第二行").settle()
    assert sessions() <= 1  # the draft is kept, nothing is submitted
    person.type(ENTER).see("追问 1/2")
    assert answers() == ["第一行\n第二行"]


def test_an_enter_in_the_same_moment_as_the_words_submits_nothing(person: Person) -> None:
    # An input method that lets the Enter through with which a word was confirmed sends both at once.
    for word in ("梯度", "消失", "是因为"):
        person.type(f"{word}{ENTER}").see(word).settle()
    assert sessions() == 0
    person.type("饱和").see("饱和").settle().type(ENTER).see("追问 1/2")
    assert answers() == ["梯度\n消失\n是因为\n饱和"]


def test_the_old_way_is_a_setting() -> None:
    with Person(env={"KAOGUAN_ENTER": "newline"}) as person:
        person.see("请谈谈主题1").see("Ctrl-D 提交")
        for word in ("梯度", "消失"):
            person.type(word).see(word).settle().type(ENTER)
        person.settle()
        assert answers() == []
        person.type(ENTER).see("再按一次 Enter 就提交").type(ENTER).see("追问 1/2")
    assert answers() == ["梯度\n消失"]


def test_who_only_looks_leaves_nothing_behind(person: Person) -> None:
    person.type("/hint").see("/hint").settle().type(ENTER).see("提示").settle()
    person.type("／结束").see("／结束").settle().type(ENTER).see("没有留下记录")
    assert person.leave() == 0
    assert sessions() == 0


def test_five_thousand_characters_are_pasted_unchanged(person: Person) -> None:
    lines = [
        f"{number}. 梯度 $\\nabla L_{{{number}}}$ 消失 vanishing, mixed 中英 text，标点……" for number in range(125)
    ]
    text = "\n".join([*lines, "/skip", "", "// 最后一段"])
    assert len(text) > 5000
    person.paste(text).see("最后一段", seconds=20).settle()
    assert sessions() == 0 or answers() == []
    person.type(CTRL_D).see("追问 1/2", seconds=20)
    assert answers() == [text]


def test_a_paste_without_brackets_submits_nothing(person: Person) -> None:
    person.type("第一行\r\r\r第二行\r/skip\r第三行").see("第三行").settle()
    assert sessions() == 0 or answers() == []
    person.type(CTRL_D).see("追问 1/2")
    assert answers() == ["第一行\n\n\n第二行\n/skip\n第三行"]


def test_a_draft_survives_browsing_the_history(person: Person) -> None:
    person.type("头一个回答").see("头一个回答").type(CTRL_D).see("追问 1/2")
    person.type("写了一半").see("写了一半").type(UP).miss("写了一半").type(DOWN).see("写了一半").type(CTRL_D)
    person.see("追问 2/2")
    assert answers() == ["头一个回答", "写了一半"]


def test_ctrl_c_asks_keeps_the_draft_and_leaves_with_130(person: Person) -> None:
    person.type("写了一半").see("写了一半").type(CTRL_C).see("再按一次 Ctrl-C 离开").see("写了一半")
    person.type("接着写").see("写了一半接着写").miss("再按一次")
    person.type(CTRL_C).see("再按一次 Ctrl-C 离开").type(CTRL_C).see("--resume")
    assert person.leave() == 130
    with Person("--resume") as again:
        again.see("请谈谈主题1").see("> 写了一半接着写").type(CTRL_D).see("追问 1/2")
    assert answers() == ["写了一半接着写"]


def test_a_command_below_a_draft_keeps_the_draft(person: Person) -> None:
    person.type("写了一半").see("写了一半").type(ALT_ENTER).type("/hint").see("/hint").settle().type(ENTER).see(
        "提示 1/3"
    )
    person.until(lambda: person.shown.count("> 写了一半") == 2).settle().type(CTRL_D).see("追问 1/2")
    assert answers() == ["写了一半"]
    assert Kind.HINT in [turn.kind for turn in stored()]


def test_undo_gives_the_text_back(person: Person) -> None:
    person.type("写了一半").see("写了一半").type(CTRL_D).see("追问 1/2")
    person.type("/undo").see("/undo").settle().type(ENTER).see("已撤回上一次提交。你写的还在下面").settle()
    person.type("了").see("> 写了一半了").type(CTRL_D).until(lambda: answers() == ["写了一半", "写了一半了"])


@pytest.mark.parametrize(
    "gesture", ["/edit\r", "草稿\x18\x05", "草稿\n/edit\r"], ids=["command", "keys", "below a draft"]
)
def test_the_editor_gets_the_draft_and_submits_nothing(tmp_path: Path, gesture: str) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf '在编辑器里写的\\n第二行' >> \"$1\"\n")
    editor.chmod(0o700)
    with Person(env={"EDITOR": str(editor), "VISUAL": str(editor)}) as person:
        person.see("Enter 提交")
        for key in gesture.partition("\r")[0], *gesture.partition("\r")[1:]:
            person.type(key).settle()
        person.see("在编辑器里写的").settle()
        assert sessions() == 0 or answers() == []
        person.type(CTRL_D).see("追问 1/2")
    draft = "草稿" if "草稿" in gesture else ""
    assert answers() == [f"{draft}在编辑器里写的\n第二行"]


def test_a_first_session_needs_no_key_but_letters_and_enter(person: Person) -> None:
    for number in (1, 2, 3):
        person.see(f"请谈谈主题{number}").settle()
        names = "甲乙丙" if number < 3 else "甲"
        person.type("，".join(f"第{number}题的{name}要点成立" for name in names)).settle().type(ENTER)
    person.see("追问 1/2").settle().type("不知道").see("不知道").settle().type(ENTER)
    person.see("追问 2/2").see("没关系").settle().type("也不会").see("也不会").settle().type(ENTER)
    person.see("总分：83.3 → 83.3 分（首答 → 追问后），答了 3/3 题。").see("按 Enter 往下看").type(ENTER).see(
        "sessions report --full"
    )
    assert person.leave() == 0


@pytest.mark.parametrize("columns", [40, 200])
def test_the_screen_holds_at_any_width(columns: int) -> None:
    with Person(columns=columns, lines=40) as person:
        person.see("请谈谈主题1").see("Enter 提交").type("/help").see("/help").settle().type(ENTER).see(
            "/quit"
        ).settle()
        words = "中文字符与 English words 混排，" * 8 + "完"
        person.type(words).see("完")
        shown = "".join(line.removeprefix(">").strip() for line in person.shown.split("\n"))
        assert words.replace(" ", "") in shown.replace(" ", "")
        person.type(CTRL_D).see("追问 1/2")
    assert answers() == [words]


def test_no_color_means_none() -> None:
    with Person(env={"NO_COLOR": "1"}) as person:
        person.see("Enter 提交").type("甲").see("甲").type(CTRL_D).see("追问 1/2")
        colours = [cell.fg for row in person.screen.buffer.values() for cell in row.values() if cell.fg != "default"]
        assert colours == []


def test_keys_typed_while_the_interviewer_speaks_show_at_the_next_prompt_only() -> None:
    with Person() as person:
        person.see("共 3 题").type("早早打好的字").see("> 早早打好的字").settle()
        assert person.shown.count("早早打好的字") == 1


def test_the_other_screen_is_never_used(person: Person) -> None:
    person.type("甲").see("甲").type(CTRL_D).see("追问 1/2")
    assert b"\x1b[?1049h" not in person.raw


def test_a_dumb_terminal_gets_plain_lines() -> None:
    with Person(env={"TERM": "dumb"}) as person:
        person.see("请谈谈主题1").type("大概吧\n\n").see("追问 1/2")
        assert b"\x1b" not in person.raw
    assert answers() == ["大概吧"]


def test_escape_sequences_in_an_answer_never_come_back(person: Person) -> None:
    person.paste("第1题的甲\x1b[2J要点成立").settle()
    person.type(CTRL_D).see("追问 1/2")
    assert b"\x1b[2J\xe8\xa6\x81" not in person.raw


@pytest.mark.parametrize("moment", [0.0, 0.02])
def test_a_kill_at_any_moment_loses_no_submitted_answer(moment: float) -> None:
    with Person() as person:
        person.see("Enter 提交").type("第一个回答").see("第一个回答").type(CTRL_D).see("追问 1/2").settle()
        person.type("第二个回答").see("第二个回答").type(CTRL_D)
        if moment:
            time.sleep(moment)
        person.kill()
    kept = answers()
    assert kept in (["第一个回答"], ["第一个回答", "第二个回答"])
    place = f"追问 {len(kept)}/2"
    with Person("--resume") as again:
        again.see("接着上次的地方继续").see(place)
