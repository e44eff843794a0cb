"""`kaoguan paths`: where everything is kept."""

import json

import typer
from rich.cells import cell_len

from kaoguan import config, resources
from kaoguan.cli.options import AsJson
from kaoguan.cli.screen import words
from kaoguan.cli.streams import print_data

# Names in the JSON with a space in them.
_KEYS = {"bundled rubrics": "rubrics", "bundled prompts": "words"}


def command(as_json: AsJson = False) -> None:
    """Print where everything is kept: data, sessions, settings, caches."""
    folders = config.folders()
    places = {
        "data": folders.data,
        "sessions": folders.database,
        "judges": folders.judges,
        "settings": folders.config / "config.toml",
        "prompts": folders.prompts,
        "cache": folders.cache,
        "bundled rubrics": resources.folder("rubrics"),
        "bundled prompts": resources.folder("prompts"),
    }
    if as_json:
        rows = {name: {"path": str(place), "exists": place.exists()} for name, place in places.items()}
        print_data(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    say = words("screen").say
    names = {name: say(f"path_{_KEYS.get(name, name)}") for name in places}
    column = max(map(cell_len, names.values())) + 2
    for name, place in places.items():
        gap = " " * (column - cell_len(names[name]))
        typer.echo(f"{names[name]}{gap}{place}{'' if place.exists() else say('not_there')}")
