"""What a session is made of: a plan, turns, grades."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kaoguan.models import Grade, JudgeName, Language, Model, Rubric, Ruler, Ruling, Verdict


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
    FEEDBACK = "feedback"
    REPLY = "reply"
    CLOSING = "closing"

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    SKIP = "skip"
    UNDO = "undo"
    QUIT = "quit"
    PAUSE = "pause"
    RESUME = "resume"

    @property
    def speaker(self) -> Speaker:
        """Return who says a turn of this kind."""
        asks = (Kind.QUESTION, Kind.FOLLOW_UP, Kind.HINT, Kind.REFERENCE, Kind.FEEDBACK, Kind.REPLY, Kind.CLOSING)
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


class Style(StrEnum):
    """How the interviewer speaks; what is asked and what it is worth is the same in all of them."""

    FRIENDLY = "friendly"
    NEUTRAL = "neutral"
    STRICT = "strict"


class Plan(Model):
    """What was agreed before the first question; the rubrics are copies.

    Where there are more rubrics than `questions`, the interview asks some of them: the first ones, or with `adaptive`
    (the ability it starts from, 1-5) those that suit the candidate best. `due` names (rubric, key point) pairs that are
    asked about before others.
    """

    rubrics: Annotated[tuple[Rubric, ...], Field(min_length=1)]
    questions: Annotated[int, Field(ge=1)] | None = None
    adaptive: Annotated[float, Field(ge=1, le=5)] | None = None
    due: tuple[tuple[str, str], ...] = ()
    style: Style = Style.NEUTRAL
    voiced: bool = False  # a language model words what is asked
    language: Language
    mode: Mode = Mode.MOCK
    follow_ups: Annotated[int, Field(ge=0)] = 2
    minutes: Annotated[int, Field(ge=1)] | None = None
    seed: int = 0
    judge: Ruler = JudgeName.OFFLINE
    embedder: str = "bundled"
    model: str | None = None

    @property
    def length(self) -> int:
        """Return how many questions will be asked."""
        return min(self.questions or len(self.rubrics), len(self.rubrics))

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
    """Which answers a grade looked at: the first alone, all of the question, or the last retry alone."""

    UNAIDED = "unaided"
    FINAL = "final"
    RETRY = "retry"


class StoredGrade(Model):
    """A grade of one question, and the hash of the very text it is a grade of; `score` is the grade's less hints."""

    rubric_id: str
    stage: Stage
    answer_sha256: str
    score: float | None
    grade: Grade


class StoredRuling(Ruling):
    """A ruling on the grade of one stage of a question; `was` is the verdict that stood before."""

    stage: Stage
    answer_sha256: str
    was: Verdict


class Record(Model):
    """One session with everything that happened in it."""

    session: Session
    turns: tuple[Turn, ...]
    grades: tuple[StoredGrade, ...] = ()
    overrides: tuple[StoredRuling, ...] = ()


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
