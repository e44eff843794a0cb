"""Terms that a document defines one by one: the entries of a glossary, or paragraphs that begin with the term.

「- 召回率（Recall）：正例里被找出来的比例。」, "**Median** : The value in the middle of …". A list of kinds, steps or
advantages has the same form and is the answer to the title above it: its entries are left where they stand.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, asks, demands
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.reach import further_in, is_beside
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.text.script import HAN, count_han, is_chinese
from kaoguan.text.terms import is_term

_ENTRY = re.compile(
    r"(?P<name>[^:：，。；;!?！？()（）]{1,48}?)\s*(?P<gloss>[（(][^（）()]{1,60}[）)]|(?<![\d.])\b[1-9]NF)?\s*"
    r"(?:[:：]|—{1,2}|\s[–-]\s)\s*(?P<said>\S.{4,})"
)
_GLOSSARY = re.compile(
    r".{0,8}(?:关键词|术语|名词)(?:表|解释|汇总|列表|一览|速查)?(?:[（(].*[）)])?"
    r"|.*\b(?:glossary|terminology|key ?words|vocabulary|definitions|(?:key|important|basic|common) terms)\b.*",
    re.IGNORECASE,
)
_FEWEST, _FEWEST_FILED = 3, 2
# Of the entries of a list without a title that says so, so many must define.
_DEFINING = 0.6


def entries(title: str, answer: Sequence[Block]) -> list[Section]:
    """Return a section for each term defined below a title; none where the terms are what the title asks for."""
    filed = _GLOSSARY.fullmatch(title.strip()) is not None
    if not filed and not only_groups(title):
        return []
    runs = [run for lead, run in _runs(answer) if filed or not leads_to_parts(lead) or _glossed(run)]
    return [one._replace(under=title) for run in runs for one in _defined(run, filed)]


def only_groups(title: str) -> bool:
    """Return whether a title asks for nothing that a list could answer: 「线性表」, and not 「线性表的种类」."""
    told = read_label(title).facet not in {None, Facet.DEFINITION} or _PARTS.search(title)
    return not (told or is_aside(title) or demands(title, is_chinese(title)))


def leads_to_parts(lead: str) -> bool:
    """Return whether what stands before a list says that it is of parts or advice: "Its main components are:"."""
    return lead.endswith((":", "：")) and _LEADS.search(lead) is not None


# Not kinds: a kind has a name of its own.
_LEADS = re.compile(
    r"组[成件]|部件|模块|要素|角色|步骤|原则|要求|因素|注意|考量"
    r"|\b(?:components?|parts|elements|considerations?|principles|requirements|factors|steps|roles|tips|layers)\b",
    re.IGNORECASE,
)
# 「模式中包括的类」, "Components", "Common mistakes": what is listed below is a part or a kind of something.
_PARTS = re.compile(
    r"包[括含]|组[成件]|部件|模块|要素|角色|成员|字段|文件|参数|步骤|流程|阶段|分类|种类|类型|方法|方式|指标|策略|优化|问题|考量|概览|框架|架构"
    r"|假设|性质|模式|应用|例子?\d|[几两三四五六七八]种"
    r"|\b(?:components?|parts|types?|kinds?|fields?|parameters|arguments|steps?|stages?|phases?|levels?|methods?|metrics"
    r"|strategies|techniques|options|tips|mistakes|pitfalls|tools|resources|papers|roles|layers?|assumptions?|properties"
    r"|frameworks?|servers?|documents?|contract|models|patterns?|flow|workflow|pipeline|lifecycle)\b",
    re.IGNORECASE,
)


class _Entry(NamedTuple):
    """A block that begins with a term, `name` with its other name in brackets; what is said of it and set below it."""

    block: Block
    name: str
    said: str
    below: tuple[Block, ...] = ()


def _runs(answer: Sequence[Block]) -> Iterator[tuple[str, list[_Entry]]]:
    """Yield the lists of entries of one form that stand together, each with the text that stands before it."""
    run: list[_Entry] = []
    before = lead = ""
    place = 0
    while place < len(answer):
        block = answer[place]
        entry = _entry(block)
        below = further_in(answer, place) if entry else []
        if entry and run and is_beside(run[-1].block, block):
            run.append(entry._replace(below=tuple(below)))
        else:
            yield lead, run
            run, lead = [entry._replace(below=tuple(below))] if entry else [], before
        before = block.text
        place += 1 + len(below)
    yield lead, run


def _entry(block: Block) -> _Entry | None:
    """Return a block as an entry; nothing where it does not begin with a term."""
    match = _ENTRY.fullmatch(block.text) if block.kind in {BlockKind.ITEM, BlockKind.PROSE} else None
    if not match:
        return None
    name, gloss = match["name"].strip("“”\"'* "), match["gloss"] or ""
    label = read_label(name)
    named = re.search(rf"[A-Z{HAN}]", name) is not None and not re.search(r"\w\.\w|图|部分", gloss)
    if not named or NO_NAME.search(name) or label.facet or not label.subject or is_part(name) or is_aside(name):
        return None
    whole = f"{name}{gloss}" if count_han(name + gloss) else f"{name} {gloss}".strip()
    return _Entry(block, whole, match["said"]) if is_term(name) and not asks_on(match["said"]) else None


# 「例 2」, "D1", "must_have", "db.opt"
NO_NAME = re.compile(
    r"^(?:例|图|表|第)\s*[\d一二三四五六七八九十]|^[A-Za-z]\d*$|[_.]|^(?-i:[a-z]+[A-Z])|^(?:tip|note|level|day|week|step)\b",
    re.I,
)


def asks_on(said: str) -> bool:
    """Return whether what stands after a term is a question, a quotation, an address or the title of a paper."""
    first = re.split(r"(?<=[.。])\s", said)[0]
    told = re.match(r"https?:|[^\w（(]|\d|\w+\.\w+", said) or re.search(r"\bet al\b|[?？]", first)
    if told or re.match(r"(?:what|why|how|when|which|who)\b", said, re.IGNORECASE):
        return True
    return is_chinese(said) and asks(said, chinese=True) is Asks.YES


def _defined(run: Sequence[_Entry], filed: bool) -> Iterator[Section]:
    defining = sum(_defines(one) for one in run)
    apart = all(one.block.spaced for one in run[1:]) and defining == len(run)
    if len(run) < (_FEWEST_FILED if filed or apart else _FEWEST) or (not filed and defining < _DEFINING * len(run)):
        return
    for one in run:
        whole = one.block._replace(kind=BlockKind.PROSE, text=sentence(one.name, one.said))
        yield Section(_asked(one.name, one.block.text), one.block, (whole, *one.below))


def sentence(name: str, said: str) -> str:
    """Return an entry as a sentence where it is one but for its subject, else as the term, a colon and its meaning."""
    if count_han(said):
        told = re.sub(rf"^其({_ZH_VERB})", r"\1", said)
        if told != said or re.match(r"就?是(?!否)|指(?!标|数|令|针)", said):
            return name + told
        return f"{name}的{said[1:]}" if re.match("其(?![他中实它余])", said) else f"{name}：{said}"
    told = re.sub(r"^It (?=\w+s\b)", "", said)
    return f"{name} {told}" if told != said or re.match("(?:is|are|refers?|means?) ", said) else f"{name}: {said}"


# 「其也被称为……」 says it of the term, 「其输入为……」 of its input.
_ZH_VERB = "也|会|可|能|是|为|被|定义|表示(?!形式)|将|把|在|通过|使用|指|由"


def _asked(name: str, text: str) -> str:
    if count_han(name) or is_chinese(text):
        return f"什么是{name}？"
    head = re.split(r" (?:\(|of\b|to\b|in\b|for\b|with\b)", name)[0]
    return f"What {'are' if _PLURAL.search(head) else 'is'} {name}?"


_PLURAL = re.compile(r"(?<![sui'’])s$")


def _defines(entry: _Entry) -> bool:
    """Return whether what stands after the term says what it is: a noun phrase, or 「是……」, "refers to …"."""
    said, name = entry.said, entry.name
    if re.fullmatch("[A-Z]{2}", name):
        return False  # "TP" means what the title above is about
    if _GLOSSED.search(name) and count_han(said) >= _TOLD:
        return True
    if re.match(rf"(?:an? |the )?{re.escape(name)}(?:是|指|\b(?: \w+)? (?:is|are|refers?|can)\b)", said, re.IGNORECASE):
        return True
    if count_han(said):
        return _ZH_DEFINES.match(said) is not None or (
            _ZH_ACTS.match(said) is None and _ZH_NOUN.match(said) is not None
        )
    return _EN_DEFINES.match(said) is not None and _EN_STATES.match(said) is None


def _glossed(run: Sequence[_Entry]) -> bool:
    return all(_GLOSSED.search(one.name) for one in run)


# 「事务（Transaction）」: nobody gives the foreign name of what is no term; then a sentence of this many letters tells.
_GLOSSED = re.compile(r"[（(][A-Za-z][A-Za-z -]{3,}")
_TOLD = 14
_ZH_DEFINES = re.compile(
    r"就?是(?!否)|指(?!标|数|令|针)|即|也?称为?|又称|表示|一[种类个]|由[^，。]+组成"
    r"|其(?:定义|指|也?被?称|输[入出]|是)"
)
# What it does, or what is said of it: no name of a kind of thing.
_ZH_ACTS = re.compile(
    r"[这它每先再当]|对于?|从|经过|在|提供|支持|允许|负责|捕获|将|把|为|存[储放]|返回|选择|通过|用(?!于)|结合|计算|实现|可|避免|需要|能"
    r"|使|让|给|不|没有|首先|如果|即使|借鉴|采用|[^，。；：]*(?:是|了|都|会|可以|通常|依赖|采用|借鉴|封装|存在|需要|自身|表示)"
)
# 「……的方法」
_ZH_NOUN = re.compile(
    r"[^，。；：！]{1,60}的(?!同时|时候|情况|前提|基础)(?:(?!非常|进行|[很较更最为与和有在于哪时，。；：（的])[^，。；：（]){1,14}(?=[，。；（]|$)"
)
_EN_DEFINES = re.compile(
    r"(?!(?:use|keep|choose|create|build|train|reduce|add|remove|compute|find|apply|avoid|check|consider|ask|know|make"
    r"|practice|understand|tell|set|split)\b)"
    r"(?:an?|the|any|one of|is|are|refers? to|measures?|describes?|represents?|denotes?|quantifies|means|tests? whether"
    r"|(?:\w+[- ]){1,3}(?:of|that|which|for|where|between|whose))\b",
    re.IGNORECASE,
)
# "The variance of the residuals is constant": a sentence of its own.
_EN_STATES = re.compile(
    r"(?:an?|the|any)\b(?:(?!\b(?:that|which|where|who|whose|in)\b)[^.])*?"
    r"\b(?:is|are|was|were|must|should|will|can|may|has|have|do|does|doesn[’']t|loves?|gets?|needs?)\b",
    re.IGNORECASE,
)
