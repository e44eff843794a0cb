"""Progress and due points on a terminal, 40 to 200 columns; braille dots, the plots, are one cell wide everywhere."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from kaoguan import prompts
from kaoguan.learning import DuePoint, Progress
from kaoguan.learning.due import Coming
from kaoguan.learning.progress import PointProgress, RepeatedQuestion, TopicProgress
from kaoguan.models import Language
from kaoguan.report.phrases import SYMBOLS, Phrases
from kaoguan.text import one_line
from kaoguan.text.numbers import number, percent
from kaoguan.text.wrap import line_width, wrap

_HEIGHTS = "⡀⣀⣤⣶⣿"
_FULL, _EMPTY = "⣿", "⣀"
_BAR = 8  # cells: more leaves no room for Chinese in 40 columns
_PLOT = 56  # days: eight weeks fit 80 columns
# Nobody reads more at a time, and drawing 5 000 lines takes a second.
_WEAKEST = 8
_MOST_DUE = 20


def draw_progress(console: Console, progress: Progress, language: Language, *, everything: bool = False) -> None:
    """Draw where the candidate stands; without `everything` the weakest points and latest retries only."""
    most = None if everything else _WEAKEST
    page = _Page(console, language)
    say = page.say
    if not progress.points:
        page.line(say("nothing"))
        return
    page.line(say("title"), "bold")
    numbers = {
        name: str(value) for name, value in (progress.streak.model_dump() | progress.totals.model_dump()).items()
    }
    page.line(say("streak", **{name: numbers[name] for name in ("current", "longest", "days")}))
    page.line(say("totals", **{name: numbers[name] for name in ("points", "mastered", "due")}))
    if progress.totals.leeches:
        page.line(say("leeches", count=numbers["leeches"]), "yellow")
    page.plots(progress)
    page.section(say("topics"))
    for topic in progress.topics:
        page.topic(topic)
    if progress.retries:
        page.section(say("retries"))
    for retry in progress.retries[:most]:
        page.retry(retry)
    page.more(len(progress.retries), most)
    weak = [point for point in progress.points if point.weak]
    if weak:
        page.section(say("weakest"))
    for point in weak[:most]:
        page.point(point)
    page.more(len(weak), most)
    page.leeches([point for point in progress.points if point.leech], most)


def draw_due(
    console: Console,
    points: Sequence[DuePoint],
    language: Language,
    *,
    following: Coming | None = None,
    everything: bool = False,
) -> None:
    """Draw what is about to be forgotten and when the next comes; without `everything` the first ones only."""
    most = None if everything else _MOST_DUE
    page = _Page(console, language)
    if not points:
        page.line(page.say("due_none"))
        page.coming(following)
        return
    page.line(page.say("due_title", count=str(len(points))), "bold")
    for point in points[:most]:
        page.line(f"{point.topic}: {point.text}", first=f"{percent(point.recall):>5}  ", indent=" " * 7)
    page.more(len(points), most)
    page.leeches([point for point in points if point.leech], most)
    page.line()
    page.line(page.say("due_next"))
    page.coming(following)


def plot(values: Sequence[float]) -> str:
    """Return one cell per value, as high as its share of the greatest; the lowest dot alone is zero."""
    top = max(values, default=0)
    return "".join(_HEIGHTS[0 if value <= 0 else max(1, round(value / top * (len(_HEIGHTS) - 1)))] for value in values)


def bar(share: float, cells: int = _BAR) -> str:
    """Return a bar that is full at 1."""
    full = round(share * cells)
    return _FULL * full + _EMPTY * (cells - full)


class _Page:
    """Lines on a console: numbers first, then text that wraps beside them."""

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._phrases = Phrases(language)
        self.say = prompts.load("progress", language).say
        self._width = line_width(console)

    def line(self, text: str = "", style: str = "", *, first: str = "", indent: str = "") -> None:
        shown = wrap(one_line(text), self._width, indent, first or indent)
        self._console.print(Text(shown, style), soft_wrap=True)

    def section(self, title: str) -> None:
        self.line()
        self.line(title, "bold")

    def plots(self, progress: Progress) -> None:
        """Draw the last days, one cell each, days without practice too."""
        last = progress.days[-1].day.toordinal()
        first = max(progress.days[0].day.toordinal(), last - min(_PLOT, (self._width or _PLOT) - 2) + 1)
        by_day = {day.day.toordinal(): day for day in progress.days}
        questions, mastered = [], []
        standing = next((day.mastered for day in reversed(progress.days) if day.day.toordinal() < first), 0)
        for day in range(first, last + 1):
            standing = by_day[day].mastered if day in by_day else standing
            mastered.append(standing)
            questions.append(by_day[day].questions if day in by_day else 0)
        shown = [day for day in progress.days if day.day.toordinal() >= first]
        span = self.say("span", first=f"{shown[0].day:%m-%d}", last=f"{shown[-1].day:%m-%d}")
        self.line()
        for name, values in (("mastery", mastered), ("questions", questions)):
            self.line(f"{self.say(name)}  {span}  {self.say('most', count=str(max(values)))}", "dim")
            self.line(plot(values), "cyan", indent="  ")

    def topic(self, topic: TopicProgress) -> None:
        odds = f"{percent(topic.recall):>5}"
        lead = f"  {bar(topic.mastered / topic.points)} {f'{topic.mastered}/{topic.points}':>6} {odds}  "
        self.line(topic.topic, first=lead, indent=" " * len(lead))

    def retry(self, retry: RepeatedQuestion) -> None:
        scores = [number(score) for score in (retry.first.unaided, retry.last.unaided)]
        lead = f"  {scores[0]:>5} → {scores[1]:<5} "
        text = self.say("retry", question=retry.question, times=str(retry.times))
        self.line(text, first=lead, indent=" " * len(lead))

    def point(self, point: PointProgress) -> None:
        lead = f"  {''.join(SYMBOLS[label] for label in point.verdicts):>8}  "
        self.line(f"{point.topic}: {point.text}", first=lead, indent=" " * len(lead))

    def coming(self, following: Coming | None) -> None:
        """Say when key points are due next."""
        if following:
            self.line(self.say("due_coming", count=str(following.count), at=following.when))

    def more(self, count: int, shown: int | None) -> None:
        """Say how many are not shown."""
        if shown is not None and count > shown:
            self.line(self.say("more", count=str(count - shown)), "dim", indent="  ")

    def leeches(self, points: Sequence[PointProgress] | Sequence[DuePoint], most: int | None) -> None:
        if not points:
            return
        self.section(self.say("leech_title"))
        for point in points[:most]:
            self.line(self._leech(point), "yellow", first="  ! ", indent=" " * 4)
        self.more(len(points), most)

    def _leech(self, point: PointProgress | DuePoint) -> str:
        told = {"text": point.text, "misses": str(point.misses)}
        if point.note:
            return self.say("leech_note", note=point.note, **told)
        if place := self._phrases.place(point.source):
            return self.say("leech", place=place, **told)
        return self.say("leech_reference", **told)
