"""The command `kaoguan`: its subcommands, and the exit code of everything that goes wrong."""

import gc
import os
import sys
from typing import Annotated

import typer

from kaoguan import __version__
from kaoguan.cli import config as configuration
from kaoguan.cli import rubrics, sessions
from kaoguan.cli.calibrate import calibrate
from kaoguan.cli.distill import distill
from kaoguan.cli.doctor import doctor
from kaoguan.cli.evaluate import evaluate
from kaoguan.cli.grade import grade
from kaoguan.cli.help import help_
from kaoguan.cli.interview import interview
from kaoguan.cli.progress import due, progress
from kaoguan.cli.review import review
from kaoguan.errors import ExitCode, KaoguanError

app = typer.Typer(
    name="kaoguan",
    help="考官: mock interviews and honest grades, in Chinese first, online or fully offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: drawing it with rich takes 0.08 s and boxes that break in narrow terminals
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("interview")(interview)
app.add_typer(sessions.app, name="sessions")
app.command("due")(due)
app.command("progress")(progress)
app.command("grade")(grade)
app.command("review")(review)
app.command("distill")(distill)
app.add_typer(rubrics.app, name="rubrics")
app.command("evaluate")(evaluate)
app.command("calibrate")(calibrate)
app.command("doctor")(doctor)
app.add_typer(configuration.app, name="config")
app.command("paths")(configuration.paths)
app.command("help")(help_)


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
