"""`kaoguan doctor`: what it finds of endpoints that work, that do not answer, and that can be talked to."""

import json
from typing import Any

import pytest

from kaoguan import prompts, rubrics
from kaoguan.cli import doctor
from kaoguan.models import Label
from kaoguan.testing import Endpoint, Fault, Request
from kaoguan.testing.judging import ChatReplying, Labelled, faithful, gullible, quotable

from .command import inside


def careful() -> ChatReplying:
    """A model that finds everything in the reference answer, and nothing in the other two that doctor tries."""
    rubric = next(iter(rubrics.load_bundled().values()))
    attack = prompts.load("doctor", "en").say("attack")
    labels = {rubric.reference_answer: Label.COVERED, attack: Label.MISSING, "": Label.MISSING}
    return faithful(
        [Labelled(rubric, answer, {point.id: label for point in rubric.key_points}) for answer, label in labels.items()]
    )


def diagnosed(
    monkeypatch: pytest.MonkeyPatch, reply: ChatReplying | Fault, *, code: int = 0
) -> dict[str, dict[str, Any]]:
    def replying(request: Request) -> str | Fault:
        return reply if isinstance(reply, Fault) else reply(request.text)

    with Endpoint(replying, key="sk-planted-key") as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-key")
        run = inside("doctor", "--json", code=code)
    assert "sk-planted" not in run.stdout + run.stderr
    return {finding["name"]: finding for finding in json.loads(run.stdout)}


def test_an_endpoint_in_order_is_described_from_its_rung_to_its_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagnosed(monkeypatch, careful())
    assert {name for name, finding in found.items() if finding["state"] == "bad"} == set()
    assert found["model"]["detail"] == "scripted"
    assert "json_schema" in found["rung"]["detail"]
    assert "100" in found["reference"]["detail"]
    assert "free" in found["cost"]["detail"]


def test_a_model_that_can_be_talked_to_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagnosed(monkeypatch, gullible(quotable, canary=False), code=3)
    assert found["canary"]["state"] == "bad"
    assert "hybrid" in found["canary"]["detail"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [(Fault.UNAUTHORISED, "OPENAI_API_KEY"), (Fault.UNKNOWN_MODEL, "KAOGUAN_MODEL"), (Fault.SERVER_ERROR, "500")],
)
def test_an_endpoint_that_does_not_work_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, fault: Fault, said: str
) -> None:
    found = diagnosed(monkeypatch, fault, code=3)
    (bad,) = (finding for finding in found.values() if finding["state"] == "bad")
    assert said in bad["detail"]


def test_with_nothing_configured_offline_is_in_order_and_it_says_how_to_go_online() -> None:
    run = inside("doctor")
    assert "OPENAI_API_KEY" in run.stdout
    assert "bad" not in run.stdout


def test_a_slow_model_is_waited_for_with_signs_of_life_and_the_time_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_SIGN_OF_LIFE", 0.1)
    monkeypatch.setenv("KAOGUAN_TIMEOUT", "1")
    with Endpoint(lambda request: careful()(request.text), latency=0.5) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        run = inside("doctor")
    assert run.stderr.count("still waiting") >= 4
    assert "KAOGUAN_TIMEOUT=2" in run.stdout
    assert "tokens a second" in run.stdout
