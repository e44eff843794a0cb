"""The values that cross module borders: frozen, strict, parsed once at the edge.

Names follow the vocabulary of the README: document, rubric, key point, misconception, answer, verdict, evidence, grade.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from kaoguan.text import printable


def _shown_safely(text: str) -> str:
    # YAML's "\x1b" would let a rubric someone sends you write to your terminal.
    if printable(text) != text:
        raise ValueError("holds control characters")
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")]
Claim = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_shown_safely)]
Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Span = tuple[int, int]
"""Half-open character offsets `[start, end)` into the answer as the candidate typed it."""


class Model(BaseModel):
    """A frozen value that refuses unknown fields."""

    # Built on first use (one thread at a time, by pydantic): no command uses all models, and together they take 0.05 s.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


# --- rubric -----------------------------------------------------------------------------------------------------------


class Source(Model):
    """Where a statement comes from: a document, its hash, and 1-based inclusive lines."""

    document: Claim
    lines: tuple[int, int] | None = None
    sha256: str | None = None

    @field_validator("lines")
    @classmethod
    def _in_order(cls, lines: tuple[int, int] | None) -> tuple[int, int] | None:
        if lines and not 1 <= lines[0] <= lines[1]:
            raise ValueError("lines count from 1, first before last")
        return lines


class KeyPoint(Model):
    """One atomic claim that a good answer makes."""

    id: Identifier
    text: Claim
    weight: Literal[1, 2, 3]
    paraphrases: tuple[Claim, ...] = ()
    follow_up: Claim | None = None
    note: Claim | None = None
    """Two or three sentences that teach the point: what a candidate reads next. No judge sees it."""
    source: Source | None = None


class Misconception(Model):
    """A wrong claim that candidates make; stating it costs marks."""

    id: Identifier
    text: Claim
    follow_up: Claim | None = None


class Rubric(Model):
    """One question with its reference answer, key points and misconceptions."""

    id: Identifier
    language: Language
    state: Literal["ready", "draft"] = "ready"
    """A draft is a question that waits for its answer: nobody is asked it and nothing is graded by it."""
    topic: Claim
    difficulty: Annotated[int, Field(ge=1, le=5)]
    question: Claim
    reference_answer: Claim
    key_points: Annotated[tuple[KeyPoint, ...], Field(min_length=1)]
    misconceptions: tuple[Misconception, ...] = ()
    notes: tuple[Claim, ...] = ()
    source: Source | None = None
    # Where else the same question is asked: distilled documents often share questions.
    other_sources: tuple[Source, ...] = ()

    def key_point(self, key_point_id: str) -> KeyPoint:
        """Return the key point with this id; KeyError when there is none."""
        for point in self.key_points:
            if point.id == key_point_id:
                return point
        raise KeyError(key_point_id)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change when anything a judge can see changes."""
        return _fingerprint(self)


# 40 µs, several times for each of some thousand answers to the same few questions. Not kept in the rubric itself, for
# its changed copies would take it along.
@lru_cache(maxsize=1024)
def _fingerprint(rubric: Rubric) -> str:
    content = rubric.model_dump_json(
        exclude={"state": True, "source": True, "other_sources": True, "key_points": {"__all__": {"source", "note"}}}
    )
    return hashlib.sha256(content.encode()).hexdigest()[:16]


# --- answers ----------------------------------------------------------------------------------------------------------


class Submission(Model):
    """An answer with an id, from a file; `extra` is the other columns of the file, passed through."""

    id: Claim
    rubric_id: str
    answer: str
    extra: Mapping[str, Any] = Field(default_factory=dict)
    row: Mapping[str, Any] = Field(default_factory=dict)
    """All columns as they stood in the file, the answer among them: what comes back in a table."""
    student: str = ""
    """Whose it is, as far as the file says so; `name` is what they are called."""
    name: str = ""


# --- language models ----------------------------------------------------------------------------------------------


class Usage(Model):
    """What asking a language model took; adds up. `cost` is None where a price is unknown."""

    requests: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Usage(
            requests=self.requests + other.requests,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=cost,
        )


# --- grades -----------------------------------------------------------------------------------------------------------


class JudgeName(StrEnum):
    """Who ruled."""

    OFFLINE = "offline"
    LLM = "llm"
    HYBRID = "hybrid"
    PERSON = "person"  # overruled a judge


Ruler = Annotated[JudgeName | Identifier, Field(union_mode="left_to_right")]
"""Who ruled: one of ours, or the name that a judge of your own gives itself."""


class Label(StrEnum):
    """How an answer stands to one key point."""

    COVERED = "covered"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
    UNSCORED = "unscored"


class ReviewReason(StrEnum):
    """Why a person should look at a grade. Its words are `review_<value>` in words/<language>/report.yaml."""

    # What is the matter with the answer, whoever judges it.
    INJECTION_SUSPECTED = "injection_suspected"
    TOO_LONG = "too_long"
    CONTAINS_REFERENCE = "contains_reference"
    UNREADABLE = "unreadable"
    # Where the offline judge's low confidence comes from.
    LOW_CONFIDENCE = "low_confidence"
    CONTRADICTION_UNCERTAIN = "contradiction_uncertain"
    LANGUAGE_MISMATCH = "language_mismatch"
    NO_SHARED_WORDS = "no_shared_words"
    KEYWORD_LIST = "keyword_list"
    RESTATES_QUESTION = "restates_question"
    # What is the matter with the language model's verdicts.
    EVIDENCE_NOT_FOUND = "evidence_not_found"
    JUDGES_DISAGREE = "judges_disagree"
    JUDGES_FAR_APART = "judges_far_apart"
    CANARY_COVERED = "canary_covered"
    # Why the language model gave nothing: the values are those of `llm.Reason`.
    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    EMPTY_REPLY = "empty_reply"
    INVALID_REPLY = "invalid_reply"
    CONTEXT_EXCEEDED = "context_exceeded"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    CONNECTION = "connection"
    REJECTED = "rejected"
    NO_REPLY_YET = "no_reply_yet"

    @property
    def of_the_answer(self) -> bool:
        """Return whether it holds whoever judges: another judge's verdicts do not settle it."""
        return self in {self.INJECTION_SUSPECTED, self.TOO_LONG, self.CONTAINS_REFERENCE}

    @property
    def of_the_call(self) -> bool:
        """Return whether the language model gave nothing: asking it again may well be worth it."""
        reasons = list(ReviewReason)
        return reasons.index(self) >= reasons.index(ReviewReason.REFUSAL)


class Verdict(Model):
    """A judge's ruling on one key point, with the words it rests on."""

    key_point: Identifier
    verdict: Label
    evidence: str = ""
    span: Span | None = None
    explanation: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)]
    covered_probability: Annotated[float, Field(ge=0, le=1)] | None = None
    """How likely the answer covers the point, whatever the verdict; None where the judge gives none."""
    judge: Ruler


class StatedMisconception(Model):
    """A misconception that the answer states, and where."""

    id: Identifier
    evidence: str
    span: Span


class Judgement(Model):
    """What one judge says about one answer, before anything is added up."""

    verdicts: tuple[Verdict, ...]
    misconceptions: tuple[StatedMisconception, ...] = ()
    review_reasons: tuple[ReviewReason, ...] = ()
    usage: Usage | None = None
    """What a language model took for it; None where none was asked."""


class Ruling(Model):
    """A person's verdict on one key point, in the place of a judge's."""

    rubric_id: str
    key_point: str
    verdict: Label
    who: str
    why: str = ""
    at: datetime


class Fingerprints(Model):
    """What a grade depends on: with the same four, the same answer gets the same grade."""

    rubric: str
    prompt: str | None = None
    embedder: str | None = None
    calibration: str | None = None


class Grade(Model):
    """All verdicts on one answer and their sum; one line of a grades file."""

    id: str
    rubric_id: str
    score: float | None
    range: tuple[int, int] | None = None
    """Between which points a person's score likely lies; None when unscored, or in files from before there was one."""
    needs_review: bool
    review_reasons: tuple[ReviewReason, ...]
    judge: Ruler
    verdicts: tuple[Verdict, ...]
    misconceptions: tuple[StatedMisconception, ...]
    feedback: str
    model: str | None = None
    usage: Usage | None = None
    fingerprints: Fingerprints
