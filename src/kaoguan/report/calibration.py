"""What a sample taught, on a terminal: before and after, question by question."""

from rich.console import Console
from rich.markup import escape

from kaoguan import prompts
from kaoguan.calibration.file import Figures
from kaoguan.calibration.trial import TrialOutcome
from kaoguan.models import Language
from kaoguan.report.table import Column, table
from kaoguan.text.numbers import number


def draw_calibration(console: Console, outcome: TrialOutcome, language: Language) -> None:
    """Print the table, and why questions were left out."""
    say = prompts.load("calibrate", language).say
    figures = (Column(title, right=True) for title in (say("answers"), "RMSE", "Pearson", "QWK"))
    rows = table(Column(say("title")), *figures, Column(say("calibration"), folds=True), gap=3)
    for rubric_id, question in outcome.questions.items():
        cells = _cells(question.before, question.after)
        rows.add_row(escape(rubric_id), str(question.answers), *cells, say(f"fit_{question.fit}"))
    if outcome.before and outcome.after:
        cells = _cells(outcome.before, outcome.after)
        rows.add_row(f"[bold]{say('all')}[/bold]", str(outcome.answers), *cells, "")
    console.print(rows)
    for rubric_id, reason in outcome.left_out.items():
        told = prompts.translated(reason, language)
        console.print(say("left_out", question=escape(rubric_id), reason=told))


def _cells(before: Figures, after: Figures) -> tuple[str, str, str]:
    return (
        _change(before.rmse, after.rmse),
        _change(before.pearson, after.pearson),
        _change(before.qwk, after.qwk),
    )


def _change(before: float | None, after: float | None) -> str:
    return f"{number(before, 2)} → {number(after, 2)}"
