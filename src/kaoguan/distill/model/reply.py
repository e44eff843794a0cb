"""What a language model is asked to return for one chunk: nothing in it is believed before it is checked."""

from pydantic import Field

from kaoguan.models import Model


class ExtractedClaim(Model):
    """One claim and the words of the document it rests on; the quotation comes first, so that it leads the claim."""

    quote: str
    first_line: int
    last_line: int
    text: str
    weight: int
    paraphrases: list[str] = Field(default_factory=list)
    follow_up: str = ""


class ExtractedMisconception(Model):
    """A wrong claim, and the words of the document that it goes against."""

    quote: str
    text: str
    follow_up: str = ""


class ExtractedNote(Model):
    """Where the document is wrong or imprecise."""

    quote: str
    text: str


class ExtractedQuestion(Model):
    """One question with what the document says to it."""

    line: int
    question: str
    topic: str
    difficulty: int
    claims: list[ExtractedClaim]
    misconceptions: list[ExtractedMisconception] = Field(default_factory=list)
    notes: list[ExtractedNote] = Field(default_factory=list)


class ExtractReply(Model):
    """All questions of a chunk."""

    questions: list[ExtractedQuestion]
