"""`kaoguan doctor`: what is configured, whether it answers, whether its grades can be trusted, what they cost."""

import time
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kaoguan import __version__, config, prompts
from kaoguan.cli.options import AsJson, EmbedderOption, ModelOption
from kaoguan.config import Folders, Settings
from kaoguan.errors import ExitCode, KaoguanError, without_credentials
from kaoguan.grading import Grader
from kaoguan.prompts import Wording
from kaoguan.rubrics import load_bundled

if TYPE_CHECKING:
    from kaoguan.grading.llm.checkup import Checkup
    from kaoguan.llm.abilities import Abilities
    from kaoguan.llm.endpoint import EndpointModel


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

        typer.echo(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    if any(finding.state is Health.BAD for finding in findings):
        raise typer.Exit(ExitCode.PROVIDER)


def _examine(settings: Settings, folders: Folders, wording: Wording, *, ask: bool) -> Iterator[HealthLine]:
    yield HealthLine("version", Health.NOTE, __version__)
    yield HealthLine("settings", Health.NOTE, str(folders.config))
    yield HealthLine("data", Health.NOTE, str(folders.data))
    yield _offline(settings, folders, wording)
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
        return HealthLine("offline", Health.BAD, str(error))
    seconds = f"{time.perf_counter() - start:.1f}"
    return HealthLine("offline", Health.OK, wording.say("offline_found", embedder=settings.embedder, seconds=seconds))


def _online(settings: Settings, folders: Folders, wording: Wording) -> Iterator[HealthLine]:
    """Yield what is found out by asking; the first thing that cannot be used is the last finding."""
    from kaoguan.grading.llm import LLMJudge
    from kaoguan.grading.llm.checkup import checkup
    from kaoguan.llm import Loop
    from kaoguan.llm.opening import endpoint

    name = "model"
    try:
        # No retries: who asks how the endpoint is wants to know now. No cache: nor how it was.
        model = endpoint(settings, folders, retries=0)
        with Loop() as loop:
            name = "rung"
            abilities = loop.run(model.abilities())
            yield HealthLine("model", Health.OK, model.name)
            yield HealthLine("rung", Health.OK, _rung(abilities, wording))
            name = "latency"
            judge = LLMJudge(model, own=folders.prompts, loop=loop)
            rubric = next(iter(load_bundled().values()))
            yield from _trusted(loop.run(checkup(judge, rubric, wording.say("attack"))), model, folders, wording)
    except KaoguanError as error:
        yield HealthLine(name, Health.BAD, wording.say("unusable", why=str(error)))


def _rung(abilities: "Abilities", wording: Wording) -> str:
    rung = wording.say(f"rung_{abilities.rung}")
    return rung if abilities.temperature else wording.say("quirks", rung=rung)


def _trusted(found: "Checkup", model: "EndpointModel", folders: Folders, wording: Wording) -> Iterator[HealthLine]:
    seconds = f"{found.reference.seconds:.1f}"
    yield HealthLine("latency", Health.OK, wording.say("latency_found", seconds=seconds))
    for name, trial in (("floor", found.floor), ("canary", found.canary)):
        yield HealthLine(name, _state(trial.passed), wording.say(f"{name}_{'ok' if trial.passed else 'bad'}"))
    reached = f"{found.reference.score or 0:.0f}"
    text = "reference_found" if found.reference.passed else "reference_bad"
    yield HealthLine("reference", _state(found.reference.passed), wording.say(text, score=reached))
    usage = found.reference.usage
    tokens = {"prompt": f"{usage.prompt_tokens:,}", "completion": f"{usage.completion_tokens:,}"}
    if model.price is None:
        detail = wording.say("cost_unknown", prices=str(folders.prices), **tokens)
    elif not usage.cost:
        detail = wording.say("cost_free", **tokens)
    else:
        dollars = {"cost": f"{usage.cost:.5f}", "thousand": f"{1000 * usage.cost:.2f}"}
        detail = wording.say("cost_found", **dollars, **tokens)
    yield HealthLine("cost", Health.NOTE, detail)


def _state(passed: bool) -> Health:
    return Health.OK if passed else Health.BAD
