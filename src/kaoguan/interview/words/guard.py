"""Whether a model's words may be said: pure checks on one utterance for one script."""

import re
from collections.abc import Sequence
from enum import StrEnum

from kaoguan.interview.decide.utterance import repeats
from kaoguan.interview.words.interviewer import Script
from kaoguan.interview.words.speech import shortened
from kaoguan.text import printable
from kaoguan.text.overlap import containment, leaks, shingles
from kaoguan.text.script import count_han


class UtteranceFault(StrEnum):
    """Why an utterance is not said."""

    EMPTY = "empty"
    FORMAT = "format"
    LENGTH = "length"
    LANGUAGE = "language"
    QUESTIONS = "questions"
    VERDICT = "verdict"
    LEAK = "leak"
    REPEAT = "repeat"
    OFF_TARGET = "off_target"


# Longer is a lecture: about two lines of a terminal beside what has to be in it anyway.
_LONGEST = {"zh": 90, "en": 260}
# A question that was led over to must still be this much of the rubric's.
_FAITHFUL = 0.7
# Two utterances about one question that share more than this of their content are the same one.
_SAME = 0.8
_LATIN = re.compile(r"[A-Za-z]+")
_ASKS = re.compile(r"[?？]")
# Headings, lists, code, tags and role names belong to a document, not to a sentence someone says.
_MARKUP = re.compile(r"^\s*(?:#|[-*•]\s|\d+[.)、]\s?)|```|\*\*|<[^>]+>|={4,}|https?://")
_SPEAKER = re.compile(r"^\s*(?:面试官|考官|Interviewer|Assistant)\s*[:：]\s*", re.IGNORECASE)
_PAIRS = {"「": "」", "“": "”", '"': '"', "『": "』", "'": "'"}


def cleaned(reply: str) -> str:
    """Return a reply without what models put around a sentence: a speaker's name, one pair of quotes, line ends."""
    text = _SPEAKER.sub("", printable(reply).strip())
    if len(text) > 1 and _PAIRS.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def fault(text: str, script: Script, verdict_words: Sequence[str]) -> UtteranceFault | None:
    """Return the first reason not to say `text`; None when it may be said."""
    quoted = shortened(script.target.quote.text) if script.target and script.target.quote else ""
    own_words = text.replace(quoted, "") if quoted else text
    judged = script.own + script.rubric.question
    checks = (
        (UtteranceFault.EMPTY, not text),
        (UtteranceFault.FORMAT, "\n" in text or bool(_MARKUP.search(text))),
        (UtteranceFault.LENGTH, len(own_words) > _LONGEST[script.language] + _unavoidable(script)),
        (UtteranceFault.LANGUAGE, not _speaks(own_words, script.language)),
        (UtteranceFault.QUESTIONS, not _asks_once(own_words, script)),
        (UtteranceFault.VERDICT, any(word in own_words.casefold() and word not in judged for word in verdict_words)),
        (UtteranceFault.LEAK, _leaks(own_words, script)),
        (UtteranceFault.REPEAT, _repeats(text, script)),
        (UtteranceFault.OFF_TARGET, not _on_target(text, quoted, script)),
    )
    return next((kind for kind, found in checks if found), None)


def _unavoidable(script: Script) -> int:
    return len(script.rubric.question) if script.move == "ask" else 0


def _speaks(text: str, language: str) -> bool:
    chinese, words = count_han(text), len(_LATIN.findall(text))
    return chinese > words if language == "zh" else chinese == 0 and words > 0


def _asks_once(text: str, script: Script) -> bool:
    asked = len(_ASKS.findall(text))
    if script.move == "ask":
        return asked <= max(1, len(_ASKS.findall(script.rubric.question)))
    return asked == 0 if script.move == "close" else asked <= 1 if script.move == "reply" else asked == 1


def _leaks(text: str, script: Script) -> bool:
    """Return whether the utterance states a point that the candidate did not state first."""
    if script.move == "close":
        return leaks(text, script.rubric.key_points, "")
    current = script.state.exchanges[-1]
    answers = current.answers if current.rubric_id == script.rubric.id else ()
    public = " ".join([script.rubric.question, *(answer.text for answer in answers)])
    return leaks(text, script.rubric.key_points, public)


def _repeats(text: str, script: Script) -> bool:
    current = script.state.exchanges[-1]
    asked = [turn.text for turn in (current.question, *current.follow_ups)]
    same = any(containment(text, one) > _SAME and containment(one, text) > _SAME for one in asked)
    return same or repeats(text, script.state.said)


def _on_target(text: str, quoted: str, script: Script) -> bool:
    """Return whether the utterance does what was decided, as far as words can tell."""
    match script.move:
        case "ask":
            return containment(text, script.rubric.question) >= _FAITHFUL
        case "confront":
            return quoted in text
        case "follow_up":
            topic = shingles(f"{script.rubric.question} {script.own} {script.aim}")
            return len(shingles(text) & topic) > 1
        case _:
            return True
