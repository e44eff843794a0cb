"""`kaoguan sessions show --override`: a person's verdict in the place of a judge's."""

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kaoguan.errors import InputError, SettingError

if TYPE_CHECKING:
    from kaoguan.models import Label
    from kaoguan.store import Session, Store


def override(store: "Store", session: "Session", ruling: str, *, why: str, who: str | None) -> None:
    """Store one ruling, `optimizer/p2=covered`, on all answers to a question. Raises SettingError, InputError.

    Where the first answer is all there is, the ruling is on it as well; with follow-ups the first answer keeps its own.
    """
    from kaoguan.grading.overruling import overrule
    from kaoguan.store import Override, Stage

    rubric_id, key_point, label = _parsed(ruling)
    stored = {graded.stage: graded for graded in store.grades(session.id) if graded.rubric_id == rubric_id}
    final = stored.get(Stage.FINAL)
    if final is None:
        what = "it has no grade in this session"
        raise InputError(f"rubric {rubric_id!r}", what, f"see `kaoguan sessions report {session.id}`")
    at = datetime.now(UTC)
    for stage, graded in stored.items():
        if graded.answer_sha256 != final.answer_sha256:
            continue
        grade = overrule(session.plan.rubric(rubric_id), graded.grade, key_point, label, why)
        # What hints cost stays what it was.
        moved = None if grade.score is None else grade.score - _cost(graded.grade.score, graded.score)
        store.override(
            session.id,
            Override(
                rubric_id=rubric_id,
                stage=stage,
                key_point=key_point,
                answer_sha256=graded.answer_sha256,
                was=next(verdict for verdict in graded.grade.verdicts if verdict.key_point == key_point),
                verdict=label,
                who=who or _login(),
                why=why,
                at=at,
            ),
            graded.model_copy(update={"grade": grade, "score": None if moved is None else max(0.0, round(moved, 1))}),
        )


def _parsed(ruling: str) -> "tuple[str, str, Label]":
    from kaoguan.models import Label

    point, _, verdict = ruling.partition("=")
    rubric_id, _, key_point = point.partition("/")
    labels = [label.value for label in Label if label is not Label.UNSCORED]
    if not rubric_id or not key_point or verdict not in labels:
        mend = f"write RUBRIC/POINT=VERDICT, with one of {', '.join(labels)}: optimizer/p2=covered"
        raise SettingError(f"--override {ruling}", "cannot be understood", mend)
    return rubric_id, key_point, Label(verdict)


def _cost(graded: float | None, stored: float | None) -> float:
    return 0.0 if graded is None or stored is None else graded - stored


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user id, as in a container
        return "?"
