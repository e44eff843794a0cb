"""What was said, in order, and the list of sessions."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from kaoguan import prompts
from kaoguan.models import Language
from kaoguan.report.phrases import Phrases
from kaoguan.report.table import Column, table
from kaoguan.session import Kind, Session, Speaker, Stage, StoredRuling, Summary, Turn
from kaoguan.store import Hit
from kaoguan.text import one_line, printable
from kaoguan.text.numbers import number
from kaoguan.text.wrap import line_width, wrap

# A window of so many columns has room for everything in the list.
_ROOMY = 60

# Kinds whose name says more than the speaker's.
_NAMED = (Kind.FOLLOW_UP, Kind.HINT, Kind.REFERENCE, Kind.ASK_BACK, Kind.REPLY)


def draw_transcript(console: Console, session: Session, turns: Sequence[Turn]) -> None:
    """Draw a session's turns, taken back or not, and its draft."""
    phrases = Phrases(session.plan.language)
    width = line_width(console)
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


def draw_overrides(console: Console, session: Session, overrides: Sequence[StoredRuling]) -> None:
    """Draw what a person ruled otherwise than the judge."""
    phrases = Phrases(session.plan.language)
    say = prompts.load("progress", session.plan.language).say
    width = line_width(console)
    for one in overrides:
        if one.stage is not Stage.FINAL:
            continue  # the same ruling, on the first answer
        shown = say(
            "override",
            key_point=f"{one.rubric_id}/{one.key_point}",
            was=phrases.say(one.was.verdict.value),
            verdict=phrases.say(one.verdict.value),
            who=one.who,
            at=f"{one.at.astimezone():%Y-%m-%d %H:%M}",
            why=one.why or "-",
        )
        console.print(wrap(one_line(shown), width), markup=False, soft_wrap=True)


def draw_list(console: Console, summaries: Sequence[Summary], language: Language, more: int = 0) -> None:
    """Draw one line per session, latest first; `more` are not shown."""
    phrases = Phrases(language)
    say = prompts.load("progress", language).say
    if not summaries:
        console.print(phrases.say("list_empty"), markup=False, soft_wrap=True)
        return
    # Nothing may be cut off an id, which is typed into other commands: narrow windows go without year and state.
    roomy = console.width >= _ROOMY
    names = ("id", "started", *(["state"] if roomy else []), "answered", "score")
    rows = table(*(Column(phrases.say(f"list_{name}")) for name in names))
    for summary in summaries:
        rows.add_row(
            summary.id if summary.mine else f"{summary.id} {say('imported')}",
            f"{summary.started_at.astimezone():{'%Y-%m-%d %H:%M' if roomy else '%m-%d %H:%M'}}",
            *([phrases.say("state_finished" if summary.finished_at else "state_open")] if roomy else []),
            f"{summary.answered}/{summary.questions}",
            number(None) if summary.final is None else f"{number(summary.unaided)} → {number(summary.final)}",
        )
    console.print(rows)
    if more:
        console.print(say("list_more", count=str(more)), markup=False, soft_wrap=True)


def draw_hits(console: Console, hits: Sequence[Hit], words: str, language: Language) -> None:
    """Draw where words were said: session, time, speaker and the line around them; in a pipe one line for each."""
    phrases = Phrases(language)
    width = line_width(console)
    if not hits:
        console.print(prompts.load("progress", language).say("search_none"), markup=False, soft_wrap=True)
    for hit in hits:
        lead = f"{hit.session_id} {hit.at.astimezone():%Y-%m-%d %H:%M} {phrases.say(hit.speaker.value)}"
        shown = Text(f"{lead}  " if width is None else f"{lead}\n", "dim")
        around = Text(wrap(excerpt(hit.text, words), width, "" if width is None else "  "))
        around.highlight_words(words.split(), "bold cyan", case_sensitive=False)
        shown.append_text(around)
        console.print(shown, soft_wrap=True)


def excerpt(text: str, words: str, around: int = 30) -> str:
    """Return one line of text about the first of the words, cut off at both sides where it is long."""
    line = one_line(text)
    found = [place for word in words.split() if (place := line.casefold().find(word.casefold())) >= 0]
    start = max(0, min(found, default=0) - around)
    end = start + 4 * around
    return ("... " if start else "") + line[start:end] + (" ..." if end < len(line) else "")
