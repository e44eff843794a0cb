"""More of the same kinds as `cases.py`: what other vendors, gateways and servers send. Each file adds to VARIANTS."""

from .cases import Case
from .fake import completion
from .server import MODES

VARIANTS: list[Case] = []
BASE = ("OPENAI_BASE_URL", "base_url")


def variant(name, real, reply, check, **more):
    """Add a case whose mode is `reply(call)`."""
    MODES[name] = reply
    VARIANTS.append(Case(name, real, "", check, **more))


def graded_as(make):
    """Return a mode that replies well to all but answers, and with `make(call)` to those."""
    return lambda call: make(call) if call.kind == "grade" else completion(call.words())


def said(message):
    return completion("", choices=[{"index": 0, "finish_reason": "stop", "message": message}])
