"""What a question and the labels of its answer are about, and what 「它」 in a sentence can mean."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.alone import DOES
from kaoguan.distill.points.doers import may_do
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.labels import is_thing
from kaoguan.distill.points.phrases import has_label, own_label
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.text.around import around
from kaoguan.distill.text.facets import Facet
from kaoguan.text.script import HAN, is_chinese
from kaoguan.text.terms import is_term


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
        return any(_OTHER.match(behind) for _, behind in around(subject, question))
    names = re.findall(r"[A-Za-z][\w-]+", question)
    return any(name.casefold() not in subject.casefold() for name in names)


_OTHER = re.compile(
    r" (?:and|or|vs\.?|versus) (?!how|why|what|when|where|which|whether|do|does|is|are|its?\b|their|can|explain)",
    re.IGNORECASE,
)


def is_cut_off(subject: str, question: str) -> bool:
    """Return whether a question names more than was taken from it: 「消息 Queue」 of 「消息 Queue Broker」.

    "Having" of "having an index" and "the significance of squaring" are nothing that "it" could be.
    """
    if is_chinese(question):
        return any(_NAMED_ON.match(behind) for _, behind in around(subject, question))
    asked = question[max(question.find(subject), 0) :]
    return _DOING.match(asked) is not None or _WEIGHT.match(subject) is not None


_NAMED_ON = re.compile(" [A-Z]")
_DOING = re.compile(
    r"(?:the )?(?:\w+ of )?\w{2,}ing (?:an?|the|your|our|by|with|as|from|into|to|on|up|both|all|multiple)\b",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"(?:the )?(?:significance|importance|impact|meaning|need|point) (?:of|for)\b", re.IGNORECASE)


def told_of_title(statement: Statement, *, first: bool) -> Statement:
    """Return a statement as its later sentences are told: of the thing that titles their item, not of what is above it.

    「它」 further down 「记录锁」 below 「锁的算法」 is the record lock.
    """
    title = statement.title
    short = (
        len(title.split()) <= _LONGEST_NAME and len(re.sub(r"[（(].*|[\x00-\xff]", "", title)) <= _LONGEST_CHINESE_NAME
    )
    thing = short and is_thing(title) and may_do(title) and not has_label(statement.text)
    return statement if first or not thing else statement._replace(subject=title)


# A longer title is a sentence, "GenAI makes new output", and no subject of the next one.
_LONGEST_NAME, _LONGEST_CHINESE_NAME = 3, 8


def asked_facets(question: str) -> set[Facet]:
    """Return the parts of an answer that a question asks for by name: 「池化层的作用是什么？」 asks for its roles."""
    return {facet for facet, words in _FACET_WORDS.items() if re.search(words, question, re.IGNORECASE)}


_FACET_WORDS = {
    Facet.DEFINITION: r"什么是|定义|概念|\bwhat is (?!the\b)|\bdefin",
    Facet.PRINCIPLE: r"原理|机制|思想|\bhow\b",
    Facet.CAUSE: r"原因|因素|为什么|为何|\b(?:causes?|reasons?|why)\b",
    Facet.REMEDY: r"解决|避免|缓解|防止|应对|\b(?:avoid|prevent|mitigate|fix|solve|remed(?:y|ies))\b",
    Facet.ADVANTAGE: r"优点|优势|好处|优缺点|优劣|(?<!dis)advantages?|\b(?:benefits?|pros)\b",
    Facet.DRAWBACK: r"缺点|缺陷|弊端|劣势|不足|局限|优缺点|优劣|disadvantages?|\b(?:drawbacks?|limitations?|cons)\b",
    Facet.ROLE: r"作用|用途|目的|\b(?:purposes?|roles?)\b",
    Facet.EFFECT: r"影响|后果|\b(?:effects?|consequences?)\b",
    Facet.USE: r"场景|应用|适用|\b(?:use cases?|applications?|when)\b",
    Facet.STEP: r"步骤|流程|\b(?:steps?|procedure|workflow)\b",
}


def of_another_part(asked: set[Facet], told: Facet | None) -> bool:
    """Return whether a claim is labelled as another part than the one a question asks for: uses, and not the steps."""
    return len(asked) == 1 and {*asked, told} <= _APART and told not in asked


_APART = {Facet.ADVANTAGE, Facet.DRAWBACK, Facet.USE, Facet.STEP, Facet.REMEDY}


def asks_of_all(question: str, thing: str) -> bool:
    """Return whether a question is about one thing and nothing else, 「介绍一下跳表的优缺点」, "What is a skip list?".

    「每个」, 「各自」, a second question or anything said of the thing may mean another one.
    """
    rest = question.casefold().replace(thing.casefold(), " ", 1)
    return rest != question.casefold() and _STOCK.sub("", rest) == ""


_STOCK = re.compile(
    r"\W|讲讲|讲解|讲一?下|一下|简单|简要|简述|详细|介绍|说说|说一说|谈谈|聊聊|解释|描述|阐述|概述|请|你|能|来|再|什么是|是什么|什么"
    r"|有哪些|哪些|有何|优缺点|优势|劣势|优点|缺点|特点|原理|步骤|流程|过程|概念|定义|作用|以及|及其?|[的有是其和与]"
    r"|\b(?:explain|describe|discuss|define|please|what|is|are|an?|the|and|of|its|pros|cons|advantages?|disadvantages?"
    r"|benefits?|drawbacks?|limitations?|features?|concept|meant|by|do|does|mean|you|key|main|steps?|process|in|detail"
    r"|how|works?|why|use|used|when|we|to)\b",
    re.IGNORECASE,
)


def shared_facets(found: Sequence[Statement], sides: Sequence[str]) -> set[Facet]:
    """Return the facets that are asked for every side but told once, after the last: they belong to all sides."""
    told: dict[Facet, set[str]] = {}
    for statement in found:
        if statement.facet and statement.subject in sides:
            told.setdefault(statement.facet, set()).add(statement.subject)
    several = any(len(subjects) > 1 for subjects in told.values())
    return {facet for facet, subjects in told.items() if several and subjects == {sides[-1]}}


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


def of_side(text: str, side: str, sides: Sequence[str], *, chained: bool) -> str:
    """Return a sentence without a subject of its own as one about the side that the sentence before it named.

    `chained`: only a semicolon parts it from that one.
    """
    named = any(word.casefold() in text.casefold() for one in sides for word in _WORD.findall(one)[:1])
    if side not in sides or named or not ((chained and not has_label(text)) or _OF_WHOM.match(text)):
        return text
    return f"{side}：{_ALSO.sub('', text)}" if is_chinese(text) else f"{side}: {text}"


# 「推理时的掩码」 is named by 「推理」.
_WORD = re.compile(rf"(?!(?:an?|the)\b)[A-Za-z][\w.+#-]*|[{HAN}]{{2}}", re.IGNORECASE)
# 「还支持外键」: the sentence before is another point.
_ALSO = re.compile("还(?=支持|提供|具有|可以|能|会|有)|也(?=支持|提供|具有)")
# "Reduces the variance", "The model learns …", 「适用于……」: of which side, the sentence before says.
_OF_WHOM = re.compile(
    rf"(?:{DOES.pattern})|(?:the|each) (?:model|algorithm|method|network)s?\b"
    rf"|{_ALSO.pattern}|(?:[使采]?用的是|适[用合]|用于|应用于|不(?:能|会|需)|无法|能够?(?!量)|可以|支持|属于|具有|相比|每个|模型(?!的))",
    re.IGNORECASE,
)


def with_sides_named(text: str, question: str, sides: Sequence[str]) -> str:
    """Return a statement that begins with 「前者」 or "the latter" with the sides that are compared in their place."""
    if len(sides) != _BOTH or not _EITHER.match(text) or not compares(question):
        return text
    return _EITHER.sub(lambda match: sides[match["second"] is not None], text)


_BOTH = 2
_EITHER = re.compile(r"前者|(?:the )?\bformer\b|(?P<second>后者|(?:the )?\blatter\b)", re.IGNORECASE)


def side_named(claim: str, sides: Sequence[str]) -> str:
    """Return the one side that a claim begins with, or nothing: only then is 「它」 in the next sentence this side."""
    said = re.sub(r"^(?:the|an?) ", "", claim.casefold())
    named = [side for side in sides if side.casefold() in claim.casefold()]
    begins = [side for side in named if said.startswith(re.sub(r"^(?:the|an?) ", "", side.casefold()))]
    return begins[0] if len(named) == 1 and begins else ""


def side_is_lost(sentence: str, statement: Statement, place: int, sides: Sequence[str]) -> bool:
    """Return whether a sentence has no subject while the question has two, and nothing says which is meant."""
    nobody = not (statement.subject or statement.title) and place == 0 and statement.listed
    return nobody and len(sides) > 1 and _BEGINS.match(sentence) is not None


_BEGINS = re.compile(r"(?:[A-Z][a-z]+s (?!(?:is|are|of|and|or)\b)[a-z]|can |has |is |are )", re.IGNORECASE)
