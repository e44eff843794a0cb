"""Endpoints that misbehave, a hundred ways: how `kaoguan` ends with each. The modes are in `misbehaving/server.py`.

What is expected of a case stands beside it in `misbehaving/cases.py`. A case stands for its kind.
"""

import pytest

from .misbehaving.cases import CASES, Case, tried

# Those that wait for something take their time.
SLOW = {"sse_breaks", "error200_429", "error200_502_sometimes", "retry_after_2s", "keep_alive_blanks", "one_slot"}
SLOW |= {"keep_alive_comments", "keep_alive_short", "hybrid_500", "hybrid_503_page", "hybrid_hangs", "interview_500"}


def marked(case: Case) -> object:
    return pytest.param(case, id=case.name, marks=[pytest.mark.slow] if case.name in SLOW else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_misbehaving_endpoint_ends_as_its_row_says(case: Case) -> None:
    runs, faults = tried(case)  # type: ignore[no-untyped-call]
    assert faults == [], runs[-1].err[-2000:]
