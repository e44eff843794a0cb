from collections.abc import Mapping

import pytest
from hypothesis import settings

from kaoguan.models import Misconception, Rubric
from kaoguan.testing import make_rubric

# A busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def _rubric(id_: str) -> Rubric:
    return make_rubric(
        ("甲", 3),
        "乙",
        id=id_,
        question=f"什么是{id_}？",
        reference_answer="甲；乙",
        misconceptions=(Misconception(id="m1", text="丙"),),
    )


@pytest.fixture
def bank() -> Mapping[str, Rubric]:
    return {id_: _rubric(id_) for id_ in ("one", "two", "three")}
