"""`kaoguan sessions show`: what was said, and a person's verdict in the place of a judge's."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from kaoguan.cli.history import chosen_session, opened
from kaoguan.cli.options import AsJson, SessionArgument
from kaoguan.cli.screen import console
from kaoguan.cli.streams import print_data
from kaoguan.errors import SettingError
from kaoguan.interview import rulings as overriding
from kaoguan.models import Label, Ruling
from kaoguan.report.transcript import draw_overrides, draw_transcript
from kaoguan.rulings.overruling import RULING_LABELS
from kaoguan.session import Session
from kaoguan.store import Store


def command(
    session_id: SessionArgument = None,
    override: Annotated[
        list[str] | None,
        typer.Option(metavar="RUBRIC/POINT=VERDICT", help="Rule otherwise than the judge did (repeatable)."),
    ] = None,
    because: Annotated[str, typer.Option(metavar="WHY", help="Why you rule otherwise; kept beside it.")] = "",
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who rules (default: your login name).")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was said, in order, and what a person ruled otherwise.

    --override optimizer/p2=covered puts your verdict in the place of the judge's and moves the score by what it is
    worth; the judge's verdict is kept, with who, when and why. What is learned from the session follows.
    """
    with opened() as store:
        session = chosen_session(store, session_id)
        for ruling in override or ():
            _override(store, session, ruling, why=because, who=by)
        record = store.record(session.id)
    if as_json:
        fields = session.model_dump(mode="json", exclude={"plan"})
        said = [turn.model_dump(mode="json") for turn in record.turns]
        ruled = [one.model_dump(mode="json") for one in record.overrides]
        print_data(json.dumps(fields | {"turns": said, "overrides": ruled}, ensure_ascii=False, indent=2))
        return
    draw_transcript(console(), session, record.turns)
    draw_overrides(console(), session, record.overrides)


def _override(store: Store, session: Session, ruling: str, *, why: str, who: str | None) -> None:
    """Store one ruling, `optimizer/p2=covered`, on all answers to a question. Raises SettingError, InputError."""
    rubric_id, key_point, label = _parsed(ruling)
    by = who or overriding.login()
    wanted = Ruling(rubric_id=rubric_id, key_point=key_point, verdict=label, who=by, why=why, at=datetime.now(UTC))
    overriding.override(store, session, store.turns(session.id), wanted)


def _parsed(ruling: str) -> tuple[str, str, Label]:
    point, _, verdict = ruling.partition("=")
    rubric_id, _, key_point = point.partition("/")
    if not rubric_id or not key_point or verdict not in RULING_LABELS:
        mend = f"write RUBRIC/POINT=VERDICT, with one of {', '.join(RULING_LABELS)}: optimizer/p2=covered"
        raise SettingError(f"--override {ruling}", "cannot be understood", mend)
    return rubric_id, key_point, RULING_LABELS[verdict]
