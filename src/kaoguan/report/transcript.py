"""What was said, in order, and the list of sessions."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kaoguan.interview.wrap import WIDEST, wrap
from kaoguan.models import Language
from kaoguan.report.phrases import Phrases
from kaoguan.store import Kind, Session, Speaker, Summary, Turn
from kaoguan.text import printable

# Kinds whose name says more than the speaker's.
_NAMED = (Kind.FOLLOW_UP, Kind.HINT, Kind.REFERENCE)


def draw_transcript(console: Console, session: Session, turns: Sequence[Turn]) -> None:
    """Draw a session's turns, taken back or not, and its draft."""
    phrases = Phrases(session.plan.language)
    width = min(console.width - 1, WIDEST) if console.is_terminal else None
    for turn in turns:
        name = phrases.say(turn.speaker.value)
        if turn.kind in _NAMED:
            name += f" ({phrases.say(f'kind_{turn.kind}')})"
        asks = turn.speaker is Speaker.INTERVIEWER
        console.print(Text(f"{turn.at.astimezone():%H:%M} {name}", "bold cyan" if asks else "bold green"))
        said = printable(turn.text) or phrases.say(f"kind_{turn.kind}")
        console.print(wrap(said, width), markup=False, soft_wrap=True)
        console.print()
    if session.draft:
        console.print(phrases.say("draft"), style="bold", markup=False)
        console.print(wrap(printable(session.draft), width), markup=False, soft_wrap=True)


def draw_list(console: Console, summaries: Sequence[Summary], language: Language) -> None:
    """Draw one line per session, latest first."""
    phrases = Phrases(language)
    if not summaries:
        console.print(phrases.say("list_empty"), markup=False, soft_wrap=True)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "started", "state", "answered", "score"):
        table.add_column(phrases.say(f"list_{name}"), no_wrap=True)
    for summary in summaries:
        table.add_row(
            summary.id,
            f"{summary.started_at.astimezone():%m-%d %H:%M}",
            phrases.say("state_finished" if summary.finished_at else "state_open"),
            f"{summary.answered}/{summary.questions}",
            "-" if summary.final is None else f"{summary.unaided:g} → {summary.final:g}",
        )
    console.print(table)
