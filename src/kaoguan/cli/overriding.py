"""`kaoguan sessions show --override`: a person's verdict in the place of a judge's."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kaoguan.errors import SettingError

if TYPE_CHECKING:
    from kaoguan.models import Label
    from kaoguan.session import Session
    from kaoguan.store import Store


def override(store: "Store", session: "Session", ruling: str, *, why: str, who: str | None) -> None:
    """Store one ruling, `optimizer/p2=covered`, on all answers to a question. Raises SettingError, InputError."""
    from kaoguan.interview import rulings as overriding

    rubric_id, key_point, label = _parsed(ruling)
    by = who or overriding.login()
    wanted = overriding.Ruling(
        rubric_id=rubric_id, key_point=key_point, verdict=label, who=by, why=why, at=datetime.now(UTC)
    )
    overriding.override(store, session, store.turns(session.id), wanted)


def _parsed(ruling: str) -> "tuple[str, str, Label]":
    from kaoguan.models import Label

    point, _, verdict = ruling.partition("=")
    rubric_id, _, key_point = point.partition("/")
    labels = [label.value for label in Label if label is not Label.UNSCORED]
    if not rubric_id or not key_point or verdict not in labels:
        mend = f"write RUBRIC/POINT=VERDICT, with one of {', '.join(labels)}: optimizer/p2=covered"
        raise SettingError(f"--override {ruling}", "cannot be understood", mend)
    return rubric_id, key_point, Label(verdict)
