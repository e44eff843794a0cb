"""An interview worded by a real llama.cpp server: its tiny model talks nonsense, and the interview keeps its course."""

from dataclasses import replace

import pytest

from kaoguan import config, llm
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.words.guard import UtteranceFault
from kaoguan.interview.words.model_voice import ModelVoice
from kaoguan.llm import ChatModel, Loop, Reason
from kaoguan.models import KeyPoint, Rubric
from kaoguan.session import Kind
from kaoguan.testing import Ticks, make_rubric
from tests.llm.server import LlamaServer, missing

pytestmark = [pytest.mark.real_model, pytest.mark.skipif(bool(missing()), reason=missing() or "")]

TOPICS = {
    "dropout": ("What does dropout do during training?", "it switches off random units", "Which units are affected?"),
    "momentum": ("What is momentum in an optimizer?", "it averages past gradients", "What is remembered over steps?"),
    "attention": ("What does attention compute?", "a weighted sum of values", "What comes out for each query?"),
}


def rubric(topic: str) -> Rubric:
    question, claim, follow_up = TOPICS[topic]
    point = KeyPoint(id="p1", text=claim, weight=1, follow_up=follow_up)
    return make_rubric(point, id=topic, language="en", question=question, reference_answer=claim)


def test_three_questions_are_completed_whatever_the_model_says(grader: Grader) -> None:
    plan = Plan(rubrics=tuple(rubric(topic) for topic in TOPICS), language="en", follow_ups=1)
    with LlamaServer() as server:
        settings = replace(config.load(), base_url=server.url, model="smollm2", timeout=300)

        def model() -> ChatModel:
            return llm.open_model(settings, config.folders(), retries=0, cached=False)

        # The tiny model needs longer than anyone should wait on this machine; what it says matters here, not when.
        with Loop() as loop:
            voice = ModelVoice(model, loop, grader, seconds=300, tokens=40)
            interview = Interview.start(plan, grader, clock=Ticks(), voice=voice)
            while not interview.finished:
                interview.submit("Something happens to the numbers inside.")
    asked = [(turn.kind, turn.rubric_id, turn.key_point) for turn in interview.turns if turn.speaker == "interviewer"]
    expected = [
        (kind, topic, point) for topic in TOPICS for kind, point in ((Kind.QUESTION, None), (Kind.FOLLOW_UP, "p1"))
    ]
    assert asked == [*expected, (Kind.CLOSING, "attention", None)]
    assert voice.lost is None
    own = sum(turn.text in {text for texts in TOPICS.values() for text in texts} for turn in interview.turns)
    worded = [turn.text for turn in interview.turns if turn.speaker == "interviewer"]
    print(f"{own} of {len(worded)} in the rubric's own words; turned away: {voice.faults}\n" + "\n".join(worded))
    assert all(why in {*UtteranceFault, Reason.TRUNCATED, Reason.EMPTY_REPLY} for why in voice.faults)
    assert not any(claim in text for text in worded for _, claim, _ in TOPICS.values())
