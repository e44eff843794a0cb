"""Answers as they were written: what a learning platform or a spreadsheet has put around them is taken out.

Only a text that holds tags of an editor is taken for HTML: `batch<16`, `vector<int>` and `<pad>` are content.
"""

import re
from html import unescape

_INLINE = "span|strong|b|i|em|u|s|a|img|font|code|sub|sup|small|big|mark|del|ins|o:p"
_BLOCK = (
    "p|br|div|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|blockquote|pre|hr|section|article|label|center|dl|dt|dd|figure"
)
_ATTRIBUTES = r"(?:\s+[a-z:_-]{1,40}(?:\s*=\s*(?:\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'|[^\s\"'<>]{1,2000}))?){0,30}\s*/?"
_TAG = re.compile(rf"</?(?:(?P<inline>{_INLINE})|(?P<block>{_BLOCK})){_ATTRIBUTES}>", re.IGNORECASE)
# What no text of a student's looks like: a tag of a block, one with attributes, or a pair that is closed.
_SURE = re.compile(
    rf"<(?:{_BLOCK}){_ATTRIBUTES}>|<(?:{_INLINE})\s+[a-z:-]{{1,40}}=[\"'][^<>]{{0,4000}}>"
    r"|<(?P<pair>span|strong|b|i|em|u|font|code|sub|sup)>[^<]{1,4000}</(?P=pair)>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"<!--.*?-->|<(?P<tag>style|script|xml|head|title)\b[^>]*>.*?</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]*\n\s*")
# Excel's way to write a carriage return, a line end and a tab into XML; other programs copy it as it is.
_ESCAPED = re.compile(r"_x000([9AD])_\n?", re.IGNORECASE)


def without_markup(text: str) -> str:
    """Return the text that a reader of the page would see; a text without markup as it is."""
    if "_x000" in text:
        text = _ESCAPED.sub(lambda found: "\t" if found[1] == "9" else "\n", text)
    if "&" not in text and ("<" not in text or not _SURE.search(text)):
        return text
    if "<" in text and _SURE.search(text):
        text = _UNSEEN.sub("", text).replace("\r\n", "\n")
        # Line ends in the source of a page are spaces.
        text = _TAG.sub(lambda tag: "\n" if tag["block"] else "", text)
        text = _SPACES.sub("\n", text).strip()
    return _ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    return unescape(entity[0]).replace("\xa0", " ")
