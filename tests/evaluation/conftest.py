from collections.abc import Mapping

import pytest
from hypothesis import settings

from kaoguan.models import KeyPoint, Misconception, Rubric

# A busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def _rubric(id_: str) -> Rubric:
    return Rubric(
        id=id_,
        language="zh",
        topic=id_,
        difficulty=1,
        question=f"什么是{id_}？",
        reference_answer="甲；乙",
        key_points=(KeyPoint(id="p1", text="甲", weight=3), KeyPoint(id="p2", text="乙", weight=1)),
        misconceptions=(Misconception(id="m1", text="丙"),),
    )


@pytest.fixture
def bank() -> Mapping[str, Rubric]:
    return {id_: _rubric(id_) for id_ in ("one", "two", "three")}
