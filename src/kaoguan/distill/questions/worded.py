"""A question in the words it is asked in: the document's own, a title as 「请讲讲……。」."""

import re
from collections.abc import Mapping

from kaoguan.distill.questions.asking import Asks, asks, demands, is_task
from kaoguan.distill.questions.counted import counted
from kaoguan.distill.questions.english import FINITE
from kaoguan.distill.questions.outline import BlockKind
from kaoguan.distill.questions.parts import without_summary
from kaoguan.distill.questions.sections import Section
from kaoguan.distill.questions.told import is_entry_of, is_told
from kaoguan.distill.questions.topics import thing
from kaoguan.distill.text.facets import read_label
from kaoguan.distill.text.markup import punctuated
from kaoguan.models import Language
from kaoguan.prompts import Wording
from kaoguan.text.script import HAN, is_chinese, is_han
from kaoguan.text.terms import is_term


def answers_in_chinese(section: Section) -> bool:
    """Return whether a question or its answer is written in Chinese."""
    return is_chinese(section.question) or is_chinese(" ".join(block.text for block in section.answer))


def marked(section: Section, asked: str, words: Mapping[Language, Wording]) -> str:
    """Return what a section asks, in words that demand an answer where a mark says so: 「Q：死锁」, "Scenario: …"."""
    asked = _STOP_BEHIND.sub("", asked)
    asking = asked == "" or demands(asked, is_chinese(asked))
    told = section.block.kind is BlockKind.ASK and len(_SENTENCE.findall(asked)) > 0
    if not asking and (told or (_CASE.match(section.block.text) and asked.endswith((".", "。")))):
        if asked.endswith(("?", "？")):
            return asked
        language: Language = "zh" if is_chinese(asked) else "en"
        return words[language].say("question_case", case=asked.rstrip(".。") + ("。" if language == "zh" else "."))
    named = section.block.kind is BlockKind.ASK and not asking
    # "Dropout prevents:" is a sentence begun.
    return in_words(section, asked, words) if named and not section.question.endswith((":", "：")) else asked


# "You find a leak. Do you publish?."
_STOP_BEHIND = re.compile(r"(?<=[?？])[.。]+$")
# A case is told in several sentences: "A test won. After a week the effect was gone".
_SENTENCE = re.compile(r"[a-z\d)]\.\s+(?=[A-Z])|。(?=\S)")
_CASE = re.compile(r"(?:scenario|situation|case|场景|情景)\s*\d*\s*[:：]", re.IGNORECASE)


def in_words(section: Section, asked: str, words: Mapping[Language, Wording]) -> str:
    """Return what a section asks in the words it is asked in, with what it is about where it does not say that.

    "What is LoRA" stays English over a Chinese answer; a bare term is asked about in the language of its answer.
    """
    own = answers_in_chinese(section)
    if own and (names := _NAMED.fullmatch(asked)):
        asked = names[1]
    elif own:
        own = is_chinese(asked) or asks(asked, chinese=False) is not Asks.YES
    wording = words["zh" if own else "en"]
    placed = asked != section.question and thing(section.under) in asked and not demands(asked, is_chinese(asked))
    topic = section.topic.name
    if placed or not is_told(asked, section.topic):
        made = asked not in section.block.text and not section.block.title
        topic = thing(section.under) if made and is_entry_of(asked, thing(section.under)) else ""
    if not topic:
        return worded(asked, own, wording)
    if is_term(name := asked.rstrip("？?。.")):
        return worded(_closed(wording.say("title_in", topic=_nearest(section, topic), title=name)), own, wording)
    question = worded(asked, own, wording)
    small = question if own else question[:1].lower() + question[1:]
    return _closed(wording.say("question_in", topic=topic, question=small))


def _nearest(section: Section, topic: str) -> str:
    """Return the title that a title stands under where it names a part of the topic: 「Quill 调优」 of Quill."""
    under, part = section.under, thing(section.under)
    nearer = part == under and topic.casefold() in part.casefold() and not demands(under, is_chinese(under))
    return part if nearer else topic


def _closed(text: str) -> str:
    """Return a text without spaces between Chinese characters."""
    return re.sub(rf"(?<=[{HAN}]) (?=[{HAN}])", "", text)


# "Please describe HTTP、HTTPS": names in a Chinese row.
_NAMED = re.compile(r"(?:please )?(?:describe|explain|discuss|introduce) ([^、]+(?:、[^、]+)+)", re.IGNORECASE)


def worded(text: str, chinese: bool, wording: Wording) -> str:
    """Return a question as it is asked."""
    text = (punctuated(text.strip()) if chinese else text.strip()).rstrip("：:")
    if match := _MYTH.match(text):
        return wording.say("question_myth", claim=match["claim"].rstrip("。."))
    if chinese:
        return _chinese(text, wording)
    if which := counted(text):
        return which
    if use := _WHEN_TO.match(text):
        return f"When should you {use[1].lower()}{use[2].rstrip(' ?.')}?"
    title = _unasked(text)
    return wording.say("question_title", title=title) if title else _english(text, wording)


def _chinese(text: str, wording: Wording) -> str:
    if _MENDS.fullmatch(text):
        return f"如何{text}"
    if is_term(name := text.rstrip("？?")) and not _ZH_ASKS.search(name):
        text = without_summary(name)  # 「哲学家进餐问题？」
    bare = text.rstrip("。.")
    told = bare != text and not is_term(bare) and not _ZH_ASKS.search(bare)  # 「用一句话讲清……。」
    if told or text.endswith(("？", "?", "！")) or re.search("[？。].", text):
        return text
    text = bare
    if asked := counted(text):
        return asked
    if is_task(text) or _TASK_INSIDE.search(text):
        return text + "。"
    if (asks(text, chinese=True) is Asks.YES or re.search("[啥咋]", text)) and not _WHETHER.match(text):
        return text + ("？" if _ZH_ASKS.search(text) else "。")
    what = read_label(text).facet and "，" not in text and not text.endswith(("对比", "比较"))
    return wording.say("question_what" if what else "question_title", title=text)


def _english(text: str, wording: Wording) -> str:
    if _STEP.fullmatch(text.rstrip(".")):
        return wording.say("question_title", title=f"how to {text[:1].lower()}{text[1:].rstrip('.')}")
    if is_task(text.rstrip("?")) and not re.search(r"[.?!] |, (?:how|what|why|which|when|where|who)\b", text):
        return text.rstrip("?.") + "."  # "Explain how a ROC curve works?"
    if text.endswith(".") and is_term(text[:-1]) and not is_task(text) and not _ACTS.match(text):
        text = text[:-1]  # "optimizers."
    begins = ": " in text or _ASKING.match(text)  # "k-means" keeps its letter
    stated = text[:1].upper() + text[1:] if begins and text[:1].islower() else text
    *told, last = re.split(r"(?<=[.])\s+", stated)
    if told and not last.endswith(("?", ".")) and _ASKING.match(last):
        return stated + "?"  # "A run diverges. What do you look at"
    if text.rstrip(_QUOTES).endswith(("?", ".")) or _ASKS_INSIDE.search(text):
        return stated
    whether = _YES_OR_NO.match(text)
    if whether or asks(text, chinese=False) is Asks.YES:
        return stated + ("?" if whether or _WH.match(text) else ".")
    return wording.say("question_title", title=_small(text))


# 「避免灾难性遗忘？」
_MENDS = re.compile(
    r"(?:避免|防止|解决(?![方办])|缓解|应对(?![方办])|克服|提[高升]|降低|减少|改善|加[速快]|处理(?![器方办过流]))[^的，。？什哪怎几吗呢为何是否]{3,16}？"
)
# "Calculate loss": a step that a title names.
_STEP = re.compile(
    r"(?:calculate|compute|provide|identify|generate|find|determine|evaluate|estimate|train|build|convert|address)"
    r"(?: (?!(?:an?|the|your|all|how|why|which|what|when)\b)[\w-]+){1,2}",
    re.IGNORECASE,
)
# 'Go beyond "retry."' has ended.
_QUOTES = "\"”’'"
# 「误区 2：……」: what many believe, and is wrong.
_MYTH = re.compile(
    r"(?:(?:常见的?)?(?:误区|误解)|(?:common )?(?:myth|misconception))\s*[一二三四五六七八九十\d]*\s*[:：]\s*"
    r"(?P<claim>\S.{4,})",
    re.IGNORECASE,
)
# 「列表[1,4]，请用 map 输出平方」, 「去重并从小到大排序输出」
_TASK_INSIDE = re.compile(
    r"请(?!求)|[说讲谈聊推写过]一?[下讲说遍]|输出(?=[\[［\"“\d])|(?:排序|打印)输出$|得出|求出|一行代码实现"
)
# 「是否越界的判断」 is a title.
_WHETHER = re.compile(r"是否[^，]*的(?:判[定断别]|检[测查验]|校验|依据|标准|条件)(?:方法|方式|依据|标准|条件)?$")
_ZH_ASKS = re.compile(r"什么|怎么|怎样|如何|何[时为]|为何|啥|咋|几[种个类]|哪|有那些|多少|是否|吗|呢")
# "… what would you do? (Hint: …)", "Data mining: describe the decision tree".
_ASKS_INSIDE = re.compile(
    r"[?？]|^(?:given|based on|in an?|using) .{4,}?\b(?:write|find|print|create|compute|calculate|return|design)"
    r" (?:an?|the|all)\b"
    r"|^(?:\w+[ :]){1,4}(?:describe|explain|compare|define|discuss|derive|implement)\b(?! (?:and|or)\b)",
    re.IGNORECASE,
)
_WH = re.compile(r"\b(?:what|why|how|when|which|who|whose|where)\b", re.IGNORECASE)
_VERB = (
    r"(?:is|are|was|were|do|does|did|can|could|should|would|will|may|might|has|have|am|shall|must|not|about|isn't|don't"
    r"|doesn't|aren't|can't)\b|['’](?:s|re|d)\b"
)
_ASKING = re.compile(
    rf"(?:why|how|when|where)(?:,? (?:and|or) (?:why|how|when|where))*\s*{_VERB}"
    r"|how\s+(?:many|much|long|often|far|big|large|deep|fast|well|good|hard|easy|slow|small|strict|confident|sure|\w+(?:ive|able|ful|ly|al|ous|ex))(?:\s+\w+){0,2}"
    rf"\s*{_VERB}"
    r"|why\s(?!(?:we|you|they|it|i) "
    r"|.*\b(?:is|are|was|were|has|have|does|can|should|must|became|matters|works|happens|fails)\b"
    rf"|.*\b(?:{FINITE}) \w)"
    rf"|(?:what|which|who|whose|{_VERB})",
    re.IGNORECASE,
)

# "Reverse a list."
_ACTS = re.compile(r"\S+ (?:an?|the|your|[\"“])", re.IGNORECASE)
_WHEN_TO = re.compile(r"When to (\w+)(\b(?!.*[.:?,] ).*)", re.IGNORECASE)
_BETWEEN = re.compile(r"differences? between [^.?]+$", re.IGNORECASE)
# "Output of f(3)?", "Advantages of trees"
_PART_OF = re.compile(
    r"(?:outputs?|results?|roles?|purposes?|effects?|causes|steps|importance|concept|(?:dis)?advantages|benefits|limitations"
    r"|features|properties|curse|risks?|number|order) of ",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(rf"(?:{_VERB}) (?:you|we|it|they|there|i)\b", re.IGNORECASE)


def _unasked(text: str) -> str:
    """Return an English title that holds no verb of a question ("K-means?", "How it works") as one says it, or ""."""
    bare = text.rstrip("? .")
    short = len(bare.split()) < _FEWEST and not is_term(bare)
    if "?" in bare or any(map(is_han, bare)) or short or is_task(bare) or _ASKING.match(bare):
        return ""
    if _BETWEEN.match(bare) or _PART_OF.match(bare):
        return f"the {bare[:1].lower()}{bare[1:]}"
    if re.match(rf"(?:how|why|when|where) (?!.*, (?:how|what|why|which|who|where|when|{_VERB}))", bare, re.IGNORECASE):
        return _small(bare)
    asks_within = _WH.search(bare) or re.search(
        r"\b(?:is|are|do|does|did|can|could|should|would|will|or)\b", bare, re.I
    )
    return _small(bare) if text.endswith("?") and not asks_within else ""


_FEWEST = 2


def _small(title: str) -> str:
    """Return an English title with its article or question word as it stands within a sentence."""
    return re.sub(r"^(?:The|An?|Why|How|When|Where)(?= )", lambda match: match[0].lower(), title)
