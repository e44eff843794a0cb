"""`kaoguan rubrics show`: one rubric."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from kaoguan import prompts
from kaoguan.cli.options import AsJson, RubricsFolder
from kaoguan.cli.screen import console
from kaoguan.models import Rubric
from kaoguan.report.phrases import Phrases
from kaoguan.rubrics import bank, with_ids


def command(
    rubric_id: Annotated[str, typer.Argument(metavar="ID")], folder: RubricsFolder = None, as_json: AsJson = False
) -> None:
    """Show one rubric: reference answer, key points with what to learn about them, misconceptions."""
    rubric = with_ids(bank(folder), [rubric_id])[rubric_id]
    if as_json:
        typer.echo(rubric.model_dump_json(indent=2, exclude_none=True))
    else:
        _draw(console(soft_wrap=True), rubric)


def _draw(console: Console, rubric: Rubric) -> None:
    phrases, say = Phrases(rubric.language), prompts.load("rubrics", rubric.language).say

    def section(title: str, lines: list[str]) -> None:
        if lines:
            console.print(f"\n[bold]{say(title)}[/bold]")
        for line in lines:
            console.print(line)

    console.print(f"[bold]{escape(rubric.question)}[/bold]")
    level = say("level", level=str(rubric.difficulty))
    console.print(f"[dim]{rubric.id} · {escape(rubric.topic)} · {level}[/dim]")
    section("reference", [escape(rubric.reference_answer)])
    points = []
    for point in rubric.key_points:
        points.append(f"{point.id:>4}  {'●' * point.weight:<3}  {escape(point.text)}")
        told = (point.note, phrases.place(point.source), point.follow_up and f"↳ {point.follow_up}")
        points += [f"           [dim]{escape(text)}[/dim]" for text in told if text]
    section("points", points)
    section("misconceptions", [f"{wrong.id:>4}  {escape(wrong.text)}" for wrong in rubric.misconceptions])
    section("notes", [f"   ·  {escape(note)}" for note in rubric.notes])
