"""An evaluation on a terminal: one table of figures, one of labels, one of kinds."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kaoguan.evaluation.agreement import Agreement, Figure
from kaoguan.evaluation.comparison import Evaluation
from kaoguan.report.table import Column, table
from kaoguan.text.numbers import coefficient, number, percent

_ROWS = (
    ("verdicts", None),
    ("  accuracy", "accuracy"),
    ("  macro-F1", "macro_f1"),
    ("  Cohen's kappa", "kappa"),
    ("scores, 0-10", None),
    ("  Pearson", "pearson"),
    ("  Spearman", "spearman"),
    ("  QWK", "qwk"),
    ("  RMSE", "rmse"),
)


def draw_evaluation(console: Console, evaluation: Evaluation) -> None:
    """Print the tables."""
    title = f"{evaluation.answers} answers to {evaluation.questions} questions, {evaluation.verdicts} verdicts"
    console.print(f"[bold]agreement with people[/bold]: {title}")
    everything = (*evaluation.systems, *evaluation.baselines)
    console.print(_figures(everything))
    for agreement in evaluation.systems:
        console.print(_labels(agreement))
    if any(agreement.kinds for agreement in everything):
        console.print(_kinds(everything))


def _figures(systems: Sequence[Agreement]) -> Table:
    rows = _table("", *(escape(agreement.system) for agreement in systems))
    for title, name in _ROWS:
        if name is None:
            rows.add_row(f"[bold]{title}[/bold]")
        else:
            rows.add_row(title, *(_figure(agreement.figures[name]) for agreement in systems))
    rows.add_row("[bold]needs review[/bold]", *(percent(agreement.needs_review) for agreement in systems))
    if any(agreement.unscored_answers or agreement.unscored_verdicts for agreement in systems):
        unscored = [f"{agreement.unscored_answers} / {agreement.unscored_verdicts}" for agreement in systems]
        rows.add_row("[bold]unscored[/bold] answers / verdicts", *unscored)
    return rows


def _labels(agreement: Agreement) -> Table:
    rows = _table(escape(agreement.system), "precision", "recall", "F1", "in gold")
    for label, figures in agreement.labels.items():
        values = (coefficient(figures.precision), coefficient(figures.recall), coefficient(figures.f1))
        rows.add_row(f"  {label}", *values, str(figures.support))
    return rows


def _kinds(systems: Sequence[Agreement]) -> Table:
    rows = _table("mean score by kind", "answers", "gold", *(escape(agreement.system) for agreement in systems))
    for kind in dict.fromkeys(kind for agreement in systems for kind in agreement.kinds):
        own = [agreement.kinds.get(kind) for agreement in systems]
        first = next(figures for figures in own if figures)
        means = [number(figures.mean if figures else None, 1) for figures in own]
        rows.add_row(f"  {escape(kind)}", str(first.answers), f"{first.gold:.1f}", *means)
    return rows


def _table(*columns: str) -> Table:
    return table(Column(columns[0]), *(Column(title, right=True) for title in columns[1:]), gap=3)


def _figure(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return coefficient(figure.value)
    # The brackets must not be read as markup.
    return f"{coefficient(figure.value)} \\[{coefficient(figure.low)}, {coefficient(figure.high)}]"
