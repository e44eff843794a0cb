"""Grading on a Ray cluster gives what this machine alone gives."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from kaoguan.engines import engine
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.engines.ray_cluster import on_cluster
from kaoguan.errors import ProviderError
from kaoguan.models import Rubric
from tests.engines.conftest import MAKE_GRADER
from tests.engines.test_engine import submissions


@pytest.mark.real_model
def test_a_cluster_gives_what_one_process_gives_and_what_is_kept_is_not_graded_again(
    bank: dict[str, Rubric], tmp_path: Path
) -> None:
    pytest.importorskip("ray", reason="needs kaoguan[ray]")
    alone = list(engine.local(MAKE_GRADER, bank, processes=1)(submissions(bank, 150)))
    with GradeCache(tmp_path / "grades.db") as kept:
        assert list(on_cluster(MAKE_GRADER, bank, address=None, cache=kept)(submissions(bank, 150))) == alone
        assert list(on_cluster(MAKE_GRADER, bank, address=None, cache=kept)(submissions(bank, 150))) == alone


@pytest.mark.real_model
def test_a_cluster_that_is_not_there_is_a_provider_error(bank: dict[str, Rubric]) -> None:
    pytest.importorskip("ray", reason="needs kaoguan[ray]")
    with pytest.raises(ProviderError, match="there is no cluster"):
        on_cluster(MAKE_GRADER, bank, address="nonsense")


@pytest.mark.skipif(bool(find_spec("ray")), reason="Ray is installed")
def test_without_ray_it_says_how_to_get_it(bank: dict[str, Rubric]) -> None:
    with pytest.raises(ProviderError, match="pip install"):
        on_cluster(MAKE_GRADER, bank, address=None)
