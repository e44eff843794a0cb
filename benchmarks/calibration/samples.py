"""Graded answers for measuring: read, graded once by the offline judge, and kept in a cache outside the project."""

import json
import os
import pickle
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kaoguan import Grader, rubrics
from kaoguan.models import Grade, KeyPoint, Rubric

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KAOGUAN_SHARED", ROOT.parent / "shared"))
CACHE = Path(tempfile.gettempdir()) / "kaoguan-calibration"

# Where a reference answer is cut into key points: the ends of sentences, and the signs that open an item of a list.
_CUTS = re.compile(r"[。；;\n]|[①-⑳]|[（(]\d+[）)]|(?<!\d)\d+[.、](?!\d)|[一二三四五六]、")


@dataclass(frozen=True)
class Item:
    """An answer, a person's score (0-100) and our grade, which keeps each verdict's credit."""

    id: str
    rubric: Rubric
    answer: str
    score: float
    grade: Grade
    kind: str = ""


def gold() -> list[tuple[str, Rubric, str, float, str]]:
    """Return the hand-graded answers of this repository."""
    rows = []
    for name in ("dev", "train"):
        folder = ROOT / "benchmarks" / "gold" / name
        bank = rubrics.load_folder(folder / "rubrics")
        for line in (folder / "answers.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            rows.append((row["id"], bank[row["rubric_id"]], row["answer"], 10.0 * row["score"], row["kind"]))
    return rows


def ads() -> list[tuple[str, Rubric, str, float, str]]:
    """Return the public answers about algorithms and data structures, with a rubric cut from each reference."""
    rows = []
    bank: dict[str, Rubric] = {}
    for line in (SHARED / "datasets" / "ads_zh.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        id_ = f"ads-{row['question_id']}"
        if id_ not in bank:
            bank[id_] = _cut(id_, row["question"], row["reference"])
        rows.append((row["id"], bank[id_], row["answer"], 100 * row["score"] / row["score_max"], ""))
    return rows


def graded(name: str) -> list[Item]:
    """Return the answers of "gold" or "ads" with our grades, from the cache where the judge is the same."""
    grader = Grader.offline()
    rows = {"gold": gold, "ads": ads}[name]()
    path = CACHE / f"{name}-{_judge(grader, rows[0][1])}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())
    items = [
        Item(id_, rubric, answer, score, grader.grade(rubric, answer, id=id_), kind)
        for id_, rubric, answer, score, kind in rows
    ]
    CACHE.mkdir(exist_ok=True)
    path.write_bytes(pickle.dumps(items))
    return items


def by_question(items: list[Item]) -> dict[str, list[Item]]:
    """Return the answers in groups, by rubric id."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.rubric.id, []).append(item)
    return groups


def _judge(grader: Grader, rubric: Rubric) -> str:
    return str(grader.grade(rubric, "").fingerprints.calibration)


def _cut(id_: str, question: str, reference: str) -> Rubric:
    parts = [part.strip(" ，,：:") for part in _CUTS.split(reference)]
    points = tuple(
        KeyPoint(id=f"p{n}", text=part, weight=1)
        for n, part in enumerate((part for part in parts if len(part) > 2), start=1)
    )
    return Rubric(
        id=id_,
        language="zh",
        topic=id_,
        difficulty=1,
        question=question,
        reference_answer=reference,
        key_points=points,
    )
