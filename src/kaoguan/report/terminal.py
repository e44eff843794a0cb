"""Reports on a terminal, 40 to 200 columns, with colour or without, in a pipe too."""

import io

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from kaoguan.interview.compile_report import of_one
from kaoguan.interview.results import Point, Question, Report, Retry
from kaoguan.models import Grade, Label, Language, Rubric
from kaoguan.report.phrases import SYMBOLS, UNSURE, Phrases
from kaoguan.text import one_line, printable
from kaoguan.text.wrap import line_width, wrap

_COLOURS = {
    Label.COVERED: "green",
    Label.PARTIAL: "yellow",
    Label.MISSING: "red",
    Label.CONTRADICTED: "bold magenta",
    Label.UNSCORED: "dim",
}


# What a verdict leaves to learn of a point.
_COST = {Label.CONTRADICTED: 1.25, Label.MISSING: 1.0, Label.PARTIAL: 0.5}
# So many lines of its note stand in the short report at most, and so many lines are left to it and to the points.
_EXPLAINED, _BRIEF = 3, 11


def draw_report(console: Console, report: Report, *, questions: bool = True, full: bool = False) -> None:
    """Draw the closing report: what it came to, what to do next, and each question (unless it was drawn before).

    A question takes 10 to 15 lines; with `full` everything there is to say about it, with the reference answer.
    """
    page = _Page(console, report.language)
    say = page.phrases.say
    page.line()
    page.line(say("title"), "bold")
    if report.finished_at is None:
        page.line(say("unfinished"))
    overall, *details = page.phrases.summary(report)
    page.line(overall, "bold")
    for line in details:
        page.line(line)
    if report.next_steps:
        page.line()
        page.line(say("next_title"), "bold")
    for number, step in enumerate(report.next_steps, start=1):
        page.line(page.phrases.step(step), first=f"  {number}. ", indent=" " * 5)
    for number, question in enumerate(report.questions if questions else (), start=1):
        page.line()
        page.line(say("question_title", number=str(number), topic=question.topic), "bold cyan")
        page.line(question.question)
        if full:
            page.question(question)
        else:
            page.brief(question)
    if not full and questions and any(question.answers for question in report.questions):
        page.line()
        page.line(say("full"), "dim")


def plain_report(report: Report) -> str:
    """Return the closing report as plain text, for a file."""
    file = io.StringIO()
    draw_report(Console(file=file, highlight=False, color_system=None), report, full=True)
    return file.getvalue()


def draw_feedback(console: Console, question: Question, language: Language) -> None:
    """Draw the feedback of practice mode on one question, without the reference answer; after a retry what changed."""
    page = _Page(console, language)
    page.line()
    if question.retry:
        page.retry(question.retry)
    else:
        page.question(question, reference=False)


def draw_grade(
    console: Console, rubric: Rubric, answer: str, grade: Grade, *, language: Language | None = None
) -> None:
    """Draw the grade of one answer: score, key points with the words they rest on, misconceptions, reference answer."""
    page = _Page(console, language or rubric.language)
    page.question(of_one(rubric, answer, grade))


def _worst(question: Question) -> Point | None:
    """Return the open point with a note that cost most: the first of the heaviest."""
    left = [point for point in question.points if point.note and point.final in _COST]
    return max(left, key=lambda point: point.weight * _COST[point.final], default=None)


class _Page:
    """Lines on a console, with hanging indents."""

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self.phrases = Phrases(language)

    def line(self, text: str = "", style: str = "", *, first: str = "", indent: str = "", lead: str = "") -> None:
        """Print `text`, indented; `lead` colours the beginning of the first line."""
        shown = Text(wrap(printable(text), line_width(self._console), indent, first or indent), style)
        if lead:
            shown.stylize(lead, 0, len(first))
        self._console.print(shown, soft_wrap=True)

    def retry(self, retry: Retry) -> None:
        """Draw what another try changed, point by point."""
        say, phrases = self.phrases.say, self.phrases
        self.line(phrases.retried(retry), "bold")
        for change in retry.changes:
            first = f"  {SYMBOLS[change.after]} {say(change.before.value)} → {say(change.after.value)}  "
            self.line(change.text, first=first, indent=" " * 4, lead=_COLOURS[change.after])
            if change.quote:
                self.line(phrases.quoted(change.quote.text), "italic", indent=" " * 4)
        if not retry.changes:
            self.line(say("retry_unchanged"), indent="  ")
        if retry.still_open:
            self.line(say("retry_open"), indent="  ")
        for change in retry.still_open:
            first = f"  {SYMBOLS[change.after]} {say(change.after.value)}  "
            self.line(change.text, first=first, indent=" " * 4, lead=_COLOURS[change.after])
            if change.quote:
                self.line(phrases.quoted(change.quote.text), "italic", indent=" " * 4)

    def brief(self, question: Question) -> None:
        """Draw one question in a few lines: a line for each point, the heaviest open one explained."""
        say, phrases = self.phrases.say, self.phrases
        if not question.answers:
            self.line(say("skipped") if question.skipped else say("not_answered"))
            return
        facts, score = phrases.facts(question), phrases.score(question.score, both=question.answers > 1)
        self.line(f"{score}  [{facts}]" if facts else score, "bold")
        for point in question.points:
            doubt = say("unsure_mark") if point.confidence < UNSURE else ""
            first = f"  {SYMBOLS[point.final]} {say(point.final.value)}{doubt} "
            said = phrases.quoted(point.quote.text) if point.quote else ""
            self.cut(first + self._share(point.text, said, first), lead=(_COLOURS[point.final], len(first)))
            if overruled := phrases.overruled(point):
                self.cut(f"    {overruled}", "cyan")
        for stated in question.misconceptions:
            quoted = phrases.quoted(stated.quote.text) if stated.quote else ""
            said = say("misconception", text=stated.text)
            self.cut(f"  ! {said}{quoted}", lead=(_COLOURS[Label.CONTRADICTED], 4))
        if review := phrases.review(question):
            self.cut(f"  {review}", "yellow")
        if worst := _worst(question):
            room = _BRIEF - len(question.points) - len(question.misconceptions) - question.needs_review
            self.cut(f"  → {say('learn', note=worst.note or '')}", "dim", lines=max(1, min(_EXPLAINED, room)))

    def _share(self, text: str, said: str, first: str) -> str:
        """Return a point and what was said of it, where both do not fit on a line each cut to half of it."""
        width, said = line_width(self._console), one_line(said)
        if cell_len(said[:1]) == 1:  # “ has no room of its own around it as 「 has
            said = f" {said}"
        if width is None or not said:
            return text + said
        room = width - cell_len(first)
        half = max(room // 2, room - cell_len(said))
        shown = text if cell_len(text) <= half else set_cell_size(text, half - 1).rstrip() + "…"
        left = room - cell_len(shown)
        if cell_len(said) > left:
            end = f"…{said[-1]}"
            said = set_cell_size(said, left - cell_len(end)).rstrip() + end
        return shown + said

    def cut(self, text: str, style: str = "", *, lead: tuple[str, int] = ("", 0), lines: int = 1) -> None:
        """Print `text` on so many lines, cut off where it is longer; in a pipe as it is."""
        width = line_width(self._console)
        shown = wrap(one_line(text), width, " " * 4, text[: len(text) - len(text.lstrip())]).split("\n")
        if len(shown) > lines:
            shown[lines - 1 :] = [set_cell_size(shown[lines - 1], (width or 0) - 1).rstrip() + "…"]
        told = Text("\n".join(shown), style)
        told.stylize(lead[0], 0, lead[1])
        self._console.print(told, soft_wrap=True)

    def question(self, question: Question, *, reference: bool = True) -> None:
        """Draw one question, from its score to its source."""
        say, phrases = self.phrases.say, self.phrases
        if not question.answers:
            self.line(say("skipped") if question.skipped else say("not_answered"))
            if not question.skipped:
                return  # it can still be answered: the reference would spoil it
        else:
            facts = phrases.facts(question)
            score = phrases.score(question.score, both=question.answers > 1)
            self.line(f"{score}  [{facts}]" if facts else score, "bold")
        for point in question.points:
            self._point(point)
        for stated in question.misconceptions:
            wrong = _COLOURS[Label.CONTRADICTED]
            self.line(say("misconception", text=stated.text), first="  ! ", indent=" " * 4, lead=wrong)
            if stated.quote:
                self.line(phrases.quoted(stated.quote.text), "italic", indent=" " * 4)
        if review := phrases.review(question):
            self.line(review, "yellow", indent="  ")
        if question.retry:
            self.retry(question.retry)
        if not reference:
            return
        self.line(say("reference"), "dim", indent="  ")
        self.line(question.reference_answer, "dim", indent="  ")
        if place := phrases.place(question.source):
            self.line(say("source", place=place), "dim", indent="  ")

    def _point(self, point: Point) -> None:
        first = f"  {SYMBOLS[point.final]} {self.phrases.verdict(point)}  "
        text = f"{point.text} [{self.phrases.weight(point)}]"
        self.line(text, first=first, indent=" " * 4, lead=_COLOURS[point.final])
        if point.quote:
            self.line(self.phrases.quoted(point.quote.text), "italic", indent=" " * 4)
        if overruled := self.phrases.overruled(point):
            self.line(overruled, "cyan", indent=" " * 4)
        for advice in self.phrases.advice(point):
            self.line(advice, "dim", indent=" " * 4)
