"""Drafts as key points in full sentences, with paraphrases and follow-ups from words/<language>/draft.yaml."""

import re
from collections.abc import Collection, Iterator, Sequence

from kaoguan.distill.points.points import Draft
from kaoguan.distill.text.facets import Facet
from kaoguan.distill.text.markup import punctuated
from kaoguan.models import KeyPoint, Language, Source
from kaoguan.prompts import Wording
from kaoguan.text.overlap import leaks, shingles

_MOST_PARAPHRASES = 3
_LONGEST_PARAPHRASE = 120


def key_points(
    drafts: Sequence[Draft], question: str, topic: str, document: str, wording: Wording, language: Language
) -> list[KeyPoint]:
    """Return one key point per draft: p1, p2 … in order, each with its lines and a follow-up of its own."""
    asked: set[str] = set()
    points: list[KeyPoint] = []
    for number, draft in enumerate(drafts, start=1):
        point = KeyPoint(
            id=f"p{number}",
            text=_text(draft, wording),
            weight=draft.weight,
            paraphrases=_paraphrases(draft, wording),
            source=Source(document=document, lines=(draft.first, draft.last)),
        )
        follow_up = _follow_up(point, draft, question, topic, wording, asked)
        asked |= {follow_up} if follow_up else set()
        points.append(point.model_copy(update={"follow_up": follow_up}))
    return points


def _text(draft: Draft, wording: Wording) -> str:
    text, facet = draft.text, draft.facet
    if facet in {Facet.EXAMPLE, Facet.SUMMARY}:
        facet = None
    if not draft.subject:
        return wording.say(f"bare_{facet}", text=text) if facet and f"bare_{facet}" in wording.texts else text
    names_it = draft.subject.casefold() in text.casefold()
    begins = text.startswith(draft.subject[: (len(draft.subject) + 1) // 2])
    if facet is None or (facet is Facet.DEFINITION and names_it) or begins:
        return text
    named = f"named_{facet}"
    key = named if names_it and named in wording.texts else f"point_{facet}"
    return wording.say(key, subject=draft.subject, text=text)


def _paraphrases(draft: Draft, wording: Wording) -> tuple[str, ...]:
    key = f"paraphrase_{draft.facet}"
    made: list[str] = [variant for variant in draft.variants if draft.subject in variant]
    if draft.facet and draft.subject and key in wording.texts and not draft.text.startswith(draft.subject):
        made += wording.options(key, subject=draft.subject, text=draft.text)
    fitting = [text for text in dict.fromkeys(made) if len(text) <= _LONGEST_PARAPHRASE]
    return tuple(fitting[:_MOST_PARAPHRASES])


def _follow_up(
    point: KeyPoint, draft: Draft, question: str, topic: str, wording: Wording, asked: Collection[str]
) -> str | None:
    """Return the first question that asks for the point, does not say it and was not asked before."""
    subject = draft.subject or topic
    key = f"ask_{draft.facet}" if f"ask_{draft.facet}" in wording.texts else "ask_plain"
    clozes = [] if draft.facet else _clozes(draft.text, wording)
    for ask in (*clozes, *_asks(key, subject, draft.text, len(asked), wording)):
        if ask not in asked and not leaks(ask, [point], public=question):
            return ask
    return None


def _clozes(text: str, wording: Wording) -> list[str]:
    """Return the claim's own beginning turned into a question: 「训练集用来……」 becomes 「训练集用来做什么？」."""
    asks = []
    for rule in wording.options("clozes"):
        pattern, _, question = rule.partition(" => ")
        if match := re.match(pattern, text):
            asks.append(match.expand(question))
    return [re.sub(r"(?<=[a-z] )([A-Z])(?=[a-z]* )", lambda match: match[1].lower(), ask) for ask in asks]


def _asks(key: str, subject: str, text: str, turn: int, wording: Wording) -> Iterator[str]:
    """Yield the ways to ask, those with an angle first; `turn` begins at another template for each point."""
    aspects = _aspects(text, subject, wording)
    for name in (key, "ask_plain"):
        templates = wording.texts[name]
        start = turn % len(templates)
        turned = [*templates[start:], *templates[:start]]
        for template in turned:
            if "$aspect" in template:
                yield from (punctuated(_filled(template, subject, aspect)) for aspect in aspects)
        for template in turned:
            if "$aspect" not in template:
                yield punctuated(_filled(template, subject, ""))


def _filled(template: str, subject: str, aspect: str) -> str:
    return template.replace("$subject", subject).replace("$aspect", aspect)


def _aspects(text: str, subject: str, wording: Wording) -> list[str]:
    """Return the broad words that the claim holds and its subject does not, in the claim's order."""
    lowered, known = text.casefold(), shingles(subject)
    found = [a for a in wording.options("aspects") if a.casefold() in lowered and not shingles(a) & known]
    return sorted(found, key=lambda aspect: lowered.index(aspect.casefold()))
