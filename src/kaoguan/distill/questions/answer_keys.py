"""Numbered questions whose answers stand together below them: a self-test and its key."""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.outline import Block, BlockKind, asks_for_answer

_KEY = re.compile(r"(?:model |sample )?answers?(?: key)?|solutions?|(?:参考|标准)?(?:答案|解答)", re.IGNORECASE)
# So many questions in a row, and as many answers, are a test.
_FEWEST = 3
# Of the numbered lines so many ask.
_MOST = 2


def with_answers(found: Sequence[Block]) -> list[Block]:
    """Return the blocks, each question of a test with what its key says below the same number."""
    made = list(found)
    for i in reversed([i for i, block in enumerate(found) if _is_key(block)]):
        answers = _counted(made, i + 1)
        asked = _test(made, i)
        if not asked or len(answers) != len(asked) or sum(map(asks_for_answer, asked)) * _MOST < len(asked):
            continue
        first, last = i - len(asked), i + 1 + sum(map(len, answers))
        made[first:last] = [
            block
            for question, answer in zip(asked, answers, strict=True)
            for block in (question._replace(kind=BlockKind.ASK), answer[0]._replace(kind=BlockKind.REPLY), *answer[1:])
        ]
    return made


def _is_key(block: Block) -> bool:
    return (block.bold or block.title > 0) and _KEY.fullmatch(block.text.strip(" :：")) is not None


def _test(blocks: Sequence[Block], end: int) -> list[Block]:
    """Return the lines right before `end` that are numbered from one on, or none where they are too few."""
    first = end - 1
    while first >= 0 and blocks[first].kind is BlockKind.ITEM and (blocks[first].number or 0) > 1:
        first -= 1
    run = list(blocks[max(first, 0) : end])
    counts = [block.number for block in run] == list(range(1, len(run) + 1))
    return run if counts and len(run) >= _FEWEST and run[0].kind is BlockKind.ITEM else []


def _counted(blocks: Sequence[Block], first: int) -> list[list[Block]]:
    """Return the answers that are numbered from one on, each with the items set further in below it."""
    answers: list[list[Block]] = []
    for block in blocks[first:]:
        if block.kind is BlockKind.ITEM and block.number == len(answers) + 1:
            answers.append([block])
        elif answers and block.kind is BlockKind.ITEM and block.level > answers[-1][0].level:
            answers[-1].append(block)
        else:
            break
    return answers
