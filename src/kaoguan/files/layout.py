"""Which columns of a table hold whose answer to what: found by the words of the header, wherever it stands.

One row an answer (id, question, answer), one row a student with a column for each question, or pairs of columns
(Question 1, Response 1). Everything else in the table is passed through under its own name.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kaoguan.errors import AnswersError
from kaoguan.files.questions import Questions, bare, unnumbered
from kaoguan.files.rows import Columns, Record, Row, is_empty
from kaoguan.text import one_line
from kaoguan.text.script import count_han

# Words of headers as `bare` leaves them, what says it most surely first.
_STUDENT_IDS = (
    *("学号", "學號", "学生学号", "学工号", "学籍号", "考号", "考生号", "准考证号"),
    *("学生编号", "學生編號", "考生编号", "工号", "studentid", "studentnumber", "studentno", "sid"),
    *("sisid", "sisuserid", "idnumber", "candidateid", "matriculationnumber"),
)  # fmt: skip
_OTHER_IDS = (
    *(
        "id",
        "答案编号",
        "答卷编号",
        "编号",
        "編號",
        "answerid",
        "submissionid",
        "responseid",
        "uid",
        "userid",
        "用户id",
    ),
    *("序号", "序號", "no", "number", "编码", "attemptid"),
)
_NAMES = (
    *(
        "姓名",
        "学生姓名",
        "學生姓名",
        "考生姓名",
        "名字",
        "真实姓名",
        "学生",
        "學生",
        "考生",
        "用户名",
        "昵称",
        "答题人",
    ),
    *("name", "studentname", "fullname", "student", "candidate", "candidatename", "username", "user"),
)
_QUESTIONS = (
    *(
        "rubricid",
        "rubric",
        "questionid",
        "题目编号",
        "題目編號",
        "题目id",
        "题号",
        "題號",
        "题目",
        "題目",
        "试题",
        "試題",
    ),
    *("问题", "問題", "题干", "題幹", "题目内容", "question", "questiontext", "prompt"),
)
_ANSWERS = (
    *("answer", "作答", "回答", "学生答案", "学生作答", "学生回答", "學生答案", "學生回答", "作答内容", "作答內容"),
    *(
        "回答内容",
        "回答內容",
        "答题内容",
        "答题",
        "我的答案",
        "考生答案",
        "考生作答",
        "解答",
        "答案",
        "答案内容",
        "答卷",
    ),
    *("studentanswer", "candidateanswer", "answertext", "response", "responsetext", "studentresponse", "submission"),
)
# 您的姓名, 请输入学号, 学号（必填）
_POLITE = re.compile(r"^(?:请|請)?(?:输入|填写|填寫|輸入)?(?:您|你)?的?|(?:必填|必答|选填|填空题|简答题|问答题)$")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
# A title, a subtitle, a note, the date of the export … stand above the header.
_HEADER_WITHIN = 30
# Rows by which it is decided which of two columns names the questions.
_SAMPLE = 50


class Group(NamedTuple):
    """One answer of a row: its column, and its question's column or the question itself."""

    question: int | str
    answer: int


class Layout(NamedTuple):
    """Which column is what, by place; `names` are unique, and empty for columns without a name."""

    names: tuple[str, ...]
    id: int | None
    name: int | None
    groups: tuple[Group, ...]
    student: int | None
    """The column that says whose it is, as far as that can be known."""
    wide: bool
    words: tuple[str, str]
    """What question and answer are called where the table has no columns for them."""

    def rows(self, record: Record) -> Iterator[Row]:
        """Yield the answers of a record with as many cells as there are names."""
        cells = record.cells
        used = {at for group in self.groups for at in group if isinstance(at, int)}
        # What has no name comes back where there is something in it.
        named = {at: name or f"({at + 1})" for at, name in enumerate(self.names) if name or not is_empty(cells[at])}
        own = {name: cells[at] for at, name in named.items() if not self.wide or at not in used}
        extra = {name: cells[at] for at, name in named.items() if at not in used and at != self.id}
        whose = self.name if self.id is None else self.id
        row = Row(
            line=record.line,
            id=str(record.line) if whose is None else cells[whose],
            rubric_id=None,
            answer=None,
            extra=extra,
            whole=own,
            student=None if self.student is None else cells[self.student],
            name=None if self.name is None else cells[self.name],
        )
        for group in self.groups:
            question = cells[group.question] if isinstance(group.question, int) else group.question
            row = row._replace(rubric_id=question, answer=cells[group.answer])
            if not self.wide:
                question_column, answer_column = self.names[int(group.question)], self.names[group.answer]
                yield row._replace(question_column=question_column, answer_column=answer_column)
                continue
            asked = question if isinstance(group.question, int) else self.names[group.answer]
            columns = {name: name if name not in own else f"{name} *" for name in self.words}
            question_column, answer_column = columns.values()
            whole = own | {question_column: asked, answer_column: row.answer}
            yield row._replace(whole=whole, question_column=question_column, answer_column=answer_column)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the rubrics that have columns of their own."""
        return tuple(group.question for group in self.groups if isinstance(group.question, str))


def find_layout(records: Sequence[Record], wanted: Columns, questions: Questions) -> tuple[int, Layout] | None:
    """Return the place of the header among the first records of a table, and what it says; None without a header.

    Raises ValueError, with the name, when two columns have the name of one that we need.
    """
    for place, record in enumerate(records[:_HEADER_WITHIN]):
        if layout := _layout(record.cells, records[place + 1 : place + 1 + _SAMPLE], wanted, questions):
            return place, layout
    return None


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
    roles = _roles(cells, wanted)
    needed = {"rubric_id", "answer", *also} | {role for role, name in wanted._asdict().items() if name is not None}
    return [
        getattr(wanted, role) or role
        for role in ("id", "rubric_id", "answer", "student")
        if role in needed - set(roles)
    ]


def unique_names(cells: Sequence[Any]) -> tuple[str, ...]:
    """Return the names of columns: of equal ones, the later are numbered; what cannot be seen is left out."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for cell in cells:
        name = _clean(cell)
        seen[name] = seen.get(name, 0) + 1
        numbered = f"{name} ({seen[name]})" if name and seen[name] > 1 else name
        while numbered and numbered in names:
            seen[name] += 1
            numbered = f"{name} ({seen[name]})"
        names.append(numbered)
    return tuple(names)


def _clean(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return "".join(one for one in text if unicodedata.category(one) != "Cf").strip().replace("\xa0", " ")


def _role_word(name: str) -> tuple[str, str]:
    """Return a header as it is compared with the words we know, whole and without what forms put around it."""
    short = bare(_BRACKETS.sub("", unnumbered(name)))
    return bare(name), _POLITE.sub("", _POLITE.sub("", short))


def _roles(cells: Sequence[Any], wanted: Columns) -> dict[str, list[int]]:
    """Return the columns that may be id, student_id, name, rubric_id and answer, what says it most surely first."""
    words = [_role_word(str(cell)) if isinstance(cell, str) else ("", "") for cell in cells]
    known = {
        "student_id": _STUDENT_IDS,
        "id": (_OTHER_IDS[0], *_STUDENT_IDS, *_OTHER_IDS[1:]),
        "name": _NAMES,
        "rubric_id": _QUESTIONS,
        "answer": _ANSWERS,
    }
    found = {
        role: [at for one in names for at, pair in enumerate(words) if one in pair] for role, names in known.items()
    }
    for role, name in wanted._asdict().items():
        if name is not None:
            exact = [at for at, cell in enumerate(cells) if _clean(cell) == name.strip()]
            found[role] = exact or [at for at, pair in enumerate(words) if pair[0] == bare(name) != ""]
    return {role: places for role, places in found.items() if places}


def _layout(cells: Sequence[Any], below: Sequence[Record], wanted: Columns, questions: Questions) -> Layout | None:
    roles = _roles(cells, wanted)
    if any(name is not None and role not in roles for role, name in wanted._asdict().items()):
        return None
    names = unique_names(cells)
    id_, name = (roles.get(role, [None])[0] for role in ("id", "name"))
    if "answer" in roles and "rubric_id" in roles:
        asked = max(roles["rubric_id"], key=lambda at: _hits(at, below, questions))
        answer = next((at for at in roles["answer"] if at != asked), None)
        if answer is None:
            return None
        for role, at in (("id", id_), ("rubric_id", asked), ("answer", answer)):
            _refuse_twice(cells, at, role in roles and getattr(wanted, role) is not None)
        groups: tuple[Group, ...] = (Group(asked, answer),)
    else:
        groups = _pairs(cells) or _wide(cells, roles, questions)
    if not groups:
        return None
    student = roles.get("student_id", [None])[0]
    wide = not isinstance(groups[0].question, int) or len(groups) > 1
    if student is None:
        student = id_ if wide and name is None else name
    student = roles["student"][0] if "student" in roles else student
    words = ("题目", "回答") if count_han("".join(names)) else ("question", "answer")
    return Layout(names, id_, name, groups, student, wide, words)


def _refuse_twice(cells: Sequence[Any], at: int | None, by_option: bool) -> None:
    if at is None:
        return
    same = [cell for cell in cells if isinstance(cell, str) and bare(cell) == bare(str(cells[at])) != ""]
    if len(same) > 1 and not (by_option and len({_clean(cell) for cell in same}) == len(same)):
        raise ValueError(one_line(_clean(cells[at])))


def _hits(at: int, below: Sequence[Record], questions: Questions) -> int:
    return sum(questions.find(record.cells[at]) is not None for record in below if at < len(record.cells))


def _pairs(cells: Sequence[Any]) -> tuple[Group, ...]:
    """Return the groups of a table with the columns Question 1, Response 1, Question 2 …"""
    places: dict[tuple[str, str], int] = {}
    for at, cell in enumerate(cells):
        found = re.fullmatch(r"(.*?)(\d{1,3})", bare(str(cell)) if isinstance(cell, str) else "")
        if found:
            role = "question" if found[1] in _QUESTIONS else "answer" if found[1] in _ANSWERS else ""
            places.setdefault((role, found[2]), at)
    numbers = [number for role, number in places if role == "question" and ("answer", number) in places]
    return tuple(Group(places["question", number], places["answer", number]) for number in numbers)


def _wide(cells: Sequence[Any], roles: Mapping[str, Sequence[int]], questions: Questions) -> tuple[Group, ...]:
    """Return the groups of a table whose columns are headed by questions."""
    named = {at for role in ("id", "student_id", "name") for at in roles.get(role, ())}
    asked = {at: found for at, cell in enumerate(cells) if at not in named and (found := questions.find(cell))}
    # A line of answers may hold the id of one question, too.
    if not asked or (not named and len(asked) < 2):
        return ()
    if twice := [found for found in asked.values() if list(asked.values()).count(found) > 1]:
        raise ValueError(twice[0])
    return tuple(Group(found, at) for at, found in asked.items())


def _looks_like_header(record: Record, wanted: Columns) -> tuple[int, int]:
    return len(_roles(record.cells, wanted)), sum(not is_empty(cell) for cell in record.cells)
