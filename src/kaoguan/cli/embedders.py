"""`kaoguan embedders`: models of the user's own for the offline judge, fitted in minutes, with what they are worth.

`ready` is what other commands ask before they begin: an embedder that nobody fitted is offered a fit on a terminal, and
is an error that names the command through a pipe.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from kaoguan import config, prompts
from kaoguan.assembly.judges import Judging
from kaoguan.cli.lazy import LazyGroup, group
from kaoguan.cli.options import AsJson
from kaoguan.cli.screen import confirmed, console, echo_all, language
from kaoguan.errors import CalibrationError, SettingError
from kaoguan.models import JudgeName
from kaoguan.prompts import Wording
from kaoguan.text.numbers import coefficient

if TYPE_CHECKING:
    from kaoguan.assembly.fitting import Tell
    from kaoguan.grading.offline.fitted import Agreement, Fit


class Embedders(LazyGroup):
    """The commands on models for the offline judge."""

    table: ClassVar = {
        "list": "kaoguan.cli.embedders:list_fits",
        "fit": "kaoguan.cli.embedders:fit_model",
        "remove": "kaoguan.cli.embedders:remove",
    }


app = group(cls=Embedders)

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A model of sentence-transformers by hub name or path, or openai:MODEL.")
]


def list_fits(as_json: AsJson = False) -> None:
    """List the models that were fitted, and how well each agrees with people beside the bundled judge."""
    from kaoguan.grading.offline import fitted

    fits = fitted.every(config.folders().judges)
    if as_json:
        echo_all(fits)
        return
    typer.echo(_wording().say("bundled"))
    for fit in fits:
        typer.echo(told(fit))


def fit_model(
    name: Name,
    quick: Annotated[bool, typer.Option("--quick", help="Half of the questions: half the time.")] = False,
) -> None:
    """Fit an embedder, a re-ranker or an NLI model as a second opinion beside the bundled judge.

    A hub model that is not on this machine is fetched first. What it says is kept, so a second run takes seconds.
    Ends with its agreement with people on questions left out, beside that of the bundled judge on the same answers.
    """
    fetch(name)
    typer.echo(told(fitted_now(name, quick=quick)))


def remove(name: Name) -> None:
    """Forget the fit of a model; the model itself stays where it is."""
    from kaoguan.grading.offline import fitted

    path = fitted.place(config.folders().judges, name)
    if not path.is_file():
        raise SettingError(f"embedder {name!r}", "nothing was fitted for it", "see kaoguan embedders list")
    path.unlink()
    typer.echo(_wording().say("removed", name=name))


def fetch(name: str) -> None:
    """Fetch a hub model that is not on this machine. Raises SettingError, ProviderError."""
    from kaoguan.embeddings import model_folder

    if name == "bundled" or name.startswith("openai:"):
        return
    try:
        model_folder.found(name)
    except SettingError:
        typer.echo(_wording().say("fetching", name=name), err=True)
        model_folder.fetched(name)


def fitted_now(name: str, *, quick: bool) -> "Fit":
    """Return the fit of a model on this machine, made now, with progress on stderr. Raises KaoguanError."""
    from kaoguan.assembly.fitting import fit

    typer.echo(_wording().say("loading", name=name), err=True)
    with _progress() as tell:
        return fit(name, quick=quick, tell=tell)


def ready(who: Judging) -> Judging:
    """Return who rules, when its embedder is fitted; on a terminal a fit is offered. Raises CalibrationError."""
    name = who.settings.embedder
    if who.judge is JudgeName.LLM or name == "bundled":
        return who
    from kaoguan.grading.offline import fitted

    try:
        fitted.read(who.folders.judges, name)
    except CalibrationError:
        wording = _wording()
        if not (sys.stdin.isatty() and sys.stderr.isatty()) or not confirmed(
            wording.say("offer", name=name), default=True
        ):
            raise
        fetch(name)
        typer.echo(told(fitted_now(name, quick=True)), err=True)
    return who


def told(fit: "Fit") -> str:
    """Return what is to be said of a fit: what it is worth, and what the bundled judge is worth on the same answers."""
    wording = _wording()
    return wording.say(
        "fitted",
        name=fit.name,
        kind=wording.say(fit.kind),
        extent=wording.say("quick" if fit.quick else "full"),
        questions=str(fit.questions),
        answers=str(fit.answers),
        seconds=f"{fit.seconds:.0f}",
        ours=_figures(fit.agreement, wording),
        bundled=_figures(fit.bundled, wording),
    )


def _figures(agreement: "Agreement", wording: Wording) -> str:
    kappa, pearson, rmse = (coefficient(one) for one in (agreement.kappa, agreement.pearson, agreement.rmse))
    return wording.say("figures", kappa=kappa, pearson=pearson, rmse=rmse)


@contextmanager
def _progress() -> Iterator["Tell"]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shown, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(_wording().say("asking"), total=None)

        def tell(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield tell


def _wording() -> Wording:
    return prompts.load("embedders", language())
