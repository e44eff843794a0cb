"""Formulas in plain signs: LaTeX as someone would type it, `softmax(QK^T/√(d_k))V`."""

import re
from functools import cache
from typing import TYPE_CHECKING

from kaoguan.text import one_line
from kaoguan.text.script import HAN

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_FORMULA = re.compile(
    r"\$\$(.+?)\$\$|(?<![\\$])\$(?!\s*\d[\d.,]*\s(?!\s*[-<>=+*/\\^]))([^$]+?)\$(?!\d)|\\{1,2}\((.+?)\\{1,2}\)|\\{1,2}\[(.+?)\\{1,2}\]"
)
# `_{i=1}` loses its braces, and with them where the index ends; `_{model}` and `^{(t)}` end by themselves.
_GROUP = re.compile(r"([_^])\s*\{([^{}]{2,40})\}(?=(?P<more>\s*[A-Za-z0-9])?)")
_ENDS_ITSELF = re.compile(r"\w+|\([^()]*\)|\[[^\[\]]*\]")
# `d^2_{model}`: a power that stands before its index would take the index up with it.
_POWER_FIRST = re.compile(r"\^(\w|\{\w+\})_(\w|\{[\w,]+\})")
# An accent over several signs: `\\hat{m_t}` is read as hat(m_t).
_ACCENT = re.compile(r"\\(?:wide)?(hat|bar|tilde|vec|overline)\s*\{((?:[^{}]|\{[^{}]{1,10}\}){2,20})\}")
# `p_i\\log q_i` is no "p_ilogq_i".
_FUNCTION = re.compile(r"\\(?:log|ln|exp|sin|cos|tan|tanh|max|min)(?![a-z])")
# What authors write for signs that have other names: `\\hat(y)`, `\\underset{n}{\\lim}`, `\\infin`.
_OTHER_NAMES = (
    (re.compile(r"\\(hat|bar|tilde|vec)\((\w)\)"), r"\\\1{\2}"),
    (re.compile(r"\\underset\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"\2_{\1}"),
    (re.compile(r"\\infin(?![a-z])"), r"\\infty"),
    # A number of choices is no fraction and no product.
    (re.compile(r"\\[dt]?binom\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}"), r"C(\1, \2)"),
    (re.compile(r"\\[dt]?binom\s*(\w)\s*(\w)"), r"C(\1, \2)"),
    (re.compile(r"\{\s*([^{}\\]*?)\s*\\choose\s*([^{}\\]*?)\s*\}"), r"C(\1, \2)"),
    (re.compile(r"\\top(?![a-z])"), "T"),
    (re.compile(r"\\operatorname\*?\s*\{\s*arg\s*(?:\\,)?\s*\\?(min|max)\s*\}"), r"\\text{arg\1}"),
    (re.compile(r"\\arg\s*(?:\\,)?\s*\\?(min|max)(?![a-z])"), r"\\text{arg\1}"),
    (re.compile(r"\\mbox(?=\s*\{)"), r"\\text"),
)
# The number of an equation and the marks that set several lines of it under each other are nothing that is said.
_SET = re.compile(r"\\(?:tag\*?|label|eqref)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|limits)\b")
_ALIGNED = re.compile(r"\\(?:begin|end)\s*\{(?:aligned|align|split|gathered|gather|equation|eqnarray)\*?\}")
_CASES = re.compile(r"\\(?:begin|end)\s*\{cases\}")
_LONGEST = 2_000
# Stand for formulas while the text around them is read; no text holds them.
_FIRST = 0xE000


def apart(text: str) -> tuple[str, list[str]]:
    """Return a line with one sign for each formula between dollar signs or \\( \\), and the formulas in plain signs."""
    found: list[str] = []
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return text, found

    def sign(match: re.Match[str]) -> str:
        inner = next(filter(None, match.groups()))
        found.append(_plain(inner))
        glued = inner[:1].isspace() and _WORD_END.search(text, 0, match.start()) is not None
        return " " * glued + chr(_FIRST + len(found) - 1)

    return _FORMULA.sub(sign, text), found


# "the hypothesis$ H_0$": the author's space stands within the marks.
_WORD_END = re.compile(r"[A-Za-z0-9]\Z")


def together(text: str, formulas: list[str]) -> str:
    """Return a line with its formulas in their places."""
    for place, formula in enumerate(formulas):
        text = text.replace(chr(_FIRST + place), formula)
    return text


def _plain(formula: str) -> str:
    formula = _SET.sub(" ", formula).strip()
    if _ALIGNED.search(formula):
        formula = re.sub(r"(?<!\\)&", "", _ALIGNED.sub(" ", formula))
    if "cases}" in formula:  # its lines are values, each with its condition
        formula = re.sub(r"(?<!\\)&", " ", _CASES.sub(" ", formula)).replace("\\\\", ", ")
    formula = re.sub(r"\\\\(?![A-Za-z]*\{)\s*|(?<!\\)~", " ", formula).strip()
    if len(formula) > _LONGEST or not re.search(r"[\\{]", formula):
        return formula
    for pattern, name in _OTHER_NAMES:
        formula = pattern.sub(name, formula)
    formula = _FUNCTION.sub(_spaced, formula)
    formula = _POWER_FIRST.sub(r"_\2^\1", formula)
    formula = _bracketed(formula.replace("\\|", "‖").replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac"))
    formula = _ACCENT.sub(r" \1(\2)", formula)
    grouped = _GROUP.sub(_grouped, formula.replace("\\,", " ").replace("\\!", ""))
    shown = one_line(_converter().latex_to_text(grouped))
    return re.sub(r"\s+", " ", shown).strip()


def _spaced(match: re.Match[str]) -> str:
    """Return the name of a function apart from the letters before and behind it."""
    before = _LETTER.match(match.string, match.start() - 1) if match.start() else None
    behind = _LETTER_NEXT.match(match.string, match.end())
    return f"{_SPACE if before else ''}{match[0]}{_SPACE if behind else ''}"


_SPACE = "\\ "
_LETTER = re.compile(r"[A-Za-z0-9})]")
_LETTER_NEXT = re.compile(r"\s*(?:[A-Za-z]|\\(?!left|big)[a-z])")


def _grouped(match: re.Match[str]) -> str:
    sign, inner = match[1], match[2].strip()
    return f"{sign}{inner}" if _ENDS_ITSELF.fullmatch(inner) and not match["more"] else f"{sign}({inner})"


def _bracketed(formula: str) -> str:
    """Return a formula whose fractions keep what belongs together: `\\frac{a+b}{c d}` is (a+b)/(c d)."""
    for _ in range(_DEEPEST):
        if (match := _FRACTION.search(formula)) is None:
            break
        above, below = (
            f"({part})" if _SEVERAL.search(part.strip()) and not _CALL.fullmatch(part.strip()) else part
            for part in match.groups()
        )
        times = "·" if _FACTOR.search(formula, 0, match.start()) else ""
        formula = f"{formula[: match.start()]}{times}{above}/{below} {formula[match.end() :]}"
    return formula


# A fraction without another one inside; the inner ones come first.
_FRACTION = re.compile(r"\\frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SEVERAL = re.compile(
    r"[+\-*/·=‖]|(?<!^)(?<![_^\\A-Za-z{])[A-Za-z]|\\(?:cdot|times|sum|prod)|\s\S"
    r"|(?<=[A-Za-z0-9)}\]])(?<!hat)(?<!bar)(?<!tilde)(?<!vec)(?<!mathbf)(?<!bm)\\[A-Za-z]+"
)
# `100\frac{1}{2}` is no "1001/2".
_FACTOR = re.compile(r"\d\s*\Z")
# "p(x)" is one thing.
_CALL = re.compile(r"\\?[A-Za-z]+(?:_\w|_\{\w+\})?\([^()]*\)")
_DEEPEST = 20


def is_formula(text: str) -> bool:
    """Return whether a text is a formula and hardly any words."""
    words = re.findall(rf"[{HAN}]{{2,}}|(?<![\\A-Za-z])[A-Za-z]{{3,}}", text)
    signs = len(re.findall(r"[=≤≥<>≈∑∏∫√^_∈→+×·|∂∇]|\\[a-z]+", text))
    return signs > 0 and sum(map(len, words)) * 3 <= len(text) and len(words) <= 3


def has_words(text: str) -> bool:
    """Return whether words stand in a text, and not only the signs of a formula."""
    return re.search(rf"[{HAN}]|[A-Za-z]{{4,}} [A-Za-z]{{3,}}", text) is not None


def is_law(text: str) -> bool:
    """Return whether a text is a formula alone that may be the formula of a thing.

    No calculation with numbers, no row of letters, and nothing that only says what a letter is: "x = [1 2]".
    """
    if not is_formula(text) or has_words(text) or computes(text):
        return False
    left = text.partition("=")[0].strip()
    return not re.match(r"\d", left) and not (re.fullmatch(r"[A-Za-zα-ω]", left) and re.search(r"=\s*[\[{(]", text))


def computes(text: str) -> bool:
    """Return whether a formula is a calculation with numbers, and no law."""
    return len(re.findall(r"\d", text)) > len(re.findall(r"[A-Za-zα-ωΑ-Ω]", text))


# 0.05 s to import, and few documents hold formulas.
@cache
def _converter() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True)
