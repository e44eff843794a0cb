"""Items of a list that only name something, and what a question calls a list of them."""

import re

from kaoguan.text.script import HAN, is_chinese
from kaoguan.text.terms import is_term


def is_name(item: str) -> bool:
    """Return whether an item is a bare name of which nothing is said: "Top P", "Random Search (RS)", 「奖励模型」."""
    if is_chinese(item):
        return _NAME_ZH.fullmatch(item) is not None and is_term(item)
    return _NAME_EN.fullmatch(item) is not None


_NAME_ZH = re.compile(rf"[A-Za-z]*[{HAN}]{{2,6}}")
_NAME_EN = re.compile(
    r"(?:[A-Z][\w/–-]*|[A-Z]?[a-z]{1,3})(?:[ /-](?:[A-Z][\w/–-]*|of|and|with|for|the|[a-z]{1,3}|\d))*"
    r"(?: ?\([A-Z][\w/-]*(?:,? (?:[A-Z][\w/-]*|of|and|for|fit|error))*\))?\.?",
    re.ASCII,
)


def is_spelt_out(claim: str, question: str) -> bool:
    """Return whether a claim only says what letters stand for, "TF: Term Frequency", where nobody asks that."""
    match = _SPELT_OUT.fullmatch(claim)
    if not match or _SPELLS.search(question) or (match["said"] and not is_term(match["said"])):
        return False
    initials = "".join(word[0] for word in re.findall("[A-Za-z]+", match["words"]))
    return initials.casefold() == match["letters"].casefold()


_SPELT_OUT = re.compile(
    r"(?P<letters>[A-Z][A-Za-z]{1,6})(?:[:：] ?| stands for | is short for | ?[（(]| ?(?:是|即|全称[是为]?) ?)"
    rf"(?P<words>[A-Za-z][\w-]*(?:[ -][A-Za-z][\w-]*){{1,7}})(?:[)）]|的[缩简]写|的简称)?\.?(?P<said>[{HAN}]{{2,10}})?"
)


_SPELLS = re.compile(r"全称|全名|缩写|简称|\b(?:stands? for|acronym|abbreviat\w+|full (?:form|name))\b", re.IGNORECASE)


def is_short(item: str) -> bool:
    """Return whether an item of an enumeration is a name or a few words, and no sentence."""
    longest = len(item) <= _LONGEST_ZH if is_chinese(item) else len(item.split()) <= _MOST_WORDS
    return longest and (is_name(item) or (is_term(item) and _SAYS.match(item) is None))


_LONGEST_ZH, _MOST_WORDS = 10, 4
# "Tracks errors"
_SAYS = re.compile(r"[A-Z]?[a-z]+s \w")


def enumeration(question: str, names: str) -> str:
    """Return names together with what the question calls them, "Network drivers: bridge, host"; else the names."""
    asked = question.strip(" ?？。.:：")
    if is_chinese(question):
        match = _ASKED_ZH.fullmatch(asked)
        return f"{match['thing']}{'的' + match['sort'] if match['sort'] else ''}：{names}" if match else names
    match = _ASKED_EN.fullmatch(asked)
    thing = match and re.sub(
        r"^(?:(?:the|some|all|different|various|any|few|of|many|types|kinds|sorts)\b ?)+",
        "",
        match["thing"],
        flags=re.I,
    )
    return f"{thing[:1].upper()}{thing[1:]}: {names}" if thing else names


_ASKED_ZH = re.compile(
    r"(?:请|列举|简述|说说|说一下|介绍)*(?:一下)?(?P<thing>[^，,。；？?什哪]{2,24}?)(?:都|主要|一般|通常)*(?:有|包括|包含|分为)"
    rf"(?:哪些|哪[几两三]?[种个类])(?P<sort>[{HAN}]{{2,6}})?"
)
_ASKED_EN = re.compile(
    r"(?:(?:can|could) you |please )?(?:what are|which are|how many (?:types|kinds) of|list|name|mention|enumerate)"
    r"(?: down| out| me)? (?P<thing>[^,;?.:]{4,80}?)(?: (?:that )?you (?:know|have used|have worked with)\b.*)?",
    re.IGNORECASE,
)
