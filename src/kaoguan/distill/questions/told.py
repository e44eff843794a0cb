"""Which questions are told what they are about: the titles and questions that name nothing of their own."""

import re

from kaoguan.distill.questions.asking import Asks, asks, demands, is_task
from kaoguan.distill.questions.topics import Topic, is_coined, is_field, without_gloss
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term


def is_told(question: str, topic: Topic) -> bool:
    """Return whether a title or a question is told its topic: "Seeds" below dbt, 「切分」 below 快速排序."""
    name = topic.name.casefold()
    chinese = is_chinese(question)
    foreign = is_chinese(topic.name) and not chinese
    several = not topic.own and _SEVERAL.search(topic.name) is not None
    if not name or foreign or several or _is_said(topic.name, question):
        return False
    if lacks(question, topic):
        return True
    bare = without_gloss(question)
    if not demands(question, chinese):
        return is_term(question.rstrip("?. ")) and not _is_name(bare, topic.small)
    if chinese:
        asking = asks(question, chinese=True) is Asks.YES and not is_task(question)
        short = len(question) <= _LONGEST and not set(question) & {"你", "："}
        return asking and short and re.search("[A-Za-z]", bare) is None
    if topic.own:  # "What is Overlay?" of Docker: a word that the document writes in small letters, too
        return _WHAT.fullmatch(question) is not None and not _names(bare, topic.small, first=2)
    return " " in topic.name and _SHORT.fullmatch(question) is not None and not _names(bare, topic.small, first=1)


def is_entry_of(question: str, above: str) -> bool:
    """Return whether a question that was made of an entry of a list asks about a word that says little without
    the title above the list: "What is Overlay?" below "Network drivers".
    """
    named = is_term(above) and _WIDE.search(above) is None
    return named and _ENTRY.fullmatch(question) is not None and not _is_said(above, question)


# One common word, "Overlay", and no name such as "RDD".
_ENTRY = re.compile(r"What (?:is|are) [A-Z][a-z]+\?")
_WIDE = re.compile(r"\b(?:and|for|in|of)\b|[&_/]|(?:\w+ ){3}", re.IGNORECASE)
# "What is boosting in machine learning?" says where.
_IN = re.compile(r"\bin (?:an? |the )?([\w -]+)\W*$")
# Characters of a Chinese question that is too short to say what it is about.
_LONGEST = 24
# "How do partial failures affect results?" of visual search.
_SHORT = re.compile(r"(?:what|how|why|when|where)(?: (?!you\b|your\b)[^\s?.]+){1,8}\?", re.IGNORECASE)
_SEVERAL = re.compile(r"\band\b|[&+]", re.IGNORECASE)
_WHAT = re.compile(r"What (?:is|are) (?:the |an? )?\w+(?: \w+){0,2}\?", re.IGNORECASE)


def _is_said(topic: str, question: str) -> bool:
    """Return whether a topic says nothing that a question does not say, by its name or by that of a field."""
    placed = _IN.search(question)
    return (
        is_field(topic) or (placed is not None and is_field(placed[1])) or _same(topic.casefold(), question.casefold())
    )


def _same(name: str, question: str) -> bool:
    """Return whether a question says a topic already, or a word of its name."""
    return name.rstrip("s") in question or not set(re.findall(r"[a-z]{3,}", name)).isdisjoint(
        re.findall(r"[a-z]{3,}", question)
    )


def _names(text: str, small: frozenset[str], first: int) -> bool:
    """Return whether a question holds the name of one thing, from a word on: what is coined, or always written large.

    "keepAlive" is a word of a program.
    """
    return any(is_coined(word) or word.casefold() not in small for word in _large(text)[first:] if word)


def _is_name(title: str, small: frozenset[str]) -> bool:
    """Return whether a title is such a name, or holds a coined one; its words may be written large for a title."""
    large = _large(title.replace("-", " "))
    alone = len(title.split()) == 1
    return any(is_coined(word) or (alone and word.casefold() not in small) for word in large if word)


def _large(text: str) -> list[str]:
    """Return the Latin words of a text, nothing for one that begins in a small letter."""
    return [word if word[:1].isupper() else "" for word in re.findall(r"[A-Za-z][\w.+#-]*", text, re.ASCII)]


def lacks(question: str, topic: Topic) -> bool:
    """Return whether a question needs to be told what it is about: "What is a hook?" of Airflow.

    Its words name nothing of their own, no proper name and no abbreviation, and it does not speak of the topic.
    """
    name = topic.name.casefold().rstrip("s")
    if not topic.own or is_field(name) or not name.isascii() or name in question.casefold():
        return False
    if is_chinese(question):
        asking = asks(question, chinese=True) is Asks.YES and not is_task(question)
        return asking and _LATIN.search(without_gloss(question)) is None and not set(question) & {"你", "："}
    words = re.findall(r"[\w/-]+", question)
    if not _OPENS.match(question) or len(words) > _MOST_WORDS or _NOT.search(question):
        return False
    names = [word for i, word in enumerate(words) if i and _OWN.search(word) and not _COMMON.search(question)]
    said = set(re.split(r"[\s-]", name)) & {word.casefold() for word in words}
    return not names and not said


_MOST_WORDS = 14
_LATIN = re.compile("[A-Za-z]")
_OPENS = re.compile(r"(?:what|how|why|when|where|which|explain|describe|define)\b", re.IGNORECASE)
_OWN = re.compile(r"[A-Z]|\d")
# What the candidate did, and what several sentences ask.
_NOT = re.compile(r"\byour\b|\bthis\b|[.?!:] \S", re.IGNORECASE)
# "an Operator", "What are Items?"
_COMMON = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|default|custom|are) [A-Z][a-z]+(?=\?|\.|$| (?:in|on|to|for|and|is|are|do|does)\b)"
)
