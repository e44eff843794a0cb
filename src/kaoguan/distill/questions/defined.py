"""Titles of a document whose sections do not speak of them: the parts of a design, a plan or a diary.

Notes say of their titles what these are, and use their words: "Dropout" stands above "Dropout leaves out …". Where
most sections never use a word of their title ("Goals", "Latency", 「某公司一面」), the titles only file what is below,
and an interviewer would ask for none of them but those that name a thing on their own.
"""

import re
from collections.abc import Sequence

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.questions.worded import is_myth
from kaoguan.distill.text.facets import read_label
from kaoguan.text.overlap import containment
from kaoguan.text.script import count_han, is_chinese
from kaoguan.text.terms import is_term

# Fewer titles show no habit.
_FEWEST = 8
_MOST = 0.5
# "DPO", "LightGBM", "word2vec"
_ABBREVIATION = re.compile(r"\w*(?:[A-Z]\w*[A-Z]|\d[a-z]|[a-z]\d)\w*")


def only_file(sections: Sequence[Section]) -> set[int]:
    """Return the first lines of the sections whose titles only file what is below them."""
    titled = [one for one in sections if one.answer and not demands(one.question, is_chinese(one.question))]
    silent = sum(not _speaks(one) for one in titled)
    if len(titled) < _FEWEST or silent < _MOST * len(titled):
        return set()
    return {one.block.first for one in titled}


def _speaks(section: Section) -> bool:
    """Return whether a section uses any word of its title."""
    return containment(" ".join(block.text for block in section.answer), section.question) > 0


def names_itself(title: str, chinese: bool) -> bool:
    """Return whether a title names something to ask for: two things, what is said of one, abbreviations.

    In a Chinese document a name in Latin letters is one of the field.
    """
    label = read_label(title)
    if len(sides(title)) > 1 or (label.facet is not None and is_term(label.subject)):
        return True
    if is_myth(title) or demands(title, chinese):
        return True
    if chinese and not count_han(title):
        return is_term(title)
    return all(_ABBREVIATION.fullmatch(word) for word in re.split(r"[\s/、，,&+-]+", title) if word)
