"""`kaoguan evaluate`: agreement with people's grades."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kaoguan import config, embeddings, prompts
from kaoguan.assembly.engines import local_work
from kaoguan.assembly.judges import Judging, judging
from kaoguan.cli.embedders import ready
from kaoguan.cli.options import AsJson, EmbedderOption, JudgeOption, ModelOption, RubricsFolder
from kaoguan.cli.screen import console, introduce, language, words
from kaoguan.cli.streams import print_data, tell_fault
from kaoguan.embeddings import RunEmbedder as Embeddings
from kaoguan.errors import AnswersError, ExitCode, SettingError
from kaoguan.evaluation import Evaluation, GoldAnswer, SystemGrades, baseline_rulings, compare
from kaoguan.evaluation import systems as rulings
from kaoguan.evaluation.gold import parse_gold
from kaoguan.evaluation.runs import difference_of_runs
from kaoguan.evaluation.systems import of_grade
from kaoguan.files import open_answers
from kaoguan.files.checked_rows import read_all
from kaoguan.grading.offline.own_models import is_pair_model
from kaoguan.grading.opening import offline_judge
from kaoguan.models import Rubric, Submission
from kaoguan.report import evaluation as evaluation_table
from kaoguan.rubrics import bank
from kaoguan.rulings.in_files import read_grades
from kaoguan.text import one_line
from kaoguan.text.numbers import number


def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Answers with labels and score; - is standard input.")],
    rubrics: RubricsFolder = None,
    grades: Annotated[
        list[Path] | None,
        typer.Option("--grades", metavar="FILE", help="Evaluate this grades file instead of grading; may be repeated."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="Compare GOLD, a grades file, with this other grades file."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold", metavar="POINTS", min=0, help="With --against: exit code 4 beyond this mean difference."
        ),
    ] = None,
    judge: JudgeOption = None,
    embedder: EmbedderOption = None,
    model: ModelOption = None,
    bootstrap: Annotated[int, typer.Option("--bootstrap", metavar="N", min=0, help="Resamples of questions.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the resampling.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Compare grades with people's: per verdict and per score, beside length-only and cosine-only baselines.

    GOLD is an answers file with the further columns labels ({"p1": "covered"}), score (0-10) and, if you like,
    misconceptions and kind. Each baseline is fitted on the other questions. Brackets hold 95 % intervals over
    questions. With --grades, FILE is JSON lines of id, score (0-100) and verdicts, from any grader.

    With --against, two runs are compared: by how many points scores differ, and how often verdicts agree. For CI:
    --threshold 3 ends with exit code 4 when the mean difference is greater, or when one run lacks a grade.
    """
    if against is not None:
        _compare_runs(Path(gold), against, threshold, as_json)
        return
    if threshold is not None:
        raise SettingError("--threshold", "is for --against", "name another grades file: --against FILE")
    chosen = bank(rubrics)
    answers = _read_gold(gold, chosen)
    if grades:
        loaded = _load_embedder(embedder)  # the cosine-only baseline needs it
        systems, in_sample = _read_grades(grades, answers), None
    else:
        who = ready(judging(judge, embedder, model=model))
        introduce(who)
        loaded = _load_embedder(embedder)
        systems = {who.judge.value: _grade(answers, chosen, who)}
        # A language model has seen who knows what; only of ours do we know.
        in_sample = None if who.judge == "llm" else _in_sample(answers)
    evaluation = compare(
        answers,
        systems,
        _baselines(answers, chosen, loaded),
        in_sample=in_sample,
        resamples=bootstrap,
        seed=seed,
    )
    if as_json:
        print_data(evaluation.model_dump_json(indent=2))
    else:
        evaluation_table.draw_evaluation(console(wide=True), evaluation, language())
    if not grades:
        _tell_in_sample(evaluation)


def _compare_runs(one: Path, other: Path, threshold: float | None, as_json: bool) -> None:
    difference = difference_of_runs(read_grades(one), read_grades(other))
    if as_json:
        typer.echo(difference.model_dump_json(indent=2))
    else:
        say = prompts.load("runs", config.load().screen).say
        for name, value in difference.told().items():
            typer.echo(say(name, value=value))
        for id_, rubric_id, before, after in difference.farthest:
            typer.echo(
                say("farthest", id=one_line(id_), question=rubric_id, before=number(before), after=number(after))
            )
    lacking = difference.only_one + difference.only_other
    if threshold is not None and (lacking or (difference.mean_difference or 0.0) > threshold):
        raise typer.Exit(ExitCode.SOME_UNSCORED)


def _read_gold(name: str, rubrics: Mapping[str, Rubric]) -> list[GoldAnswer]:
    with open_answers(name, sys.stdin.buffer) as file:
        # Leaving bad rows out would measure agreement on whatever happens to be left.
        answers = read_all(
            file,
            rubrics,
            lambda where, row: parse_gold(where, row, rubrics[row.rubric_id]),
            tell_fault,
        )
    if not answers:
        raise AnswersError(file.name, "holds no answers", "give one graded answer a line")
    return answers


def _read_grades(paths: Sequence[Path], gold: Sequence[GoldAnswer]) -> dict[str, SystemGrades]:
    ids = {answer.id for answer in gold}
    systems = {}
    for path in paths:
        if path.stem in systems:
            raise SettingError(f"--grades {path}", "another file has this name", "rename one: names head the columns")
        systems[path.stem] = rulings.read_grades_file(path)
        if not ids & systems[path.stem].keys():
            raise AnswersError(str(path), "grades none of these answers", "use the ids of the gold file")
        if others := len(systems[path.stem].keys() - ids):
            typer.echo(words("evaluate").say("other_answers", file=str(path), count=str(others)), err=True)
    return systems


def _grade(gold: Sequence[GoldAnswer], rubrics: Mapping[str, Rubric], who: Judging) -> SystemGrades:
    from rich.console import Console
    from rich.progress import track

    submissions = [Submission(id=it.id, rubric_id=it.rubric_id, answer=it.answer) for it in gold]
    graded = track(
        local_work(who, rubrics).engine(submissions),
        words("evaluate").say("grading"),
        total=len(submissions),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    return {submission.id: of_grade(grade) for submission, grade in graded}


def _load_embedder(name: str | None) -> Embeddings:
    """Return the embedder of the cosine-only baseline: the bundled one for a cross-encoder, which has no cosines."""
    settings = config.load()
    chosen = name or settings.embedder
    if chosen != "bundled" and is_pair_model(chosen):
        chosen = "bundled"
    return embeddings.load(chosen, settings, config.folders())


def _baselines(
    gold: Sequence[GoldAnswer], rubrics: Mapping[str, Rubric], embedder: Embeddings
) -> dict[str, SystemGrades]:
    found = baseline_rulings(gold, rubrics, embedder)
    if not found:
        typer.echo(words("evaluate").say("no_baselines"), err=True)
    return found


def _in_sample(gold: Sequence[GoldAnswer]) -> list[str]:
    """Return the questions of the gold set on which the offline judge was fitted."""
    fitted_on = offline_judge("bundled", config.load(), config.folders()).fitted_on
    return [id_ for id_ in dict.fromkeys(answer.rubric_id for answer in gold) if id_ in fitted_on]


def _tell_in_sample(evaluation: Evaluation) -> None:
    if evaluation.in_sample:
        seen = str(len(evaluation.in_sample))
        typer.echo(words("evaluate").say("in_sample", seen=seen, questions=str(evaluation.questions)), err=True)
