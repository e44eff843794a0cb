"""Commands whose files are imported when they are used: `kaoguan --help` reads one line of each from a table.

So a command's file imports at its top what the command needs, and nobody pays for the other commands.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any, ClassVar, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_command


class Listed(NamedTuple):
    """Where a command is, `module:name`, and what the list of commands says of it."""

    place: str
    help: str


def group(help_: str = "", *, cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """Return a group of commands as all of ours are: plain help, no tracebacks in boxes."""
    made = typer.Typer(
        help=help_,
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
    """Commands by name, made when they are asked for."""

    def __init__(self, table: Mapping[str, Listed]) -> None:
        self._table = table
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            module, _, attribute = self._table[name].place.partition(":")
            found = getattr(import_module(module), attribute)
            if not isinstance(found, typer.Typer):
                alone = group()
                alone.command(name)(found)
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
    """A group that knows its commands from `table`, which a subclass fills."""

    table: ClassVar[Mapping[str, Listed]]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands(self.table)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands; none of them is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in self.table.items()])
