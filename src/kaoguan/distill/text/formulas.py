"""Formulas in plain signs: LaTeX as someone would type it, `softmax(QK^T/√(d_k))V`."""

import re
from functools import cache
from typing import TYPE_CHECKING

from kaoguan.text import one_line
from kaoguan.text.script import HAN

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(?!\s*\d[\d.,]*\s)([^$]+?)\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]")
# `_{i=1}` loses its braces, and with them where the index ends.
_GROUP = re.compile(r"([_^])\s*\{([^{}]{2,40})\}")
# An accent over several signs: `\\hat{m_t}` is read as hat(m_t).
_ACCENT = re.compile(r"\\(?:wide)?(hat|bar|tilde|vec|overline)\s*\{([^{}]{2,20})\}")
_LONGEST = 2_000


def readable(text: str) -> str:
    """Return a line with each formula between dollar signs or \\( \\) in plain signs."""
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return text
    return _FORMULA.sub(lambda match: _plain(next(filter(None, match.groups()))), text)


def _plain(formula: str) -> str:
    formula = formula.strip()
    if len(formula) > _LONGEST or not re.search(r"[\\{]", formula):
        return formula
    formula = _bracketed(formula.replace("\\|", "‖").replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac"))
    formula = _ACCENT.sub(r" \1(\2)", formula)
    grouped = _GROUP.sub(lambda match: f"{match[1]}({match[2]})", formula.replace("\\,", " ").replace("\\!", ""))
    shown = one_line(_converter().latex_to_text(grouped))
    return re.sub(r"\s+", " ", shown).strip()


def _bracketed(formula: str) -> str:
    """Return a formula whose fractions keep what belongs together: `\\frac{a+b}{c d}` is (a+b)/(c d)."""
    for _ in range(_DEEPEST):
        if (match := _FRACTION.search(formula)) is None:
            break
        above, below = (f"({part})" if _SEVERAL.search(part.strip()) else part for part in match.groups())
        formula = f"{formula[: match.start()]}{above}/{below} {formula[match.end() :]}"
    return formula


# A fraction without another one inside; the inner ones come first.
_FRACTION = re.compile(r"\\frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SEVERAL = re.compile(r"[+\-*/·=‖]|(?<!^)(?<![_^\\A-Za-z{])[A-Za-z]|\\(?:cdot|times|sum|prod)|\s\S")
_DEEPEST = 20


def is_formula(text: str) -> bool:
    """Return whether a text is a formula and hardly any words."""
    words = re.findall(rf"[{HAN}]{{2,}}|(?<![\\A-Za-z])[A-Za-z]{{3,}}", text)
    signs = len(re.findall(r"[=≤≥<>≈∑∏∫√^_∈→+×·|∂∇]|\\[a-z]+", text))
    return signs > 0 and sum(map(len, words)) * 3 <= len(text) and len(words) <= 3


# 0.05 s to import, and few documents hold formulas.
@cache
def _converter() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True)
