"""`kaoguan grade`: grade a file of answers, or one answer from the command line."""

import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from kaoguan.cli.rubrics import AsJson, Folder, bank
from kaoguan.errors import AnswersError, ExitCode, SettingError

if TYPE_CHECKING:
    from kaoguan.batch import Answers, Run, Summary
    from kaoguan.batch.engine import Engine, Graded
    from kaoguan.calibration import Calibration
    from kaoguan.grading import Grader
    from kaoguan.models import Submission

Judge = Annotated[
    Literal["auto", "offline", "llm", "hybrid"] | None,
    typer.Option("--judge", help="Who rules (default: your setting, else auto)."),
]
Embedder = Annotated[
    str | None,
    typer.Option("--embedder", metavar="NAME", help="bundled, a sentence-transformers model, or openai:MODEL."),
]
OutputFormat = Literal["jsonl", "csv"]


def grade(  # noqa: PLR0913, PLR0917 - one parameter per option
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="JSONL, CSV or TSV; - is standard input.")] = None,
    rubrics: Folder = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Where grades go (default: standard output).")
    ] = None,
    output_format: Annotated[
        OutputFormat | None, typer.Option("--format", help="Default: csv where OUT ends in .csv, else jsonl.")
    ] = None,
    judge: Judge = None,
    embedder: Embedder = None,
    engine: Annotated[str, typer.Option("--engine", help="Where the work is done; this version has local.")] = "local",
    rubric: Annotated[str | None, typer.Option("--rubric", metavar="ID", help="Grade one answer to this.")] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", metavar="TEXT", help="The one answer; - reads standard input.")
    ] = None,
    as_json: AsJson = False,
    calibration: Annotated[
        Path | None,
        typer.Option("--calibration", metavar="FILE", help="Score as a teacher would: see `kaoguan calibrate`."),
    ] = None,
) -> None:
    """Grade a file of answers, or one answer (--rubric ID --answer TEXT).

    FILE has the columns id, rubric_id and answer, in UTF-8, UTF-16 or GBK. Other columns come back as `extra`.
    A row that cannot be graded goes to OUT.rejects.jsonl with the reason; the rest is graded.

    Exit code 0: every row has a score. 4: the grades are written, but some rows were rejected or not scored.
    2: no grades are written.
    """
    if engine != "local":
        raise SettingError(f"--engine {engine}", "not available in this version", "use --engine local")
    scale = _calibration(calibration)
    if rubric is None and answer is None:
        if file is None:
            raise AnswersError("FILE", "there is none", "name an answers file, or use --rubric ID --answer TEXT")
        chosen = output_format or ("csv" if out and out.suffix.lower() == ".csv" else "jsonl")
        source = grader_source(judge, embedder, scale)
        _grade_file(file, rubrics, None if out == Path("-") else out, chosen, source, scale)
        return
    if rubric is None or answer is None:
        raise SettingError("--rubric and --answer", "one is given without the other", "give both, or name a FILE")
    if file is not None or out is not None or output_format is not None:
        raise SettingError(
            "--answer", "does not go with FILE, -o or --format", "use --json, or put the answer in a file"
        )
    _grade_one(rubric, answer, rubrics, grader_source(judge, embedder, scale), scale, as_json)


def grader_source(
    judge: str | None, embedder: str | None, calibration: "Calibration | None" = None
) -> "Callable[[], Grader]":
    """Return what makes graders; say on stderr who will rule and what that judge cannot see. Raises SettingError."""
    from kaoguan import config, prompts  # pydantic and numpy come with these: --help must not pay them
    from kaoguan.grading import Grader

    settings = config.load()
    judge, embedder = judge or settings.judge, embedder or settings.embedder
    if judge in ("llm", "hybrid"):
        raise SettingError(f"judge {judge}", "not available in this version", "use --judge offline")
    # The same words as before an interview.
    wording = prompts.load("interview", "zh" if settings.language == "zh" else "en")
    typer.echo(wording.say("judge_offline", embedder=embedder), err=True)
    return partial(Grader.offline, embedder, settings=settings, folders=config.folders(), calibration=calibration)


def _calibration(path: Path | None) -> "Calibration | None":
    if path is None:
        return None
    from kaoguan import calibration  # pydantic and numpy come with it: --help must not pay them

    return calibration.read(path)


def _tell_uncalibrated(calibration: "Calibration | None", rubric_ids: set[str]) -> None:
    """Say once which answers were graded without the calibration, because it does not know their questions."""
    if calibration and (uncovered := sorted(id_ for id_ in rubric_ids if not calibration.covers(id_))):
        typer.echo(f"{calibration.name}: does not cover {', '.join(uncovered)}: graded uncalibrated", err=True)


def _grade_one(
    rubric_id: str,
    answer: str,
    folder: Path | None,
    source: "Callable[[], Grader]",
    calibration: "Calibration | None",
    as_json: bool,
) -> None:
    from kaoguan.batch.grades import to_json
    from kaoguan.rubrics import choose

    rubric = choose(bank(folder), [rubric_id])[rubric_id]
    text = _standard_input() if answer == "-" else answer
    if not text.isascii() and text.encode("utf-8", "ignore").decode() != text:
        raise SettingError("--answer", "holds bytes that are not text", "check the terminal's encoding")
    result = source().grade(rubric, text)
    _tell_uncalibrated(calibration, {rubric_id})
    if as_json:
        _data_stdout().write(to_json(result, {}) + "\n")
    else:
        from rich.console import Console

        from kaoguan.report.terminal import draw_grade

        draw_grade(Console(highlight=False), rubric, text, result)
    if result.score is None:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _standard_input() -> str:
    from kaoguan.encoding import detect

    if sys.stdin.isatty():
        typer.echo("type the answer; Ctrl-D on a line of its own ends it", err=True)
    stream = io.BytesIO(sys.stdin.buffer.read())
    encoding = detect(stream)
    if encoding is None:
        raise AnswersError("standard input", "is not text in UTF-8, UTF-16 or GB18030", "save it as UTF-8")
    return stream.read().decode(encoding.codec, "replace").removesuffix("\n")


def _grade_file(
    file: str,
    folder: Path | None,
    out: Path | None,
    output_format: OutputFormat,
    source: "Callable[[], Grader]",
    calibration: "Calibration | None",
) -> None:
    from kaoguan.batch import Run, engine, open_answers

    if out and file != "-" and out.exists() and Path(file).exists() and out.samefile(file):
        raise SettingError(f"-o {out}", "is the answers file itself", "write the grades to another file")
    start = time.perf_counter()
    rubrics = bank(folder)
    if calibration:
        calibration.check_rubrics(rubrics.values())
    graded: set[str] = set()
    with open_answers(file, sys.stdin.buffer) as answers:
        if answers.note:
            typer.echo(f"{answers.name}: {answers.note}", err=True)
        with _progress(answers) as on_grade:
            run = Run(answers, rubrics, _noting(engine.local(source, rubrics), graded), on_grade)
            summary = run.to_file(out, output_format) if out else _to_stdout(run, output_format)
    _tell_uncalibrated(calibration, graded)
    _tell(summary, out, time.perf_counter() - start)
    if not summary.complete:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _noting(engine: "Engine", rubric_ids: set[str]) -> "Engine":
    """Return the engine; it adds to `rubric_ids` the questions whose answers it grades."""

    def noting(submissions: "Iterable[Submission]") -> "Iterator[Graded]":
        for submission, grade in engine(submissions):
            rubric_ids.add(submission.rubric_id)
            yield submission, grade

    return noting


def _to_stdout(run: "Run", output_format: OutputFormat) -> "Summary":
    try:
        summary = run.to_stream(_data_stdout(), output_format)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # the reader has seen enough, which typer knows how to end
    except OSError as error:
        # What is still buffered must not fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SettingError("standard output", f"cannot be written ({error.strerror})", "use -o OUT") from error
    return summary


def _data_stdout() -> TextIO:
    # What a program reads is UTF-8 with plain line ends on every system.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout


@contextmanager
def _progress(answers: "Answers") -> "Iterator[Callable[[Summary], None]]":
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
        # By bytes read: how many answers there are is not known before the end.
        task = bar.add_task("grading", total=answers.size)

        def on_grade(summary: "Summary") -> None:
            bar.update(task, completed=answers.position(), description=f"graded {summary.graded:,}")

        yield on_grade


def _tell(summary: "Summary", out: Path | None, seconds: float) -> None:
    from kaoguan.batch.run import rejects_path
    from kaoguan.text import one_line

    for row in summary.first_rejected:
        typer.echo(f"rejected: line {row.line}: {one_line(row.reason)}", err=True)
    if summary.rejected > len(summary.first_rejected):
        typer.echo(f"rejected: … {summary.rejected - len(summary.first_rejected)} more", err=True)
    parts = [f"graded {summary.graded:,}"]
    parts += [f"mean {summary.mean:.1f}"] if summary.mean is not None else []
    parts += [f"needs review {summary.needs_review:,}"]
    parts += [f"unscored {summary.unscored:,}"] if summary.unscored else []
    where = f" (see {rejects_path(out)})" if out and summary.rejected else ""
    parts += [f"rejected {summary.rejected:,}{where}", f"{seconds:.1f} s"]
    typer.echo(" · ".join(parts), err=True)
