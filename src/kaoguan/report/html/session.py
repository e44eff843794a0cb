"""The page of one interview: the conversation with what each passage earned, charts, and what to read next."""

from collections.abc import Iterable, Iterator

from kaoguan import prompts
from kaoguan.interview.answers import Quote
from kaoguan.interview.decide.moves import spent
from kaoguan.interview.decide.state import replay, standing
from kaoguan.interview.results import Question, Report
from kaoguan.models import Model
from kaoguan.report.html import charts
from kaoguan.report.html.environment import page
from kaoguan.report.html.highlights import SIGNS, Highlight, HighlightRun, Tone, cut
from kaoguan.report.phrases import UNSURE, Phrases, Say
from kaoguan.session import Kind, Turn


class ShownTurn(Model):
    """One turn as it is shown; `runs` is its text, cut at the borders of what was quoted from it."""

    turn: Turn
    taken_back: bool
    retry: bool  # an answer after feedback, which counts in no score
    runs: tuple[HighlightRun, ...]


class QuestionSection(Model):
    """One question with everything said from it to the next one."""

    number: int
    question: Question
    utterances: tuple[ShownTurn, ...]


def render(report: Report) -> str:
    """Return the report as one HTML file: this interview as it was, whatever came after it."""
    return page(
        "session.html.jinja",
        report.language,
        report=report,
        sections=question_sections(report),
        topics=charts.topics(report.questions),
        tones=[tone for tone in Tone if tone in _tones(report)],
        unsure=UNSURE,
        minutes=_minutes(report.turns),
    )


def question_sections(report: Report) -> tuple[QuestionSection, ...]:
    """Return the conversation by question. What was taken back stands where it was said."""
    phrases, say = Phrases(report.language), prompts.load("page", report.language).say
    kept = {turn.seq for turn in standing(report.turns)}
    starts = [turn.seq for turn in report.turns if turn.kind is Kind.QUESTION and turn.seq in kept]
    ends = [*starts[1:], len(report.turns) + 1]
    retries = {turn.seq for exchange in replay(report.turns).exchanges for turn in exchange.retries}
    found = []
    for number, (question, start, end) in enumerate(zip(report.questions, starts, ends, strict=True), start=1):
        marks = _by_turn(_marks(question, number, phrases, say))
        utterances = tuple(
            ShownTurn(
                turn=turn,
                taken_back=turn.seq not in kept and turn.kind is not Kind.UNDO,
                retry=turn.seq in retries,
                runs=cut(turn.text, marks.get(turn.seq, ())),
            )
            for turn in report.turns
            if start <= turn.seq < end
        )
        found.append(QuestionSection(number=number, question=question, utterances=utterances))
    return tuple(found)


def _by_turn(marks: Iterable[tuple[Quote, Highlight]]) -> dict[int, list[Highlight]]:
    found: dict[int, list[Highlight]] = {}
    for quote, mark in marks:
        found.setdefault(quote.turn, []).append(mark)
    return found


def _marks(question: Question, number: int, phrases: Phrases, say: Say) -> Iterator[tuple[Quote, Highlight]]:
    for index, point in enumerate(question.points, start=1):
        label = say("point_mark", number=str(index), word=phrases.verdict(point), text=point.text)
        for quote in point.quotes:
            yield quote, _mark(f"q{number}-p{index}", Tone(point.final), index, label, quote)
    for index, stated in enumerate(question.misconceptions, start=1):
        label = say("misconception_mark", number=str(index), text=stated.text)
        for quote in stated.quotes:
            yield quote, _mark(f"q{number}-m{index}", Tone.MISCONCEPTION, index, label, quote)


def _mark(target: str, tone: Tone, index: int, label: str, quote: Quote) -> Highlight:
    return Highlight(target=target, tone=tone, sign=f"{SIGNS[tone]}{index}", label=label, span=quote.span)


def _tones(report: Report) -> set[Tone]:
    tones = {Tone(point.final) for question in report.questions for point in question.points if point.quotes}
    stated = any(stated.quotes for question in report.questions for stated in question.misconceptions)
    return tones | {Tone.MISCONCEPTION} if stated else tones


def _minutes(turns: tuple[Turn, ...]) -> int | None:
    return round(spent(turns, turns[-1].at).total_seconds() / 60) if turns else None
