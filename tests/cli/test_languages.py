"""Every screen in both languages: help, faults of usage, errors, and no text that stands outside the language files."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.cells import cell_len
from typer.main import get_command

from kaoguan import config, prompts, resources
from kaoguan.cli.help_page import param_name
from kaoguan.cli.main import app
from kaoguan.cli.usage import UsageWords
from kaoguan.errors import InputError, KaoguanError, RubricError
from kaoguan.models import LANGUAGES, Language
from kaoguan.text.script import is_chinese
from tests.cli.command import inside, kaoguan
from tests.english import SOURCE, sentences

HELP = prompts.load("translations/help", "zh").texts


def _commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name in getattr(command, "commands", ()):
        yield from _commands(command.commands[name], f"{path}.{name}" if path else name)


COMMANDS = dict(_commands(get_command(app)))
SINGLE = {path: command for path, command in COMMANDS.items() if not hasattr(command, "commands")}


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SINGLE)
def test_a_command_and_all_its_options_are_explained_in_both_languages(path: str) -> None:
    command = SINGLE[path]
    assert command.help and is_chinese(str(HELP.get(path, ""))), path
    for param in command.params:
        chinese = HELP.get(f"{path}.{param_name(param)}") or HELP.get(param_name(param))
        assert param.help, f"{path}: {param_name(param)} has no help in the code"
        assert chinese, f"words/zh/translations/help.yaml: {path}.{param_name(param)} is missing"


def test_a_text_shared_by_commands_stands_for_the_same_english() -> None:
    said: dict[str, set[str]] = {}
    for path, command in SINGLE.items():
        for param in command.params:
            if f"{path}.{param_name(param)}" not in HELP:
                said.setdefault(param_name(param), set()).add(param.help)
    assert {name: texts for name, texts in said.items() if len(texts) > 1} == {}


def test_nothing_is_explained_that_is_not_there() -> None:
    names = {param_name(param) for command in SINGLE.values() for param in command.params}
    names |= {f"{path}.{param_name(param)}" for path, command in SINGLE.items() for param in command.params}
    assert set(HELP) - names - set(SINGLE) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_line(language: Language) -> None:
    assert [path for path in COMMANDS if (path or "kaoguan") not in UsageWords(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quick_reader_reads_what_yaml_reads(language: Language) -> None:
    file = resources.WORDS / language / "usage.yaml"
    texts = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert texts == {key: UsageWords(language)._texts[key] for key in texts}


@pytest.mark.parametrize("path", COMMANDS)
def test_chinese_help_is_chinese_and_fits(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    page = inside(*path.split("."), "--help").stdout if path else inside("--help").stdout
    assert page.startswith("用法：")
    assert "Show" not in page and "default" not in page
    assert max(map(cell_len, page.splitlines())) <= 80


@pytest.mark.parametrize("path", COMMANDS)
def test_english_help_is_english(path: str) -> None:
    page = inside(*path.split("."), "--help").stdout if path else inside("--help").stdout
    assert page.startswith("Usage: ")
    # Names of columns that are understood in both languages.
    assert not is_chinese(page)


@pytest.mark.parametrize(
    ("environment", "arguments", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, [], True),
        ({"LANG": "zh_TW"}, [], True),
        ({"LANG": "en_US.UTF-8"}, [], False),
        ({"LANG": "C.UTF-8"}, [], False),
        ({}, [], False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.GBK"}, [], True),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, [], True),
        ({"LANG": "zh_CN.UTF-8", "KAOGUAN_LANGUAGE": "en"}, [], False),
        ({"LANG": "en_US.UTF-8", "KAOGUAN_LANGUAGE": "zh"}, [], True),
        ({"KAOGUAN_LANGUAGE": "en"}, ["--language", "zh"], True),
        ({"LANG": "zh_CN.UTF-8"}, ["--language", "en"], False),
    ],
)
def test_the_language_is_the_options_then_the_settings_then_the_systems(
    environment: dict[str, str], arguments: list[str], chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG")
    # The option sets it; afterwards it must be gone again.
    monkeypatch.setenv("KAOGUAN_LANGUAGE", "")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert inside(*arguments, "--help").stdout.startswith("用法：" if chinese else "Usage: ")


def test_a_setting_comes_before_the_system(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    (home / "config.toml").write_text('language = "zh"\n')
    assert config.spoken() == config.load().screen == "zh"
    (home / "config.toml").write_text("language = ")
    assert config.spoken() == "en"


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grad"], "没有 grad 这个命令。你是不是想用 grade？"),
        (["sessions", "lst"], "没有 lst 这个命令。你是不是想用 list？"),
        (["due", "--al"], "没有 --al 这个选项。"),
        (["grade", "--judge", "x"], "--judge 不能写 x：请从 auto, offline, llm, hybrid 里选一个。"),
        (["interview", "--follow-ups", "77"], "--follow-ups 不能写 77：最大是 9。"),
        (["interview", "--questions", "0"], "--questions 不能写 0：最小是 1。"),
        (["interview", "--questions", "x"], "--questions 不能写 x：请写一个整数。"),
        (["grade", "--max-cost", "x"], "--max-cost 不能写 x：请写一个数。"),
        (["sessions", "search"], "缺少 WORDS。"),
        (["distill", "x"], "缺少 --out。"),
        (["paths", "x", "y"], "命令后面多了这些：x y"),
        (["grade", "--judge"], "--judge 后面要跟一个值。"),
        (["paths", "--json=1"], "--json 后面不用跟值。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_faults_of_usage_are_told_in_chinese(arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    told = inside(*arguments, code=2).stderr
    assert said in told
    assert told.startswith("用法：") and "看用法：" in told


def test_every_sentence_of_an_error_is_known_in_chinese() -> None:
    known = {name: prompts.load(f"translations/{name}", "zh").texts for name in ("errors", "places")}
    missing = [
        f"{one.place}: {one.text!r}"
        for one in sentences()
        if one.text not in known["errors"] and one.text not in known["places"]
    ]
    assert missing == [], "write them into words/zh/translations/errors.yaml"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            InputError("rubric 'x'", "there is none with this id", "try rope, ann"),
            "题目 'x'：没有这个编号；试试 rope, ann",
        ),
        (
            InputError("a.csv", "cannot be read (Permission denied)", "check the path"),
            "a.csv：读不了（没有权限）；看看路径对不对",
        ),
        (InputError("where", "was never seen before", "do this"), "where：was never seen before；do this"),
        (
            RubricError([InputError("a", "is empty", "split it"), InputError("b", "is damaged", "split it")]),
            "a：是空的；请拆成几份\nb：已经损坏；请拆成几份",
        ),
    ],
    ids=["an id", "a reason of the system", "unknown", "several faults"],
)
def test_an_error_is_said_in_chinese(error: KaoguanError, said: str) -> None:
    assert prompts.said(error, "zh") == said
    assert prompts.said(error, "en") == str(error)


# --- no text outside the language files -------------------------------------------------------------------------------

# What shows its arguments to a person, and the rooms that do.
SHOWING = {"echo", "secho", "Column", "add_task", "add_column", "track", "section", "confirmed", "print"}
ROOMS = ("cli", "report", "interview")
PHRASE = re.compile(r"[A-Za-z]{2,} +[a-z]{2,}|[\u4e00-\u9fff]{2,}")  # two words of English, or Chinese


def test_no_screen_text_stands_outside_the_language_files() -> None:
    found = [
        f"{file.relative_to(SOURCE)}:{call.lineno}: {text}"
        for room in ROOMS
        for file in sorted((SOURCE / room).rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in SHOWING
        for argument in call.args
        for text in _shown(argument)
        if PHRASE.search(text)
    ]
    # A command line to be typed is the same in both languages.
    assert [one for one in found if "&& kaoguan" not in one] == []


def _shown(node: ast.expr) -> Iterator[str]:
    """Yield the texts of an argument, but for keys of the language files: those stand in a call of their own."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)  # type: ignore[misc]
        case ast.BinOp(left=left, right=right):
            yield from _shown(left)
            yield from _shown(right)
        case ast.IfExp(body=body, orelse=other):
            yield from _shown(body)
            yield from _shown(other)


# --- start-up and odd terminals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gbk", "cp437", "ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_encoding_of_the_output_is_too_small(
    encoding: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAOGUAN_LANGUAGE", language)
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    for arguments, code in ((["--help"], 0), (["rubrics", "show", "optimizer"], 0), (["rubrics", "show", "x"], 2)):
        run = subprocess.run([sys.executable, "-m", "kaoguan", *arguments], capture_output=True, check=False)
        assert run.returncode == code, run.stderr
        assert b"Traceback" not in run.stderr
        # typer takes an ASCII stream for one that nobody configured, and writes UTF-8.
        (run.stdout or run.stderr).decode("utf-8" if encoding == "ascii" else encoding)


def test_json_is_utf_8_whatever_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    run = subprocess.run(
        [sys.executable, "-m", "kaoguan", "rubrics", "show", "optimizer", "--json"], capture_output=True, check=True
    )
    assert is_chinese(run.stdout.decode("utf-8"))


@pytest.mark.parametrize("columns", ["0", "", "1", "20"])
def test_a_terminal_of_no_width_is_none(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "Usage" in kaoguan("--help").stdout
    assert "judge" in kaoguan("paths").stdout


WITHOUT_TERMIOS = """
import sys
for name in ("termios", "tty", "fcntl", "resource", "pwd"):
    sys.modules[name] = None
sys.argv = ["kaoguan", *sys.argv[1:]]
from kaoguan.cli.main import run
run()
"""


def test_an_interview_needs_no_termios() -> None:
    arguments = ["interview", "--rubric", "optimizer", "--judge", "offline", "--follow-ups", "0"]
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", WITHOUT_TERMIOS, *arguments],
        input="优化器根据梯度更新参数，让损失变小。\n\n".encode(),
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert "优化器" in run.stdout.decode()
