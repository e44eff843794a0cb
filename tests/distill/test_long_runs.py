"""Lines that repeat one character for a long time: reading them must end, whatever the patterns look for in them."""

from pathlib import Path

import pytest

from kaoguan.documents import read
from tests.distill.documents import distiller

LINES = [
    "![{}-578627741](x.png)".format("1" * 400),
    "{}x](#a)".format("1" * 400),
    "B{}x".format(" " * 2_000),
    "{}(#a)".format("[" * 2_000),
    "| {} |".format("-|" * 1_000),
    "{}什么".format("的" * 2_000),
    "${}$".format("\\a{" * 700),
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:8])
def test_a_long_run_is_read_to_its_end(line: str, tmp_path: Path) -> None:
    path = tmp_path / "runs.md"
    path.write_text(f"## 什么是过拟合？\n\n过拟合是指模型在训练集上误差小，而在测试集上误差大。\n\n{line}\n", "utf-8")
    assert [rubric.question for rubric in distiller().distill([read(path)]).rubrics] == ["什么是过拟合？"]
