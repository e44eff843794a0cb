"""Where pages come from: templates that escape everything, refuse unknown names and allow themselves one style sheet.

The page's policy (CSP) forbids every request and every script, and allows exactly our style sheet, by its hash: a style
attribute or a `<style>` that came in with an answer would have no effect even if it were not escaped.
"""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.cells import cell_len, set_cell_size

from kaoguan import __version__, prompts
from kaoguan.models import Language
from kaoguan.report.html.highlights import SIGNS
from kaoguan.report.html.visible import pieces, visible
from kaoguan.report.phrases import Phrases

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, language: Language, **values: object) -> str:
    """Return `templates/<template>` filled with `values`.

    Every template also knows `say` and `progress_say` (words of prompts/<language>/page.yaml and progress.yaml),
    `phrases` (report.Phrases), `signs` (tone -> sign), `language`; and the filters `typed` (text as pieces, see
    `visible`), `number` (62.5, 60, –), `rounded` (to so many digits) and `short` (what has room over a bar on a phone).
    """
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"typed": pieces, "number": _number, "short": _short, "rounded": _rounded}
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
    return environment.get_template(template).render(values)


def _shown(value: object) -> object:
    # Markup (what a macro returns) was finalized piece by piece already.
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _number(score: float | None) -> str:
    return "–" if score is None else f"{score:g}"


def _rounded(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _short(name: str) -> str:
    # A phone has room for 18 full-width letters of this size beside the number.
    return set_cell_size(name, 35).rstrip() + "…" if cell_len(name) > 36 else name


def _hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
