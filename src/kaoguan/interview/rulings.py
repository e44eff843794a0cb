"""A person's verdict in the place of a judge's: on disk with the verdict it replaces, who ruled, when and why."""

import getpass
import hashlib
from collections.abc import Sequence

from kaoguan.errors import InputError
from kaoguan.interview.answers import join
from kaoguan.interview.decide.state import Exchange, replay
from kaoguan.interview.words import hints
from kaoguan.models import Label, Ruling
from kaoguan.rulings.overruling import overrule
from kaoguan.session import Session, Stage, StoredRuling, Turn
from kaoguan.store import Store


def override(store: Store, session: Session, turns: Sequence[Turn], ruling: Ruling) -> Label:
    """Store a ruling on all answers to a question, and return the verdict that stood before. Raises InputError.

    Where the first answer is all there is, the ruling is on it as well; with follow-ups the first answer keeps its own.
    """
    stored = {graded.stage: graded for graded in store.grades(session.id) if graded.rubric_id == ruling.rubric_id}
    exchanges = {exchange.rubric_id: exchange for exchange in replay(turns).exchanges}
    if Stage.FINAL not in stored or ruling.rubric_id not in exchanges:
        what = "it has no grade in this session"
        raise InputError(f"rubric {ruling.rubric_id!r}", what, f"see `kaoguan sessions report {session.id}`")
    rubric, sha = session.plan.rubric(ruling.rubric_id), stored[Stage.FINAL].answer_sha256
    alike = [stage for stage, graded in stored.items() if graded.answer_sha256 == sha]
    before = {stage: graded.grade for stage, graded in stored.items()}
    ruled = {stage: overrule(rubric, before[stage], ruling) for stage in alike}
    after = before | ruled
    changed = []
    for stage in alike:
        was = next(verdict for verdict in before[stage].verdicts if verdict.key_point == ruling.key_point)
        score = hints.score_after_hints(rubric, exchanges[ruling.rubric_id], turns, after, stage)
        graded = stored[stage].model_copy(update={"grade": after[stage], "score": score})
        changed.append((StoredRuling(**ruling.model_dump(), stage=stage, answer_sha256=sha, was=was), graded))
    store.override(session.id, changed)
    return changed[0][0].was.verdict


def standing_rulings(
    overrides: Sequence[StoredRuling], exchange: Exchange
) -> dict[str, tuple[StoredRuling, StoredRuling]]:
    """Return the first and the last ruling on each key point of the answers that stand: what was, and what is."""
    sha = hashlib.sha256(join(exchange.answers).encode()).hexdigest()
    found: dict[str, tuple[StoredRuling, StoredRuling]] = {}
    for one in overrides:
        if (one.rubric_id, one.stage, one.answer_sha256) == (exchange.rubric_id, Stage.FINAL, sha):
            first, _ = found.get(one.key_point, (one, one))
            found[one.key_point] = first, one
    return found


def login() -> str:
    """Return the name that this person is logged in with."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user id, as in a container
        return "?"
