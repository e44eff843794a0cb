"""Fences of Markdown around text that is no program."""

import re
from collections.abc import Sequence

from kaoguan.text.script import HAN

_TEXT = frozenset({"", "text", "txt", "plain", "plaintext", "md"})
_NO_LANGUAGE = _TEXT | {"bash", "sh", "shell"}
_CHINESE = re.compile(rf"[{HAN}，]{{8}}")
_SENTENCE = re.compile(rf"{_CHINESE.pattern}|^[^;={{}}]*(?:\b[A-Za-z]{{2,}},? ){{5}}[^;={{}}]*$")
# A comment, a command, something quoted, what comes out of something: shown, and not told.
_SHOWN = re.compile(r"^\s*[#$>\"“'→↑↓]|←", re.MULTILINE)
_QUESTIONS = re.compile(r"\bquestions?\b|\binterview|\bq ?& ?a\b|面试|问答|题", re.IGNORECASE)
# "What is idempotence?", "Answer:"
_ASKS = re.compile(
    r"(?:[?？]|(?:^|\W)(?:answers?|答案?|回答)\s*[:：]|\banswers?)[\W_]*$"
    r"|^\W*(?:what|how|why|when|which|explain|describe|define|compare)\b[^.:\n]{4,140}$",
    re.IGNORECASE,
)
_CODE = re.compile(r"[{}<>;=|$\\]|\w\(\w*\)|->|::|[\u2500-\u257f\u25a0-\u25ff]")
_GIVES = re.compile(r"(?:例如|比如|示例|例子|例|如下|输出|结果)\W*$|\bexamples?\W*$", re.IGNORECASE)
# What a model is told, and what it says; a task.
_TRIED = re.compile(r"^\s*(?:你是|请|假设|给定|[A-Z][a-z]+[：:] )|输出|输入[：:]|用户[：:]|[?？]\s*$", re.MULTILINE)
_PUT_IN = re.compile(r"^\s*你是一|^\s*(?:输入|输出|用户|(?i:input|output|user|system|assistant))\s*[：:]", re.MULTILINE)
_ASKED = re.compile(r"\s*(?:Q|问)\s*\d*\s*[.:：]")


def is_said(above: str, language: str, content: str, *, titled: bool) -> bool:
    """Return whether what stands in a fence is text, set apart, and no program: steps that are asked for, or prose.

    `above`: the last words above it. `titled`: they are a title. Questions with answers are its text where it says so;
    below any other they are an example of a prompt. Less is asked of what stands below a question.
    """
    language = language.strip().casefold()
    if language not in _NO_LANGUAGE:
        return False
    lines = [line for line in content.splitlines() if line.strip()]
    if _ASKED.match(content):
        return titled and _QUESTIONS.search(above) is not None
    asks = language in _TEXT and _ASKS.search(above) is not None
    steps = _OF_STEPS.search(above) or (above.endswith((":", "：")) and not _GIVES.search(above))
    if (steps and _counts(lines)) or (asks and not _PUT_IN.search(content) and _answers(lines)):
        return True
    if _SHOWN.search(content):
        return False
    if titled or asks:
        told = [line for line in lines if _SENTENCE.search(line) or (asks and _is_worded(line))]
    elif _GIVES.search(above) or _TRIED.search(content):
        return False
    else:
        told = [line for line in lines if _CHINESE.search(line) and _is_worded(line)]
    return 2 * sum(map(len, told)) > len(content)


def _answers(lines: Sequence[str]) -> bool:
    """Return whether lines below a question are words, but for few, and no program; half of them may be a drawing."""
    plain = [line for line in lines if not DRAWN.search(line)]
    if len(lines) > _MOST_DRAWN * len(plain) or all(any(part.match(line) for line in plain) for part in _QUERY):
        return False
    told = [line for line in plain if _WORDS.search(line) and not _PROGRAM.search(line)]
    other = sum(_PROGRAM.search(line) is not None for line in plain)
    return bool(told) and 3 * sum(map(len, told)) >= 2 * sum(map(len, plain)) and _MOST_OTHER * other <= len(plain)


# Of a tree, "└─ a leaf", every line is read.
DRAWN = re.compile(r"[│┃┌┐┘┬┴┼╔╗╚╝║▼▲]|[─═━]{4}|^\s*[↓↑↕|]+\s*$")
_MOST_DRAWN = 2
# One line in so many may be of a program.
_MOST_OTHER = 6
_QUERY = (re.compile(r"\s*select\b", re.IGNORECASE), re.compile(r"\s*from\b", re.IGNORECASE))
# Three letters of Chinese, or two words of English.
_WORDS = re.compile(rf"(?:[{HAN}].*){{3}}|(?:\b[A-Za-z][a-z]{{2,}}\b.*){{2}}")
_PROGRAM = re.compile(
    r"[;{}]\s*$|^\s*(?:#|//|--|\$|>|/\*|\*/|@\w)|</?\w+[^<>]*>\s*$"
    r"|^\s*(?:def|class|import|return|print|public|private|const|let|var|func|val|package|namespace|using)\b"
    r"|^\s*(?:if|for|while|elif|else|try|with)\b.*:\s*$|^\s*from \w[\w.]* import\b"
    r"|^\s*(?:docker|kubectl|git|pip|apt|apt-get|sudo|curl|npm|cd|ls|cat|echo|export|chmod|ssh|tar|java|python\d?) "
    r"|^\s*(?i:select|insert into|update|delete from|create|alter|drop|from|where|group by|order by|having|union|with)"
    r"\b(?=[^a-z]*$|.*[*=_.(,])|^\s*[\w.\[\]'\"]+ ?(?:=|:=|\+=) ?\S|^\s*[\w.]+\([^()]*\)?\s*(?:$|[-=]+>)"
    r"|^\s*\w+(?:\.\w+)+\(|=> |^\s*\".*\"\s*$|^\s*https?:",
    re.ASCII,
)


def _is_worded(line: str) -> bool:
    return _SAYS.search(line) is not None and not _CODE.search(line)


def _counts(lines: Sequence[str]) -> bool:
    """Return whether lines are the steps of something: each has its number, from one on, and most of them words."""
    found = [match for line in lines if (match := _STEP.match(line))]
    counted = [int(match[1]) for match in found] == list(range(1, len(lines) + 1))
    return counted and len(lines) >= _FEWEST_STEPS and 4 * sum(map(bool, map(_WORDS.search, lines))) >= 3 * len(lines)


_FEWEST_STEPS = 2
_OF_STEPS = re.compile(
    r"[?？]\W*$|步骤|流程|过程|\b(?:steps?|process|procedure|workflow|algorithm|how)\b", re.IGNORECASE
)
_STEP = re.compile(r"\s*(\d{1,2})[.)、:：]\s*\S")
_SAYS = re.compile(rf"[{HAN}]{{4}}|(?:\b[A-Za-z]{{2,}} ){{2}}")
