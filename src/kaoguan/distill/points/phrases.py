"""A claim together with what it needs: the label of its item, what it explains, what it follows from."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.alone import refers_back
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.rows import in_sentence
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.outline import width
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.text.facets import leads_in, read_label
from kaoguan.distill.text.markup import punctuated
from kaoguan.text.overlap import containment
from kaoguan.text.script import HAN, is_chinese
from kaoguan.text.terms import is_term

_LONGEST_PAIR = {True: 80, False: 220}


# A formula with what its letters mean may be longer.
_LONGEST_EXPLAINED = {True: 130, False: 320}


def without_example(told: Sequence[str]) -> list[str]:
    """Return the sentences of a paragraph without an example: what follows one that begins it is about one case.

    Where a sentence ends in an example, those that carry it on: 「……，例如甲写入一行。这时，乙……」.
    """
    opens = (place for place, sentence in enumerate(told) if _EXAMPLE.match(sentence))
    general = told[: next(opens, 0) or len(told)]
    kept: list[str] = []
    inside = False
    for sentence in general:
        inside = (inside and _CARRIES_ON.match(sentence) is not None) or _ENDS_IN_EXAMPLE.search(sentence) is not None
        if not inside or _ENDS_IN_EXAMPLE.search(sentence):
            kept.append(sentence)
    return kept


_ENDS_IN_EXAMPLE = re.compile(
    r"[，,]\s*(?:例如|比如|譬如|举个例子|for (?:example|instance))[，,:：]?\s*[^()（）]*[，,][^()（）]*$", re.IGNORECASE
)
_CARRIES_ON = re.compile(
    r"同时|这时|此时|那么|于是|接着|然后|之后|最后|再|则|如果此|(?:then|now|next|so|at this point|meanwhile)\b",
    re.IGNORECASE,
)


def in_contrast(told: Sequence[str], text: str, chinese: bool) -> list[str]:
    """Return the sentences of a text, 「前者……；而后者……」 as the one contrast that it is."""
    whole: list[str] = []
    for sentence in told:
        longer = f"{whole[-1]}{'；' if chinese else '; '}{sentence}" if whole else ""
        apart = longer in text if chinese else longer.replace("; ", ";") in text.replace("; ", ";")
        if whole and apart and _CONTRASTS.match(sentence) and len(longer) <= _LONGEST_PAIR[chinese]:
            whole[-1] = longer
        else:
            whole.append(sentence)
    return whole


_CONTRASTS = re.compile(r"而(?!且|言)|反之|相反|(?:whereas|while|but) ", re.IGNORECASE)


_EXAMPLE = re.compile(
    r"(?:比如|an example (?:would|could|is)|one example|例如|譬如|举个?例|举一个|举例|假设(?=[^，]{0,6}(?:有|你"
    r"|我们|现在|一个))|设想|想象一下|打个比方"
    r"|for (?:example|instance)|e\.g\.|suppose\b|imagine\b|let'?s say|say,? (?:you|we)|consider (?:a|an"
    r"|the following)\b"
    r"|take .{2,30} as an example)",
    re.IGNORECASE,
)


def capitalised(text: str) -> str:
    """Return an English claim that begins with a capital; "vLLM", "f(x) = x" and "α is …" stay."""
    return text if _SMALL.match(text) or not text[:1].isascii() else text[:1].upper() + text[1:]


_SMALL = re.compile(r"[a-z][A-Z]|[^\W\d_][\w']{0,8}(?: ?[=^←∝≈<>≤≥]|[(_]|/d)")


def placed(text: str, statement: Statement, topic: str, chinese: bool) -> str:
    """Return a list item of a word or two with what it is an item of."""
    short = len(text) <= 6 if chinese else len(text.split()) <= 2
    if not (statement.listed and short and topic) or topic in text:
        return text
    return f"{topic}：{text}" if chinese else f"{topic}: {text}"


def lengthened(before: Draft, claim: str, chinese: bool, *, alone: bool) -> Draft:
    """Return a draft with 「这时应该……」 added, which means nothing alone; too long a whole stays as it was.

    `alone`: it is the only one before; 「它们」 after several claims means more than the last one.
    """
    if not alone and _SEVERAL.match(claim):
        return before
    text = _added(before.text, claim, ";", chinese)
    return before._replace(text=text) if len(text) <= _LONGEST_PAIR[chinese] else before


_SEVERAL = re.compile(r"它们|他们|两者|二者|三者|这[些两三]|these\b|they\b|both\b|all of\b", re.IGNORECASE)


def explained(before: Draft, claim: str, last: int, chinese: bool) -> Draft:
    """Return a draft with 「其中 k 为窗口大小」 added; too long a whole stays as it was."""
    text = _added(before.text, claim, ",", chinese)
    return before._replace(text=text, last=last) if len(text) <= _LONGEST_EXPLAINED[chinese] else before


def _added(text: str, claim: str, sign: str, chinese: bool) -> str:
    """Return a text and, after a comma or in English after `sign`, a claim as its end."""
    small = re.sub(r"^[A-Z](?=[a-z]*(?:[ ,]|$))", lambda match: match[0].lower(), claim)  # "WHERE" stays
    return f"{text}，{punctuated(claim)}" if chinese else f"{text}{sign} {small}"


def own_label(text: str) -> str:
    """Return the name of a thing that a text begins with, and a colon after it: 「脏读：……」; nothing without one."""
    match = _OWN.match(text)
    label = match[1].strip() if match else ""
    return label if label and is_term(label) and not is_part(label) and read_label(label).facet is None else ""


def has_label(text: str) -> bool:
    """Return whether a text begins with a label of its own, and not with the name of a part."""
    match = _OWN.match(text)
    return match is not None and not is_part(match[1])


_OWN = re.compile(rf"([{HAN}]|[^:：，,。.；;?？]{{2,40}})[:：](?!//)\s*\S")


def part_of(claim: str, thing: str, *, every: bool = False) -> str:
    """Return a claim that begins with the name of a part, "Output: …", with the thing that it is a part of.

    `every`: whatever stands before a colon is a part of this thing.
    """
    match = _OWN.match(claim)
    if thing.casefold() in claim.casefold():
        return claim
    if not match and _OF_IT.match(claim):
        return f"{thing}: {claim}"
    if not match or not (is_part(match[1]) or every or _USE.fullmatch(match[1])):
        return claim
    said = claim[match.end() - 1 :]
    named_already = match[1].strip().casefold() in thing.casefold()  # "The second approach, approach: …"
    if named_already or re.fullmatch(r"(?:what|why|how|when|where)\??", match[1].strip(), re.IGNORECASE):
        return f"{thing}: {said}"
    return f"{thing}的{match[1]}：{said}" if is_chinese(claim) else f"{thing}, {in_sentence(match[1])}: {said}"


# "Good for small inputs." after "Insertion sort: …".
_OF_IT = re.compile(
    r"(?:good|bad|great|better|best|worse|ideal|essential|crucial|helpful|suitable|useful|perfect|poor|excellent"
    r"|well[- ]suited|used"
    r"|not (?:good|suitable|ideal)|preferred|recommended|designed|prone|works (?:well|best)) "
    r"(?:for|in|when|to|on|with|if|where|as|by)\b",
    re.IGNORECASE,
)


# "Use for: sorted lists" is said of the item that it stands in.
_USE = re.compile(
    r"(?:(?:best |not )?(?:used?|suitable|good|bad|works)|avoid) (?:for|when|in|if|with)|best for", re.IGNORECASE
)


def cell(statement: Statement, asked: str, chinese: bool) -> str:
    """Return a cell as a claim; where its row only names a part (「缺点」), with what the question is about."""
    text = punctuated(statement.text) if chinese else statement.text
    part = is_part(statement.subject) or (statement.subject != "" and not read_label(statement.subject).subject)
    if not part or not is_term(asked) or asked in text:
        return text
    return f"{asked}的{text}" if chinese else f"{asked}: {in_sentence(text)}"


def whole(claim: str, statement: Statement, *, first: bool) -> str:
    """Return the claim with the label of its list item; not where it names what it is about itself."""
    title = statement.title
    if not title or not first or is_part(title) or leads_in(title) or _labels_itself(claim):
        return claim
    begins = claim.casefold().startswith(title.casefold().split()[0])
    if begins or title in claim or containment(claim, title) >= _NAMES_IT:
        return claim
    part = _OWN.match(claim)
    if part and is_part(part[1]):
        claim = claim[part.end() - 1 :]  # 「目的：……」 below the name of a thing is said of the thing
    if _IS_SAID.match(claim):
        return title + claim
    return f"{title}：{claim}" if title[0] > "\u2e80" else f"{title}: {claim}"


_IS_SAID = re.compile("(?:就|指的|也)?是(?!否|不是|因为|由于|[^，。]{1,8}则)")
# "Returns the rows of the left table" does not name "Left join".
_NAMES_IT = 0.6


def _labels_itself(claim: str) -> bool:
    """Return whether a claim begins with a label that is no name of a part: 「可解释性：……」."""
    match = _OWN.match(claim)
    return match is not None and not _is_a_part(match[1])


def _is_a_part(label: str) -> bool:
    return is_part(label) or read_label(label).facet is not None


def is_title(sentence: str, chinese: bool) -> bool:
    """Return whether the first sentence of an item is its title: 「数据分布的差异。回归任务……」."""
    if width(sentence) > _LONGEST_TITLE[chinese] * (1 + chinese) or re.search("[:：]", sentence):
        return False
    return is_term(sentence.rstrip("。. ")) or (chinese and not refers_back(sentence) and not _STATES.search(sentence))


# 「接口不能实例化」 says something itself.
_STATES = re.compile(
    "，|(?<=..)(?:是(?!否)|不(?:能|会|是|需)|可以|能够|无法|支持|需要|必须|会(?!话|员)|有(?!效|序|关|限|向))"
)
_LONGEST_TITLE = {True: 18, False: 40}


def has_doer(claim: str, text: str, place: int) -> bool:
    """Return whether a claim after the first sentence says what does what it says: 「可以解决脏读问题」 does not."""
    return place == 0 or text.casefold() != claim.casefold() or _BEGINS_WITHOUT.match(claim) is None


_BEGINS_WITHOUT = re.compile(
    r"(?:可以(?!发现|看)|能够?(?!量)|会(?!话|员)|并|也|还|不(?:能|仅|会)|无法|容易|从而|使(?!用)得?|被|适合|用于"
    r"|具有|拥有|保持|属于|支持|降低|减少|提高)"
    r"|(?:reduces|requires|allows|provides|handles|returns|makes|gives|captures|prevents|helps|hurts|enables|supports"
    r"|improves|increases|decreases|treats|suffers|lacks|produces|saves|[a-z]{3,}s (?:the|an?|its|all|no|more|less"
    r"|up|every|each))\b",
    re.IGNORECASE,
)
