"""Fences of Markdown around text that is no program."""

import re

from kaoguan.text.script import HAN

_NO_LANGUAGE = frozenset({"", "text", "txt", "plain", "plaintext", "md", "bash", "sh", "shell"})
_SENTENCE = re.compile(rf"[{HAN}，]{{8}}|^[^;={{}}]*(?:\b[A-Za-z]{{2,}},? ){{5}}[^;={{}}]*$")
# A comment, a command, something quoted, what comes out of something: shown, and not told.
_SHOWN = re.compile(r"^\s*[#$>\"“'→↑↓]|←", re.MULTILINE)
_QUESTIONS = re.compile(r"\bquestions?\b|\binterview|\bq ?& ?a\b|面试|问答|题", re.IGNORECASE)
_ASKED = re.compile(r"\s*(?:Q|问)\s*\d*\s*[.:：]")


def is_said(title: str, language: str, content: str) -> bool:
    """Return whether what stands in a fence right below a title is its text, set apart, and no program.

    Questions with answers are, where the title says so; below any other they are an example of a prompt.
    """
    if language.strip().casefold() not in _NO_LANGUAGE:
        return False
    if _QUESTIONS.search(title) and _ASKED.match(content):
        return True
    told = sum(len(line) for line in content.splitlines() if _SENTENCE.search(line))
    return 2 * told > len(content) and not _SHOWN.search(content)
