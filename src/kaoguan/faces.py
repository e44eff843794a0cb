"""Names that a package shows and imports only when they are used, so that importing the package costs nothing.

__getattr__ = face(__name__, {"Grader": "kaoguan.grading", …})
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def face(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`: it takes a name from its home, a home `.` being a module of the package."""

    def find(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{name}") if home == "." else getattr(import_module(home), name)

    return find
