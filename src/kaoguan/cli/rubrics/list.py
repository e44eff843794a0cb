"""`kaoguan rubrics list`: the questions of the bank."""

import json

import typer

from kaoguan.cli.options import AsJson, RubricsFolder
from kaoguan.cli.screen import console
from kaoguan.rubrics import bank


def list_rubrics(folder: RubricsFolder = None, as_json: AsJson = False) -> None:
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
    console(soft_wrap=True).print(table)
