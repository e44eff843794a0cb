"""The topics of the bank, each a folder with a name in every language; and roles, which weight them.

A rubric's `topic` is text that people read, in its language. What came with kaoguan has one of the names in
`words/<language>/topics.yaml`; rubrics of one's own may have any.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from kaoguan import prompts
from kaoguan.models import LANGUAGES, Language

Role = Literal["nlp", "cv", "recsys", "mle", "infra"]

# How many questions of a topic such an interview asks for each of another: what is not here is not asked.
ROLES: Mapping[Role, Mapping[str, float]] = {
    "nlp": {"llm": 5, "nlp": 4, "deep_learning": 3, "machine_learning": 2, "algorithms": 1, "statistics": 1},
    "cv": {"cv": 5, "deep_learning": 4, "machine_learning": 2, "algorithms": 1, "statistics": 1},
    "recsys": {"recsys": 5, "machine_learning": 3, "deep_learning": 2, "statistics": 2, "algorithms": 1, "mlops": 1},
    "mle": {
        "machine_learning": 4, "deep_learning": 3, "mlops": 2, "llm": 2, "statistics": 2, "systems": 1, "algorithms": 1,
    },
    "infra": {"systems": 5, "mlops": 3, "llm": 2, "deep_learning": 2, "algorithms": 2},
}  # fmt: skip


@cache
def topics() -> Mapping[str, Mapping[Language, str]]:
    """Return the name of every topic of the bank in each language, by the topic's id, in the bank's order."""
    named = {language: prompts.load("topics", language).texts for language in LANGUAGES}
    return {topic: {language: str(named[language][topic]) for language in LANGUAGES} for topic in named["zh"]}


def topic_id(topic: str) -> str | None:
    """Return the id of a topic of the bank, given the id, its initials (ml) or a name in any language; else None."""
    wanted = topic.strip().casefold()
    return next((id_ for id_ in topics() if wanted in {_initials(id_), *_names(id_)}), None)


def on_topic(topic: str, wanted: str) -> bool:
    """Return whether a rubric's topic is the one wanted: by id or name, else by words that it holds."""
    if known := topic_id(wanted):
        return topic_id(topic) == known
    words = wanted.strip().casefold()
    id_ = topic_id(topic)
    return bool(words) and any(words in name for name in (_names(id_) if id_ else [topic.casefold()]))


def _names(id_: str) -> list[str]:
    return [id_, *(name.casefold() for name in topics()[id_].values())]


def _initials(id_: str) -> str:
    """Return ml for machine_learning; the id itself where it is one word."""
    words = id_.split("_")
    return "".join(word[0] for word in words) if len(words) > 1 else id_


def weights(role: Role, of_topic: Iterable[str]) -> list[float]:
    """Return how likely a role's interview asks each question, given its topic; 0: not at all.

    A topic's weight is shared among its questions, so that a large topic does not crowd out the others. Topics of one's
    own count like the lightest of the bank.
    """
    ids = [topic_id(topic) or topic for topic in of_topic]
    weight = {id_: ROLES[role].get(id_, 0.0 if id_ in topics() else 1.0) for id_ in ids}
    return [weight[id_] / ids.count(id_) for id_ in ids]
