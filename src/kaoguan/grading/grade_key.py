"""What a grade is kept under: everything that it depends on, as one hash."""

import hashlib
import json
from collections.abc import Callable

from kaoguan.models import Rubric


def keys_of(identity: str, rubric: Rubric) -> Callable[[str], bytes]:
    """Return a function from an answer to this question to the key of its grade by the grader of this identity."""
    # All of the rubric, not what a judge sees of it: feedback names the lines to read.
    start = hashlib.sha256(json.dumps([identity, rubric.model_dump_json()]).encode())

    def key(answer: str) -> bytes:
        digest = start.copy()
        digest.update(answer.encode())
        return digest.digest()

    return key
