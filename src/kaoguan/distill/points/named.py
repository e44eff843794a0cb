"""How a follow-up names a thing: in words that the candidate knows, with its article, or not at all."""

import re

from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import sides
from kaoguan.distill.text.around import around
from kaoguan.text.overlap import STOP, shingles
from kaoguan.text.script import HAN, is_chinese, is_han
from kaoguan.text.terms import is_term


def named(thing: str, question: str, chinese: bool) -> str:
    """Return a thing as a follow-up to the question names it, or nothing where it is none, or half of a longer name.

    In English it has its article, unless it needs none; and the question speaks of it, or it has a name of its own:
    "the pipeline" may be any.
    """
    thing = _BRACKETS.sub("", thing)
    if not is_thing(thing) or _is_cut(thing.strip(), question):
        return ""
    if chinese:
        return thing
    known = NAME.search(thing) is not None or not stems(thing).isdisjoint(stems(question))
    return _with_article(_inside(thing, question), question) if known else ""


# "PPO (Proximal Policy Optimization)" is asked about as "PPO".
_BRACKETS = re.compile(r"(?<=\w)\s*[（(][^（）()]*[)）]$")


def is_thing(subject: str) -> bool:
    """Return whether a question can be asked about a subject by its name."""
    one = not sides(subject) and asks(subject, is_chinese(subject)) is not Asks.YES
    return one and is_term(subject) and not is_part(subject) and _ASKABLE.fullmatch(subject) is not None


# A title, "Common Functions: an Overview (2026)", is nothing to ask for by name; nor is a condition, "T > 1".
_ASKABLE = re.compile(
    r"(?!.*\b(?:following|the term|such as|given|after|before|above|next|previous|current)\b"
    r"|(?:common|key|main|other|popular|typical|various|both|most|some|these|this|such|choice|still|also|often|only"
    r"|then|not|each|handling|\w+ly)\b|\w+ing (?=\w+ \w)|(?:small|medium|large|low|high|basic|advanced|other|经典算法"
    r"|.*考察点)$|(?:算法|模型|方法|数据|系统|网络|过程|任务|问题|普遍|一般|通常|往往)$|[^、]*、|请|讲讲|谈谈|说说)"
    rf"(?!.*\d[-.] ?[{HAN}])"
    r"[^:：(（<>=/→^]{1,40}",
    re.IGNORECASE,
)
NAME = re.compile(rf"[a-z][A-Z]|[A-Z]{{2}}|[A-Za-z]-?\d|\d[A-Za-z]|[{HAN}].*[A-Za-z]|[A-Za-z].*[{HAN}]")
"""BERT, word2vec, 「Deep 部分」: what has a name of its own."""


def stems(text: str) -> set[str]:
    """Return the content of a text, its English words without the s of several."""
    return {re.sub("(?<=[a-z]{3})s$", "", piece) for piece in shingles(text)}


def _is_cut(thing: str, question: str) -> bool:
    """Return whether a thing is the rest of a longer name: "store" of "feature store", 「位置」 of 「绝对位置」."""
    places = around(_ARTICLE.sub("", thing), question)
    if is_chinese(thing):
        return any(is_han(before[-1:]) and before[-1] not in _EDGES for before, _ in places)
    first = next(((before, behind) for before, behind in places if not _INSIDE.search(before)), None)
    if not first or not (words := _NEXT.match(first[1])):
        return False
    own, front = NAME.search(thing) is not None, first[0]
    after, verb = (f" {(word or 'a').casefold()} " for word in words.groups())
    if _ASKED_OF.search(front):
        return not own and after not in _AFTER and verb not in _AFTER
    before = _LAST_WORD.search(front[-_LONGEST_WORD:])
    behind_another = not own and before is not None and f" {before[1].casefold()} " not in STOP + _BEFORE
    return after not in _AFTER or behind_another


_LAST_WORD = re.compile("([A-Za-z0-9-]+) $")
_LONGEST_WORD = 40
_INSIDE = re.compile("[A-Za-z0-9]$")
_NEXT = re.compile("(?:[ -]?([A-Za-z0-9]+))?(?:[ -]?([A-Za-z0-9]+))?")
# 「请讲讲X」, 「Y和X」, 「什么是X」: behind these a name begins.
_EDGES = "的和与跟及或讲绍释述谈说明解下何么些比较析是有在中用为从到把被将"
# "How does dropout help": a verb comes behind it.
_ASKED_OF = re.compile(
    r"\b(?:do|does|did|can|should|would|will|(?:how|why|when) (?:is|are))(?: the| an?)? $", re.IGNORECASE
)
_AFTER = STOP.replace(" as ", " ").replace(" of ", " ") + " vs versus or "
_ARTICLE = re.compile("^(?:the|an?) ", re.IGNORECASE)
# Words that may stand in a question before what it asks about.
_BEFORE = (
    " explain describe define discuss compare contrast derive using use uses between versus vs about into than within "
    "without under over during both like not implement understand choose were would should will "
)


def _inside(thing: str, question: str) -> str:
    """Return a thing as it stands within an English sentence: "Full fine-tuning" is small, "Naive Bayes" stays."""
    if re.fullmatch("[A-Z][a-z]+", thing):
        small = thing.lower() in question or re.search("(?:ance|ence|ncy|tion|ity)$", thing)
        return thing.lower() if small else thing
    return _LARGE.sub(lambda match: match[0].lower(), thing)


_LARGE = re.compile(r"^(?:(?:The|An?)(?= )|[A-Z][a-z]+(?=[ -][a-z])(?!.* [A-Z][a-z]))")


def _with_article(thing: str, question: str) -> str:
    """Return a thing with the article that it has in the question, where it has none and cannot be without."""
    if _ARTICLE.match(thing):
        return thing
    more = _MORE if NAME.search(thing) else _OF
    places = ((before, behind) for before, behind in around(thing, question) if not _WORD.search(before))
    before = next((before for before, behind in places if not more.match(behind)), None)
    if before and (article := _ITS_ARTICLE.search(before)):
        return f"{article[1].lower()} {thing}"
    last = thing.rsplit(maxsplit=1)[-1]
    words = question[len(before or "") :][: len(thing)].split()
    title = bool(before) and all(word[0].isupper() for word in words)
    bare = (title and not _COUNTED.search(last)) or NAME.search(last) or _UNCOUNTED.search(last)
    return thing if bare else ""


# A word of content behind a name: "the BERT" is not "the BERT encoder".
_MORE = re.compile(rf"[\w-]| (?!(?:{'|'.join(STOP.split())})\b)[a-z]", re.IGNORECASE)
_OF = re.compile(r"[\w-]| of ", re.IGNORECASE)
_WORD = re.compile(r"\w$")
_ITS_ARTICLE = re.compile(r"\b(the|an?) $", re.IGNORECASE)
# "Bagging", "regression", "sparsity"; and several, "hash tables".
_UNCOUNTED = re.compile(
    "(?:ing|ion|ity|ness|ism|cy|ance|ence|ment|ropy|[^s]s|loss|search|descent|recall|throughput|dropout|memory|data"
    "|noise|collapse|drift|skew|leakage|storage)$",
    re.IGNORECASE,
)
# "Optimizer" needs an article, "contextual" a noun.
_COUNTED = re.compile(
    "(?:er|or|model|network|algorithm|method|function|tree|matrix|set|machine|table|system|index|rate|trick|window"
    "|token|node|agent|cache|key|mechanism|pipeline|store|database|block|map|test|curve|problem|technique|score"
    "|al|ive|ic|ous|ed|line|time|able|ible|public|private|hot|cool|cold|hard|soft)$",
    re.IGNORECASE,
)
