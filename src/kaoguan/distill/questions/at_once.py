"""Questions and what answers them in one line: 「1. 什么是过拟合？过拟合是指……」, "Explain dropout. Units are …"."""

import re

from kaoguan.distill.questions.asking import Asks, asks, demands, is_task, orders_on
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.text.script import is_chinese

# 「1. 什么是过拟合？过拟合是指……」: question and answer in one line.
_INLINE = re.compile(r"^(?P<ask>[^。！!]{4,90}?[?？])[”」）)]?\s*(?P<reply>[^?？]{6,}.*)$")
_INLINE_REPLY = re.compile(r"\s+(?:A|Ans|Answer|答|答案)\s*[:：]\s*")
# "Explain overfitting In short, …": a PDF loses the break between a request and its answer.
_RUN_ON = re.compile(
    r"^(?P<ask>[A-Z][^.?!:]{8,90}?[a-z)]) (?P<reply>(?:In|The|An?|It|This|When|If|For|Because|As|Each|With"
    r"|To|There|We|By|At|On|One|These|They|Most) [a-z].{40,})$"
)
# 「8. 如何遍历字典：用 items()」, where nothing else answers.
_COLON = re.compile(r"(?P<ask>(?!请)[^。！!?？:：]{4,60}?)\s*[:：]\s*(?P<reply>(?!https?:|//)[^?？]{6,})")
# "12. Explain dropout. Units are left out by chance …", where nothing else answers.
_ORDER = re.compile(
    r"(?P<ask>(?:explain|describe|define|compare|differentiate)(?:[^.!?:]|\.(?!\s)){4,90}?(?<!\.)\.)"
    r"\s+(?P<reply>[^?]{16,})",
    re.IGNORECASE,
)
# 「（提示：……）」, 「我：……」 behind a question.
_REMARK = re.compile(r"[（(《]|我[:：]|if (?:yes|so|not)\b", re.IGNORECASE)
# An order that follows a question is no longer than this.
_LONGEST_TASK = {True: 24, False: 80}


def split(block: Block, after: Block | None) -> list[Block]:
    """Return a question and its answer where one line holds both; above an A mark a line is all question."""
    if block.kind not in {BlockKind.ITEM, BlockKind.ASK}:
        return [block]
    if (match := _INLINE_REPLY.search(block.text)) and (block.kind is BlockKind.ASK or _demands(match)):
        said = block._replace(kind=BlockKind.REPLY, text=block.text[match.end() :], style="")
        return [block._replace(text=block.text[: match.start()]), said]
    run_on = _RUN_ON.match(block.text)
    if run_on and asks(run_on["ask"], chinese=False) is Asks.YES:
        reply = Block(BlockKind.PROSE, run_on["reply"], block.first, block.last, block.level)
        return [block._replace(text=run_on["ask"]), reply]
    # A bold line or a title is all question, too: 「了解 A 吗？挑一个不同点说明。」
    whole = block.bold or block.title or orders_on(block.text) or (after is not None and after.kind is BlockKind.REPLY)
    if not whole and (inline := _INLINE.match(block.text)) and block.style != "•" and not _asks_on(inline["reply"]):
        reply = Block(BlockKind.PROSE, inline["reply"], block.first, block.last, block.level)
        return [block._replace(text=inline["ask"]), reply]
    return [block]


def _demands(answered: re.Match[str]) -> bool:
    """Return whether what stands before the mark of an answer asks: "3. Explain dropout.   Ans: …"."""
    asked = answered.string[: answered.start()]
    return demands(asked, is_chinese(asked))


def _asks_on(reply: str) -> bool:
    """Return whether what follows a question is only another one: 「什么是漂移？为什么要监控？」, 「……？请举例。」."""
    if reply.rstrip("”」）) ").endswith(("?", "？")) or asks(reply, is_chinese(reply)) is Asks.YES:
        return True
    return is_task(reply) and len(reply) <= _LONGEST_TASK[is_chinese(reply)]


def answered_at_once(line: str) -> re.Match[str] | None:
    """Return a question or an order, and what answers it in the same line; None where the line does nothing but ask."""
    if (both := _COLON.fullmatch(line)) and asks(both["ask"], is_chinese(both["ask"])) is Asks.YES:
        return both
    both = _INLINE.fullmatch(line) or _ORDER.fullmatch(line)
    return both if both and demands(both["ask"], is_chinese(both["ask"])) and _is_told(both["reply"]) else None


def _is_told(reply: str) -> bool:
    """Return whether what stands behind a question states something."""
    bare = reply.rstrip(" .。；;")
    return not _REMARK.match(reply) and not _asks_on(reply) and asks(bare, is_chinese(bare)) is Asks.NO
