"""Trees as arrays: what scikit-learn fits, boosted or a forest, run by a few lines of numpy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Trees:
    """All nodes of all trees in a row; a leaf is its own child. Tree t adds its leaf's value to class t mod classes."""

    names: tuple[str, ...]
    base: Numbers
    roots: NDArray[np.int32]
    signal: NDArray[np.int32]
    threshold: Numbers
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Numbers
    depth: int

    def probabilities(self, columns: Mapping[str, Numbers]) -> Numbers:
        """Return the probabilities of each row, shape (rows, classes)."""
        powers = np.exp(self.sums(np.stack([columns[name] for name in self.names], axis=1)))
        probabilities: Numbers = powers / powers.sum(axis=1, keepdims=True)
        return probabilities

    def sums(self, rows: Numbers) -> Numbers:
        """Return what the leaves of each row add up to, shape (rows, classes)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            chosen = np.take_along_axis(rows, self.signal[at], axis=1) <= self.threshold[at]
            at = np.where(chosen, self.left[at], self.right[at])
        sums: Numbers = self.value[at].reshape(len(rows), -1, len(self.base)).sum(axis=1) + self.base
        return sums

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Trees":
        """Return the trees whose arrays bear this name in a file. Raises KeyError where one is missing."""
        return cls(
            names=tuple(str(signal) for signal in arrays[f"{name}_names"]),
            base=arrays[f"{name}_base"].astype(np.float32),
            roots=arrays[f"{name}_roots"].astype(np.int32),
            signal=arrays[f"{name}_signal"].astype(np.int32),
            threshold=arrays[f"{name}_threshold"].astype(np.float32),
            left=arrays[f"{name}_left"].astype(np.int32),
            right=arrays[f"{name}_right"].astype(np.int32),
            value=arrays[f"{name}_value"].astype(np.float32),
            depth=int(arrays[f"{name}_depth"].item()),
        )
