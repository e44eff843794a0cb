"""The learned part: from signals to probabilities, by small neural networks and trees whose weights are data.

`data/<embedder>.npz` is written by `benchmarks/offline/fit.py` and belongs to one embedder; nothing in it is code.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kaoguan.errors import CalibrationError
from kaoguan.grading.offline.background import Background, Vectors
from kaoguan.grading.offline.head import Head, softmax
from kaoguan.grading.offline.learned import learned
from kaoguan.models import Rubric
from kaoguan.trees import Trees

# Rises when the meaning of a stored array changes; a file of another version is refused.
FORMAT = 7

_ANEW = "make it anew with benchmarks/offline/fit.py"

# Signals further out than this many standard deviations were never seen in fitting.
_FURTHEST = 4.0


@dataclass(frozen=True)
class Bag:
    """Networks with one hidden layer, b of them: f signals → h units → c classes; their probabilities are averaged."""

    names: tuple[str, ...]
    centre: Vectors
    scale: Vectors
    hidden: Vectors
    hidden_bias: Vectors
    out: Vectors
    out_bias: Vectors

    def probabilities(self, columns: Mapping[str, Vectors]) -> Vectors:
        """Return the probabilities of each network, shape (networks, rows, classes)."""
        rows = np.stack([columns[name] for name in self.names], axis=1)
        rows = np.clip((rows - self.centre) / self.scale, -_FURTHEST, _FURTHEST).astype(np.float32)
        hidden = np.maximum(np.einsum("nf,bfh->bnh", rows, self.hidden) + self.hidden_bias[:, None], 0)
        logits = np.einsum("bnh,bhc->bnc", hidden, self.out) + self.out_bias[:, None]
        return softmax(logits)


@dataclass(frozen=True)
class Weighing:
    """How signals and reader are weighed, what tells a stated misconception, and what makes a ruling doubtful."""

    head: Head
    stated: Vectors
    doubt: Vectors
    doubt_threshold: float


@dataclass(frozen=True)
class Model:
    """Everything learned for one embedder.

    `learned_marks` are of the key points that networks, trees and reader have learned answers to. `on_learned` weighs
    what they say of other answers to these, `on_new` what they say of everything else.
    """

    embedder: str
    fingerprint: str
    background: Background
    points: Bag
    trees: Trees
    misconceptions: Bag
    on_new: Weighing
    on_learned: Weighing
    fitted_on: frozenset[str]
    learned_marks: frozenset[int]

    def weighing(self, rubric: Rubric) -> Weighing:
        """Return how signals and reader are weighed for a rubric."""
        return self.on_learned if learned(rubric, self.learned_marks) else self.on_new

    def opinion(self, columns: Mapping[str, Vectors]) -> Vectors:
        """Return what the signals alone make of key points, (points, labels): networks and trees count the same."""
        return _opinion(self.points, self.trees, columns)

    def said(self, columns: Mapping[str, Vectors]) -> Vectors:
        """Return how likely the networks think that each misconception is stated, (misconceptions,)."""
        return _said(self.misconceptions, columns)

    @staticmethod
    def signals_of(arrays: Mapping[str, NDArray[np.generic]], columns: Mapping[str, Vectors]) -> Vectors:
        """Return what networks and trees in these arrays make of key points: for fitting, where no head is yet."""
        return _opinion(_bag(arrays, "points"), Trees.of(arrays, "trees"), columns)

    @staticmethod
    def said_of(arrays: Mapping[str, NDArray[np.generic]], columns: Mapping[str, Vectors]) -> Vectors:
        """Return what networks in these arrays say of misconceptions: for fitting, as above."""
        return _said(_bag(arrays, "misconceptions"), columns)

    @classmethod
    def read(cls, path: Path | Traversable, where: str) -> "Model":
        """Return the model stored in an `.npz` file. Raises CalibrationError when it is not one of ours."""
        content = path.read_bytes()
        try:
            with np.load(BytesIO(content), allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            return cls._of(arrays, hashlib.sha256(content).hexdigest()[:16], where)
        except (ValueError, KeyError, OSError) as error:
            raise CalibrationError(where, f"is not a calibration ({error})", _ANEW) from error

    @classmethod
    def _of(cls, arrays: Mapping[str, NDArray[np.generic]], fingerprint: str, where: str) -> "Model":
        if arrays["format"].item() != FORMAT:
            raise CalibrationError(where, f"has format {arrays['format'].item()}, not {FORMAT}", _ANEW)
        return cls(
            embedder=str(arrays["embedder"]),
            fingerprint=fingerprint,
            background=Background.of(arrays["background"].astype(np.float32), arrays["field"].astype(np.float32)),
            points=_bag(arrays, "points"),
            trees=Trees.of(arrays, "trees"),
            misconceptions=_bag(arrays, "misconceptions"),
            on_new=_weighing(arrays, "new"),
            on_learned=_weighing(arrays, "learned"),
            fitted_on=frozenset(str(question) for question in arrays["fitted_on"]),
            learned_marks=frozenset(arrays["learned_marks"].tolist()),
        )


def load(embedder: str, own: Path | None = None) -> Model:
    """Return the model fitted for this embedder: the package's, or one in the folder `own`. Raises CalibrationError."""
    name = file_name(embedder)
    places = [files(__package__).joinpath("data", name), *([own / name] if own else [])]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise CalibrationError(
            f"offline judge with embedder {embedder}",
            "nothing was calibrated for this embedder, and another one's calibration would mislead",
            "use --embedder bundled, or fit a judge for it: benchmarks/offline/README.md",
        )
    model = Model.read(path, str(path))
    if model.embedder != embedder:
        raise CalibrationError(str(path), f"belongs to embedder {model.embedder}, not {embedder}", _ANEW)
    return model


def file_name(embedder: str) -> str:
    """Return the name of the file that holds the calibration of this embedder."""
    return re.sub(r"[^a-z0-9.]+", "-", embedder.lower()) + ".npz"


def _said(bag: Bag, columns: Mapping[str, Vectors]) -> Vectors:
    if not len(columns["own"]):
        return np.zeros(0, np.float32)
    likely: Vectors = bag.probabilities(columns).mean(axis=0)[:, 1]
    return likely


def _opinion(bag: Bag, trees: Trees, columns: Mapping[str, Vectors]) -> Vectors:
    opinion: Vectors = (bag.probabilities(columns).mean(axis=0) + trees.probabilities(columns)) / 2
    return opinion


def _bag(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Bag:
    def numbers(part: str) -> Vectors:
        return arrays[f"{name}_{part}"].astype(np.float32)

    return Bag(
        names=tuple(str(signal) for signal in arrays[f"{name}_names"]),
        centre=numbers("centre"),
        scale=numbers("scale"),
        hidden=numbers("hidden"),
        hidden_bias=numbers("hidden_bias"),
        out=numbers("out"),
        out_bias=numbers("out_bias"),
    )


def _weighing(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Weighing:
    def numbers(part: str) -> Vectors:
        return arrays[f"{name}_{part}"].astype(np.float32)

    trees = Trees.of(arrays, f"{name}_trees")
    head = Head(numbers("centre"), numbers("scale"), numbers("weights"), numbers("bias"), trees)
    return Weighing(head, numbers("stated"), numbers("doubt"), float(arrays[f"{name}_doubt_threshold"].item()))
