"""`kaoguan sessions export`: sessions for other programs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from kaoguan.assembly.interviews import background_grader
from kaoguan.cli.history import followed
from kaoguan.cli.screen import words
from kaoguan.cli.streams import print_data, tell_fault
from kaoguan.errors import SessionError, SettingError
from kaoguan.export import session_file, texts
from kaoguan.files.replacing import replacing
from kaoguan.interview import Interview, Report
from kaoguan.store import Store

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Sessions, or the beginnings of their ids.")]
Format = Literal["json", "csv", "md", "anki", "sample"]


def command(
    ids: Ids = None,
    kind: Annotated[Format, typer.Option("--format", help="json, csv, md, anki, or sample (for calibrate).")] = "json",
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to FILE.")] = None,
) -> None:
    """Export sessions (default: all; md: the latest) for other programs.

    json: whole sessions, see `sessions schema`, for `sessions import`. csv: one row per key point. md: the transcript
    with front matter. anki: a deck with a card per key point asked. sample: answers with a verdict you overruled, for
    `kaoguan calibrate` and `kaoguan evaluate`.
    """
    if kind == "anki" and out is None:
        raise SettingError("--format anki", "is no text", "name a file: -o kaoguan.apkg")
    with followed() as store:
        wanted = [store.session(session_id).id for session_id in ids or ()]
        if len(wanted) > 1 and kind == "md":
            raise SettingError("--format md", "is one session's", "name one session at a time")
        if not wanted:
            wanted = [store.latest().id] if kind == "md" else list(_sound(store))
        text = _deck(store, wanted, out) if kind == "anki" and out else _text(store, wanted, kind)
    if out is None:
        print_data(text)
        return
    if text:
        _write(text, out)
    out.chmod(0o600)  # somebody's own words
    typer.echo(str(out), err=True)


def _sound(store: Store) -> Iterator[str]:
    """Yield the sessions that can be read, and tell of the others."""
    for session_id in store.ids():
        try:
            store.record(session_id)
        except SessionError as error:
            tell_fault(error)
        else:
            yield session_id


def _text(store: Store, ids: list[str], kind: Format) -> str:
    if kind == "json":
        return session_file.sessions_text(tuple(store.record(session_id) for session_id in ids))
    if kind == "sample":
        records = (store.record(session_id) for session_id in ids)
        return "".join(f"{line}\n" for record in records for line in texts.sample_lines(record))
    if kind == "csv":
        return texts.verdict_table(_report(store, session_id) for session_id in ids)
    return texts.session_markdown(_report(store, ids[0]))


def _report(store: Store, session_id: str) -> Report:
    grader = background_grader(store.session(session_id).plan)
    return Interview.open(session_id, grader, store).report()


def _deck(store: Store, ids: list[str], out: Path) -> str:
    from kaoguan.export import anki

    # The latest copy of each rubric; sessions come latest first.
    rubrics = {rubric.id: rubric for one in reversed(ids) for rubric in store.session(one).plan.rubrics}
    count = anki.write_deck(rubrics.values(), out)
    typer.echo(words("screen").say("cards", count=str(count)), err=True)
    return ""


def _write(text: str, out: Path) -> None:
    with replacing(out, private=True) as file:
        file.write(text)
