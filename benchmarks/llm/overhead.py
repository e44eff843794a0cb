"""How much longer our calls take than a bare loop over `openai` with its aiohttp transport, at equal concurrency.

    python benchmarks/llm/overhead.py [REQUESTS AT ONCE] [SECONDS OF EACH]

Both send the same prompts to a scripted endpoint in a process of its own, in turns; ours goes through `Grader`, with
prompt, schema, cache and looking up of evidence. The median of the rounds' ratios counts.
"""

import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from typing import Any

import openai

from kaoguan import config, rubrics
from kaoguan.grading import Grader
from kaoguan.grading.llm import LLMJudge
from kaoguan.llm.abilities import Abilities
from kaoguan.llm.cache import Cached
from kaoguan.llm.opening import endpoint
from kaoguan.models import Rubric
from kaoguan.testing import Endpoint, ScriptedModel
from kaoguan.testing.judging import gullible, quotable, spoken
from kaoguan.testing.replies import Request

CALLS, ROUNDS = 240, 5
CONCURRENCY = int(sys.argv[1]) if len(sys.argv) > 1 else 16
LATENCY = float(sys.argv[2]) if len(sys.argv) > 2 else 0.2
ANSWER = "优化器利用反向传播得到的梯度更新模型的参数，让损失函数不断减小，第{}份。"


def serve(pipe: Any, reply: str) -> None:
    def replying(request: Request) -> str:
        return reply if "=====ANSWER-" in request.text else '{"word": "kaoguan"}'

    with Endpoint(replying, latency=LATENCY) as endpoint:
        pipe.send(endpoint.url)
        pipe.recv()


async def bounded(calls: list[Any]) -> float:
    places = asyncio.Semaphore(CONCURRENCY)

    async def one(call: Any) -> None:
        async with places:
            await call()

    start = time.perf_counter()
    await asyncio.gather(*(one(call) for call in calls))
    return time.perf_counter() - start


async def compare(url: str, rubric: Rubric, bodies: list[dict[str, Any]]) -> list[float]:
    settings = replace(config.load(), base_url=url, model="scripted")
    bare = openai.AsyncOpenAI(base_url=url, api_key="none", http_client=openai.DefaultAioHttpClient())
    ratios = []
    with tempfile.TemporaryDirectory() as home:
        folders = config.folders({"KAOGUAN_HOME": home})
        model = endpoint(settings, folders)
        grader = Grader(LLMJudge(Cached(model, folders.cache / "replies.db")))
        await grader.grade_here(rubric, ANSWER.format("零"))
        await bare.chat.completions.create(**bodies[0])
        for turn in range(ROUNDS):
            texts = [ANSWER.format(f"{turn}-{i}") for i in range(CALLS)]
            ours = await bounded([lambda text=text: grader.grade_here(rubric, text) for text in texts])
            theirs = await bounded([lambda body=body: bare.chat.completions.create(**body) for body in bodies])
            ratios.append(ours / theirs)
            print(f"ours {ours:.2f} s, bare {theirs:.2f} s, ratio {ratios[-1]:.3f}", flush=True)
    await model.close()
    await bare.close()
    return ratios


def main() -> None:
    rubric = rubrics.load_bundled()["optimizer"]
    model = ScriptedModel(spoken(gullible(quotable, canary=False)))
    LLMJudge(model).judge(rubric, ANSWER.format("零"))
    messages = [message.model_dump() for message in model.asked[0]]
    reply = spoken(gullible(quotable, canary=False))(model.asked[0])
    from kaoguan.grading.llm.judge import Sheet
    from kaoguan.grading.llm.reply import reply_shape
    from kaoguan.llm import wire
    from kaoguan.prompts import load

    handles = [*Sheet(rubric, load("judge", "zh")).handles.values(), "k9"]
    shape = wire.body("scripted", [], Abilities(), max_tokens=4096, schema=reply_shape(handles, misconceptions=["m1"]))
    bodies = [shape | {"messages": messages} for _ in range(CALLS)]
    pipe, far = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(far, reply))
    server.start()
    ratios = asyncio.run(compare(pipe.recv(), rubric, bodies))
    pipe.send(None)
    server.join()
    print(f"{CALLS} calls, {CONCURRENCY} at once, {LATENCY} s each: median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
