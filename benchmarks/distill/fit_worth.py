"""Fits what claims and questions are worth (`kaoguan.distill.points.worth`) on what readers judged: writes its weights.

    pip install "kaoguan[fit]"
    python benchmarks/distill/fit_worth.py DOCUMENTS JUDGED.jsonl [JUDGED.jsonl ...]

DOCUMENTS is a folder of study documents. A file's name begins with its author (`author_title.md`): nothing of an author
is learned from while his documents are judged. JUDGED holds one point a line:

    {"document": "author_title.md", "question": "...", "point": "...", "verdict": "good", "question_ok": true}

`question` and `point` as distilled from that document; `question_ok` (may be missing) whether the question as worded is
sensible to ask and clear about what it is about; `verdict` good, damaged (an editor would have to mend it) or
unusable, by a reader who has only the two before him; or ours, of a good point of a well-formed document. A point that
is no longer distilled with these letters is passed over. A line without `point` and `verdict` judges its question
alone.

The judged texts belong to the authors of public documents: they are no part of this project and must not be committed.
The weights hold no text. Good examples of our own are the documents beside this script and what the cases of
tests/distill want.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from kaoguan.distill.points.meaning import Rows, beside
from kaoguan.distill.points.worth import BUCKETS, CLIP, WEIGHTS, buckets
from kaoguan.text.script import is_chinese
from kaoguan.trees import Trees

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "offline"))
from judged import Example, judged  # noqa: E402
from learn import boosted, tree_arrays  # noqa: E402

STRENGTH = 0.015
"""Of the regression, the inverse of its penalty: chosen among .015 to .06 on authors left out."""
MEANING_STRENGTH = 0.5
"""The same of the regression over vectors."""
GROWTH = {"learning_rate": 0.05, "max_iter": 400, "max_leaf_nodes": 16, "min_samples_leaf": 30, "l2_regularization": 5}
"""Of the trees."""
SHARES = (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


CLAIM, QUESTION = ("good", "unusable"), ("question",)
"""What is to be told of a claim, and of a question."""


def main() -> None:
    """Print what is kept of authors left out, then fit all and write the weights."""
    folder, *files = map(Path, sys.argv[1:])
    of_claims, of_questions = judged(folder, files)
    arrays: dict[str, NDArray[Any]] = {}
    for examples, aims in ((of_claims, CLAIM), (of_questions, QUESTION)):
        data = Data.of(examples, aims)
        print(f"{len(examples)} examples, {len({one.author for one in examples})} authors, {len(data.names)} numbers")
        report(examples, data, aims)
        for aim in aims:
            arrays |= fitted(data, aim)
    np.savez_compressed(WEIGHTS, **arrays)
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")


def fitted(data: "Data", aim: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of one probability, fitted on everything."""
    everything, count = np.arange(len(data.weight)), len(data.names)
    linear = regression(data, everything, aim)
    arrays = {
        "names": np.array(data.names),
        "mean": data.mean.astype(np.float32),
        "scale": data.scale.astype(np.float32),
        "numbers": linear.coef_[0, :count].astype(np.float32),
        "words": linear.coef_[0, count:].astype(np.float16),
        "bias": linear.intercept_[0].astype(np.float32),
    }
    meant = meaning(data, everything, aim)
    arrays |= {"meaning": meant.coef_[0].astype(np.float16), "meaning_bias": meant.intercept_[0].astype(np.float32)}
    return {f"{aim}_{name}": array for name, array in arrays.items()} | tree_arrays(
        f"{aim}_trees", trees(data, everything, aim)
    )


@dataclass(frozen=True)
class Data:
    """The examples as arrays, a row each: `numbers` by name, `words` by bucket, `vectors`, `wanted` by aim."""

    names: tuple[str, ...]
    numbers: NDArray[np.float64]
    words: csr_matrix
    vectors: Rows
    wanted: Mapping[str, NDArray[np.float64]]
    weight: NDArray[np.float64]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]

    @classmethod
    def of(cls, examples: Sequence[Example], aims: Sequence[str]) -> "Data":
        names = tuple(sorted({name for one in examples for name in one.traits.numbers}))
        numbers = np.array([[one.traits.numbers.get(name, 0.0) for name in names] for one in examples], dtype=float)
        places = [buckets(one.traits.words) for one in examples]
        rows = np.repeat(np.arange(len(places)), [len(one) for one in places])
        words = csr_matrix((np.ones(len(rows)), (rows, np.concatenate(places))), shape=(len(examples), BUCKETS))
        wanted = {aim: np.array([one.wanted[aim] for one in examples]) for aim in aims}
        weight = np.array([one.weight for one in examples])
        vectors = np.stack([one.vectors for one in examples])
        return cls(names, numbers, words, vectors, wanted, weight, numbers.mean(0), numbers.std(0) + 1e-6)

    def placed(self, rows: NDArray[np.intp]) -> csr_matrix:
        """Return what the regression sees of these rows."""
        near = np.clip((self.numbers[rows] - self.mean) / self.scale, -CLIP, CLIP)
        return hstack([csr_matrix(near), self.words[rows]]).tocsr()

    def meant(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return what the regression over vectors sees of these rows."""
        return beside(self.vectors[rows])

    def parts(
        self, rows: NDArray[np.intp], aim: str
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_], NDArray[np.float64]]:
        """Return rows, verdicts and weights: a verdict between 0 and 1 counts in part for both."""
        wanted, weight = self.wanted[aim][rows], self.weight[rows]
        parts = np.concatenate([weight * wanted, weight * (1 - wanted)])
        true = np.repeat([True, False], len(rows))
        kept = parts > 0
        return np.tile(rows, 2)[kept], true[kept], parts[kept]


def regression(data: Data, rows: NDArray[np.intp], aim: str) -> LogisticRegression:
    """Return the regression of one of the two probabilities."""
    twice, true, weight = data.parts(rows, aim)
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(data.placed(twice), true, sample_weight=weight)


def meaning(data: Data, rows: NDArray[np.intp], aim: str) -> LogisticRegression:
    """Return the regression of one of the probabilities over vectors."""
    twice, true, weight = data.parts(rows, aim)
    return LogisticRegression(C=MEANING_STRENGTH, max_iter=300).fit(data.meant(twice), true, sample_weight=weight)


def trees(data: Data, rows: NDArray[np.intp], aim: str) -> Trees:
    """Return the trees of one of the two probabilities."""
    twice, true, weight = data.parts(rows, aim)
    return boosted(data.numbers[twice], true, weight, data.names, **GROWTH)


def report(examples: Sequence[Example], data: Data, aims: Sequence[str]) -> None:
    """Print what is kept of authors that nothing was learned from."""
    authors = np.array([one.author for one in examples])
    found = {aim: np.zeros(len(examples)) for aim in aims}
    for learned, left in GroupKFold(8, shuffle=True, random_state=0).split(data.numbers, groups=authors):
        for aim, into in found.items():
            linear = regression(data, learned, aim).decision_function(data.placed(left))
            grown = trees(data, learned, aim).sums(data.numbers[left].astype(np.float32))[:, 0]
            meant = meaning(data, learned, aim).decision_function(data.meant(left))
            into[left] = 1 / (1 + np.exp(-(linear + grown + meant) / 3))
    ours = np.array([author.startswith("own ") for author in authors])
    read_ = (data.weight == 1) & ~ours
    chinese = np.array([is_chinese(one.text) for one in examples])
    best = found[aims[0]]
    for name, among in (("all", read_), ("zh", read_ & chinese), ("en", read_ & ~chinese)):
        true = {aim: data.wanted[aim][among] >= 0.5 for aim in aims}
        areas = " | ".join(f"{roc_auc_score(true[aim], found[aim][among]):.3f}" for aim in aims)
        print(f"| {name} | {among.sum()} | {areas} |", end="")
        order = np.argsort(-best[among])
        for share in SHARES:
            kept = order[: int(share * len(order))]
            shares = ", ".join(f"{true[aim][kept].mean():.1%}" for aim in aims)
            print(f" {shares} (≥ {best[among][kept[-1]]:.2f}) |", end="")
        print()
    print("our own at 1, 5, 10, 25, 50 %:", np.round(np.percentile(best[ours], [1, 5, 10, 25, 50]), 2))


if __name__ == "__main__":
    main()
