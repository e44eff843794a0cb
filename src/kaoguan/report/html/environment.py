"""Where pages come from: templates that escape everything, refuse unknown names and allow themselves one style sheet.

The page's policy (CSP) forbids every request and every script, and allows exactly our style sheet, by its hash: a style
attribute or a `<style>` that came in with an answer would have no effect even if it were not escaped.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.cells import cell_len, set_cell_size

from kaoguan import __version__, prompts
from kaoguan.models import Language, Model
from kaoguan.report.html.highlights import SIGNS
from kaoguan.report.phrases import Phrases
from kaoguan.text.numbers import number, percent

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, language: Language, **values: object) -> str:
    """Return `templates/<template>` filled with `values`.

    Every template also knows `say` and `progress_say` (words/<language>/page.yaml and progress.yaml),
    `phrases` (report.Phrases), `signs` (tone -> sign), `language`; and the filters `typed` (text as pieces, see
    `visible`), `number` (62.5, 60, –), `rounded` (to so many digits) and `short` (what has room over a bar on a phone).
    """
    return _environment(language).get_template(template).render(values)


@cache
def _environment(language: Language) -> Environment:
    """Return what all pages of a language share: a thousand hand-outs read their templates once."""
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"typed": pieces, "number": number, "short": _short, "rounded": number, "percent": percent}
    environment.globals |= {
        "say": prompts.load("page", language).say,
        "progress_say": prompts.load("progress", language).say,
        "phrases": Phrases(language),
        "signs": SIGNS,
        "language": language,
        "style": style,
        "style_hash": _hash(style),
        "version": __version__,
    }
    return environment


def _shown(value: object) -> object:
    # Markup (what a macro returns) was finalized piece by piece already.
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _short(name: str) -> str:
    # A phone has room for 18 full-width letters of this size beside the number.
    return set_cell_size(name, 35).rstrip() + "…" if cell_len(name) > 36 else name


def _hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


# The only characters outside the categories below that take no room: fillers, a joiner and a blank Braille cell.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Controls, formats (bidirectional, zero width, tags), half characters, line and paragraph separators.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINER = "\u200d"
# Quick to scan for; what it finds is decided by category. Most texts hold none of these.
_SUSPECT = re.compile("[^\n\t\x20-\x7e\xa1-\xac\xae-\u034e\u3001-\u3163\u4e00-\u9fff\uff01-\uff9f]")


class Piece(Model):
    """A run of text, or one character that cannot be seen: then `code` is what to show for it (`U+202E`)."""

    text: str
    code: str = ""


def visible(text: str) -> str:
    """Return `text` with each character that cannot be seen written as `‹U+202E›`.

    It would reorder, hide or join text. Newline and tab stay, and so does the joiner inside an emoji (👩‍💻 is three
    characters), which changes nothing else.
    """
    if not _SUSPECT.search(text):
        return text
    return "".join(f"‹{piece.code}›" if piece.code else piece.text for piece in pieces(text))


def pieces(text: str) -> Iterator[Piece]:
    """Yield `text` in order; the pieces' texts together are `text`."""
    start = 0
    for suspect in _SUSPECT.finditer(text):
        at = suspect.start()
        if not _unseen(text, at):
            continue
        if start < at:
            yield Piece(text=text[start:at])
        yield Piece(text=text[at], code=f"U+{ord(text[at]):04X}")
        start = at + 1
    if start < len(text):
        yield Piece(text=text[start:])


def _unseen(text: str, at: int) -> bool:
    character = text[at]
    if character == _JOINER:
        return not (0 < at < len(text) - 1 and _pictured(text[at - 1]) and _pictured(text[at + 1]))
    return character in _BLANK or unicodedata.category(character) in _CATEGORIES


def _pictured(character: str) -> bool:
    # Emoji, their skin tones, and the sign that asks for the coloured form.
    return unicodedata.category(character) in ("So", "Sk") or character == "\ufe0f"
