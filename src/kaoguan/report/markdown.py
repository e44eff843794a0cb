"""Reports as Markdown: to keep, to send, to diff."""

import re

from kaoguan.interview.results import Question, Report, Retry
from kaoguan.report.phrases import SYMBOLS, Phrases
from kaoguan.text import printable

# What could become a heading, a list, a link, HTML or emphasis in someone's renderer.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LIST_SIGN = re.compile(r"^(\s*\d*)([-+.)])(?=\s)", re.MULTILINE)


def render_markdown(report: Report) -> str:
    """Return the report as Markdown text."""
    phrases = Phrases(report.language)
    started = report.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    lines = [f"# {phrases.say('title')}", "", f"{started} · {report.session} · {report.judge}", ""]
    if report.finished_at is None:
        lines += [phrases.say("unfinished"), ""]
    lines += [f"- {_escaped(line)}" for line in phrases.summary(report)]
    if report.next_steps:
        lines += ["", f"## {phrases.say('next_title')}", ""]
        lines += [f"{number}. {_escaped(phrases.step(step))}" for number, step in enumerate(report.next_steps, start=1)]
    for number, question in enumerate(report.questions, start=1):
        lines += ["", f"## {_escaped(phrases.say('question_title', number=str(number), topic=question.topic))}", ""]
        lines += _question(question, phrases)
    lines += _transcript(report, phrases)
    return "\n".join(lines) + "\n"


def _question(question: Question, phrases: Phrases) -> list[str]:
    say = phrases.say
    lines = [f"**{_escaped(question.question)}**", ""]
    if question.answers:
        facts = phrases.facts(question)
        score = phrases.score(question.score, both=question.answers > 1)
        lines += [f"{score} ({facts})" if facts else score, ""]
    elif question.skipped:
        lines += [say("skipped"), ""]
    else:
        return [*lines, say("not_answered")]  # it can still be answered: the reference would spoil it
    for point in question.points:
        weight = _escaped(phrases.weight(point))
        lines.append(f"- {SYMBOLS[point.final]} {phrases.verdict(point)}: {_escaped(point.text)} ({weight})")
        lines += [f"  - {_escaped(phrases.quoted(quote.text))}" for quote in point.quotes]
        if overruled := phrases.overruled(point):
            lines.append(f"  - {_escaped(overruled)}")
        lines += [f"  - {_escaped(advice)}" for advice in phrases.advice(point)]
    for stated in question.misconceptions:
        lines.append(f"- ! {_escaped(say('misconception', text=stated.text))}")
        lines += [f"  - {_escaped(phrases.quoted(quote.text))}" for quote in stated.quotes]
    if review := phrases.review(question):
        lines += ["", f"*{_escaped(review)}*"]
    if question.retry:
        lines += ["", *_retry(question.retry, phrases)]
    return [*lines, "", f"{say('reference')} {_broken(_escaped(question.reference_answer))}"]


def _retry(retry: Retry, phrases: Phrases) -> list[str]:
    say = phrases.say
    changes = [
        f"- {SYMBOLS[change.after]} {say(change.before.value)} → {say(change.after.value)}: {_escaped(change.text)}"
        for change in retry.changes
    ]
    return [phrases.retried(retry), "", *(changes or [say("retry_unchanged")])]


def _transcript(report: Report, phrases: Phrases) -> list[str]:
    lines = ["", f"## {phrases.say('transcript_title')}"]
    for turn in report.turns:
        said = _escaped(printable(turn.text)) or phrases.say(f"kind_{turn.kind}")
        lines += ["", f"**{phrases.say(turn.speaker.value)}**: {_broken(said)}"]
    return lines


def _broken(text: str) -> str:
    """Return `text` with line ends that a renderer keeps."""
    return text.replace("\n", "  \n")


def _escaped(text: str) -> str:
    """Return `text` so that a Markdown renderer shows it as it is."""
    return _LIST_SIGN.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", printable(text)))
