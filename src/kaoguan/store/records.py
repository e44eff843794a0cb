"""What a session is made of: a plan, turns, grades."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kaoguan.models import Grade, JudgeName, Label, Language, Model, Rubric, Verdict


class Speaker(StrEnum):
    """Who says a turn."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"


class Kind(StrEnum):
    """What a turn does to the interview."""

    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    HINT = "hint"
    REFERENCE = "reference"
    CLOSING = "closing"

    ANSWER = "answer"
    SKIP = "skip"
    UNDO = "undo"
    QUIT = "quit"
    PAUSE = "pause"
    RESUME = "resume"

    @property
    def speaker(self) -> Speaker:
        """Return who says a turn of this kind."""
        asks = (Kind.QUESTION, Kind.FOLLOW_UP, Kind.HINT, Kind.REFERENCE, Kind.CLOSING)
        return Speaker.INTERVIEWER if self in asks else Speaker.CANDIDATE


class Turn(Model):
    """One utterance: `text` is exactly what was said or typed; `seq` counts from 1 within the session."""

    seq: Annotated[int, Field(ge=1)]
    speaker: Speaker
    kind: Kind
    rubric_id: str | None = None
    # What a follow-up or a hint is aimed at: one of the two.
    key_point: str | None = None
    misconception: str | None = None
    text: str = ""
    at: datetime


class Mode(StrEnum):
    """Mock: no verdicts before the end. Practice: feedback after each question."""

    MOCK = "mock"
    PRACTICE = "practice"


class Plan(Model):
    """What was agreed before the first question; the rubrics are copies."""

    rubrics: Annotated[tuple[Rubric, ...], Field(min_length=1)]
    language: Language
    mode: Mode = Mode.MOCK
    follow_ups: Annotated[int, Field(ge=0)] = 2
    minutes: Annotated[int, Field(ge=1)] | None = None
    seed: int = 0
    judge: JudgeName = JudgeName.OFFLINE
    embedder: str = "bundled"

    def rubric(self, rubric_id: str) -> Rubric:
        """Return the planned rubric with this id; KeyError when there is none."""
        for rubric in self.rubrics:
            if rubric.id == rubric_id:
                return rubric
        raise KeyError(rubric_id)


class Session(Model):
    """One stored interview; `draft` is what the candidate had typed but not submitted."""

    id: str
    started_at: datetime
    finished_at: datetime | None = None
    plan: Plan
    draft: str = ""
    mine: bool = True  # False: somebody else's, imported; it teaches us nothing about this candidate


class Stage(StrEnum):
    """Which answers a grade looked at: the first alone, or all of the question."""

    UNAIDED = "unaided"
    FINAL = "final"


class StoredGrade(Model):
    """A grade of one question, and the hash of the very text it is a grade of."""

    rubric_id: str
    stage: Stage
    answer_sha256: str
    grade: Grade


class Override(Model):
    """A person's ruling in the place of a judge's; `was` is the verdict that stood before."""

    rubric_id: str
    stage: Stage
    key_point: str
    answer_sha256: str
    was: Verdict
    verdict: Label
    who: str
    why: str
    at: datetime


class Summary(Model):
    """One line of the list of sessions; the scores are means over the questions that have one."""

    id: str
    started_at: datetime
    finished_at: datetime | None
    mode: Mode
    questions: int
    answered: int
    unaided: float | None
    final: float | None
    mine: bool
