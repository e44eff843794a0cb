"""A table read cell by cell: each cell as a claim, with the thing it is about and what it says of it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kaoguan.distill.points.alone import DOES
from kaoguan.distill.points.rows import (
    ASPECT,
    SAID,
    SENTENCE,
    are_results,
    enumerated,
    in_sentence,
    is_aspect,
    is_baseline,
    listed,
)
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.text.facets import read_label
from kaoguan.text.filler import filler
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

_LONGEST_CELL = 24
# 「（需重训）」 without the mark that it explains.
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")


class Cell(NamedTuple):
    """A cell's claim; without an aspect it is a sentence like any other."""

    text: str
    thing: str = ""
    aspect: str = ""


class Grid:
    """The rows of one table, read one after the other below its head; `rows` are all of them."""

    def __init__(self, head: Block, rows: Sequence[Block]) -> None:
        self._corner, *columns = map(listed, _cells(head))
        # "| AWS | Bedrock | … |", "| AWS | SageMaker | … |": only the first two cells together name a row.
        self._paired = len(columns) > 1 and _named_by_two([_cells(row) for row in rows])
        columns = columns[self._paired :]
        # "| Used for lists | Used for maps |": two things, and the first row is said of them, or nobody knows of what.
        self._headless = len(columns) == 1 and _paired(self._corner, columns[0])
        self._columns = columns or [self._corner]
        # 「| 对比 | L1 | L2 |」: the columns are the things, the rows what is said of them.
        self._beside = not self._headless and self._is_of_two([list(map(listed, _cells(row))) for row in rows])
        by_part = not any(map(is_part, columns)) and _tell_parts([_cells(row)[0] for row in rows])
        named = not (ASPECT.fullmatch(self._corner) or by_part)
        self._of_rows = named or any(map(SAID.fullmatch, columns)) or all(map(_is_facet, columns))

    def row(self, block: Block) -> Iterator[Cell]:
        """Yield the claims of a row, each cell named by its row and its column."""
        head, *cells = map(listed, _cells(block))
        if self._paired:
            head, cells = f"{cells[0]}（{head}）" if is_chinese(head + cells[0]) else f"{cells[0]} ({head})", cells[1:]
        told = (DOES.match(head) and any(map(DOES.match, cells))) or (
            not is_term(head) and re.search("[，。；,;.]", head)
        )
        if self._beside:
            yield from self._side_by_side([head, *cells])
            return
        if self._headless or (len(cells) == 1 and _paired(head, cells[0])):
            return
        if cells and told and is_term(self._corner):
            yield from self._side_by_side([head, *cells])
            return
        for column, cell in zip(self._columns, cells, strict=False):
            if (
                not any(map(str.isalnum, cell))
                or not head
                or filler(cell)
                or is_baseline(cell)
                or _ASIDE.fullmatch(cell)
            ):
                continue
            if len(self._columns) == 1 and len(cell) > _LONGEST_CELL and len(enumerated(cell)) == 1:
                yield Cell(_told(head, cell, cell))
                continue
            thing, aspect = (head, column) if self._of_rows else (column, head)
            for part in enumerated(cell):
                yield Cell(self._named(head, column, cell, part), thing, aspect)

    def _is_of_two(self, rows: Sequence[Sequence[str]]) -> bool:
        """Return whether the two columns are two things, and each row says of both what they do or have.

        One row that plainly does so tells it of the whole table: "Runs services | Runs jobs", "Must … | Can …".
        """
        heads = [self._corner, *self._columns]
        named = len(heads) == 2 and all(is_term(one) and not is_part(one) and not SAID.fullmatch(one) for one in heads)
        said = any(_tells_of_two(row) or _name_themselves(heads, row) for row in rows)
        return named and not ASPECT.fullmatch(self._corner) and said

    def _named(self, head: str, column: str, cell: str, part: str) -> str:
        """Return a part of a cell with the names of its row and, where it tells something, of its column."""
        if (self._of_rows and SENTENCE.fullmatch(column)) or (
            len(self._columns) == 1 and (not self._of_rows or SAID.fullmatch(column))
        ):
            return _told(head, part, head + cell)
        thing, aspect = (head, column.rstrip("?？")) if self._of_rows else (column, head.rstrip("?？"))
        if is_chinese(thing + aspect + cell):
            return f"{thing}{'的' if is_aspect(aspect) else '，'}{aspect}：{part}"
        return f"{thing}, {in_sentence(aspect)}: {part}"

    def _side_by_side(self, cells: Sequence[str]) -> Iterator[Cell]:
        """Yield the cells of a row that compares whole sentences: each is about the thing at the head of its column."""
        for thing, cell in zip([self._corner, *self._columns], cells, strict=False):
            for part in enumerated(cell) if cell and not filler(cell) else ():
                yield Cell(
                    part if thing.casefold() in part.casefold() else _told(thing, part, thing + part), thing, thing
                )


def _is_facet(column: str) -> bool:
    """Return whether a column says a part of what there is to say of each row: 「表现」, "Remedies"."""
    label = read_label(column)
    return label.facet is not None and not label.subject


def _name_themselves(heads: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether each cell begins with the name of its column: "A list may change | A tuple may not"."""
    return len(row) == len(heads) and all(
        re.match(rf"(?:(?:an?|the) )?{re.escape(head)}s?.", cell, re.IGNORECASE) is not None
        for head, cell in zip(heads, row, strict=True)
    )


def _named_by_two(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first cells of rows recur, and name each row only together with the second."""
    first = [row[0] for row in rows]
    return len(set(first)) < len(first) and all(len(row) > 2 and is_term(row[0]) and is_term(row[1]) for row in rows)


def _tell_parts(heads: Sequence[str]) -> bool:
    """Return whether most rows of a table are parts of an answer by their heads: 「定义」, 「优点」, 「场景」."""
    found = sum(map(_is_facet, heads))
    return found > 1 and 2 * found > len(heads)


def _tells_of_two(row: Sequence[str]) -> bool:
    """Return whether both cells of a row say what a thing does or has."""
    return len(row) == 2 and (_paired(*row) or all(map(DOES.match, row)))


def _paired(left: str, right: str) -> bool:
    """Return whether two cells say of two things what each does or has: "Fewer parameters", "More parameters"."""
    return _COMPARED.match(left) is not None and (
        _COMPARED.match(right) is not None or left.split(maxsplit=1)[0] in right
    )


_COMPARED = re.compile(
    r"(?:used|fewer|more|less|cleaner|simpler|faster|slower|higher|lower|smaller|larger|easier|harder|better|worse"
    r"|makes?|assumes?|iterates?|executes?|creates?|returns?|stores?|runs?|uses?|needs?|requires?|supports?|allows?"
    r"|provides?|must|can|cannot|example:|small|large|high|low|rarely|often"
    r"|commonly) "
    r"|[a-z]{3,}(?:ed|s) (?:before|during|by|in|at|when|while|for|from|the|an?|only|all|each|every)\b",
    re.IGNORECASE,
)


def _told(thing: str, said: str, language: str) -> str:
    return f"{thing}{'：' if is_chinese(language) else ': '}{said}"


def _cells(block: Block) -> list[str]:
    return [cell.strip(" 。") for cell in block.text.strip("|").split("|")]


def without_results(answer: Sequence[Block]) -> list[Block]:
    """Return the blocks but the tables of measurements."""
    kept: list[Block] = []
    for is_table, group in groupby(answer, lambda block: block.kind is BlockKind.TABLE):
        rows = list(group)
        if not is_table or not are_results([_cells(row) for row in rows[1:]]):
            kept += rows
    return kept
