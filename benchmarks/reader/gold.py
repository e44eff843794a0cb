"""The labelled questions of this repository: rubrics, answers, and clauses to make answers from."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kaoguan import rubrics
from kaoguan.grading.scoring import CREDIT, MISCONCEPTION_COST
from kaoguan.models import Label, Rubric

FOLDER = Path(__file__).parents[1] / "gold"
SETS = ("dev", "train", "more", "second", "bank")
LABELS = (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED)

PARTS, LEFT_OUT = 8, 1
"""Of so many parts of the questions this one is never learned from: what is measured is the judge that is shipped."""
# The same question in two sets or languages: both are learned from, or neither.
SAME = {
    "adam_en": "adam_vs_sgd",
    "attn_scale": "self_attention_scaling",
    "bert_gpt_en": "bert_vs_gpt",
    "bert_pretrain": "bert_pretraining",
    "bias_variance_en": "bias_variance",
    "bn_vs_ln": "batch_norm_vs_layer_norm",
    "hash_table_en": "hash_collision",
    "kv_cache_en": "kv_cache",
    "l1_l2_en": "regularization",
    "lora_en": "lora",
    "process_thread_en": "process_thread",
    "rag_en": "rag",
    "rf_gbdt_en": "rf_vs_gbdt",
    "roc_pr": "roc_auc",
    "roc_pr_en": "roc_auc",
    "self_attention_en": "self_attention_scaling",
    "two_tower_en": "two_tower_negatives",
    "vanishing_gradients_en": "vanish_explode",
}
# Speaks of p-values, which are among the topics kept for measuring.
KEPT = {"ab_testing"}


@dataclass(frozen=True)
class Answer:
    """One labelled answer; `labels` are numbers in the order of LABELS, `score` is 0-100."""

    id: str
    kind: str
    text: str
    labels: tuple[int, ...]
    misconceptions: frozenset[str]
    score: float
    typed: bool


@dataclass
class Question:
    """A rubric with its labelled answers and, where written, clauses: per key point c(overed), p(artial), x (wrong)."""

    set: str
    rubric: Rubric
    answers: list[Answer] = field(default_factory=list)
    clauses: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    near: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.set}/{self.rubric.id}"


def score(rubric: Rubric, labels: Sequence[int], misconceptions: int) -> float:
    """Return what labels earn, 0-100, by the published arithmetic."""
    earned = sum(point.weight * CREDIT[LABELS[i]] for point, i in zip(rubric.key_points, labels, strict=True))
    available = sum(point.weight for point in rubric.key_points)
    return min(100.0, max(0.0, 100 * earned / available - MISCONCEPTION_COST * misconceptions))


def load() -> list[Question]:
    """Return every labelled question, in a fixed order."""
    found = []
    for name in SETS:
        folder = FOLDER / name
        worded = folder / "rubrics_with_paraphrases"
        bank = rubrics.load_folder(worded if worded.is_dir() else folder / "rubrics")
        path = folder / "clauses.yaml"
        clauses = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
        questions = {id_: Question(name, rubric) for id_, rubric in bank.items() if id_ not in KEPT}
        for id_, question in questions.items():
            said = dict(clauses.get(id_, {}))
            question.near = said.pop("near", [])
            question.clauses = said
        for file, typed in (("answers.jsonl", False), ("typed.jsonl", True)):
            for row in _rows(folder / file):
                if row["rubric_id"] in questions:
                    questions[row["rubric_id"]].answers.append(_answer(questions[row["rubric_id"]].rubric, row, typed))
        found += list(questions.values())
    return found


def texts(question: Question) -> list[str]:
    """Return everything that is written for a question."""
    rubric = question.rubric
    said = [rubric.question, rubric.reference_answer, *question.near, *(wrong.text for wrong in rubric.misconceptions)]
    for point in rubric.key_points:
        said += [point.text, *point.paraphrases]
    said += [clause for kinds in question.clauses.values() for some in kinds.values() for clause in some]
    return said + [answer.text for answer in question.answers]


def fold(question: Question, folds: int) -> int:
    """Return which part a question is in: fixed by its topic, so that no topic is in two; `dev` is in the first."""
    if question.set == "dev":
        return 0
    topic = SAME.get(question.rubric.id, question.rubric.id)
    return int(hashlib.sha256(topic.encode()).hexdigest(), 16) % folds


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def _answer(rubric: Rubric, row: dict, typed: bool) -> Answer:
    labels = tuple(LABELS.index(Label(row["labels"][point.id])) for point in rubric.key_points)
    wrong = frozenset(row["misconceptions"])
    return Answer(row["id"], row["kind"], row["answer"], labels, wrong, 10 * row["score"], typed)
