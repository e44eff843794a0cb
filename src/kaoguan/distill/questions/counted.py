"""Titles that say how many there are of something, as the question which: 「编译包含三个阶段」."""

import re

from kaoguan.text.script import is_han


def counted(title: str) -> str:
    """Return a title that counts, or compares, as a question; "" where it does neither."""
    return _chinese(title) if any(map(is_han, title)) else _english(title.rstrip(" .:?"))


def _chinese(text: str) -> str:
    if found := _COUNTED.fullmatch(text):
        return f"{found[1]}哪{found[2]}？"
    if several := _SEVERAL.match(text):
        return f"有哪{text[several.start(1) :]}？"
    return text + "有什么不同？" if text.endswith("相比") else ""


# 「编译包含三个阶段」 asks which they are.
_COUNTED = re.compile(
    r"(\S.{1,20}?(?:包含|包括|分为|有(?=以下|如下)))了?\s?(?:以下|如下)?"
    r"([一二两三四五六七八九十\d几]+\s?[个种类大步](?:常[用见]的)?[^\s的：:，]{1,10})(?:[:：].*)?"
)
# 「几种常用的锁」
_SEVERAL = re.compile(r"(几[种个类大])(?!.*(?:什么|怎么|怎样|如何|哪|吗$|呢$|[：，]))")


def _english(title: str) -> str:
    if kinds := _KINDS.fullmatch(title):
        named = kinds[1].lower() if kinds[1].isupper() else f"{kinds[1][:1].lower()}{kinds[1][1:]}"
        return f"What are the {named}?"
    found = _EN_COUNTED.match(title)
    if not found:
        return ""
    many, who = found["many"].lower(), found["who"]
    what = found["what"] if many in _MANY else f"{many} {found['what']}"
    if not who:
        return f"Which {what} are there?"
    who = re.sub("^(?:An?|The) ", lambda article: article[0].lower(), who)
    verb = "have" if found["verb"] == "has" else found["verb"].removesuffix("s")
    return f"Which {what} does {who} {verb}?"


_MANY = ("multiple", "several", "many", "various", "different")
# "Storage supports three types of blobs", "There are two kinds of locks"
_EN_COUNTED = re.compile(
    r"(?:there are"
    r"|(?P<who>(?!(?:it|this|we|you|they|if|when|while|since|because|what|which|how|why|does|do) )"
    r"(?:[\w-]+ ){0,4}[\w-]+)"
    r" (?P<verb>supports|offers|provides|has|contains|includes))"
    rf" (?:the )?(?:following )?(?P<many>two|three|four|five|six|seven|eight|\d|{'|'.join(_MANY)})"
    r" (?P<what>(?:[\w-]+ ){0,5}[\w-]+s(?: (?:of|for)(?: (?!\w+ed\b)[\w-]+){1,4})?)(?:, which .*)?$",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"(?:the )?((?:(?:different|various|main|common|basic) )?(?:types|kinds) of"
    r" (?!.*\b(?:and|it|they|are|is|can)\b)[^,:?()]+"
    r"|(?:different|various) (?!.*\b(?:and|from|than|it|they|are|is|can|types|kinds)\b)[^,:?()]+s)",
    re.IGNORECASE,
)
