"""An embedder of your own, any object with `id` and `encode`: fitted once, then heard beside the bundled judge.

In the command line's words: `kaoguan embedders fit NAME`, for models that have a name.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kaoguan import Grader, fit, rubrics


class HashedPairs:
    """Counts pairs of characters in 256 boxes. Implements `kaoguan.Embedder`."""

    id = "example:hashed-pairs"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row per text, shape (len(texts), 256)."""
        rows = np.zeros((len(texts), 256), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in zip(f" {text}", f"{text} ", strict=True):
                row[zlib.crc32("".join(pair).encode()) % 256] += 1
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def main() -> None:
    """Fit it quickly, say what it is worth, and grade with it."""
    found = fit(HashedPairs(), quick=True)
    print(f"kappa {found.agreement.kappa:.3f}, beside the bundled judge's {found.bundled.kappa:.3f}")
    rubric = rubrics.load_bundled()["optimizer"]
    print(Grader.offline(HashedPairs()).grade(rubric, rubric.key_points[0].text).score)


if __name__ == "__main__":
    main()
