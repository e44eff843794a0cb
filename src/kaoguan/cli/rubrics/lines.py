"""`kaoguan rubrics lines`: lines of a document that rubrics were distilled from."""

import re
from typing import Annotated

import typer

from kaoguan import config, documents
from kaoguan.documents.at_hand import at_hand, places
from kaoguan.errors import InputError, SettingError
from kaoguan.models import Source
from kaoguan.text import printable

_RANGE = re.compile(r"(\d{1,7})(?:[-–](\d{1,7}))?")


def command(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its name, as a report gives it.")],
    lines: Annotated[str, typer.Argument(metavar="FIRST[-LAST]", help="Which lines.")],
) -> None:
    """Show the lines of a document that a report points to.

    Documents are those that `kaoguan distill` read on this machine and that have not changed since.
    """
    found = _RANGE.fullmatch(lines.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not 1 <= first <= last:
        raise SettingError("FIRST[-LAST]", f"{lines!r} is none", "write a line, or the first and the last: 36-40")
    path = at_hand(Source(document=document), places(config.folders().documents))
    if path is None:
        mend = "distill it again: only documents read here and unchanged since are known"
        raise InputError(f"document {document!r}", "is not at hand", mend)
    shown = [line for line in documents.read(path).lines if first <= line.number <= last]
    if not shown:
        raise InputError(f"{path}", f"has no text in lines {first}-{last}", "choose others")
    for line in shown:
        typer.echo(f"{line.number:>5}  {printable(line.text)}")
