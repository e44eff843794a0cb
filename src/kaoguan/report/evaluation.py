"""An evaluation on a terminal: one table of figures, one of labels, one of kinds."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kaoguan.evaluation.agreement import Agreement, Figure
from kaoguan.evaluation.comparison import Evaluation

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


def draw(console: Console, evaluation: Evaluation) -> None:
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
    table = _table("", *(escape(agreement.system) for agreement in systems))
    for title, name in _ROWS:
        if name is None:
            table.add_row(f"[bold]{title}[/bold]")
        else:
            table.add_row(title, *(_figure(agreement.figures[name]) for agreement in systems))
    table.add_row("[bold]needs review[/bold]", *(_share(agreement.needs_review) for agreement in systems))
    if any(agreement.unscored_answers or agreement.unscored_verdicts for agreement in systems):
        unscored = [f"{agreement.unscored_answers} / {agreement.unscored_verdicts}" for agreement in systems]
        table.add_row("[bold]unscored[/bold] answers / verdicts", *unscored)
    return table


def _labels(agreement: Agreement) -> Table:
    table = _table(escape(agreement.system), "precision", "recall", "F1", "in gold")
    for label, figures in agreement.labels.items():
        values = (_number(figures.precision), _number(figures.recall), _number(figures.f1))
        table.add_row(f"  {label}", *values, str(figures.support))
    return table


def _kinds(systems: Sequence[Agreement]) -> Table:
    table = _table("mean score by kind", "answers", "gold", *(escape(agreement.system) for agreement in systems))
    for kind in dict.fromkeys(kind for agreement in systems for kind in agreement.kinds):
        own = [agreement.kinds.get(kind) for agreement in systems]
        first = next(figures for figures in own if figures)
        means = [f"{figures.mean:.1f}" if figures else "-" for figures in own]
        table.add_row(f"  {escape(kind)}", str(first.answers), f"{first.gold:.1f}", *means)
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(columns[0], no_wrap=True)
    for column in columns[1:]:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _figure(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return _number(figure.value)
    # The brackets must not be read as markup.
    return f"{_number(figure.value)} \\[{_number(figure.low)}, {_number(figure.high)}]"


def _number(value: float | None) -> str:
    """Return three digits without the zero that every share starts with; - where there is no value."""
    if value is None:
        return "-"
    shown = f"{value:.3f}"
    return shown.replace("0.", ".", 1) if shown.startswith(("0.", "-0.")) else shown[:-1]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
