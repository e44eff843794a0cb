"""Grading on a Ray cluster: Ray Data spreads the answers over grader actors on all nodes, and sees to lost ones.

Checking the file, keeping grades and writing them stays with the process that was started, so rows, rejects, order and
resuming are those of `local`. Ray restarts actors and repeats their work when a worker or a node is lost.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kaoguan.engines.engine import Engine, Graded
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.errors import ProviderError
from kaoguan.grading import Grader
from kaoguan.models import Grade, Rubric, Submission
from kaoguan.text import one_line

# Half a second's work for an offline judge: what is lost with a node is little, what handing over costs less.
_BATCH = 16
# Blocks are what Ray moves, repeats and keeps in order; many small ones keep all actors busy to the end.
_BLOCK = 64


def on_cluster(
    make_grader: Callable[[], Grader],
    rubrics: Mapping[str, Rubric],
    *,
    address: str | None,
    cache: GradeCache | None = None,
) -> Engine:
    """Return an engine on the Ray cluster at `address`; None starts one on this machine. It runs once.

    Raises ProviderError when Ray is not installed or the cluster cannot be reached.
    """
    ray = _started(address)
    identity = make_grader().identity
    keys = cache.keys(identity, rubrics) if cache else None

    def engine(submissions: Iterable[Submission]) -> Iterator[Graded]:
        everything = list(submissions)
        known = [cache.get(keys(one)) if cache and keys else None for one in everything]
        missing = [one for one, grade in zip(everything, known, strict=True) if grade is None]
        made = _graded(ray, make_grader, rubrics, missing)
        for submission, grade in zip(everything, known, strict=True):
            if grade is None:
                fresh = next(made)
                if cache and keys:
                    cache.put(keys(submission), fresh)
                yield submission, fresh
            else:
                yield submission, grade.model_copy(update={"id": submission.id})

    return engine


def _started(address: str | None) -> Any:
    try:
        # 3 s and 300 MB: an extra, for those who have a cluster.
        import ray
        import ray.data
    except ImportError as error:
        raise ProviderError("--engine ray", "Ray is not installed", "pip install 'kaoguan[ray]'") from error
    logging.getLogger("ray").setLevel(logging.WARNING)
    try:
        own = {} if address else {"include_dashboard": False}
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, ignore_reinit_error=True, **own)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        what = f"there is no cluster ({one_line(str(error))[:200]})"
        mend = "start one with `ray start --head`, or leave --ray-address out"
        raise ProviderError("--ray-address " + (address or "(this machine)"), what, mend) from error
    # Its own progress would stand between ours.
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    return ray


def _graded(
    ray: Any, make_grader: Callable[[], Grader], rubrics: Mapping[str, Rubric], submissions: list[Submission]
) -> Iterator[Grade]:
    if not submissions:
        return
    items = [{"submission": one.model_dump_json()} for one in submissions]
    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    dataset = ray.data.from_items(items, override_num_blocks=max(1, -(-len(items) // _BLOCK))).map_batches(
        GraderActor,
        fn_constructor_args=(make_grader, dict(rubrics)),
        batch_size=_BATCH,
        concurrency=(1, cores),
        num_cpus=1,
    )
    try:
        for row in dataset.iter_rows():
            yield Grade.model_validate_json(row["grade"])
    except ray.exceptions.RayError as error:
        what = f"the cluster gave up ({str(error).splitlines()[0]})"
        raise ProviderError("--engine ray", what, "run again: what is graded is kept") from error


class GraderActor:
    """A process of the cluster with a grader of its own."""

    def __init__(self, make_grader: Callable[[], Grader], rubrics: dict[str, Rubric]) -> None:
        self._grader = make_grader()
        self._rubrics = rubrics

        from threadpoolctl import threadpool_limits  # here, where numpy is loaded anyway

        # As on one machine: sums over several threads differ in their last bits.
        threadpool_limits(1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Return the grades of some submissions, as JSON."""
        return {"grade": [self._grade(str(text)) for text in batch["submission"]]}

    def _grade(self, text: str) -> str:
        submission = Submission.model_validate(json.loads(text))
        rubric = self._rubrics[submission.rubric_id]
        return self._grader.grade(rubric, submission.answer, id=submission.id).model_dump_json()
