"""The folders that travel with kaoguan: `rubrics/` and `prompts/`, which people edit, and the `words/` of the screen.

In a wheel all three lie inside the package. An editable install and a checkout do not have the first two there
(hatchling's force-include reaches only built wheels), so the top of the checkout is the second place to look.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "_bundled", _PACKAGE.parents[1])

WORDS = _PACKAGE / "words"
"""What a person reads, `<language>/<name>.yaml` and `<language>/help/<topic>.md`."""


def folder(name: str) -> Path:
    """Return the folder `name` ("rubrics" or "prompts") that came with this installation."""
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"kaoguan was installed without its {name}/ folder")
