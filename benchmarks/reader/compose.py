"""Answers made from clauses whose labels are known: kinds that nobody would write by hand a hundred times over.

Beside plain answers of several clauses, right, half right and wrong: claims quoted and denied, retracted, asked, hedged
both ways, terms in sentences that claim nothing, characters in no order, the question said again, statements on the
topic that say no key point, and answers to other questions.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import phrases
from gold import Question

COVERED, PARTIAL, MISSING, WRONG = range(4)
_LETTERS = {COVERED: "c", PARTIAL: "p", WRONG: "x"}
# How often each kind is made, of a hundred.
_KINDS = {
    "some": 34, "one": 14, "all": 6, "wrong": 7, "each denied": 5, "all denied": 5, "asked": 4, "hedged": 3,
    "no order": 3, "terms": 6, "padding": 3, "question": 2, "near": 4, "misconception": 4,
}  # fmt: skip
# A point that no clause was written for may still be touched by another's clause.
_RATHER, _LIKELY, _SURE = 0.35, 0.5, 1.0


@dataclass
class Made:
    """A made answer: its labels, how sure each is (0-1), and the clause that earned it, by the point's place."""

    text: str
    labels: list[int]
    sure: list[float]
    clauses: dict[int, str] = field(default_factory=dict)


class Composer:
    """Makes answers to some questions; the same seed makes the same answers."""

    def __init__(self, questions: Sequence[Question], seed: int) -> None:
        self.random = random.Random(seed)
        self._questions = list(questions)
        self._terms = {question.name: _terms(question) for question in questions}

    def make(self, question: Question) -> Made | None:
        """Return an answer of some kind; None where the question lacks what that kind is made of."""
        kind = self.random.choices(list(_KINDS), list(_KINDS.values()))[0]
        match kind:
            case "some" | "one" | "all" | "wrong":
                return self._stated(question, kind)
            case "each denied" | "all denied" | "asked":
                return self._framed(question, kind)
            case "hedged":
                return self._hedged(question)
            case "misconception" if question.rubric.misconceptions:
                wrong = self.random.choice(question.rubric.misconceptions).text
                return self._nothing(question, self._joined(question, [_bare(wrong)]), 0.15)
            case "near" if question.near:
                count = min(len(question.near), self.random.choice([1, 2, 3]))
                near = [_bare(text) for text in self.random.sample(question.near, count)]
                return self._nothing(question, self._joined(question, near), 0.8)
            case "no order":
                return self._nothing(question, self._in_no_order(question), _SURE)
            case "terms" if len(self._terms[question.name]) >= 3:
                return self._nothing(question, self._only_terms(question), _SURE)
            case "padding":
                count = self.random.choice([1, 1, 2, 3])
                return self._nothing(question, "".join(self.random.sample(phrases.PADDING, count)), _SURE)
            case "question":
                text = self.random.choice(phrases.QUESTION).format(question.rubric.question)
                return self._nothing(question, text, _SURE)
        return None

    def other(self, question: Question) -> Made | None:
        """Return an answer to another question, which says nothing here."""
        other = self.random.choice(self._questions)
        if other.rubric.id == question.rubric.id or not other.answers:
            return None
        return self._nothing(question, self.random.choice(other.answers).text, _LIKELY)

    def presented(self, text: str) -> str:
        """Return the text, now and then, with something beside it that says nothing, or parted otherwise."""
        drawn = self.random.random()
        if drawn < 0.05:
            return text + self.random.choice(phrases.BESIDE)
        if drawn < 0.06:
            return self.random.choice(phrases.BESIDE).strip() + " " + text
        if drawn < 0.14:
            return re.sub(r"(?<=[\u4e00-\u9fff])[，。；：、,;:\s]+(?=[\u4e00-\u9fff])", "", text)
        if drawn < 0.17:
            between = r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])"
            return re.sub(between, lambda _: " " if self.random.random() < 0.06 else "", text)
        return text

    def _wordings(self, question: Question, point: int, label: int) -> list[str]:
        key_point = question.rubric.key_points[point]
        written = question.clauses.get(key_point.id, {}).get(_LETTERS[label], [])
        if label == COVERED:
            return [*written, *written, *key_point.paraphrases, key_point.text]
        return written

    def _stated(self, question: Question, kind: str) -> Made | None:
        count = len(question.rubric.key_points)
        some = min(count, self.random.choice([2, 2, 3, 3, 4, 5]))
        picked = self.random.sample(range(count), {"one": 1, "all": count}.get(kind, some))
        if self.random.random() < 0.6:
            picked.sort()
        shares = {"all": (8, 1, 1), "wrong": (0, 0, 1)}.get(kind, (5, 1.5, 3))
        made = Made("", [MISSING] * count, [_RATHER] * count)
        parts = []
        for point in picked:
            label = self.random.choices((COVERED, PARTIAL, WRONG), shares)[0]
            if not self._wordings(question, point, label):
                if kind == "wrong":
                    continue
                label = COVERED
            clause = _bare(self.random.choice(self._wordings(question, point, label)))
            parts.append(clause)
            made.labels[point], made.sure[point], made.clauses[point] = label, _SURE, clause
        if question.near and self.random.random() < 0.25:
            parts.insert(self.random.randrange(len(parts) + 1), _bare(self.random.choice(question.near)))
        made.text = self._joined(question, parts) if parts else ""
        return made if parts else None

    def _framed(self, question: Question, kind: str) -> Made:
        points, said = self._right(question)
        english = question.rubric.language == "en"
        space = " " if english else ""
        if kind == "all denied":
            frame = self.random.choice(phrases.ALL_DENIED_EN if english else phrases.ALL_DENIED)
            text = frame.format((". " if english else self.random.choice("；，。")).join(said))
        else:
            frames = (
                (phrases.EACH_DENIED_EN if english else phrases.EACH_DENIED)
                if kind == "each denied"
                else (phrases.ASKED_EN if english else phrases.ASKED)
            )
            frame = self.random.choice(frames)
            mixed = [frame if self.random.random() < 0.8 else self.random.choice(frames) for _ in said]
            text = space.join(one.format(clause) for one, clause in zip(mixed, said, strict=True))
        made = self._nothing(question, text, _LIKELY)
        for point in points:
            made.labels[point], made.sure[point] = (MISSING if kind == "asked" else WRONG), _SURE
        return made

    def _hedged(self, question: Question) -> Made | None:
        points, said = self._right(question)
        frame = self.random.choice(phrases.HEDGED_EN if question.rubric.language == "en" else phrases.HEDGED)
        made = self._nothing(question, "", _LIKELY)
        for point, clause in zip(points, said, strict=True):
            if wrong := self._wordings(question, point, WRONG):
                both = [clause, _bare(self.random.choice(wrong))]
                self.random.shuffle(both)
                made.text += frame.format(a=both[0], b=both[1])
                made.sure[point] = _SURE
        return made if made.text else None

    def _right(self, question: Question) -> tuple[list[int], list[str]]:
        count = len(question.rubric.key_points)
        points = sorted(self.random.sample(range(count), min(count, self.random.choice([1, 2, 3, 4, count]))))
        return points, [_bare(self.random.choice(self._wordings(question, point, COVERED))) for point in points]

    def _in_no_order(self, question: Question) -> str:
        _, said = self._right(question)
        text = "，".join(said)
        if self.random.random() < 0.5:
            return text[::-1]
        characters = list(text)
        self.random.shuffle(characters)
        return "".join(characters)

    def _only_terms(self, question: Question) -> str:
        sentences = []
        for _ in range(self.random.choice([1, 2, 3, 5, 8])):
            a, b, c = self.random.sample(self._terms[question.name], 3)
            sentences.append(self.random.choice(phrases.TERMS).format(a=a, b=b, c=c))
        return "".join(sentences)

    def _nothing(self, question: Question, text: str, sure: float) -> Made:
        count = len(question.rubric.key_points)
        return Made(text, [MISSING] * count, [sure] * count)

    def _joined(self, question: Question, parts: list[str]) -> str:
        english = question.rubric.language == "en"
        if not english and self.random.random() < 0.15:
            text = "\n".join(f"{number}. {part}" for number, part in enumerate(parts, 1))
        else:
            joins = phrases.JOIN_EN if english else phrases.JOIN
            usual = self.random.choice(joins)
            text = parts[0]
            for part in parts[1:]:
                text += (usual if self.random.random() < 0.7 else self.random.choice(joins)) + part
        begin, end = (phrases.BEGIN_EN, phrases.END_EN) if english else (phrases.BEGIN, phrases.END)
        return self.random.choice(begin) + text + self.random.choice(end)


def _bare(text: str) -> str:
    return text.strip().rstrip("。.；;，, ")


def _terms(question: Question) -> list[str]:
    """Return words of the topic: Latin words, and short Chinese runs that the rubric uses more than once."""
    rubric = question.rubric
    text = " ".join([rubric.question, rubric.reference_answer, *(point.text for point in rubric.key_points)])
    runs = re.findall(r"[\u4e00-\u9fff]+", text)
    counts = Counter(run[i : i + n] for run in runs for n in (2, 3, 4) for i in range(len(run) - n + 1))
    chinese = [term for term, count in counts.most_common(80) if count >= 2 and not set(term) & set(phrases.LITTLE)]
    return list(dict.fromkeys(re.findall(r"[A-Za-z][A-Za-z0-9_-]+", text) + chinese))[:40]
