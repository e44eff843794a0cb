"""Answers that a person ruled on, one JSON line each: a graded sample for `kaoguan calibrate` and `kaoguan evaluate`.

    {"id": "k3f9qa/optimizer", "rubric_id": "optimizer", "answer": "…", "labels": {"p1": "covered", …},
     "misconceptions": ["m1"], "score": 6.3, "overruled": ["p1"]}

Labels that nobody overruled are the judge's: whoever looks at one verdict has usually looked at all of them, but check.
Overruling a verdict with the same label confirms it.
"""

import json
from collections.abc import Iterator

from kaoguan.interview.answers import join
from kaoguan.interview.decide.state import replay
from kaoguan.models import JudgeName, Label
from kaoguan.session import Record, Stage


def sample_lines(record: Record) -> Iterator[str]:
    """Yield a line, without its end, for every answer of a session with a verdict by a person."""
    final = {graded.rubric_id: graded.grade for graded in record.grades if graded.stage is Stage.FINAL}
    for exchange in replay(record.turns).exchanges:
        grade = final.get(exchange.rubric_id)
        if grade is None or grade.score is None or not exchange.answers:
            continue
        labels = {verdict.key_point: verdict.verdict for verdict in grade.verdicts}
        overruled = [verdict.key_point for verdict in grade.verdicts if verdict.judge is JudgeName.PERSON]
        if not overruled or Label.UNSCORED in labels.values():
            continue
        content = {
            "id": f"{record.session.id}/{exchange.rubric_id}",
            "rubric_id": exchange.rubric_id,
            "answer": join(exchange.answers),
            "labels": labels,
            "misconceptions": sorted({stated.id for stated in grade.misconceptions}),
            "score": round(grade.score / 10, 2),
            "overruled": overruled,
        }
        yield json.dumps(content, ensure_ascii=False)
