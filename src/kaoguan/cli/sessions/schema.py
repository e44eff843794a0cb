"""`kaoguan sessions schema`: the JSON Schema of what other commands print or write."""

import json
from typing import Annotated, Literal

import typer

from kaoguan.cli.streams import print_data
from kaoguan.export.schemas import SchemaName
from kaoguan.export.schemas import document_schema as find


def command(
    of: Annotated[
        Literal["sessions", "report", "list", "due", "progress"],
        typer.Argument(metavar="[sessions|report|list|due|progress]", help="Default: sessions, an exported file."),
    ] = "sessions",
) -> None:
    """Print the JSON Schema of an exported session file, or of what another command prints with --json."""
    print_data(json.dumps(find(SchemaName(of)), ensure_ascii=False, indent=2))
