"""Answers as they were written: what a learning platform or a spreadsheet has put around them is taken out.

Only a text that holds tags of an editor is taken for HTML: `batch<16`, `vector<int>` and `<pad>` are content.
"""

import re
from html import unescape
from html.entities import html5
from urllib.parse import unquote

_INLINE = (
    "span|strong|b|i|em|u|s|a|img|font|code|sub|sup|small|big|mark|del|ins|o:p|tt|kbd|samp|var|cite|abbr|strike|ruby|rt"
    "|video|audio|source|iframe|object|embed|param|svg|path|canvas|input|button|label|math|mrow|m[inos]|msup|msub|mfrac"
)
_BLOCK = (
    "p|br|div|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|blockquote|pre|hr|section|article|center|dl|dt|dd|figure"
    "|html|body|main|header|footer|form|textarea|figcaption|caption"
)
_ATTRIBUTES = r"(?:\s+[a-z:_-]{1,40}(?:\s*=\s*(?:\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'|[^\s\"'<>]{1,2000}))?){0,30}\s*/?"
_TAG = re.compile(rf"</?(?:(?P<inline>{_INLINE})|(?P<block>{_BLOCK})){_ATTRIBUTES}>", re.IGNORECASE)
# What no text of a student's looks like: a tag of a block, one with attributes, or a pair that is closed. Those of one
# letter or two may be variables, `n<p>m`: they stand at the start, behind another tag, or are closed.
_SURE = re.compile(
    rf"<(?!(?:p|li|ul|ol|t[dhr]|d[dlt])\s*>)(?:{_BLOCK}){_ATTRIBUTES}>|(?:^\s*|>\s*)<(?:{_BLOCK})>|</(?:{_BLOCK})>"
    rf"|<(?:{_INLINE})\s+[a-z:-]{{1,40}}=[\"'][^<>]{{0,4000}}>"
    r"|<(?P<pair>span|strong|b|i|em|u|font|code|sub|sup)>[^<]{1,4000}</(?P=pair)>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"<!--.*?-->|<(?P<tag>style|script|xml|head|title)\b[^>]*>.*?</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_AGAIN = re.compile(r"&amp;(?:lt|gt|nbsp|quot|#\d{1,7});", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]*\n\s*")
# Excel's way to write a carriage return, a line end and a tab into XML; other programs copy it as it is.
_ESCAPED = re.compile(r"_x000([9ABD])_\n?", re.IGNORECASE)
# What some exports write for characters beyond ASCII; three of them are no accident.
_CODES = re.compile(r"(?:\\u[0-9a-f]{4}){3}|(?:%[0-9a-f]{2}){6}", re.IGNORECASE)
_CODE = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_PICTURE_DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]*")
_NO_WORDS = re.compile(r"<(?:img|video|audio|iframe|object|embed|svg|canvas|a)\b", re.IGNORECASE)


def without_markup(text: str) -> str:
    """Return the text that a reader of the page would see; a text without markup as it is."""
    if "_x000" in text:
        text = _ESCAPED.sub(lambda found: "\t" if found[1] == "9" else "\n", text)
    if text.isascii() and _CODES.search(text):
        text = _decoded(text)
    # Some platforms write the tags themselves as entities, and once more.
    for _ in range(3):
        again = _AGAIN.search(text)
        shown = _shown(text)
        if not again and not (shown != text and _SURE.match(shown.lstrip())):
            return shown
        text = shown
    return text


def only_pictures(text: str, shown: str) -> bool:
    """Return whether a text of which nothing is `shown` as words holds pictures, films or files."""
    return not shown.strip() and _NO_WORDS.search(text) is not None


def _shown(text: str) -> str:
    if "&" not in text and "<" not in text:
        return text
    if "base64," in text:
        text = _PICTURE_DATA.sub("data:", text)
    if "<" in text and _SURE.search(text):
        text = _UNSEEN.sub("", text).replace("\r\n", "\n")
        # Line ends in the source of a page are spaces.
        text = _TAG.sub(lambda tag: "\n" if tag["block"] else "", text)
        text = _SPACES.sub("\n", text).strip()
    return _ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    name = entity[0][1:]
    # `unescape` would take &param; for &para; and two letters more.
    return unescape(entity[0]).replace("\xa0", " ") if name.startswith("#") or name in html5 else entity[0]


def _decoded(text: str) -> str:
    """Return a text in ASCII with its codes as characters; as it is where they are none."""
    try:
        plain = _CODE.sub(lambda code: chr(int(code[1], 16)), text).encode("utf-16", "surrogatepass").decode("utf-16")
        return unquote(plain, errors="strict") if plain.isascii() else plain
    except UnicodeError:
        return text
