"""An evaluation on a terminal: one table of figures, one of labels, one of kinds."""

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kaoguan import prompts
from kaoguan.evaluation.agreement import Agreement, Figure
from kaoguan.evaluation.comparison import Evaluation
from kaoguan.models import Language
from kaoguan.report.table import Column, table
from kaoguan.text.numbers import coefficient, number, percent

Say = Callable[[str], str]
# Each heading, and the figures under it.
_ROWS = {"verdicts": ("accuracy", "macro_f1", "kappa"), "scores": ("pearson", "spearman", "qwk", "rmse")}


def draw_evaluation(console: Console, evaluation: Evaluation, language: Language) -> None:
    """Print the tables."""
    say = prompts.load("evaluate", language).say
    count = {name: str(getattr(evaluation, name)) for name in ("answers", "questions", "verdicts")}
    console.print(f"[bold]{say('title')}[/bold]: {say('counted', **count)}")
    everything = (*evaluation.systems, *evaluation.baselines)
    console.print(_figures(everything, say))
    for agreement in evaluation.systems:
        console.print(_labels(agreement, say))
    if any(agreement.kinds for agreement in everything):
        console.print(_kinds(everything, say))


def _figures(systems: Sequence[Agreement], say: Say) -> Table:
    rows = _table("", *(escape(agreement.system) for agreement in systems))
    for heading, names in _ROWS.items():
        rows.add_row(f"[bold]{say(heading)}[/bold]")
        for name in names:
            rows.add_row(f"  {say(name)}", *(_figure(agreement.figures[name]) for agreement in systems))
    rows.add_row(f"[bold]{say('needs_review')}[/bold]", *(percent(agreement.needs_review) for agreement in systems))
    if any(agreement.unscored_answers or agreement.unscored_verdicts for agreement in systems):
        unscored = [f"{agreement.unscored_answers} / {agreement.unscored_verdicts}" for agreement in systems]
        rows.add_row(f"[bold]{say('unscored')}[/bold]", *unscored)
    return rows


def _labels(agreement: Agreement, say: Say) -> Table:
    rows = _table(escape(agreement.system), *map(say, ("precision", "recall", "f1", "in_gold")))
    for label, figures in agreement.labels.items():
        values = (coefficient(figures.precision), coefficient(figures.recall), coefficient(figures.f1))
        rows.add_row(f"  {label}", *values, str(figures.support))
    return rows


def _kinds(systems: Sequence[Agreement], say: Say) -> Table:
    rows = _table(*map(say, ("by_kind", "answers", "gold")), *(escape(agreement.system) for agreement in systems))
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
