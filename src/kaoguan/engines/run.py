"""One run over an answers file: submissions to the engine, grades to their place, bad rows to the rejects file.

Nothing is kept in memory but the ids seen and a few numbers, however long the file is.
"""

import json
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TextIO

from pydantic_core import PydanticSerializationError

from kaoguan import prompts
from kaoguan.engines.engine import Engine
from kaoguan.errors import AnswersError, ProviderError, SettingError
from kaoguan.files import grade_book, grades, tables
from kaoguan.files.answers import Answers
from kaoguan.files.checked_rows import Remarks, checked_rows
from kaoguan.files.replacing import replacing, replacing_bytes
from kaoguan.files.rows import Rejected
from kaoguan.models import Grade, Language, Rubric, Submission

OutputFormat = Literal["jsonl", "csv", "xlsx", "parquet"]


# How many rejected rows are told in full; the rejects file has them all.
_TOLD = 5


class RunSummary:
    """Counts of a run, and the first few rejected rows."""

    def __init__(self) -> None:
        self.graded = 0
        self.unscored = 0
        self.needs_review = 0
        self.rejected = 0
        self.not_started = 0
        self.interrupted = False
        self.failure: ProviderError | None = None
        """What ended the run before its end."""
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
        return not (self.rejected or self.unscored or self.not_started or self.interrupted or self.failure)

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
        if len(self.first_rejected) < _TOLD:
            self.first_rejected.append(row)


class Run:
    """Grades an answers file. Call one of `to_file` and `to_stream`, once.

    Ctrl-C ends it early, and so does a provider that can no longer be used: what is graded is written like a whole
    run's, and `summary.interrupted` or `summary.failure` says so.
    """

    def __init__(
        self,
        answers: Answers,
        rubrics: Mapping[str, Rubric],
        engine: Engine,
        on_grade: Callable[[RunSummary], None] = lambda summary: None,
        gather: Callable[[Submission, Grade], None] = lambda submission, grade: None,
        *,
        language: Callable[[], Language] = lambda: "en",
        detail: bool = False,
    ) -> None:
        """`gather` is told of every answer and its grade.

        Tables are in the `language` that is asked for when all is graded; CSV has all verdicts if `detail`.
        """
        self.summary = RunSummary()
        self.remarks = Remarks()
        self._accepted = 0
        self._answers = answers
        self._rubrics = rubrics
        self._engine = engine
        self._on_grade = on_grade
        self._gather = gather
        self._language = language
        self._detail = detail

    def to_file(self, path: Path, format_: OutputFormat) -> RunSummary:
        """Put the grades at `path` at one stroke, and bad rows at `rejects_path(path)`.

        Raises AnswersError when no row can be graded; then only the rejects file is written.
        """
        # Undecodable bytes of a rejected id become \udcXX, which is how JSON writes half a character.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="\n") as rejects:
            try:
                self._put(path, format_, rejects)
            except AnswersError:
                _put_rejects(rejects, rejects_path(path), self.summary)
                raise
            _put_rejects(rejects, rejects_path(path), self.summary)
        return self.summary

    def to_stream(self, out: TextIO, format_: OutputFormat) -> RunSummary:
        """Write the grades to `out`, JSON lines as they come. Raises AnswersError when no row can be graded."""
        if format_ == "jsonl":
            for line in self._lines(None, _json_line):
                out.write(line)
        elif format_ == "csv":
            with _spool() as lines:
                lines.writelines(self._lines(None, _table_line))
                tables.write_csv(lambda: _again(lines), out, self._words(), detail=self._detail)
        else:
            raise SettingError(f"--format {format_}", "cannot go to standard output", f"name a file: -o OUT.{format_}")
        return self.summary

    def _words(self) -> grades.Words:
        language = self._language()
        say = prompts.load("report", language).say
        return grades.Words(prompts.load("grades", language).say, lambda value: say(f"review_{value}"))

    def _put(self, path: Path, format_: OutputFormat, rejects: TextIO) -> None:
        tables.check_format(format_)
        # The place is opened first, so that one that cannot be written is told before the work.
        if format_ == "jsonl":
            with replacing(path) as out:
                out.writelines(self._lines(rejects, _json_line))
            return
        with _spool() as lines:
            if format_ == "csv":
                # Excel takes a CSV without a mark for the system's own encoding, and shows Chinese as nonsense.
                with replacing(path, "utf-8-sig") as out:
                    lines.writelines(self._lines(rejects, _table_line))
                    tables.write_csv(lambda: _again(lines), out, self._words(), detail=self._detail)
                return
            with replacing_bytes(path) as out:
                lines.writelines(self._lines(rejects, _table_line))
                if format_ == "xlsx":
                    grade_book.write_workbook(lambda: _again(lines), out, self._words())
                else:
                    tables.write_parquet(lambda: _again(lines), out)

    def _lines(self, rejects: TextIO | None, line: Callable[[Submission, Grade], str]) -> Iterator[str]:
        submissions = self._submissions(rejects)
        try:
            for submission, grade in self._engine(submissions):
                yield line(submission, grade)
                # Only now is it written: Ctrl-C may come at any moment, and what is told must be there.
                self.summary.add(grade)
                self._on_grade(self.summary)
                self._gather(submission, grade)
        except (KeyboardInterrupt, PydanticSerializationError) as error:
            # Ctrl-C in the middle of pydantic's writing comes out as an error of its own.
            if isinstance(error, PydanticSerializationError) and "KeyboardInterrupt" not in str(error):
                raise
            if not self.summary.graded:
                raise KeyboardInterrupt from error
            self.summary.interrupted = True
            return
        except ProviderError as error:
            if not self.summary.graded:
                raise
            self.summary.failure = error
        # Where the engine stopped early, the rest is counted, so that nothing is silently missing.
        deque(submissions, maxlen=0)
        self.summary.not_started = self._accepted - self.summary.graded
        if not self.summary.graded:
            raise _nothing_gradable(self._answers.name, self.summary)

    def _submissions(self, rejects: TextIO | None) -> Iterator[Submission]:
        for row in checked_rows(self._answers, self._rubrics, self.remarks):
            if isinstance(row, Rejected):
                self.summary.reject(row)
                if rejects:
                    rejects.write(json.dumps(row.model_dump(), ensure_ascii=False) + "\n")
            else:
                self._accepted += 1
                yield row.submission


def _json_line(submission: Submission, grade: Grade) -> str:
    return grades.to_json(grade, submission.extra) + "\n"


def _table_line(submission: Submission, grade: Grade) -> str:
    return grades.to_line(grade, submission) + "\n"


def rejects_path(out: Path) -> Path:
    """Return where the rejected rows of a run into `out` are written."""
    return out.with_name(out.name + ".rejects.jsonl")


def _spool() -> TextIO:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")


def _again(lines: TextIO) -> Iterable[str]:
    lines.seek(0)
    return lines


def _put_rejects(rejects: TextIO, path: Path, summary: RunSummary) -> None:
    if not summary.rejected:
        # An earlier run's rejects beside this run's grades would mislead.
        path.unlink(missing_ok=True)
        return
    rejects.seek(0)
    with replacing(path) as out:
        out.writelines(rejects)


def _nothing_gradable(name: str, summary: RunSummary) -> AnswersError:
    if not summary.rejected:
        return AnswersError(name, "holds no answers", "give one answer a line, see `kaoguan grade --help`")
    first = summary.first_rejected[0]
    what = f"none of its {summary.rejected} rows can be graded (line {first.line}: {first.reason})"
    return AnswersError(name, what, "mend the rows")
