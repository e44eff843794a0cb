"""The session database as every command opens it, and what commands on history share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

    from kaoguan.models import Language
    from kaoguan.store import Card, Store

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Everything = Annotated[bool, typer.Option("--all", help="Not only the first ones.")]


# So many sessions take a second to be followed.
_MANY = 500


@contextmanager
def opened() -> "Iterator[Store]":
    """Open the sessions; say on stderr where a database was kept that could not be read."""
    # pydantic and sqlite cost 0.1 s: --help must not pay them.
    from kaoguan import config
    from kaoguan.store import Store

    with Store.open(config.folders().database) as store:
        if store.aside:
            typer.secho(
                f"kaoguan: the sessions could not be read; they are kept in {store.aside}, and a new history begins."
                f" To rescue them: sqlite3 {store.aside.name} .recover | sqlite3 kaoguan.db",
                fg="red",
                err=True,
            )
        yield store


@contextmanager
def followed() -> "Iterator[Store]":
    """Open the sessions with everything that follows from their grades brought up to date."""
    from kaoguan.learning import catch_up

    with opened() as store:
        if len(store.reviews.stale(_MANY)) == _MANY:
            from kaoguan import prompts

            typer.echo(prompts.load("progress", language()).say("catching_up"), err=True)
        catch_up(store)
        yield store


def where_points_stand(store: "Store") -> "tuple[Card, ...]":
    """Return the cards of all key points ever asked, up to date."""
    from kaoguan.learning import catch_up

    catch_up(store)
    return store.reviews.cards()


def retain(store: "Store", keep_days: int | None) -> None:
    """Delete sessions that are older than the user's setting; what was learned from them stays."""
    from kaoguan.learning import catch_up

    old = store.ids(before=datetime.now(UTC) - timedelta(days=keep_days)) if keep_days else ()
    if old:
        catch_up(store)  # afterwards there is nothing left to learn from
        store.delete(old, keep_reviews=True)
        typer.echo(f"keep_days = {keep_days}: deleted {len(old)} sessions", err=True)


def echo_all(values: "Sequence[BaseModel]") -> None:
    """Print values as one JSON list."""
    from pydantic import TypeAdapter

    kind = type(values[0]) if values else Any  # one kind in each list
    typer.echo(TypeAdapter(list[kind]).dump_json(list(values), indent=2))  # type: ignore[valid-type]


def console() -> "Console":
    """Return a console on stdout."""
    from rich.console import Console

    return Console(highlight=False)


def language() -> "Language":
    """Return the language of the screen."""
    from kaoguan import config

    chosen = config.load().language
    return "zh" if chosen == "auto" else chosen
