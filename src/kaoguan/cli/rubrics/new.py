"""`kaoguan rubrics new`: a rubric from what one types, or one for each row of a CSV file."""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from kaoguan import prompts
from kaoguan.cli.screen import language
from kaoguan.distill.folder.identity import slug, unique
from kaoguan.errors import InputError
from kaoguan.files.questions import bare
from kaoguan.files.replacing import replacing
from kaoguan.models import KeyPoint, Rubric
from kaoguan.rubrics import new_file
from kaoguan.text import printable
from kaoguan.text.script import is_chinese

# Beyond this it is another file by mistake: 20,000 questions of a megabyte in all.
_MOST_BYTES = 10_000_000
# What a rubric holds of key points, at most: a question of an exam has ten.
_MOST_POINTS = 100
_QUESTIONS = ("question", "题目", "問題", "问题", "题干")
_ANSWERS = ("answer", "referenceanswer", "reference", "参考答案", "答案", "标准答案", "解析")
_POINTS = ("points", "point", "keypoints", "keypoint", "要点", "得分点", "采分点")


class _Written(NamedTuple):
    question: str
    answer: str
    points: tuple[str, ...]


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the rubric files go.")] = Path("rubrics"),
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="CSV", help="A row each: question, answer, points (题目, 参考答案, 要点)."),
    ] = None,
) -> None:
    """Write a rubric: asks for the question, the reference answer and the key points, or takes them from a CSV.

    In the CSV, points stand in one cell, a line each (or separated by ； or ;), or in columns: point 1, point 2.
    Files that are there stay as they are.
    """
    say = prompts.load("new_rubric", language()).say
    written = _read(source) if source else [_asked()]
    taken = {path.stem for path in folder.glob("*.y*ml")}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"cannot be made ({error.strerror})", "name a folder") from error
    for one in written:
        rubric = _rubric(one, unique(slug(one.question), taken))
        taken.add(rubric.id)
        path = folder / f"{rubric.id}.yaml"
        with replacing(path) as out:
            out.write(new_file(rubric))
        typer.echo(say("written", path=str(path)))
    typer.echo(say("next", folder=str(folder)), err=True)


def _asked() -> _Written:
    say = prompts.load("new_rubric", language()).say
    question, answer = _line(say("question")), _line(say("answer"))
    points: list[str] = []
    while len(points) < _MOST_POINTS and (point := _line(say("point", number=str(len(points) + 1)))):
        points.append(point)
    return _checked("standard input", question, answer, points)


def _line(prompt: str) -> str:
    typer.echo(prompt, nl=False, err=True)
    return printable(sys.stdin.readline()).strip()


def _read(path: Path) -> list[_Written]:
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "name a CSV file") from error
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True)) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(str(path), f"is no CSV ({error})", "save it as CSV UTF-8") from error
    if not rows:
        raise InputError(str(path), "holds no questions, or is too large", "give one question a line")
    return list(_questions(path, rows))


def _questions(path: Path, rows: list[list[str]]) -> Iterator[_Written]:
    header = [re.sub(r"\d+$", "", bare(cell)) for cell in rows[0]]
    question, answer = (
        next((header.index(name) for name in names if name in header), None) for names in (_QUESTIONS, _ANSWERS)
    )
    points = [at for at, name in enumerate(header) if name in _POINTS]
    if question is None or answer is None or not points:
        what = f"needs the columns question, answer and points, and has: {', '.join(rows[0])[:200]}"
        raise InputError(f"{path}:1", what, "name them so, or 题目, 参考答案, 要点")
    for number, row in enumerate(rows[1:], start=2):
        cells = [printable(cell).strip() for cell in row] + [""] * (len(header) - len(row))
        said = [part.strip(" -•·\t") for at in points for part in re.split(r"[\n；;]", cells[at])]
        yield _checked(f"{path}: row {number}", cells[question], cells[answer], said)


def _checked(where: str, question: str, answer: str, points: list[str]) -> _Written:
    kept = tuple(point for point in points if point)
    for name, given in (("question", question), ("reference answer", answer), ("key points", "".join(kept))):
        if not given:
            raise InputError(where, f"there is no {name}", "a rubric has a question, an answer and at least one point")
    if len(kept) > _MOST_POINTS:
        raise InputError(where, f"has {len(kept):,} key points", f"give at most {_MOST_POINTS}")
    return _Written(question, answer, kept)


def _rubric(written: _Written, id_: str) -> Rubric:
    points = (KeyPoint(id=f"p{number}", text=text, weight=2) for number, text in enumerate(written.points, start=1))
    return Rubric(
        id=id_,
        language="zh" if is_chinese(written.question) else "en",
        topic=written.question[:40],
        difficulty=2,
        question=written.question,
        reference_answer=written.answer,
        key_points=tuple(points),
    )
