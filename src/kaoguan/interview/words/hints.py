"""Hints in three steps (direction, keyword family, near-answer), and what they cost.

A hint is aimed at one key point. Of what that point earns afterwards the first step costs 10 %, the second 25 % and the
third 50 %; other points, and hints that did not help, cost nothing.
"""

import re
from collections.abc import Mapping, Sequence

from kaoguan.grading.scoring import CREDIT
from kaoguan.interview.decide.state import Exchange
from kaoguan.interview.decide.utterance import Utterance, repeats
from kaoguan.models import Grade, KeyPoint, Label, Rubric
from kaoguan.prompts import Wording
from kaoguan.session import Kind, Stage, Turn
from kaoguan.text.overlap import STOP, containment, leaks
from kaoguan.text.script import HAN, is_han

SHARES = (0.1, 0.25, 0.5)
"""What the first, second and third step cost of the hinted point's earnings."""

# The share of a point that its near-answer shows.
_OPENING = 0.55


def hint(
    rubric: Rubric, exchange: Exchange, given: Sequence[Turn], said: Sequence[str], words: Wording
) -> Utterance | None:
    """Return the next hint on what was asked last, or None when there is none left.

    `given` are all hints on this rubric, taken back or not: an undo does not unsay a hint.
    """
    point = _aim(rubric, exchange)
    if point is None:
        return _general(rubric, given, words)
    match len(steps(given).get(point.id, ())):
        case 0:
            text = _direction(rubric, point, said, words)
        case 1:
            text = _keywords(rubric, point, words)
        case 2:
            text = words.say("hint_near", opening=opening(point.text))
        case _:
            return None
    worded = Utterance(text=text) if text else _general(rubric, given, words)
    return worded.model_copy(update={"key_point": point.id}) if worded else None


def steps(given: Sequence[Turn]) -> dict[str, tuple[Turn, ...]]:
    """Return the hints that were given on each key point."""
    found: dict[str, tuple[Turn, ...]] = {}
    for turn in given:
        if turn.key_point:
            found[turn.key_point] = (*found.get(turn.key_point, ()), turn)
    return found


def of(rubric: Rubric, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return all hints on a rubric, in order."""
    return tuple(turn for turn in turns if turn.kind is Kind.HINT and turn.rubric_id == rubric.id)


def score_after_hints(
    rubric: Rubric, exchange: Exchange, turns: Sequence[Turn], grades: Mapping[Stage, Grade], stage: Stage
) -> float | None:
    """Return the score of a stage less what hints cost; None when it has none."""
    raw = grades[stage].score
    return None if raw is None else round(max(0.0, raw - cost(rubric, exchange, turns, grades, stage)), 1)


def cost(
    rubric: Rubric, exchange: Exchange, turns: Sequence[Turn], grades: Mapping[Stage, Grade], stage: Stage
) -> float:
    """Return how many points of 100 the hints took off a stage's score. A retry comes after all feedback: nothing."""
    if stage is Stage.RETRY or not exchange.answers:
        return 0.0
    first = exchange.answers[0].seq
    available = sum(point.weight for point in rubric.key_points)
    after, unaided = _credits(grades[stage]), _credits(grades[Stage.UNAIDED])
    lost = 0.0
    for key_point, given in steps(of(rubric, turns)).items():
        early = [turn for turn in given if turn.seq < first]
        counted = early if stage is Stage.UNAIDED else given
        # What the first answer earned on its own was no hint's doing.
        earned = after.get(key_point, 0.0) - (0.0 if early else unaided.get(key_point, 0.0))
        if counted and earned > 0:
            lost += rubric.key_point(key_point).weight * earned * SHARES[min(len(counted), len(SHARES)) - 1]
    return round(100 * lost / available, 1)


def _credits(grade: Grade) -> dict[str, float]:
    ruled = [verdict for verdict in grade.verdicts if verdict.verdict is not Label.UNSCORED]
    return {verdict.key_point: max(0.0, CREDIT[verdict.verdict]) for verdict in ruled}


def _aim(rubric: Rubric, exchange: Exchange) -> KeyPoint | None:
    """Return the point to hint at: what was asked for, else the heaviest one."""
    if exchange.prompt.key_point:
        return rubric.key_point(exchange.prompt.key_point)
    if exchange.prompt.misconception:
        return None
    return max(rubric.key_points, key=lambda point: point.weight)


def _direction(rubric: Rubric, point: KeyPoint, said: Sequence[str], words: Wording) -> str:
    ask = point.follow_up
    if not ask or repeats(ask, said) or leaks(ask, rubric.key_points, rubric.question):
        return ""
    return words.say("hint_direction", ask=ask)


def _keywords(rubric: Rubric, point: KeyPoint, words: Wording) -> str:
    found = family(point, rubric.question)
    text = words.say("hint_keywords", keywords=words.say("hint_join").join(found)) if found else ""
    return "" if leaks(text, rubric.key_points, rubric.question) else text


def _general(rubric: Rubric, given: Sequence[Turn], words: Wording) -> Utterance | None:
    said = [turn.text for turn in given]
    texts = words.options("hint_general", topic=rubric.topic)
    fresh = next((text for text in texts if not repeats(text, said)), None)
    return Utterance(text=fresh) if fresh else None


def opening(text: str) -> str:
    """Return a bit more than the first half of a point, without half words."""
    length = max(2, round(len(text) * _OPENING))
    while 0 < length < len(text) and _in_word(text[length - 1]) and _in_word(text[length]):
        length -= 1
    return text[:length].rstrip(" ，、；：,;:")


def _in_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


_MOST = 2
# Well below the leak guard's limit: words that stand side by side say more than the same words in a sentence.
_SHARE = 0.4
_SHORTEST, _LONGEST = 2, 4
_RUN = re.compile(rf"[{HAN}]+|[A-Za-z][A-Za-z0-9+-]+")
# Characters that no term has.
_EDGES = (
    "的了是在和与会就都把被让使得及或而也还很更不没有要能可其这那它个中上下里时后前等所对于从到为以因但如果一二两三多少大"
    "小高低太越最过再又只才比向用将并且地着各每某些们来去说做"
)


def family(point: KeyPoint, question: str) -> tuple[str, ...]:
    """Return up to two terms that the point shares with its paraphrases, none of them from the question.

    What people say in every wording are its terms. Empty when there is no such term.
    """
    chosen: list[str] = []
    for word in _shared(point, question.casefold()):
        related = any(word in other or other in word for other in chosen)
        if not related and containment(" ".join([*chosen, word]), point.text, question) <= _SHARE:
            chosen.append(word)
    return tuple(chosen[:_MOST])


def _shared(point: KeyPoint, question: str) -> list[str]:
    """Return the terms, those of most wordings first."""
    found: dict[str, int] = {}
    for run in _RUN.findall(point.text):
        for paraphrase in point.paraphrases:
            for word in set(_chinese(run, paraphrase) if is_han(run[0]) else _latin(run, paraphrase)):
                if word.casefold() not in question:
                    found[word] = found.get(word, 0) + 1
    # sorted() is stable: equals stay in the point's order.
    return sorted(found, key=lambda word: -found[word])


def _chinese(run: str, paraphrase: str) -> list[str]:
    """Return the longest stretches of `run` that the paraphrase has as well, without particles at their ends."""
    found, start = [], 0
    while start < len(run):
        end = start + 1
        while end <= len(run) and run[start:end] in paraphrase:
            end += 1
        stretch = run[start : end - 1].strip(_EDGES)
        # With a particle inside it is no term but half a claim: 盘太慢.
        if _SHORTEST <= len(stretch) <= _LONGEST and not set(stretch) & set(_EDGES):
            found.append(stretch)
        start = max(start + 1, end - 1)
    return found


def _latin(word: str, paraphrase: str) -> list[str]:
    same = re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", paraphrase.casefold())
    return [word] if same and f" {word.casefold()} " not in STOP else []
