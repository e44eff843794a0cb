"""Which columns of a table hold whose answer to what: found by the words of the header, wherever it stands.

One row an answer (id, question, answer), one row a student with a column for each question, or pairs of columns
(Question 1, Response 1). Everything else in the table is passed through under its own name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kaoguan.errors import AnswersError
from kaoguan.files.header_words import clean, is_header_word, is_who, roles, unique_names
from kaoguan.files.questions import Questions, bare
from kaoguan.files.rows import Columns, Record, Row, is_empty
from kaoguan.text import one_line
from kaoguan.text.script import count_han

# A title, a subtitle, a note, the date of the export … stand above the header.
_HEADER_WITHIN = 30
# Rows by which it is decided which of two columns names the questions.
_SAMPLE = 50


class Group(NamedTuple):
    """One answer of a row: its column, and its question's column or the question itself, as it was put."""

    question: int | str
    answer: int
    asked: str = ""


class Layout(NamedTuple):
    """Which column is what, by place; `names` are unique, and empty for columns without a name."""

    names: tuple[str, ...]
    id: int | None
    name: tuple[int, ...]
    """The columns of the name, as it is read: of family and given name there are two."""
    groups: tuple[Group, ...]
    student: int | None
    """The column that says whose it is, as far as that can be known and is not the name."""
    wide: bool
    words: tuple[str, str]
    """What question and answer are called where the table has no columns for them."""

    def rows(self, record: Record) -> Iterator[Row]:
        """Yield the answers of a record with as many cells as there are names."""
        cells = record.cells
        used = self._used()
        # What has no name comes back where there is something in it.
        named = {at: name or f"({at + 1})" for at, name in enumerate(self.names) if name or not is_empty(cells[at])}
        own = {name: cells[at] for at, name in named.items() if not self.wide or at not in used}
        extra = {name: cells[at] for at, name in named.items() if at not in used and at != self.id}
        name = self._name(cells)
        whose = (name if self.name else str(record.line)) if self.id is None else cells[self.id]
        student = name if self.student is None else cells[self.student]
        row = Row(record.line, whose, None, None, extra, own, student, name)
        for group in self.groups:
            question = cells[group.question] if isinstance(group.question, int) else group.question
            row = row._replace(rubric_id=question, answer=cells[group.answer])
            if not self.wide:
                question_column, answer_column = self.names[int(group.question)], self.names[group.answer]
                yield row._replace(question_column=question_column, answer_column=answer_column)
                continue
            columns = {name: name if name not in own else f"{name} *" for name in self.words}
            question_column, answer_column = columns.values()
            whole = own | {question_column: group.asked or question, answer_column: row.answer}
            yield row._replace(whole=whole, question_column=question_column, answer_column=answer_column)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the rubrics that have columns of their own."""
        return tuple(group.question for group in self.groups if isinstance(group.question, str))

    @property
    def ungraded(self) -> list[str]:
        """Return the names of the columns that are only passed through."""
        used = self._used() | {self.id, self.student, *self.name}
        return [name for at, name in enumerate(self.names) if name and at not in used]

    @property
    def says_who(self) -> bool:
        """Return whether a column says whose an answer is, or which."""
        return self.id is not None or bool(self.name)

    def repeats_header(self, cells: Sequence[Any], *, below: bool) -> bool:
        """Return whether a record is the header once more or, right `below` it, its second line."""
        places = {self.id, *self.name, *(group.question for group in self.groups if not self.wide)}
        if any(isinstance(at, int) and _is_name(cells[at], self.names[at]) for at in places):
            return True
        return below and all(is_empty(cell) or is_header_word(cell) for cell in cells)

    def _used(self) -> set[int | None]:
        return {at for group in self.groups for at in (group.question, group.answer) if isinstance(at, int)}

    def _name(self, cells: Sequence[Any]) -> Any:
        if len(self.name) == 1:
            return cells[self.name[0]]
        parts = [str(cells[at]).strip() for at in self.name if not is_empty(cells[at])]
        # Family name first in Chinese, last elsewhere.
        return "".join(parts) if count_han("".join(parts)) else " ".join(reversed(parts))


def _is_name(cell: Any, name: str) -> bool:
    # Asked of every row: so no more than a cell may differ by when the header is printed again.
    return isinstance(cell, str) and name != "" and cell.strip(" \t\ufeff\u200b").casefold() == name.casefold()


def find_layout(records: Sequence[Record], wanted: Columns, questions: Questions) -> tuple[int, Layout] | None:
    """Return the place of the header among the first records of a table, and what it says; None without a header.

    Raises ValueError, with the name, when two columns have the name of one that we need.
    """
    for place in range(min(len(records), _HEADER_WITHIN)):
        found: tuple[int, Layout] | None = None
        for end, cells in _headers(records, place):
            layout = _layout(cells, records[:place], records[end + 1 : end + 1 + _SAMPLE], wanted, questions)
            if layout and layout.says_who:
                return end, layout
            found = found or ((end, layout) if layout else None)
        if found:
            return found
    return None


def _headers(records: Sequence[Record], place: int) -> Iterator[tuple[int, list[Any]]]:
    """Yield what may be a header from this place on, with its end: one line, or two of which one fills the other."""
    yield place, records[place].cells
    for below in records[place + 1 : place + 2]:
        for cells, other in ((below.cells, records[place].cells), (records[place].cells, below.cells)):
            # A title above the header is no header.
            if other is below.cells and any(is_who(other[at]) for at in _filled_in_both(cells, other)):
                continue
            longer = [*cells, *[""] * (len(other) - len(cells))]
            rest = [*other, *[""] * (len(longer) - len(other))]
            yield place + 1, [two if is_empty(one) else one for one, two in zip(longer, rest, strict=True)]


def _filled_in_both(cells: Sequence[Any], other: Sequence[Any]) -> list[int]:
    pairs = enumerate(zip(cells, other, strict=False))
    return [at for at, (one, two) in pairs if not is_empty(one) and not is_empty(two)]


def no_header(where: str, records: Sequence[Record], wanted: Columns, questions: Questions) -> AnswersError:
    """Return what to say of a table without a header that we understand."""
    likely = max(records[:_HEADER_WITHIN], key=lambda one: _looks_like_header(one, wanted), default=Record(1, []))
    names = [one_line(str(cell)) for cell in likely.cells if not is_empty(cell)]
    there = ", ".join(names)[:300]
    lacking = missing(likely.cells, wanted)
    what = f"no column {', '.join(lacking)} among: {there}"
    mend = (
        "name the columns of id, question and answer so (学号, 题目, 回答 are understood too), or say which they are: "
        "--id-column, --rubric-column, --answer-column; with one column per question, head each with the question or "
        "its id (see `kaoguan rubrics list`)"
    )
    if not lacking:
        what, mend = f"the columns cannot be told apart: {there}", "name each of them once"
    return AnswersError(f"{where}:{likely.line}", what, mend)


def missing(cells: Sequence[Any], wanted: Columns, *also: str) -> list[str]:
    """Return the names of the columns that we need and that are not there."""
    found = roles(cells, wanted)
    needed = {"rubric_id", "answer", *also} | {role for role, name in wanted._asdict().items() if name is not None}
    return [
        getattr(wanted, role) or role
        for role in ("id", "rubric_id", "answer", "student")
        if role in needed - set(found)
    ]


def _layout(
    cells: Sequence[Any], above: Sequence[Record], below: Sequence[Record], wanted: Columns, questions: Questions
) -> Layout | None:
    found = roles(cells, wanted)
    if any(name is not None and role not in found for role, name in wanted._asdict().items()):
        return None
    filled = {role: _filled(places, below) for role, places in found.items()}
    parts = ("name",) if "name" in filled else ("family_name", "given_name")
    name = tuple(filled[role] for role in parts if role in filled)
    groups = _long(cells, found, below, wanted, questions) or _pairs(cells, below, questions)
    groups = groups or _wide(cells, found, questions)
    if not groups and "answer" in found and "rubric_id" not in found:
        groups = _asked_above(above, found["answer"][0], questions)
    if not groups:
        return None
    wide = not isinstance(groups[0].question, int) or len(groups) > 1
    student = filled.get("student", filled.get("student_id"))
    if student is None and wide and not name:
        student = filled.get("id")
    names = unique_names(cells)
    words = ("题目", "回答") if count_han("".join(names)) else ("question", "answer")
    return Layout(names, filled.get("id"), name, groups, student, wide, words)


def _filled(places: Sequence[int], below: Sequence[Record]) -> int:
    """Return the first of the columns that has something in it; platforms write some that stay empty."""
    there = (at for at in places if any(at < len(one.cells) and not is_empty(one.cells[at]) for one in below))
    return next(there, places[0])


def _long(
    cells: Sequence[Any],
    found: Mapping[str, Sequence[int]],
    below: Sequence[Record],
    wanted: Columns,
    questions: Questions,
) -> tuple[Group, ...]:
    """Return the group of a table with a column of questions and one of answers."""
    if "answer" not in found or "rubric_id" not in found:
        return ()
    asked = max(found["rubric_id"], key=lambda at: _hits(at, below, questions))
    answer = next((at for at in found["answer"] if at != asked), None)
    if answer is None:
        return ()
    for role, at in (("id", found.get("id", [None])[0]), ("rubric_id", asked), ("answer", answer)):
        _refuse_twice(cells, at, getattr(wanted, role) is not None)
    return (Group(asked, answer),)


def _refuse_twice(cells: Sequence[Any], at: int | None, by_option: bool) -> None:
    if at is None:
        return
    same = [cell for cell in cells if isinstance(cell, str) and bare(cell) == bare(str(cells[at])) != ""]
    if len(same) > 1 and not (by_option and len({clean(cell) for cell in same}) == len(same)):
        raise ValueError(one_line(clean(cells[at])))


def _hits(at: int, below: Sequence[Record], questions: Questions) -> int:
    return sum(questions.find(record.cells[at]) is not None for record in below if at < len(record.cells))


def _pairs(cells: Sequence[Any], below: Sequence[Record], questions: Questions) -> tuple[Group, ...]:
    """Return the groups of a table with the columns Question 1, Response 1, Question 2 …"""
    places: dict[tuple[str, str], list[int]] = {}
    for at, cell in enumerate(cells):
        numbered = re.fullmatch(r"(.*?)(\d{1,3})", bare(cell)) if isinstance(cell, str) and len(cell) < 80 else None
        for role in roles([numbered[1]], Columns()) if numbered else ():
            places.setdefault((role, numbered[2] if numbered else ""), []).append(at)
    numbers = [number for role, number in places if role == "rubric_id" and ("answer", number) in places]
    asked = {number: max(places["rubric_id", number], key=lambda at: _hits(at, below, questions)) for number in numbers}
    return tuple(Group(at, places["answer", number][0]) for number, at in asked.items())


def _wide(cells: Sequence[Any], found: Mapping[str, Sequence[int]], questions: Questions) -> tuple[Group, ...]:
    """Return the groups of a table whose columns are headed by questions."""
    named = {at for role in found if role not in ("rubric_id", "answer") for at in found[role]}
    asked: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        if at not in named and (meant := questions.find(cell)):
            asked.setdefault(meant, []).append(at)
    # A line of answers may hold the id of one question, too.
    if not asked or (not named and len(asked) < 2):
        return ()
    headed = {meant: _headed(meant, places, cells, questions) for meant, places in asked.items()}
    return tuple(Group(meant, at, clean(cells[at])) for meant, at in headed.items())


def _headed(meant: str, places: Sequence[int], cells: Sequence[Any], questions: Questions) -> int:
    """Return the column of the answers among those headed by a question, of which others hold points and remarks."""
    whole = [at for at in places if questions.is_whole(cells[at])] or places
    if len(whole) > 1 and len({cells[at] for at in whole}) < len(whole):
        raise ValueError(meant)
    return min(whole, key=lambda at: len(cells[at]))


def _asked_above(above: Sequence[Record], answer: int, questions: Questions) -> tuple[Group, ...]:
    """Return the group of a table whose only question stands above it."""
    asked = {meant: str(cell) for one in above for cell in one.cells if (meant := questions.find(cell))}
    return tuple(Group(meant, answer, text.strip()) for meant, text in asked.items()) if len(asked) == 1 else ()


def _looks_like_header(record: Record, wanted: Columns) -> tuple[int, int]:
    return len(roles(record.cells, wanted)), sum(not is_empty(cell) for cell in record.cells)
