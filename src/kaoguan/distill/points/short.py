"""Answers of a few words: names of a list as one enumeration, a phrase as the end of the question's own sentence."""

import re
from collections.abc import Sequence
from itertools import groupby

from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.names import enumeration, is_short
from kaoguan.distill.points.statement import Statement
from kaoguan.text.terms import is_term

_WANTS_NAMES = re.compile(
    r"哪|常[用见]|几[种个类大]|多少种|列举|包[括含]|组成|分类|种类|类型"
    r"|\b(?:which|what are|list|name|types?|kinds?|methods?|techniques?|components?|parts?)\b",
    re.IGNORECASE,
)
_FEWEST, _SEVERAL, _MOST = 2, 3, 12


def with_names_joined(question: str, found: Sequence[Statement], chinese: bool) -> list[Statement]:
    """Return the statements, a list of names that a question asks for, or that is all of the answer, as one.

    Names among items that say something are no list of their own.
    """
    if not _WANTS_NAMES.search(question) and (len(found) < _SEVERAL or not all(map(_is_named, found))):
        return list(found)
    whole: list[Statement] = []
    for listed, group in groupby(found, lambda one: one.listed and not one.column):
        items = list(group)
        if listed and _FEWEST <= len(items) <= _MOST and all(map(_is_named, items)):
            names = ("、" if chinese else ", ").join(one.text.rstrip("。.;；，, ") for one in items)
            items = [items[0]._replace(text=enumeration(question, names), last=items[-1].last)]
        whole += items
    return whole


def _is_named(statement: Statement) -> bool:
    return not (statement.subject or statement.title) and is_short(statement.text.rstrip("。.;；，, "))


def completed(question: str, found: Sequence[Statement], chinese: bool) -> list[Statement]:
    """Return the statements; an answer that is one phrase as the end of the question: 「TCP 属于传输层」.

    Only where the question is a sentence that such a phrase ends: 「TCP 属于哪一层」, "What is the default port of X?",
    or the name of something that the first words say the value of: 「默认端口？」, 「通常是 3306」.
    """
    if not found or found[0].column or found[0].facet or _SECOND.search(question):
        return list(found)
    said, asked = found[0].text.strip(" 。.；;"), sentences(question, chinese)[-1].strip(" ?？:：")
    whole = ""
    if len(found) == 1 and _is_phrase(said, chinese):
        whole = _ended(asked, said, chinese)
    elif chinese and question.endswith("？") and _VALUED.match(said) and is_term(asked):
        whole = f"{asked}{said}"
    return [found[0]._replace(text=whole), *found[1:]] if whole else list(found)


def _ended(asked: str, said: str, chinese: bool) -> str:
    """Return a phrase as the end of the sentence that asks for it, or nothing where it does not end it."""
    if which := None if chinese else _WHICH.fullmatch(asked):
        return f"{said} {which['rest']}"
    match = (_ASKED if chinese else _ASKED_EN).fullmatch(asked)
    if match and not (chinese and match["sort"] and not said.endswith(match["sort"])):
        head = match["head"] if chinese else f"{match['thing']} {match['is'].lower()}"
        return head + ("" if chinese and not (head[-1].isascii() or said[0].isascii()) else " ") + said
    listed = enumeration(asked, said) if _AND.search(said) and _WANTS_NAMES.search(asked) else said
    return listed if listed != said else ""


# Which of two questions a phrase answers, nobody knows.
_SECOND = re.compile(r"[?？]\s*\S")
# 「通常是 3306」: what it is the value of, the question names.
_VALUED = re.compile(r"(?:默认|通常|一般|大约|大概|理论上)(?:是|为|等于)|(?:是|为|等于) ?[\d<≤>≥~约]")
# Up to where the phrase comes: 「实时系统要保证的特征是」, 「……位于哪一层」.
_ASKED = re.compile(
    r"(?P<head>(?!.*(?:分别|为什么|为何|如何|怎么|怎样|是否|能否|是不是))[^，,。？?；;什哪]{2,40}"
    r"(?:是|属于|位于|处于|工作在|运行在|称为|叫做|等于|有|包括|分为|默认为))"
    r"(?:什么|多少[种个类]?|几[种个类]|哪些|哪[一个几]?[种个类]?(?P<sort>层|端|侧)?)?"
)
# "What is the scheduler?" wants to know what it is, "What is the default port of the server?" one of its values.
_ASKED_EN = re.compile(
    r"what (?P<is>is|are) (?P<thing>the (?=[^,;?]* (?:of|for|in) |(?:\w+ )?(?:default|maximum|minimum|number"
    r"|complexity"
    r"|two|three|four|five|main|best|worst)\b)[^,;?]{6,90})",
    re.IGNORECASE,
)


# "Which command is used to list the containers?"
_WHICH = re.compile(
    r"(?:which|what) (?!is\b|are\b|one\b|kind\b|type\b|sort\b|does\b)[\w /-]{3,48}? (?P<rest>(?:(?:is|are) (?:used"
    r"|called|needed|required|responsible|recommended|preferred|best)|can be|allows|supports|provides|manages|handles"
    r"|stores|lets|helps|guarantees|ensures|splits|returns|runs|creates|removes|deletes|starts|stops|shows|prints"
    r"|displays|contains|holds|executes|defines|converts|determines|controls|specifies|sets|checks|detects|measures)"
    r" [^,;?]{6,110})",
    re.IGNORECASE,
)


def _is_phrase(text: str, chinese: bool) -> bool:
    """Return whether an answer is one name or number, or an enumeration of some; no sentence."""
    if len(text) > _LONGEST[chinese] or _SAYS.search(text):
        return False
    parts = [part.strip() for part in _AND.split(text)]
    return is_term(text) or all(is_term(part) or _VALUE.fullmatch(part) for part in parts)


# "Tracks errors", 「好像有两种」
_SAYS = re.compile(r"^[A-Z][a-z]+s \w|好像|记得|可能|大概|应该|一般")
_LONGEST = {True: 60, False: 160}
_AND = re.compile(r"[、，]|[和与及](?=..)|,? and |, ")
_VALUE = re.compile(r"[OΘ]\([^()]{1,16}\)|[\d.,^]+ ?[%A-Za-z]{0,8}", re.IGNORECASE)
