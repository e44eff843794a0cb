"""Which of the claims of an answer are asked for: said once, standing alone, and no more than can be asked."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.fitness import broken, stands, talks
from kaoguan.distill.questions.asking import Asks, asks, is_task
from kaoguan.distill.questions.subject import sides, subject
from kaoguan.distill.text.facets import Facet
from kaoguan.text.alike import differ
from kaoguan.text.overlap import containment, shingles
from kaoguan.text.script import HAN, is_chinese
from kaoguan.text.terms import is_term

# A claim that holds this much of another one says the same again.
_SAME = 0.8
_NAME = 2
# A claim that holds nothing but the words of the question.
_RESTATES = 0.8
# What is asked for in one question: what is told in passing, what is enumerated, and what is enumerated for each of the
# things that a question sets side by side. What else the document says is kept as notes.
_TOLD, _ENUMERATED, _FOR_EACH = 9, 12, 16


# A name alone answers only a question that asks for names.
_NAMES = re.compile(rf"[{HAN}]{{2,8}}[（(][A-Za-z][^（）()]*[)）]|[{HAN}]{{2,5}}[型性法类]|[A-Z][\w-]*(?: [a-z]+)?")
_LISTS = re.compile(
    r"哪|几[种个类]|种类|分类|类型|包括|组成|列举|列出|有什么|方法|办法|指标|步骤|流程|优缺点|优点|缺点|原因|作用|区别|应用|场景"
    r"|\b(?:which|what are|list|name|types?|kinds?|examples?|ways?|steps?|methods?|techniques?|components?)\b",
    re.IGNORECASE,
)


class Selected(NamedTuple):
    """The points to ask for, and what else the answer says, both in the order of the document."""

    points: tuple[Draft, ...]
    rest: tuple[Draft, ...]


def select(question: str, made: Sequence[Draft]) -> Selected:
    """Return the claims worth asking for; none where the answer holds no whole sentence."""
    kept = [one for one in _distinct(made) if containment(question, one.text) < _RESTATES and not broken(one.text)]
    # What cannot be understood alone is no point to ask for, unless there is nothing else.
    lists = _LISTS.search(question) is not None
    kept = [one for one in kept if lists or not _NAMES.fullmatch(one.text)]
    fit = _fit(question, kept)
    place: dict[int, int] = {}
    groups: Counter[tuple[str, object, str]] = Counter()
    for i in fit:
        group = (kept[i].subject, kept[i].facet, kept[i].column)
        place[i] = groups[group]
        groups[group] += 1
    # The heaviest first, and of each part of the answer its first claims before the second ones of another.
    chosen = set(sorted(fit, key=lambda i: (-kept[i].weight, place[i], i))[: _most(question, [kept[i] for i in fit])])
    return Selected(
        tuple(one for i, one in enumerate(kept) if i in chosen),
        tuple(one for i, one in enumerate(kept) if i not in chosen),
    )


def _fit(question: str, kept: Sequence[Draft]) -> list[int]:
    """Return which claims can be understood alone; where none can, a few of the others, so that no question is lost."""
    # A title that only names what it is about asks for no names.
    asked = is_task(question) or asks(question, is_chinese(question)) is Asks.YES
    titled = not asked and _LISTS.search(question) is None
    told = [i for i, one in enumerate(kept) if not (titled and (_only_names(one) or talks(one.text)))]
    standing = [i for i in told if stands(kept[i].text) and kept[i].facet is not Facet.EXAMPLE]
    if among := sides(subject(question)):
        standing = [i for i in standing if not _of_nobody(kept[i])] or standing
        named = [i for i in standing if _names_one(kept[i], among)]
        standing = named if len(named) >= _ENOUGH and _COMPARED.search(question) else standing
    if not _WHY.search(question):
        standing = [i for i in standing if not _BECAUSE.match(kept[i].text)] or standing
    return standing or told[:_UNFIT]


def _only_names(draft: Draft) -> bool:
    """Return whether a claim names a thing and says nothing of it: 「孤立森林」 below 「风控」."""
    if draft.facet or draft.column:
        return False
    name = draft.text
    for label in (draft.subject, draft.title):
        name = re.sub(rf"^{re.escape(label)}\s*[:：]\s*", "", name)
    if not is_chinese(name):
        name = name.rpartition(": ")[2]
    names = re.split(r"\s*[,，、/]\s*", name)
    return all(len(one) <= _LONGEST_NAME[is_chinese(one)] and (is_term(one) or one.isupper()) for one in names)


_LONGEST_NAME = {True: 10, False: 30}
# Of claims that lean on their place no more than these are asked for.
_UNFIT = 3


# So many claims that name what they are about, and the others are not needed.
_ENOUGH = 3


def _names_one(draft: Draft, among: Sequence[str]) -> bool:
    """Return whether a claim below a question about several things names one of them, or stands under its name."""
    if draft.subject or draft.column or ":" in draft.text[:40] or "：" in draft.text[:20]:
        return True
    words = {word for side in among for word in re.findall(rf"[A-Za-z]{{3,}}|[{HAN}]{{2}}", side.casefold())}
    return (
        any(word in draft.text.casefold() for word in words) or re.search("两者|二者|both|they", draft.text) is not None
    )


_COMPARED = re.compile(
    r"区别|不同|差别|差异|异同|对比|比较|相比|\bvs\b|\bdiffer|\bcompar|\bversus\b|\bdistinguish|\bcontrast",
    re.IGNORECASE,
)
# A cause without what it explains.
_BECAUSE = re.compile(r"因为(?!.*(?:所以|因此))")
_WHY = re.compile(r"为什么|为何|为啥|原因|怎么解释")


def _of_nobody(draft: Draft) -> bool:
    """Return whether a claim below a question about several things does not say which of them it is about."""
    return not draft.subject and not draft.column and _NO_SUBJECT.match(draft.text) is not None


_NO_SUBJECT = re.compile(
    r"(?:都|均|也|更|较|很|不(?!同|平衡|变|确定|动|可|相|良)|容易|难以|无法|没有|能够?|可以?(?!解释)|会|需要?(?!求)|具有|拥有|属于|用于"
    r"|适[合用]于?|擅长|保留|被|让|使|令|依赖|只(?!要|有)|仅|速度|精度|效果|训练(?:速度|时间))"
    r"|(?:uses?|requires?|allows?|provides?|reduces?|handles?|works?|needs?|returns?|has|have|is|are|can|does|makes?|gives?"
    r"|learns?|predicts?|maps?|adds?|applies|assumes?|minimi[sz]es?|maximi[sz]es?|computes?|captures?|prevents?|helps?"
    r"|enables?|supports?|performs?|improves?|increases?|suffers?|tends?|lacks?|produces?|takes|stores|cannot|may|will)\b",
    re.IGNORECASE,
)


def _most(question: str, fit: Sequence[Draft]) -> int:
    listed = [one for one in fit if one.listed]
    if 2 * len(listed) < len(fit):
        return _TOLD
    named = {one.subject for one in listed if one.facet and one.subject in question}
    return _FOR_EACH if len(named) > 1 else _ENUMERATED


def _distinct(made: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with what is said twice kept once, in its more structured or shorter form."""
    kept: list[Draft] = []
    for draft in made:
        for i, other in enumerate(kept):
            if draft.text == other.text or (draft.subject == other.subject and _says(draft, other)):
                first, second = (other, draft) if _rank(other) >= _rank(draft) else (draft, other)
                variants = (*first.variants, *second.variants, second.text)
                weight = max(first.weight, second.weight)
                kept[i] = first._replace(variants=variants, weight=weight)
                break
        else:
            kept.append(draft)
    return kept


def _says(draft: Draft, other: Draft) -> bool:
    if (draft.facet and other.facet and draft.facet != other.facet) or draft.column != other.column:
        return False
    shorter, longer = sorted((draft.text, other.text), key=len)
    # A name stands in many sentences that do not say the same.
    return len(shingles(shorter)) > _NAME and containment(longer, shorter) >= _SAME and not differ(longer, shorter)


def _rank(draft: Draft) -> tuple[bool, int]:
    return draft.facet is not None, -len(draft.text)
