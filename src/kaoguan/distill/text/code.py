"""Lines of a program that stand in a document without any mark around them."""

import re
from collections.abc import Sequence

from kaoguan.text.script import HAN

_STATEMENT = re.compile(
    r"^(?:def|class) \w+[(:]|^import [\w.]+(?: as \w+)?$|^from [\w.]+ import "
    r"|^for \w+(?:, ?\w+)* in [^。，]*:\s*(?:#.*)?$|^(?:while|if|elif|with|try|else|except)\b[^。，]*:\s*(?:#.*)?$"
    r"|^[\w.\[\], ]+ (?:[-+*/@|&]?=) \S.*[\w)\]}'\"(](?:\s*#.*)?$"
    r"|^[\w.]+\([^。，]*\)\s*(?:#.*)?$|^\w+=[\w.()\[\]'\"]+,?$|^\)+[\w.()\[\], ]*(?:\s*#.*)?$"
    r"|^#include|^using namespace|^std::"
)
_WORDS = re.compile(rf"[{HAN}]|[A-Za-z]{{2,}} [a-z]{{2,}} [a-z]{{2,}} [a-z]{{2,}}")
# What no formula holds: `tf.tile`, `head_num`, `self`.
_NAMES = re.compile(
    r"[a-z]{2,}\.[a-z_]\w+|[a-z]{2,}_[a-z]{2,}|\bself\b|^(?:def|class|for|import|from|while|using|std|#)|^\)"
)


def code_lines(lines: Sequence[str]) -> set[int]:
    """Return the places of the lines that are statements of a program, and of the comments right above them."""
    found = {place for place, line in enumerate(lines) if _is_statement(line)}
    below = False
    for place in range(len(lines) - 1, -1, -1):
        bare = lines[place].strip()
        if bare.startswith("# ") and below:
            found.add(place)
        below = place in found or (below and not bare)
    return found


def _is_statement(line: str) -> bool:
    bare = line.strip()
    said = bare.partition("#")[0]
    return _STATEMENT.match(bare) is not None and not _WORDS.search(said) and _NAMES.search(bare) is not None
