"""`kaoguan mcp`: interview and grader as an agent's tools, over stdio, by the SDK of the Model Context Protocol.

A candidate practises inside the assistant they already use; the questions, the grades and the report are ours, and the
session is on disk like any other. What the agent is told stands in `prompts/<language>/mcp.yaml`. stdout is the
protocol's.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, ParamSpec, TypeVar

import typer

from kaoguan import __version__, config, prompts
from kaoguan.assembly.interviews import background_grader, planned_judging
from kaoguan.assembly.judges import Judging, judging
from kaoguan.assembly.plan import PlanOptions, draw_up
from kaoguan.cli.embedders import ready
from kaoguan.cli.history import opened
from kaoguan.cli.options import EmbedderOption, JudgeOption, ModelOption, RubricsFolder
from kaoguan.errors import InputError, KaoguanError, SettingError
from kaoguan.interview import Interview, Mode, Plan
from kaoguan.interview.background import BackgroundGrader
from kaoguan.models import Rubric
from kaoguan.report.markdown import render_markdown
from kaoguan.rubrics import bank, with_ids
from kaoguan.session import Turn
from kaoguan.store import Store

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

P = ParamSpec("P")
T = TypeVar("T")


def command(
    judge: JudgeOption = None,
    model: ModelOption = None,
    embedder: EmbedderOption = None,
    rubrics: RubricsFolder = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="In which the tools are described to the agent.")
    ] = None,
) -> None:
    """Serve interviews and grades to an agent, over stdio: list topics, start, answer, hint, report, grade.

    Put `kaoguan mcp` where your assistant keeps its list of MCP servers. Needs the extra: pip install "kaoguan[mcp]".
    """
    who = ready(judging(judge, embedder, model=model))
    with opened() as store:
        server(Practice(store, bank(rubrics), rubrics, who), language or who.settings.screen).run("stdio")


class Practice:
    """The interviews that an agent holds, and the grader behind them. Every method raises KaoguanError."""

    def __init__(self, store: Store, known: Mapping[str, Rubric], folder: Path | None, who: Judging) -> None:
        self._store = store
        self._bank = known
        self._folder = folder
        self._who = who
        self._grader = BackgroundGrader(who.grader)
        self._interviews: dict[str, Interview] = {}
        self._latest: str | None = None

    def list_topics(self) -> list[dict[str, Any]]:
        """Return the topics, how many questions each has, and their rubrics' ids, for `grade`."""
        counts = Counter(rubric.topic for rubric in self._bank.values())
        return [
            {
                "topic": topic,
                "questions": count,
                "rubrics": {key: one.question for key, one in self._bank.items() if one.topic == topic},
            }
            for topic, count in sorted(counts.items())
        ]

    def start_interview(
        self,
        topics: list[str] | None = None,
        questions: int = 3,
        difficulty: str | None = None,
        language: Literal["zh", "en"] | None = None,
        follow_ups: int = 2,
    ) -> dict[str, Any]:
        """Return a new interview with its first question."""
        if not 1 <= questions <= 50 or not 0 <= follow_ups <= 9:
            raise InputError("start_interview", "questions are 1 to 50, follow-ups 0 to 9", "ask for fewer")
        notes: list[str] = []
        wanted = PlanOptions(
            folder=self._folder,
            topics=tuple(topics or ()),
            difficulty=difficulty,
            questions=questions,
            language=language,
        )
        plan = draw_up(wanted, config.load(), notes.append).model_copy(update=self._terms(follow_ups))
        interview = Interview.start(plan, self._grader, store=self._store)
        self._latest = interview.session.id
        self._interviews[interview.session.id] = interview
        return self._shown(interview, interview.turns) | ({"notes": notes} if notes else {})

    def answer(self, answer: str, session: str | None = None) -> dict[str, Any]:
        """Return what the interviewer says to the candidate's answer."""
        interview = self._interview(session)
        return self._shown(interview, interview.submit(answer))

    def hint(self, session: str | None = None) -> dict[str, Any]:
        """Return a hint on what was asked last; it costs a little. None when there is none left."""
        interview = self._interview(session)
        given = interview.hint()
        return {"session": interview.session.id, "hint": given.text if given else None}

    def report(self, session: str | None = None) -> str:
        """Return the report on everything answered so far, as Markdown, with the reference answers."""
        return render_markdown(self._interview(session, to_answer=False).report())

    def grade(self, rubric: str, answer: str) -> dict[str, Any]:
        """Return the grade of one answer, outside any interview."""
        asked = with_ids(self._bank, [rubric])[rubric]
        return self._grader.grade(asked, answer).model_dump(mode="json")

    def _terms(self, follow_ups: int) -> dict[str, Any]:
        settings = self._who.settings
        return {
            "judge": self._who.judge,
            "model": settings.model if self._who.judge != "offline" else None,
            "embedder": settings.embedder,
            "mode": Mode.MOCK,
            "follow_ups": follow_ups,
        }

    def _interview(self, session: str | None, *, to_answer: bool = True) -> Interview:
        session = session or self._latest
        if session is None:
            raise InputError("interview", "none was started", "call start_interview first")
        if session not in self._interviews:  # this server was started anew, or the interview was held elsewhere
            stored = self._store.session(session)
            grader = self._grader_of(stored.plan)
            go_on = Interview.resume if to_answer else Interview.open
            self._interviews[stored.id] = go_on(stored.id, grader, self._store)
            session = stored.id
        return self._interviews[session]

    def _grader_of(self, plan: Plan) -> BackgroundGrader:
        same = (plan.judge, plan.embedder, plan.model) == tuple(
            self._terms(0)[name] for name in ("judge", "embedder", "model")
        )
        if not same:
            planned_judging(plan)  # says at once where it cannot be had
        return self._grader if same else background_grader(plan)

    @staticmethod
    def _shown(interview: Interview, turns: tuple[Turn, ...]) -> dict[str, Any]:
        return {
            "session": interview.session.id,
            "said": [turn.text for turn in turns],
            "question": interview.question,
            "finished": interview.finished,
        }


def server(practice: Practice, language: Literal["zh", "en"]) -> "MCPServer":
    """Return the server of these interviews. Raises SettingError where the SDK is not installed."""
    try:
        # 0.5 s, and an extra: only those who serve an agent pay.
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise SettingError("kaoguan mcp", "the SDK is not installed", 'pip install "kaoguan[mcp]"') from error

    def told(work: Callable[P, T]) -> Callable[P, T]:
        """Return the function as one whose errors the agent reads."""

        def telling(*args: P.args, **named: P.kwargs) -> T:
            try:
                return work(*args, **named)
            except KaoguanError as error:
                raise ToolError(str(error)) from error

        return telling

    wording = prompts.load("mcp", language)
    made = MCPServer(
        "kaoguan", version=__version__, instructions=wording.say("instructions"), log_level="ERROR", debug=False
    )

    # By hand, for the SDK makes each tool's schema of its signature.
    @made.tool(description=wording.say("list_topics"))
    async def list_topics() -> list[dict[str, Any]]:
        return await asyncio.to_thread(told(practice.list_topics))

    @made.tool(description=wording.say("start_interview"))
    async def start_interview(
        topics: list[str] | None = None,
        questions: int = 3,
        difficulty: str | None = None,
        language: Literal["zh", "en"] | None = None,
        follow_ups: int = 2,
    ) -> dict[str, Any]:
        start = told(practice.start_interview)
        return await asyncio.to_thread(start, topics, questions, difficulty, language, follow_ups)

    @made.tool(description=wording.say("answer"))
    async def answer(answer: str, session: str | None = None) -> dict[str, Any]:
        return await asyncio.to_thread(told(practice.answer), answer, session)

    @made.tool(description=wording.say("hint"))
    async def hint(session: str | None = None) -> dict[str, Any]:
        return await asyncio.to_thread(told(practice.hint), session)

    @made.tool(description=wording.say("report"))
    async def report(session: str | None = None) -> str:
        return await asyncio.to_thread(told(practice.report), session)

    @made.tool(description=wording.say("grade"))
    async def grade(rubric: str, answer: str) -> dict[str, Any]:
        return await asyncio.to_thread(told(practice.grade), rubric, answer)

    return made
