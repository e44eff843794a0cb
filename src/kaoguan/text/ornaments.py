"""Marks that decorate a line and say nothing: check boxes, stars, emoji, levels, links to sources, leftover marks.

without_ornaments("[ ] 【高频】什么是回文串？（★★★）🔥")     "什么是回文串？"
"""

import re

# Pictographs, dingbats, stars, arrows for decoration, variation selectors and joiners. Letters, numbers, mathematical
# signs and the plain arrows (→) stay: they are what notes are written with.
_PICTURES = (
    "\u2600-\u26ff\u2700-\u2712\u2714-\u2775\u2794\u27a1\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u231a\u231b\u23e9-\u23fa"
    "\u25aa-\u25ae\u25b6\u25c0\u25fb-\u25fe\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
_STARS = rf"[{_PICTURES}\u2605\u2606]"
_LEVEL = (
    r"(?:核心|高频|低频|中频|常考|必考|必背|必会|必看|重点|重要|难点|基础|入门|简单|容易|中等|进阶|困难|较难|难|易|了解"
    r"|掌握|熟悉|精选|热门|经典|选读|选做"
    r"|初级|中级|高级|加分|拓展|新|笔记|附答案|答案|notes?|answers?|hot|easy|medium|hard|basic|beginner|intermediate|advanced"
    r"|important|must(?: "
    r"|-)?know|new|optional)"
)
_BOX = re.compile(r"^\s*(?:[-*+]\s+)?\[[ xX✓✔]?\](?!\(|(?<=\[\])[a-z*])\s*")
_SOURCE = re.compile(
    r"\s*\[{1,2}\s*(?:src|source|ref|link|出处|来源|链接|参考)\s*\d*\s*\]{1,2}(?!\()"
    r"|[（(](?:详见|参见|见)\s?[^（）()]{1,20}[)）]\s*$"
    r"|【(?:论文|代码|原文|项目|视频)?(?:地址|链接)?】|\[(?:paper|code|pdf|arxiv|blog|repo)\](?!\()"
    r"|(?<=[。.!?？,，；;])\s*\[\d{1,3}\](?![(\w])|\[\^\w{1,12}\](?!\()",
    re.IGNORECASE,
)
_TAG_OPEN = re.compile(rf"^\s*(?:[【\[(（〔]\s*{_LEVEL}(?:\s*[/、,，|]\s*{_LEVEL})*\s*[】\])）〕]\s*)+", re.IGNORECASE)
_TAG_END = re.compile(
    rf"\s*(?:[【\[(（〔]\s*(?:难度[:：]?\s*)?(?:{_LEVEL}|[\u2605\u2606*]+)(?:\s*[/、,，"
    rf"|]\s*{_LEVEL})*\s*[】\])）〕]\s*)+$",
    re.IGNORECASE,
)
_HASHTAG = re.compile(r"\s*#[^\s#]{1,16}#|(?:(?<=[\s?？。])#[^\s#\d][^\s#]{0,16})+\s*$")
# 「<百度实习-一面（2019）>」: who asked it.
_ASKED_BY = re.compile(
    r"\s*[<＜][^<>＜＞]*(?:[一二三四五六终]面|实习|校招|社招|笔试|19\d\d|20\d\d)[^<>＜＞]*[>＞]?(?=\s|[<＜?？。]|$)"
)
# "Key points (EN)": which half of a bilingual note.
_LANGUAGE = re.compile(r"\s*[（(](?:EN|RU|ZH|CN|中文|英文)[)）]\s*$")
_MARKS_AT_END = re.compile(r"(?:\s+#{1,6}|\s*\*{2,}|\s*_{2,})\s*$")
_MARKS_AT_START = re.compile(r"^\s*(?:#{1,6}\s+|\*{2,}(?=\s|$))")
# Not those of code: f(), x=[], []byte, 「list() 和 []」.
_EMPTY_BRACKETS = re.compile(
    r"(?<![A-Za-z0-9_=,(\[{和与跟或、])(?<![和与跟或、] )\s*(?!\[\][a-z*])(?:[（(]\s*[)）]|[【\[]\s*[】\]](?!\())"
)


# Most lines hold none of the signs that ornaments are made of.
_ANY = re.compile(rf"[\[【（(〔<＜#*_\u2605\u2606{_PICTURES}]| {{2}}")


def without_ornaments(text: str) -> str:
    """Return a line of text without its ornaments."""
    if not _ANY.search(text):
        return text.strip()
    text = _BOX.sub("", text)
    text = _ASKED_BY.sub("", re.sub(rf"{_STARS}+", "", _TAG_END.sub("", text)))
    text = _SOURCE.sub("", text)
    text = _LANGUAGE.sub("", _EMPTY_BRACKETS.sub("", text))
    before = None
    while before != text:
        before = text
        text = _MARKS_AT_START.sub("", _MARKS_AT_END.sub("", _TAG_END.sub("", _TAG_OPEN.sub("", text))))
    return re.sub(r"(?<=\S) {2,}", " ", _HASHTAG.sub("", text)).strip()


def has_ornaments(text: str) -> bool:
    """Return whether anything in a text only decorates it."""
    return without_ornaments(text) != re.sub(r"(?<=\S) {2,}", " ", text).strip()
