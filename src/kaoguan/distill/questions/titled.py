"""Questions that stand below a title which says nothing else: "Question 3", 「题目」, and the title of their answer.

Also what a question holds before the title of its answer: "What the interviewer looks for", "Hints".
"""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.marks import ANSWER_LABEL, QUESTION_LABEL
from kaoguan.distill.questions.outline import Block, BlockKind, asks_for_answer


def with_titled_questions(found: Sequence[Block]) -> list[Block]:
    """Return the blocks with what stands below the title "Question" as what it is, and the title "Answer" as its mark.

    The question stands as high as its title did, so that the parts of its answer stand below it. A bold line may be
    the title, too; what it holds up to the line "Solution" is the question.
    """
    found = _with_solutions(found)
    put: dict[int, Block] = {}
    gone: set[int] = set()
    for i, one in enumerate(found[:-1]):
        asked = found[i + 1]
        if not _is_question_title(one) or asked.kind not in {BlockKind.PROSE, BlockKind.ITEM}:
            continue
        if one.title:
            beside = next((other for other in found[i + 1 :] if 0 < other.title <= one.title), None)
            answered = beside is not None and _is_answer_title(beside.text)
        else:
            answered = one.kind is asked.kind is BlockKind.PROSE and asks_for_answer(asked)
        if answered:
            put[i + 1] = asked._replace(kind=BlockKind.ASK, title=one.title, level=one.title)
            gone.add(i)
    marked = (_as_mark(block) if put and block.title and _is_answer_title(block.text) else block for block in found)
    return [put.get(i, block) for i, block in enumerate(marked) if i not in gone]


def _with_solutions(found: Sequence[Block]) -> list[Block]:
    """Return the blocks, what stands between a bold "Question:" and "Solution:" as one question, data and all.

    The title right above it, "Question 1.2: Kinds of ambiguity", asks no more by itself.
    """
    made = list(found)
    gone: set[int] = set()
    for i, one in enumerate(found):
        end = _solution(found, i) if one.bold and not one.title and _is_question_title(one) else None
        if end is None or any(block.kind is BlockKind.TABLE for block in found[i + 1 : end]):
            continue
        asked = " ".join(block.text for block in found[i + 1 : end])
        if len(asked) <= _LONGEST:
            made[i + 1] = found[i + 1]._replace(kind=BlockKind.ASK, text=asked, last=found[end - 1].last)
            made[end] = _as_mark(found[end])
            gone |= {i, *range(i + 2, end)}
            if i and found[i - 1].kind is BlockKind.ASK and found[i - 1].title:
                made[i - 1] = found[i - 1]._replace(kind=BlockKind.HEADING)
    return [block for i, block in enumerate(made) if i not in gone]


def _solution(found: Sequence[Block], question: int) -> int | None:
    """Return the place of the line "Solution" behind the title of a question and something that it asks."""
    for i in range(question + 1, len(found)):
        if found[i].bold and _SOLUTION.fullmatch(found[i].text.strip(" :：")):
            return i if i > question + 1 else None
        if found[i].title or found[i].kind in {BlockKind.ASK, BlockKind.REPLY}:
            return None
    return None


_SOLUTION = re.compile("solutions?|解|题解|解法", re.IGNORECASE)
_LONGEST = 400


def without_hints(found: Sequence[Block]) -> list[Block]:
    """Return the blocks without the titled parts between a title that asks and the title of its answer, a mark then."""
    hints: set[int] = set()
    answers: set[int] = set()
    for i, one in enumerate(found):
        if not one.title or not _is_answer_title(one.text):
            continue
        above = next((j for j in range(i - 1, -1, -1) if 0 < found[j].title < one.title), None)
        if above is None or not asks_for_answer(found[above]):
            continue
        beside = next((j for j in range(above + 1, i) if found[j].title == one.title), i)
        told = any(found[j].title and _TELLS.search(found[j].text) for j in range(beside, i))
        if beside < i and not told:
            hints.update(range(beside, i))
            answers.add(i)
    return [_as_mark(block) if i in answers else block for i, block in enumerate(found) if i not in hints]


# The first of two titled answers is no hint.
_TELLS = re.compile(r"(?:(?<!\bto )\b(?:answer|response)s?|[回解]答|答案)\W*$", re.IGNORECASE)


def _as_mark(title: Block) -> Block:
    """Return the title of an answer as the mark that an answer follows."""
    return title._replace(kind=BlockKind.REPLY, text="…", title=0)


def _is_question_title(block: Block) -> bool:
    """Return whether a title or a bold line says nothing but that a question follows: "Question 3", 「题目」."""
    return (block.title > 0 or block.bold) and QUESTION_LABEL.fullmatch(block.text.strip(" :：")) is not None


def _is_answer_title(title: str) -> bool:
    """Return whether a title says nothing but that the answer follows: "Answer", 「参考答案」, "Assistant"."""
    return ANSWER_LABEL.fullmatch(title.strip(" :：")) is not None
