"""`kaoguan sessions` for whole sessions: search, delete, purge, export, import, schema."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kaoguan.cli.history import AsJson, console, echo_all, followed, language, opened
from kaoguan.errors import SessionError, SettingError

if TYPE_CHECKING:
    from kaoguan.interview import Report
    from kaoguan.store import Store

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Sessions, or the beginnings of their ids.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Format = Literal["json", "csv", "md", "anki", "sample"]


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them, in one turn.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find where something was said, latest first."""
    wanted = " ".join(words)
    with opened() as store:
        hits = store.search(wanted, limit)
    if as_json:
        echo_all(hits)
        return
    from kaoguan.report.transcript import draw_hits

    draw_hits(console(), hits, wanted, language())


def delete(ids: Annotated[list[str], typer.Argument(metavar="ID...")], yes: Yes = False) -> None:
    """Delete sessions for good, with what was learned from them."""
    with followed() as store:
        chosen = [store.session(session_id).id for session_id in dict.fromkeys(ids)]
        _confirm(f"delete {', '.join(chosen)}?", yes)
        store.delete(chosen)
    _follow()
    typer.echo(f"deleted: {', '.join(chosen)}", err=True)


def purge(
    older_than: Annotated[
        int | None, typer.Option(min=1, metavar="DAYS", help="Started longer ago (default: your setting keep_days).")
    ] = None,
    yes: Yes = False,
) -> None:
    """Delete old sessions for good: every word that was said in them. What was learned from them stays."""
    from kaoguan import config

    days = older_than or config.load().keep_days
    if days is None:
        mend = "say --older-than DAYS, or set keep_days: kaoguan config set keep_days 365"
        raise SettingError("--older-than", "is missing", mend)
    with followed() as store:  # what was learned first: afterwards there is nothing left to learn it from
        chosen = store.ids(before=datetime.now(UTC) - timedelta(days=days))
        if chosen:
            _confirm(f"delete {len(chosen)} sessions older than {days} days?", yes)
            store.delete(chosen, keep_reviews=True)
    typer.echo(f"deleted: {len(chosen)} sessions", err=True)


def export(
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
            wanted = [store.latest().id] if kind == "md" else list(store.ids())
        text = _deck(store, wanted, out) if kind == "anki" and out else _text(store, wanted, kind)
    if out is None:
        typer.echo(text, nl=False)
        return
    if text:
        _write(text, out)
    out.chmod(0o600)  # somebody's own words
    typer.echo(str(out), err=True)


def import_(
    file: Annotated[Path, typer.Argument(help="A file of `sessions export --format json`; - is standard input.")],
    mine: Annotated[bool, typer.Option("--mine", help="They are my own: learn from them.")] = False,
) -> None:
    """Read sessions in again, or a colleague's. Everything is checked; nothing is stored of a file with a fault.

    A session that is here already is left as it is. Without --mine a session can be looked at, but it is not gone on
    with and teaches nothing about you.
    """
    from kaoguan.export import session_file

    records = session_file.read(str(file), _bytes(file), datetime.now(UTC))
    new = []
    with opened() as store:
        known = set(store.ids())
        for record in records:
            if record.session.id not in known:
                new.append(record.model_copy(update={"session": record.session.model_copy(update={"mine": mine})}))
            elif not session_file.same(store.record(record.session.id), record):
                what = "another one with this id is here already"
                raise SessionError(f"{file}: session {record.session.id}", what, "delete one of them")
        for record in new:
            store.add(record)
    _follow()
    typer.echo(f"imported: {len(new)}, here already: {len(records) - len(new)}", err=True)


def schema(
    of: Annotated[
        Literal["sessions", "report", "list", "due", "progress"],
        typer.Argument(metavar="[sessions|report|list|due|progress]", help="Default: sessions, an exported file."),
    ] = "sessions",
) -> None:
    """Print the JSON Schema of an exported session file, or of what another command prints with --json."""
    from kaoguan.export.schemas import Document
    from kaoguan.export.schemas import schema as find

    typer.echo(json.dumps(find(Document(of)), ensure_ascii=False, indent=2))


def _confirm(question: str, yes: bool) -> None:
    if not yes:
        if not sys.stdin.isatty():
            raise SettingError("--yes", "is needed where nobody can be asked", "add --yes")
        typer.confirm(question, abort=True, err=True)


def _follow() -> None:
    with followed():
        pass


def _text(store: "Store", ids: list[str], kind: Format) -> str:
    from kaoguan.export import sample, session_file, table, transcript

    if kind == "json":
        return session_file.write(tuple(store.record(session_id) for session_id in ids))
    if kind == "sample":
        records = (store.record(session_id) for session_id in ids)
        return "".join(f"{line}\n" for record in records for line in sample.lines(record))
    if kind == "csv":
        return table.write(_report(store, session_id) for session_id in ids)
    return transcript.write(_report(store, ids[0]))


def _report(store: "Store", session_id: str) -> "Report":
    from kaoguan import config
    from kaoguan.cli.interview_talk import background_grader
    from kaoguan.interview import Interview

    grader = background_grader(store.session(session_id).plan, config.load())
    return Interview.open(session_id, grader, store).report()


def _deck(store: "Store", ids: list[str], out: Path) -> str:
    from kaoguan.export import anki

    # The latest copy of each rubric; sessions come latest first.
    rubrics = {rubric.id: rubric for one in reversed(ids) for rubric in store.session(one).plan.rubrics}
    count = anki.write(rubrics.values(), out)
    typer.echo(f"{count} cards", err=True)
    return ""


def _write(text: str, out: Path) -> None:
    from kaoguan.files.replacing import replacing

    with replacing(out) as file:
        file.write(text)


def _bytes(file: Path) -> bytes:
    from kaoguan.export.session_file import MOST_BYTES

    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise SettingError(str(file), f"cannot be read ({error.strerror})", "name a file that can") from error
