"""`kaoguan sessions schema`: the JSON Schema of what other commands print or write."""

import json
from typing import Annotated, Literal

import typer

from kaoguan.export.schemas import Document
from kaoguan.export.schemas import schema as find


def schema(
    of: Annotated[
        Literal["sessions", "report", "list", "due", "progress"],
        typer.Argument(metavar="[sessions|report|list|due|progress]", help="Default: sessions, an exported file."),
    ] = "sessions",
) -> None:
    """Print the JSON Schema of an exported session file, or of what another command prints with --json."""
    typer.echo(json.dumps(find(Document(of)), ensure_ascii=False, indent=2))
