"""Boxes that tools for web sites put into Markdown (`??? question "…"`, `:::tip`, `{{< question >}}`), said plainly.

So are headings between tags. A box that asks is a section with its title as heading; any other stays in its place, its
title in bold. Where a tag holds the question, and another one its answer, they get marks.
"""

import re
from collections.abc import Iterator, Sequence

_INDENT = 4
_OPENS = re.compile(
    r"(?:(?:\?\?\?|!!!)[+-]?\s+(?P<kind>[a-z][\w-]*)(?:\s+[a-z-]+)*(?:\s+\"(?P<title>[^\"]*(?:\"[^\"]*)*)\")?"
    r"|:{3,}\s*\{?(?P<name>[a-z][\w-]*)\}?\s*(?P<said>.*?))\s*"
)
_CLOSES = re.compile(r":{3,}\s*")
_ALERT = re.compile(r"(?:>\s*)+\[!\w+\]\s*")
_FENCE = re.compile(r"\s*(?:>\s*)*(?:```|~~~)")
_HEADING = re.compile(r"(#{1,6})\s")
# `<h2 id="kinds">Kinds</h2>`
_TAGGED = re.compile(r"\s{0,3}<h([1-6])(?:\s[^<>]*)?>((?:(?!</?h\d).)+)</h\1>\s*", re.IGNORECASE)
_ASKS = {"question", "faq", "help"}
_ANSWERS = re.compile(r"\W*(?:show |view |click )?(?:answer|solution|答案|参考答案|解答|解析)\W*", re.IGNORECASE)


def plainly(source: Sequence[str]) -> Iterator[str]:
    """Yield each line, those that open or close a box as a title or empty, those inside without its indentation."""
    columns, level, fenced = 0, 0, False
    for line in _without_tags(source):
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < columns:
            columns = indent // _INDENT * _INDENT
        body = line[columns:]
        if not fenced and (tagged := _TAGGED.fullmatch(body)):
            body = f"{'#' * int(tagged[1])} {tagged[2].strip()}"
        if _FENCE.match(body):
            fenced = not fenced
        elif heading := _HEADING.match(body):
            level = len(heading[1]) if not fenced else level
        opened = None if fenced else _OPENS.fullmatch(body.strip())
        if opened:
            columns += 0 if opened["name"] else indent - columns + _INDENT
            yield _title(opened, min(level + 1, 6))
        elif not fenced and (_CLOSES.fullmatch(body) or _ALERT.fullmatch(body)):
            yield ""
        else:
            yield body


# `{{< question >}}`, `{{% /answer %}}`
_TAG = re.compile(
    r"\s*\{\{[<%]\s*(?P<closes>/?)\s*(?P<name>question|answer|solution)\b[^{}]*[>%]\}\}\s*", re.IGNORECASE
)


def _without_tags(source: Sequence[str]) -> Iterator[str]:
    """Yield each line, a question between two tags with a mark before it, the tag before an answer as its mark."""
    asks = fenced = False
    for line in source:
        fenced ^= _FENCE.match(line) is not None
        tag = None if fenced else _TAG.fullmatch(line)
        if tag:
            asks = tag["name"].lower() == "question" and not tag["closes"]
            yield "" if asks or tag["closes"] else "Answer:"
        elif asks and line.strip():
            yield f"Q: {line.strip()}"
            asks = False
        else:
            yield line


def _title(opened: re.Match[str], level: int) -> str:
    kind, title = opened["kind"] or opened["name"], (opened["title"] or opened["said"] or "").strip()
    if not title:
        return ""
    if _ANSWERS.fullmatch(title):
        return "Answer:"
    return f"{'#' * level} {title}" if kind in _ASKS or title.endswith(("?", "？")) else f"**{title}**"
