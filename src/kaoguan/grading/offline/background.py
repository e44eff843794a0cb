"""What ordinary sentences, and those of the field, look like to an embedder: what every similarity is held against."""

from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def sentences() -> list[str]:
    """Return ordinary sentences on many topics, as `data/background.txt` lists them."""
    return _listed("background.txt")


def statements() -> list[str]:
    """Return statements from all over the field, as `data/field.txt` lists them."""
    return _listed("field.txt")


def _listed(name: str) -> list[str]:
    lines = files(__package__).joinpath("data", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@dataclass(frozen=True)
class Background:
    """The mean of the vectors of ordinary sentences; centred on it, these and the vectors of the field's statements."""

    mean: Vectors
    centred: Vectors
    field: Vectors

    @classmethod
    def of(cls, ordinary: Vectors, field: Vectors) -> "Background":
        """Return the background that these vectors of ordinary sentences and of the field's statements make."""
        mean = ordinary.mean(axis=0)
        return cls(mean, unit(ordinary - mean), unit(field - mean))

    def centre(self, vectors: Vectors) -> Vectors:
        """Return the vectors with what all sentences share taken out, as unit rows."""
        return unit(vectors - self.mean)

    def scale(self, anchors: Vectors, claims: NDArray[np.intp]) -> tuple[Vectors, Vectors]:
        """Return mean and spread of each claim's similarity to the background: that of the nearest of its anchors.

        The more and the shorter the anchors (centred vectors; `claims` says whose each is), the nearer is anything.
        """
        similarity = best_of(anchors @ self.centred.T, claims)
        return similarity.mean(axis=1), similarity.std(axis=1)


def unit(vectors: Vectors) -> Vectors:
    """Return the rows at length 1; a zero row stays zero."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    rows: Vectors = vectors / np.maximum(lengths, 1e-9)
    return rows


def best_of(rows: Vectors, owners: NDArray[np.intp]) -> Vectors:
    """Return for each owner 0, 1, … the highest of its rows, column by column; the first row of each is in order."""
    count = int(owners.max()) + 1
    best: Vectors = rows[:count].copy()
    np.maximum.at(best, owners[count:], rows[count:])
    return best
