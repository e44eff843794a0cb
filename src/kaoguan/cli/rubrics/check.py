"""`kaoguan rubrics check`: rubric files, and what the linter says about them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from kaoguan import lint, prompts, resources, rubrics
from kaoguan.assembly.judges import judging
from kaoguan.cli.embedders import ready
from kaoguan.cli.options import AsJson, EmbedderOption
from kaoguan.cli.screen import language, words
from kaoguan.cli.streams import print_data
from kaoguan.errors import InputError, RubricError
from kaoguan.lint import Finding
from kaoguan.lint.words import Grading
from kaoguan.models import Language, Rubric


def command(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Rubric files or folders.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended mechanically; comments stay.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings leave exit code 2, too.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what needs the offline judge.")] = False,
    embedder: EmbedderOption = None,
    as_json: AsJson = False,
) -> None:
    """Check rubric files: say what is wrong where, by a code, and how to mend it.

    Errors (faults of the file; a point that is there twice, or is a misconception as well) leave exit code 2.
    Warnings do not: drafts, hollow texts, ornaments, topics that name nothing, points that cannot be understood alone,
    points that make several claims or overlap, follow-ups that give a point away, points that neither teach nor name a
    source, a reference answer that does not earn 90 marks by its own points, points that contradict what is known.
    """
    say = words("screen").say
    checked = check_files(paths, fix=fix, judge=not quick, embedder=embedder)
    if as_json:
        print_data(json.dumps(checked.report(), ensure_ascii=False, indent=2))
    else:
        for found in checked.warnings:
            typer.echo(found.said(language()))
        if checked.fixed:
            typer.echo(say("mended", count=str(checked.fixed)), err=True)
    if checked.faults and not as_json:
        raise RubricError(checked.faults)
    if not as_json:
        key = "warnings" if checked.warnings else "all_good"
        typer.echo(say(key, good=str(checked.good), count=str(len(checked.warnings))))
    if checked.faults or (strict and checked.warnings):
        raise typer.Exit(2)


class _Found(NamedTuple):
    where: str
    finding: Finding

    def said(self, language: Language) -> str:
        """Return the finding as a line."""
        return prompts.said(_LintError(self), language)


class CheckReport(NamedTuple):
    """How many rubrics are good, the errors, the warnings, and how many files were mended."""

    good: int
    faults: list[InputError]
    found: list[_Found]
    fixed: int

    @property
    def warnings(self) -> "list[_Found]":
        """Return the warnings."""
        return [found for found in self.found if found.finding.severity == "warning"]

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
        super().__init__(f"{found.where}: {finding.place}", finding.what, finding.mend)
        self.code = finding.code


def check_files(paths: Sequence[Path] | None, *, fix: bool, judge: bool, embedder: str | None = None) -> CheckReport:
    """Return the faults of these rubric files and folders (default: the shipped ones), mended first if wished."""
    places = list(paths or [resources.folder("rubrics")])
    fixed = sum(_mend(file) for place in places for file in rubrics.files(place)) if fix else 0
    faults: list[InputError] = []
    found: list[_Found] = []
    good, bad = 0, 0
    grade = _grading(embedder) if judge else None
    bank_of_ours = rubrics.load_bundled()
    known = lint.Known(bank_of_ours.values()) if grade and paths else None
    for place in places:
        bank, wrong = rubrics.check_folder(place)
        good, faults = good + len(bank), faults + wrong
        for file, rubric in _readable(place):
            here = [_Found(str(file), finding) for finding in lint.findings(rubric)]
            here += [_Found(str(file), finding) for finding in lint.judged(rubric, grade)] if grade else []
            if grade and known and bank_of_ours.get(rubric.id) != rubric:
                here += [_Found(str(file), one.finding) for one in lint.against([rubric], known, grade)]
            bad += any(item.finding.severity == "error" for item in here)
            found += here
    faults += [_LintError(item) for item in found if item.finding.severity == "error"]
    return CheckReport(good - bad, faults, found, fixed)


def _grading(embedder: str | None) -> Grading:
    who = ready(judging("offline", embedder))
    return who.grader().grade


def _readable(place: Path) -> Iterator[tuple[Path, Rubric]]:
    for file in rubrics.files(place):
        try:
            yield file, rubrics.load(file)
        except RubricError:
            continue  # its faults are already listed


def _mend(file: Path) -> bool:
    try:
        text, rubric = rubrics.read_text(file), rubrics.load(file)
    except RubricError:
        return False
    after = rubrics.edited(text, rubric, lint.mended(rubric))
    if after == text:
        return False
    rubrics.write(file, after)
    return True
