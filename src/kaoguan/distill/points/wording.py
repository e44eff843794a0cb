"""Drafts as key points in full sentences, with paraphrases and follow-ups from words/<language>/draft.yaml."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.about import asked_facets
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.follow_ups import follow_ups
from kaoguan.distill.points.phrases import has_label
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.distill.text.facets import Facet, read_label
from kaoguan.distill.text.formulas import is_formula
from kaoguan.models import KeyPoint, Language, Source
from kaoguan.prompts import Wording
from kaoguan.text.overlap import containment
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_MOST_PARAPHRASES = 3
_LONGEST_PARAPHRASE = 120


def key_points(
    drafts: Sequence[Draft], question: str, topic: str, document: str, wording: Wording, language: Language
) -> list[KeyPoint]:
    """Return one key point per draft: p1, p2 … in order, each with its lines and a follow-up of its own."""
    points = [
        KeyPoint(
            id=f"p{number}",
            text=_text(draft, question, wording),
            weight=draft.weight,
            paraphrases=_paraphrases(draft, wording),
            source=Source(document=document, lines=(draft.first, draft.last)),
        )
        for number, draft in enumerate(drafts, start=1)
    ]
    asks = follow_ups(points, drafts, question, topic, wording)
    return [point.model_copy(update={"follow_up": ask}) for point, ask in zip(points, asks, strict=True)]


def _text(draft: Draft, question: str, wording: Wording) -> str:
    """Return a claim below the label of a part, 「优点」, with this label, and with what it is a part of.

    A label that only repeats the question is not said.
    """
    text, facet, subject = draft.text, _part(draft), draft.subject
    if not subject and facet is not Facet.STEP and asked_facets(question) == {facet}:
        return text
    if facet and (_NO_THING.search(subject) or subject.count('"') % 2):
        return text  # 「VGG 的特点的缺点：……」
    whole = facet in _ONE_OF and (len(text) > _LONGEST_PART[is_chinese(text)] or _CLAUSE.match(text))
    bare = f"bare_{facet}"
    if not is_term(subject) or _NO_SUBJECT.match(subject) or not read_label(subject).subject:
        return wording.say(bare, text=text) if not whole and bare in wording.texts else text
    short = re.sub(r"\s*[（(][^（）()]*[)）]", "", subject)  # "PPO (Proximal …)" is named by "PPO"
    name, said = (short or subject).casefold(), text.casefold()
    if whole:
        alone = name in said or sides(subject) or has_label(text) or not _BARE.match(text)
        return text if alone else wording.say("point_plain", subject=subject, text=text)
    half = subject[: (len(subject) + 1) // 2].casefold()
    defines = facet is Facet.DEFINITION
    plain = defines and is_chinese(text + subject) and not _DEFINES.match(text)
    known = (defines and name in said) or (plain and (subject in question or has_label(text)))
    if facet is None or known or said.startswith((half, name)):
        return text
    return wording.say("point_plain" if plain else f"point_{facet}", subject=subject, text=text)


def _part(draft: Draft) -> Facet | None:
    """Return the part of an answer that a claim is labelled as, where the claim does not say it itself."""
    text, facet = draft.text, draft.facet
    chinese = is_chinese(text)
    says = facet in _SAYS_PART and re.search(_SAYS_PART[facet], text[:_BEGINNING], re.IGNORECASE)
    long = facet in _LONGEST_WITH and len(text) > _LONGEST_WITH[facet][chinese]
    if facet in _NEVER or says or long or is_formula(text):
        return None
    if facet is Facet.STEP and not re.search("[；;]", text):
        return None
    if facet is Facet.DEFINITION:
        return None if _defines_itself(text, draft.subject) else facet
    does = facet in {Facet.EFFECT, Facet.SIGN} and _DOER.match(text) and not _BARE.match(text)
    return None if does else facet


_NEVER = {Facet.EXAMPLE, Facet.SUMMARY, Facet.KIND}
_SAYS_PART = {
    Facet.ADVANTAGE: "优点|优势|好处|advantage|benefit",
    Facet.DRAWBACK: "缺点|劣势|^不足|的不足|drawback|disadvantage",
    Facet.CAUSE: "原因|因为|由于|because|reason",
    Facet.USE: "^use|用于|适用|适合|场景",
    Facet.ROLE: "作用|用于|用来|^to ",
}
_BEGINNING = 12
# 「一种……」, 「把……」, 「……的方法」 define; any other sentence below 「定义」 is told of what it stands under.
_DEFINES = re.compile(
    r"(?:一[种个类项组段套]|指|即|把|将|对(?!于)|用|利用|通过|在|使|让|由|基于|根据|描述|表示|衡量|度量|反映)"
    r"|[^，]{2,30}的(?:一[种个类]|方法|技术|过程|算法|模型|函数|量|指标|比[例率]|能力|现象|策略|手段|集合|概率|程度"
    r"|机制|系统|网络|架构)"
)


def _defines_itself(text: str, name: str) -> bool:
    """Return whether a definition says what it defines: "A hash function is a map …" below "the hashing trick"."""
    return _WHOLE.match(text) is not None or (not is_chinese(name) and containment(text, name) >= _NAMES)


# A definition that holds this much of the name that it stands under says it.
_WHOLE = re.compile(r"(?:an?|the) (?:[\w-]+ ){1,4}?(?:is|are) (?:an?|the) ", re.IGNORECASE)
_NAMES = 0.6
# What has no subject of its own: "Reduces latency …", 「可以减少……」.
_BARE = re.compile(
    rf"(?:{VERBS}|可以?|能够?|会|不|更|较|无法|没有|具有|适[合用]|需要)"
    r"|(?:[A-Z][a-z]+s (?:the|an?|by|to|in|with|for|from|all|each|any|more|less|without|[a-z]+)\b(?! (?:is|are)\b)"
    r"|(?:higher|lower|better|faster|slower|less|more|risk|prone|easy|hard)\b)",
    re.IGNORECASE,
)
_ONE_OF = {
    Facet.CAUSE,
    Facet.REMEDY,
    Facet.ADVANTAGE,
    Facet.DRAWBACK,
    Facet.ROLE,
    Facet.EFFECT,
    Facet.SIGN,
    Facet.USE,
}
_CLAUSE = re.compile(
    r"^(?:因为|由于|如果|当|若|虽然|在.{2,12}[，中时下]|对于|针对|[^，]{2,16}是(?!否)|[^，]{2,20}[:：]|because|if"
    r"|when|since"
    r"|although|in |for |with(?:out)? |[^:]{3,60}:)",
    re.IGNORECASE,
)
# 「两种方法的区别之一」: which ones, the sentence before says.
_NO_SUBJECT = re.compile(
    r"^(?:[两三几各多]种|上述|以上|这|该|二者|两者|这些|相比|相较|比起|both|these|those|this|(?:the )?differences?\b)",
    re.IGNORECASE,
)
# What is no thing has no drawback and no cause: a part of an answer, or what is done, "create threads".
_NO_THING = re.compile(
    r"更|(?:特点|改进|影响|作用|原因|区别|优点|缺点|要点|答案|推导|思路|办法|方法)$|^隐蔽$"
    r"|^(?:(?:re-?)?(?:create|raise|use|make|add|write|call|define|run|build|get|set|choose|avoid|train) )",
    re.IGNORECASE,
)
# 「反馈可能有误，……」 says itself what does something.
_DOER = re.compile("[^，]{2,14}(?:可能|往往|通常)[^，]*，")
_LONGEST_WITH = {Facet.DIFFERENCE: {True: 12, False: 40}, Facet.PRINCIPLE: {True: 400, False: 40}}
_LONGEST_PART = {True: 48, False: 70}


def _paraphrases(draft: Draft, wording: Wording) -> tuple[str, ...]:
    key = f"paraphrase_{draft.facet}"
    made: list[str] = [variant for variant in draft.variants if draft.subject in variant]
    if draft.facet and draft.subject and key in wording.texts and not draft.text.startswith(draft.subject):
        made += wording.options(key, subject=draft.subject, text=draft.text)
    fitting = [text for text in dict.fromkeys(made) if len(text) <= _LONGEST_PARAPHRASE]
    return tuple(fitting[:_MOST_PARAPHRASES])
