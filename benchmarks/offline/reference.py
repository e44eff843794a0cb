"""Public answers with one score each, made usable: key points from the reference, labels from the score."""

import hashlib
import json
import re
from pathlib import Path

from kaoguan.models import KeyPoint, Rubric
from kaoguan.text.overlap import containment

# How much an answer counts in fitting beside a hand-labelled one: list questions whose reference is the full key, and
# free answers, where full marks need not mean every sentence of the reference.
WEIGHTS = {"le_zh": 1.0, "ads_zh": 0.4}


def seen(name: str, question: object) -> bool:
    """Return whether a question may be learned from: half of each set is; the other half measures."""
    return int(hashlib.sha256(f"{name}-{question}".encode()).hexdigest(), 16) % 2 == 0


def rubric(row: dict) -> Rubric:
    """Return a rubric whose key points are the pieces of the row's reference answer."""
    points = [KeyPoint(id=f"p{i}", text=text, weight=1) for i, text in enumerate(_pieces(row)[:20])]
    return Rubric(
        id=f"q{row['question_id']}", language=row["language"], topic="-", difficulty=1, question=row["question"],
        reference_answer=row["reference"], key_points=tuple(points),
    )  # fmt: skip


def _pieces(row: dict) -> list[str]:
    """Return what a reference says, one claim each: without the question said again, and each name of a list alone."""
    text, chinese = row["reference"], row["language"] == "zh"
    led = re.match(r"(.+?)(?:：|——|(?:分为|包括|有)(?=[^，。]))：?(.+)", text, re.DOTALL)
    if chinese and led and containment(row["question"], led[1]) >= _REPEATS:
        text = led[2]
    sentences = [piece.strip() for piece in re.split(r"[。；;\n]|(?<=[a-z])\.\s", text) if piece.strip()]
    if not chinese:
        return sentences
    if len(sentences) == 1:
        return [piece.strip() for piece in re.split("[、，,]|[和与]", sentences[0]) if piece.strip()] or sentences
    return [piece for sentence in sentences for piece in _names(sentence)]


def _names(sentence: str) -> list[str]:
    """Return the entries of a sentence that is a list of names, or the sentence."""
    names = [name for name in re.split("[、，,]|和(?=[^，、]{2,8}$)", sentence) if name]
    return names if "、" in sentence and max(map(len, names)) <= _LONGEST_NAME else [sentence]


# So much of what stands before a list is in the question: it only says again what was asked.
_REPEATS = 0.6
_LONGEST_NAME = 12


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
