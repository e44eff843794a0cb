"""`kaoguan sessions delete` and `purge`: sessions gone from the disk."""

import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from kaoguan import config
from kaoguan.cli.history import follow, followed
from kaoguan.cli.options import Yes
from kaoguan.cli.screen import confirmed, words
from kaoguan.errors import SettingError


def delete(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Sessions, or the beginnings of their ids.")],
    yes: Yes = False,
) -> None:
    """Delete sessions for good, with what was learned from them."""
    say = words("screen").say
    with followed() as store:
        chosen = [store.find(session_id) for session_id in dict.fromkeys(ids)]
        _confirm(say("delete", ids=", ".join(chosen)), yes)
        store.delete(chosen)
    follow()
    typer.echo(say("deleted", ids=", ".join(chosen)), err=True)


def purge(
    older_than: Annotated[
        int | None, typer.Option(min=1, metavar="DAYS", help="Started longer ago (default: your setting keep_days).")
    ] = None,
    yes: Yes = False,
) -> None:
    """Delete old sessions for good: every word that was said in them. What was learned from them stays."""
    say = words("screen").say
    days = older_than or config.load().keep_days
    if days is None:
        mend = "say --older-than DAYS, or set keep_days: kaoguan config set keep_days 365"
        raise SettingError("--older-than", "is missing", mend)
    with followed() as store:  # what was learned first: afterwards there is nothing left to learn it from
        chosen = store.ids(before=datetime.now(UTC) - timedelta(days=days))
        if chosen:
            _confirm(say("purge", count=str(len(chosen)), days=str(days)), yes)
            store.delete(chosen, keep_reviews=True)
    typer.echo(say("purged", count=str(len(chosen))), err=True)


def _confirm(question: str, yes: bool) -> None:
    if not yes:
        if not sys.stdin.isatty():
            raise SettingError("--yes", "is needed where nobody can be asked", "add --yes")
        if not confirmed(question):
            raise typer.Abort
