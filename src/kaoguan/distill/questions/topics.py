"""What a title is about, and what the chapter or the document is about that a question stands in."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kaoguan.distill.questions.asides import is_aside
from kaoguan.distill.questions.asking import Asks, asks
from kaoguan.distill.questions.hanging import hangs
from kaoguan.distill.questions.outline import Block
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import subject
from kaoguan.distill.text.facets import read_label
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term


def thing(title: str) -> str:
    """Return the thing that a title names, or asks about; nothing where it names none."""
    return next(_things(title), "")


def _things(title: str) -> Iterator[str]:
    """Yield the things that the parts of a title name: "Senior Interview — Page Caches" may be about page caches."""
    bare = re.sub(r"\s{2,}", " ", _GLOSS.sub("", title)).strip()
    if book := _BOOK.search(bare):
        bare = book[1]
    if asks(bare, is_chinese(bare)) is Asks.YES:
        bare = subject(bare)
    for part in re.split(r"[：:]|——|\s[—–|-]\s", bare) if "://" not in bare else ():
        label = read_label(part.strip())
        name = without_kind(label.subject if label.facet else part)
        whole, _, rest = name.rpartition("的")  # 「Kafka 的核心组件」
        name = whole.strip() if is_part(rest) else name
        if is_term(name) and not _ASKING.search(name) and not (is_part(part) or is_aside(part) or _names_nothing(name)):
            yield name


_ASKING = re.compile("如何|怎么|怎样|什么|为何|哪")
_BOOK = re.compile(r"《([^《》]+)》")
# "E. RAG", 「MoE（专家混合）」, "Kafka (30 questions)"
_GLOSS = re.compile(r"\s*（[^（）]*）|(?<!\w)\([^()]+\)|:\w+:|^[A-Z]\d{0,3}[.：:]\s")


def _names_nothing(name: str) -> bool:
    """Return whether a name is no thing that can be asked about: a part of one, a number, whose questions follow."""
    told = hangs(name) or is_aside(name) or is_part(name)
    return told or _NUMBERED.fullmatch(name) is not None or _OF_INTERVIEWS.search(name) is not None


def without_kind(title: str) -> str:
    """Return a title without the words that say what kind of text it is: 「Kafka 高频面试题汇总」 is about Kafka."""
    before = ""
    while title != before:
        before, title = title, _KIND.sub("", title).strip(" ,，、/&")
    return title


# 「RLHF 和 DPO 的根本区别」 is about both, "The Complete Guide to Kafka Interviews" about Kafka.
_KIND = re.compile(
    r"(?:的|以及|[和与及]|[和与及](?:前沿|展望|实践|其[他它]|进阶)|的?(?:根本|本质|主要|核心|最大|相关))$"
    r"|(?:常见|高频|经典|必考|必会|常考|热门|技术|模拟|笔试|\d+\s?道|的|类)*"
    r"(?:面试(?:题库?|准备|指南|攻略|问答|回答|随笔)?|八股文?|面经|题库|题目|问题|问答|考点|基础题|真题)[的集库单]?$"
    r"|(?:学习|知识|基础|重点|常见|高频|完全|终极)*(?:知识点?|笔记|汇总|总结|整理|梳理|复习|专题|专项|手册|指南|详解|全解|图解|入门|速查|速记"
    r"|清单|源码(?:解析|分析|剖析|阅读)|端到端|名词解释|相关(?:知识|内容|概念)|(?:比较|较)好|系列|备考|资料|合集|大全|精选|精讲|(?:完整|详细|标准|参考)(?:解析|答案))$"
    r"|^(?:图解|一文(?:读懂|看懂|搞懂|了解)|深入(?:理解|浅出|了解)|理解|关于|认识|走进)(?=.{2})"
    r"|的?设计与实现$|(?<=[^\W\d_])\s?篇$|^第\s?[\d一二三四五六七八九十]+\s?[章节课讲篇][：:.、]?|^L?\d+(?:\.\d+)*(?:[_.、]\s?|\s+(?:-\s+)?)"
    r"|^(?:top|must[- ]know|most|important|commonly|frequently|asked|popular|essential|complete|comprehensive|ultimate"
    r"|quick|an?|the|my|our|some|all|random|\d+\+?)\s+"
    r"|^(?:guide|introduction|intro|questions) (?:to|on|about) (?:the )?"
    r"|[\s-]+(?:interviews?|questions?|q\s?&\s?a|qna|answers?|notes?|cheat ?sheets?|guide|handbook|faqs?|overview"
    r"|tutorial|preparation|prep|reference|master|(?<=s )list|bank|glossary|summary|topics|viva|quiz|sample|basics"
    r"|scenario[- ]based|deep[- ]dive|explained|essentials|core|concepts|fundamentals|internals|levels?|edition"
    r"|examples?|check(?:list)?|review|refresher|roadmap|part[- ]?\d+|and|in|for|with|(?:19|20)\d\d)$"
    r"|^(?:interviews?|questions?|answers?|notes?|q\s?&\s?a|faqs?)$",
    re.IGNORECASE,
)
_OF_INTERVIEWS = re.compile(r"面试|追问|常见问题|题[目解]?$|\binterviews?\b|\bquestions\b", re.IGNORECASE)
# "Part 2", "Trap #1", 「模块三」: a place in the document.
_NUMBERED = re.compile(
    r"(?:part|trap|test|step|stage|day|week|lab|chapter|module|lesson|unit|phase|level|task|case|example|set|quiz|topic"
    r"|section|version|question|lecture|session)?[\s_-]?#?(?:\d+(?:\.\d+)*|\b[A-Z])"
    r"|(?:第|模块|主题|部分|阶段|积木)?\s?[一二三四五六七八九十\d]+[章节课讲篇天]?|[A-Z]{2}\d+ · .*",
    re.IGNORECASE,
)


class Topic(NamedTuple):
    """What a part of a document is about; nothing where no title says so for sure."""

    name: str = ""
    own: bool = False
    """Whether it is written like the name of one thing, "Kafka", and not like a field, "statistics"."""
    small: frozenset[str] = frozenset()
    """The words that the document writes in small letters: what else it writes large is a name of its own."""


def _is_own(topic: Topic) -> bool:
    return topic.own


class Topics:
    """What each part of a document is about: the nearest title that names what the text below it speaks of.

    `title` is what the settings at the top of the document call it, which stands above all other titles.
    """

    def __init__(self, blocks: Sequence[Block], title: str = "") -> None:
        self._of: dict[int, Topic] = {}
        self._small = frozenset(word for block in blocks for word in _SMALL.findall(block.text))
        below = dict(_below(blocks))
        open_ = [(0, _named(title, [block.text for block in blocks], chapter=False))]
        for i, block in enumerate(blocks):
            if block.title:
                open_ = [one for one in open_ if one[0] < block.title]
            above = [topic for _, topic in reversed(open_) if topic.name]
            self._of[block.first] = next(iter([*filter(_is_own, above), *above]), Topic())
            if block.title:
                open_.append((block.title, _named(block.text, below[i], chapter=len(open_) > 1)))

    def of(self, block: Block) -> Topic:
        """Return what the text that a block stands in is about."""
        return self._of.get(block.first, Topic())._replace(small=self._small)


_SMALL = re.compile(r"(?<![\w-])[a-z][a-z]+")


def _below(blocks: Sequence[Block]) -> Iterator[tuple[int, list[str]]]:
    """Yield the places of the titles, each with the texts of all blocks below it."""
    titles = [i for i, block in enumerate(blocks) if block.title]
    for place, i in enumerate(titles):
        end = next((j for j in titles[place + 1 :] if blocks[j].title <= blocks[i].title), len(blocks))
        yield i, [block.text for block in blocks[i + 1 : end]]


def _named(title: str, texts: Sequence[str], *, chapter: bool) -> Topic:
    """Return which of the things that a title names the texts below it speak of; of a question only a name."""
    named = [_spoken_of(name, texts, chapter=chapter) for name in _things(title)]
    asking = asks(title, is_chinese(title)) is Asks.YES
    return next(iter([*filter(_is_own, named), *(topic for topic in named if topic.name and not asking)]), Topic())


def _spoken_of(name: str, texts: Sequence[str], *, chapter: bool) -> Topic:
    """Return a name as a topic if the texts below it say it again and again; in a chapter a good part of them does.

    Of a document's title of two words one may be the name, "Apache Airflow", "Kafka Architecture".
    """
    found = _said(name, texts, chapter=chapter, whole=not chapter)
    words = name.split()
    if found.own or chapter or len(words) != _TWO or not all(map(_is_word, words)):
        return found
    named = [words[1], *(words[:1] if not _ADJECTIVE.search(words[0]) else [])]
    told = (_said(word, texts, chapter=False) for word in named)
    return next((one for one in told if one.own), found)


def _said(name: str, texts: Sequence[str], *, chapter: bool, whole: bool = False) -> Topic:
    text = "\n".join(texts)
    told = name
    times = len(_word(name).findall(text)) if len(name) > 1 else 0
    if times < _OFTEN and (within := next(filter(_is_name, name.split()), "")):
        told, times = within, len(_word(within).findall(text))  # "YOLO v4" is spoken of as YOLO
    if not times:
        return Topic()
    coined = is_coined(name) and not _is_shouted(name)
    holding = sum(_word(told).search(one) is not None for one in texts)
    large = text.count(name) >= _MOSTLY * times or (whole and holding >= _MUCH * len(texts))
    own = coined or (name.casefold() != name and told == name and large)
    wanted = _SPREAD[coined] * len(texts) if chapter else 0
    if not (own or is_chinese(text) or _are_coined(name)):
        wanted = max(wanted, _common(name, text) * len(texts))
    return Topic(name, own) if holding >= max(wanted, 1 if coined else _OFTEN) else Topic()


def _common(name: str, text: str) -> float:
    """Return which part of an English text must speak of what is no name of one thing to be about it.

    It says that in small letters, too, not so "AI Engineer"; one word alone, "Deep", may be in any text.
    """
    if name.lower() not in text:
        return 2  # more than all of it
    return 0 if " " in name else _MUCH


def _are_coined(name: str) -> bool:
    """Return whether every word of a name is coined: "RNN / LSTM"."""
    return all(map(is_coined, re.findall(r"[\w-]+", name)))


def _word(name: str) -> re.Pattern[str]:
    """Return the pattern of a name as a word of its own, or of several: "INE" is not in "determine"."""
    return re.compile(rf"(?<![A-Za-z\d]){re.escape(name)}(?:e?s)?(?![A-Za-z\d])", re.IGNORECASE | re.ASCII)


def _is_word(word: str) -> bool:
    """Return whether a word of a title may be a name by itself; "DB" of "Vector DB" is none."""
    return _WORD.fullmatch(word) is not None and not _is_shouted(word)


def _is_shouted(word: str) -> bool:
    """Return whether a word in capitals is too long for an abbreviation."""
    return word.isupper() and len(word) > _ABBREVIATION


_TWO = 2
_WORD = re.compile(r"[A-Za-z][\w.+#-]{2,}", re.ASCII)
# Of the texts below a title so many say its name; below that of a chapter such a part of them, fewer if it is coined.
_OFTEN, _SPREAD = 3, {False: 0.2, True: 0.05}
# "MoE", "LangChain": nothing else is written so.
_COINED = re.compile(r"[A-Za-z\d.+#-]*(?:[A-Z][A-Za-z\d-]*[A-Z]|[a-z][A-Z])[A-Za-z\d.+#-]*")
_ABBREVIATION = 6
# What so much of a document speaks of is a thing, however it is written.
_MUCH = 0.3
# Of the times that a name is written, so many are with its capitals.
_MOSTLY = 0.8
_ADJECTIVE = re.compile("(?:an|al|ic|ive|ed|ing)$")


def is_coined(word: str) -> bool:
    """Return whether nothing else is written so: "MoE", "LangChain"."""
    return _COINED.fullmatch(word) is not None


def _is_name(word: str) -> bool:
    return is_coined(word) and not is_field(word)


def is_field(name: str) -> bool:
    """Return whether a name says nothing that the questions below it do not say themselves: "Machine Learning"."""
    return name.casefold().rstrip("s") in _FIELDS or _ROLE.search(name) is not None


def without_gloss(title: str) -> str:
    """Return a title without what it says in brackets."""
    return _GLOSS.sub("", title).strip()


_ROLE = re.compile(r"\b(?:engineer|developer|scientist|analyst)s?$", re.IGNORECASE)
# What every question of such a document is about; in small letters, without the s of several.
_FIELDS = frozenset(
    [
        *("ai", "ml", "dl", "nlp", "cv", "llm", "mlop", "rl", "database", "dbm", "rdbm", "statistic"),
        *("data", "learning", "framework", "system", "model", "algorithm", "network", "programming", "testing", "db"),
        *("机器学习", "深度学习", "自然语言处理", "计算机视觉", "人工智能", "算法", "计算机", "数据结构"),
        *("data structure", "machine learning", "deep learning", "data engineering", "data science", "generative ai"),
    ]
)
