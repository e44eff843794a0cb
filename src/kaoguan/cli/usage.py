"""What is said of commands as such: their lines in a list, the words of a help page, and faults of what was typed.

These texts are read at every start, so not as YAML but line by line: `words/<language>/usage.yaml`.
"""

import string
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from kaoguan import config, resources
from kaoguan.config import ScreenLanguage

# What typer raises for faults of the command line; of its kinds only this one has a public name.
UsageFault: Any = typer.BadParameter.__base__


class UsageWords:
    """The texts of `usage.yaml` in one language."""

    def __init__(self, language: ScreenLanguage) -> None:
        self.language = language
        self._texts = _lines(language)

    def say(self, key: str, /, **values: str) -> str:
        """Return the text of `key`, filled in."""
        return string.Template(self._texts[key]).substitute(values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts


def usage_words() -> UsageWords:
    """Return the texts in the language of the screen."""
    return UsageWords(config.spoken())


def _lines(language: ScreenLanguage) -> Mapping[str, str]:
    file = resources.WORDS / language / "usage.yaml"
    pairs = (line.split(": ", 1) for line in file.read_text(encoding="utf-8").splitlines() if line[:1] not in {"", "#"})
    return {key: text.strip('"') for key, text in pairs}


def fault_text(fault: Any) -> str:
    """Return what is wrong with a command line, in the language of the screen, with its usage and where to look."""
    if type(fault).__name__ == "NoArgsIsHelpError":
        return str(fault.message)  # the help page
    words = usage_words()
    said = words.say("error", what=_what(fault, words))
    context = fault.ctx
    if context is None:
        return said
    command = f"{context.command_path} {context.help_option_names[-1]}"
    return f"{context.get_usage()}\n{words.say('try_help', command=command)}\n\n{said}"


def _what(fault: Any, words: UsageWords) -> str:
    """Return the fault in our words, told by its kind; what typer says where we know no kind."""
    match type(fault).__name__:
        case "MissingParameter" if fault.param is not None:
            return words.say("missing", name=_name(fault.param))
        case "NoSuchOption":
            return unknown("no_option", fault.option_name, fault.possibilities or (), words)
        case "BadOptionUsage":
            flags = [
                option
                for param in fault.ctx.command.params
                if getattr(param, "is_flag", False)
                for option in param.opts
            ]
            return words.say("takes_none" if fault.option_name in flags else "needs_value", name=fault.option_name)
        case "BadParameter" if fault.param is not None:
            return _invalid(fault, words)
    return str(fault.message)


def unknown(key: str, name: str, near: Sequence[str], words: UsageWords) -> str:
    """Return that there is no such option or command, and what may be meant."""
    said = words.say(key, name=name)
    gap = "" if words.language == "zh" else " "
    return said + (gap + words.say("did_you_mean", names=", ".join(sorted(near))) if near else "")


def _name(param: Any) -> str:
    return str(param.opts[-1]) if param.param_type_name == "option" else bare_metavar(param)


def bare_metavar(param: Any) -> str:
    """Return what stands for an argument: `[ID]...` is ID."""
    name = str(param.metavar or param.name.upper()).removesuffix("...")
    return name[1:-1] if name.startswith("[") else name


def _invalid(fault: Any, words: UsageWords) -> str:
    """Return which value an option cannot have, and which ones it can: by pydantic's code of the fault."""
    errors = getattr(fault.__cause__, "errors", None)
    if errors is None:
        return str(fault.format_message())
    first = errors()[0]
    limit = first.get("ctx", {}).get("ge", first.get("ctx", {}).get("le"))
    choices = str(fault.param.display_type(fault.ctx) or "").strip("<>")
    if first["type"] in words:
        why = words.say(first["type"], limit=str(limit))
    elif "|" in choices:
        why = words.say("one_of", choices=choices.replace("|", ", "))
    else:
        why = str(fault.message)
    return words.say("invalid", name=_name(fault.param), value=str(first["input"]), why=why)
