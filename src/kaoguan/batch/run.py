"""One run over an answers file: submissions to the engine, grades to their place, bad rows to the rejects file.

Nothing is kept in memory but the ids seen and a few numbers, however long the file is.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TextIO

from kaoguan.batch import grades
from kaoguan.batch.answers import Answers
from kaoguan.batch.engine import Engine
from kaoguan.batch.output import replacing
from kaoguan.batch.rows import Rejected
from kaoguan.batch.submissions import check
from kaoguan.errors import AnswersError
from kaoguan.models import Grade, Rubric, Submission

OutputFormat = Literal["jsonl", "csv"]

# How many rejected rows are told in full; the rejects file has them all.
TOLD = 5


class Summary:
    """What a run did, counted as it goes."""

    def __init__(self) -> None:
        self.graded = 0
        self.unscored = 0
        self.needs_review = 0
        self.rejected = 0
        self.first_rejected: list[Rejected] = []
        self._points = 0.0

    @property
    def mean(self) -> float | None:
        """Return the mean score of the scored answers, 0-100."""
        scored = self.graded - self.unscored
        return self._points / scored if scored else None

    @property
    def complete(self) -> bool:
        """Return whether every row of the file got a score."""
        return not self.rejected and not self.unscored

    def add(self, grade: Grade) -> None:
        """Count one grade."""
        self.graded += 1
        self.needs_review += grade.needs_review
        if grade.score is None:
            self.unscored += 1
        else:
            self._points += grade.score

    def reject(self, row: Rejected) -> None:
        """Count one rejected row."""
        self.rejected += 1
        if len(self.first_rejected) < TOLD:
            self.first_rejected.append(row)


class Run:
    """Grades an answers file. Call one of `to_file` and `to_stream`, once."""

    def __init__(
        self,
        answers: Answers,
        rubrics: Mapping[str, Rubric],
        engine: Engine,
        on_grade: Callable[[Summary], None] = lambda summary: None,
    ) -> None:
        self.summary = Summary()
        self._answers = answers
        self._rubrics = rubrics
        self._engine = engine
        self._on_grade = on_grade

    def to_file(self, path: Path, format_: OutputFormat) -> Summary:
        """Put the grades at `path`, all or nothing, and bad rows at `rejects_path(path)`.

        Raises AnswersError when no row can be graded; then only the rejects file is written.
        """
        # Undecodable bytes of a rejected id become \udcXX, which is how JSON writes half a character.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="\n") as rejects:
            try:
                # Excel takes a CSV without a mark for the system's own encoding, and shows Chinese as nonsense.
                with replacing(path, "utf-8-sig" if format_ == "csv" else "utf-8") as out:
                    self._write(out, format_, rejects)
            except AnswersError:
                _put_rejects(rejects, rejects_path(path), self.summary)
                raise
            _put_rejects(rejects, rejects_path(path), self.summary)
        return self.summary

    def to_stream(self, out: TextIO, format_: OutputFormat) -> Summary:
        """Write the grades to `out`, JSON lines as they come. Raises AnswersError when no row can be graded."""
        self._write(out, format_, None)
        return self.summary

    def _write(self, out: TextIO, format_: OutputFormat, rejects: TextIO | None) -> None:
        if format_ == "jsonl":
            for line in self._lines(rejects):
                out.write(line)
            return
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as lines:
            lines.writelines(self._lines(rejects))
            grades.write_table(lambda: _again(lines), out)

    def _lines(self, rejects: TextIO | None) -> Iterator[str]:
        for submission, grade in self._engine(self._submissions(rejects)):
            self.summary.add(grade)
            self._on_grade(self.summary)
            yield grades.to_json(grade, submission.extra) + "\n"
        if not self.summary.graded:
            raise _nothing_gradable(self._answers.name, self.summary)

    def _submissions(self, rejects: TextIO | None) -> Iterator[Submission]:
        for row in check(self._answers.rows(), self._rubrics):
            if isinstance(row, Rejected):
                self.summary.reject(row)
                if rejects:
                    rejects.write(json.dumps(row.model_dump(), ensure_ascii=False) + "\n")
            else:
                yield row.submission


def rejects_path(out: Path) -> Path:
    """Return where the rejected rows of a run into `out` are written."""
    return out.with_name(out.name + ".rejects.jsonl")


def _again(lines: TextIO) -> Iterable[str]:
    lines.seek(0)
    return lines


def _put_rejects(rejects: TextIO, path: Path, summary: Summary) -> None:
    if not summary.rejected:
        # An earlier run's rejects beside this run's grades would mislead.
        path.unlink(missing_ok=True)
        return
    rejects.seek(0)
    with replacing(path) as out:
        out.writelines(rejects)


def _nothing_gradable(name: str, summary: Summary) -> AnswersError:
    if not summary.rejected:
        return AnswersError(name, "holds no answers", "give one answer a line, see `kaoguan grade --help`")
    first = summary.first_rejected[0]
    what = f"none of its {summary.rejected} rows can be graded (line {first.line}: {first.reason})"
    return AnswersError(name, what, "mend the rows")
