"""Where the work is done: from who rules and what an account allows to an engine."""

import os
from collections.abc import Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, cast

import typer

from kaoguan.assembly.judges import Bench
from kaoguan.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kaoguan.engines.engine import Engine
    from kaoguan.engines.grade_cache import Kept
    from kaoguan.grading import Judge
    from kaoguan.llm import Usage
    from kaoguan.models import Rubric

Concurrency = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=2000, help="Requests under way at once, at most.")
]
EngineName = Annotated[
    Literal["local", "openai-batch", "ray"],
    typer.Option("--engine", help="This machine; the provider's batches (half price); a Ray cluster."),
]
RayAddress = Annotated[
    str | None, typer.Option("--ray-address", metavar="HOST:PORT", help="The Ray cluster (default: this machine).")
]
MaxCost = Annotated[
    float | None, typer.Option("--max-cost", metavar="DOLLARS", min=0, help="Stop before more than this is spent.")
]
RequestsPerMinute = Annotated[int | None, typer.Option("--requests-per-minute", metavar="N", min=1)]
TokensPerMinute = Annotated[int | None, typer.Option("--tokens-per-minute", metavar="N", min=1)]


class Account(NamedTuple):
    """What asking a language model may come to."""

    concurrency: int = 32
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    max_cost: float | None = None
    ray_address: str | None = None


class Work(NamedTuple):
    """An engine, and what it has spent so far: None where nothing is paid for."""

    engine: "Engine"
    spent: "Callable[[], Usage] | None" = None


@contextmanager
def chosen(
    name: str, who: Bench, rubrics: "Mapping[str, Rubric]", account: Account, kept: "Kept | None"
) -> "Iterator[Work]":
    """Give the engine of this name. Raises KaoguanError."""
    if name == "openai-batch":
        with posted(who, rubrics, kept, partial(typer.echo, err=True)) as work:
            yield work
    elif name == "ray":
        from kaoguan.engines.ray_cluster import on_cluster

        yield Work(on_cluster(who.make, rubrics, address=account.ray_address, kept=kept))
    else:
        yield local(who, rubrics, account, kept)


def local(
    who: Bench, rubrics: "Mapping[str, Rubric]", account: Account | None = None, kept: "Kept | None" = None
) -> Work:
    """Return an engine on this machine: processes for an offline judge, calls for the others. Raises KaoguanError."""
    from kaoguan.engines import engine

    if who.judge == "offline":
        return Work(engine.local(who.make, rubrics, kept=kept))
    return _calls(who, rubrics, account or Account(), kept)


@contextmanager
def posted(
    who: Bench, rubrics: "Mapping[str, Rubric]", kept: "Kept | None", tell: "Callable[[str], None]"
) -> "Iterator[Work]":
    """Give an engine that asks through the provider's batches. Raises KaoguanError."""
    from kaoguan import config
    from kaoguan.engines.provider_batches import Post, Sender
    from kaoguan.engines.provider_batches import posted as by_post
    from kaoguan.llm.batches import Batches, recording

    if who.judge == "offline":
        raise SettingError("--engine openai-batch", "asks a language model", "use --judge llm or hybrid")
    folders = config.folders()
    with Post(folders.cache / "batches.db") as post:
        model, recorder = recording(who.settings, folders, post)
        grader = who.make(around=lambda _: model)
        sender = Sender(model.abilities, recorder, Batches(who.settings), post, tell, _seconds_between_looks())
        yield Work(by_post(grader, rubrics, sender, kept))


def _seconds_between_looks() -> float:
    name = "KAOGUAN_POLL_SECONDS"
    try:
        return max(0.0, float(os.environ.get(name, "30")))
    except ValueError as error:
        raise SettingError(f"environment variable {name}", "is not a number", "write seconds, such as 30") from error


def _calls(who: Bench, rubrics: "Mapping[str, Rubric]", account: Account, kept: "Kept | None") -> Work:
    from kaoguan.engines import engine
    from kaoguan.engines.calls import Calls
    from kaoguan.engines.processes import Processes
    from kaoguan.grading import Grader
    from kaoguan.grading.hybrid import HybridJudge
    from kaoguan.llm.messages import Located
    from kaoguan.llm.pace import Limits, Pace
    from kaoguan.llm.retrying import Patient

    pace = Pace(Limits(account.concurrency, account.requests_per_minute, account.tokens_per_minute))
    patients: list[Patient] = []

    def patiently(model: Located) -> Located:
        patients.append(Patient(model, pace))
        return patients[0]

    grader = who.make(around=patiently)
    if account.max_cost is not None and patients[0].price is None:
        mend = "name its price in prices.yaml in your settings folder (see kaoguan doctor), or leave --max-cost out"
        raise SettingError("--max-cost", f"nobody knows what {who.settings.model} costs", mend)
    offline = None
    if isinstance(grader.ruling, HybridJudge):
        offline = Processes(who.alone, rubrics, grader=Grader(cast("Judge", grader.ruling.offline)))
    calls = Calls(grader, rubrics, account.concurrency, patients[0], max_cost=account.max_cost, offline=offline)
    return Work(engine.over(calls, rubrics, kept), lambda: patients[0].spent)
