"""Grade a column of answers, in polars and in pandas. Grades are kept by content: run it again and it goes on."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import polars as pl

from kaoguan import Grade, GradeCache, Grader, rubrics

ANSWERS = {
    "student": ["Li", "Wang", "Zhao"],
    "answer": ["优化器根据梯度更新参数，让损失不断变小。", "不知道。", "用来把数据洗牌。"],
}


def graded(answers: Iterable[str], kept: Path) -> list[Grade]:
    """Return the grades of answers to one question, in order."""
    rubric = rubrics.load_bundled()["optimizer"]
    with GradeCache(kept) as store:
        asked = ((rubric, answer, str(row)) for row, answer in enumerate(answers))
        return list(Grader.offline().grade_stream(asked, store=store))


def in_polars(frame: pl.DataFrame, kept: Path) -> pl.DataFrame:
    """Return the frame with columns `score` (0-100, null where unscored) and `needs_review`."""
    grades = graded(frame["answer"], kept)
    return frame.with_columns(
        pl.Series("score", [grade.score for grade in grades]),
        pl.Series("needs_review", [grade.needs_review for grade in grades]),
    )


def in_pandas(frame: pd.DataFrame, kept: Path) -> pd.DataFrame:
    """Return the frame with columns `score` (0-100, NaN where unscored) and `needs_review`."""
    grades = graded(frame["answer"].astype(str), kept)
    scores = [float("nan") if grade.score is None else grade.score for grade in grades]
    return frame.assign(score=scores, needs_review=[grade.needs_review for grade in grades])


def main() -> None:
    """Grade the same answers twice; the second time nothing is judged."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "grades.db"
        print(in_polars(pl.DataFrame(ANSWERS), kept))
        print(in_pandas(pd.DataFrame(ANSWERS), kept))


if __name__ == "__main__":
    main()
