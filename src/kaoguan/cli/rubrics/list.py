"""`kaoguan rubrics list`: the questions of the bank."""

import json

import typer

from kaoguan.cli.options import AsJson, RubricsFolder
from kaoguan.cli.screen import console
from kaoguan.report.table import Column, table
from kaoguan.rubrics import bank


def command(folder: RubricsFolder = None, as_json: AsJson = False) -> None:
    """List the questions of the bank."""
    rubrics = bank(folder).values()
    if as_json:
        listed = [
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
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    rows = table(*map(Column, ("id", "topic", "level", "points")), Column("question", folds=True))
    for rubric in rubrics:
        rows.add_row(rubric.id, rubric.topic, str(rubric.difficulty), str(len(rubric.key_points)), rubric.question)
    console(soft_wrap=True).print(rows)
