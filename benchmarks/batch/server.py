"""The scripted endpoint as a process of its own: python benchmarks/batch/server.py --latency .2 --faults

It prints its base URL, and for each line of input how many requests it has had and the most at once. Replies depend
on the request alone.
"""

import argparse
import gc
import hashlib
import json
import re
import sys

from kaoguan.testing import Endpoint, Fault, Request, sometimes

FAULTS = {Fault.RATE_LIMITED: 0.05, Fault.SERVER_ERROR: 0.02, Fault.MALFORMED: 0.02, Fault.RESET: 0.01}
_ANSWER = re.compile(r"(=====ANSWER-[0-9a-f]+=====)\n(.*?)\n\1", re.DOTALL)


def reply(request: Request) -> str:
    """Return a reply that fits the schema asked for; every third key point is covered by words of the answer."""
    shape = request.body.get("response_format", {}).get("json_schema", {}).get("schema", {"properties": {}})
    found = _ANSWER.search(request.text)
    answer = found[2] if found else ""
    return json.dumps(
        {name: _value(name, part, answer) for name, part in shape["properties"].items()}, ensure_ascii=False
    )


def _value(name: str, part: dict, answer: str) -> object:
    if "const" in part:
        return part["const"]
    if name == "misconceptions":
        return []
    chance = hashlib.sha256(f"{name}{answer}".encode()).digest()
    # Never the canary, of which nobody but the judge knows: a covered one would void the grade.
    if chance[0] % 3 or len(answer) < 12:
        return {"evidence": "", "explanation": "回答中没有提到这一点。", "verdict": "missing", "confidence": 0.9}
    evidence = answer[chance[1] % (len(answer) - 10) :][:10]
    verdict = "contradicted"
    return {"evidence": evidence, "explanation": "说法与要点相反。", "verdict": verdict, "confidence": 0.8}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--latency", type=float, default=0.2)
    options.add_argument("--faults", action="store_true")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--port", type=int, default=0)
    chosen = options.parse_args()
    replying = sometimes(FAULTS, reply, seed=chosen.seed) if chosen.faults else reply
    gc.disable()  # every request is kept, and would be gone through again and again
    with Endpoint(replying, latency=chosen.latency, port=chosen.port, retry_after=0.5) as endpoint:
        print(endpoint.url, flush=True)
        for _ in sys.stdin:  # each line asks for the count; the end of input ends the server
            print(len(endpoint.requests), endpoint.most_in_flight, flush=True)


if __name__ == "__main__":
    main()
