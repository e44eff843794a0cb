"""Fits what claims and questions are worth (`kaoguan.distill.points.worth`) on points that readers judged: writes its weights.

    pip install "kaoguan[fit]"
    python benchmarks/distill/fit_worth.py DOCUMENTS JUDGED.jsonl [JUDGED.jsonl ...]

DOCUMENTS is a folder of study documents. A file's name begins with its author (`author_title.md`): nothing of an author
is learned from while his documents are judged. JUDGED holds one point a line:

    {"document": "author_title.md", "question": "...", "point": "...", "verdict": "good", "question_ok": true}

`question` and `point` as distilled from that document; `question_ok` (may be missing) whether the question as worded is
sensible to ask and clear about what it is about; `verdict` good, damaged (an editor would have to mend it) or
unusable, by a reader who has only the two before him; or ours, of a good point of a well-formed document. A point that
is no longer distilled with these letters is passed over.

The judged texts belong to the authors of public documents: they are no part of this project and must not be committed.
The weights hold no text. Good examples of our own are the documents beside this script and what the cases of
tests/distill want.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from kaoguan import prompts
from kaoguan.distill import OfflineDistiller, offline
from kaoguan.distill.points.context import in_context
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.selection import Selected
from kaoguan.distill.points.traits import Traits, of_question
from kaoguan.distill.points.wording import key_points
from kaoguan.distill.points.worth import BUCKETS, CLIP, WEIGHTS, Judged, Worth, buckets
from kaoguan.documents import read
from kaoguan.models import Language
from kaoguan.text.overlap import containment
from kaoguan.text.script import is_chinese
from kaoguan.trees import Trees

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "offline"))
from learn import boosted, tree_arrays  # noqa: E402

CASES = HERE.parents[1] / "tests" / "distill" / "cases"
STRENGTH = 0.015
"""Of the regression, the inverse of its penalty: chosen among .015 to .06 on authors left out."""
OWN = 2.0
"""How much an example of our own counts: what is short and well-formed must not be lost."""
GROWTH = {"learning_rate": 0.05, "max_iter": 400, "max_leaf_nodes": 16, "min_samples_leaf": 30, "l2_regularization": 5}
"""Of the trees."""
SHARES = (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


class Example(NamedTuple):
    """A claim or a question with what is seen of it, and how much a reader found it to be each of its aims, 0-1."""

    author: str
    text: str
    traits: Traits
    wanted: Mapping[str, float]
    weight: float = 1.0


class Found(NamedTuple):
    """A claim as it was distilled; `number` is that of its question in the document."""

    number: int
    question: str
    text: str
    traits: Traits


CLAIM, QUESTION = ("good", "unusable"), ("question",)
"""What is to be told of a claim, and of a question."""
VERDICTS = {"good": (1.0, 0.0), "damaged": (0.0, 0.0), "unusable": (0.0, 1.0), "ours": (1.0, 0.0)}
COUNTS = {"ours": OWN}


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
    return {f"{aim}_{name}": array for name, array in arrays.items()} | tree_arrays(
        f"{aim}_trees", trees(data, everything, aim)
    )


def claims(path: Path) -> list[Found]:
    """Return every claim that the distiller takes from a document, whatever it is worth."""
    seen: list[Traits] = []
    found: list[Found] = []
    numbers = count()

    def everything(document: Sequence[tuple[str, Sequence[Traits]]]) -> list[Judged]:
        seen.extend(one for claims in in_context([claims for _, claims in document]) for one in claims)
        return [Judged(1.0, (Worth(1.0, 0.0),) * len(claims)) for _, claims in document]

    def all_of(question: str, made: Sequence[Draft], _: Sequence[Worth]) -> Selected:
        language: Language = "zh" if is_chinese(question + "".join(one.text for one in made)) else "en"
        points = key_points(made, question, "", path.name, prompts.load("draft", language), language)
        number, its = next(numbers), seen[len(found) : len(found) + len(points)]
        found.extend(Found(number, question, point.text, one) for point, one in zip(points, its, strict=True))
        return Selected(tuple(made), ())

    worths, select = offline.worths, offline.select
    offline.worths, offline.select = everything, all_of
    try:
        OfflineDistiller().distill([read(path)])
    finally:
        offline.worths, offline.select = worths, select
    return found


def judged(folder: Path, files: Sequence[Path]) -> tuple[list[Example], list[Example]]:
    """Return claims and questions that were judged and are still distilled, and those of our own.

    What several read counts once, as their mean.
    """
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            rows[row["document"]].append(row)
    of_claims, of_questions, lost = [], [], 0
    for document, said in sorted(rows.items()):
        found = claims(folder / document)
        author = re.sub(r"\d*(?:_.*)?\.\w+$", "", document)
        by_text: dict[str, list[Found]] = defaultdict(list)
        for one in found:
            by_text[_plain(one.text)].append(one)
        verdicts: dict[int, list[dict[str, Any]]] = defaultdict(list)
        asked: dict[int, list[bool]] = defaultdict(list)
        for row in said:
            if not (like := by_text.get(_plain(row["point"]))):
                lost += 1
                continue
            one = max(like, key=lambda other: containment(row["question"], other.question))
            verdicts[found.index(one)].append(row)
            if row.get("question_ok") is not None:
                asked[one.number].append(row["question_ok"])
        for place, each in verdicts.items():
            one, weight = found[place], COUNTS.get(each[0]["verdict"], 1.0)
            good, unusable = np.mean([VERDICTS[row["verdict"]] for row in each], axis=0)
            of_claims.append(Example(author, one.text, one.traits, {"good": good, "unusable": unusable}, weight))
        for number, each in asked.items():
            of_questions.append(question(author, found, number, float(np.mean(each))))
    print(f"{sum(map(len, rows.values()))} judged points, {lost} of them no longer distilled")
    own_claims, own_questions = own()
    return of_claims + own_claims, of_questions + own_questions


def _plain(text: str) -> str:
    """Return the letters and digits of a text: only its signs may have changed since it was judged."""
    return re.sub(r"\W", "", text.casefold())


def question(author: str, found: Sequence[Found], number: int, sensible: float, weight: float = 1.0) -> Example:
    """Return a question of a document as an example."""
    below = [one for one in found if one.number == number]
    seen = of_question(below[0].question, [one.traits for one in below])
    return Example(author, below[0].question, seen, {"question": sensible}, weight)


def own() -> tuple[list[Example], list[Example]]:
    """Return good claims and questions of our own: the documents beside this script, and what the tests' cases want."""
    of_claims: list[Example] = []
    of_questions: list[Example] = []

    def add(name: str, wanted: Callable[[str], bool], path: Path) -> None:
        found = claims(path)
        good = [one for one in found if wanted(one.text)]
        of_claims.extend(Example(name, one.text, one.traits, {"good": 1, "unusable": 0}, OWN) for one in good)
        of_questions.extend(question(name, found, number, 1.0, OWN) for number in {one.number for one in good})

    for path in sorted((HERE / "documents").iterdir()):
        add(f"own {path.name}", lambda _: True, path)
    for name, case in yaml.safe_load((CASES.parent / "cases.yaml").read_text("utf-8")).items():
        facts = [words.split(" + ") for several in case.get("facts", {}).values() for words in several]
        never = case.get("never", ())

        def wanted(text: str, facts: Sequence[list[str]] = facts, never: Sequence[str] = never) -> bool:
            if any(all(word in text for word in words) for words in facts):
                return True
            return not facts and not any(word in text for word in never)

        add(f"own {name}", wanted, CASES / name)
    return of_claims, of_questions


@dataclass(frozen=True)
class Data:
    """The examples as arrays, a row each: `numbers` by name, `words` by bucket, `wanted` by aim."""

    names: tuple[str, ...]
    numbers: NDArray[np.float64]
    words: csr_matrix
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
        return cls(names, numbers, words, wanted, weight, numbers.mean(0), numbers.std(0) + 1e-6)

    def placed(self, rows: NDArray[np.intp]) -> csr_matrix:
        """Return what the regression sees of these rows."""
        near = np.clip((self.numbers[rows] - self.mean) / self.scale, -CLIP, CLIP)
        return hstack([csr_matrix(near), self.words[rows]]).tocsr()

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
            into[left] = 1 / (1 + np.exp(-(linear + grown) / 2))
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
