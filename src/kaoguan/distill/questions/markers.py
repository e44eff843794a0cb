"""What stands before an item of a list or a title: its number, letter or bullet."""

import re

from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.text.script import HAN, is_chinese

NUMERALS = "一二三四五六七八九十"
_MARKERS = (
    # Not the "1:" of "1:N".
    (
        "1",
        re.compile(rf"^(\d{{1,3}})\s*(?:[、．]|[.：](?!\d)|:(?!\d|[A-Za-z](?![A-Za-z]))|，(?=[{HAN}A-Za-z]))\s*(?=\S)"),
    ),
    ("1_", re.compile(r"^(\d{1,3})_\s+(?=\S)")),
    ("1-", re.compile(r"^(\d{1,2})\s?[-–]\s+(?=[A-Z])")),
    ("(1)", re.compile(r"^[(（]\s*(\d{1,2})\s*[)）]\s*[.、]?\s*(?=\S)")),
    ("1)", re.compile(r"^(\d{1,2})[)）]\s*[.、]?\s*(?=\S)")),
    ("①", re.compile(r"^([\u2460-\u2473])\s*(?=\S)")),
    ("(一)", re.compile(rf"^[(（]\s*([{NUMERALS}]{{1,3}})\s*[)）]\s*(?=\S)")),
    ("一", re.compile(rf"^([{NUMERALS}]{{1,3}})\s*[、.．，]\s*(?=\S)")),
    ("一", re.compile(rf"^([{NUMERALS}]{{1,3}})\s*[)）]\s*(?=\S)")),
    ("章", re.compile(rf"^第\s*([{NUMERALS}]{{1,3}}|\d{{1,2}})\s*(?:[章节篇]|部分)\s*[:：、.]?\s*(?=\S)")),
    (
        "章",
        re.compile(
            r"^(?:chapter|part|section|unit|lesson|lecture|module|week|day)\s+(\d{1,2})\s*[:.–—-]+\s*(?=\S)", re.I
        ),
    ),
    ("a", re.compile(r"^([a-h])[.)]\s+(?=\S)")),
    ("•", re.compile(r"^(?:[-*+–]\s+|o\s+(?=[A-Z][a-z]+ [A-Za-z]|[A-Z][\w-]+:)|[•·●○◦▪■□◆◇➢►✓✔☆★↳]\s*)(?=\S)")),
)
# 「4.1.2 为什么……」, 「1-1 什么是……」: the number of a section; 「3.5 倍」, "2.5 GB" and "0.7: …" are quantities.
_SECTION = re.compile(
    rf"^(?!0\.\d+[:：])(?:\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s*[.、，:：—–-]?|\d{{1,2}}-\d{{1,2}}[.、，]?)(?:\s*(?!\d)(?=[{HAN}A-Za-z\"“《「])|\s+(?=\d[A-Z]{{2}}))"
)
_QUANTITY = re.compile(
    r"(?:倍|亿|万|千|百|个|年|月|分|秒|毫|元|米|层|版|次|条|以[上下]|左右|[KMGT]?B\b|%|ms\b|s\b|x\b|times|billion|million|GB|seconds|years"
    r"|percent)"
)
# 「2 讲讲正则化」, "1.3 What is dropout?": a bare number is a marker only before what asks ("2 GPUs are faster").
_BARE = re.compile(r"^(?:\d{1,2}\.){0,3}(\d{1,2})[.、]?\s+(?=\S)")
# A number as it is drawn, "1\ufe0f\u20e3" or "\U0001f51f", or kept from being a list's: "\\3."
_DRAWN = re.compile(r"^(?P<open>(?:#{1,6}\s+)?(?:\*\*)?)(?P<number>(?:\d\ufe0f?\u20e3)+|\U0001f51f)\s*(?=\S)")
_ESCAPED = re.compile(r"^\\(?=\d{1,3}\.\s)|^(?P<number>\d{1,3})\\(?=[.)]\s)")


def counted(line: str) -> str:
    """Return a line with the number it begins with in plain digits."""
    if match := _DRAWN.match(line):
        number = "10" if match["number"] == "\U0001f51f" else re.sub(r"\D", "", match["number"])
        return f"{match['open']}{number}. {line[match.end() :]}"
    return _ESCAPED.sub(lambda match: match["number"] or "", line)


def marker(text: str) -> tuple[str, int | None, str]:
    """Return the family of a line's marker and its number, both empty without one, and the line after it."""
    for style, pattern in _MARKERS:
        if match := pattern.match(text):
            value = match[1] if match.lastindex else ""
            return style, _value(value), text[match.end() :]
    if (match := _SECTION.match(text)) and not _QUANTITY.match(text[match.end() :]):
        return "1.1", int(re.findall(r"\d+", match[0])[-1]), text[match.end() :]
    if (match := _BARE.match(text)) and asks(text[match.end() :], is_chinese(text)) is not Asks.NO:
        return "1", int(match[1]), text[match.end() :]
    return "", None, text


def _value(digits: str) -> int | None:
    if digits.isdecimal():
        return int(digits)
    if len(digits) == 1 and "\u2460" <= digits <= "\u2473":
        return ord(digits) - 0x245F
    if digits and digits[0] in NUMERALS:
        tens, ten, ones = digits.rpartition("十")
        return (NUMERALS.find(tens) + 1 or 1) * bool(ten) * 10 + NUMERALS.find(ones) + 1 if ones or ten else None
    return ord(digits) - 96 if digits else None
