"""The folders that travel with kaoguan: `rubrics/` and `prompts/`.

In a wheel they lie inside the package. An editable install and a checkout do not have them there (hatchling's
force-include reaches only built wheels), so the top of the checkout is the second place to look.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "_bundled", _PACKAGE.parents[1])


def folder(name: str) -> Path:
    """Return the folder `name` ("rubrics" or "prompts") that came with this installation."""
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"kaoguan was installed without its {name}/ folder")
