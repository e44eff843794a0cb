"""What the words of a header mean: whose answer (id, name), to what (question), and the answer itself.

A name is compared as `bare` leaves it (letters and digits, half width, simplified, lower case), whole, without what
forms put around it (请输入您的…, （必填）), without who it is of (学生…, student's …) and, where it says the same
thing twice (学号/工号, 姓名 Name), by its parts.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from kaoguan.files.questions import bare, unnumbered
from kaoguan.files.rows import Columns

# Words as `bare` leaves them, what says it most surely first. An _OWNED_ID is a student's only where it says so.
_STUDENT_IDS = (
    *(
        "学号",
        "学工号",
        "学籍号",
        "考号",
        "考生号",
        "准考证号",
        "学籍番号",
        "학번",
        "工号",
        "sid",
        "sisid",
        "sisuserid",
        "idnumber",
    ),
    *("orgdefinedid", "matriculationnumber", "matricno", "rollno", "rollnumber"),
)
_OWNED_IDS = ("编号", "代码", "id", "number", "no", "code")
_CONTACTS = (
    *("email", "emailaddress", "mail", "邮箱", "电子邮箱", "邮箱地址", "电子邮件", "电子邮件地址", "邮件"),
    *("手机号", "手机号码", "手机", "电话", "phone", "phonenumber"),
)
_OTHER_IDS = (
    *("id", "答案编号", "答卷编号", "编号", "answerid", "submissionid", "responseid", "respondentid", "uid", "userid"),
    *("用户id", "序号", "no", "number", "编码", "attemptid"),
)
_NAMES = (
    *("姓名", "名字", "真实姓名", "学生", "考生", "学员", "候选人", "用户名", "昵称", "用户昵称", "答题人", "填写人"),
    *("氏名", "名前", "이름", "성명"),
    *("name", "fullname", "student", "candidate", "learner", "username", "displayname", "user"),
)
_FAMILY_NAMES = ("姓", "姓氏", "lastname", "surname", "familyname")
_GIVEN_NAMES = ("名", "firstname", "givenname", "forename")
_QUESTIONS = (
    *("rubricid", "rubric", "questionid", "题目编号", "题目id", "试题编号", "题号"),
    *("题目", "试题", "考题", "问题", "题干", "设问", "문제", "문항", "질문"),
    *("question", "questions", "prompt", "qtext", "questiontitle", "questionname"),
)
_ANSWERS = (
    *("作答", "回答", "答题", "解答", "答复", "响应", "回应", "response", "reply", "submission"),
    *("answer", "answers", "responses", "答案", "答卷", "답안", "답변", "응답"),
)
# What forms add to a word without changing what it means: 作答内容, 题目名称, question text.
_ADDED = re.compile(r"(?:内容|情况|详情|文本|名称|标题|描述|原文|正文|text|content|body)$")
_OWNER = re.compile(
    r"^(?:学生|考生|学员|候选人|应聘者|受试者|用户|你|您|我|students?|candidates?|learners?|examinees?|users?|your|my|the)的?"
)
# 您的姓名, 请输入学号, 学号（必填）
_POLITE = re.compile(r"^(?:请)?(?:输入|填写|写出)?(?:您|你)?的?|(?:必填|必答|选填|填空题|简答题|问答题)$")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_SAME_AGAIN = re.compile(r"[/／|｜、\n]|或")
_LATIN = re.compile("[a-z0-9]+")
# A longer text is a question or an answer.
_LONGEST = 80
# What stands in a second line of a header, below a question.
_BELOW = {
    *("得分", "分数", "分值", "评分", "批语", "评语", "开放式回答"),
    *("score", "points", "feedback", "openendedresponse"),
}

ROLES: Mapping[str, Sequence[str]] = {
    "student_id": (*_STUDENT_IDS, *_CONTACTS),
    "id": (_OTHER_IDS[0], *_STUDENT_IDS, *_OTHER_IDS[1:], *_CONTACTS),
    "name": _NAMES,
    "family_name": _FAMILY_NAMES,
    "given_name": _GIVEN_NAMES,
    "rubric_id": _QUESTIONS,
    "answer": _ANSWERS,
}


def roles(cells: Sequence[Any], wanted: Columns) -> dict[str, list[int]]:
    """Return the columns that may be id, student_id, name …, rubric_id and answer, what says it most surely first."""
    meant = [_meant(cell) if isinstance(cell, str) else {} for cell in cells]
    found = {
        role: sorted((at for at, one in enumerate(meant) if role in one), key=lambda at: meant[at][role])
        for role in ROLES
    }
    if any(isinstance(cell, str) and bare(cell) == "rubricid" for cell in cells):
        # Who uses our names means our names.
        found["answer"].sort(key=lambda at: bare(str(cells[at])) != "answer")
    for role, name in wanted._asdict().items():
        if name is not None:
            exact = [at for at, cell in enumerate(cells) if clean(cell) == name.strip()]
            found[role] = exact or [at for at, cell in enumerate(cells) if bare(str(cell)) == bare(name) != ""]
    return {role: places for role, places in found.items() if places}


def is_header_word(cell: Any) -> bool:
    """Return whether a cell says what stands below it, as in the second line of a header."""
    return isinstance(cell, str) and (bare(cell) in _BELOW or bool(_meant(cell)) or cell.startswith('{"ImportId"'))


def is_who(cell: Any) -> bool:
    """Return whether a cell heads ids or names."""
    return isinstance(cell, str) and bool(_meant(cell).keys() - {"rubric_id", "answer"})


def _meant(name: str) -> dict[str, int]:
    """Return the roles that a name may have, each with its rank: 0 says it most surely."""
    if len(name) > _LONGEST:
        return {}
    whole, short = bare(name), _POLITE.sub("", _POLITE.sub("", bare(_BRACKETS.sub("", unnumbered(name)))))
    if not short:
        return {}
    parts = [bare(part) for part in _SAME_AGAIN.split(_BRACKETS.sub("", name))]
    words = [(whole, short), *((part,) for part in parts if len(parts) > 1 and part)]
    for spelled in words:
        if meant := _by_words(spelled):
            return meant
    # Both halves say it: 姓名 Name, id. Response ID
    latin = "".join(_LATIN.findall(short))
    code, _, text = name.partition(". ")
    halves = (bare(code), bare(text)) if text else (_LATIN.sub("", short), latin)
    first, second = (_by_words((half,)) for half in halves)
    return {role: rank for role, rank in first.items() if role in second}


def _by_words(spelled: Sequence[str]) -> dict[str, int]:
    meant: dict[str, int] = {}
    for word in spelled:
        core = _ADDED.sub("", word) or word
        mine = _OWNER.sub("", core, count=1)
        owned = mine not in {core, ""}
        for role, known in ROLES.items():
            # 学生答案 before 答案, which may be the right one.
            ranks = [known.index(mine)] if owned and mine in known else []
            ranks += [100 + known.index(one) for one in (word, core) if one in known]
            if owned and mine in _OWNED_IDS:
                # A table may have both: id of the answer, student id.
                ranks += {"student_id": [0], "id": [101]}.get(role, [])
            if ranks:
                meant[role] = min(meant.get(role, ranks[0]), *ranks)
    return meant


def clean(cell: Any) -> str:
    """Return a header as it is shown: without what cannot be seen."""
    text = "" if cell is None else str(cell)
    return "".join(one for one in text if unicodedata.category(one) != "Cf").strip().replace("\xa0", " ")


def unique_names(cells: Sequence[Any]) -> tuple[str, ...]:
    """Return the names of columns: of equal ones, the later are numbered; what cannot be seen is left out."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for cell in cells:
        name = clean(cell)
        seen[name] = seen.get(name, 0) + 1
        numbered = f"{name} ({seen[name]})" if name and seen[name] > 1 else name
        while numbered and numbered in names:
            seen[name] += 1
            numbered = f"{name} ({seen[name]})"
        names.append(numbered)
    return tuple(names)
