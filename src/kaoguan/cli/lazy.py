"""Commands whose files are imported when they are used: `kaoguan --help` reads one line of each from `usage.yaml`.

So a command's file imports at its top what the command needs, and nobody pays for the other commands. Pages and faults
of usage are in the language of the screen.
"""

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from difflib import get_close_matches
from importlib import import_module
from typing import Annotated, Any, ClassVar, Literal

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kaoguan.cli.help_page import help_page, usage_line
from kaoguan.cli.usage import UsageFault, fault_text, unknown, usage_words


def speak(language: str | None) -> str | None:
    """Speak this language from now on, in this process and in those that it starts."""
    if language:
        os.environ["KAOGUAN_LANGUAGE"] = language
    return language


ScreenLanguageOption = Annotated[
    Literal["zh", "en"] | None,
    # Eager: before what else there is to say, such as the help page.
    typer.Option(
        "--language", is_eager=True, expose_value=False, callback=speak, help="The language of the screen: zh or en."
    ),
]


class Command(TyperCommand):
    """A command: its page and its faults in the language of the screen, which `--language` chooses."""

    # Too many arguments are refused below, in our words.
    allow_extra_args = True

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        if not any("--language" in param.opts for param in self.params):
            self.params.append(_language_option())

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what was typed. Raises faults that know where they happened."""
        rest: list[str] = _parsed(super().parse_args, ctx, args)
        if rest and not ctx.resilient_parsing:
            raise typer.BadParameter(usage_words().say("too_many", rest=" ".join(rest)), ctx=ctx)
        return rest

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return help_page(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return the line that says how the command is written."""
        return usage_line(self, ctx)


def _language_option() -> Any:
    def taken(language: ScreenLanguageOption = None) -> None:
        pass

    made = typer.Typer(add_completion=False)
    made.command()(taken)
    return get_command(made).params[0]


def _parsed(parse: Any, ctx: Any, args: list[str]) -> Any:
    try:
        return parse(ctx, args)
    except UsageFault as fault:
        fault.ctx = fault.ctx or ctx
        raise


def group(*, cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """Return a group of commands as all of ours are: plain help, no tracebacks in boxes."""
    made = typer.Typer(
        cls=cls,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help: drawing it with rich takes 0.08 s and boxes that break in narrow terminals
    )
    if issubclass(cls, LazyGroup):
        made.callback()(_nothing)  # typer takes what has neither commands nor a callback for a mistake
    return made


def _nothing() -> None:
    pass


class _Commands(MutableMapping[str, Any]):
    """Commands by name, made when they are asked for from where they are, `module:name`."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module, _, attribute = self._table[name].partition(":")
            found = getattr(import_module(module), attribute)
            if not isinstance(found, typer.Typer):
                alone = group()
                alone.command(name, cls=Command)(found)
                found = alone
            self._made[name] = get_command(found)
            self._made[name].name = name
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class LazyGroup(TyperGroup):
    """A group that knows its commands from `table`, which a subclass fills: where each is, `module:name`."""

    table: ClassVar[Mapping[str, str]]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands(self.table)

    def get_help(self, ctx: Any) -> str:
        """Return the page with the list of commands; none of them is imported."""
        return help_page(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return the line that says how the command is written."""
        return usage_line(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Parse what was typed. Raises faults that know where they happened."""
        return _parsed(super().parse_args, ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Return the command that was typed. Raises a fault that names those that are near."""
        if args[0] not in self.table and not ctx.resilient_parsing:
            near = get_close_matches(args[0], self.table)
            raise typer.BadParameter(unknown("no_command", args[0], near, usage_words()), ctx=ctx)
        return super().resolve_command(ctx, args)

    def main(self, *arguments: Any, standalone_mode: bool = True, **settings: Any) -> Any:
        """Run the command and leave the process with its exit code; faults of usage are told in our words."""
        try:
            left = super().main(*arguments, **settings | {"standalone_mode": False})
        except UsageFault as fault:
            if not standalone_mode:
                raise
            typer.echo(fault_text(fault), err=True)
            sys.exit(fault.exit_code)
        except typer.Abort:
            if not standalone_mode:
                raise
            typer.echo(usage_words().say("aborted"), err=True)
            sys.exit(1)
        if standalone_mode:
            sys.exit(left if isinstance(left, int) else 0)
        return left
