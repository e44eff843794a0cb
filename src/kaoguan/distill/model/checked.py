"""What a language model extracted, checked against the document: what stands there goes on, the rest is named."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from kaoguan.distill.distilled import Dropped
from kaoguan.distill.folder.identity import slug
from kaoguan.distill.model.chunks import Chunk
from kaoguan.distill.model.grounding import Grounding, Supports, believable, numbers, turned
from kaoguan.distill.model.reply import ExtractedClaim, ExtractedQuestion
from kaoguan.distill.questions.subject import subject
from kaoguan.models import KeyPoint, Language, Misconception, Rubric, Source
from kaoguan.text import one_line
from kaoguan.text.overlap import containment, leaks
from kaoguan.text.script import is_chinese

# A question whose content the chunk does not hold was invented.
_ASKED = 0.5
# A misconception is about what it contradicts.
_ABOUT = 0.2


class Checked(NamedTuple):
    """The rubric that is left (None: nothing was grounded), and what fell away."""

    rubric: Rubric | None
    dropped: list[Dropped]


def checked(extracted: ExtractedQuestion, chunk: Chunk, supports: Supports) -> Checked:
    """Return the question with only what the chunk's own words support."""
    return _Check(chunk, supports).question(extracted)


class _Check:
    """One question being checked."""

    def __init__(self, chunk: Chunk, supports: Supports) -> None:
        self._document = chunk.document
        self._grounds = Grounding(chunk.lines)
        self._running = chunk.running
        self._supports = supports
        self._dropped: list[Dropped] = []

    def question(self, asked: ExtractedQuestion) -> Checked:
        """Return the rubric of one extracted question."""
        text = one_line(asked.question)
        if not believable(text) or containment(f"{self._grounds.words} {self._running}", text) < _ASKED:
            self._drop(text, "the document does not ask this")
            return Checked(None, self._dropped)
        points = self._points(asked.claims, text)
        if not points:
            self._drop(text, "no claim of its answer stands in the document")
            return Checked(None, self._dropped)
        language: Language = "zh" if is_chinese(text + points[0].text) else "en"
        stop = "。" if language == "zh" else ". "
        rubric = Rubric(
            id=slug(text),
            language=language,
            topic=one_line(asked.topic)[:24] or subject(text),
            difficulty=min(5, max(1, asked.difficulty)),
            question=text,
            reference_answer="".join(point.text.rstrip("。.") + stop for point in points).strip(),
            key_points=tuple(points),
            misconceptions=tuple(self._misconceptions(asked, points)),
            notes=tuple(self._notes(asked)),
            source=self._source(asked.line, asked.line, whole=True),
        )
        return Checked(rubric, self._dropped)

    def _points(self, claims: Sequence[ExtractedClaim], question: str) -> list[KeyPoint]:
        points: list[KeyPoint] = []
        for claim in claims:
            text = one_line(claim.text)
            place = self._grounds.place(claim.quote, near=claim.first_line)
            if place is None:
                self._drop(text, "its quotation is not in the document")
            elif not self._says(text, claim.quote, place.words):
                self._drop(text, f"lines {place.first}-{place.last} do not say it")
            elif all(point.text != text for point in points):
                point = KeyPoint(
                    id=f"p{len(points) + 1}",
                    text=text,
                    weight=_weight(claim.weight),
                    paraphrases=self._paraphrases(claim, place.words),
                    source=self._source(place.first, place.last),
                )
                points.append(point.model_copy(update={"follow_up": _follow_up(claim.follow_up, point, question)}))
        return points

    def _says(self, text: str, quote: str, words: str) -> bool:
        return (
            believable(text)
            and numbers(text) <= numbers(words)
            and not turned(text, quote)
            and self._supports(text, words)
        )

    def _paraphrases(self, claim: ExtractedClaim, words: str) -> tuple[str, ...]:
        kept: list[str] = []
        for wording in claim.paraphrases:
            text = one_line(wording)
            if not self._says(text, claim.text, f"{words} {claim.text}"):
                self._drop(text, "is no paraphrase of what the document says")
            elif text not in (one_line(claim.text), *kept):
                kept.append(text)
        return tuple(kept)

    def _misconceptions(self, asked: ExtractedQuestion, points: Sequence[KeyPoint]) -> list[Misconception]:
        kept: list[Misconception] = []
        for wrong in asked.misconceptions:
            text = one_line(wrong.text)
            place = self._grounds.place(wrong.quote, near=asked.line)
            if place is None or containment(text, place.words) + containment(place.words, text) < 2 * _ABOUT:
                self._drop(text, "goes against nothing in the document")
            elif not believable(text) or any(self._supports(text, point.text) for point in points):
                self._drop(text, "is what the document says")
            else:
                ask = one_line(wrong.follow_up) or None
                kept.append(Misconception(id=f"m{len(kept) + 1}", text=text, follow_up=ask))
        return kept

    def _notes(self, asked: ExtractedQuestion) -> list[str]:
        kept = []
        for note in asked.notes:
            text = one_line(note.text)
            if self._grounds.place(note.quote, near=asked.line) is None or not believable(text):
                self._drop(text, "is a note on nothing in the document")
            else:
                kept.append(text)
        return kept

    def _source(self, first: int, last: int, *, whole: bool = False) -> Source:
        sha256 = self._document.sha256 if whole else None
        lines = (first, last) if 1 <= first <= last else None
        return Source(document=self._document.name, lines=lines, sha256=sha256)

    def _drop(self, text: str, why: str) -> None:
        self._dropped.append(Dropped(document=self._document.name, text=text, why=why))


def _weight(given: int) -> Literal[1, 2, 3]:
    return 3 if given >= 3 else 2 if given == 2 else 1


def _follow_up(given: str, point: KeyPoint, question: str) -> str | None:
    text = one_line(given)
    return text if believable(text) and not leaks(text, [point], public=question) else None
