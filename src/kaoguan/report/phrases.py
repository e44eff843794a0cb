"""The report's sentences, whatever they are drawn on."""

import shlex
from collections.abc import Callable
from enum import StrEnum

from kaoguan import config, prompts
from kaoguan.documents.at_hand import at_hand, places
from kaoguan.interview.results import Point, Question, Report, Retry, Score, Step
from kaoguan.models import JudgeName, Label, Language, ReviewReason, Source
from kaoguan.text import printable
from kaoguan.text.numbers import number

Say = Callable[..., str]
"""Gives a text by its key, filled with what it names."""

# Below this the judge's own doubt is worth a word.
UNSURE = 0.6

SYMBOLS = {
    # None of them is of ambiguous width, and each is told from the others without colour.
    Label.COVERED: "✓",
    Label.PARTIAL: "~",
    Label.MISSING: "✗",
    Label.CONTRADICTED: "!",
    Label.UNSCORED: "?",
}


class Phrases:
    """Sentences in one language."""

    def __init__(self, language: Language) -> None:
        self.wording = prompts.load("report", language)
        self.say = self.wording.say
        self._documents = places(config.folders().documents)

    def score(self, score: Score, *, both: bool) -> str:
        """Return `41.7 → 58.3` (before and after follow-ups), or one number, and its likely range."""
        if score.final is None:
            return self.say("no_score")
        likely = self.say("likely", low=str(score.likely[0]), high=str(score.likely[1])) if score.likely else ""
        if both and score.unaided is not None:
            return self.say("scores", unaided=number(score.unaided), final=number(score.final)) + likely
        return self.say("score", final=number(score.final)) + likely

    def retried(self, retry: Retry) -> str:
        """Return how another try scored beside the first."""
        before, after = (self.score(Score(final=score), both=False) for score in (retry.before, retry.score))
        return self.say("retry", before=before, after=after)

    def verdict(self, point: Point) -> str:
        """Return the verdict in words, with what follow-ups changed and how sure the judge is."""
        remarks = []
        if point.overruled:
            pass  # how the verdict came about is told apart
        elif point.final in (Label.COVERED, Label.PARTIAL) and point.unaided not in (point.final, Label.UNSCORED):
            remarks.append(self.say("after_follow_up"))
        if point.confidence < UNSURE and point.final is not Label.UNSCORED:
            remarks.append(self.say("unsure"))
        word = self.say(point.final.value)
        return word + self.say("remarks", remarks=self.say("comma").join(remarks)) if remarks else word

    def weight(self, point: Point) -> str:
        """Return the point's id, by which it can be overruled, and its weight."""
        return self.say("weight", id=point.key_point, weight=str(point.weight))

    def overruled(self, point: Point) -> str:
        """Return who put their verdict in the place of the judge's, and what that was; empty when nobody did."""
        if point.overruled is None:
            return ""
        one = point.overruled
        told = {"was": self.say(one.was.value), "who": printable(one.who)}
        told["at"] = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
        return self.say("overruled_why", why=printable(one.why), **told) if one.why else self.say("overruled", **told)

    def place(self, source: Source | None) -> str:
        """Return document and lines and how to see them; nothing where the document is not at hand."""
        if source is None or not at_hand(source, self._documents):
            return ""
        if source.lines is None:
            return source.document
        first, last = source.lines
        told = {"document": source.document, "shown": f"kaoguan rubrics lines {shlex.quote(source.document)} "}
        if first == last:
            return self.say("line", line=str(first), **told)
        return self.say("lines", first=str(first), last=str(last), **told)

    def advice(self, point: Point) -> list[str]:
        """Return what teaches a point that was not covered, and where to read about it."""
        if point.final is Label.COVERED:
            return []
        place = self.place(point.source)
        learn = [self.say("learn", note=point.note)] if point.note else []
        return learn + ([self.say("read", place=place)] if place else [])

    def quoted(self, words: str) -> str:
        """Return the candidate's words in quotation marks, each line apart: what stands between two was typed so."""
        lines = (line.strip() for line in printable(words).splitlines())
        return "".join(self.say("quote", words=line) for line in lines if line)

    def review(self, question: Question) -> str:
        """Return why the score is not certain; empty when it is."""
        if not question.needs_review:
            return ""
        told = [self.reason(reason) for reason in question.review_reasons]
        if question.score.final is not None and any(reason.of_the_call for reason in question.review_reasons):
            told.append(self.say("offline_alone"))
        return self.say("review", reasons=self.say("comma").join(told))

    def reason(self, reason: ReviewReason) -> str:
        """Return why a person should look."""
        return self.say(f"review_{reason.value}")

    def facts(self, question: Question) -> str:
        """Return how often hints, follow-ups and undos were used; empty when none was."""
        counts = {
            "follow_ups": question.follow_ups,
            "hints": question.hints,
            "undone": question.undone,
            "retries": question.retries,
        }
        told = [self.say(f"count_{name}", count=str(count)) for name, count in counts.items() if count]
        if question.hint_cost:
            told.append(self.say("hint_cost", points=number(question.hint_cost)))
        if question.skipped:
            told.append(self.say("skipped" if question.answers == 0 else "skipped_follow_up"))
        return self.say("comma").join(told)

    def summary(self, report: Report) -> list[str]:
        """Return the result in a few plain sentences: numbers first, nothing kinder or harder than they are."""
        answered = [question for question in report.questions if question.answers]
        counts = {"answered": str(len(answered)), "planned": str(report.planned)}
        if not answered:
            return [self.say("nothing_answered", **counts)]
        lines = [self.say("overall", score=self.score(report.score, both=_followed_up(report)), **counts)]
        lines += interviewer_note(report, self.say)
        points = [point for question in answered for point in question.points]
        tally = [
            self.say("tally", verdict=self.say(label.value), count=str(count))
            for label in Label
            if (count := sum(point.final is label for point in points))
        ]
        lines.append(self.say("tallies", count=str(len(points)), tally=self.say("comma").join(tally)))
        if any(point.confidence < UNSURE for point in points):
            lines.append(self.say(f"blind_{report.judge}" if isinstance(report.judge, JudgeName) else "blind_own"))
        return lines

    def step(self, step: Step) -> str:
        """Return one piece of advice: the point, what teaches it, and where to read about it."""
        text = step.text
        if step.misconception:
            text = self.say("step_misconception", text=text)
        elif step.verdict is Label.COVERED:
            text = self.say("step_unaided", text=text)
        if step.note:
            text = self.say("step_note", text=text, note=printable(step.note))
        place = self.place(step.source)
        if place:
            return self.say("step", text=text, place=place)
        return text if step.note else self.say("step_reference", text=text)


def _followed_up(report: Report) -> bool:
    return any(question.answers > 1 for question in report.questions)


# The weight of what nobody hires without.
_CORE = 3


class Level(StrEnum):
    """How far the answers carry, in words that neither praise nor blame."""

    INDEPENDENT = "independent"
    SOLID = "solid"
    PARTLY = "partly"
    NOT_YET = "not_yet"


def level(score: Score, against: int) -> Level:
    """Return the level of a graded interview; `against` counts contradictions and misconceptions.

    The highest one is for those who need no follow-ups and say nothing wrong.
    """
    final, unaided = score.final or 0.0, score.unaided or 0.0
    if final >= 85 and unaided >= 70 and not against:
        return Level.INDEPENDENT
    if final >= 65:
        return Level.SOLID
    return Level.PARTLY if final >= 35 else Level.NOT_YET


def interviewer_note(report: Report, say: Say) -> list[str]:
    """Return the note in the words of `say`, most important first; nothing where nothing was graded."""
    graded = [question for question in report.questions if question.score.final is not None]
    if not graded:
        return []
    points = [point for question in graded for point in question.points]
    core = [point for point in points if point.weight >= _CORE]
    gained = sum(point.final is Label.COVERED and point.unaided is not Label.COVERED for point in points)
    wrong = sum(len(question.misconceptions) for question in graded)
    against = sum(point.final is Label.CONTRADICTED for point in points)
    lines = [say(f"level_{level(report.score, against + wrong)}")]
    facts = (
        [say("core", hit=str(sum(point.final is Label.COVERED for point in core)), all=str(len(core)))] if core else []
    )
    facts += [say("gained", count=str(gained))] if gained else []
    facts += [say("against", count=str(against))] if against else []
    facts += [say("wrong", count=str(wrong))] if wrong else []
    if facts:
        lines.append(say("facts", facts=say("semicolon").join(facts)))
    ranked = sorted(graded, key=_final)
    if len({one.topic for one in ranked}) > 1 and _final(ranked[0]) < _final(ranked[-1]):
        # Of one topic alone "most" and "least" would name the same.
        best, weakest = (say("of_topic", topic=one.topic, score=number(_final(one))) for one in (ranked[-1], ranked[0]))
        lines.append(say("best_and_weakest", best=best, weakest=weakest))
    return lines


def _final(question: Question) -> float:
    return question.score.final or 0.0
