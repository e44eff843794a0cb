"""Where a text is cut into sentences, and a sentence into clauses: never within brackets."""

import re
from functools import cache, lru_cache

from kaoguan.text.script import HAN, is_chinese

_OPENING, _CLOSING = "（(《「“[{", "）)》」”]}"


# A full stop after these ends no sentence: "i.e. 2PR/(P+R)", "et al. 2017", "J. Smith", "1. x".
_NO_STOP = (
    r"(?<!\bi\.e)(?<!\be\.g)(?<!\betc)(?<!\bvs)(?<!\bcf)(?<!\bal)(?<!\bFig)(?<!\bEq)(?<!\bNo)(?<!\bDr)(?<!\bMr)(?<!\bresp)(?<!\bapprox)"
    r"(?<!\b[A-Z])(?<!^\d)"
)


def sentences(text: str, chinese: bool) -> list[str]:
    """Return the sentences of a text, brackets and quotations kept whole."""
    return list(_cut(text, chinese))


# Asked of the same texts again and again.
@lru_cache(maxsize=2048)
def _cut(text: str, chinese: bool) -> tuple[str, ...]:
    return tuple(sentence for part in numbered(text) for sentence in _sentences(part, chinese))


def numbered(text: str) -> list[str]:
    """Return the parts of a text that counts them, "Limits: (1) cost, (2) speed", 「……1.……2.……」; else the text."""
    for form in _NUMBERS:
        found = list(form.finditer(text))
        counts = [_count(match[1]) for match in found]
        # A list's mark took the first number: "Debate ② Vote ③ Merge", "Pre-train (2) Tune (3) Align".
        begun = counts[:1] == [2] and found[0].start() > 0 and (form is _CIRCLED or (form is _ROUND and len(found) > 1))
        if (len(found) > 1 or begun) and counts == list(range(1 + begun, len(found) + 1 + begun)):
            ends = [*(match.start() for match in found[1:]), len(text)]
            parts = [text[: found[0].start()], *(text[m.end() : end] for m, end in zip(found, ends, strict=True))]
            if (
                begun
                or form is _ORDINAL
                or sum(map(len, parts[1:-1])) >= (len(parts) - 2) * _SHORTEST_PART[is_chinese(text)]
            ):
                return [_JOINS.sub("", part.strip()) for part in parts if part.strip()]
    return [text]


def _count(number: str) -> int:
    """Return what a digit, a Chinese numeral or a circled digit counts."""
    if number in _NUMERALS:
        return _NUMERALS.index(number) + 1
    return int(number) if number.isdecimal() else ord(number) - 0x245F


_NUMERALS = "一二三四五六七八九"
_CIRCLED = re.compile(r"([\u2460-\u2468])\s*(?=\S)")
# 「有两点：第一，……；第二，……」
_ORDINAL = re.compile(rf"(?:^|(?<=[：:；;。]))\s*第([{_NUMERALS}])[，,、：:]\s*(?=\S)")
_ROUND = re.compile(r"[(（](\d)[)）][.、]?\s*(?=\S)")
_NUMBERS = (
    _ROUND,
    _CIRCLED,
    _ORDINAL,
    re.compile(rf"(?<=[{HAN}）)；;。：:])\s*(\d)[.、）)]\s*(?=[{HAN}A-Za-z])"),
)
# Shorter parts are the members of one enumeration, and one claim.
_SHORTEST_PART = {True: 14, False: 55}
# 「……；2）」, "…, and (2)"
_JOINS = re.compile(r"[,，;；、]?\s*(?:and|or|以及|和)?$")


def _sentences(text: str, chinese: bool) -> list[str]:
    if chinese:
        return cut(
            text,
            rf"[。！；;]+|(?<![A-Za-z0-9])(?<!\))!(?!=)|{_CRY}!(?=\s|$)|(?<=[{HAN}）])\.(?=[{HAN}\s]|$)",
            r"[?？]+",
        )
    return cut(
        text,
        rf"(?:{_NO_STOP}{_CRY}[.!]|;)(?=\s+[^a-z\s=]|\s*$)|;(?=\s)|。",
        _UNSPACED,
        _BEGINS_SMALL,
        r"[?？]+(?=\s|$)",
    )


# "n!/(k! (n-k)!)" holds no cries.
_CRY = r"(?<![\s/(*·=]\w(?=!))(?<!\)(?=!))"
# "… to a class. staticmethod takes …": a name of a program begins a sentence as it is.
_BEGINS_SMALL = (
    r"(?<=[a-z]{4})(?<!\bincl)(?<!\bspec)(?<!\bapprox)\.(?=\s+[a-z][\w.()]*"
    r" (?:is|are|has|can|does|will|returns|takes|allows|provides|gives|uses|means|makes|creates|works|stores|runs) )"
)
# "… two stages.First, …", "… of an attribute.Time series are …", but not "console.Log"
_UNSPACED = (
    rf"(?:{'|'.join(rf'(?<= [a-z]{{{n}}})' for n in range(5, 13))})\.(?=[A-Z][a-z]+ (?:[a-z]+ ){{2}}[a-z])|"
    r"(?<=[a-z)])\.(?=(?:The|This|It|In|First|Second|We|If|When|For|These|They)[ ,])|(?<=[a-z]{4})\.(?=[A-Z]{3,} [a-z])"
)


def cut(text: str, *boundaries: str) -> list[str]:
    """Return the text cut after each boundary that stands outside brackets; 「?」 stays, the rest goes."""
    brackets = _brackets(text)
    parts, start, closes = [], 0, -1
    for match in _any(boundaries).finditer(text):
        while brackets and brackets[-1][0] <= match.start():
            closes = max(closes, brackets.pop()[1])
        if match.start() > closes:
            parts.append(text[start : match.end() if match[0][0] in "?？" else match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


@cache
def _any(boundaries: tuple[str, ...]) -> re.Pattern[str]:
    # What stands before a boundary is looked at only where one may be.
    return re.compile(rf"(?=[{_STOPS}])(?:{'|'.join(f'(?:{boundary})' for boundary in boundaries)})")


_STOPS = "。！!；;.?？，,"


def _brackets(text: str) -> list[tuple[int, int]]:
    """Return where each bracket that is closed opens and closes, the last one first."""
    pairs: list[tuple[int, int]] = []
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in _OPENING:
            open_at.append(match.start())
        elif open_at:
            pairs.append((open_at.pop(), match.start()))
    return sorted(pairs, reverse=True)


_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
