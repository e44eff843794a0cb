"""Texts that nobody can read: error values of spreadsheets, and characters that were lost on the way."""

import re
from functools import cache

from kaoguan.text.script import HAN

# In the languages of Excel, too: #ZAHL!, #¡VALOR!, #NV, #REF !
_ERRORS = re.compile(
    r"\s*(?:#(?:N/[AD]|n/a|NV|GETTING_DATA|[¡¿]?[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я0-9/]{1,12} ?[!?])|#{4,}|[Ee]rr:\d{3})\s*"
)
_HAN = re.compile(f"[{HAN}]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_RUNS = re.compile("[\x80-\xff]+")
_QUESTION_MARKS = re.compile(r"[?？]{3,}")
# Two characters may read as UTF-8 by chance (联通 in GBK does).
_FEWEST = 4
# In a text that somebody wrote hardly one in a hundred Chinese characters is outside both lists.
_RARE_SHARE = 0.3


def unreadable(text: str) -> str | None:
    """Return why a text cannot be read as what somebody wrote; None where it can."""
    if len(text) < 20 and _ERRORS.fullmatch(text):
        return f"holds {text.strip()}, an error of the spreadsheet"
    if text.isascii():
        return _WRONG if _packed(text) else _LOST if _lost(text) else None
    if text.count("\ufffd") * 20 > len(text) or "锟斤拷" in text or _lost(text):
        return _LOST
    if _mojibake(text) or _rare(text):
        return _WRONG
    return None


_WRONG = "was saved or opened in the wrong encoding on its way (the characters make no sense)"

_LOST = "has lost its characters on the way (� or ? in their place)"


def _packed(text: str) -> bool:
    """Return whether this is Chinese or Japanese in an encoding made of ASCII: ISO-2022, HZ, UTF-7."""
    if "\x1b$" in text:
        return True
    for codec, mark in (("hz", "~{"), ("utf-7", "+")):
        if mark in text:
            try:
                meant = text[:4000].encode().decode(codec, "ignore")
            except UnicodeError:
                continue
            if len(_HAN.findall(meant)) >= _FEWEST:
                return True
    return False


def _lost(text: str) -> bool:
    marks = sum(map(len, _QUESTION_MARKS.findall(text)))
    return marks >= 5 and marks * 2 > len(text.strip())


def _mojibake(text: str) -> bool:
    """Return whether the text is UTF-8 that was read as another encoding."""
    if len(_BEYOND_ASCII.findall(text[:4000])) < _FEWEST:
        return False
    for codec in ("cp1252", "latin-1", "gb18030"):
        try:
            meant = text[:4000].encode(codec).decode("utf-8", "strict" if len(text) <= 4000 else "ignore")
        except UnicodeError:
            continue
        return len(_HAN.findall(meant)) >= 2
    # Accents stand alone in a word; the bytes of Chinese come many in a row.
    if max(map(len, _RUNS.findall(text[:4000])), default=0) < 2 * _FEWEST:
        return False
    try:
        meant = text[:4000].encode("latin-1").decode("gb18030", "ignore")
    except UnicodeError:
        return False
    return sum(one in simplified() for one in meant) * 2 > len(_BEYOND_ASCII.findall(meant))


def _rare(text: str) -> bool:
    found = _HAN.findall(text[:4000])
    return len(found) >= 8 and sum(one not in common() for one in found) > _RARE_SHARE * len(found)


@cache
def common() -> frozenset[str]:
    """Return the characters in use: the first levels of GB 2312 (3,755) and Big5 (5,401), and of JIS for Japanese."""
    return simplified() | traditional() | japanese()


@cache
def simplified() -> frozenset[str]:
    """Return the characters in use in Chinese of the mainland."""
    return _range("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))


@cache
def traditional() -> frozenset[str]:
    """Return the characters in use in Chinese of Taiwan and Hong Kong."""
    return _range("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))


@cache
def japanese() -> frozenset[str]:
    """Return kana and the characters in use in Japanese."""
    kana = frozenset(map(chr, range(0x3041, 0x30FF)))
    return kana | _range("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF))


def _range(codec: str, first: range, second: range | tuple[int, ...]) -> frozenset[str]:
    pairs = (bytes([one, other]).decode(codec, "ignore") for one in first for other in second)
    return frozenset(one for one in pairs if one)
