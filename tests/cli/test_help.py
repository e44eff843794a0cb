"""The help pages: whole at 80 columns in both languages, in groups, with examples that the program understands."""

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command

from kaoguan import prompts
from kaoguan.cli.help_page import param_name
from kaoguan.cli.main import Commands, app
from kaoguan.cli.panels import PANELS
from kaoguan.cli.usage import UsageWords
from kaoguan.models import LANGUAGES, Language
from tests.cli.command import inside


def _commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name in getattr(command, "commands", ()):
        yield from _commands(command.commands[name], f"{path}.{name}" if path else name)


COMMANDS = dict(_commands(get_command(app)))
SINGLE = {path: command for path, command in COMMANDS.items() if not hasattr(command, "commands")}
OPTIONS = [
    (path, param) for path, command in SINGLE.items() for param in command.params if param.param_type_name == "option"
]


def page(path: str, language: Language) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAOGUAN_LANGUAGE", language)
        return inside(*filter(None, path.split(".")), "--help").stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", COMMANDS)
def test_nothing_is_cut_at_80_columns(path: str, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = page(path, language)
    assert "…" not in shown and "..." not in shown.split("\n", 1)[1]
    assert max(map(cell_len, shown.splitlines())) <= 80
    missing = [
        param_name(param) for param in COMMANDS[path].params if not param.hidden and param_name(param) not in shown
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_stands_in_one_panel(language: Language) -> None:
    named = [name for names in Commands.panels.values() for name in names]
    assert sorted(named) == sorted(Commands.table)
    shown = page("", language)
    assert all(UsageWords(language).say(title) in shown for title in Commands.panels)


def test_every_option_of_a_panel_exists() -> None:
    there = {name for path, param in OPTIONS for name in (param_name(param), f"{path}.{param_name(param)}")}
    assert {option for options in PANELS.values() for option in options} - there == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_that_belong_together_stand_together(language: Language) -> None:
    shown, words = page("grade", language), UsageWords(language)
    titles = [f"panel_{name}" for name in ("one_answer", "answers", "results", "judge", "work")]
    places = [shown.index(words.say(title)) for title in [*titles, "options", "examples"]]
    assert places == sorted(places)
    assert places[3] < shown.index("--calls") < places[4]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SINGLE)
def test_every_command_has_examples_that_the_program_understands(path: str, language: Language) -> None:
    for example in prompts.load("examples", language).options(path):
        words = shlex.split(example)
        assert words[: 1 + path.count(".") + 1] == ["kaoguan", *path.split(".")]
        assert example in page(path, language)
        command = SINGLE[path]
        # Raises what a person would read if it were not understood.
        command.make_context(path, words[path.count(".") + 2 :])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [path for path in COMMANDS if path and path not in SINGLE])
def test_a_group_shows_an_example_of_each_of_its_commands(path: str, language: Language) -> None:
    shown, examples = page(path, language), prompts.load("examples", language)
    for name in COMMANDS[path].commands:
        assert examples.options(f"{path}.{name}")[0] in shown


@pytest.mark.parametrize(("language", "said"), [("en", "# Start here"), ("zh", "# 怎么开始")])
def test_kaoguan_alone_says_how_to_start(language: Language, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAOGUAN_LANGUAGE", language)
    shown = inside().stdout
    assert shown.startswith(said)
    assert "kaoguan interview" in shown and "kaoguan --help" in shown
