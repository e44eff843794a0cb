"""Statements of an answer as drafts of key points: atomic, self-contained, weighted, each with its lines."""

import re
from collections.abc import Sequence
from typing import Literal

from kaoguan.distill.points.about import (
    asked_facets,
    asked_subject,
    asks_of_all,
    compares,
    is_cut_off,
    names_others,
    of_another_part,
    of_side,
    shared_facets,
    side_is_lost,
    side_named,
    still_told,
    things,
    told_of_title,
    with_sides_named,
)
from kaoguan.distill.points.alone import has_own_subject, refers_back, standing_alone
from kaoguan.distill.points.claims import claims
from kaoguan.distill.points.cutting import sentences
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.follow_ups import MENDS, WRONG
from kaoguan.distill.points.names import is_name, is_spelt_out
from kaoguan.distill.points.phrases import (
    capitalised,
    cell,
    explained,
    has_doer,
    has_label,
    in_contrast,
    is_title,
    lengthened,
    own_label,
    part_of,
    placed,
    whole,
    without_example,
)
from kaoguan.distill.points.place import placed_aside
from kaoguan.distill.points.processes import process, processes
from kaoguan.distill.points.short import completed, with_names_joined
from kaoguan.distill.points.statement import Statement
from kaoguan.distill.questions.english import number
from kaoguan.distill.questions.parts import is_part
from kaoguan.distill.questions.subject import sides, with_article
from kaoguan.distill.text.facets import Facet
from kaoguan.distill.text.formulas import is_law
from kaoguan.distill.text.markup import punctuated
from kaoguan.text.overlap import shingles
from kaoguan.text.script import count_han
from kaoguan.text.terms import is_term

_LONGEST = {True: 150, False: 380}
# 「其中 k 为窗口大小」 says nothing without the formula before it.
_EXPLAINS = re.compile(
    r"^(?:其中|式中|这里的?|此处)[，,]?\s*|^(?:where|here,?)\s+(?=\S+ (?:is|are|denotes?|represents?|means|stands))",
    re.IGNORECASE,
)


def drafts(question: str, found: Sequence[Statement], chinese: bool) -> list[Draft]:
    """Return the drafts of all that the statements say, in the order of the document."""
    found = completed(question, with_names_joined(question, found, chinese), chinese)
    about = _Question(question, found, chinese=chinese)
    made: list[Draft] = []
    for group in processes(placed_aside(question, about.asked, found), asked=about.asks_for_steps):
        made += about.drafts(group, chinese and count_han(group.text) > 0, made)
    return made


class _Question:
    """What a question sets side by side, and which part of the answer is about which side."""

    def __init__(self, question: str, found: Sequence[Statement], *, chinese: bool) -> None:
        self._chinese = chinese
        self._question = question
        self._subject = asked_subject(question)
        # Only a noun phrase that the whole question is about may stand in a sentence of the document.
        names = is_term(self._subject) and not is_part(self._subject) and not sides(self._subject)
        names = names and not is_cut_off(self._subject, question)
        self._known = with_article(self._subject, question) if names else ""
        # 「为什么有了 CNN，还要 RNN？」: 「它」 may be either.
        self._unclear = names_others(question, self._subject)
        self._asked = asked_facets(question)
        self._of_all = names and not _SIDES.search(self._subject) and asks_of_all(question, self._subject)
        named = {s.subject for s in found if s.subject and s.subject in question and not s.column}
        self._sides = tuple(sorted(named, key=question.find)) if len(named) > 1 else sides(self._subject)
        # Of several formulas some are of its parts.
        self._has_one_law = self._of_all and sum(is_law(one.text) for one in found) == 1
        self._shared = shared_facets(found, self._sides)
        # Where things are compared, the labels that recur are the things.
        self._things = set() if compares(question) else things(found)
        self._lead = True

    @property
    def asked(self) -> tuple[str, ...]:
        """What the question is about: one thing, or those that it sets side by side."""
        return self._sides or ((self._subject,) if is_term(self._subject) else ())

    @property
    def asks_for_steps(self) -> bool:
        """Whether the question asks how something goes, step by step."""
        return self._asked == {Facet.STEP} and len(self._sides) < 2

    def drafts(self, statement: Statement, chinese: bool, before: list[Draft]) -> list[Draft]:
        """Return the drafts of one statement; 「其中 k 为窗口大小」 goes to the last one `before`."""
        topic = self._topic(statement)
        statement = self._as_asked(statement, topic)
        if statement.facet is Facet.STEP and "\n" in statement.text:
            return [process(statement, topic if statement.subject or self._of_all else "", chinese)]
        if statement.column:
            text, lines = cell(statement, self._subject, chinese), (statement.first, statement.last)
            return [Draft(text, statement.subject, None, 2, *lines, column=statement.column, listed=True)]
        made: list[Draft] = []
        doer, title = "" if self._unclear and not statement.subject else topic, statement.title
        doer = "" if before and doer and not still_told(doer, statement, before[-1]) else doer
        told = in_contrast(without_example(sentences(statement.text, chinese)), statement.text, chinese)
        stands = False  # the claim before is the last one made
        for place, sentence in enumerate(told):
            ends = re.match(r"[.。](?!\s*[(（])", statement.text[len(sentence) :]) is not None
            if place == 0 and len(told) > 1 and statement.listed and ends and is_title(sentence, chinese):
                title = title or sentence.rstrip("。. ")
                continue
            found = [] if side_is_lost(sentence, statement, place, self._sides) else claims(sentence, chinese)
            stands = stands and found != []
            for claim in found:
                told_of = told_of_title(statement._replace(title=title), first=not made)
                doer = doer if told_of.subject == statement.subject else told_of.subject
                draft = self._draft(claim, told_of, doer, made, before=bool(before or made))
                if not has_doer(claim, draft.text, place):
                    stands = False
                    continue
                if _EXPLAINS.match(claim) and (last := made or before):
                    last[-1:] = [explained(one, claim, statement.last, chinese) for one in last[-1:]]
                elif made and refers_back(claim) and claim == draft.text:
                    longer = lengthened(made[-1], claim, chinese, alone=len(made) == 1) if stands else made[-1]
                    stands = longer != made[-1]
                    made[-1] = longer
                else:
                    stands = self._add(draft, statement, place, made, _LONGEST[chinese])
                doer = self._next_doer(claim, draft.text, told_of, topic)
        return made

    def _add(self, draft: Draft, statement: Statement, place: int, made: list[Draft], longest: int) -> bool:
        """Add a draft that says enough and is not too long; return whether it was added."""
        named = statement.listed and draft.text.isascii() and is_name(draft.text)  # 「样本太少」 says something
        hollow = named or is_spelt_out(draft.text, self._question)
        if hollow or len(shingles(draft.text)) <= (not statement.listed) or len(draft.text) > longest:
            return False
        weight = self._weight(statement, place, len(made))
        made.append(draft._replace(weight=weight, listed=statement.listed and not statement.depth))
        self._lead = False
        return True

    def _as_asked(self, statement: Statement, topic: str) -> Statement:
        """Return a statement as the question sees it: its part, 「前者」 by name, another part than is asked for aside.

        A method is a remedy where something is wrong.
        """
        facet = statement.facet
        if facet is Facet.METHOD:
            wrong = WRONG.search(topic or self._question) or MENDS.search(self._question)
            facet = Facet.REMEDY if wrong else None
        aside = statement.aside or of_another_part(self._asked, facet)
        text = with_sides_named(statement.text, self._question, self._sides)
        return statement._replace(facet=facet, aside=aside, text=text)

    def _next_doer(self, claim: str, text: str, statement: Statement, topic: str) -> str:
        """Return what 「它」 in the next sentence means: what this one begins with, or the label above both."""
        if has_label(statement.text):
            own = own_label(statement.text)
            return own if own in text and not has_own_subject(claim, own) else ""
        if statement.subject:
            return statement.subject
        if among := sides(topic) or self._sides:
            return side_named(text, among)
        return topic if text.casefold().startswith(topic.casefold()) else ""

    def _draft(self, claim: str, statement: Statement, doer: str, made: Sequence[Draft], *, before: bool) -> Draft:
        chinese, facet = self._chinese, statement.facet if not made or statement.facet is Facet.EXAMPLE else None
        text = whole(claim, statement, first=not made)
        if facet is None:
            text, doer = self._part_of(text, statement, doer, chinese)
            labelled = doer != "" and (doer == statement.subject or (bool(made) and doer == own_label(statement.text)))
            if labelled or (made and own_label(statement.text)):
                text = part_of(text, doer if labelled else own_label(statement.text), every=doer in self._things)
            several = number(self._question, doer) if not chinese else None
            if doer and not labelled and before and _DEFINES.match(text):
                doer = ""  # 「指……」 further down defines what a line between names
            text = standing_alone(text, doer, labelled=labelled, first=not made, several=several)
            chained = statement.text.partition(claim)[0].rstrip().endswith(("；", ";"))
            text = of_side(text, doer, self._sides, chained=chained) if made else text
            text = placed(text, statement, statement.subject, chinese)
            serves = not made and statement.listed and not _SIDES.search(self._known) and _SERVES.match(text)
            text = self._known + text if serves and self._known else text
        if doer and doer not in text and (doer == statement.subject or self._has_one_law) and is_law(text):
            text = f"{doer}：{text}" if chinese else f"{doer}: {text}"
        text = punctuated(text) if chinese else capitalised(text)
        title = statement.title if not made else ""
        if facet:
            doer = (doer or self._topic(statement)) if statement.subject or self._is_of_topic(facet) else ""
        return Draft(text, doer, facet, 2, statement.first, statement.last, title=title, aside=statement.aside)

    def _part_of(self, text: str, statement: Statement, doer: str, chinese: bool) -> tuple[str, str]:
        """Return a claim below a part's title, such as 「相同点」, and what 「它」 would mean in it.

        What things have in common or not says what has it; any other part's title is no subject of a sentence.
        """
        if doer != statement.subject or not is_part(doer) or text.startswith(("是", "不是", "为", "即")):
            return text, doer
        among = chinese and doer.endswith("点") and is_term(self._subject) and self._subject not in text
        among = among and not own_label(text)
        return (f"{self._subject}的{doer}：{text}" if among else text), ""

    def _topic(self, statement: Statement) -> str:
        if statement.facet in self._shared:
            return self._subject
        return statement.subject or (self._known if len(self._sides) < 2 else "")

    def _is_of_topic(self, facet: Facet) -> bool:
        """Return whether a label without a name, 「优点」, is surely said of what the question is about.

        Only what is wrong has a cause, an effect and a remedy.
        """
        if facet in self._shared:
            return True
        repeats = self._asked == {facet}  # what is asked for is not said again
        return self._of_all and not repeats and (facet not in _OF_WRONG or WRONG.search(self._subject) is not None)

    def _weight(self, statement: Statement, number: int, made: int) -> Literal[1, 2, 3]:
        if made == 0 and (statement.facet is Facet.DEFINITION or (self._lead and not statement.listed)):
            return 3
        if statement.facet is Facet.EXAMPLE or statement.depth or (number and made > 1):
            return 1
        if statement.listed:
            return 2 if made == 0 else 1
        return 2


_OF_WRONG = {Facet.CAUSE, Facet.EFFECT, Facet.SIGN, Facet.REMEDY}
_DEFINES = re.compile("指(?![标数令针])")
_SIDES = re.compile(r"[/、和与及]|\b(?:and|or|vs)\b", re.IGNORECASE)
# 「用于分类任务」 in a list is said of what the question is about.
_SERVES = re.compile(r"(?:主要)?(?:用于|适用于|属于)[^，。]{2,24}$")
