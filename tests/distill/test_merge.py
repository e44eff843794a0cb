"""Three versions of a rubric become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoguan.distill.folder.merge import merge
from kaoguan.models import KeyPoint, Rubric

TEXTS = st.sampled_from(["动量", "裁剪", "预热", "正则"])
POINTS = st.lists(
    st.builds(
        KeyPoint,
        id=st.sampled_from(["p1", "p2", "p3", "p4"]),
        text=TEXTS,
        weight=st.sampled_from([1, 2, 3]),
        paraphrases=st.lists(TEXTS, unique=True).map(tuple),
    ),
    min_size=1,
    unique_by=lambda point: point.id,
).map(tuple)
RUBRICS = st.builds(
    Rubric,
    id=st.just("r"),
    language=st.just("zh"),
    topic=TEXTS,
    difficulty=st.integers(1, 5),
    question=TEXTS,
    reference_answer=TEXTS,
    key_points=POINTS,
    notes=st.lists(TEXTS, unique=True).map(tuple),
)


@given(RUBRICS, RUBRICS)
def test_without_hand_edits_the_new_version_comes_in_without_conflict(base: Rubric, theirs: Rubric) -> None:
    merged = merge(base, base, theirs)
    assert not merged.conflicts
    assert {p.id for p in merged.rubric.key_points} == {p.id for p in theirs.key_points} or (
        not {p.id for p in base.key_points} & {p.id for p in theirs.key_points}
    )
    assert merged.rubric.question == theirs.question


@given(RUBRICS, RUBRICS)
def test_without_a_change_in_the_document_the_hand_edits_stay_as_they_are(base: Rubric, ours: Rubric) -> None:
    merged = merge(base, ours, base)
    assert merged.rubric == ours
    assert not merged.conflicts


@pytest.mark.slow
@given(RUBRICS, RUBRICS, RUBRICS)
def test_no_hand_written_point_is_lost(base: Rubric, ours: Rubric, theirs: Rubric) -> None:
    known = {point.id for point in base.key_points}
    merged = merge(base, ours, theirs).rubric
    for point in ours.key_points:
        if point.id not in known:
            assert point in merged.key_points
