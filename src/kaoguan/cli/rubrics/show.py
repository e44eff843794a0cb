"""`kaoguan rubrics show`: one rubric."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from kaoguan.cli.options import AsJson, RubricsFolder
from kaoguan.cli.screen import console
from kaoguan.models import Rubric
from kaoguan.rubrics import bank, with_ids


def command(
    rubric_id: Annotated[str, typer.Argument(metavar="ID")], folder: RubricsFolder = None, as_json: AsJson = False
) -> None:
    """Show one rubric: reference answer, key points, misconceptions, sources."""
    rubric = with_ids(bank(folder), [rubric_id])[rubric_id]
    if as_json:
        typer.echo(rubric.model_dump_json(indent=2, exclude_none=True))
    else:
        _draw(console(soft_wrap=True), rubric)


def _draw(console: Console, rubric: Rubric) -> None:
    def section(title: str, lines: list[str]) -> None:
        if lines:
            console.print(f"\n[bold]{title}[/bold]")
        for line in lines:
            console.print(line)

    console.print(f"[bold]{escape(rubric.question)}[/bold]")
    console.print(f"[dim]{rubric.id} · {escape(rubric.topic)} · level {rubric.difficulty}[/dim]")
    section("reference answer", [escape(rubric.reference_answer)])
    points = []
    for point in rubric.key_points:
        source = point.source
        lines = (
            f"  [dim]{escape(source.document)}:{source.lines[0]}-{source.lines[1]}[/dim]"
            if source and source.lines
            else ""
        )
        points.append(f"{point.id:>4}  {'●' * point.weight:<3}  {escape(point.text)}{lines}")
        points += [f"           [dim]↳ {escape(point.follow_up)}[/dim]"] if point.follow_up else []
    section("key points (● = weight)", points)
    section("misconceptions", [f"{wrong.id:>4}  {escape(wrong.text)}" for wrong in rubric.misconceptions])
    section("notes", [f"   ·  {escape(note)}" for note in rubric.notes])
