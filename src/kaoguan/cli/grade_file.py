"""A file of answers graded: from the file to OUT, with a bar while it goes and a line at the end."""

import io
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

import typer

from kaoguan import config, prompts
from kaoguan.assembly import Account, Judging, Work
from kaoguan.assembly import engine as open_engine
from kaoguan.cli.screen import language, words
from kaoguan.engines import Run, RunSummary
from kaoguan.engines.engine import Engine, Graded
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.engines.run import OutputFormat, rejects_path
from kaoguan.errors import ExitCode, SettingError
from kaoguan.files import Answers, Columns, open_answers
from kaoguan.files.replacing import replacing
from kaoguan.models import Grade, Language, Rubric, Submission
from kaoguan.rubrics import bank
from kaoguan.text import one_line

if TYPE_CHECKING:
    from kaoguan.calibration import Calibration
    from kaoguan.cohort import Cohort, Gathering


class ReportOptions(NamedTuple):
    """Whether and where to report what all answers say together."""

    shown: bool = False
    html: Path | None = None
    names: bool = False
    """Whether students are named in the report: who says which column they are in wants that."""
    feedback: Path | None = None


@dataclass(frozen=True)
class Job:
    """What to grade, and where the grades go: `out` None is standard output."""

    file: str
    rubrics: Path | None
    out: Path | None
    format: OutputFormat
    columns: Columns
    sheet: str | None
    detail: bool
    anew: bool
    calibration: "Calibration | None"
    engine: str
    report: ReportOptions


def grade_file(job: Job, who: Judging, account: Account) -> None:
    """Grade the file and say what came of it. Raises InputError, ProviderError."""
    _refuse_overwriting(job)
    start = time.perf_counter()
    folder = job.rubrics or _beside(job.file)
    rubrics = bank(folder)
    if folder and folder != job.rubrics:
        typer.echo(words("grade").say("folder_rubrics", count=f"{len(rubrics):,}", folder=str(folder)), err=True)
    if job.calibration:
        job.calibration.check_rubrics(rubrics.values())
    graded: set[str] = set()
    with (
        open_answers(job.file, sys.stdin.buffer, job.columns, sheet=job.sheet) as answers,
        _cache(job) as cache,
        open_engine(job.engine, who, rubrics, account, cache, _say) as work,
        _progress(answers, work) as on_grade,
    ):
        gathering = _gathering(job, rubrics)
        handouts: dict[str, list[Graded]] = {}
        listeners = [gathering.add] if gathering else []
        listeners += [partial(_hand_out, handouts)] if job.report.feedback else []

        def noted(submission: Submission, grade: Grade) -> None:
            for listener in listeners:
                listener(submission, grade)

        run = Run(
            answers,
            rubrics,
            _noting(work.engine, graded),
            on_grade,
            noted,
            language=lambda: _language(graded, rubrics),
            detail=job.detail,
        )
        try:
            summary = run.to_file(job.out, job.format) if job.out else _to_stdout(run, job.format)
        finally:
            for said in (*answers.notes, *run.remarks.told()):
                typer.echo(f"{answers.name}: {prompts.translated(said, language())}", err=True)
    tell_uncalibrated(job.calibration, graded)
    _tell(summary, work, job.out, time.perf_counter() - start)
    if gathering:
        _report(job, gathering.cohort(), rubrics)
    if job.report.feedback:
        _write_handouts(job.report.feedback, handouts, rubrics)
    if summary.failure:
        raise summary.failure
    if summary.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)
    if not summary.complete:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _beside(file: str) -> Path | None:
    """Return the folder `rubrics` beside the answers, as `kaoguan init` makes it; None without rubric files in it."""
    folder = Path(file).parent / "rubrics"
    return folder if file != "-" and any(folder.glob("*.yaml")) else None


def _gathering(job: Job, rubrics: Mapping[str, Rubric]) -> "Gathering | None":
    if not (job.report.shown or job.report.html):
        return None
    from kaoguan.cohort import Gathering

    return Gathering(rubrics, names=job.report.names)


def _hand_out(handouts: dict[str, list[Graded]], submission: Submission, grade: Grade) -> None:
    whose = " ".join(dict.fromkeys(filter(None, (submission.student or submission.id, submission.name))))
    handouts.setdefault(whose, []).append((submission, grade))


def _write_handouts(folder: Path, handouts: Mapping[str, Sequence[Graded]], rubrics: Mapping[str, Rubric]) -> None:
    from kaoguan.report.html.handout import render_handout  # jinja2 comes with it: who wants no pages does not pay it

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingError(f"--feedback {folder}", f"cannot be made ({error.strerror})", "name a folder") from error
    taken: set[str] = set()
    for whose, graded in handouts.items():
        name = _file_name(whose, taken)
        with replacing(folder / f"{name}.html", private=True) as out:
            out.write(render_handout(whose, graded, rubrics))
    typer.echo(words("grade").say("handouts", folder=str(folder), count=f"{len(handouts):,}"), err=True)


def _file_name(whose: str, taken: set[str]) -> str:
    """Return a name for a file that leads nowhere else, whatever stands in the answers file."""
    kept = "".join(one if one.isalnum() or one in "-_" else "_" for one in whose)[:60] or "_"
    name, number = kept, 2
    while name.casefold() in taken:
        name, number = f"{kept}_{number}", number + 1
    taken.add(name.casefold())
    return name


def _report(job: Job, cohort: "Cohort", rubrics: Mapping[str, Rubric]) -> None:
    """Show the report where it is out of the way of the grades, and write the page."""
    from rich.console import Console

    spoken = _language({one.rubric_id for one in cohort.questions}, rubrics)
    if job.report.shown:
        from kaoguan.report.cohort import draw_cohort

        shown = sys.stderr if job.out is None else sys.stdout
        # Piped, rich would cut the tables at 80 columns.
        draw_cohort(Console(file=shown, highlight=False, width=None if shown.isatty() else 160), cohort, spoken)
    if job.report.html:
        from kaoguan.report.html.cohort import render_cohort

        with replacing(job.report.html, private=True) as out:
            out.write(render_cohort(cohort, spoken))


def _say(text: str) -> None:
    """Say on stderr what an engine tells of its work."""
    typer.echo(prompts.translated(text, language()), err=True)


def _language(rubric_ids: Collection[str], rubrics: Mapping[str, Rubric]) -> Language:
    """Return the language of the settings or the system, else that of most questions."""
    chosen = config.load().chosen_language
    if chosen:
        return chosen
    zh = sum(rubrics[id_].language == "zh" for id_ in rubric_ids)
    return "zh" if 2 * zh >= len(rubric_ids) else "en"


def tell_uncalibrated(calibration: "Calibration | None", rubric_ids: set[str]) -> None:
    """Say once which answers were graded without the calibration, because it does not know their questions."""
    if calibration and (uncovered := sorted(id_ for id_ in rubric_ids if not calibration.covers(id_))):
        told = {"calibration": calibration.name, "questions": ", ".join(uncovered)}
        typer.echo(words("grade").say("uncalibrated", **told), err=True)


def data_stdout() -> TextIO:
    """Return standard output as programs read it: UTF-8 with plain line ends on every system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout


def _refuse_overwriting(job: Job) -> None:
    if job.out and job.file != "-" and job.out.exists() and Path(job.file).exists() and job.out.samefile(job.file):
        raise SettingError(f"-o {job.out}", "is the answers file itself", "write the grades to another file")


@contextmanager
def _cache(job: Job) -> Iterator[GradeCache | None]:
    if job.anew:
        yield None
        return
    with GradeCache(config.folders().cache / "grades.db") as cache:
        yield cache


def _noting(engine: Engine, rubric_ids: set[str]) -> Engine:
    """Return the engine; it adds to `rubric_ids` the questions whose answers it grades."""

    def noting(submissions: Iterable[Submission]) -> Iterator[Graded]:
        for submission, grade in engine(submissions):
            rubric_ids.add(submission.rubric_id)
            yield submission, grade

    return noting


def _to_stdout(run: Run, output_format: OutputFormat) -> RunSummary:
    try:
        summary = run.to_stream(data_stdout(), output_format)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # the reader has seen enough: every command ends alike
    except OSError as error:
        # What is still buffered must not fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SettingError("standard output", f"cannot be written ({error.strerror})", "use -o OUT") from error
    return summary


@contextmanager
def _progress(answers: Answers, work: Work) -> Iterator[Callable[[RunSummary], None]]:
    """Give what to call after each grade: it moves a bar, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda summary: None
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        # By how much is read: how many answers there are is not known before the end.
        say = words("grade").say
        task = bar.add_task(say("starting"), total=answers.size)
        start = time.perf_counter()

        def on_grade(summary: RunSummary) -> None:
            rate = summary.graded / (time.perf_counter() - start)
            said = say("rate", count=f"{summary.graded:,}", rate=f"{rate:.0f}")
            said += f" · {say('unscored', count=f'{summary.unscored:,}')}" if summary.unscored else ""
            said += f" · {_spent(work)}" if work.spent else ""
            bar.update(task, completed=answers.position(), description=said)

        yield on_grade


def _tell(summary: RunSummary, work: Work, out: Path | None, seconds: float) -> None:
    say = words("grade").say
    for row in summary.first_rejected:
        reason = one_line(prompts.translated(row.reason, language()))
        typer.echo(say("rejected_line", line=str(row.line), reason=reason), err=True)
    if summary.rejected > len(summary.first_rejected):
        typer.echo(say("rejected_more", count=str(summary.rejected - len(summary.first_rejected))), err=True)
    parts = [say("graded", count=f"{summary.graded:,}")]
    parts += [say("mean", mean=f"{summary.mean:.1f}")] if summary.mean is not None else []
    parts += [say("needs_review", count=f"{summary.needs_review:,}")]
    parts += [say("unscored", count=f"{summary.unscored:,}")] if summary.unscored else []
    where = say("see", path=str(rejects_path(out))) if out and summary.rejected else ""
    parts += [say("rejected", count=f"{summary.rejected:,}") + where]
    parts += [say("not_started", count=f"{summary.not_started:,}")] if summary.not_started else []
    parts += [_spent(work)] if work.spent else []
    parts += [say("seconds", seconds=f"{seconds:.1f}")]
    typer.echo(" · ".join(parts), err=True)
    if summary.interrupted:
        typer.echo(say("interrupted"), err=True)
    if summary.failure:
        typer.echo(say("broken_off"), err=True)
    elif summary.not_started:
        typer.echo(say("over_cost"), err=True)


def _spent(work: Work) -> str:
    usage = work.spent() if work.spent else None
    if usage is None:
        return ""
    tokens = usage.prompt_tokens + usage.completion_tokens
    cost = f" · ${usage.cost:.4f}" if usage.cost else ""
    return words("grade").say("spent", requests=f"{usage.requests:,}", tokens=f"{tokens:,}") + cost
