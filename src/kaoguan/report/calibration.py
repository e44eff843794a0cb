"""What a sample taught, on a terminal: before and after, question by question."""

from rich.console import Console
from rich.markup import escape

from kaoguan.calibration.file import Figures
from kaoguan.calibration.trial import TrialOutcome
from kaoguan.report.table import Column, table
from kaoguan.text.numbers import number

_SAID = {
    "identity": "does not help: scores stay as they are",
    "line": "offset and slope",
    "phrases": "offset, slope and phrases",
}


def draw_calibration(console: Console, outcome: TrialOutcome) -> None:
    """Print the table, and why questions were left out."""
    figures = (Column(title, right=True) for title in ("answers", "RMSE", "Pearson", "QWK"))
    rows = table(Column("cross-validated, 0-10"), *figures, Column("calibration", folds=True), gap=3)
    for rubric_id, question in outcome.questions.items():
        cells = _cells(question.before, question.after)
        rows.add_row(escape(rubric_id), str(question.answers), *cells, _SAID[question.fit])
    if outcome.before and outcome.after:
        cells = _cells(outcome.before, outcome.after)
        rows.add_row("[bold]all, as calibrated[/bold]", str(outcome.answers), *cells, "")
    console.print(rows)
    for rubric_id, reason in outcome.left_out.items():
        console.print(f"left out: {escape(rubric_id)}: {reason}")


def _cells(before: Figures, after: Figures) -> tuple[str, str, str]:
    return (
        _change(before.rmse, after.rmse),
        _change(before.pearson, after.pearson),
        _change(before.qwk, after.qwk),
    )


def _change(before: float | None, after: float | None) -> str:
    return f"{number(before, 2)} → {number(after, 2)}"
