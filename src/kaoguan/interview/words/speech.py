"""The interviewer's words: the rubric's own where they give nothing away, or general ones, in the style agreed on."""

from collections.abc import Sequence

from kaoguan.interview.decide.heard import hear
from kaoguan.interview.decide.moves import Target
from kaoguan.interview.decide.state import Exchange, InterviewState
from kaoguan.interview.decide.utterance import Utterance, repeats
from kaoguan.models import Rubric
from kaoguan.prompts import Wording
from kaoguan.session import Style
from kaoguan.text import one_line
from kaoguan.text.overlap import leaks

# A quote longer than this stops being a reminder.
_QUOTE_LENGTH = 40


def question(rubric: Rubric, number: int, style: Style, words: Wording, kind: str = "") -> str:
    """Return question `number`, counted from 1, of the interview, behind kind words where there are some."""
    if kind:
        return words.say("led", lead=kind, text=rubric.question)
    return _led(f"lead_question_{style}", number - 1, rubric.question, words)


def kindness(state: InterviewState, before: str, words: Wording) -> str:
    """Return a kind word to someone who just said that they do not know; empty where they did not.

    `before` is what comes next: question, follow_up or closing.
    """
    current = state.current
    # After feedback the kind word was said with it, and whatever was not known has been read.
    if current is None or not current.gave_up or current.revealed or current.skipped or current.reviewed:
        return ""
    given = sum(hear(answer.text).unknown for exchange in state.exchanges for answer in exchange.answers)
    texts = words.options(f"kind_{before}")
    return texts[(given - 1) % len(texts)]


def closing(style: Style, words: Wording) -> str:
    """Return the last words of an interview."""
    return words.say(f"closing_{style}")


def follow_up(
    rubric: Rubric,
    exchange: Exchange,
    targets: Sequence[Target],
    said: Sequence[str],
    style: Style,
    words: Wording,
) -> tuple[Target, Utterance] | None:
    """Return a follow-up on the first target that can be asked for without repeating anything in `said`."""
    for target in targets:
        if text := _wording_of(rubric, exchange, target, said, words):
            led = text if target.quote else _led(f"lead_follow_up_{style}", len(said), text, words)
            return target, Utterance(text=led, key_point=target.key_point, misconception=target.misconception)
    return None


def _led(key: str, turn: int, text: str, words: Wording) -> str:
    """Return `text` behind one of the style's openings, which take turns."""
    leads = words.options(key)
    return words.say("led", lead=leads[turn % len(leads)], text=text).strip() if leads else text


def _wording_of(rubric: Rubric, exchange: Exchange, target: Target, said: Sequence[str], words: Wording) -> str | None:
    own = _own_words(rubric, target)
    if own and (repeats(own, said) or leaks(own, rubric.key_points, rubric.question)):
        own = None
    asked = [turn.text for turn in exchange.follow_ups]
    if target.quote:
        quoted = shortened(target.quote.text)
        return None if repeats(quoted, asked) else words.say("quoted", quote=quoted, ask=own or words.say("why"))
    if own:
        return own
    here = [text for text in words.options("ask_more", topic=rubric.topic) if not repeats(text, asked)]
    fresh = [text for text in here if not repeats(text, said)]
    return next(iter(fresh or here), None)


def _own_words(rubric: Rubric, target: Target) -> str | None:
    if target.key_point:
        return rubric.key_point(target.key_point).follow_up
    asks = (wrong.follow_up for wrong in rubric.misconceptions if wrong.id == target.misconception)
    return next(asks, None)


def shortened(words: str) -> str:
    """Return the candidate's words on one line, safe to show, cut where they get long."""
    line = one_line(words)
    return line if len(line) <= _QUOTE_LENGTH else line[: _QUOTE_LENGTH - 1] + "…"
