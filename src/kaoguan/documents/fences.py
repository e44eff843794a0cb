"""Fences of Markdown around text that is no program."""

import re
from collections.abc import Sequence

from kaoguan.text.script import HAN

_NO_LANGUAGE = frozenset({"", "text", "txt", "plain", "plaintext", "md", "bash", "sh", "shell"})
_SENTENCE = re.compile(rf"[{HAN}，]{{8}}|^[^;={{}}]*(?:\b[A-Za-z]{{2,}},? ){{5}}[^;={{}}]*$")
# A comment, a command, something quoted, what comes out of something: shown, and not told.
_SHOWN = re.compile(r"^\s*[#$>\"“'→↑↓]|←", re.MULTILINE)
_QUESTIONS = re.compile(r"\bquestions?\b|\binterview|\bq ?& ?a\b|面试|问答|题", re.IGNORECASE)
_ASKED = re.compile(r"\s*(?:Q|问)\s*\d*\s*[.:：]")


def is_said(above: str, language: str, content: str, *, titled: bool) -> bool:
    """Return whether what stands in a fence is text, set apart, and no program: steps that are asked for, or prose.

    `above`: the last words above it. `titled`: they are a title. Questions with answers are its text where it says so;
    below any other they are an example of a prompt.
    """
    if language.strip().casefold() not in _NO_LANGUAGE:
        return False
    if _OF_STEPS.search(above) and _counts([line for line in content.splitlines() if line.strip()]):
        return True
    if not titled:
        return False
    if _QUESTIONS.search(above) and _ASKED.match(content):
        return True
    told = sum(len(line) for line in content.splitlines() if _SENTENCE.search(line))
    return 2 * told > len(content) and not _SHOWN.search(content)


def _counts(lines: Sequence[str]) -> bool:
    """Return whether lines are the steps of something: each has its number, from one on, and most of them words."""
    found = [match for line in lines if (match := _STEP.match(line))]
    counted = [int(match[1]) for match in found] == list(range(1, len(lines) + 1))
    return counted and len(lines) >= _FEWEST_STEPS and 4 * sum(map(bool, map(_SAYS.search, lines))) >= 3 * len(lines)


_FEWEST_STEPS = 2
_OF_STEPS = re.compile(
    r"[?？]\W*$|步骤|流程|过程|\b(?:steps?|process|procedure|workflow|algorithm|how)\b", re.IGNORECASE
)
_STEP = re.compile(r"\s*(\d{1,2})[.)、:：]\s*\S")
_SAYS = re.compile(rf"[{HAN}]{{4}}|(?:\b[A-Za-z]{{2,}} ){{2}}")
