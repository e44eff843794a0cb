"""An interview over HTTP: `uvicorn fastapi_interview:app`. Many candidates at once; the event loop goes on.

POST /interviews                    -> {"id", "question"}
POST /interviews/{id}/answers       {"answer": "…"} -> {"said", "question", "finished"}
GET  /interviews/{id}/report
"""

from typing import Annotated

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, StringConstraints

from kaoguan import AsyncInterview, Grader, KaoguanError, Plan, Report, rubrics

app = FastAPI()
grader = Grader.offline()
interviews: dict[str, AsyncInterview] = {}


class Answer(BaseModel):
    """What the candidate says."""

    answer: Annotated[str, StringConstraints(max_length=20_000)]


class Said(BaseModel):
    """What the interviewer says, and what to answer next."""

    id: str
    said: list[str]
    question: str
    finished: bool


def found(id: str) -> AsyncInterview:
    """Return the interview with this id, or 404."""
    if id not in interviews:
        raise HTTPException(404, "there is no such interview")
    return interviews[id]


@app.post("/interviews")
async def start() -> Said:
    """Start an interview of two questions."""
    plan = Plan(rubrics=tuple(rubrics.load_bundled().values()), questions=2, language="zh", follow_ups=1)
    interview = await AsyncInterview.start(plan, grader)
    id = interview.interview.session.id
    interviews[id] = interview
    said = [turn.text for turn in interview.interview.turns]
    return Said(id=id, said=said, question=interview.question, finished=False)


@app.post("/interviews/{id}/answers")
async def answer(id: str, given: Answer) -> Said:
    """Give an answer to the question asked last."""
    interview = found(id)
    try:
        turns = await interview.submit(given.answer)
    except KaoguanError as error:
        raise HTTPException(422, str(error)) from error
    said = [turn.text for turn in turns]
    return Said(id=id, said=said, question=interview.question, finished=interview.finished)


@app.get("/interviews/{id}/report")
async def report(id: str) -> Report:
    """Return the report on everything answered so far."""
    return await found(id).report()
