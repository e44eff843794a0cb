"""A question in the words it is asked in: the document's own, a title as 「请讲讲……。」."""

import re

from kaoguan.distill.questions.asking import Asks, asks, is_task
from kaoguan.distill.text.facets import read_label
from kaoguan.distill.text.markup import punctuated
from kaoguan.prompts import Wording
from kaoguan.text.script import is_han
from kaoguan.text.terms import is_term


def worded(text: str, chinese: bool, wording: Wording) -> str:
    """Return a question as it is asked."""
    text = (punctuated(text.strip()) if chinese else text.strip()).rstrip("：:")
    if match := _MYTH.match(text):
        return wording.say("question_myth", claim=match["claim"].rstrip("。."))
    if chinese:
        return _chinese(text, wording)
    title = _unasked(text)
    return wording.say("question_title", title=title) if title else _english(text, wording)


def _chinese(text: str, wording: Wording) -> str:
    bare = text.rstrip("。.")
    told = bare != text and not is_term(bare) and not _ZH_ASKS.search(bare)  # 「用一句话讲清……。」
    if told or text.endswith(("？", "?", "！")) or re.search("[？。].", text):
        return text
    text = bare
    if counted := _COUNTED.fullmatch(text):
        return counted[1] + "哪" + counted[2] + "？"
    if text.endswith("相比"):
        return text + "有什么不同？"
    if is_task(text) or _TASK_INSIDE.search(text):
        return text + "。"
    if asks(text, chinese=True) is Asks.YES:
        return text + ("？" if _ZH_ASKS.search(text) else "。")
    return wording.say("question_what" if read_label(text).facet else "question_title", title=text)


def _english(text: str, wording: Wording) -> str:
    if is_task(text.rstrip("?")) and not re.search(r"[.?!] |, (?:how|what|why|which|when|where|who)\b", text):
        return text.rstrip("?.") + "."  # "Explain how a ROC curve works?"
    begins = ": " in text or _ASKING.match(text)  # "k-means" keeps its letter
    stated = text[:1].upper() + text[1:] if begins and text[:1].islower() else text
    *told, last = re.split(r"(?<=[.])\s+", stated)
    if told and not last.endswith(("?", ".")) and _ASKING.match(last):
        return stated + "?"  # "A run diverges. What do you look at"
    if text.endswith(("?", ".")) or _ASKS_INSIDE.search(text):
        return stated
    if asks(text, chinese=False) is Asks.YES:
        return stated + ("?" if _WH.match(text) else ".")
    return wording.say("question_title", title=_small(text))


# 「误区 2：……」: what many believe, and is wrong.
_MYTH = re.compile(
    r"(?:(?:常见的?)?(?:误区|误解)|(?:common )?(?:myth|misconception))\s*[一二三四五六七八九十\d]*\s*[:：]\s*"
    r"(?P<claim>\S.{4,})",
    re.IGNORECASE,
)
# 「编译包含三个阶段」 asks which they are.
_COUNTED = re.compile(r"(\S.{1,20}?(?:包含|包括|分为))了?\s?([一二两三四五六七八九十\d]+\s?[个种类大步]\S{1,10})")
# 「列表[1,4]，请用 map 输出平方」, 「去重并从小到大排序输出」
_TASK_INSIDE = re.compile(r"请(?!求)|输出(?=[\[［\"“\d])|(?:排序|打印)输出$|得出|求出|一行代码实现")
_ZH_ASKS = re.compile(r"什么|怎么|怎样|如何|为何|哪|多少|是否|吗|呢")
# "… what would you do? (Hint: …)", "Data mining: describe the decision tree".
_ASKS_INSIDE = re.compile(
    r"[?？]|^(?:\w+[ :]){1,4}(?:describe|explain|compare|define|discuss|derive|implement)\b(?! (?:and|or)\b)",
    re.IGNORECASE,
)
_WH = re.compile(r"\b(?:what|why|how|when|which|who|whose|where)\b", re.IGNORECASE)
_VERB = (
    r"(?:is|are|was|were|do|does|did|can|could|should|would|will|may|might|has|have|am|shall|must|not|about|isn't|don't"
    r"|doesn't|aren't|can't)\b|['’](?:s|re|d)\b"
)
_ASKING = re.compile(
    rf"(?:why|how|when|where)(?:,? (?:and|or) (?:why|how|when|where))*"
    rf"(?:\s+(?:many|much|long|often|far|big|large|deep|fast|confident|sure|\w+(?:ive|able|ful|ly))(?:\s+\w+){{0,2}})?\s*{_VERB}"
    r"|why\s(?!.*\b(?:is|are|was|were|has|have|does|can|should|must|plays|causes|matters|works|helps|needs|uses|makes|leads|fails)\b)"
    rf"|(?:what|which|who|whose|{_VERB})",
    re.IGNORECASE,
)


def _unasked(text: str) -> str:
    """Return an English title that holds no verb of a question ("K-means?", "How it works") as one says it, or ""."""
    bare = text.rstrip("? .")
    if "?" in bare or any(map(is_han, bare)) or len(bare.split()) < _FEWEST or is_task(bare) or _ASKING.match(bare):
        return ""
    if re.match("(?:how|why|when|where) ", bare, re.IGNORECASE):
        return _small(bare)
    asks_within = _WH.search(bare) or re.search(
        r"\b(?:is|are|do|does|did|can|could|should|would|will|or)\b", bare, re.I
    )
    return _small(bare) if text.endswith("?") and not asks_within else ""


_FEWEST = 2


def _small(title: str) -> str:
    """Return an English title with its article or question word as it stands within a sentence."""
    return re.sub(r"^(?:The|An?|Why|How|When|Where)(?= )", lambda match: match[0].lower(), title)
