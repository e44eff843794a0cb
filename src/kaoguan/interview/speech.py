"""The interviewer's words for a follow-up or a hint: the rubric's own where they give nothing away, or general ones."""

from collections.abc import Sequence

from kaoguan.interview.state import Exchange
from kaoguan.interview.targets import Target
from kaoguan.leak import leaks
from kaoguan.models import KeyPoint, Model, Rubric
from kaoguan.prompts import Wording
from kaoguan.text import one_line

# A quote longer than this stops being a reminder.
_QUOTE_LENGTH = 40
# The share of a point that its opening words show.
_OPENING = 0.3


class Utterance(Model):
    """What to say, and what it is aimed at."""

    text: str
    key_point: str | None = None
    misconception: str | None = None


def follow_up(
    rubric: Rubric, exchange: Exchange, targets: Sequence[Target], said: Sequence[str], wording: Wording
) -> Utterance | None:
    """Return a follow-up on the first target that can be asked for without repeating anything in `said`."""
    for target in targets:
        if text := _wording_of(rubric, exchange, target, said, wording):
            return Utterance(text=text, key_point=target.key_point, misconception=target.misconception)
    return None


def _wording_of(
    rubric: Rubric, exchange: Exchange, target: Target, said: Sequence[str], wording: Wording
) -> str | None:
    own = _own_words(rubric, target)
    if own and (_repeats(own, said) or leaks(own, rubric.key_points, rubric.question)):
        own = None
    if target.quote:
        quoted = shortened(target.quote.text)
        if _repeats(quoted, [turn.text for turn in exchange.follow_ups]):
            return None
        return wording.say("quoted", quote=quoted, ask=own or wording.say("why"))
    if own:
        return own
    general = wording.options("ask_more", topic=rubric.topic)
    here = [text for text in general if not _repeats(text, [turn.text for turn in exchange.follow_ups])]
    fresh = [text for text in here if not _repeats(text, said)]
    return next(iter(fresh or here), None)


def _own_words(rubric: Rubric, target: Target) -> str | None:
    if target.key_point:
        return rubric.key_point(target.key_point).follow_up
    asks = (wrong.follow_up for wrong in rubric.misconceptions if wrong.id == target.misconception)
    return next(asks, None)


def _repeats(text: str, said: Sequence[str]) -> bool:
    return any(text in earlier for earlier in said)


def hint(rubric: Rubric, exchange: Exchange, said: Sequence[str], wording: Wording) -> Utterance | None:
    """Return the next hint on what was asked last, or None when there is none left.

    For each point worth hinting at a direction, then its opening words; at last something general.
    """
    for point in _worth_hinting_at(rubric, exchange):
        for text in _steps(point, said, wording):
            if not _repeats(text, said) and not leaks(text, rubric.key_points, rubric.question):
                return Utterance(text=text, key_point=point.id)
    general = (text for text in wording.options("hint_general", topic=rubric.topic) if not _repeats(text, said))
    last = next(general, None)
    return Utterance(text=last) if last else None


def _worth_hinting_at(rubric: Rubric, exchange: Exchange) -> list[KeyPoint]:
    if exchange.prompt.key_point:
        return [rubric.key_point(exchange.prompt.key_point)]
    if exchange.prompt.misconception:
        return []
    return sorted(rubric.key_points, key=lambda point: -point.weight)


def _steps(point: KeyPoint, said: Sequence[str], wording: Wording) -> list[str]:
    steps = []
    if point.follow_up and not _repeats(point.follow_up, said):
        steps.append(wording.say("hint_direction", ask=point.follow_up))
    if opening := _opening(point.text):
        steps.append(wording.say("hint_opening", opening=opening))
    return steps


def _opening(text: str) -> str:
    length = max(2, round(len(text) * _OPENING))
    # No half words: step back over letters that belong to what follows.
    while 0 < length < len(text) and _in_word(text[length - 1]) and _in_word(text[length]):
        length -= 1
    return text[:length].strip()


def _in_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def shortened(words: str) -> str:
    """Return the candidate's words on one line, safe to show, cut where they get long."""
    line = one_line(words)
    return line if len(line) <= _QUOTE_LENGTH else line[: _QUOTE_LENGTH - 1] + "…"
