"""Questions that stand below a title which says nothing else: "Question 3", 「题目」, and the title of their answer.

Also what a question holds before the title of its answer: "What the interviewer looks for", "Hints".
"""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.text.script import is_chinese


def with_titled_questions(found: Sequence[Block]) -> list[Block]:
    """Return the blocks with what stands below the title "Question" as what it is, and the title "Answer" as its mark.

    The question stands as high as its title did, so that the parts of its answer stand below it.
    """
    put: dict[int, int] = {}
    for i, one in enumerate(found[:-1]):
        if one.title and _is_question_title(one.text) and found[i + 1].kind in {BlockKind.PROSE, BlockKind.ITEM}:
            beside = next((other for other in found[i + 1 :] if 0 < other.title <= one.title), None)
            if beside and _is_answer_title(beside.text):
                put[i + 1] = one.title
    if not put:
        return [*found]
    return [
        block._replace(kind=BlockKind.ASK, title=put[i], level=put[i])
        if i in put
        else _as_mark(block)
        if block.title and _is_answer_title(block.text)
        else block
        for i, block in enumerate(found)
        if i + 1 not in put
    ]


def without_hints(found: Sequence[Block]) -> list[Block]:
    """Return the blocks without the titled parts between a title that asks and the title of its answer, a mark then."""
    hints: set[int] = set()
    answers: set[int] = set()
    for i, one in enumerate(found):
        if not one.title or not _is_answer_title(one.text):
            continue
        above = next((j for j in range(i - 1, -1, -1) if 0 < found[j].title < one.title), None)
        if above is None or not demands(found[above].text, is_chinese(found[above].text)):
            continue
        beside = next((j for j in range(above + 1, i) if found[j].title == one.title), i)
        if beside < i:
            hints.update(range(beside, i))
            answers.add(i)
    return [_as_mark(block) if i in answers else block for i, block in enumerate(found) if i not in hints]


def _as_mark(title: Block) -> Block:
    """Return the title of an answer as the mark that an answer follows."""
    return title._replace(kind=BlockKind.REPLY, text="…", title=0)


_QUESTION_TITLE = re.compile(
    r"(?:the |interview |sample )?question(?: ?#?\d+)?|you (?:asked|said)|user(?: prompt)?"
    r"|(?:面试)?(?:题目|问题|题干|提问)|面试题",
    re.IGNORECASE,
)
_ANSWER_TITLE = re.compile(
    r"(?:the |sample |model |short |detailed |interview )?answer(?: ?#?\d+)?"
    r"|(?:[\w-]+ )?(?:responded|answered|said|response)|assistant|(?:参考|标准|面试)?(?:答案|回答|解答)",
    re.IGNORECASE,
)


def _is_question_title(title: str) -> bool:
    """Return whether a title says nothing but that a question follows: "Question 3", 「题目」, "You asked:"."""
    return _QUESTION_TITLE.fullmatch(title.strip(" :：")) is not None


def _is_answer_title(title: str) -> bool:
    """Return whether a title says nothing but that the answer follows: "Answer", 「参考答案」, "Assistant"."""
    return _ANSWER_TITLE.fullmatch(title.strip(" :：")) is not None
