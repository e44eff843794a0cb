"""What an interview comes to: the closing report as one value. `kaoguan interview --json` prints exactly this.

    {"schema_version": 1, "session": "k3f9qa", "started_at": "…", "finished_at": "…" | null, "mode": "mock",
     "language": "zh", "judge": "offline", "embedder": "bundled", "planned": 3,
     "score": {"unaided": 41.7, "final": 58.3}, "questions": [Question…], "next_steps": [Step…], "turns": [Turn…]}

A score is 0-100, or null where nothing was graded; the session's are means over the answered questions. `unaided` looks
at the first answer only, `final` at all answers of the question. A quote's `text` is `span` of the text of turn
`turn`; a judge may quote across two answers: `quotes` are all the parts, `quote` is the longest.
Fields are only ever added; `schema_version` counts up when one changes its meaning.
"""

from datetime import datetime

from kaoguan.interview.answers import Quote
from kaoguan.models import Label, Language, Model, ReviewReason, Ruler, Source
from kaoguan.session import Mode, Turn


class Score(Model):
    """Before and after follow-ups, 0-100; None: not graded. `likely`: where a person's final score may lie."""

    unaided: float | None = None
    final: float | None = None
    likely: tuple[int, int] | None = None


class Overruled(Model):
    """A person's verdict in the place of the judge's: `was` is what the judge said."""

    was: Label
    who: str
    why: str
    at: datetime


class Point(Model):
    """How the candidate stood to one key point."""

    key_point: str
    text: str
    weight: int
    unaided: Label
    final: Label
    confidence: float
    explanation: str = ""
    quote: Quote | None = None
    quotes: tuple[Quote, ...] = ()
    note: str | None = None  # what teaches it
    source: Source | None = None
    overruled: Overruled | None = None


class Stated(Model):
    """A misconception the candidate stated."""

    id: str
    text: str
    quote: Quote | None
    quotes: tuple[Quote, ...] = ()


class Change(Model):
    """A key point before and after a retry; `quote` is what was said of it in the retry."""

    key_point: str
    text: str
    before: Label
    after: Label
    quote: Quote | None = None


class Retry(Model):
    """The last retry of a question in practice mode, which counts in no score; `before` is the final score.

    `changes` are the key points that it changed, `still_open` those that are as open as before.
    """

    before: float | None
    score: float | None
    changes: tuple[Change, ...]
    still_open: tuple[Change, ...] = ()


class Question(Model):
    """One question, answered or not."""

    rubric_id: str
    topic: str
    question: str
    answers: int
    follow_ups: int
    hints: int
    hint_cost: float  # what hints took off the final score
    undone: int
    skipped: bool
    score: Score
    retries: int
    retry: Retry | None
    points: tuple[Point, ...]
    misconceptions: tuple[Stated, ...]
    needs_review: bool
    review_reasons: tuple[ReviewReason, ...]
    feedback: str
    reference_answer: str
    source: Source | None


class Step(Model):
    """One thing to do next: a key point to read up on or to say unaided, or a misconception to clear up; and where."""

    rubric_id: str
    key_point: str | None = None
    misconception: str | None = None
    text: str
    verdict: Label = Label.CONTRADICTED
    note: str | None = None
    source: Source | None


class Report(Model):
    """A session as one JSON object; the module's docstring shows its shape."""

    schema_version: int = 1
    session: str
    started_at: datetime
    finished_at: datetime | None
    mode: Mode
    language: Language
    judge: Ruler
    embedder: str
    planned: int
    score: Score
    questions: tuple[Question, ...]
    next_steps: tuple[Step, ...]
    turns: tuple[Turn, ...]
