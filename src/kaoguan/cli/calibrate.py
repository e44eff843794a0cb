"""`kaoguan calibrate`: learn a teacher's scale from answers the teacher graded."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from kaoguan import prompts
from kaoguan.assembly.engines import local_work
from kaoguan.assembly.judges import Judging, judging
from kaoguan.calibration import Sample, TeacherGrade, TrialOutcome
from kaoguan.calibration import calibrate as learn
from kaoguan.calibration.sample import Top, parse_graded
from kaoguan.cli.embedders import ready
from kaoguan.cli.options import AsJson, EmbedderOption, JudgeOption, ModelOption, RubricsFolder
from kaoguan.cli.screen import console, introduce, language, words
from kaoguan.cli.streams import print_data, tell_fault
from kaoguan.errors import AnswersError
from kaoguan.files import open_answers
from kaoguan.files.checked_rows import read_all
from kaoguan.files.replacing import replacing
from kaoguan.models import Grade, Rubric, Submission
from kaoguan.report import calibration as calibration_table
from kaoguan.rubrics import bank


def command(
    graded: Annotated[
        str, typer.Argument(metavar="GRADED", help="Answers with the teacher's score; - is standard input.")
    ],
    rubrics: RubricsFolder = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where the calibration goes (default: nowhere).")
    ] = None,
    judge: JudgeOption = None,
    embedder: EmbedderOption = None,
    model: ModelOption = None,
    scale: Annotated[Literal["10", "100"], typer.Option("--scale", help="The teacher's highest score.")] = "10",
    as_json: AsJson = False,
) -> None:
    """Learn how a teacher scores from some 10 to 50 graded answers to a question, for `kaoguan grade --calibration`.

    GRADED is an answers file with the further column score; rows where it is empty are left out. Below 25 answers to a
    question, offset and slope of the score are fitted, from there on also what single phrases are worth.

    Standard output is how scores agree with the teacher's before and after, each answer scored by a fit that has not
    seen it. Where that does not improve, the question's scores stay as they are; where it improves for no question,
    FILE is not written (nor changed) and the exit code is still 0.
    """
    chosen = bank(rubrics)
    answers = _read(graded, chosen, 100 if scale == "100" else 10)
    who = ready(judging(judge, embedder, model=model))
    introduce(who)
    outcome = learn(_grade(answers, chosen, who))
    if not outcome.questions:
        reasons = "; ".join(f"{rubric_id}: {reason}" for rubric_id, reason in outcome.left_out.items())
        raise AnswersError(graded, f"nothing can be learned from it ({reasons})", "have more answers graded")
    if out and outcome.file:
        with replacing(out) as file:
            file.write(outcome.file.to_json())
    if as_json:
        print_data(outcome.model_dump_json(indent=2))
    else:
        calibration_table.draw_calibration(console(wide=True), outcome, language())
    _tell(outcome, out)


def _read(name: str, rubrics: Mapping[str, Rubric], top: Top) -> list[TeacherGrade]:
    with open_answers(name, sys.stdin.buffer) as file:
        for note in file.notes:
            typer.echo(f"{file.name}: {prompts.translated(note, language())}", err=True)
        # What is left of a damaged sample may be another teacher's scale.
        answers = read_all(file, rubrics, lambda where, row: parse_graded(where, row, top), tell_fault)
    scored = [answer for answer in answers if answer is not None]
    if not scored:
        raise AnswersError(file.name, "holds no graded answers", "give the teacher's scores in a column called score")
    if len(scored) < len(answers):
        count = str(len(answers) - len(scored))
        typer.echo(words("calibrate").say("left_out_rows", file=file.name, count=count), err=True)
    return scored


def _grade(answers: Sequence[TeacherGrade], rubrics: Mapping[str, Rubric], who: Judging) -> list[Sample]:
    grades = _shown(local_work(who, rubrics).engine(answer.submission for answer in answers), len(answers))
    return [
        Sample(rubrics[submission.rubric_id], answer, grade)
        for answer, (submission, grade) in zip(answers, grades, strict=True)
    ]


def _shown(graded: Iterator[tuple[Submission, Grade]], total: int) -> Iterator[tuple[Submission, Grade]]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    title = words("calibrate").say("grading")
    yield from track(graded, title, total, console=console, transient=True, disable=not sys.stderr.isatty())


def _tell(outcome: TrialOutcome, out: Path | None) -> None:
    say = words("calibrate").say
    if outcome.file is None:
        kept = say("kept", out=str(out)) if out and out.exists() else ""
        typer.echo(say("helps_none") + kept, err=True)
    elif out is None:
        typer.echo(say("not_written"), err=True)
    else:
        typer.echo(say("written", out=str(out)), err=True)
