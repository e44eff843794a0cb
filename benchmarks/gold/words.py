"""Collect the Latin words that people use in this field: by them the judge tells English and terms from other tongues.

    python benchmarks/gold/words.py

Words of the bank, of the statements of the field and of the labelled questions but for the part that is never learned
from; see `kaoguan.text.foreign`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks/reader"))
import gold  # noqa: E402 - a script beside another folder's

_WORD = re.compile(r"[a-z]{2,}")
OUT = ROOT / "src/kaoguan/text/words.txt"


def main() -> None:
    """Write the words, sorted, one a line."""
    read = [path.read_text("utf-8") for path in sorted((ROOT / "rubrics").rglob("*.yaml"))]
    read += [path.read_text("utf-8") for path in sorted((ROOT / "src/kaoguan/grading/offline/data").glob("*.txt"))]
    for question in gold.load():
        if gold.fold(question, gold.PARTS) != gold.LEFT_OUT:
            read += gold.texts(question)
    words = sorted({word for text in read for word in _WORD.findall(text.lower())})
    OUT.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    print(f"{len(words)} words, {OUT.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
