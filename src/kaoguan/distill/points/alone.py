"""A claim that can stand without the words before it: its pronoun named, or what it is about put in front."""

import re

from kaoguan.distill.points.doers import VERB_FIRST, is_several, may_do, owns
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.text.facets import leads_in
from kaoguan.text.script import HAN, is_chinese

_REFERS_BACK = re.compile(
    r"^(?:这(?!个(?:时候)?问题)|该|此(?!外|时)|它|他们|上述|前者|后者|this |these |it |they |that |such |those "
    r"|its |their )",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^(?:其(?!中|他|实|次|[是为会能可有只在将把])(?:的)?|它们?的|(?:its|their) )", re.IGNORECASE)
_PRONOUN = re.compile(rf"^(?:它们?|其(?=[是为会能可有只在将把])|it|they)(?=[\s{HAN}])", re.IGNORECASE)
# "It is common to …": nobody is meant.
_NOBODY = re.compile(
    r"^it (?:is|was|can be|may be|might be|would be|will be) (?:\w+ ){0,2}(?:common|important|possible|impossible"
    r"|necessary|useful|helpful|better|best|good|easy|easier|hard|harder|difficult"
    r"|worth|clear|known|true|likely|unlikely|recommended|advisable|essential|crucial|assumed|said|shown|believed"
    r"|often|usual|typical|up|time|like|tempting|safe)\b"
    r"|^it (?:means|implies|takes|seems|turns|depends|follows|appears|happens|helps to|makes sense|pays|does not matter"
    r"|doesn't matter)\b",
    re.IGNORECASE,
)


_TITLED = re.compile(r"^(?!最|常用)[^，。,.（()]{1,14}(?:[（(][^（()）]*[）)])?[:：]|^[A-Z][^:,.]{1,40}: ")


# 「即使没有索引，也能查找」 says it of the subject; 「即使没有索引，查询也能……」 has one of its own.
_PREDICATE = re.compile(
    r"^(?:因为|由于)(?:不(?!同|平衡|均衡)|没有|无法|无需|能够?(?!量)|可以|会(?!话|议)|容易|只(?!要|有))"
    r"|^(?:即(?![使便将])|即[使便](?=[^，]+，[也仍还都依])|使得?|让|导致|会|能|可|同样|容易|需要|需|有(?!些|的|多|了)|是|从而|并|也|还|不|将|可以|能够|通过|进而"
    r"|得到|增加|减少|降低|提高|适合|无法|就|都|更|而|被"
    r"|is |are |can |may |will |has |have |does |do |was |were |makes? |leads? |causes? |reduces? |increases? "
    r"|helps? |prevents? |allows? |uses? |requires? )",
    re.IGNORECASE,
)


# 「支持事务」 below the label of a thing; in a text it may be said of another one.
_PREDICATE_BELOW = re.compile("(?:其?实质|本质)上?是|允许|支持(?!向量)|提供(?!者|商|方)|具有|拥有|确保|保证(?!金)")


# 「并在每组中……」 after the subject that was put before it.
_AND = re.compile(r"^(?:并且?|而且|且)(?=[在把将对用通使])")


# 「因为它假定……」
_BECAUSE_IT = re.compile(rf"^(因为|由于|当)它们?(的)?(?=[{HAN}])")


# 「增加温度可以……」: what is done is the subject itself.
_DOING = re.compile(
    r"^(?:增加|减少|降低|提高|增大|减小)[^，的]{2,14}?(?:可以|能够?(?!量)|会|有助于|使|意味着|容易|导致)"
    r"|^可以?(?:使|采|利)?用(?!于|来)"
)


# 「是一种……」 without the thing that it is.
_IS = re.compile(r"^(?:即(?![使便将])|是(?!否)|指(?!标|数|令|针)|(?:is|are) (?:an?|the) )")


# A label of this many words is a chapter's title, and no subject of the sentences below it.
_LONGEST_NAME = 4


# 「GELU：GELU 也会……」
_TWICE = re.compile(rf"^([{HAN}]|[^：:，,]{{2,30}})[:：]\s*(?=\1)")


# "It's a technique that …"
_ITS = re.compile(r"(?<=^it)['’]s\b(?! been\b)", re.IGNORECASE)


def refers_back(claim: str) -> bool:
    """Return whether a claim is about what the one before it said."""
    return _REFERS_BACK.match(claim) is not None and _NOBODY.match(claim) is None


def standing_alone(claim: str, subject: str, *, labelled: bool, first: bool = True, several: bool | None = None) -> str:
    """Return the claim with its pronoun replaced by `subject`; a sentence that this does not fit stays as it is.

    `labelled`: the document itself put the claim under this subject, so it may also stand before the claim.
    `first`: it opens its paragraph or item; a label is no label of the sentences after that one.
    `several`: whether an English subject is more than one thing, where that is known; else told by its form.
    """
    chinese = is_chinese(claim)
    claim = _ITS.sub(" is", _TWICE.sub("", claim))
    leads = leads_in(subject) and not (chinese and _COUNTED.search(subject) and _is_end(claim))
    if not subject or leads or _says(claim, subject, labelled=labelled and chinese):
        return claim
    if named := _named(claim, subject, is_several(subject) if several is None else several):
        return named
    if (not labelled and not _IS.match(claim)) or _TITLED.match(claim) or _own_subject(claim, subject):
        return claim
    claim = _AND.sub("", claim)
    if chinese and re.search("不(?!可|定|同|等)|但|也能|就是", subject):
        return claim  # a title that is a sentence
    says = _predicates(claim, below=labelled) and not _DOING.match(claim)
    if chinese and says and may_do(subject):
        return f"{subject}{claim}"
    labels = first or DOES.match(claim) is not None
    return f"{subject}{'：' if chinese else ': '}{claim}" if labels else claim


# 「它有两个特性：保证可见」: what is counted may be the subject that such an end lacks.
_COUNTED = re.compile("(?:有|只需|分[为成]|包[括含])[^，]{0,4}[两二三四五六七八\\d] ?大?[个种点类处项]")


def _is_end(claim: str) -> bool:
    """Return whether a claim only ends a sentence: a few words, or a verb without what does it."""
    few = len(claim) < _SHORTEST and "，" not in claim
    return few or _predicates(claim, below=True) or VERB_FIRST.match(claim) is not None


_SHORTEST = 12


def _says(claim: str, subject: str, *, labelled: bool) -> bool:
    """Return whether a claim says what it is about; not where a Chinese predicate only comes back to its label later.

    「允许多个线程读，持有读锁的……」 below 「读锁」 still wants its subject.
    """
    things = [thing.casefold() for thing in (subject, *sides(subject))]
    if (
        labelled and len({thing[:_TOLD_APART] for thing in things[1:]}) > 1
    ):  # 「有状态的……」 below 「有状态和无状态服务」
        things += [thing[:_TOLD_APART] for thing in things[1:]]
    begins = re.split("[，,；;。]", claim, maxsplit=1)[0] if labelled and _predicates(claim, below=True) else claim
    return any(thing in begins.casefold() for thing in things)


_TOLD_APART = 3


def _predicates(claim: str, *, below: bool) -> bool:
    """Return whether a claim begins with a verb whose subject is missing; `below`: it opens what a label heads."""
    return _PREDICATE.match(claim) is not None or (below and _PREDICATE_BELOW.match(claim) is not None)


# "Hurts the user's trust." after "False positive: …".
DOES = re.compile(
    r"(?:uses?|requires|allows|provides|reduces|handles|works|needs|returns|has|makes|gives|learns|predicts|adds"
    r"|assumes|computes|captures|prevents|helps|hurts|enables|supports|improves|increases|suffers|lacks|produces"
    r"|takes|saves|cannot|can|is|are|[a-z]{3,}s (?:the|an?|its|all|no|more|less|up|every|each))\b(?! (?:there|it)\b)",
    re.IGNORECASE,
)


def has_own_subject(claim: str, label: str) -> bool:
    """Return whether what follows a label, 「提示管理：LangChain 把……」, is a sentence about something else."""
    said = claim.removeprefix(label).lstrip(" :：")
    return claim.startswith(label) and (_OTHER if is_chinese(said) else _SENTENCE).match(said) is not None


def _own_subject(claim: str, subject: str) -> bool:
    """Return whether a sentence has a subject of its own, so that the label above it would be one too many.

    It names a part of the label, or the label is a chapter's title and the sentence is whole.
    """
    names = re.findall(r"[A-Za-z][\w-]+", subject)
    if _WHOLE_EN.match(claim):
        return True
    if _DEFINITION.match(claim):
        return False
    if is_chinese(claim):
        return any(claim.startswith(name) for name in names) or _OTHER.match(claim) is not None
    long = len(names) > _LONGEST_NAME or re.search(r":|\b20\d\d\b", subject) is not None
    return long and (_SENTENCE.match(claim) is not None or _VERB_FIRST_EN.match(claim) is None)


# 「LR 模型是……」, 「hinge loss 保证……」 below 「决策树」.
_OTHER = re.compile(
    r"[A-Za-z][\w/-]*(?: [A-Za-z][\w/-]*){0,2} ?(?:模型|算法|方法|网络|层)?(?:是(?!否)|会|的(?!话)|则|保证|通过|把"
    r"|将|可以|能|使用|采用|基于|对)"
)


# "A technique that maps …" is no sentence and says what the label is.
_DEFINITION = re.compile(
    r"an? (?:[\w-]+ ){1,6}?(?:that|which|where|whose|used|in which|of which|for which|based on|designed)\b"
    r"(?!.*, (?:it|this|the|they|we|you)\b)(?!(?: \w+)? (?:is|are|has|have|can|will)\b.* (?:is|are|has|have|can"
    r"|will) )",
    re.IGNORECASE,
)


# "A hash is a function that …" says itself what it is about.
_WHOLE_EN = re.compile(r"(?:an?|the) (?:[\w-]+ ){1,4}?(?:is|are) (?:an?|the) ", re.IGNORECASE)
_VERB_FIRST_EN = re.compile(r"[A-Z][a-z]+(?:s|ing|ed)\b|[a-z]|(?:\S+\s+){0,4}\S+$")


# "The model predicts …", "Modern LLMs have shifted …", not "Uses a mask …".
_SENTENCE = re.compile(
    r"^(?:the|an?|in|while|unlike|instead|modern|most|some|all|early|if|when|to|by|for|through|as|systems|models|llms"
    r"|many)\b.{8,}|^(?:[A-Z][\w()/-]*s? ){1,6}(?:is|are|was|were|has|have|can|may|will|must|does|do|allow|provide"
    r"|use)\b",
    re.IGNORECASE,
)


def _named(claim: str, subject: str, several: bool) -> str:
    """Return a claim that begins with a pronoun with the subject in its place; nothing where it begins otherwise."""
    chinese = is_chinese(claim)
    if chinese and (match := _BECAUSE_IT.match(claim)):
        return f"{match[1]}{subject}{'的' if match[2] else ''}{claim[match.end() :]}"
    if _ASPECT.fullmatch(subject):
        return ""  # "It uses …" below "Performance" is about what has it
    if (match := _POSSESSIVE.match(claim)) and owns(subject):
        return f"{subject}{'的' if chinese else chr(39) + 's '}{claim[match.end() :]}"
    match = _PRONOUN.match(claim)
    if match and not _NOBODY.match(claim) and (chinese or several == (match[0].casefold() == "they")):
        gap = " " if chinese and subject[-1].isascii() and claim[match.end() : match.end() + 1] != " " else ""
        return f"{subject}{gap}{claim[match.end() :]}"
    return ""


_ASPECT = re.compile(
    r"(?:performance|scalability|reliability|durability|availability|flexibility|simplicity|security|efficiency|speed"
    r"|cost|latency|throughput|性能|可扩展性|可靠性|可用性|灵活性|安全性|效率|速度|成本)",
    re.IGNORECASE,
)
