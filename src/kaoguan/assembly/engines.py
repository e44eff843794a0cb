"""Where the work is done: from who rules and what an account allows to an engine.

with engine("local", judging("auto"), rubrics) as work:
    for submission, grade in work.engine(submissions): …
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from kaoguan.assembly.judges import Judging
from kaoguan.engines import engine as engines
from kaoguan.engines.engine import Engine
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.engines.processes import Processes
from kaoguan.errors import SettingError
from kaoguan.models import JudgeName, Rubric, Usage


class Account(NamedTuple):
    """What asking a language model may come to."""

    concurrency: int | None = None
    """Requests under way at once. None: 32, and on a machine of one's own as many as it turns out to bear."""
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    max_cost: float | None = None
    ray_address: str | None = None


class Work(NamedTuple):
    """An engine, and what it has spent so far: None where nothing is paid for."""

    engine: Engine
    spent: Callable[[], Usage] | None = None


@contextmanager
def engine(
    name: str,
    who: Judging,
    rubrics: Mapping[str, Rubric],
    account: Account | None = None,
    cache: GradeCache | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Iterator[Work]:
    """Give the engine of this name: local, openai-batch or ray. `tell` hears how batches stand. Raises KaoguanError."""
    account = account or Account()
    if name == "openai-batch":
        with _provider_batches(who, rubrics, cache, tell) as work:
            yield work
    elif name == "ray":
        # Ray costs 3 s.
        from kaoguan.engines.ray_cluster import on_cluster

        yield Work(on_cluster(who.grader, rubrics, address=account.ray_address, cache=cache))
    else:
        yield local_work(who, rubrics, account, cache, tell)


def local_work(
    who: Judging,
    rubrics: Mapping[str, Rubric],
    account: Account | None = None,
    cache: GradeCache | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Work:
    """Return an engine on this machine: processes for an offline judge, calls for the others. Raises KaoguanError."""
    if who.judge is JudgeName.OFFLINE:
        return Work(engines.local(who.grader, rubrics, cache=cache))
    return _calls(who, rubrics, account or Account(), cache, tell)


# Where nothing else is said: what every provider bears.
_CONCURRENCY = 32


def _calls(
    who: Judging,
    rubrics: Mapping[str, Rubric],
    account: Account,
    cache: GradeCache | None,
    tell: Callable[[str], None],
) -> Work:
    # openai costs 0.65 s.
    from kaoguan.engines.calls import Calls
    from kaoguan.llm.addresses import is_local
    from kaoguan.llm.opening import cached, endpoint
    from kaoguan.llm.pace import Limits, Pace
    from kaoguan.llm.retrying import Retrying

    concurrency = account.concurrency or _CONCURRENCY
    feel = account.concurrency is None and is_local(who.settings.base_url or "https://api.openai.com")
    limits = Limits(concurrency, account.requests_per_minute, account.tokens_per_minute, start=1 if feel else None)
    # Retried by us, who know what an account bears: the client itself gives up at once.
    model = Retrying(endpoint(who.settings, who.folders, retries=0), Pace(limits), tell=tell)
    if account.max_cost is not None and model.price is None:
        mend = "name its price in prices.yaml in your settings folder (see kaoguan doctor), or leave --max-cost out"
        raise SettingError("--max-cost", f"nobody knows what {who.settings.model} costs", mend)
    graders = who.asking(cached(model, who.folders))
    offline = Processes(who.offline_grader, rubrics, grader=graders.offline) if graders.offline else None
    calls = Calls(graders.grader, rubrics, concurrency, model, max_cost=account.max_cost, offline=offline)
    return Work(engines.over(calls, rubrics, cache), lambda: model.spent)


@contextmanager
def _provider_batches(
    who: Judging, rubrics: Mapping[str, Rubric], cache: GradeCache | None, tell: Callable[[str], None]
) -> Iterator[Work]:
    # openai costs 0.65 s.
    from kaoguan.engines.provider_batches import Post, Sender, posted
    from kaoguan.llm.batches import Batches, recording
    from kaoguan.llm.opening import cached

    if who.judge is JudgeName.OFFLINE:
        raise SettingError("--engine openai-batch", "asks a language model", "use --judge llm or hybrid")
    with Post(who.folders.cache / "batches.db") as post:
        model, recorder = recording(who.settings, who.folders, post)
        grader = who.asking(cached(model, who.folders)).grader
        sender = Sender(model.abilities, recorder, Batches(who.settings), post, tell, _seconds_between_looks())
        yield Work(posted(grader, rubrics, sender, cache))


def _seconds_between_looks() -> float:
    name = "KAOGUAN_POLL_SECONDS"
    try:
        return max(0.0, float(os.environ.get(name, "30")))
    except ValueError as error:
        raise SettingError(f"environment variable {name}", "is not a number", "write seconds, such as 30") from error
