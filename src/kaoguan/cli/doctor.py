"""`kaoguan doctor`: what is configured, whether it answers, whether its grades can be trusted, what they cost."""

import math
import time
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import typer

from kaoguan import __version__, config, prompts
from kaoguan.cli.embedders import told
from kaoguan.cli.options import AsJson, EmbedderOption, ModelOption
from kaoguan.cli.streams import print_data
from kaoguan.config import Folders, Settings
from kaoguan.errors import ExitCode, KaoguanError, without_credentials
from kaoguan.grading import Grader
from kaoguan.prompts import Wording
from kaoguan.rubrics import load_bundled

if TYPE_CHECKING:
    from kaoguan.grading.llm.checkup import Trial
    from kaoguan.llm import Loop
    from kaoguan.llm.abilities import Abilities
    from kaoguan.llm.endpoint import EndpointModel


_Result = TypeVar("_Result")


class Health(StrEnum):
    """How a finding stands: in order, wrong, or only to be known."""

    OK = "ok"
    BAD = "bad"
    NOTE = "note"


class HealthLine(NamedTuple):
    """One line: what was looked at, how it stands, and the details."""

    name: str
    state: Health
    detail: str


def command(
    embedder: EmbedderOption = None,
    model: ModelOption = None,
    ask: Annotated[bool, typer.Option("--ask/--no-ask", help="Try the language model, for a few cents.")] = True,
    as_json: AsJson = False,
) -> None:
    """Say what is configured, whether the endpoint answers, whether its model can be trusted, and what a grade costs.

    The model is given an empty answer, one that only gives orders, and the reference answer of a bundled question.

    Exit code 0: what is configured works (nothing but the offline judge may be). 3: something does not.
    """
    settings, folders = config.load(), config.folders()
    settings = replace(settings, embedder=embedder or settings.embedder, model=model or settings.model)
    wording = prompts.load("doctor", settings.screen)
    findings = []
    for finding in _examine(settings, folders, wording, ask=ask):
        findings.append(finding)
        if not as_json:
            typer.echo(f"{wording.say(finding.state.value):<4}  {wording.say(finding.name)}: {finding.detail}")
    if as_json:
        import json

        print_data(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    if any(finding.state is Health.BAD for finding in findings):
        raise typer.Exit(ExitCode.PROVIDER)


def _examine(settings: Settings, folders: Folders, wording: Wording, *, ask: bool) -> Iterator[HealthLine]:
    yield HealthLine("version", Health.NOTE, __version__)
    yield HealthLine("settings", Health.NOTE, str(folders.config))
    yield HealthLine("data", Health.NOTE, str(folders.data))
    yield _offline(settings, folders, wording)
    yield from _own_models(folders)
    if not settings.has_endpoint:
        yield HealthLine("endpoint", Health.NOTE, wording.say("endpoint_none"))
        return
    key = wording.say("key_set" if settings.api_key else "key_unset")
    url = without_credentials(settings.base_url or "https://api.openai.com/v1")
    yield HealthLine("endpoint", Health.NOTE, wording.say("endpoint_found", url=url, key=key))
    if ask:
        yield from _online(settings, folders, wording)


def _offline(settings: Settings, folders: Folders, wording: Wording) -> HealthLine:
    start = time.perf_counter()
    try:
        Grader.offline(settings.embedder, settings=settings, folders=folders)
    except KaoguanError as error:
        return HealthLine("offline", Health.BAD, prompts.said(error, settings.screen))
    seconds = f"{time.perf_counter() - start:.1f}"
    return HealthLine("offline", Health.OK, wording.say("offline_found", embedder=settings.embedder, seconds=seconds))


def _own_models(folders: Folders) -> Iterator[HealthLine]:
    """Yield a line for each model that was fitted: what it is worth beside the bundled judge."""
    if not folders.judges.is_dir():
        return
    from kaoguan.grading.offline import fitted  # numpy comes with it

    for fit in fitted.every(folders.judges):
        yield HealthLine("own_model", Health.NOTE, told(fit))


def _online(settings: Settings, folders: Folders, wording: Wording) -> Iterator[HealthLine]:
    """Yield what is found out by asking; the first thing that cannot be used is the last finding."""
    from kaoguan.grading.llm import LLMJudge
    from kaoguan.grading.llm.checkup import trials
    from kaoguan.llm import Loop
    from kaoguan.llm.addresses import checked
    from kaoguan.llm.opening import endpoint

    name: str = "model"
    try:
        # A model on a slow machine is given all the time it takes: how much that is, is what is to be found out.
        patient = replace(checked(settings), timeout=max(settings.timeout, _PATIENCE))
        # No retries: who asks how the endpoint is wants to know now. No cache: nor how it was.
        model = endpoint(patient, folders, retries=0)
        with Loop() as loop:
            name = "rung"
            abilities = _waited_for(loop, model.abilities(), wording)
            yield HealthLine("model", Health.OK, model.name)
            yield HealthLine("rung", Health.OK, _rung(abilities, wording))
            judge = LLMJudge(model, own=folders.prompts, loop=loop)
            rubric = next(iter(load_bundled().values()))
            for name, run in trials(judge, rubric, wording.say("attack")):
                trial = _waited_for(loop, run(), wording)
                yield _tried(name, trial, wording)
            yield _latency(trial, settings, wording)
            yield _cost(trial, model, folders, wording)
    except KaoguanError as error:
        yield HealthLine(name, Health.BAD, wording.say("unusable", why=prompts.said(error, settings.screen)))


# Seconds for one reply, at least; and between two signs of life.
_PATIENCE, _SIGN_OF_LIFE = 300.0, 8.0
# Replies vary, and a busy machine is slower than an idle one.
_RESERVE = 3


def _waited_for(loop: "Loop", coroutine: Coroutine[Any, Any, _Result], wording: Wording) -> _Result:
    """Return the coroutine's result, and say on stderr that it is being waited for."""
    start = time.perf_counter()
    future = loop.start(coroutine)
    while True:
        try:
            return future.result(_SIGN_OF_LIFE)
        except TimeoutError:
            if future.done():
                raise
            typer.echo(wording.say("waiting", seconds=f"{time.perf_counter() - start:.0f}"), err=True)
        except KeyboardInterrupt:
            future.cancel()
            raise


def _rung(abilities: "Abilities", wording: Wording) -> str:
    rung = wording.say(f"rung_{abilities.rung}")
    quirks = {
        "quirk_temperature": not abilities.temperature,
        "quirk_system": not abilities.system,
        "quirk_thinking": abilities.thinking != "free",
        "quirk_stream": abilities.stream,
        "quirk_most": abilities.most is not None,
        "quirk_prefix": bool(abilities.prefix),
    }
    found = [wording.say(name, most=str(abilities.most)) for name, there in quirks.items() if there]
    return wording.say("quirks", rung=rung, quirks=wording.say("comma").join(found)) if found else rung


def _tried(name: str, trial: "Trial", wording: Wording) -> HealthLine:
    if name == "reference":
        text = "reference_found" if trial.passed else "reference_bad"
        return HealthLine(name, _state(trial.passed), wording.say(text, score=f"{trial.score or 0:.0f}"))
    return HealthLine(name, _state(trial.passed), wording.say(f"{name}_{'ok' if trial.passed else 'bad'}"))


def _latency(trial: "Trial", settings: Settings, wording: Wording) -> HealthLine:
    """Return how long a grade takes, and what to set where that is longer than is waited for."""
    said = wording.say("latency_found", seconds=f"{trial.seconds:.1f}", rate=f"{trial.tokens_per_second:.0f}")
    needed = math.ceil(_RESERVE * trial.seconds)
    if needed <= settings.timeout:
        return HealthLine("latency", Health.OK, said)
    return HealthLine("latency", Health.NOTE, wording.say("latency_slow", said=said, seconds=str(needed)))


def _cost(trial: "Trial", model: "EndpointModel", folders: Folders, wording: Wording) -> HealthLine:
    usage = trial.usage
    tokens = {"prompt": f"{usage.prompt_tokens:,}", "completion": f"{usage.completion_tokens:,}"}
    if model.price is None:
        detail = wording.say("cost_unknown", prices=str(folders.prices), **tokens)
    elif not usage.cost:
        detail = wording.say("cost_free", **tokens)
    else:
        dollars = {"cost": f"{usage.cost:.5f}", "thousand": f"{1000 * usage.cost:.2f}"}
        detail = wording.say("cost_found", **dollars, **tokens)
    return HealthLine("cost", Health.NOTE, detail)


def _state(passed: bool) -> Health:
    return Health.OK if passed else Health.BAD
