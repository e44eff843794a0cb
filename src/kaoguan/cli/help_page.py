"""The help page of a command, in the language of the screen.

English stands in the code, beside what it describes: the docstring of a command and the `help` of an option. Chinese
stands in `words/zh/translations/help.yaml` under the names of both: `grade` and `grade.--judge`, or `--judge` where an
option means the same in all commands. Examples stand in `words/<language>/examples.yaml`. The first page, which nobody
should wait for, needs only `usage.yaml`.
"""

import inspect
import shutil
from collections.abc import Mapping
from typing import Any

from kaoguan.cli.panels import PANELS, panel
from kaoguan.cli.usage import UsageWords, bare_metavar, usage_words
from kaoguan.text.wrap import wrap

# As typer's pages: no lines that are hard to read, and room for a sentence beside an option.
_WIDEST = 80
_NARROWEST = 50
_COLUMN = 30

Texts = Mapping[str, str | list[str]]


def path_of(context: Any) -> str:
    """Return the name of a command below `kaoguan`, `sessions.delete`; of the program itself ``""``."""
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    return ".".join(names)


def usage_line(command: Any, context: Any) -> str:
    """Return how a command is written."""
    words = usage_words()
    pieces = [context.command_path, words.say("options_metavar")]
    for param in command.params:
        if param.param_type_name == "argument":
            name = bare_metavar(param)
            pieces.append((name if param.required else f"[{name}]") + ("..." if param.nargs != 1 else ""))
    if hasattr(command, "commands"):
        pieces.append(words.say("command_metavar"))
    return words.say("usage", usage=" ".join(pieces))


def help_page(command: Any, context: Any) -> str:
    """Return the help page of a command or of a group of commands."""
    words, path = usage_words(), path_of(context)
    group = hasattr(command, "commands")
    texts = {} if group or words.language == "en" else _translations()
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST + 2), _WIDEST) - 2
    page = [usage_line(command, context), "", *_about(command, path, texts, words, width)]
    params = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    sections = _commands(command, path, words) if group else {}
    rows: dict[str, list[tuple[str, str]]] = {
        "arguments": [],
        **{f"panel_{name}": [] for name in PANELS},
        "options": [],
    }
    for param in params:
        rows[_title(param, path)].append((_left(param, context), _right(param, path, context, texts, words)))
    together = [row for some in sections.values() for row in some]
    for title, some in [*sections.items(), *rows.items()]:
        page += _section(words.say(title), some, width, _column(together if title in sections else some))
    # Not on the first page, which reads no YAML: `kaoguan` alone says how to start.
    if path:
        page += ["", words.say("examples"), *(f"  {example}" for example in _examples(command, path, words))]
    return "\n".join(page)


def _translations() -> Texts:
    from kaoguan import prompts  # YAML: 0.03 s, which the first page does without

    return prompts.load("translations/help", "zh").texts


def _commands(command: Any, path: str, words: UsageWords) -> dict[str, list[tuple[str, str]]]:
    """Return names and lines of the commands of a group under the titles of its panels."""
    panels = getattr(command, "panels", None) or {"commands": command.commands}
    return {
        title: [(name, words.say(f"{path}.{name}" if path else name)) for name in names]
        for title, names in panels.items()
    }


def _title(param: Any, path: str) -> str:
    """Return under which title of `usage.yaml` a parameter stands."""
    if param.param_type_name == "argument":
        return "arguments"
    name = panel(path, param_name(param))
    return name if name == "options" else f"panel_{name}"


def _examples(command: Any, path: str, words: UsageWords) -> list[str]:
    """Return command lines to type: a command's own, of a group the first of each of its commands."""
    from kaoguan import prompts  # YAML: as for the translations

    wording = prompts.load("examples", words.language)
    if not hasattr(command, "commands"):
        return list(wording.options(path))
    return [wording.options(f"{path}.{name}")[0] for name in command.commands]


def _about(command: Any, path: str, texts: Texts, words: UsageWords, width: int) -> list[str]:
    key = path or "kaoguan"
    text = words.say(key) if hasattr(command, "commands") else str(texts.get(key) or _paragraphs(command.help or ""))
    return [*wrap(text.strip(), width, "  ").splitlines()]


def _paragraphs(docstring: str) -> str:
    """Return a docstring with one line a paragraph."""
    return "\n\n".join(" ".join(part.splitlines()) for part in inspect.cleandoc(docstring).split("\n\n"))


def _left(param: Any, context: Any) -> str:
    if param.param_type_name == "argument":
        return bare_metavar(param)
    return str(param.get_help_record(context)[0])


def _right(param: Any, path: str, context: Any, texts: Texts, words: UsageWords) -> str:
    """Return what an option is for, with its default and its range as typer finds them."""
    english = param.help or ""
    said = str(param.get_help_record(context)[1])[len(english) :].strip().strip("[]")
    facts = [_fact(fact, words) for fact in said.split("; ") if fact]
    return "  ".join([param_help(param, path, texts, words), *facts]).strip()


def _fact(fact: str, words: UsageWords) -> str:
    """Return `default: 3`, `required` or a range such as `x>=1` in our words."""
    if fact == "required":
        return words.say("required")
    return words.say("default", value=fact.removeprefix("default: ")) if fact.startswith("default: ") else f"[{fact}]"


def param_help(param: Any, path: str, texts: Texts, words: UsageWords) -> str:
    """Return the help of an option or argument in the language of `words`."""
    name = param_name(param)
    common = f"option_{name.removeprefix('--').replace('-', '_')}"
    if common in words and (not path or (common in {"option_help", "option_language"} and not param.expose_value)):
        return words.say(common)
    return str(texts.get(f"{path}.{name}") or texts.get(name) or param.help or "")


def param_name(param: Any) -> str:
    """Return under which name a text stands: the long form of an option, the name of an argument."""
    return max(param.opts, key=len) if param.param_type_name == "option" else bare_metavar(param)


def _column(rows: list[tuple[str, str]]) -> int:
    """Return where what is said of these rows begins."""
    from rich.cells import cell_len

    return min(max((cell_len(left) for left, _ in rows), default=0) + 4, _COLUMN + 4)


def _section(title: str, rows: list[tuple[str, str]], width: int, column: int) -> list[str]:
    if not rows:
        return []
    from rich.cells import cell_len

    lines = ["", title]
    for left, right in rows:
        indent = " " * column
        begun = f"  {left}" + " " * max(2, column - 2 - cell_len(left))
        if cell_len(left) + 4 > column:
            lines.append(f"  {left}")
            begun = indent
        lines += wrap(right, width, indent, begun).splitlines() if right else [begun.rstrip()]
    return lines
