"""Trees as arrays: what scikit-learn fits, boosted or a forest, run by a few lines of numpy."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaoguan.grading.offline.background import Vectors


@dataclass(frozen=True)
class Trees:
    """All nodes of all trees in a row; a leaf is its own child. Tree t adds its leaf's value to class t mod classes."""

    names: tuple[str, ...]
    base: Vectors
    roots: NDArray[np.int32]
    signal: NDArray[np.int32]
    threshold: Vectors
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Vectors
    depth: int

    def probabilities(self, columns: Mapping[str, Vectors]) -> Vectors:
        """Return the probabilities of each row, shape (rows, classes)."""
        powers = np.exp(self.sums(np.stack([columns[name] for name in self.names], axis=1)))
        probabilities: Vectors = powers / powers.sum(axis=1, keepdims=True)
        return probabilities

    def sums(self, rows: Vectors) -> Vectors:
        """Return what the leaves of each row add up to, shape (rows, classes)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            chosen = np.take_along_axis(rows, self.signal[at], axis=1) <= self.threshold[at]
            at = np.where(chosen, self.left[at], self.right[at])
        sums: Vectors = self.value[at].reshape(len(rows), -1, len(self.base)).sum(axis=1) + self.base
        return sums
