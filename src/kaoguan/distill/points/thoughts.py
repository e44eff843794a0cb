"""A long sentence as the thoughts that it holds: cut where another one begins that says what it is about."""

import re

from kaoguan.distill.points.cutting import cut
from kaoguan.distill.questions.verbs import VERBS
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

# A claim of this many characters is read as one; longer ones are cut where another thought begins.
COMFORTABLE = {True: 46, False: 130}
# Where a long sentence turns to another thought …
_TURN = re.compile(
    r"^(?:而(?!非|是|不是|且不)|但|然而|因此|所以|并且|同时|此外|另外|反过来|也就是说|不过|这样|这使"
    r"|while |whereas |but |however |so |therefore |thus |and (?:it|they|the|this|then) )",
    re.IGNORECASE,
)
# … and where it goes on about the same one, which is cut only when it has become very long.
_GOES_ON = re.compile(
    r"^(?:使得?|从而|进而|导致|由于|虽然|以及|最终|且|并(?!非|不|没)|也(?:可以|能|会)|还(?:可以|能|会)"
    r"|which |because |making |leading |resulting |and )",
    re.IGNORECASE,
)
# 「……，因此……」, 「……，同时抑制……」: a consequence, or a clause that begins with a verb and has no subject of its own.
_FOLLOWS = re.compile(
    r"^(?:因此|所以|这样|这使|也就是说|从而|进而|使得?|导致|therefore |thus |so |making |leading |resulting |which )"
    rf"|^(?:而且?|并且?|同时|此外|另外|且|也|还|但是?|然而|不过|又)*(?:{VERBS}|可以|能够?|会|需要|要|有|是|不|没有"
    rf"|无法|容易|更|很|通过|被|将|把|对|在)"
    r"|^(?:and|but|however) (?:it|they|this|that|is|are|can|may|will|has|have|does|do|not|then|also|often|usually"
    r"|thus|therefore|so)\b",
    re.IGNORECASE,
)
# 「使得更新后的参数……」 stands alone without its first word, once it is cut off.
_RESULT = re.compile(r"^(?:从而|进而|最终|并)?(?:使得|导致)(?=.{8})")
# "…, while trees overfit": the other half of a contrast stands without its first word.
_CONTRAST = re.compile(r"^(?:while|whereas) ", re.IGNORECASE)
_CONTRASTS = re.compile(r"(?:而(?!且)|但|while |whereas |but )", re.IGNORECASE)
_HOLDS_FOR_ALL = re.compile(
    r"(?:^|[，,]\s*)(?:当(?!前|时|中)|如果|假如|若|在(?=[^，]*(?:情况|条件|场景|数据集|任务|阶段)[下上中])|相比"
    r"|when |if |in the case of )"
    r"|^[^，：:]{1,10}(?:不同|区别|差异)(?:点|之处)?[:：]",
    re.IGNORECASE,
)
# A claim may be this many times as long as one that is comfortable to read before it is cut for its length alone.
_WHOLE = 1.6
# One may be this many times as long where what would be cut off does not say what it is about.
_ONE_BREATH = 2.2
# A longer sentence holds four claims or five.
_BREATH = {True: 150, False: 380}
# 「如果 A，那么 B」 is one thought: its halves stay together.
_CONDITION = re.compile(
    r"^(?:如果|假如|若|当|虽然|尽管|由于|因为|随着|为了|对于|不考虑|考虑|在|即使|只要|只有|一旦|设|if |when "
    r"|while |although |because |since |given |for |as |unless |once )",
    re.IGNORECASE,
)
# 「……，当训练误差下降」, 「约束虽然减小了范围」: the other half is still to come.
_OPEN = re.compile(
    r"^(?:当(?!前|时|中)|如果|假如|若|只要|即使|由于|随着|if |when |while |although |because )|虽然|尽管|不仅|不但"
    r"|不只|由于|考虑到|因为(?!此)|假设",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:and|or|以及|和|或) ?(?!(?:it|they|this|that|these|those|then|we|you)\b)", re.IGNORECASE)
_FINITE = re.compile(
    r"(?:and|or) (?:(?:the|an?|each|every|all|both|most|many|some) (?:[\w-]+ ){1,5}?|(?:[\w-]+ ){1,3}?)"
    r"(?:is|are|was|were|can|may|might|will|would|has|have|does|do|must|should|cannot)\b",
    re.IGNORECASE,
)
_CONSEQUENCE = re.compile(r"^(?:那|则|就|以至于|才|都会|then )", re.IGNORECASE)


def thoughts(sentence: str, chinese: bool) -> list[str]:
    """Return the thoughts of a sentence, each whole; one that has no end only with its beginning."""
    found: list[str] = []
    for clause in cut(sentence, r"[，,](?!\d)"):
        if found and not _parts(found[-1], clause, COMFORTABLE[chinese]):
            inside = found[-1].count('"') % 2 and clause[:1] == '"'  # "…," ends a quotation
            found[-1] += ("，" if chinese else "," if inside else ", ") + clause
        else:
            found.append(clause)
    first, *others = (_beginning(part, chinese) for part in found)
    return [first, *(_RESULT.sub("", _CONTRAST.sub("", part)) for part in others)]


def _beginning(claim: str, chinese: bool) -> str:
    """Return what a sentence without end says first; any other claim whole."""
    if len(claim) <= _BREATH[chinese]:
        return claim
    clauses = cut(claim, r"[，,](?!\d)")
    said = clauses[0]
    for clause in clauses[1:]:
        begins = not (_FOLLOWS.match(clause) or _GOES_ON.match(clause) or _CONSEQUENCE.match(clause))
        if begins and not _only_condition(said) and len(said) >= COMFORTABLE[chinese] // 2:
            return said
        said += ("，" if chinese else ", ") + clause
    return said


def _parts(before: str, clause: str, comfortable: int) -> bool:
    """Return whether a new thought begins with `clause`."""
    if _CONSEQUENCE.match(clause) or _only_condition(before) or len(before) * 4 < comfortable or _ends(before, clause):
        return False
    # 「当样本偏斜时，A 变，而 B 不变」: the condition and the label hold for both halves.
    if (
        _CONTRASTS.match(clause)
        and _HOLDS_FOR_ALL.search(before)
        and len(before) + len(clause) <= _WHOLE * _WHOLE * comfortable
    ):
        return False
    # What follows from the words before, or says more of their subject, is whole only together with them.
    if _FOLLOWS.match(clause) and len(before) + len(clause) <= _WHOLE * comfortable:
        return False
    # Cut off, it must say what it is about; else the sentence stays whole.
    if len(before) + len(clause) <= _ONE_BREATH * comfortable and not _names_its_subject(clause):
        return False
    if _TURN.match(clause):
        return True
    return len(before) * 10 > comfortable * 9 and len(clause) * 3 > comfortable and _GOES_ON.match(clause) is not None


def _ends(before: str, clause: str) -> bool:
    """Return whether a clause is the last of what is enumerated: "…, and (learned) strategies"; a verb tells one."""
    return re.search("[，,]", before) is not None and _LAST.match(clause) is not None and not _FINITE.match(clause)


def _names_its_subject(clause: str) -> bool:
    """Return whether a clause has a noun for its subject: 「而分类任务预测的是……」, not 「同时保持……」."""
    said = _LED_IN.sub("", clause)
    if not said or _CONDITION.match(said):
        return True
    if is_chinese(clause):
        match = _NOUN_FIRST.match(said)
        return match is not None and is_term(match["noun"])
    return _NOUN_FIRST_EN.match(clause) is not None


_LED_IN = re.compile(
    r"^(?:而|但是?|然而|不过|同时|此外|另外|因此|所以|反过来|并且|也就是说|使得?|导致|从而|进而|最终|这样|每个)+(?=.|$)"
)
_NOUN_FIRST = re.compile(
    rf"(?P<noun>[^，的]{{2,14}}?(?:的[^，的]{{1,8}}?)?)"
    rf"(?:是(?!否)|可能|让|则|就|都|也|会|可以|能|需要|通过|不|没有|很|更|较|容易|更多|具有|能够|指|预测|学习|输出"
    rf"|依赖|关注|包含|属于|适合|表示|要求|限制|决定|影响|提供|支持|允许|带来|记录|控制|保存|负责|{VERBS})"
)
_NOUN_FIRST_EN = re.compile(
    r"(?:while|whereas|but|however|so|therefore|thus|and),? (?!(?:it|they|this|that|these|those|is|are|was|can|may|will"
    r"|has|have|does|do|not|then|also|often|usually|thus|therefore|so|in|on|at|for|by|with|to)\b)"
    r"(?:\S+ ){1,5}?(?:is|are|was|can|may"
    r"|will|has|have|does|do|must|should|\w+s)\b",
    re.IGNORECASE,
)


def _only_condition(text: str) -> bool:
    """Return whether a stretch is only the condition of what follows, or ends in one."""
    *earlier, last = re.split(r"[，,]\s*", text)
    if (not earlier and _CONDITION.match(last) is not None) or _OPEN.search(last) is not None:
        return True
    if _WHERE.match(last):
        return True
    return text.startswith(("由于", "因为")) and _FOLLOWED.search(text) is None


# 「在预热的小学习率下」, 「当梯度大于某个值时」
_WHERE = re.compile(r"(?:在|当|对于|从)[^，]*(?:下|时|中|后|里|上|来说|而言|看)$")
# What follows from a cause is told with one of these.
_FOLLOWED = re.compile("所以|因此|导致|使|就|从而|会|需|可以|能|无法|难|不")
