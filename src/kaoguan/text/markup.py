"""What an editor, a learning platform or a spreadsheet leaves in an answer, taken out: presentation is not content."""

import re
from collections.abc import Sequence
from html import unescape

# Tags of editors and learning platforms only: `a<b` and `vector<int>` are content. Then entities, what Excel makes of
# carriage returns, and addresses.
_MARKUP = re.compile(
    r"</?(?P<tag>p|br|div|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|blockquote|pre|hr|span|strong|b|i|em|u|s|a|img|font"
    r"|code|sub|sup|small|big|mark|o:p|section|article|label|center)"
    r"(?:\s+[a-z:_-]{1,40}\s*=\s*(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>]{1,2000}))*\s*/?>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)"
    r"|_x000[da9]_"
    r"|(?:https?://|www\.)[!-~]+|(?a:[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)",
    re.IGNORECASE,
)
_INLINE = frozenset(
    {"span", "strong", "b", "i", "em", "u", "s", "a", "img", "font", "code", "sub", "sup", "small", "big", "mark"}
)
# A student's number before or after an answer says nothing.
_NUMBERS = re.compile(r"^(?:\s*\d{5,}(?=\s))+|(?:(?<=[\s。.])\d{5,}\s*)+$")
# Who says that there is more that he does not know has said nothing.
IGNORANCE = (
    r"(?:(?:其他|其它|其余|别的|剩下|后面|更多|具体|再|还有|嗯|额|呃|抱歉|对不起|不好意思|反正|那个|这个|就|但是?|不过){0,3}"
    r"(?:的|细节|内容|部分|问题)?(?:我|俺|咱)?(?:就|也|都|真的?|实在|暂时|有点|完全)?"
    r"(?:不知道|不会|不清楚|不太清楚|不了解|不太了解|不记得|记不清|忘了|忘记|想不起来|说不上来|没学过|没复习到?|未作答|没有?作答|未提交)"
    r"(?:了|啦|的|呢|吧|啊|哈|哦){0,2})"
)
IGNORANCE_ENGLISH = (
    r"(?:(?:well|sorry|but|and|so|um+|uh+|hmm+|honestly)[, ]+){0,3}"
    r"(?:i(?:['’]?m| am| have)?,? )?(?:(?:really|honestly|just|still) )?"
    r"(?:(?:don['’]?t|do not|didn['’]?t) (?:really )?(?:know|remember|recall)|can['’]?t (?:remember|recall|say|answer)"
    r"|not (?:really |quite )?sure|no (?:idea|clue|submission|response|answer)|idk|n/a|forgot)"
    r"(?: (?:it|this|that|this one|the answer|the rest|the details|anything|anything else|the question))?"
    r"(?:,? (?:about (?:it|this|that)|at all|here|either|right now|sorry)){0,2}"
)


def unmarked(original: str, most: int) -> tuple[str, Sequence[int]]:
    """Return the text without markup, and for each of its characters the original offset it came from.

    Of an endless text only `most` characters at either end are looked through.
    """
    text, places = original, range(len(original))
    if len(text) > 2 * most:
        text, places = text[:most] + text[-most:], [*places[:most], *places[-most:]]  # type: ignore[assignment]
    if not _MARKUP.search(text) and not _NUMBERS.search(text):
        return text, places
    characters: list[str] = []
    origins: list[int] = []
    at = 0
    for start, end, put in _taken(text):
        characters += text[at:start] + put
        origins += [*places[at:start], *[places[start]] * len(put)]
        at = end
    return "".join(characters) + text[at:], [*origins, *places[at:]]


def _taken(text: str) -> list[tuple[int, int, str]]:
    """Return what is taken out, in order, and what is put in its place."""
    found = [(match.start(), match.end(), _instead(match)) for match in _MARKUP.finditer(text)]
    numbers = [(match.start(), match.end(), "\n") for match in _NUMBERS.finditer(text)]
    apart = [one for one in numbers if all(one[1] <= start or end <= one[0] for start, end, _ in found)]
    return sorted(found + apart)


def _instead(match: re.Match[str]) -> str:
    if match["entity"]:
        return unescape(match["entity"])
    return "" if match["tag"] and match["tag"].lower() in _INLINE else "\n"
