"""Drafts as key points in full sentences, with paraphrases and follow-ups from words/<language>/draft.yaml."""

import re
from collections.abc import Collection, Iterator, Sequence

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.rows import in_sentence, is_aspect
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.distill.text.markup import punctuated
from kaoguan.models import KeyPoint, Language, Source
from kaoguan.prompts import Wording
from kaoguan.text.alike import differ
from kaoguan.text.overlap import common_share, leaks, shingles
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_MOST_PARAPHRASES = 3
_LONGEST_PARAPHRASE = 120


def key_points(
    drafts: Sequence[Draft], question: str, topic: str, document: str, wording: Wording, language: Language
) -> list[KeyPoint]:
    """Return one key point per draft: p1, p2 … in order, each with its lines and a follow-up of its own."""
    asked: set[str] = set()
    points: list[KeyPoint] = []
    for number, draft in enumerate(drafts, start=1):
        point = KeyPoint(
            id=f"p{number}",
            text=_text(draft, wording),
            weight=draft.weight,
            paraphrases=_paraphrases(draft, wording),
            source=Source(document=document, lines=(draft.first, draft.last)),
        )
        follow_up = _follow_up(point, draft, question, topic, wording, asked)
        asked |= {follow_up} if follow_up else set()
        points.append(point.model_copy(update={"follow_up": follow_up}))
    return points


def _text(draft: Draft, wording: Wording) -> str:
    text, facet = draft.text, draft.facet
    if facet in {Facet.EXAMPLE, Facet.SUMMARY, Facet.KIND} or (facet is Facet.STEP and not re.search("[；;]", text)):
        facet = None
    if facet is Facet.DIFFERENCE and len(text) > _LONGEST_DIFFERENCE[is_chinese(text)]:
        facet = None
    if facet is Facet.PRINCIPLE and not is_chinese(text) and len(text) > _LONGEST_DIFFERENCE[False]:
        facet = None
    if is_formula(text) or (
        facet is Facet.DEFINITION and is_chinese(text + draft.subject) and not _DEFINES.match(text)
    ):
        facet = None
    long = len(text) > _LONGEST_PART[is_chinese(text)]
    shortened = facet in _ONE_OF and long and _BARE.match(text) is not None
    if facet in _ONE_OF and (long or _CLAUSE.match(text)):
        facet = None  # 「优点之一是因为……」: a whole sentence is no item of a list
    if not is_term(draft.subject) or _NO_SUBJECT.match(draft.subject) or not read_label(draft.subject).subject:
        return wording.say(f"bare_{facet}", text=text) if facet and f"bare_{facet}" in wording.texts else text
    bare = re.sub(r"\s*[（(][^（）()]*[)）]", "", draft.subject)  # "PPO (Proximal …)" is named by "PPO"
    names_it = (bare or draft.subject).casefold() in text.casefold()
    if shortened and not names_it:
        return wording.say("point_plain", subject=draft.subject, text=text)
    begins = text.startswith((draft.subject[: (len(draft.subject) + 1) // 2], bare or draft.subject))
    if facet is None or (facet is Facet.DEFINITION and names_it) or begins:
        return text
    named = f"named_{facet}"
    key = named if names_it and named in wording.texts else f"point_{facet}"
    return wording.say(key, subject=draft.subject, text=text)


# 「一种……」, 「把……」, 「……的方法」 define; any other sentence below 「定义」 stands as it is.
_DEFINES = re.compile(
    r"(?:一[种个类项组段套]|指|即|把|将|对(?!于)|用|利用|通过|在|使|让|由|基于|根据|描述|表示|衡量|度量|反映)"
    r"|[^，]{2,30}的(?:一[种个类]|方法|技术|过程|算法|模型|函数|量|指标|比[例率]|能力|现象|策略|手段|集合|概率|程度|机制|系统|网络|架构)"
)
# What has no subject of its own: "Reduces latency …", 「可以减少……」.
_BARE = re.compile(
    rf"(?:{VERBS}|可以?|能够?|会|不|更|较|无法|没有|具有|适[合用]|需要)"
    r"|(?:[A-Z][a-z]+s (?:the|an?|by|to|in|with|for|from|all|each|any|more|less|without|[a-z]+)\b(?! (?:is|are)\b)"
    r"|(?:higher|lower|better|faster|slower|less|more|risk|prone|easy|hard)\b)",
    re.IGNORECASE,
)
_ONE_OF = {Facet.CAUSE, Facet.REMEDY, Facet.ADVANTAGE, Facet.DRAWBACK, Facet.ROLE, Facet.EFFECT, Facet.USE, Facet.KIND}
_CLAUSE = re.compile(
    r"^(?:因为|由于|如果|当|若|虽然|在.{2,12}[，中时下]|对于|针对|[^，]{2,16}是(?!否)|[^，]{2,20}[:：]|because|if|when|since"
    r"|although|in |for |with(?:out)? |[^:]{3,60}:)",
    re.IGNORECASE,
)
# 「两种方法的区别之一」: which ones, the sentence before says.
_NO_SUBJECT = re.compile(
    r"^(?:[两三几各多]种|上述|以上|这|该|二者|两者|这些|both|these|those|this|(?:the )?differences?\b)", re.IGNORECASE
)
_LONGEST_DIFFERENCE = {True: 12, False: 40}
_LONGEST_PART = {True: 48, False: 70}


def _paraphrases(draft: Draft, wording: Wording) -> tuple[str, ...]:
    key = f"paraphrase_{draft.facet}"
    made: list[str] = [variant for variant in draft.variants if draft.subject in variant]
    if draft.facet and draft.subject and key in wording.texts and not draft.text.startswith(draft.subject):
        made += wording.options(key, subject=draft.subject, text=draft.text)
    fitting = [text for text in dict.fromkeys(made) if len(text) <= _LONGEST_PARAPHRASE]
    return tuple(fitting[:_MOST_PARAPHRASES])


def _follow_up(
    point: KeyPoint, draft: Draft, question: str, topic: str, wording: Wording, asked: Collection[str]
) -> str | None:
    """Return the first question that asks for the point, does not say it and was not asked before; often there is none.

    It is made of what the point is about: the cell of a table, the part of an answer, the beginning of the claim, or a
    broad word that the claim holds. Better none than one that fits every point.
    """
    for ask in _asks(draft, question, topic, wording):
        named = draft.title and draft.title.casefold() in ask.casefold()
        if ask not in asked and not named and not same(ask, question) and not leaks(ask, [point], public=question):
            return ask
    return None


def same(one: str, other: str) -> bool:
    """Return whether a follow-up only asks the question again."""
    return common_share(one, other) >= _SAME_QUESTION and not differ(one, other)


def _asks(draft: Draft, question: str, topic: str, wording: Wording) -> Iterator[str]:
    """Yield the ways to ask, the closest to the point first."""
    subject = draft.subject if is_term(draft.subject) else topic
    if is_formula(draft.text):
        return
    if draft.column:
        if _SAYS_NOTHING.fullmatch(draft.column) or draft.column == draft.subject:
            return
        if is_aspect(draft.column):
            yield from wording.options("ask_cell", subject=subject, aspect=in_sentence(draft.column))
        return
    if not draft.facet:
        yield from _clozes(draft, wording)
    aspects = _aspects(draft.text, f"{subject}{draft.title}{question}", wording)
    facet = draft.facet if draft.facet is not Facet.DIFFERENCE or _COMPARES.search(question) else None
    if (
        facet
        and is_term(subject)
        and not is_part(subject)
        and _ASKABLE.fullmatch(subject)
        and (key := f"ask_{facet}") in wording.texts
    ):
        # What the question itself asks for is not asked again without an angle.
        again = read_label(question.rstrip("?？。.")).facet is facet or (
            facet is Facet.DEFINITION and subject.casefold() in question.casefold()
        )
        yield from _filled([one for one in wording.texts[key] if "$aspect" in one or not again], subject, aspects)
    kind = _kind(question, topic)
    if kind == "aspect_compare":
        aspects = [aspect for aspect in aspects if aspect in wording.texts["compared"]]
    yield from _filled(wording.texts[kind], subject if is_term(subject) else "", aspects)


def _kind(question: str, topic: str) -> str:
    """Return which way to come back to an aspect fits a question: it compares, asks why, asks how, or what."""
    if sides(topic) and _COMPARES.search(question):
        return "aspect_compare"
    if _WHY.search(question):
        return "aspect_why"
    return "aspect_how" if _HOW.search(question) else "aspect_what"


# A title, "Common Functions: an Overview (2026)", is nothing to ask for by name.
_ASKABLE = re.compile(r"(?!(?:common|key|main|other|popular|typical|various)\b)[^:：(（]{1,22}", re.IGNORECASE)
# 「kernel size 的说明呢？」 asks for nothing in particular.
_SAYS_NOTHING = re.compile(
    r"一句话.{0,2}|in (?:a|one) (?:sentence|nutshell|line)"
    r"|说明|描述|备注|解释|详情|内容|descriptions?|notes?|details?|remarks?|comments?",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"区别|不同|差别|差异|异同|对比|比较|相比|联系|哪个|vs|differ|compar|versus|distinguish|contrast|better",
    re.IGNORECASE,
)
_WHY = re.compile(r"为什么|为何|为啥|原因|\bwhy\b|\breasons?\b|\bcauses?\b", re.IGNORECASE)
_HOW = re.compile(
    r"怎么|如何|怎样|方法|办法|\bhow (?:do|would|can|could|should|to)\b|\bways?\b|\bmethods?\b", re.IGNORECASE
)
_SAME_QUESTION = 0.8


def _filled(templates: Sequence[str], subject: str, aspects: Sequence[str]) -> Iterator[str]:
    """Yield the templates, once for each aspect where they name one; those that need a missing subject are left out."""
    for template in templates:
        if "$subject" in template and not subject:
            continue
        for aspect in aspects if "$aspect" in template else ("",):
            yield punctuated(template.replace("$subject", subject).replace("$aspect", aspect))


def _clozes(draft: Draft, wording: Wording) -> list[str]:
    """Return the claim's own beginning turned into a question: 「训练集用来……」 becomes 「训练集用来做什么？」."""
    text = draft.text.removeprefix(f"{draft.title}：").removeprefix(f"{draft.title}: ") if draft.title else draft.text
    asks = []
    for rule in wording.texts["clozes"]:
        pattern, _, question = rule.partition(" => ")
        if (match := re.match(pattern, text)) and (match.lastgroup == "when" or is_term(match[1])):
            asks.append(match.expand(question))
    return [re.sub(r"(?<=[a-z] )(The|An?|When|If|Once)(?= )", lambda match: match[1].lower(), ask) for ask in asks]


def _aspects(text: str, known: str, wording: Wording) -> list[str]:
    """Return the broad words that the claim holds and that were not said before, in the claim's order."""
    lowered, said = text.casefold(), shingles(known)
    found = []
    for aspect in wording.texts["aspects"]:
        word = aspect.casefold()
        if word not in lowered:
            continue
        match = re.search(
            rf"\b{re.escape(word)}\b" if aspect.isascii() and len(aspect) > 3 else re.escape(word), lowered
        )
        if match and not shingles(aspect) & said:
            found.append((match.start(), aspect))
    return [aspect for _, aspect in sorted(found)]
