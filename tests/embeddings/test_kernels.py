"""Vectors do not depend on company, whichever kernel of the linear algebra the processor has."""

import os
import subprocess
import sys

import pytest

# Long and short texts, alone, together and the other way round, in a process of its own: the kernel is chosen at start.
SCRIPT = """
from pathlib import Path
import numpy as np
from kaoguan.embeddings.bundled import BundledEmbedder
embedder = BundledEmbedder(Path({cache!r}))
pieces = "梯度 消失 loss not 正则化 batch 过拟合 优化器 layer norm 学习率 收敛".split()
texts = ["".join(pieces[(i * k) % 12] for k in range(1, 12 + i % 9)) for i in range(40)]
together = embedder.encode(texts)
assert np.array_equal(np.concatenate([embedder.encode([text]) for text in texts]), together)
assert np.array_equal(embedder.encode(texts[::-1])[::-1], together)
print("same")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kernel", ["Haswell", "Zen", "SkylakeX", "Sandybridge"])
def test_company_changes_no_bit_with_any_kernel(kernel: str, tmp_path: os.PathLike[str]) -> None:
    # A kernel that the processor cannot run is replaced by one that it can.
    environment = os.environ | {"OPENBLAS_CORETYPE": kernel}
    script = SCRIPT.format(cache=str(tmp_path))
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "same"
