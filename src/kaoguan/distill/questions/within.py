"""Sections within sections: what is defined or asked inside the answer to something else, or outside all."""

from collections.abc import Sequence

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.entries import entries
from kaoguan.distill.questions.inside import inside
from kaoguan.distill.questions.leftover import stretches
from kaoguan.distill.questions.listed import listed
from kaoguan.distill.questions.outline import Block, BlockKind
from kaoguan.distill.questions.sections import Section
from kaoguan.text.script import is_chinese


def with_inner(found: Sequence[Section], blocks: Sequence[Block]) -> list[Section]:
    """Return the sections in order, those within others or outside all as their own; what they tell goes with them.

    A title of which nothing is left is dropped: it stood above a glossary. Below a Q mark everything is the answer that
    the document says it is, but for what follows up.
    """
    every: list[Section] = []
    for section in found:
        marked = section.block.kind is BlockKind.ASK and not section.block.title
        inner, rest = _follow_ups(section) if marked else _inner(section.question, section.answer)
        if inner and not rest and len(inner) == 1 and demands(section.question, is_chinese(section.question)):
            every.append(section)  # 「先定位：……？」 leads on to the answer
        else:
            every += inner if inner and not rest else [section._replace(answer=tuple(rest)), *inner]
    for stretch in stretches(blocks, found):
        inner, rest = _inner(stretch.title, stretch.text)
        own = stretch.section(rest)
        every += [*inner, *([own] if own else [])]
    return sorted(every, key=lambda section: section.block.first)


def _follow_ups(section: Section) -> tuple[list[Section], Sequence[Block]]:
    return inside(section.answer, section.question, labelled=True)


def _inner(around: str, text: Sequence[Block]) -> tuple[list[Section], Sequence[Block]]:
    """Return the sections within a text, and the rest of it."""
    asked, rest = inside(text, around)
    found = [*asked]
    for inner in (entries, listed):
        made = inner(around, rest)
        gone = {line for one in made for line in range(one.block.first, one.answer[-1].last + 1)}
        rest = [block for block in rest if block.first not in gone]
        found += made
    return found, rest
