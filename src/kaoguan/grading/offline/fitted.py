"""Fits of the user's own models, kept as one JSON file each in the folder of judges, with what they were measured at.

A fit belongs to the name it was made for, to the very weights behind it, and to the bundled judge that it stands
beside: where any of them has changed, it would mislead and is refused.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import ValidationError

from kaoguan import private
from kaoguan.errors import CalibrationError
from kaoguan.files.replacing import replacing
from kaoguan.grading.offline.second import JoiningMap
from kaoguan.models import Model

_ENDING = ".fit.json"
_SLUG = 60


class Agreement(Model):
    """How grades of answers to questions left out of fitting compare with people's; None where a figure does not exist.

    `kappa` and `accuracy` are of the labels of key points, `pearson` and `rmse` of scores, 0-10.
    """

    accuracy: float | None
    kappa: float | None
    pearson: float | None
    rmse: float | None


class Joining(Model):
    """The numbers of a `JoiningMap`: f columns, 4 labels."""

    centre: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]

    def map(self) -> JoiningMap:
        """Return the map as arrays."""
        return JoiningMap(*(np.array(part, np.float32) for part in (self.centre, self.scale, self.weights, self.bias)))


class Fit(Model):
    """A model of the user's own, fitted; `version` rises when the meaning of a field changes."""

    format: Literal["kaoguan-embedder"] = "kaoguan-embedder"
    version: Literal[1] = 1
    name: str
    """As it is typed after --embedder; a folder by its whole path."""
    kind: Literal["embedder", "cross-encoder"]
    id: str
    beside: Mapping[str, str]
    """Fingerprints of the bundled judge that it was fitted beside."""
    at: datetime
    quick: bool
    questions: int
    answers: int
    key_points: int
    seconds: float
    agreement: Agreement
    bundled: Agreement
    """Of the bundled judge alone, on the same answers."""
    joining: Joining

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with anything that was learned."""
        return hashlib.sha256(f"{self.id} {self.joining.model_dump_json()}".encode()).hexdigest()[:16]

    def check(self, id: str, beside: Mapping[str, str]) -> None:
        """Raise CalibrationError unless it was fitted for this very model beside this very judge."""
        what = ""
        if self.id != id:
            what = "was fitted with other weights than are there now"
        elif dict(self.beside) != dict(beside):
            what = "was fitted beside another version of the bundled judge"
        if what:
            raise CalibrationError(f"embedder {self.name!r}", what, f"fit it again: kaoguan embedders fit {self.name}")


def canonical(name: str) -> str:
    """Return the name under which a fit is kept: of a folder its whole path, else the name itself."""
    path = Path(name).expanduser()
    return str(path.resolve()) if path.is_dir() else name


def place(folder: Path, name: str) -> Path:
    """Return the file of the fit for the model with this name, there or not."""
    full = canonical(name)
    slug = re.sub(r"[^a-z0-9]+", "-", full.lower()).strip("-")[-_SLUG:]
    return folder / f"{slug}-{hashlib.sha256(full.encode()).hexdigest()[:8]}{_ENDING}"


def read(folder: Path, name: str) -> Fit:
    """Return the fit for the model with this name. Raises CalibrationError where there is none that can be used."""
    path = place(folder, name)
    if not path.is_file():
        what = "nothing was fitted for it yet, and another one's fit would mislead"
        raise CalibrationError(f"embedder {name!r}", what, f"fit it: kaoguan embedders fit {name}")
    return _read(path, name)


def every(folder: Path) -> list[Fit]:
    """Return all fits that can be read, by name."""
    found = []
    for path in sorted(folder.glob(f"*{_ENDING}")):
        try:
            found.append(_read(path, path.name))
        except CalibrationError:
            continue
    return sorted(found, key=lambda fit: fit.name)


def save(folder: Path, fit: Fit) -> Path:
    """Write the fit into the folder, in the place of an earlier one for the same name, and return its file."""
    private.folder(folder)
    path = place(folder, fit.name)
    with replacing(path, private=True) as file:
        file.write(fit.model_dump_json(indent=1) + "\n")
    return path


def _read(path: Path, name: str) -> Fit:
    try:
        return Fit.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        what = f"its fit {path} cannot be used"
        raise CalibrationError(f"embedder {name!r}", what, f"fit it again: kaoguan embedders fit {name}") from error
