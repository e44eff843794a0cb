"""Lines without the marks of their format, and Chinese with the punctuation of Chinese."""

import html
import re

from kaoguan.distill.text.formulas import apart, together
from kaoguan.documents.markdown import LAYOUT_TAG, PYTHON_NAME
from kaoguan.text import one_line
from kaoguan.text.script import HAN

_MARKS = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    # Of notes and of site makers: `[[page|name]]`, `==marked==`, `{: .warning}`, `{% cite x %}`, `#tag #tag`.
    (re.compile(r"\[\[(?:[^\[\]|]+\|)?([^\[\]|,\d][^\[\]|,]*)\]\]"), r"\1"),
    (re.compile(r"(?<![A-Za-z0-9_=!<>)\]])==(?=[^\s=])([^=]+)(?<=[^\s=])==(?!=)"), r"\1"),
    (re.compile(r"\{:\s*[.#][^{}]*\}|(?<!\{)\{\.[A-Za-z][^{}]*\}(?!\})|\{#[\w:-]+\}|\{%[^{}]*%\}"), ""),
    # ":bulb: A join …"
    (re.compile(r"(?:^|(?<=\s)):[a-z][a-z\d_+-]{1,30}:(?=\s)"), ""),
    (re.compile(r"^\s*(?:#[A-Za-z]\w*\s*){2,}$"), ""),
    (re.compile(rf"(?:^|(?<=\s))#(?=[{HAN}][^\s#]*(?:\s|$))"), ""),
    (re.compile(r"(?<=[.,)”])\[\d{1,2}\](?=\s|$)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(rf"(?<=[{HAN}）)])\[\d{{1,2}}\](?=[{HAN}，。；、,.;]|$)"), ""),
    (re.compile(r"\s*[\[(（【](?:(?:back to )?top|(?:返回|回到)(?:顶部|目录))[\])）】]\s*$", re.IGNORECASE), ""),
    (re.compile(rf"(\*\*\*|\*\*(?!kwargs)|~~|(?<![A-Za-z0-9])__(?!{PYTHON_NAME}__))(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    # A mark without its other half, where the author lost it: 「局部性**：……」.
    (re.compile(rf"(?<=[{HAN}）.。])\s*\*\*(?=[：:，。；]|$)|^\*\*(?=[{HAN}])"), ""),
    (re.compile(r"`+([^`]+)`+"), r"\1"),
    # "Vacuum: -It frees …", "A label: — what it is": a dash that only sets off; "-Xmx" and "-Inf" are names.
    (re.compile(r"(?<=[\w)][:：])\s*(?:[-–—]\s?(?=(?!Inf)[A-WYZ][a-z]+ [a-z])|[–—]\s+(?=[A-Za-z]))"), " "),
    (re.compile(r"\\(?:right|long|Right)*arrow\b"), "→"),
)
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
# Not the sign of a factorial, 「n! 种」, nor of an operator, 「支持 != 和 :=」.
_NARROW = re.compile(rf"(?<=[{HAN}“”])\s*(?!:=|!=)[,;:?!]\s*|(?:[,;?]|(?<![A-Za-z0-9)])!)\s*(?=[{HAN}“”])")
_PARENTHESES = re.compile(rf"\(([^()]*[{HAN}][^()]*)\)|(?<=[{HAN}])\(([^()]*)\)")


def without_marks(text: str) -> str:
    """Return one line without Markdown and HTML marks and without characters a terminal must not see."""
    text, formulas = apart(text)  # a star in a formula is no mark
    text = _without_layout(text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return one_line(together(html.unescape(text), formulas))


def _without_layout(text: str) -> str:
    """Return a line without tags that lay it out; one that a sentence names, "between <a> and <p>", is a word."""
    if "<" not in text:
        return text
    text = _POWER.sub(r"^\1", _BREAK.sub(" ", text))
    closed = {tag.casefold() for tag in _CLOSED.findall(text)}
    alone = LAYOUT_TAG.sub("", text).strip() == ""

    def instead(match: re.Match[str]) -> str:
        name, at = match[0][1:-1].casefold(), match.end()
        named = name.isalnum() and name not in _EMPTY | closed and not alone
        glued = match.start() == 0 and text[at : at + 1].isalnum()
        return match[0] if named and not glued else ""

    return LAYOUT_TAG.sub(instead, text)


_CLOSED = re.compile(r"</([A-Za-z]\w*)")
_POWER = re.compile(r"(?<=[A-Za-z0-9)])<sup>([\w+-]{1,4})</sup>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Tags that no sentence speaks of.
_EMPTY = frozenset({"hr", "center", "details"})


def punctuated(text: str) -> str:
    """Return the text with full-width punctuation wherever it stands beside Chinese."""
    text = _PARENTHESES.sub(lambda match: f"（{(match[1] or match[2] or '').strip()}）", text)
    text = _NARROW.sub(lambda match: match[0].strip().translate(_WIDE), text)
    return re.sub(r"\s+(?=[：，；])|(?<=[：，；])\s+", "", text)


def is_row(text: str) -> bool:
    """Return whether a line is a row of a table; "P(a | b)" is a probability."""
    if text.startswith("|"):
        return text.count("|") > 1
    bare = _BRACKETED.sub("", text) if " | " in text else ""
    return " | " in bare and len(bare) <= _LONGEST_ROW * bare.count(" | ")


_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
# Characters of a cell of a row without marks at its ends.
_LONGEST_ROW = 120
