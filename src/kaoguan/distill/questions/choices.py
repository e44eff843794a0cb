"""Questions with options to choose from: only the right one is knowledge."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kaoguan.distill.questions.outline import Block

# "A A. …" where a page has the letter once more on a line of its own.
_OPTION = re.compile(r"^[(（]?(?P<letter>[A-G])(?:[)）.、．:：]\s*|\s+)(?:(?P=letter)[)）.、．:：]\s*)?(?=\S)")
# 「答案：B」, "Correct answer: (B)", or the letter in front of the explanation.
_RIGHT = re.compile(
    r"^(?:(?:正确|参考|标准)?(?:答案|选项|解答)?\s*(?:是|为|应?选)?|(?:the )?(?:correct |right )?"
    r"(?:answer|option|choice)s?(?: is"
    r"| are)?)\s*[:：]?\s*"
    r"[(（]?(?P<letters>[A-G](?:[,，、和 ]*[A-G]){0,5})[)）]?(?![A-Za-z'’])[\s.。、:：,，]*",
    re.IGNORECASE,
)
# 「解析：选项 C 是正确的」; 「解析：A 选项……」 may as well say what is wrong with A.
_EXPLAINED = re.compile(
    r"^(?:官方)?(?:答案)?解析\s*[:：]\s*(?:(?:本题|故|因此)?(?:正确)?(?:答案|选项)\s*(?:是|为|[:：])?|应?选)\s*"
    r"(?P<letters>[A-G](?:[,，、和 ]*[A-G]){0,5})(?![A-Za-z])\s*(?:是正确的?|正确)?[\s。，,]*"
)
_FEWEST = 3


class Chosen(NamedTuple):
    """What is asked and what answers it, without wrong options."""

    question: str
    answer: list[Block]


def is_option(text: str) -> bool:
    """Return whether a line is one of the options A, B, C … of a question."""
    return _OPTION.match(text) is not None


def options_before(reply: Block, before: Sequence[Block]) -> list[Block]:
    """Return which blocks before a reply are options: A, B, C …, or a list a), b), c) if the reply is its letters."""
    return [block for block in before if is_option(block.text) or (_option(block)[0] and _tells(reply.text))]


def chosen_option(question: str, answer: Sequence[Block]) -> Chosen:
    """Return the question in the words before its options, and of the options only those that are right."""
    first, options = _options(answer := _without_letters(answer))
    if not options:
        return Chosen(question, answer)
    before, after = answer[:first], list(answer[first + len(options) :])
    told = next((i for i, block in enumerate(after[:3]) if _tells(block.text)), 0)
    right = _right(after[told].text) if after else None
    letters = set(re.findall("[A-G]", right["letters"].upper())) if right else set()
    kept = [block._replace(text=text) for letter, text, block in options if letter in letters]
    if right:
        after[told] = after[told]._replace(text=after[told].text[right.end() :])
    asked = " ".join(block.text for block in before)
    return Chosen(asked or question, [*kept, *(block for block in after if block.text)])


def _without_letters(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks without letters that stand alone above the option that begins with them."""
    texts = [*(block.text for block in answer), ""]
    return [
        block
        for block, (text, after) in zip(answer, pairwise(texts), strict=True)
        if not (len(text) == 1 and is_option(after) and after[0] == text)
    ]


def _tells(text: str) -> bool:
    return _right(text) is not None


def _right(text: str) -> re.Match[str] | None:
    """Return where a line tells the right letter; "A) …" is an option of the next question."""
    if explained := _EXPLAINED.match(text):
        return explained
    return _RIGHT.match(text) if not is_option(text) or _ANSWER.match(text) else None


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
    """Return where the options A, B, C … begin, and each with its letter and its words; none if they are too few."""
    for first in range(len(answer)):
        found: list[tuple[str, str, Block]] = []
        for block in answer[first:]:
            letter, text = _option(block)
            if not letter or letter != _LETTERS[len(found) : len(found) + 1]:
                break
            found.append((letter, text, block))
        after = answer[first + len(found) :]
        right = len(found) == 2 and any(_tells(block.text) for block in after[:3])
        # A list a), b), c) has options only where their letters follow.
        listed = any(block.style == "a" for _, _, block in found)
        if (len(found) >= _FEWEST or right) and (not listed or (after and _tells(after[0].text))):
            return first, found
    return 0, []


def _option(block: Block) -> tuple[str, str]:
    """Return the letter of an option and its words; nothing if a block is none."""
    if block.style == "a" and block.number:
        return _LETTERS[block.number - 1 : block.number], block.text
    match = _OPTION.match(block.text)
    return (match["letter"], block.text[match.end() :]) if match else ("", "")


_LETTERS = "ABCDEFG"


def asks_to_choose(question: str) -> bool:
    """Return whether a question can only be answered by someone who has its options before him."""
    return _CHOOSE.search(question) is not None


_CHOOSE = re.compile(
    r"(?:以下|下列|下面|如下|上述)(?:的|关于[^，。？?]{1,20}的?)?(?:哪|选项|叙述|说法|描述|表述|选择)"
    r"|(?:说法|叙述|描述|表述|选项)中?[，,]?(?:不?正确|错误|有误)的(?:是|有)"
    r"|哪个?(?:一?[个项种])?(?:选项|说法|叙述|描述)?是?(?:不?正确|错误)的"
    r"|\bwhich (?:one |ones )?of (?:the|these) (?:following|options|statements)\b"
    r"|\bwhich (?:statement|option)s? (?:is|are) (?:\w+ )?(?:true|false|correct|incorrect|right|wrong|best)\b"
    r"|\btrue or false\b|\bwhich\b.{0,40} (?-i:(?:is|are|does|do) NOT|FALSE|TRUE|INCORRECT)\b",
    re.IGNORECASE,
)
