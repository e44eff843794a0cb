"""Rubric files and what the linter says about them, for `kaoguan rubrics check`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kaoguan.errors import InputError, RubricError

if TYPE_CHECKING:
    from kaoguan.lint import Finding
    from kaoguan.lint.judged import Grading
    from kaoguan.models import Rubric


class _Found(NamedTuple):
    where: str
    finding: "Finding"

    def __str__(self) -> str:
        finding = self.finding
        return f"{self.where}: {finding.place}: {finding.code} {finding.what}; {finding.mend}"


class Checked(NamedTuple):
    """How many rubrics are good, the errors, the warnings, and how many files were mended."""

    good: int
    faults: list[InputError]
    found: list[_Found]
    fixed: int

    @property
    def warnings(self) -> list[str]:
        """Return the warnings as lines."""
        return [str(found) for found in self.found if found.finding.severity == "warning"]

    def report(self) -> dict[str, Any]:
        """Return everything as JSON-able data; `faults` are errors."""
        rows = [
            {
                "code": found.finding.code,
                "where": f"{found.where}: {found.finding.place}",
                "what": found.finding.what,
                "mend": found.finding.mend,
                "fixable": found.finding.fixable,
            }
            for found in self.found
            if found.finding.severity == "warning"
        ]
        faults = [
            {"code": getattr(fault, "code", "R000"), "where": fault.where, "what": fault.what, "mend": fault.mend}
            for fault in self.faults
        ]
        return {"good": self.good, "faults": faults, "warnings": rows, "fixed": self.fixed}


class _LintError(InputError):
    """An error of the linter, which knows its code."""

    def __init__(self, found: _Found) -> None:
        finding = found.finding
        super().__init__(f"{found.where}: {finding.place}", f"{finding.code} {finding.what}", finding.mend)
        self.code = finding.code


def check_files(paths: Sequence[Path] | None, *, fix: bool, judge: bool) -> Checked:
    """Return what is wrong with these rubric files and folders (default: the shipped ones), mended first if wished."""
    from kaoguan import lint, resources, rubrics

    places = list(paths or [resources.folder("rubrics")])
    fixed = sum(_mend(file) for place in places for file in _files(place)) if fix else 0
    faults: list[InputError] = []
    found: list[_Found] = []
    good, bad = 0, 0
    grade = _grading() if judge else None
    for place in places:
        bank, wrong = rubrics.check(place)
        good, faults = good + len(bank), faults + wrong
        for file, rubric in _readable(place):
            here = [_Found(str(file), finding) for finding in lint.findings(rubric)]
            here += [_Found(str(file), finding) for finding in lint.judged(rubric, grade)] if grade else []
            bad += any(item.finding.severity == "error" for item in here)
            found += here
    faults += [_LintError(item) for item in found if item.finding.severity == "error"]
    return Checked(good - bad, faults, found, fixed)


def _grading() -> "Grading":
    # The offline judge and its model take 0.3 s: `--quick` does without.
    from kaoguan.grading import Grader

    return Grader.offline().grade


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = place.iterdir() if place.is_dir() else []
    return sorted(path for path in found if path.suffix in {".yaml", ".yml"} and path.name[0] != ".")


def _readable(place: Path) -> "Iterator[tuple[Path, Rubric]]":
    from kaoguan import rubrics

    for file in _files(place):
        try:
            yield file, rubrics.load(file)
        except RubricError:
            continue  # its faults are already listed


def _mend(file: Path) -> bool:
    from kaoguan import lint, rubrics

    try:
        text, rubric = rubrics.read(file), rubrics.load(file)
    except RubricError:
        return False
    after = rubrics.edited(text, rubric, lint.mended(rubric))
    if after == text:
        return False
    rubrics.write(file, after)
    return True
