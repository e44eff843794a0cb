"""Public answers with one score each, made usable: key points from the reference, labels from the score."""

import hashlib
import json
import re
from pathlib import Path

from kaoguan.models import KeyPoint, Rubric

# How much an answer counts in fitting beside a hand-labelled one: list questions whose reference is the full key, and
# free answers, where full marks need not mean every sentence of the reference.
WEIGHTS = {"le_zh": 1.0, "ads_zh": 0.4}


def seen(name: str, question: object) -> bool:
    """Return whether a question may be learned from: half of each set is; the other half measures."""
    return int(hashlib.sha256(f"{name}-{question}".encode()).hexdigest(), 16) % 2 == 0


def rubric(row: dict) -> Rubric:
    """Return a rubric whose key points are the pieces of the row's reference answer."""
    pieces = [piece.strip() for piece in re.split(r"[。；;\n]|(?<=[a-z])\.\s", row["reference"]) if piece.strip()]
    if len(pieces) == 1 and row["language"] == "zh":
        head, _, tail = pieces[0].rpartition("：")
        pieces = [piece for piece in re.split("[、，,]|和", tail or head) if piece.strip()] or pieces
    points = [KeyPoint(id=f"p{i}", text=text, weight=1) for i, text in enumerate(pieces[:20])]
    return Rubric(
        id=f"q{row['question_id']}", language=row["language"], topic="-", difficulty=1, question=row["question"],
        reference_answer=row["reference"], key_points=tuple(points),
    )  # fmt: skip


def labelled(folder: Path) -> tuple[dict[str, Rubric], list[dict]]:
    """Return rubrics and answers to learn from; `labels` is None: how many points are covered is known, not which."""
    bank, rows = {}, []
    for name, weight in WEIGHTS.items():
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if not seen(name, row["question_id"]):
                continue
            share, key = row["score"] / row["score_max"], f"{name}-{row['question_id']}"
            bank.setdefault(key, rubric(row).model_copy(update={"id": key}))
            rows.append({
                "rubric_id": key, "set": "made", "kind": name, "answer": row["answer"], "labels": None,
                "misconceptions": [], "score": 10 * share, "weight": weight,
            })  # fmt: skip
    return bank, rows
