"""`kaoguan rubrics`: look at the bank and check it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaoguan.errors import RubricError

if TYPE_CHECKING:
    from rich.console import Console

    from kaoguan.models import Rubric

app = typer.Typer(help="The bank: list, show and check rubrics.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--rubrics", metavar="DIR", help="A folder of rubric files (default: the ones that came with kaoguan)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def bank(folder: Path | None) -> "dict[str, Rubric]":
    """Return the rubrics of `folder`, or the bundled ones."""
    from kaoguan import rubrics  # pydantic and yaml: --help must not pay them

    return rubrics.load_folder(folder) if folder else rubrics.load_bundled()


@app.command("list")
def list_rubrics(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the questions of the bank."""
    rubrics = bank(folder).values()
    if as_json:
        rows = [
            {
                "id": rubric.id,
                "language": rubric.language,
                "topic": rubric.topic,
                "difficulty": rubric.difficulty,
                "question": rubric.question,
                "key_points": len(rubric.key_points),
                "misconceptions": len(rubric.misconceptions),
            }
            for rubric in rubrics
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "topic", "level", "points"):
        table.add_column(name, no_wrap=True)
    table.add_column("question", overflow="fold")
    for rubric in rubrics:
        table.add_row(rubric.id, rubric.topic, str(rubric.difficulty), str(len(rubric.key_points)), rubric.question)
    _console().print(table)


@app.command()
def show(
    rubric_id: Annotated[str, typer.Argument(metavar="ID")], folder: Folder = None, as_json: AsJson = False
) -> None:
    """Show one rubric: reference answer, key points, misconceptions, sources."""
    from kaoguan.rubrics import choose

    rubric = choose(bank(folder), [rubric_id])[rubric_id]
    if as_json:
        typer.echo(rubric.model_dump_json(indent=2, exclude_none=True))
    else:
        _draw(_console(), rubric)


@app.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Rubric files or folders.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended mechanically; comments stay.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings leave exit code 2, too.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what needs the offline judge.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check rubric files: say what is wrong where, by a code, and how to mend it.

    Errors (faults of the file; a point that is there twice, or is a misconception as well) leave exit code 2.
    Warnings do not: points that make several claims or overlap, follow-ups that give a point away, points without a
    source, a reference answer that does not earn 90 marks by its own points.
    """
    from kaoguan.cli.rubrics_check import Checked, check_files

    checked: Checked = check_files(paths, fix=fix, judge=not quick)
    if as_json:
        typer.echo(json.dumps(checked.report(), ensure_ascii=False, indent=2))
    else:
        for line in checked.warnings:
            typer.echo(line)
        if checked.fixed:
            typer.echo(f"mended {checked.fixed} files", err=True)
    if checked.faults and not as_json:
        raise RubricError(checked.faults)
    if not as_json:
        counted = f"{len(checked.warnings)} warnings" if checked.warnings else "all good"
        typer.echo(f"{checked.good} rubrics: {counted}")
    if checked.faults or (strict and checked.warnings):
        raise typer.Exit(2)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a rubric file, for editors and other programs."""
    from kaoguan.rubrics import schema as json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _console() -> "Console":
    from rich.console import Console

    # soft_wrap below: the terminal breaks Chinese lines where they are full; rich would break them at spaces only.
    return Console(highlight=False, soft_wrap=True)


def _draw(console: "Console", rubric: "Rubric") -> None:
    from rich.markup import escape

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
