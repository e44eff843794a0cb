"""What a question and the labels of its answer are about, and what 「它」 in a sentence can mean."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.alone import DOES
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.phrases import own_label
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import sides, subject
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_LISTED = {Facet.ADVANTAGE, Facet.DRAWBACK, Facet.CAUSE, Facet.ROLE, Facet.EFFECT, Facet.USE}


def asked_subject(question: str) -> str:
    """Return what a question is about: 「跳表的最大优势」 is about the list, "hash join faster" about joins."""
    about = re.sub("的最[大小高]$| (?:faster|slower|better|worse|cheaper)$", "", subject(question)).strip()
    match = _PART_OF.match(about)
    return match["thing"] if match and is_part(match["part"]) and is_term(match["thing"]) else about


# "Features of linear regression" is about linear regression.
_PART_OF = re.compile(r"(?:the )?(?P<part>\w+(?: \w+)?) (?:of|behind) (?:the |an? )?(?P<thing>\S.+)", re.IGNORECASE)


def names_others(question: str, subject: str) -> bool:
    """Return whether a question names other things than its subject, in Latin letters or after "and"."""
    if not is_chinese(question):
        asks = "how|why|what|when|where|which|whether|do|does|is|are|its?\\b|their|can|explain"
        other = rf" (?:and|or|vs\.?|versus) (?!{asks})"
        return re.search(re.escape(subject) + other, question, re.IGNORECASE) is not None
    names = re.findall(r"[A-Za-z][\w-]+", question)
    return any(name.casefold() not in subject.casefold() for name in names)


def is_cut_off(subject: str, question: str) -> bool:
    """Return whether a Chinese question names more than was taken from it: 「消息 Queue」 of 「消息 Queue Broker」."""
    return is_chinese(question) and re.search(re.escape(subject) + r" [A-Z]", question) is not None


# What a list of each part is led in with.
FACET_WORDS = {
    Facet.CAUSE: r"原因|因素|causes?|reasons?",
    Facet.ADVANTAGE: r"优点|优势|好处|advantages?|benefits?",
    Facet.DRAWBACK: r"缺点|劣势|不足|局限|disadvantages?|drawbacks?|limitations?",
    Facet.ROLE: r"作用|用途|目的|purposes?|roles?",
    Facet.EFFECT: r"影响|后果|effects?|consequences?",
    Facet.USE: r"场景|应用|use cases?|applications?",
}


def asked_facet(question: str) -> Facet | None:
    """Return the one facet that every item of a list answers: 「池化层的作用是什么？」 asks for its roles."""
    label = read_label(re.sub(r"(?:分别)?(?:是什么|有哪些|都有哪些|有什么)?[?？]?$", "", question.strip()))
    return label.facet if label.facet in _LISTED and label.subject and not sides(label.subject) else None


def things(found: Sequence[Statement]) -> set[str]:
    """Return what is told of under the same labels, "Cost: …", "Use: …": these labels name parts of it."""
    told: dict[str, set[str]] = {}
    for statement in found:
        if statement.subject and (label := own_label(statement.text)):
            told.setdefault(label, set()).add(statement.subject)
    return {thing for things in told.values() if len(things) >= _FEWEST_THINGS for thing in things}


_FEWEST_THINGS = 3
_COMPARES = re.compile(r"区别|不同|差异|对比|比较|异同|关系|\b(?:vs|differ\w*|compar\w*|versus)\b", re.IGNORECASE)


def compares(question: str) -> bool:
    """Return whether a question sets things side by side: the labels that recur in its answer are these things."""
    return _COMPARES.search(question) is not None


def still_told(doer: str, statement: Statement, before: Draft) -> bool:
    """Return whether 「它」 at the beginning of a statement can mean what the question or the label is about.

    Not where the claim before, under the same label, told of something else, and not where the sentence goes on from
    one that is not there: "And it can …".
    """
    if _GOES_ON.match(statement.text) and not statement.subject:
        return False
    if statement.listed and _BEGINS_WITH_PRONOUN.match(statement.text) and _ANOTHER.match(before.text):
        return doer.casefold() in before.text.casefold()
    same = before.subject in {statement.subject, doer}
    if _BEGINS_WITH_PRONOUN.match(statement.text) is None or statement.listed or not same:
        return True
    return doer.casefold() in before.text.casefold()


_GOES_ON = re.compile(r"(?:and|so|thus|therefore|hence),? (?:it|they|its|their)\b", re.IGNORECASE)
# "A linear function is one whose …": the item before is about a thing of its own.
_ANOTHER = re.compile(r"(?:an?|the) (?:[\w-]+ ){1,4}?(?:is|are|has|have|means)\b", re.IGNORECASE)
_BEGINS_WITH_PRONOUN = re.compile(r"它们?|其(?!中|他|它|实|次)|(?:it|they|its|their)\b", re.IGNORECASE)


def of_side(text: str, side: str, sides: Sequence[str]) -> str:
    """Return a sentence without a subject of its own as one about the side that the sentence before it named."""
    if side not in sides or any(one.casefold() in text.casefold() for one in sides) or not _OF_WHOM.match(text):
        return text
    return f"{side}：{text}" if is_chinese(text) else f"{side}: {text}"


# "Reduces the variance", "The model learns …", 「适用于……」: of which side, the sentence before says.
_OF_WHOM = re.compile(
    rf"(?:{DOES.pattern})|(?:the|each) (?:model|algorithm|method|network)s?\b"
    r"|(?:适[用合]|用于|应用于|不(?:能|会|需)|无法|能够?(?!量)|可以|支持|属于|具有|相比|每个|模型(?!的))",
    re.IGNORECASE,
)


def side_named(claim: str, sides: Sequence[str]) -> str:
    """Return the one side that a claim begins with, or nothing: only then is 「它」 in the next sentence this side."""
    said = re.sub(r"^(?:the|an?) ", "", claim.casefold())
    named = [side for side in sides if side.casefold() in claim.casefold()]
    begins = [side for side in named if said.startswith(re.sub(r"^(?:the|an?) ", "", side.casefold()))]
    return begins[0] if len(named) == 1 and begins else ""
