"""`kaoguan sessions import`: sessions read in again, or a colleague's."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kaoguan.cli.history import follow, opened
from kaoguan.cli.screen import words
from kaoguan.errors import SessionError, SettingError
from kaoguan.export import session_file
from kaoguan.export.session_file import MOST_SESSION_BYTES


def command(
    file: Annotated[Path, typer.Argument(help="A file of `sessions export --format json`; - is standard input.")],
    mine: Annotated[bool, typer.Option("--mine", help="They are my own: learn from them.")] = False,
) -> None:
    """Read sessions in again, or a colleague's. Everything is checked; nothing is stored of a file with a fault.

    A session that is here already is left as it is. Without --mine a session can be looked at, but it is not gone on
    with and teaches nothing about you.
    """
    records = session_file.read_sessions(str(file), _bytes(file), datetime.now(UTC))
    new = []
    with opened() as store:
        known = set(store.ids())
        for record in records:
            if record.session.id not in known:
                new.append(record.model_copy(update={"session": record.session.model_copy(update={"mine": mine})}))
            elif not session_file.same_session(store.record(record.session.id), record):
                what = "another one with this id is here already"
                raise SessionError(f"{file}: session {record.session.id}", what, "delete one of them")
        for record in new:
            store.add(record)
    follow()
    count = {"new": str(len(new)), "known": str(len(records) - len(new))}
    typer.echo(words("screen").say("imported", **count), err=True)


def _bytes(file: Path) -> bytes:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MOST_SESSION_BYTES + 1)
        with file.open("rb") as stream:
            return stream.read(MOST_SESSION_BYTES + 1)
    except OSError as error:
        raise SettingError(str(file), f"cannot be read ({error.strerror})", "name a file that can") from error
