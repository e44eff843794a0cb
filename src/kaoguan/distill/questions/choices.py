"""Questions with options to choose from: only the right one is knowledge."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kaoguan.distill.questions.outline import Block

_OPTION = re.compile(r"^[(（]?(?P<letter>[A-G])(?:[)）.、．:：]\s*|\s+)(?=\S)")
# 「答案：B」, "Correct answer: (B)", or the letter in front of the explanation.
_RIGHT = re.compile(
    r"^(?:(?:正确|参考|标准)?(?:答案|选项|解答)?\s*(?:是|为|应?选)?|(?:the )?(?:correct |right )?"
    r"(?:answer|option|choice)s?(?: is"
    r"| are)?)\s*[:：]?\s*"
    r"[(（]?(?P<letters>[A-G](?:[,，、和 ]*[A-G]){0,5})[)）]?(?![A-Za-z'’])[\s.。、:：,，]*",
    re.IGNORECASE,
)
_FEWEST = 3


class Chosen(NamedTuple):
    """What is asked and what answers it, without wrong options."""

    question: str
    answer: list[Block]


def is_option(text: str) -> bool:
    """Return whether a line is one of the options A, B, C … of a question."""
    return _OPTION.match(text) is not None


def chosen_option(question: str, answer: Sequence[Block]) -> Chosen:
    """Return the question in the words before its options, and of the options only those that are right."""
    first, options = _options(answer)
    if not options:
        return Chosen(question, list(answer))
    before, after = answer[:first], list(answer[first + len(options) :])
    told = next((i for i, block in enumerate(after[:3]) if _tells(block.text)), 0)
    right = _RIGHT.match(after[told].text) if after and _tells(after[told].text) else None
    letters = set(re.findall("[A-G]", right["letters"].upper())) if right else set()
    kept = [block._replace(text=text) for letter, text, block in options if letter in letters]
    if right:
        after[told] = after[told]._replace(text=after[told].text[right.end() :])
    asked = " ".join(block.text for block in before)
    return Chosen(asked or question, [*kept, *(block for block in after if block.text)])


def _tells(text: str) -> bool:
    """Return whether a line tells the right letter; "A) …" is an option of the next question."""
    return _RIGHT.match(text) is not None and (not is_option(text) or _ANSWER.match(text) is not None)


_ANSWER = re.compile(
    r"\W*(?:正确|参考|标准)?(?:答案|选项|解答)|\W*(?:the )?(?:correct |right )?(?:answer|option|choice)", re.IGNORECASE
)


def is_key(text: str) -> bool:
    """Return whether a title is an entry of a list of right letters: "Q4. Answer: B"."""
    return _KEY.fullmatch(text.strip()) is not None


_KEY = re.compile(
    r"(?:(?:correct|right) )?answer\s*[:：]?\s*\(?[A-G](?:[,、 ]*[A-G])*\)?\.?|(?:正确|参考)?答案\s*[:：]?\s*[A-G]+",
    re.IGNORECASE,
)


def _options(answer: Sequence[Block]) -> tuple[int, list[tuple[str, str, Block]]]:
    """Return where the options A, B, C … begin, and each with its letter and its words; none where there are"
    " too few."""
    for first in range(len(answer)):
        found: list[tuple[str, str, Block]] = []
        for block in answer[first:]:
            match = _OPTION.match(block.text)
            if not match or match["letter"] != "ABCDEFG"[len(found) : len(found) + 1]:
                break
            found.append((match["letter"], block.text[match.end() :], block))
        right = len(found) == 2 and any(_RIGHT.match(block.text) for block in answer[first + 2 : first + 5])
        if len(found) >= _FEWEST or right:
            return first, found
    return 0, []
