"""Endpoints that misbehave, four hundred ways: how `kaoguan` ends with each.

The modes are in `misbehaving/server.py`, what is expected of them in `misbehaving/cases.py`. More of the same kinds are
listed in `misbehaving/variants.py`; those that once failed run by default.
"""

import pytest

from .misbehaving.cases import CASES, Case, tried
from .misbehaving.variants import ONCE_FAILED, VARIANTS

# Those that wait for something take their time.
SLOW = {"sse_breaks", "error200_429", "error200_502_sometimes", "retry_after_2s", "keep_alive_blanks", "one_slot"}
SLOW |= {"keep_alive_comments", "keep_alive_short", "hybrid_500", "hybrid_503_page", "hybrid_hangs", "interview_500"}


def marked(case: Case) -> object:
    slow = case.name in SLOW if case in CASES else case.name not in ONCE_FAILED
    return pytest.param(case, id=case.name, marks=[pytest.mark.slow] if slow else [])


@pytest.mark.parametrize("case", [marked(case) for case in [*CASES, *VARIANTS]])
def test_a_misbehaving_endpoint_ends_as_its_row_says(case: Case) -> None:
    runs, faults = tried(case)  # type: ignore[no-untyped-call]
    assert faults == [], runs[-1].err[-2000:]
