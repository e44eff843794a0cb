"""The command `kaoguan`: its subcommands, and the exit code of everything that goes wrong."""

import gc
import os
import sys
from typing import Annotated, ClassVar

import typer

from kaoguan import __version__
from kaoguan.cli.lazy import LazyGroup, ScreenLanguageOption
from kaoguan.cli.streams import prepare_streams, tell_error
from kaoguan.errors import ExitCode, KaoguanError


class Commands(LazyGroup):
    """What `kaoguan` can do, in the order of its help."""

    panels: ClassVar = {
        "panel_practise": ("interview", "sessions", "due", "progress"),
        "panel_grade": ("init", "grade", "review", "calibrate", "evaluate"),
        "panel_bank": ("rubrics", "distill"),
        "panel_set_up": ("doctor", "config", "embedders", "mcp", "paths", "help"),
    }
    # A command stands in a file of its name; `app` is a group of commands.
    table: ClassVar = {
        name: f"kaoguan.cli.{name}:{'app' if name in {'sessions', 'rubrics', 'config', 'embedders'} else 'command'}"
        for names in panels.values()
        for name in names
    }


app = typer.Typer(
    name="kaoguan",
    cls=Commands,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kaoguan {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit.")
    ] = False,
    language: ScreenLanguageOption = None,
) -> None:
    if context.invoked_subcommand is None:
        from kaoguan.cli.help import command as explain  # brings pydantic and YAML, which no other page needs: 0.1 s

        explain("start")


def run() -> None:
    """Run the command line and leave the process with the documented exit code."""
    # Looking for plugins reads what every installed package says about itself: 0.02 s, and we want none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Loading modules makes many objects and no garbage; looking for it 160 times is a tenth of a short command.
    gc.set_threshold(50_000, 10, 10)
    prepare_streams()
    try:
        app()
    except KaoguanError as error:
        tell_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except SystemExit as end:
        if not _nobody_reads(end):
            raise
        # What is still buffered must not fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.NOBODY_READS)


def _nobody_reads(end: SystemExit) -> bool:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return True
    # So typer and rich end, with a code of their own.
    return isinstance(end.__context__, BrokenPipeError)
