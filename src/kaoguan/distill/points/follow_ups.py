"""Follow-ups: how an interviewer asks for a point that is missing, without saying it.

Each is made of what the point itself is about: the cell of a table, the part of an answer, or the beginning of the
claim. What fits every point is not asked: better no follow-up than such a one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from kaoguan.distill.points.about import asked_facets
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.named import NAME, named, stems
from kaoguan.distill.points.rows import in_sentence, is_aspect
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.distill.text.markup import punctuated
from kaoguan.models import KeyPoint
from kaoguan.prompts import Wording
from kaoguan.text.alike import differ
from kaoguan.text.overlap import common_share, leaks, named_title
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term


def follow_ups(
    points: Sequence[KeyPoint], drafts: Sequence[Draft], question: str, topic: str, wording: Wording
) -> list[str | None]:
    """Return for each point of a question the first ask that is for it alone and does not say it; often None."""
    parts = Counter(draft.facet for draft in drafts)
    asks = [
        list(dict.fromkeys(_asks(point.text, draft, question, topic, parts[draft.facet] == 1, wording)))
        for point, draft in zip(points, drafts, strict=True)
    ]
    times = Counter(ask for ways in asks for ask in ways)
    return [
        next((ask for ask in ways if times[ask] == 1 and not _tells(ask, point, draft, question)), None)
        for ways, point, draft in zip(asks, points, drafts, strict=True)
    ]


def _tells(ask: str, point: KeyPoint, draft: Draft, question: str) -> bool:
    """Return whether an ask says the point or its title, or only what the question says; or names nothing."""
    title = draft.title != "" and draft.title.casefold() in ask.casefold()
    told = title or named_title(ask, point.text, question) != "" or leaks(ask, [point], public=question)
    return told or _THERE.search(ask) is not None or same(ask, question)


# 「它」, "this problem": nobody knows which.
_THERE = re.compile(r"这[个种些]|该|它|此|\b(?:this|these|those|it|its|them|their)\b", re.IGNORECASE)


def same(one: str, other: str) -> bool:
    """Return whether a follow-up only asks again: in nearly the same words, or why where that was asked."""
    why = _WHY.search(one) is not None and _WHY.search(other) is not None
    return why or stems(one) <= stems(other) or (common_share(one, other) >= _SAME_QUESTION and not differ(one, other))


_SAME_QUESTION = 0.7
_WHY = re.compile(r"为什么|\bwhy\b", re.IGNORECASE)


def _asks(text: str, draft: Draft, question: str, topic: str, lone: bool, wording: Wording) -> Iterator[str]:
    """Yield the ways to ask for a point, the closest to it first; `lone` where no other is of its part."""
    if is_formula(draft.text):
        return
    subject = draft.subject if is_term(draft.subject) else topic
    chinese = is_chinese(question) or is_chinese(text)
    thing = named(subject, question, chinese) if subject.casefold() in text.casefold() else ""
    if draft.column:
        if thing and subject == draft.subject and _is_aspect(draft.column, subject, question):
            yield from wording.options("ask_cell", subject=thing, aspect=in_sentence(draft.column))
        return
    if len(_sides_named(text, topic)) > 1:
        return  # what is said of several things at once is asked by the question itself
    contrasts = re.search("[，；](?:而|相比)|, (?:while|whereas)", text) is not None
    framed = len(text) > len(draft.text) + 1
    if not framed and not contrasts:
        yield from _clozes(draft, question, topic, wording)
    label = text[: len(subject) + _LABEL].casefold()
    labelled = subject.casefold() in label and re.search("[:：]", label) is not None
    alone = lone and labelled and not _names_more(draft.text, subject, question)
    if draft.facet and thing and alone and _fits(draft.facet, subject, question, wording):
        yield from wording.options(f"ask_{draft.facet}", subject=thing)


# 「……的使用场景：」: the words behind a subject that say what is told of it.
_LABEL = 24


def _names_more(text: str, subject: str, question: str) -> bool:
    """Return whether a claim names another thing of the question beside its subject: which one is it told of?"""
    names = {name.casefold() for name in re.findall(r"[A-Za-z][A-Za-z0-9+#-]+", text) if NAME.search(name)}
    return any(name in question.casefold() and name not in subject.casefold() for name in names)


def _is_aspect(column: str, subject: str, question: str) -> bool:
    """Return whether what a column says can be asked for: 「AdamW 的特点」, "the complexity of merge sort"."""
    if column in {subject, question} or re.search(r"[\d<>=]", column):
        return False
    if stems(column) <= stems(question) and not stems(subject) <= stems(question):
        return False  # a table whose columns are the things and whose rows are said of them
    noun = is_aspect(column) or not is_chinese(column)
    return noun and _PROPERTY.fullmatch(column) is not None


# 「复杂度」, 「适用场景」, "use cases", "scalability": 「说明」 asks for nothing in particular, 「可重入」 for a
# yes, and "hallucination" is nothing that a thing has.
_PROPERTY = re.compile(
    r".*(?:[性度率级数点式法景途能构程略势限机态型质位想辑术制围序小值力标储]|(?<!衡)量|(?<!处)理|作用|目的|意义"
    r"|问题|成本|本质|短板|定价|输[入出]|隐私|层次)"
    r"|(?:\w+ )?(?:pros|cons|(?:dis)?advantages?|benefits?|drawbacks?|limitations?|strengths?|weakness(?:es)?|risks?"
    r"|costs?|speed|size|complexity|latency|performance|variance|\w{4,}(?:ity|ness|cy)|formula|loss function"
    r"|assumptions?|architecture|components?|goals?|objective|purpose|outputs?|use cases|applications?"
    r"|characteristics|properties|challenges|trade-?offs?|overhead)",
    re.IGNORECASE,
)


def _sides_named(text: str, topic: str) -> list[str]:
    """Return the things that a question sets side by side, as far as a text names them."""
    return [side for side in sides(topic) if side.casefold() in text.casefold()]


def _fits(facet: Facet, subject: str, question: str, wording: Wording) -> bool:
    """Return whether a part of an answer is asked for, and was not; a remedy is one for something that is wrong."""
    if f"ask_{facet}" not in wording.texts or facet in asked_facets(question):
        return False
    wrong = WRONG.search(subject) is not None
    return wrong and not MENDS.search(question) if facet == "remedy" else wrong or facet != "cause"


WRONG = re.compile(
    r"问题|消失|爆炸|过拟合|欠拟合|不平衡|不均衡|幻觉|偏差|泄[漏露]|漂移|缺失|失效|失败|崩溃|坍[塌缩]|瓶颈|冲突"
    r"|死锁|溢出|退化|遗忘|噪声|异常|过慢|不收敛|倾斜|碎片"
    r"|fitting\b|vanish|explo|imbalance|hallucination|\bbias\b|leak|drift|missing|collapse|forgetting|overflow"
    r"|outlier|noise|skew"
    r"|problem|fail|error|deadlock|bottleneck|drop",
    re.IGNORECASE,
)


# A question after a remedy.
MENDS = re.compile(
    r"解决|避免|缓解|防止|减轻|抑制|应对|处理|优化|降低|减少|提高|提升|改善|\b(?:avoid|prevent|mitigat|reduc|fix"
    r"|solv|handl|improv|deal)",
    re.IGNORECASE,
)


def _clozes(draft: Draft, question: str, topic: str, wording: Wording) -> Iterator[str]:
    """Yield the claim's own beginning turned into a question: 「训练集用来……」 becomes 「训练集用来做什么？」."""
    text = draft.text.removeprefix(f"{draft.title}：").removeprefix(f"{draft.title}: ") if draft.title else draft.text
    label = _LABELLED.match(text)
    told = [text, text[label.end() :]] if label else [text]
    for rule, said in product(wording.texts["clozes"], told):
        pattern, _, ask = rule.partition(" => ")
        match = re.match(pattern, said)
        if match and (thing := _doer(match, question, topic)):
            asked = punctuated(match.expand(ask).replace("$thing", thing))
            if not _is_answered(said[match.end() :], question + asked):
                yield asked


def _is_answered(answer: str, asked: str) -> bool:
    """Return whether what has been asked says what would be asked for."""
    said = stems(re.split("[，。；：,;:(（]", answer, maxsplit=1)[0])
    return said != set() and said <= stems(asked)


# A label of its own, behind which a sentence may begin.
_LABELLED = re.compile(r"[^:：，。；,;?？]{2,40}[:：]\s*(?=\S)")


def _doer(match: re.Match[str], question: str, topic: str) -> str:
    """Return the thing that a claim begins with, as it is named; or nothing, where the question asks for all of it."""
    thing = match["thing"]
    if read_label(thing).facet is not None or _NO_DOER.match(thing):
        return ""
    chinese = is_chinese(question) or is_chinese(match.string)
    if stems(thing).isdisjoint(stems(question)):
        return ""  # what the question does not speak of, the claim would tell
    groups = match.groupdict()
    if groups.get("verb") and groups["verb"].casefold() in question.casefold():
        return ""
    if any(_asks_alone(asked, question, thing, topic) for name, asked in _ASKED.items() if name in groups):
        return ""
    return named(thing, question, chinese)


def _asks_alone(asked: re.Pattern[str], question: str, thing: str, topic: str) -> bool:
    """Return whether a question asks the same of a thing: of this one alone, and not beside another."""
    alone = not sides(topic) and _COMPARES.search(question) is None
    return alone and asked.search(question) is not None and not stems(thing).isdisjoint(stems(question))


# How a question asks for what a pattern of the wording files asks for again, by the name of its group.
_ASKED = {
    "means": re.compile(
        r"^(?:what|define)\b|\b(?:mean|purpose|use|role|why)\b|什么|作用|功能|用途|意义|角色", re.IGNORECASE
    ),
    "idea": re.compile("原理|思想|思路|核心"),
}
_COMPARES = re.compile(r"区别|不同|对比|比较|相比|差异|关系|\b(?:difference|differ|compare|versus|vs)\b", re.IGNORECASE)
_NO_DOER = re.compile(
    rf"{VERBS}|无法|不|按|声明|广泛|没|该|此|其|由于|因为|这|根据|the (?:choice|answer|result|significance)\b"
    rf"|(?:while|when|if"
    rf"|as|since|although|because|each|every|another|one|both|many|some|most|all|users?|people|models?|never|only"
    rf"|ensure|use|make|keep|add|choose|consider|try|apply)\b|既然|虽然|另外|其中|多个|每[个次一层]|所有|大多数|大部分|许多|很多|一些|部分|结合|列举"
    rf"|假设|仅|自然|真正|通常|往往|列出|返回|非常|极其|特别|十分|最|基本上|针对|实际|在|[^ ]*(?:让|允许|列举|将|把)"
    rf"|.*(?:进一步|大幅|显著|直接|通常|仍|则|只|可|更|均|都|设计|专门|分别|完全|仅|往往|一般|也|还|并|全部|正常|过程中|认为|最|中|时|后|下)$|.*\b\w{{4,}}ly$",
    re.IGNORECASE,
)
