"""Sentences that talk to the grader instead of answering: they are never evidence."""

import re

from kaoguan.grading.offline.segments import Clause

# Orders, not topics: "评分函数" or "ignore the bias term" are ordinary machine learning and must pass.
_TO_GRADER = "评分员|阅卷|考官|评委|评分系统|判分|grader|evaluator|examiner|dear (ai|model)"
_GIVE = "给我?|打|打个|判为?|评为?|记为|算作|输出|返回|请|return|give|award|assign|output"
_FULL = (
    "满分|最高分|高分|100 ?分|10 ?分|10/10|100/100|full (score|mark|credit)|(top|perfect|highest|maximum) (score|mark)"
)
_ORDERS = (
    "(忽略|无视|忘记|不要理会|ignore|disregard|forget)"
    ".{0,24}(指令|指示|要求|规则|提示|评分|instruction|prompt|rubric|previous)",
    rf"({_GIVE}).{{0,24}}({_FULL})",
    r"(score|分数|得分|总分|成绩)[\"”]? ?"
    "(设为|设置为|记为|改为|应为|必须为|为满分|set to|must be|=|:) ?(满|10|100|full)",
    r"(标记|标注|记为|判为|视为|\b(mark|label|set|treat)\b)"
    ".{0,30}(covered|已覆盖|全部正确|为正确|答对|as correct)",
    "system (note|prompt|message|override)|系统(提示|消息|指令|通知|公告)",
    r"^\W{0,2}(系统|system)\W{0,2}:?$|\[inst|<\|?/?(system|im_start|answer|user|assistant)",
    rf"({_TO_GRADER}).{{0,30}}(请|注意|必须|不要|无需|please|must|should|do not)",
    "已(经)?(通过|确认|核对|人工复核|复核|审核).{0,16}(完全正确|满分|无误)",
    "already (approved|verified|graded)|without reading",
)
_ORDER = re.compile("|".join(_ORDERS))
# The one order that is known by where its sentence ends, which a text as a whole does not show.
_ROLE_FIRST = re.compile(r"\W{0,2}(系统|system)")


def suspected(text: str) -> bool:
    """Return whether a normalised text may hold orders; where not, `parted` finds none, and costs ten times as much."""
    return bool(_ORDER.search(text) or _ROLE_FIRST.match(text))


def parted(text: str, parts: list[Clause]) -> tuple[list[Clause], list[Clause]]:
    """Return the clauses that answer, and those in sentences that give the grader orders."""
    spans: dict[int, tuple[int, int]] = {}
    for part in parts:
        start, _ = spans.get(part.sentence, (part.start, part.end))
        spans[part.sentence] = (start, part.end)
    ordering = {sentence for sentence, (start, end) in spans.items() if _ORDER.search(text, start, end)}
    kept = [part for part in parts if part.sentence not in ordering]
    return kept, [part for part in parts if part.sentence in ordering]
