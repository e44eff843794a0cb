"""Where a text is cut into sentences, and a sentence into clauses: never within brackets."""

import re

from kaoguan.text.script import HAN

_OPENING, _CLOSING = "（(《「“[{", "）)》」”]}"


# A full stop after these ends no sentence: "i.e. 2PR/(P+R)", "et al. 2017", "J. Smith", "1. x".
_NO_STOP = (
    r"(?<!\bi\.e)(?<!\be\.g)(?<!\betc)(?<!\bvs)(?<!\bcf)(?<!\bal)(?<!\bFig)(?<!\bEq)(?<!\bNo)(?<!\bDr)(?<!\bMr)(?<!\bresp)(?<!\bapprox)"
    r"(?<!\b[A-Z])(?<!^\d)"
)


def sentences(text: str, chinese: bool) -> list[str]:
    """Return the sentences of a text, brackets and quotations kept whole."""
    if chinese:
        return cut(text, rf"[。！；;]+|(?<![A-Za-z0-9])!|!(?=\s|$)|(?<=[{HAN}）])\.(?=[{HAN}\s]|$)", r"[?？]+")
    return cut(text, rf"(?:{_NO_STOP}[.!]|;)(?=\s+[^a-z\s=]|\s*$)|;(?=\s)", r"[?？]+(?=\s|$)")


def cut(text: str, *boundaries: str) -> list[str]:
    """Return the text cut after each boundary that stands outside brackets; 「?」 stays, the rest goes."""
    pattern = re.compile("|".join(f"(?:{boundary})" for boundary in boundaries))
    places = {match.start(): match for match in pattern.finditer(text)}
    parts, start, closes = [], 0, -1
    pairs = _brackets(text)
    for i in range(len(text)):
        closes = max(closes, pairs.get(i, -1))
        if i > closes and i in places:
            match = places[i]
            parts.append(text[start : match.end() if match[0][0] in "?？" else match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _brackets(text: str) -> dict[int, int]:
    """Return where each bracket that is closed opens, and where it closes."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    for i, character in enumerate(text):
        if character in _OPENING:
            open_at.append(i)
        elif character in _CLOSING and open_at:
            pairs[open_at.pop()] = i
    return pairs
