"""Deterministic stand-ins, for our tests and yours: no model, no clock; and an endpoint of your own on loopback.

Grader(KeywordJudge()).grade(make_rubric("更新参数", ("减小损失", 2)), "…")
with Endpoint(lambda request: '{"verdicts": []}') as endpoint: …   # endpoint.url is a base URL
with Endpoint(lambda request: Faulty(Fault.STREAM, "…")) as endpoint: …   # the same, coming as some real ones come
"""

from typing import TYPE_CHECKING

from kaoguan.faces import face
from kaoguan.testing.rubrics import make_rubric
from kaoguan.testing.stand_ins import KeywordJudge, ScriptedModel, Ticks

if TYPE_CHECKING:
    from kaoguan.testing.endpoint import Endpoint
    from kaoguan.testing.replies import Fault, Faulty, Raw, Request, sometimes

# aiohttp takes 0.2 s to import; whoever wants a keyword judge must not pay it.
__getattr__ = face(
    __name__,
    {
        "Endpoint": "kaoguan.testing.endpoint",
        "Fault": "kaoguan.testing.replies",
        "Faulty": "kaoguan.testing.replies",
        "Raw": "kaoguan.testing.replies",
        "Request": "kaoguan.testing.replies",
        "sometimes": "kaoguan.testing.replies",
    },
)

__all__ = [
    "Endpoint",
    "Fault",
    "Faulty",
    "KeywordJudge",
    "Raw",
    "Request",
    "ScriptedModel",
    "Ticks",
    "make_rubric",
    "sometimes",
]
