"""The command `kaoguan`: its subcommands, and the exit code of everything that goes wrong."""

import gc
import os
import sys
from typing import Annotated, ClassVar

import typer

from kaoguan import __version__
from kaoguan.cli.lazy import LazyGroup, Listed
from kaoguan.errors import ExitCode, KaoguanError


class Commands(LazyGroup):
    """What `kaoguan` can do, in the order of its help."""

    table: ClassVar = {
        "interview": Listed("kaoguan.cli.interview:command", "Sit a mock interview, with follow-ups and a report."),
        "sessions": Listed("kaoguan.cli.sessions:app", "Interviews you sat: look, go on, search, export, delete."),
        "due": Listed("kaoguan.cli.due:command", "List the key points you are about to forget."),
        "progress": Listed("kaoguan.cli.progress:command", "Show how far you have come."),
        "grade": Listed("kaoguan.cli.grade:command", "Grade a file of answers, or one answer."),
        "review": Listed("kaoguan.cli.review:command", "Look at the grades that are least sure; overrule them."),
        "distill": Listed("kaoguan.cli.distill:command", "Make draft rubrics of documents."),
        "rubrics": Listed("kaoguan.cli.rubrics:app", "The bank: list, show and check rubrics."),
        "evaluate": Listed("kaoguan.cli.evaluate:command", "Compare grades with people's."),
        "calibrate": Listed("kaoguan.cli.calibrate:command", "Learn how a teacher scores from graded answers."),
        "embedders": Listed("kaoguan.cli.embedders:app", "Models of your own for the offline judge."),
        "mcp": Listed("kaoguan.cli.mcp:command", "Interviews and grades as tools of an agent (MCP)."),
        "doctor": Listed("kaoguan.cli.doctor:command", "Say what is configured, and whether it works."),
        "config": Listed("kaoguan.cli.config:app", "Your settings: get, set, unset, path."),
        "paths": Listed("kaoguan.cli.paths:command", "Print where everything is kept."),
        "help": Listed("kaoguan.cli.help:command", "Explain one topic: learning, judges, files, privacy …"),
    }


app = typer.Typer(
    name="kaoguan",
    cls=Commands,
    help="考官: mock interviews and honest grades, in Chinese first, online or fully offline.",
    no_args_is_help=True,
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
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def run() -> None:
    """Run the command line and leave the process with the documented exit code."""
    # Looking for plugins reads what every installed package says about itself: 0.02 s, and we want none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Loading modules makes many objects and no garbage; looking for it 160 times is a tenth of a short command.
    gc.set_threshold(50_000, 10, 10)
    try:
        app()
    except KaoguanError as error:
        for line in str(error).splitlines():
            typer.secho(f"kaoguan: {line}", fg="red", err=True)
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
