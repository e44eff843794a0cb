"""What can be seen of a claim before anybody judges it: its form, its place, and what it stands under.

Numbers have names and about the same size in both languages: a letter counts a third of a Chinese character. Words are
strings such as "begin:it is", of which a fitted filter keeps only hashes.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kaoguan.distill.points.by_itself import POINTING, SPEAKING, by_itself
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.words import asked, ends, parts, words
from kaoguan.distill.questions.asking import Asks, asks, is_task
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.subject import sides, subject
from kaoguan.distill.questions.told import lacks
from kaoguan.distill.text.facets import Facet
from kaoguan.distill.text.formulas import is_formula
from kaoguan.text.leaning import leans
from kaoguan.text.overlap import containment
from kaoguan.text.script import count_han, is_chinese
from kaoguan.text.terms import is_term

_LETTERS = 3
_GIVING = re.compile(r"例如|比如|譬如|如：|e\.g\.|for example|such as", re.IGNORECASE)
_NUMBERED = ("1", "(1)", "1)", "①")
_WHAT = re.compile(r"什么是|是什么|^what (?:is|are)\b", re.IGNORECASE)
_WHY = re.compile(r"为什么|为何|\bwhy\b", re.IGNORECASE)
_SIDES = re.compile(r"区别|不同|差异|对比|比较|\b(?:vs|differ\w*|compar\w*)\b", re.IGNORECASE)
_LISTS = re.compile(
    r"哪|几[种个类]|类|列举|方法|办法|指标|步骤|流程|[优缺]点|原因|作用|应用|场景"
    r"|\b(?:which|what are|list|name|types?|kinds?|examples?|ways?|steps?|methods?|techniques?)\b",
    re.IGNORECASE,
)


class Traits(NamedTuple):
    """What is seen of one claim, and its text for those who read it themselves."""

    numbers: Mapping[str, float]
    words: frozenset[str]
    text: str = ""


def traits(section: Section, claims: Sequence[Draft]) -> list[Traits]:
    """Return what is seen of each claim of an answer."""
    question, size = _asked(section), _size(section.question + " ".join(claim.text for claim in claims))
    topic = subject(section.question)
    mean = sum(len(claim.text) for claim in claims) / max(len(claims), 1)
    parts: Counter[tuple[str, Facet | None, str]] = Counter((one.subject, one.facet, one.column) for one in claims)
    before: Counter[tuple[str, Facet | None, str]] = Counter()
    found = []
    for i, claim in enumerate(claims):
        part = (claim.subject, claim.facet, claim.column)
        place = {
            "at": i / len(claims),
            "number": i,
            "left": len(claims) - 1 - i,
            "in part": before[part],
            "part": parts[part],
            "beside": float(i > 0 and claims[i - 1].first == claim.first),
            "next beside": float(i + 1 < len(claims) and claims[i + 1].first == claim.first),
            "to mean": len(claim.text) / max(mean, 1),
        }
        before[part] += 1
        numbers = (
            question | _form(claim.text, size) | _under(claim, section, topic, size) | place | _source(claim, section)
        )
        found.append(Traits(numbers, frozenset([*words(claim.text), *ends(section.question)]), claim.text))
    return found


def of_question(question: str, claims: Sequence[Traits]) -> Traits:
    """Return what is seen of a question: its words, and the means of the numbers of the claims below it."""
    names = claims[0].numbers if claims else ()
    means = {name: sum(one.numbers[name] for one in claims) / len(claims) for name in names}
    return Traits(means | by_itself(question) | {"claims": len(claims)}, frozenset(asked(question)), question)


def _size(text: str) -> float:
    """Return by how much a length in characters is divided."""
    return 1.0 if is_chinese(text) else float(_LETTERS)


def _share(pattern: str, text: str) -> float:
    return len(re.findall(pattern, text)) / max(len(text), 1)


def _asked(section: Section) -> dict[str, float]:
    """Return what is seen of the question."""
    question, block = section.question, section.block
    about, size = subject(question), _size(question)
    asked = asks(question, is_chinese(question)) is Asks.YES
    seen: dict[str, float] = {
        "q chinese": is_chinese(question),
        "q length": len(question) / size,
        "q words": len(question.split()),
        "q asks": asked,
        "q task": is_task(question),
        "q mark": question.rstrip().endswith(("?", "？")),
        "q lists": _LISTS.search(question) is not None,
        "q sides": len(sides(about)),
        "q compares": _SIDES.search(question) is not None,
        "q why": _WHY.search(question) is not None,
        "q what": _WHAT.search(question) is not None,
        "q term": is_term(about),
        "q topic": len(about) / size,
        "q digits": _share(r"\d", question),
        "q latin": _share("[A-Za-z]", question),
        "q signs": _share(r"[^\w\s]", question),
        "q level": min(block.level, _DEEPEST),
        "q title": block.title,
        "q bold": block.bold,
        "q numbered": bool(block.style),
        "q under": len(section.under) / size,
        "q below": bool(section.under),
        "q in topic": lacks(question, section.topic),
        "q shown": sum(block.shown for block in section.answer) / max(len(section.answer), 1),
    }
    return seen | {f"q {kind}": block.kind is kind for kind in BlockKind}


# Lists within lists within lists are all alike.
_DEEPEST = 12


def _form(text: str, size: float) -> dict[str, float]:
    """Return what is seen of the words alone."""
    label, rest = parts(text)
    return {
        "length": len(text) / size,
        "log length": math.log(max(len(text), 1)),
        "words": len(text.split()),
        "han": count_han(text) / max(len(text), 1),
        "digits": _share(r"\d", text),
        "capitals": _share("[A-Z]", text),
        "mathematics": _share(r"[=<>≤≥+*/^_∑∂√∈×·≈|∥‖∝Δ∇σλθαβγμπ]", text),
        "formula": is_formula(text),
        "clauses": len(re.split("[，,；;、]", text)),
        "sentences": len(re.findall(r"[。.!?？！](?=\s|$)", text)),
        "quotes": re.search("[\"“”「」‘’']", text) is not None,
        "brackets": len(re.findall("[(（]", text)),
        "colons": len(re.findall("[:：]", text)),
        "label": len(label) / size,
        "rest": len(rest) / size,
        "rest words": len(rest.split()),
        "leans": leans(text),
        "rest leans": leans(rest),
        "capital": text[:1].isupper(),
        "begins in Chinese": count_han(text[:1]),
        "ends in a word": text[-1:].isalnum(),
        "gives": _GIVING.search(text) is not None,
        "points": len(POINTING.findall(text)),
        "speaks": SPEAKING.search(text) is not None,
    }


def _under(claim: Draft, section: Section, topic: str, size: float) -> dict[str, float]:
    """Return what a claim is said of, and what of it the question says."""
    said, asked, about = claim.text.casefold(), section.question.casefold(), claim.subject.casefold()
    seen: dict[str, float] = {
        "weight": claim.weight,
        "listed": claim.listed,
        "title": bool(claim.title),
        "column": bool(claim.column),
        "variants": len(claim.variants),
        "subject": bool(about),
        "subject length": len(about) / size,
        "says its subject": bool(about) and about in said,
        "labelled with it": bool(about) and parts(said)[0].strip() == about,
        "subject is the topic": bool(about) and about == topic.casefold(),
        "subject is asked about": bool(about) and about in asked,
        "says the topic": bool(topic) and topic.casefold() in said,
        "holds the question": containment(claim.text, section.question),
        "held by the question": containment(section.question, claim.text),
    }
    return seen | {f"is {facet}": claim.facet is facet for facet in Facet}


def _source(claim: Draft, section: Section) -> dict[str, float]:
    """Return where in its block a claim stands: what is cut out of a sentence is often no whole claim."""
    blocks = [b for b in section.answer if b.first <= claim.last and b.last >= claim.first]
    words = _plain(parts(claim.text)[1]).rstrip(".;")
    block, text, start, whole = _block_of(words, [(block, _plain(block.text)) for block in blocks])
    end = start + len(words)
    before, after = text[max(start - 1, 0) : max(start, 0)], text[end : end + 1]
    seen: dict[str, float] = {
        "blocks": len(blocks),
        "verbatim": whole,
        "from the start": start <= 0,
        "to the end": end >= len(text),
        "share of block": len(words) / max(len(text), 1),
        "added": (len(_plain(claim.text)) - len(words)) / max(len(words), 1),
        "line": math.log1p(max(0, claim.first - section.block.last)),
        "lines": claim.last - claim.first,
    }
    for where, sign in (("before", before), ("after", after)):
        seen |= {f"{where} {mark}": sign != "" and sign in signs for mark, signs in _SIGNS.items()}
        seen[f"{where} word"] = sign.isalnum()
    if block:
        seen |= {"level": min(block.level, _DEEPEST), "bold": block.bold, "spaced": block.spaced}
        seen |= {"bullet": block.style == "•", "numbered": block.style in _NUMBERED, "item": block.number or 0}
    return seen | {f"in {kind}": block is not None and block.kind is kind for kind in BlockKind}


_SIGNS = {"stop": ".;!?", "comma": ",", "colon": ":", "bracket": "()"}


def _block_of(words: str, blocks: Sequence[tuple[Block, str]]) -> tuple[Block | None, str, int, bool]:
    """Return the block that holds the words, its plain text, where they begin, and whether they stand there so."""
    for block, text in blocks:
        if (start := text.find(words)) >= 0:
            return block, text, start, True
    for length in _ENDS:  # what was put in front of a claim is not in the document
        for block, text in blocks:
            if len(words) > length and (start := text.find(words[-length:])) >= 0:
                return block, text, start + length - len(words), False
    return (*blocks[0], 0, False) if blocks else (None, "", 0, False)


_ENDS = (24, 16, 10, 6)
_PLAIN = str.maketrans("，：；（）。！？", ",:;().!?", " \t\n*`_\\$")


def _plain(text: str) -> str:
    return text.casefold().translate(_PLAIN)
