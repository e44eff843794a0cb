"""Pack the questions that the bundled judge never learned from, with their labelled answers, into the wheel.

    python benchmarks/gold/pack.py

`kaoguan embedders fit` fits on them, because what the bundled judge says of them is as good, and as bad, as what it
says of questions it will meet; and measures on them, each question left out in turn.
"""

import json
import lzma
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "offline"))

from table import GOLD, LEFT_OUT, gold, part  # noqa: E402 - a script beside another folder's

from kaoguan import rubrics  # noqa: E402
from kaoguan.models import Label, Rubric  # noqa: E402

PACK = HERE.parents[1] / "src" / "kaoguan" / "assembly" / "data" / "left_out.json.xz"
_LABELS = [label.value for label in (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED)]


def _as_used(rubric_id: str, set_: str) -> Rubric:
    """Return the rubric with its paraphrases, as people would use it."""
    worded = GOLD / set_ / "rubrics_with_paraphrases"
    found = rubrics.load((worded if worded.is_dir() else GOLD / set_ / "rubrics") / f"{rubric_id}.yaml")
    points = tuple(point.model_copy(update={"note": None, "source": None}) for point in found.key_points)
    return found.model_copy(update={"key_points": points, "source": None, "notes": ()})


def packed() -> bytes:
    """Return the pack; the same gold gives the same bytes."""
    rows = [row for row in gold().rows if part(row["rubric_id"]) == LEFT_OUT and row["labels"]]
    sets = {row["rubric_id"]: row["set"] for row in rows}
    bank = {rubric_id: _as_used(rubric_id, set_) for rubric_id, set_ in sets.items()}
    answers = [
        {
            "rubric_id": row["rubric_id"],
            "answer": row["answer"],
            "labels": [_LABELS.index(row["labels"][point.id]) for point in bank[row["rubric_id"]].key_points],
            "score": row["score"],
        }
        for row in rows
    ]
    content = {
        "rubrics": [bank[key].model_dump(mode="json", exclude_defaults=True) for key in sorted(bank)],
        "answers": sorted(answers, key=lambda one: (one["rubric_id"], one["answer"])),
    }
    return lzma.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), preset=9)


if __name__ == "__main__":
    PACK.parent.mkdir(exist_ok=True)
    PACK.write_bytes(packed())
    print(PACK, f"{PACK.stat().st_size / 1e3:.0f} kB")
