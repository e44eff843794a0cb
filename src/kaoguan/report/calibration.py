"""What a sample taught, on a terminal: before and after, question by question."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kaoguan.calibration.file import Figures
from kaoguan.calibration.trial import Outcome

_SAID = {
    "identity": "does not help: scores stay as they are",
    "line": "offset and slope",
    "phrases": "offset, slope and phrases",
}


def draw(console: Console, outcome: Outcome) -> None:
    """Print the table, and why questions were left out."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("cross-validated, 0-10", no_wrap=True)
    for title in ("answers", "RMSE", "Pearson", "QWK"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("calibration")
    for rubric_id, question in outcome.questions.items():
        cells = _cells(question.before, question.after)
        table.add_row(escape(rubric_id), str(question.answers), *cells, _SAID[question.fit])
    if outcome.before and outcome.after:
        cells = _cells(outcome.before, outcome.after)
        table.add_row("[bold]all, as calibrated[/bold]", str(outcome.answers), *cells, "")
    console.print(table)
    for rubric_id, reason in outcome.left_out.items():
        console.print(f"left out: {escape(rubric_id)}: {reason}")


def _cells(before: Figures, after: Figures) -> tuple[str, str, str]:
    return (
        _change(before.rmse, after.rmse),
        _change(before.pearson, after.pearson),
        _change(before.qwk, after.qwk),
    )


def _change(before: float | None, after: float | None) -> str:
    return f"{_number(before)} → {_number(after)}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
