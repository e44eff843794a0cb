"""Tables whose rows are questions: 「| 序号 | 问题 | 答案 |」."""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.outline import Block, BlockKind

_ASKED = re.compile(
    r"(?:面试)?(?:问题|题目|提问|考题|面试题)(?:描述|内容|列表)?|(?:interview )?questions?", re.IGNORECASE
)
# What else a table says of a question: whose it is, how hard.
_FILED = re.compile(
    r"(?:question )?(?:source|author|difficulty|level|company|tags?|topic|category|links?|url|status|id|no\.?|#"
    r"|frequency)|来源|作者|难度|公司|标签|分类|类别|链接|出处|频率|序号|编号|状态|重要性|",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"[^，。]{0,6}(?:答案|回答|解答)(?:要点)?|(?:[a-z]+[ -]){0,3}answers?", re.IGNORECASE)


def with_asked_rows(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, each row of a table of questions as a question and, where the table holds one, its answer."""
    found: list[Block] = []
    asked: int | None = None
    answered: int | None = None
    head = True
    for block in blocks:
        if block.kind is not BlockKind.TABLE:
            head, asked = True, None
            found.append(block)
            continue
        cells = [cell.strip() for cell in block.text.strip("|").split("|")]
        if head:
            asked = next((i for i, cell in enumerate(cells) if _ASKED.fullmatch(cell)), None)
            answered = next((i for i, cell in enumerate(cells) if _ANSWERED.fullmatch(cell)), None)
            others = [i for i, cell in enumerate(cells) if i != asked and not _FILED.fullmatch(cell)]
            answered = others[0] if answered is None and len(others) == 1 else answered
            found += [] if asked is not None else [block]
        elif asked is None:
            found.append(block)
        elif asked < len(cells) and cells[asked]:
            found.append(block._replace(kind=BlockKind.ASK, text=cells[asked], bold=True))
            if answered is not None and answered < len(cells) and cells[answered]:
                found.append(block._replace(kind=BlockKind.REPLY, text=cells[answered]))
        head = False
    return found
