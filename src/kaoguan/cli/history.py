"""The session database as every command opens it: with what was learned from it brought up to date, or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import typer

from kaoguan import config
from kaoguan.cli.screen import words
from kaoguan.learning import catch_up
from kaoguan.session import Session
from kaoguan.store import Card, Store

# So many sessions take a second to be followed.
_MANY = 500


@contextmanager
def opened() -> Iterator[Store]:
    """Open the sessions; say on stderr where a database was kept that could not be read."""
    with Store.open(config.folders().database) as store:
        if store.aside:
            told = words("screen").say("damaged", aside=str(store.aside), name=store.aside.name)
            typer.secho(f"kaoguan: {told}", fg="red", err=True)
        yield store


@contextmanager
def followed() -> Iterator[Store]:
    """Open the sessions with everything that follows from their grades brought up to date."""
    with opened() as store:
        if len(store.reviews.stale(_MANY)) == _MANY:
            typer.echo(words("progress").say("catching_up"), err=True)
        catch_up(store)
        yield store


def where_points_stand(store: Store) -> tuple[Card, ...]:
    """Return the cards of all key points ever asked, up to date."""
    catch_up(store)
    return store.reviews.cards()


def retain(store: Store, keep_days: int | None) -> None:
    """Delete sessions that are older than the user's setting; what was learned from them stays."""
    old = store.ids(before=datetime.now(UTC) - timedelta(days=keep_days)) if keep_days else ()
    if old:
        catch_up(store)  # afterwards there is nothing left to learn from
        store.delete(old, keep_reviews=True)
        typer.echo(words("screen").say("retained", days=str(keep_days), count=str(len(old))), err=True)


def chosen_session(store: Store, session_id: str | None) -> Session:
    """Return the session that is meant: the latest where nobody says."""
    return store.session(session_id) if session_id else store.latest()


def follow() -> None:
    """Bring up to date what follows from the grades."""
    with followed():
        pass
