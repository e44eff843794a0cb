"""`kaoguan paths`: where everything is kept."""

import json

import typer

from kaoguan import config, resources
from kaoguan.cli.options import AsJson


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
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for name, place in places.items():
        typer.echo(f"{name:<16} {place}{'' if place.exists() else '  (not there yet)'}")
