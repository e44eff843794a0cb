"""`kaoguan rubrics list`: the questions of the bank."""

import json
from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from kaoguan import prompts
from kaoguan.cli import screen
from kaoguan.cli.lazy import speak
from kaoguan.cli.options import AsJson, RubricsFolder
from kaoguan.cli.streams import print_data
from kaoguan.errors import InputError
from kaoguan.models import Rubric
from kaoguan.report.table import Column, table
from kaoguan.rubrics import Head, bank, heads, on_topic, topic_id, topics


def command(
    folder: RubricsFolder = None,
    topic: Annotated[list[str] | None, typer.Option(metavar="TOPIC", help="Only this topic (repeatable).")] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(callback=speak, help="Only questions in this language.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the questions of the bank, topic by topic, the easiest first."""
    known = bank(folder)
    found = _sorted(_chosen(list(heads(known).values()), topic, language))
    if as_json:
        print_data(json.dumps([_row(known[head.id]) for head in found], ensure_ascii=False, indent=2))
        return
    say = prompts.load("rubrics", screen.language()).say
    columns = [Column(say(f"column_{name}")) for name in ("topic", "id", "level", "language")]
    rows = table(*columns, Column(say("column_question"), folds=True))
    for head in found:
        rows.add_row(head.topic, head.id, str(head.difficulty), head.language, head.question)
    screen.console(soft_wrap=True).print(rows)
    typer.echo(say("counted", count=str(len(found))), err=True)


def _chosen(among: Sequence[Head], wanted: Sequence[str] | None, language: str | None) -> list[Head]:
    found = [head for head in among if language in {None, head.language}]
    if not wanted:
        return found
    on = [head for head in found if any(on_topic(head.topic, one) for one in wanted)]
    if not on:
        known = ", ".join(dict.fromkeys(topic_id(head.topic) or head.topic for head in _sorted(found)))
        raise InputError(f"topic {', '.join(wanted)!r}", "no rubric has it", f"use (part of) one of: {known}")
    return on


def _sorted(among: Sequence[Head]) -> list[Head]:
    """Return questions by topic, those of the bank in its order, then by difficulty."""
    place = {topic: index for index, topic in enumerate(topics())}

    def key(head: Head) -> tuple[int, str, int, str]:
        known = topic_id(head.topic)
        return place[known] if known else len(place), "" if known else head.topic, head.difficulty, head.id

    return sorted(among, key=key)


def _row(rubric: Rubric) -> dict[str, object]:
    return {
        "id": rubric.id,
        "language": rubric.language,
        "topic": rubric.topic,
        "difficulty": rubric.difficulty,
        "question": rubric.question,
        "key_points": len(rubric.key_points),
        "misconceptions": len(rubric.misconceptions),
    }
