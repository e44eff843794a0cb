"""What an entry is beside an answer: a question back, the words "I don't know", or the wish for the next question.

hear("您是问训练还是推理？").asks         Asks.SCOPE
hear("不知道").unknown                    True
hear("…，AdamW 没用过").not_known         ("adamw",)
hear("好，下一题").over                   True

The expressions stand in words/<language>/heard.yaml. What is not clearly one of these is an answer.
"""

import re
from enum import StrEnum
from functools import cache, lru_cache, reduce

from kaoguan import prompts
from kaoguan.models import LANGUAGES, Model
from kaoguan.text.characters import form
from kaoguan.text.script import HAN

# Longer is an answer with a question in it.
_LONGEST = 120
# Beside its question an entry may say this much, in cells: "I do recommendation. Do you mean …?"
_ASIDE = 30
# So many characters before "不知道" name something; more are a sentence about something that is not known.
_NAMED = 8
_CLAUSE_LENGTH = 16

_SENTENCE = re.compile(r"(?<=[。！？!?\n])|(?<=\.)\s")
_CLAUSE = re.compile(r"[，。；：！？、,;:!?\n…~～]+|\.(?=\s|$)|\.{2,}|\b(?:but|although|though)\b|但是|不过|可是|但")
_QUESTION = re.compile(r"[?？]|(吗|么|呢)[。.!！]?$|还是|^\W*(能不能|可不可以|能否|可否|(can|could|may|should) i\b)")
_CONDITION = re.compile(r"(时|时候|情况下|的话|之前|之后|也|就)")
_SPACE = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
_SPEAKS = re.compile(r"我|也|都|真|确实|完全|实在")
_WORD = re.compile(r"\w")


class Asks(StrEnum):
    """What a question back is about."""

    REPEAT = "repeat"  # it was not understood
    DEPTH = "depth"  # how much is wanted
    LANGUAGE = "language"  # Chinese or English
    FORM = "form"  # formulas, code, examples
    ASSUME = "assume"  # whether something may be assumed
    SCOPE = "scope"  # what the question covers
    HINT = "hint"  # for help
    VERDICT = "verdict"  # whether it was right
    LEAVE = "leave"  # for a break, or the end
    LEFT = "left"  # how much is still to come
    SCORE = "score"  # how answers are scored
    SKIP = "skip"  # whether a question may be left out
    REFERENCE = "reference"  # for the answer
    REDO = "redo"  # to take back what was submitted
    KEYS = "keys"  # how to type and submit
    WHO = "who"  # who is there
    LOOK_UP = "look_up"  # whether notes and searching are allowed
    KEPT = "kept"  # where answers go
    # Less than any of these where it comes with one.
    HARD = "hard"  # for something easier, or some courage
    TIME = "time"  # for a moment, or nothing yet: a greeting, nerves

    @property
    def bare(self) -> bool:
        """Return whether an entry means this only where it says nothing else: it can then be no answer."""
        return self not in _ABOUT_THE_QUESTION

    @property
    def about_the_interview(self) -> bool:
        """Return whether the reply is the same whatever is being asked: it can be given at any time."""
        return self in _ABOUT_THE_INTERVIEW


_ABOUT_THE_QUESTION = (Asks.REPEAT, Asks.DEPTH, Asks.LANGUAGE, Asks.FORM, Asks.ASSUME, Asks.SCOPE)
_ABOUT_THE_INTERVIEW = (Asks.LEAVE, Asks.LEFT, Asks.SCORE, Asks.KEYS, Asks.WHO, Asks.LOOK_UP, Asks.KEPT)


class Heard(Model):
    """What was heard; all of it is empty in a plain answer.

    `unknown`: nothing was said but that it is not known. `rest_unknown`: an answer, and no more than that is known.
    `not_known`: what an answer names as not known. `over`: the next question is wanted, and nothing else said.
    """

    asks: Asks | None = None
    unknown: bool = False
    rest_unknown: bool = False
    not_known: tuple[str, ...] = ()
    over: bool = False


# The same few answers are heard at every move.
@lru_cache(maxsize=256)
def hear(text: str) -> Heard:
    """Return what an entry is beside an answer."""
    plain = "".join(map(form, text)).strip()
    if asks := _asks(plain):
        return Heard(asks=asks)
    if _nothing_but(plain, _expression("over")):
        return Heard(over=True)
    return _known(plain)


def asked_about(text: str) -> tuple[str, ...]:
    """Return what a question back names, one text for each alternative: ("训练", "推理")."""
    plain = "".join(map(form, text))
    parts = re.split(_expression("alternatives").pattern, plain)
    named = (re.sub(r"[\W_]+", " ", _expression("asks_lead").sub(" ", part)).strip() for part in parts)
    return tuple(part for part in named if _bare(part))


def _asks(plain: str) -> Asks | None:
    if not _WORD.search(plain):
        return Asks.REPEAT if "?" in plain else None
    if len(plain) > _LONGEST or _expression("asks_nothing").search(plain):
        return None
    told = [part for part in _SENTENCE.split(plain) if part.strip() and not _QUESTION.search(part.strip())]
    bare = [kind for kind in Asks if kind.bare and _expression(f"asks_{kind}").search(plain)]
    meant = [_expression(f"asks_{kind}") for kind in bare]
    if one := next((kind for kind, asked in zip(bare, meant, strict=True) if _nothing_but(plain, asked)), None):
        return one
    if _nothing_but(plain, *meant):
        return bare[0]  # several of them: "tired, can we stop?"
    kind = next((kind for kind in Asks if not kind.bare and _expression(f"asks_{kind}").search(plain)), None)
    if kind is None or (kind not in (Asks.REPEAT, Asks.DEPTH) and not _QUESTION.search(plain)):
        return None
    aside = sum(_cells(_bare(part)) for part in told if not _expression(f"asks_{kind}").search(part))
    return kind if aside <= _ASIDE else None


def _nothing_but(plain: str, *meant: re.Pattern[str]) -> bool:
    """Return whether an entry says what these expressions stand for, and nothing else."""
    left = reduce(lambda text, expression: expression.sub(" ", text), meant, plain)
    return left != plain and not _bare(left)


def _known(plain: str) -> Heard:
    if _expression("affirms").fullmatch(plain.strip(" 。.!！")):
        return Heard()
    clauses = [clause for part in _CLAUSE.split(plain) if part for clause in _short(part.strip()) if _bare(clause)]
    found = [_unknown(clause) for clause in clauses]
    only_this = any(_expression("only_this").search(clause) for clause in clauses)
    if all(subject is not None or _hedges(clause) for subject, clause in zip(found, clauses, strict=True)):
        return Heard(unknown=True)
    named = [subject for subject in found if subject]
    rest = [subject for subject in named if not _bare(_expression("rest").sub(" ", subject))]
    # "…, 不知道了" at the end of an answer is about all the rest.
    ends = found[-1] == "" and not _hedges(clauses[-1])
    return Heard(
        rest_unknown=bool(rest) or only_this or ends, not_known=tuple(name for name in named if name not in rest)
    )


def _short(clause: str) -> list[str]:
    """Return a clause in parts where it is long and was typed with spaces for commas, as Chinese often is."""
    return [part for part in _SPACE.split(clause) if part] if len(clause) > _CLAUSE_LENGTH else [clause]


def _unknown(clause: str) -> str | None:
    """Return what a clause says is not known, empty where it names nothing; None when it says no such thing."""
    if end := re.search(rf"(?:{_expression('unknown_end').pattern})\W*$", clause):
        before = clause[: end.start()]
        if len(_bare(before)) <= _NAMED or _SPEAKS.search(before) or before.isascii():
            return before.strip() if _bare(before) else ""
    if (begin := re.match(rf"(?:{_expression('unknown_begin').pattern})", clause)) and not _CONDITION.search(clause):
        return clause[begin.end() :].strip() if _bare(clause[begin.end() :]) else ""
    return None


def _hedges(clause: str) -> bool:
    found = _expression("hedge").search(clause)
    return found is not None and not _bare(clause[: found.start()] + clause[found.end() :])


def _bare(text: str) -> str:
    """Return a text without fillers and signs."""
    return re.sub(r"[\W_]+", " ", _expression("filler").sub(" ", text)).strip()


def _cells(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


@cache
def _expression(name: str) -> re.Pattern[str]:
    """Return the expression of this name in all languages."""
    return re.compile("|".join(f"(?:{one})" for one in _texts(name)))


def _texts(name: str) -> list[str]:
    return [text for language in LANGUAGES for text in prompts.load("heard", language).texts[name]]
