"""Labelled and made answers as one table of signals: a row per answer and claim."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

# Clauses, and what puts them together, stand beside the reader, which learns from them.
sys.path.append(str(Path(__file__).parents[1] / "reader"))
import gold as clauses
from compose import Composer
from gold import KEPT, LEFT_OUT, PARTS, SAME, SETS
from reference import labelled
from synthetic import Made, made, misled, own_words

from kaoguan import rubrics
from kaoguan.embeddings import RunEmbedder
from kaoguan.grading.offline.background import Background, sentences, statements
from kaoguan.grading.offline.labels import LABELS
from kaoguan.grading.offline.learned import marks
from kaoguan.grading.offline.prepared import prepare
from kaoguan.grading.offline.reading import Reading, encode
from kaoguan.grading.offline.signals import Signals, read
from kaoguan.models import Rubric

GOLD = Path(__file__).parents[1] / "gold"
# In everyday words, too: what is far from everything the field says is not thereby an answer.
_TELLING = {
    "good", "excellent", "partial", "recite", "paraphrase", "adv_paraphrase", "spoken_full", "notes", "colloquial",
    "notes_or_colloquial",
}  # fmt: skip

# How much a labelled answer counts when it is judged once more by a rubric with paraphrases.
_AGAIN = 0.4
# How much an answer made to state a misconception counts in learning to see misconceptions.
_MISLED = 0.2
# Made answers that are judged by rubrics with paraphrases as well: short wordings are easily near something, and what
# says nothing must earn nothing beside them. (All made answers there: kappa .726 → .715, 7 folds.)
_NOTHING = {"x_other_question", "x_asked", "x_misled"}
# Answers whose texts are encoded together.
_AT_ONCE = 16


def by_people(row: dict) -> bool:
    """Return whether somebody labelled the answer, judged by the rubric they had before them."""
    return row["set"] in SETS


def question_of(rubric_id: str) -> str:
    """Return the question behind a rubric's key: `pca~worded` is another wording of `pca`."""
    return rubric_id.partition("~")[0]


@dataclass
class Answers:
    """Answers with their labels; `weight` is how much each counts in fitting, `made` whether no person labelled it."""

    rubrics: dict[str, Rubric]
    rows: list[dict]


@dataclass
class Table:
    """Signals of all claims of one kind (key points or misconceptions), with what belongs to each row."""

    columns: dict[str, np.ndarray]
    label: np.ndarray
    answer: np.ndarray
    weight: np.ndarray
    share: np.ndarray
    question: np.ndarray
    gold: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def matrix(self, names: list[str]) -> np.ndarray:
        """Return the named signals as float32 columns."""
        return np.stack([self.columns[name] for name in names], axis=1).astype(np.float32)


class Once:
    """An embedder that encodes each text once: the same answers come up under several rubrics. Keeps all vectors."""

    def __init__(self, embedder: RunEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[str, np.ndarray] = {}
        self.id = embedder.id
        self.steady = True

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embedder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32)

    def encode_runs(self, parts: Sequence[str], runs: Sequence[tuple[int, int]]) -> np.ndarray:
        """Return one unit row per run."""
        if self._embedder.steady:
            return self._embedder.encode_runs(parts, runs)
        return self.encode([", ".join(parts[first:last]) for first, last in runs])


def part(rubric_id: str) -> int:
    """Return which part a question is in: by its name, never by answer; the bundled questions are in the first."""
    if (GOLD / "dev/rubrics" / f"{rubric_id}.yaml").exists():
        return 0
    return int(hashlib.sha256(SAME.get(rubric_id, rubric_id).encode()).hexdigest(), 16) % PARTS


def gold(sets: tuple[str, ...] = SETS, root: Path = GOLD, most: int | None = None) -> Answers:
    """Return the hand-labelled answers, written and typed, of these sets, or those to their first `most` questions.

    Their rubrics have no paraphrases here; see `with_wordings`. Where two sets ask the same, the first one counts.
    """
    bank: dict[str, Rubric] = {}
    rows = []
    for name in sets:
        found = rubrics.load_folder(root / name / "rubrics")
        own = {key for key in found if key not in bank and key not in KEPT}
        bank |= {key: _with_paraphrases(found[key], found[key], most=0) for key in own}
        for file, typed in (("answers.jsonl", False), ("typed.jsonl", True)):
            rows += [row for row in _labelled(root / name / file, typed=typed) if row["rubric_id"] in own]
    bank = dict(sorted(bank.items())[:most])
    return Answers(bank, [row for row in rows if row["rubric_id"] in bank])


def _labelled(path: Path, *, typed: bool) -> list[dict]:
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [json.loads(line) | {"set": path.parent.name, "weight": 1.0, "typed": typed} for line in lines]


def learned_marks() -> list[int]:
    """Return the marks of key points that networks, trees and reader learn answers to, as kaoguan ships them, too."""
    known = [question.rubric for question in clauses.load() if part(question.rubric.id) != LEFT_OUT]
    bundled = rubrics.load_bundled()
    known += [bundled[rubric.id] for rubric in known if rubric.id in bundled]
    return sorted({mark for rubric in known for mark in marks(rubric)})


def seen(answers: Answers) -> Answers:
    """Return the answers without those to questions that are never learned from."""
    bank = {key: rubric for key, rubric in answers.rubrics.items() if part(key) != LEFT_OUT}
    return Answers(bank, [row for row in answers.rows if row["rubric_id"] in bank])


def unseen(answers: Answers) -> Answers:
    """Return the answers to questions that are never learned from, with their rubrics as people would use them."""
    bank = {key: _as_used(answers, key) for key in answers.rubrics if part(key) == LEFT_OUT}
    return Answers(bank, [row for row in answers.rows if row["rubric_id"] in bank])


def fresh() -> Answers:
    """Return answers to learned questions that nothing learned from, with the rubrics that kaoguan ships for them."""
    bundled = rubrics.load_bundled()
    rows = [row for name in SETS for row in _labelled(GOLD / name / "fresh.jsonl", typed=True)]
    return Answers({row["rubric_id"]: bundled[row["rubric_id"]] for row in rows}, rows)


def _as_used(answers: Answers, key: str) -> Rubric:
    """Return the rubric with its paraphrases, if any are written."""
    for name in SETS:
        for folder in (GOLD / name / "rubrics_with_paraphrases", GOLD / name / "rubrics"):
            if (folder / f"{key}.yaml").exists():
                worded = rubrics.load_folder(folder)[key]
                return _with_paraphrases(answers.rubrics[key], worded)
    return answers.rubrics[key]


def with_composed(answers: Answers, each: int = 8, seed: int = 0) -> Answers:
    """Return the answers and, after them, some put together from clauses: denied, asked, hedged, terms, next to it …

    So few of the labelled answers are of these kinds that the head would not learn whom to believe in them.
    """
    questions = [question for question in clauses.load() if question.rubric.id in answers.rubrics]
    composer = Composer(questions, seed)
    rows = []
    for question in questions:
        for number in range(each):
            made = composer.make(question)
            if made is None:
                continue
            ids = [point.id for point in question.rubric.key_points]
            labels = {point: LABELS[label] for point, label in zip(ids, made.labels, strict=True)}
            score = clauses.score(question.rubric, made.labels, 0) / 10
            row = {"id": f"{question.name}-made-{number}", "rubric_id": question.rubric.id, "answer": made.text}
            row |= {"set": "composed", "kind": "composed", "typed": True, "weight": 1.0}
            rows.append(row | {"labels": labels, "misconceptions": [], "score": score})
    # Recited, pasted, restated, heaps of keywords: a third of them are enough.
    made = [row | {"set": "composed", "typed": True} for row in _made(answers, answers.rubrics, seed)[::3]]
    for number, row in enumerate(made):
        row["id"] = f"made-{number}"
        row["labels"] = row["labels"] or dict.fromkeys(
            (point.id for point in answers.rubrics[row["rubric_id"]].key_points), "missing"
        )
    return Answers(answers.rubrics, answers.rows + rows + made)


def with_made(answers: Answers, seed: int = 0) -> Answers:
    """Return the answers and, after them, those made from the same rubrics."""
    return Answers(answers.rubrics, answers.rows + _made(answers, answers.rubrics, seed))


def _made(answers: Answers, bank: dict[str, Rubric], seed: int) -> list[dict]:
    """Return answers made for each rubric of the bank, from it and from what people said to its and other questions."""
    telling = [row for row in answers.rows if row["kind"] in _TELLING and by_people(row)]
    known = sorted((answers.rubrics | bank).items())
    rows = []
    for key, rubric in sorted(bank.items()):
        question = question_of(key)
        others = [row["answer"] for row in telling if row["rubric_id"] != question]
        # Well-written text on another question as often as spoken answers: good style must not earn anything.
        written = [other.reference_answer for name, other in known if question_of(name) != question]
        others += written * (len(others) // len(written))
        own = [row for row in answers.rows if by_people(row) and row["rubric_id"] == question]
        rows += [_row(item, key) for item in made(rubric, others, own, seed)]
        rows += [_row(item, key, stated) | {"stated_weight": _MISLED} for item, stated in misled(rubric, seed)]
    return rows


def _row(item: Made, key: str, stated: Sequence[str] = ()) -> dict:
    return item._asdict() | {"rubric_id": key, "set": "made", "misconceptions": list(stated)}


def with_wordings(answers: Answers, seed: int = 0) -> Answers:
    """Return the answers and, after them, what paraphrases teach.

    The labelled answers once more, judged by rubrics with paraphrases (`~worded`, and `~bundled` where kaoguan ships a
    rubric for the question); and answers put together from paraphrases, judged by rubrics that have none or another.
    """
    worded = rubrics.load_folder(GOLD / "train" / "rubrics_with_paraphrases")
    worded |= rubrics.load_folder(GOLD / "more" / "rubrics") | rubrics.load_folder(GOLD / "bank" / "rubrics")
    worded = {key: rubric for key, rubric in worded.items() if key in answers.rubrics}
    bundled = {key: rubric for key, rubric in rubrics.load_bundled().items() if key in answers.rubrics}
    for key, rubric in bundled.items():
        worded[key] = _with_paraphrases(answers.rubrics[key], rubric)
    rows = []
    for mark, bank in (("worded", worded), ("bundled", bundled)):
        again = [row for row in answers.rows if by_people(row) and row["rubric_id"] in bank]
        rows += [row | {"rubric_id": f"{row['rubric_id']}~{mark}", "set": mark, "weight": _AGAIN} for row in again]
    for key, rubric in sorted(worded.items()):
        for number, item in enumerate(own_words(rubric, seed)):
            rows.append(_row(item, f"{key}~one" if number % 2 else key))
    bank = {f"{key}~worded": rubric for key, rubric in worded.items()}
    bank |= {f"{key}~bundled": rubric for key, rubric in bundled.items()}
    rows += [row | {"weight": _AGAIN * row["weight"]} for row in _made(answers, bank, seed) if row["kind"] in _NOTHING]
    bank |= {f"{key}~one": _with_paraphrases(rubric, rubric, most=1) for key, rubric in worded.items()}
    return Answers(answers.rubrics | bank, answers.rows + rows)


def _with_paraphrases(rubric: Rubric, other: Rubric, most: int | None = None) -> Rubric:
    points = (
        point.model_copy(update={"paraphrases": other.key_point(point.id).paraphrases[:most]})
        for point in rubric.key_points
    )
    return rubric.model_copy(update={"key_points": tuple(points)})


def with_public(answers: Answers, folder: Path | None) -> Answers:
    """Return the answers and, after them, those of the public sets in `folder`, if any."""
    if folder is None:
        return answers
    bank, rows = labelled(folder)
    return Answers(answers.rubrics | bank, answers.rows + rows)


def background(embedder: RunEmbedder) -> Background:
    """Return the embedder's background as the package will read it: stored in half precision."""
    ordinary, field = (embedder.encode(texts).astype(np.float16) for texts in (sentences(), statements()))
    return Background.of(ordinary.astype(np.float32), field.astype(np.float32))


def tables(answers: Answers, embedder: RunEmbedder) -> tuple[Table, Table]:
    """Return the table of key points and the table of misconceptions; answers that say nothing have no rows."""
    ground = background(embedder)
    bank = {key: prepare(rubric, embedder, ground) for key, rubric in answers.rubrics.items()}
    measured = []
    for first in range(0, len(answers.rows), _AT_ONCE):
        readings = [(n, Reading.of(answers.rows[n]["answer"])) for n in range(first, len(answers.rows))[:_AT_ONCE]]
        saying = [(n, reading) for n, reading in readings if reading.windows]
        encoded = encode([reading for _, reading in saying], embedder)
        for (n, reading), vectors in zip(saying, encoded, strict=True):
            measured.append((n, read(bank[answers.rows[n]["rubric_id"]], reading, vectors, ground)))
    return _table(answers, measured, points=True), _table(answers, measured, points=False)


def _guessed(answers: Answers, label: np.ndarray, answer: np.ndarray, likeness: np.ndarray) -> np.ndarray:
    """Return the labels with those guessed of which only the number is known: the points most alike are covered.

    A public answer with half the marks covers half the points. Left out, such answers would leave a set of list
    questions on which answers have everything or nothing, and teach just that.
    """
    for number in np.unique(answer):
        row, inside = answers.rows[number], np.flatnonzero(answer == number)
        if row["labels"] is None:
            covered = round(row["score"] / 10 * len(inside))
            order = inside[np.argsort(-likeness[inside], kind="stable")]
            label[order[:covered]], label[order[covered:]] = LABELS.index("covered"), LABELS.index("missing")
    return label


def _weight(row: dict, *, points: bool) -> float:
    return row["weight"] if points else row.get("stated_weight", row["weight"])


def _table(answers: Answers, measured: list[tuple[int, Signals]], *, points: bool) -> Table:
    label, share, answer = [], [], []
    columns: dict[str, list[np.ndarray]] = {}
    for number, found in measured:
        row, rubric = answers.rows[number], answers.rubrics[answers.rows[number]["rubric_id"]]
        count = len(rubric.key_points)
        if points:
            labels = row["labels"] or {point.id: "missing" for point in rubric.key_points}
            label += [LABELS.index(labels[point.id]) for point in rubric.key_points]
            share += [point.weight for point in rubric.key_points]
            answer += [number] * count
        else:
            label += [int(item.id in row["misconceptions"]) for item in rubric.misconceptions]
            share += [1] * len(rubric.misconceptions)
            answer += [number] * len(rubric.misconceptions)
        for name, column in found.columns.items():
            columns.setdefault(name, []).append(column[:count] if points else column[count:])
    numbers = np.array(answer)
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    if points:
        label = _guessed(answers, np.array(label), numbers, joined["contained_all"] + joined["own"] / 2)
    return Table(
        columns=joined,
        label=np.array(label),
        answer=numbers,
        weight=np.array([_weight(row, points=points) for row in answers.rows])[numbers],
        share=np.array(share, float),
        question=np.array([question_of(row["rubric_id"]) for row in answers.rows])[numbers],
        gold=np.array([by_people(row) for row in answers.rows])[numbers],
    )
