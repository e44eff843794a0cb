"""`kaoguan grade`: grade a file of answers, or one answer from the command line."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaoguan.assembly import Account, judging
from kaoguan.cli.embedders import ready
from kaoguan.cli.grade_file import Job, ReportOptions, data_stdout, grade_file, tell_uncalibrated
from kaoguan.cli.options import (
    AsJson,
    CallsOption,
    ConcurrencyOption,
    EmbedderOption,
    EngineOption,
    JudgeOption,
    LLMWhenOption,
    MaxCostOption,
    ModelOption,
    RayAddressOption,
    RequestsOption,
    RubricsFolder,
    TokensOption,
)
from kaoguan.cli.screen import introduce, words
from kaoguan.engines.run import OutputFormat
from kaoguan.errors import AnswersError, ExitCode, SettingError
from kaoguan.files import Columns
from kaoguan.files.encoding import detect
from kaoguan.grading import Grader
from kaoguan.report.terminal import draw_grade
from kaoguan.rubrics import bank, with_ids

if TYPE_CHECKING:
    from kaoguan.calibration import Calibration


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="CSV, TSV, JSONL, XLSX, XLS, ODS or Parquet; - is standard input."),
    ] = None,
    rubrics: RubricsFolder = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Where grades go (default: standard output).")
    ] = None,
    output_format: Annotated[
        OutputFormat | None, typer.Option("--format", help="Default: what OUT ends in, else jsonl.")
    ] = None,
    judge: JudgeOption = None,
    embedder: EmbedderOption = None,
    model: ModelOption = None,
    calls: CallsOption = "per-answer",
    llm_when: LLMWhenOption = "always",
    engine: EngineOption = "local",
    id_column: Annotated[
        str | None, typer.Option("--id-column", metavar="NAME", help="What FILE calls the id (default: recognised).")
    ] = None,
    rubric_column: Annotated[
        str | None, typer.Option("--rubric-column", metavar="NAME", help="What FILE calls the question, likewise.")
    ] = None,
    answer_column: Annotated[
        str | None, typer.Option("--answer-column", metavar="NAME", help="What FILE calls the answer, likewise.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet (default: the first one with answers).")
    ] = None,
    concurrency: ConcurrencyOption = None,
    requests_per_minute: RequestsOption = None,
    tokens_per_minute: TokensOption = None,
    max_cost: MaxCostOption = None,
    ray_address: RayAddressOption = None,
    detail: Annotated[
        bool, typer.Option("--detail", help="CSV with verdict and evidence per key point too (XLSX has them anyway).")
    ] = False,
    feedback: Annotated[
        Path | None, typer.Option("--feedback", metavar="DIR", help="Write a page for each student, to hand out.")
    ] = None,
    report: Annotated[bool, typer.Option("--report", help="Show what all answers say together.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write that report as a page.")] = None,
    candidate_column: Annotated[
        str | None, typer.Option("--candidate-column", metavar="NAME", help="The column of FILE that says whose it is.")
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Grade everything, also what was graded before.")] = False,
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

    FILE has the columns id, rubric_id and answer (or 学号, 题目, 回答 and the like), or one column per question,
    wherever its header stands; also .gz. Its own columns come back first. A row that cannot be graded goes to
    OUT.rejects.jsonl with the reason; the rest is graded.

    What is graded is kept: after a crash, Ctrl-C or a change to FILE the same command grades only what is missing.

    Exit code 0: every row has a score. 4: the grades are written, but some rows were rejected or not scored.
    3: the language model can no longer be used; the grades so far are written. 130: Ctrl-C; likewise.
    2: no grades are written.
    """
    scale = _calibration(calibration)
    who = ready(judging(judge, embedder, model=model, calls=calls, llm_when=llm_when, calibration=scale))
    introduce(who)
    if rubric is None and answer is None:
        if file is None:
            raise AnswersError("FILE", "there is none", "name an answers file, or use --rubric ID --answer TEXT")
        place = None if out == Path("-") else out
        columns = Columns(id_column, rubric_column, answer_column, candidate_column)
        wanted = ReportOptions(report, html, candidate_column is not None, feedback)
        form = output_format or _format(place)
        job = Job(file, rubrics, place, form, columns, sheet, detail, anew, scale, engine, wanted)
        account = Account(concurrency, requests_per_minute, tokens_per_minute, max_cost, ray_address)
        grade_file(job, who, account)
        return
    if rubric is None or answer is None:
        raise SettingError("--rubric and --answer", "one is given without the other", "give both, or name a FILE")
    if file is not None or out is not None or output_format is not None:
        raise SettingError(
            "--answer", "does not go with FILE, -o or --format", "use --json, or put the answer in a file"
        )
    _grade_one(rubric, answer, rubrics, who.grader, scale, as_json)


def _format(out: Path | None) -> OutputFormat:
    endings: dict[str, OutputFormat] = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
    return endings.get(out.suffix.lower(), "jsonl") if out else "jsonl"


def _calibration(path: Path | None) -> "Calibration | None":
    if path is None:
        return None
    from kaoguan import calibration  # pydantic and numpy come with it: --help must not pay them

    return calibration.read_calibration(path)


def _grade_one(
    rubric_id: str,
    answer: str,
    folder: Path | None,
    source: Callable[[], Grader],
    calibration: "Calibration | None",
    as_json: bool,
) -> None:
    from kaoguan.files.grades import to_json

    rubric = with_ids(bank(folder), [rubric_id])[rubric_id]
    text = _standard_input() if answer == "-" else answer
    if not text.isascii() and text.encode("utf-8", "ignore").decode() != text:
        raise SettingError("--answer", "holds bytes that are not text", "check the terminal's encoding")
    grader = source()
    result = grader.grade(rubric, text)
    if failure := getattr(grader.ruling, "failure", None):
        typer.echo(f"kaoguan: {failure}", err=True)
    tell_uncalibrated(calibration, {rubric_id})
    if as_json:
        data_stdout().write(to_json(result, {}) + "\n")
    else:
        from rich.console import Console

        draw_grade(Console(highlight=False), rubric, text, result)
    if result.score is None:
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _standard_input() -> str:
    if sys.stdin.isatty():
        typer.echo(words("grade").say("type_answer"), err=True)
    stream = io.BytesIO(sys.stdin.buffer.read())
    encoding = detect(stream)
    if encoding is None:
        raise AnswersError("standard input", "is not text in UTF-8, UTF-16 or GB18030", "save it as UTF-8")
    return stream.read().decode(encoding.codec, "replace").removesuffix("\n")
