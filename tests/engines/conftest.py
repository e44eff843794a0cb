from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kaoguan.engines import Run, RunSummary, engine
from kaoguan.engines.run import OutputFormat
from kaoguan.files import open_answers
from kaoguan.grading import Grader
from kaoguan.models import Rubric
from kaoguan.testing import KeywordJudge, make_rubric
from tests.engines import refuse_stdin

MAKE_GRADER = partial(Grader, KeywordJudge())

GradeFile = Callable[..., RunSummary]


def rubric(id_: str, *points: str) -> Rubric:
    return make_rubric(*points, id=id_)


@pytest.fixture
def bank() -> dict[str, Rubric]:
    return {
        "fitting": rubric("fitting", "欠拟合是训练误差大", "过拟合是测试误差大"),
        "optimizer": rubric("optimizer", "更新参数", "减小损失", "利用梯度"),
    }


@pytest.fixture
def grade_file(bank: dict[str, Rubric]) -> GradeFile:
    """Grade a file with the keyword judge into OUT."""

    def run(source: Path, out: Path, output_format: OutputFormat = "jsonl") -> RunSummary:
        with open_answers(str(source), refuse_stdin()) as answers:
            return Run(answers, bank, engine.local(MAKE_GRADER, bank)).to_file(out, output_format)

    return run
