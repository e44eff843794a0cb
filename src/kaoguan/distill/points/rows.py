"""The words of a table: which heads are things and which say something of them, and cells that hold several claims."""

import re
from collections.abc import Sequence

from kaoguan.text.terms import is_term


def is_aspect(head: str) -> bool:
    """Return whether the head of a column or a row may follow 「的」."""
    return (
        "的" not in head
        and not head.startswith(_ASKS)
        and not head.endswith(_ASKS)
        and (is_term(head) or len(head) <= _LONGEST_ASPECT)
    )


_ASKS = ("是否", "为什么", "怎么", "如何", "什么", "能否", "有无")


_LONGEST_ASPECT = 4


def enumerated(cell: str) -> list[str]:
    """Return the parts of a cell that counts them, 「1、……。2、……」; else the cell."""
    parts = [part.strip(" 。；;") for part in re.split(r"(?:^|(?<=[。；;.\s]))\d{1,2}[、.)）](?!\d)\s*", cell)]
    return parts[1:] if len(parts) > 2 and not parts[0] and all(parts[1:]) else [cell]


def listed(cell: str) -> str:
    """Return a cell that holds a list, "- one- two", with its items set apart."""
    return re.sub(r"(?:^|(?<=[^\s-]))-\s+(?=\S)", "；", cell).strip("；") if cell.startswith("- ") else cell


def is_baseline(cell: str) -> bool:
    """Return whether a cell only says that its row is what the others are measured by: 「1×（基准）」."""
    return _BASELINE.fullmatch(cell.strip()) is not None


_BASELINE = re.compile(
    r"(?:1(?:\.0+)?\s*[×x倍]?|100\s*%)?\s*[（(]?\s*(?:基准|基线|参照|参考|对照|baseline|base|reference)\s*[)）]?"
    r"|1(?:\.0+)?\s*[×x倍]",
    re.IGNORECASE,
)


def are_results(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the rows below a head are measurements of an experiment, and no knowledge: 「| 基线 | 0.72 |」."""
    columns = list(zip(*rows, strict=False))[1:]
    measured = [
        cells for cells in columns if 2 * sum(_NUMBER.fullmatch(cell) is not None for cell in cells) > len(cells)
    ]
    exact = any(_MEASURED.search(cell) for cells in measured for cell in cells)
    return exact and len(rows) >= _FEWEST_ROWS and len(measured) >= _FEWEST_ROWS and 2 * len(measured) > len(columns)


_FEWEST_ROWS = 2
_NUMBER = re.compile(
    r"[~≈<>≤≥+±↑↓-]?\s?\d[\d,.]*\s?(?:[%×xKMGT]|ms|s|[KMG]B|[±(]\s?\d[\d.]*\s?\)?)?(?:\s?[→>-]+\s?\d+)?", re.IGNORECASE
)
_MEASURED = re.compile(r"\d\.\d|\d\s?(?:%|ms|s)$")


def in_sentence(head: str) -> str:
    """Return a column's head as it stands within a sentence: "Exception handling" begins small, "API" stays."""
    return re.sub(r"(?<![\w-])[A-Z](?=[a-z]+(?![\w-]))", lambda match: match[0].lower(), head)


# What the corner of a table says when its rows are aspects.
ASPECT = re.compile(
    r"|(?:对比|比较)(?:项目?|维度|点|内容)?|维度|方面|特[性征点]|属性|指标|区别|差异|不同点?|项目?|角度|aspects?"
    r"|features?|criteri(?:a|on)"
    r"|propert(?:y|ies)|dimensions?|attributes?|characteristics?|comparison|parameters?|metrics?|basis.*|[\s/\\-]*",
    re.IGNORECASE,
)


# Columns that say something of each row, whatever the corner is called.
SAID = re.compile(
    r"(?:特[点征性])?(?:描述|说明)|一句话(?:定义|说明|概括|总结|解释|理解|描述)?|in (?:a"
    r"|one) (?:sentence|nutshell|line)"
    r"|内容|衡量(?:内容|什么)?|(?:核心)?(?:原理|思想|思路)|优势|劣势|代表.*"
    r"|复杂度|含义|公式|定义|说明|描述|解释|适用.*|优点|缺点|特点|作用|用途|应用.*|备注"
    r"|取值范围|范围|计算.*|示例|例子|类型|场景|meaning|formula|definition"
    r"|descriptions?|use cases?|pros|cons|advantages?|disadvantages?|examples?|notes?|purpose|when to use|range|type",
    re.IGNORECASE,
)


# A column that only says how long its cells are: 「FP16：……」, not 「FP16 的一句话：……」.
SENTENCE = re.compile(
    r"一句话.{0,2}|(?:简要)?(?:描述|说明|解释|内容|含义|备注|定义)|in (?:a|one) (?:sentence|nutshell|line)"
    r"|(?:short )?(?:descriptions?|explanations?|meaning|definitions?|notes?|what it is)",
    re.IGNORECASE,
)
