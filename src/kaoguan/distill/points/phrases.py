"""A claim together with what it needs: the label of its item, what it explains, what it follows from."""

import re
from collections.abc import Sequence

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.statements import Statement
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.text.markup import punctuated
from kaoguan.text.overlap import containment

_LONGEST_PAIR = {True: 80, False: 220}


# A formula with what its letters mean may be longer.
_LONGEST_EXPLAINED = {True: 130, False: 320}


def without_example(told: Sequence[str]) -> list[str]:
    """Return the sentences of a paragraph up to the one that begins an example: what follows is about one case."""
    opens = (place for place, sentence in enumerate(told) if _EXAMPLE.match(sentence))
    return list(told[: next(opens, 0) or len(told)])


_EXAMPLE = re.compile(
    r"(?:比如|an example (?:would|could|is)|one example|例如|譬如|举个?例|举一个|举例|假设(?=[^，]{0,6}(?:有|你"
    r"|我们|现在|一个))|设想|想象一下|打个比方"
    r"|for (?:example|instance)|e\.g\.|suppose\b|imagine\b|let'?s say|say,? (?:you|we)|consider (?:a|an"
    r"|the following)\b"
    r"|take .{2,30} as an example)",
    re.IGNORECASE,
)


def capitalised(text: str) -> str:
    """Return an English claim that begins with a capital; "vLLM" stays."""
    return text if re.match(r"[a-z][A-Z]", text) else text[:1].upper() + text[1:]


def placed(text: str, statement: Statement, topic: str, chinese: bool) -> str:
    """Return a list item of a word or two with what it is an item of."""
    short = len(text) <= 6 if chinese else len(text.split()) <= 2
    if not (statement.listed and short and topic) or topic in text:
        return text
    return f"{topic}：{text}" if chinese else f"{topic}: {text}"


def lengthened(before: Draft, claim: str, chinese: bool) -> Draft:
    """Return a draft with 「这时应该……」 added, which means nothing alone; too long a whole stays as it was."""
    text = _added(before.text, claim, ";", chinese)
    return before._replace(text=text) if len(text) <= _LONGEST_PAIR[chinese] else before


def explained(before: Draft, claim: str, last: int, chinese: bool) -> Draft:
    """Return a draft with 「其中 k 为窗口大小」 added; too long a whole stays as it was."""
    text = _added(before.text, claim, ",", chinese)
    return before._replace(text=text, last=last) if len(text) <= _LONGEST_EXPLAINED[chinese] else before


def _added(text: str, claim: str, sign: str, chinese: bool) -> str:
    """Return a text and, after a comma or in English after `sign`, a claim as its end."""
    return f"{text}，{punctuated(claim)}" if chinese else f"{text}{sign} {claim[:1].lower()}{claim[1:]}"


def whole(claim: str, statement: Statement, *, first: bool) -> str:
    """Return the claim with the label of its list item."""
    title = statement.title
    if title and first and not is_part(title) and title not in claim and containment(claim, title) < 0.5:
        claim = f"{title}：{claim}" if title[0] > "\u2e80" else f"{title}: {claim}"
    return claim
