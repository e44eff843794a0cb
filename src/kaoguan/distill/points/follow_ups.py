"""Follow-ups: how an interviewer asks for a point that is missing, without saying it.

Each is made of what the point itself is about: the cell of a table, the part of an answer, or the beginning of the
claim. What fits every point is not asked: better no follow-up than such a one.
"""

import re
from collections.abc import Collection, Iterator
from itertools import product

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.named import NAME, named, stems
from kaoguan.distill.points.rows import in_sentence, is_aspect
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.facets import read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.distill.text.markup import punctuated
from kaoguan.models import KeyPoint
from kaoguan.prompts import Wording
from kaoguan.text.alike import differ
from kaoguan.text.overlap import common_share, leaks, named_title
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term


def follow_up(
    point: KeyPoint, draft: Draft, question: str, topic: str, wording: Wording, asked: Collection[str]
) -> str | None:
    """Return the first question that asks for the point, does not say it and was not asked before; often none."""
    for ask in _asks(point.text, draft, question, topic, wording):
        if _THERE.search(ask):
            continue
        told = (draft.title and draft.title.casefold() in ask.casefold()) or named_title(ask, point.text, question)
        if ask not in asked and not told and not same(ask, question) and not leaks(ask, [point], public=question):
            return ask
    return None


# 「它」, "this problem": nobody knows which.
_THERE = re.compile(r"这[个种些]|该|它|此|\b(?:this|these|those|it|its|them|their)\b", re.IGNORECASE)


def same(one: str, other: str) -> bool:
    """Return whether a follow-up only asks again: in nearly the same words, or why where that was asked."""
    why = _WHY.search(one) is not None and _WHY.search(other) is not None
    return why or stems(one) <= stems(other) or (common_share(one, other) >= _SAME_QUESTION and not differ(one, other))


_SAME_QUESTION = 0.7
_WHY = re.compile(r"为什么|\bwhy\b", re.IGNORECASE)


def _asks(text: str, draft: Draft, question: str, topic: str, wording: Wording) -> Iterator[str]:
    """Yield the ways to ask for a point, the closest to it first."""
    if is_formula(draft.text):
        return
    subject = draft.subject if is_term(draft.subject) else topic
    chinese = is_chinese(question) or is_chinese(text)
    thing = named(subject, question, chinese) if subject.casefold() in text.casefold() else ""
    if draft.column:
        if thing and _is_aspect(draft.column, subject, question):
            yield from wording.options("ask_cell", subject=thing, aspect=in_sentence(draft.column))
        return
    if len(_sides_named(text, topic)) > 1:
        return  # what is said of several things at once is asked by the question itself
    contrasts = re.search("[，；](?:而|相比)|, (?:while|whereas)", text) is not None
    framed = len(text) > len(draft.text) + 1
    if not framed and not contrasts:
        yield from _clozes(draft, question, topic, wording)
    label = text[: len(subject) + _LABEL].casefold()
    labelled = subject.casefold() in label and re.search("之一|[:：]", label) is not None
    alone = labelled and not _names_more(draft.text, subject, question)
    if draft.facet and thing and alone and _fits(draft.facet, subject, question, wording):
        yield from wording.options(f"ask_{draft.facet}", subject=thing)


# 「解决……的办法之一是」: the words around a subject that say what is told of it.
_LABEL = 24


def _names_more(text: str, subject: str, question: str) -> bool:
    """Return whether a claim names another thing of the question beside its subject: which one is it told of?"""
    names = {name.casefold() for name in re.findall(r"[A-Za-z][A-Za-z0-9+#-]+", text) if NAME.search(name)}
    return any(name in question.casefold() and name not in subject.casefold() for name in names)


def _is_aspect(column: str, subject: str, question: str) -> bool:
    """Return whether what a column says can be asked for: 「AdamW 的特点」, "the complexity of merge sort"."""
    if _SAYS_NOTHING.fullmatch(column) or column in {subject, question} or re.search(r"[\d<>=]", column):
        return False
    if stems(column) <= stems(question) and not stems(subject) <= stems(question):
        return False  # a table whose columns are the things and whose rows are said of them
    noun = is_part(column) or _NOUN.fullmatch(column) is not None
    return is_aspect(column) if is_chinese(column) else noun and _NO_NOUN.fullmatch(column) is None


_NOUN = re.compile(
    r"\w+(?:ity|ness|cy|tion|ance|ence)|goal|scope|costs?|speed|size|structure|focus|storage", re.IGNORECASE
)


_NO_NOUN = re.compile(
    r"best for|used in|when|why|how|what|where|examples?|considerations?|methods?|how it works", re.IGNORECASE
)
# 「kernel size 的说明呢？」 asks for nothing in particular.
_SAYS_NOTHING = re.compile(
    r"一句话.{0,2}|举例|例子|示例|类比|比喻|(?:特点)?(?:说明|描述)|适用|衡量|主要|备注|解释|详情|内容|效果"
    r"|in (?:a|one) (?:sentence|nutshell|line)"
    r"|descriptions?|notes?|details?|remarks?|comments?|types?|analog(?:y|ies)",
    re.IGNORECASE,
)


def _sides_named(text: str, topic: str) -> list[str]:
    """Return the things that a question sets side by side, as far as a text names them."""
    return [side for side in sides(topic) if side.casefold() in text.casefold()]


def _fits(facet: str, subject: str, question: str, wording: Wording) -> bool:
    """Return whether a part of an answer is asked for, and was not; a remedy is one for something that is wrong."""
    if f"ask_{facet}" not in wording.texts or read_label(question.rstrip("?？。.")).facet is facet:
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
        if match is None or _is_answered(said[match.end() :], question):
            continue
        if when := match.groupdict().get("when"):
            if _is_condition(when, question):
                yield punctuated(ask.replace("$when", _FIRST.sub(lambda word: word[0].lower(), when)))
        elif (thing := _doer(match, question, topic)) != "":
            yield punctuated(match.expand(ask).replace("$thing", thing))


def _is_answered(answer: str, question: str) -> bool:
    """Return whether the question itself says what would be asked for."""
    said = stems(re.split("[，。；：,;:(（]", answer, maxsplit=1)[0])
    return said != set() and said <= stems(question)


_FIRST = re.compile("^(?:When|If|Once)(?= )")
# A label of its own, behind which a sentence may begin.
_LABELLED = re.compile(r"[^:：，。；,;?？]{2,40}[:：]\s*(?=\S)")


def _doer(match: re.Match[str], question: str, topic: str) -> str:
    """Return the thing that a claim begins with, as it is named; or nothing, where the question asks for all of it."""
    thing = match["thing"]
    if read_label(thing).facet is not None or _NO_DOER.match(thing):
        return ""
    if any(_asks_alone(asked, question, thing, topic) for name, asked in _ASKED.items() if name in match.groupdict()):
        return ""
    return named(thing, question, is_chinese(question) or is_chinese(match.string))


def _asks_alone(asked: re.Pattern[str], question: str, thing: str, topic: str) -> bool:
    """Return whether a question asks the same of a thing: of this one alone, and not beside another."""
    alone = not sides(topic) and _COMPARES.search(question) is None
    return alone and asked.search(question) is not None and not stems(thing).isdisjoint(stems(question))


# How a question asks for what a pattern of the wording files asks for again, by the name of its group.
_ASKED = {
    "means": re.compile(r"^(?:what|define)\b|\b(?:mean|purpose|use|role)|(?<!为)什么|作用|用途|意义", re.IGNORECASE),
    "kinds": re.compile("哪[些几]|种|类"),
    "suits": re.compile("适|场景|情况|何时|什么时候"),
}
_COMPARES = re.compile(r"区别|不同|对比|比较|相比|差异|关系|\b(?:difference|differ|compare|versus|vs)\b", re.IGNORECASE)
_NO_DOER = re.compile(
    rf"{VERBS}|无法|不|按|声明|广泛|没|该|此|其|由于|因为|这|根据|the (?:choice|answer|result|significance)\b"
    rf"|(?:while|when|if"
    rf"|as|since|although|because|each|every|another|one|both|many|some|most|all|users?|people|models?|never|only"
    rf"|ensure|use|make|keep|add|choose|consider|try|apply)\b|既然|虽然|另外|其中|多个|每[个次一层]|所有|结合|列举"
    rf"|假设|仅|自然|通常|往往|列出|返回|非常|极其|特别|十分|最|基本上|针对|实际|在|[^ ]*(?:让|允许|列举|将|把)"
    rf"|.*(?:进一步|大幅|显著|直接|通常|仍|则|只|可|更|均|都|分别|完全|仅|往往|一般|也|还|并|全部|正常|过程中|认为|最|中|时|后|下)$|.*\b\w{{4,}}ly$",
    re.IGNORECASE,
)


def _is_condition(when: str, question: str) -> bool:
    """Return whether a condition can be asked about alone: not in the question, pointing nowhere, no example's case."""
    said = stems(when)
    return 2 * len(said & stems(question)) <= len(said) and _POINTS.search(when) is None


_POINTS = re.compile(
    r"[\d_=<>|()（）^`]|第[一二三四五六七八九十]|[你我他她它该此]|这|那|上述|以上|之前|刚才|前面|后者|前者|直到"
    r"|\b(?:you|your|we|i|it|they|them|this|that|these|those|he|she|its|their|item|example|new|given)\b",
    re.IGNORECASE,
)
