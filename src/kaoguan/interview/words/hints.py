"""Hints in three steps, each nearer than the one before, and what they cost.

The first two are made from the point's note: a fact that leads there, then a nearer one with some of the point's terms;
the last is the beginning of the point. Without a note the first asks and the second names terms only.

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
from kaoguan.text.leaning import leans
from kaoguan.text.overlap import STOP, containment, leaks
from kaoguan.text.script import HAN, is_han

SHARES = (0.1, 0.25, 0.5)
"""What the first, second and third step cost of the hinted point's earnings."""

# The share of a point that its near-answer shows: the first that is so much nearer than the step before.
_OPENINGS = (0.8, 0.9, 0.95)
_STEP = 0.25


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
            text = _keywords(rubric, point, said, words)
        case 2:
            text = _near(rubric, point, given[-1].text, words)
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
    """Return the first step: a part of the note that says least of the point; without a note the point's follow-up."""
    for fact in facts(rubric, point):
        return words.say("hint_fact", fact=fact)
    return _asking(rubric, point, said, words)


def _asking(rubric: Rubric, point: KeyPoint, said: Sequence[str], words: Wording) -> str:
    """Return the point's follow-up as a hint; empty where there is none, or it was asked, or it gives a point away."""
    ask = point.follow_up
    if not ask or repeats(ask, said) or leaks(ask, rubric.key_points, rubric.question):
        return ""
    return words.say("hint_direction", ask=ask)


def _keywords(rubric: Rubric, point: KeyPoint, said: Sequence[str], words: Wording) -> str:
    """Return the second step: a fact and some of the point's own terms, as near as may be said; else the follow-up."""
    found = facts(rubric, point)
    near = [text for fact in (*found, "") for text in _with_terms(rubric, point, fact, words)]
    near += [words.say("hint_fact", fact=fact) for fact in found[1:]]
    told = [text for text in near if not leaks(text, rubric.key_points, rubric.question)]
    best = max(told, key=lambda text: containment(text, point.text), default="")
    return best or _asking(rubric, point, said, words)


def _with_terms(rubric: Rubric, point: KeyPoint, fact: str, words: Wording) -> list[str]:
    """Return a fact (empty: none) with one of the point's terms, with two, with three."""
    terms: list[str] = []
    told: list[str] = []
    for term in _named(point, rubric.question):
        if any(term in other or other in term for other in (*terms, fact)):
            continue
        keywords = words.say("hint_join").join((*terms, term))
        text = (
            words.say("hint_fact_keywords", fact=fact, keywords=keywords)
            if fact
            else words.say("hint_keywords", keywords=keywords)
        )
        if not leaks(text, rubric.key_points, rubric.question):
            terms.append(term)
            told.append(text)
    return told[:_TERMS]


def _near(rubric: Rubric, point: KeyPoint, before: str, words: Wording) -> str:
    """Return the last step: the point's beginning, as much of it as is nearer than the step `before`."""
    for share in _OPENINGS:
        begun = opening(point.text, share)
        if containment(begun, point.text) > containment(before, point.text) + _STEP:
            break
    left = [term for term in _named(point, rubric.question) if term in before and term not in begun][:_TERMS]
    if not left:
        return words.say("hint_near", opening=begun)
    return words.say("hint_near_keywords", opening=begun, keywords=words.say("hint_join").join(left))


def facts(rubric: Rubric, point: KeyPoint) -> tuple[str, ...]:
    """Return the sentences of a point's note that give no point away, those that say least of this one first.

    Where every sentence does, their parts. What leans on the sentence before it, or is a scrap, is the last resort.
    """
    for border in (_SENTENCE, _PART):
        parts = [part.strip(" 。.；;") for part in border.split(point.note or "")]
        told = [part for part in parts if len(part) >= _FACT and not leaks(part, rubric.key_points, rubric.question)]
        if told:
            break
    alone = [part for part in told if not (leans(part) or _LEANS.search(part))]
    alone = [part for part in alone if len(part) >= _WHOLE] or alone
    # sorted() is stable: equals stay in the note's order.
    return tuple(sorted(alone or told, key=lambda part: _share(part, point, rubric)))


def _share(told: str, point: KeyPoint, rubric: Rubric) -> float:
    return containment(told, point.text, rubric.question)


def _named(point: KeyPoint, question: str) -> tuple[str, ...]:
    """Return the point's terms that are not in the question, those first that stand in all its wordings.

    A stretch of Chinese is a term when the note or another wording has it as well: 头数, and not 头数即. Where there is
    no such term any stretch has to do.
    """
    elsewhere = " ".join((point.note or "", *point.paraphrases))
    found = _terms(point, question)
    known = [term for term in found if not is_han(term[0]) or term in elsewhere]
    return tuple(dict.fromkeys((*family(point, question), *known))) or tuple(found)


def _terms(point: KeyPoint, question: str) -> list[str]:
    """Return the words of a point that are not in the question, the longest first."""
    found = []
    for run in _RUN.findall(point.text):
        parts = re.split(f"[{_EDGES}]", run) if is_han(run[0]) else [run]
        found += [
            part
            for part in parts
            if len(part) >= _SHORTEST
            and (len(part) <= _LONGEST or not is_han(part[0]))
            and part.casefold() not in question.casefold()
            and f" {part.casefold()} " not in STOP
        ]
    return sorted(found, key=lambda part: -len(part))


def _general(rubric: Rubric, given: Sequence[Turn], words: Wording) -> Utterance | None:
    said = [turn.text for turn in given]
    texts = words.options("hint_general", topic=rubric.topic)
    fresh = next((text for text in texts if not repeats(text, said)), None)
    return Utterance(text=fresh) if fresh else None


def opening(text: str, share: float = _OPENINGS[0]) -> str:
    """Return the beginning of a point, this share of it, without half words."""
    length = max(2, round(len(text) * share))
    while 0 < length < len(text) and _in_word(text[length - 1]) and _in_word(text[length]):
        length -= 1
    return text[:length].rstrip(" ，、；：,;:")


def _in_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


# A note in parts that can be said alone. A sign between digits or Latin words is part of a formula.
_SENTENCE = re.compile(r"[。；！？\n]+|(?<=[^\d\s])[.;](?:\s+|$)")
_PART = re.compile(r"[，。；！？、\n]+|(?<=[^\d\s])[.;](?:\s+|$)|,\s+(?=[a-z]+ [a-z]+ [a-z]+)")
# Beside what `leans` knows, of parts of sentences.
_LEANS = re.compile(r"^(?:这|也|但|否则|其[他它余]|另一)|此类|同理")
# Shorter parts say nothing by themselves, and those below the second length only a little.
_FACT = 6
_WHOLE = 12

_MOST = 2
_TERMS = 3
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
