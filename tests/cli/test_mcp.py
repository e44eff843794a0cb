"""`kaoguan mcp`, talked to by the SDK's own client: in this process, and as the process that an assistant starts."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the MCP SDK is not installed")

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from kaoguan import config
from kaoguan.assembly.judges import judging
from kaoguan.cli.mcp import Practice, server
from kaoguan.rubrics import load_bundled
from kaoguan.store import Store

Talk = Callable[[Client], Coroutine[Any, Any, None]]
TOOLS = ["answer", "grade", "hint", "list_topics", "report", "start_interview"]


def talk(conversation: Talk) -> None:
    """Hold the conversation with a server in this process."""

    async def connected() -> None:
        with Store.open(config.folders().database) as store:
            practice = Practice(store, load_bundled(), None, judging("offline"))
            async with Client(server(practice, "zh")) as client:
                await conversation(client)

    asyncio.run(connected())


async def call(client: Client, tool: str, **arguments: object) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    found = result.structured_content
    return found["result"] if found and set(found) == {"result"} else found


async def interview_of_two_questions(client: Client) -> None:
    listed = await client.list_tools()
    assert sorted(tool.name for tool in listed.tools) == TOOLS
    assert all(tool.description for tool in listed.tools)
    topics = await call(client, "list_topics")
    assert sum(topic["questions"] for topic in topics) == len(load_bundled())
    begun = await call(client, "start_interview", questions=2, follow_ups=1, language="zh")
    assert begun["question"]
    assert (await call(client, "hint"))["hint"]
    references = {rubric.question: rubric.reference_answer for rubric in load_bundled().values()}
    turn, asked = begun, 0
    while not turn["finished"]:
        asked += 1
        known = next((answer for question, answer in references.items() if question in turn["question"]), "不知道")
        turn = await call(client, "answer", answer=known)
    assert 2 <= asked <= 4
    report = await call(client, "report", session=begun["session"])
    assert report.startswith("# ")
    assert begun["session"] in report


def test_a_client_completes_an_interview_of_two_questions() -> None:
    talk(interview_of_two_questions)
    with Store.open(config.folders().database) as store:
        assert store.latest().finished_at


def test_an_answer_is_graded_outside_any_interview() -> None:
    async def conversation(client: Client) -> None:
        rubric = load_bundled()["optimizer"]
        grade = await call(client, "grade", rubric="optimizer", answer=rubric.reference_answer)
        assert grade["score"] == 100
        assert [verdict["key_point"] for verdict in grade["verdicts"]] == [point.id for point in rubric.key_points]

    talk(conversation)


MISTAKES: list[tuple[str, dict[str, object], str]] = [
    ("answer", {"answer": "x"}, "start_interview first"),
    ("answer", {"answer": "x", "session": "zzzzzz"}, "zzzzzz"),
    ("grade", {"rubric": "optimiser", "answer": "x"}, "try optimizer"),
    ("start_interview", {"topics": ["no such topic"]}, "no such topic"),
    ("start_interview", {"questions": 0}, "1 to 50"),
    ("start_interview", {"difficulty": "9"}, "from 1 to 5"),
]


@pytest.mark.parametrize(("tool", "arguments", "said"), MISTAKES, ids=[f"{m[0]} {m[1]}" for m in MISTAKES])
def test_a_mistake_is_told_and_nothing_ends(tool: str, arguments: dict[str, object], said: str) -> None:
    async def conversation(client: Client) -> None:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        assert said in json.dumps([one.model_dump(mode="json") for one in result.content], ensure_ascii=False)
        assert await call(client, "list_topics")

    talk(conversation)


def test_an_interview_goes_on_when_the_server_was_started_anew() -> None:
    session = ""

    async def begin(client: Client) -> None:
        nonlocal session
        session = (await call(client, "start_interview", questions=2, follow_ups=0))["session"]
        await call(client, "answer", answer="更新参数", session=session)

    async def end(client: Client) -> None:
        assert (await call(client, "answer", answer="不知道", session=session))["finished"]
        assert session in await call(client, "report", session=session)

    talk(begin)
    talk(end)


@pytest.mark.slow
def test_the_process_that_an_assistant_starts_holds_the_same_interview(home: Path) -> None:
    async def connected() -> None:
        arguments = ["-X", "utf8", "-m", "kaoguan", "mcp", "--judge", "offline"]
        started = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
        async with Client(stdio_client(started)) as client:
            await interview_of_two_questions(client)

    asyncio.run(connected())
    assert (home / "kaoguan.db").exists()
