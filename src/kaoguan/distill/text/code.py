"""Lines of a program that stand in a document without any mark around them."""

import re
from collections.abc import Sequence

from kaoguan.documents import Line
from kaoguan.text.script import HAN, count_han

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


# What only stands in a program: a docstring, a string as a line of its own, `x: str = …`, `return x`, `else:`.
_SYNTAX = re.compile(
    r"^(?:[rfb]{0,2}\"{3}|[rfb]{0,2}'{3}).*$|^[rfb]{0,2}([\"'])(?:(?!\1).)*\1\s*(?:[,:)\]}]+|[:,]\s*[\w\"'\[({].*)$"
    r"|^return(?: [\w.\[\](), =+*/'\":-]+)?$|^(?:else|try|finally)\s*:$|^@\w[\w.]*(?:\(.*\))?$"
    r"|^(?:pass|break|continue)$"
    r"|^\w+: ?[A-Z]\w*\[[\w, \[\]]+\] = \S.*$|^\w+: ?(?:str|int|float|bool|list|dict) = \S.*$"
    r"|^(?:[\w.]+, )*[\w.\[\]\"']+ [-+*/|]?=(?: [\[({])?$|^[A-Z]+_[A-Z_]+ = \S+$|^(?:f|r)?[\"'].*[\"'] for \w+ in \S+$"
    r"|^[\[({]?[\w.]+(?:\([^。，]*\))?(?: [-+*/%] [\w.()]+)* for \w+(?:, \w+)* in [\w.]+(?:\([^。，]*\))?[\])},]*$"
    r"|^(?:for|while|if|elif|with|def|class)\b[^。，]*\w[_.(\[][^。，]*:$"
    r"|^\w+=(?:[\"'\[{(].*|\w+[_.]\w+.*|\w+)[,)]+(?: .*)?$"
    r"|^(?:\w+_\w+, )+\w+(?:_\w+)?[)\]]+$|^[\])}]+[\w.()\[\]'\", ]*[:,]?$"
)


def code_lines(lines: Sequence[str]) -> set[int]:
    """Return the places of the lines that are statements of a program, and of the comments right above them."""
    found = {place for place, line in enumerate(lines) if _is_statement(line)}
    found |= _within_brackets(lines, found)
    below = False
    for place in range(len(lines) - 1, -1, -1):
        bare = lines[place].strip()
        if bare.startswith("# ") and below:
            found.add(place)
        below = place in found or (below and not bare)
    return found


def in_open_fences(lines: Sequence[Line]) -> set[int]:
    """Return the places of a fence that the text lost track of: from "```python" to where the next fence begins."""
    found: set[int] = set()
    first: int | None = None
    for place, line in enumerate(lines):
        fence = not line.code and _FENCE.match(line.text.strip())
        if first is not None and (line.code or (fence and not fence[1])):
            found.update(range(first, place + 1))
            first = None
        elif fence and fence[1] and first is None:
            first = place
    return found


_FENCE = re.compile(r"(?:```|~~~)\s*(\w*)\s*$")


def is_code(text: str) -> bool:
    """Return whether a line or a title is of a program, whatever stands around it."""
    bare = text.strip()
    return _SYNTAX.match(bare) is not None and not count_han(_STRINGS.sub("", bare))


_STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'")


def _within_brackets(lines: Sequence[str], statements: set[int]) -> set[int]:
    """Return the places of the lines up to the one that closes a bracket which a statement opens."""
    found: set[int] = set()
    for place in statements:
        depth = _depth(lines[place])
        for after in range(place + 1, min(place + _LONGEST_CALL, len(lines)) if depth > 0 else 0):
            if _WORDS.search(_STRINGS.sub("", lines[after])):
                break
            depth += _depth(lines[after])
            if depth <= 0:
                found.update(range(place + 1, after + 1))
                break
    return found


_LONGEST_CALL = 30


def _depth(line: str) -> int:
    """Return how many brackets a line opens and leaves open."""
    bare = _STRINGS.sub("", line)
    return sum(bare.count(one) for one in "([{") - sum(bare.count(one) for one in ")]}")


def _is_statement(line: str) -> bool:
    bare = line.strip()
    said = bare.partition("#")[0]
    if is_code(bare):
        return True
    return _STATEMENT.match(bare) is not None and not _WORDS.search(said) and _NAMES.search(bare) is not None
