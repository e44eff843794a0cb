"""`kaoguan init`: a small folder that runs."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from kaoguan import prompts
from kaoguan.cli.screen import language
from kaoguan.errors import InputError
from kaoguan.files.replacing import replacing, replacing_bytes
from kaoguan.models import Language, Rubric
from kaoguan.rubrics import load_bundled, new_file


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")],
    screen: Annotated[
        Language | None, typer.Option("--language", help="Of the questions (default: your setting).")
    ] = None,
) -> None:
    """Make a small folder that runs: two rubrics, answers as XLSX and CSV, and a note what to do next."""
    chosen = screen or language()
    say = prompts.load("init", chosen).say
    questions = _questions(chosen)
    _make(folder)
    for rubric in questions:
        with replacing(folder / "rubrics" / f"{rubric.id}.yaml") as out:
            out.write(new_file(rubric))
    rows = _answers(questions, chosen)
    # Excel takes a CSV without a mark for the system's own encoding.
    with replacing(folder / "answers.csv", "utf-8-sig") as out:
        csv.writer(out).writerows(rows)
    _write_workbook(folder / "answers.xlsx", rows)
    with replacing(folder / "README.md") as out:
        out.write(say("readme"))
    typer.echo(say("done", folder=str(folder)))
    typer.echo(f"  cd {folder} && kaoguan grade answers.xlsx -o grades.xlsx")


def _make(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(str(folder), "is there already, and not empty", "name a new folder")
        (folder / "rubrics").mkdir(parents=True)
    except OSError as error:
        raise InputError(str(folder), f"cannot be made ({error.strerror})", "name another place") from error


def _questions(chosen: Language) -> list[Rubric]:
    """Return two questions of the bank, the easiest of the language."""
    known = load_bundled().values()
    fitting = [rubric for rubric in known if rubric.language == chosen] or list(known)
    return sorted(fitting, key=lambda rubric: (rubric.difficulty, rubric.id))[:2]


def _answers(questions: list[Rubric], chosen: Language) -> list[list[str]]:
    """Return a header and three students: one who knows most of it, one who knows something, one who knows nothing."""
    say = prompts.load("init", chosen).say
    stop = "。" if chosen == "zh" else ". "
    header = [say("id"), say("name"), *(rubric.question for rubric in questions)]
    whole = [stop.join(_said(rubric)) for rubric in questions]
    first = [_said(rubric)[0] for rubric in questions]
    unknown = [say("unknown") for _ in questions]
    students = (("0001", "first", whole), ("0002", "second", first), ("0003", "third", unknown))
    return [header, *([id_, say(name), *answers] for id_, name, answers in students)]


def _said(rubric: Rubric) -> list[str]:
    """Return the key points as somebody might say them."""
    return [(point.paraphrases or (point.text,))[0].rstrip("。.") for point in rubric.key_points]


def _write_workbook(path: Path, rows: list[list[str]]) -> None:
    # 0.3 s: only who makes a folder pays it.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    sheet.freeze_panes = "A2"
    for at in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 14 if at <= 2 else 48
        sheet.cell(1, at).font = Font(bold=True)
        for line in range(1, len(rows) + 1):
            sheet.cell(line, at).alignment = Alignment(wrap_text=True, vertical="top")
        for line in range(2, len(rows) + 1):
            # Text, so that 0001 stays 0001 also where somebody types the next one.
            sheet.cell(line, at).number_format = "@"
    with replacing_bytes(path) as out:
        book.save(out)
