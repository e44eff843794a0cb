"""Fits what a claim is worth (`kaoguan.distill.points.worth`) on points that readers judged: writes its weights.

    pip install "kaoguan[fit]"
    python benchmarks/distill/fit_worth.py DOCUMENTS JUDGED.jsonl [JUDGED.jsonl ...]

DOCUMENTS is a folder of study documents. A file's name begins with its author (`author_title.md`): nothing of an author
is learned from while his documents are judged. JUDGED holds one point a line:

    {"document": "author_title.md", "question": "...", "point": "...", "verdict": "good"}

`question` and `point` as distilled from that document; `verdict` good, damaged (an editor would have to mend it) or
unusable, by a reader who has only the two before him; unread, of a claim that earlier rules left out, of which about
one in five is good and one in five unusable; or ours, of a good point of a well-formed document. A point that is no
longer distilled in these words is passed over.

The judged texts belong to the authors of public documents: they are no part of this project and must not be committed.
The weights hold no text. Good examples of our own are the documents beside this script and what the cases of
tests/distill want.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.selection import GOOD, UNUSABLE, Selected, distinct
from kaoguan.distill.points.traits import Traits, traits
from kaoguan.distill.points.wording import key_points
from kaoguan.distill.points.worth import BUCKETS, CLIP, WEIGHTS, buckets
from kaoguan.distill.questions.sections import Section
from kaoguan.documents import read
from kaoguan.models import Language
from kaoguan.text.overlap import containment
from kaoguan.text.script import is_chinese

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "tests" / "distill" / "cases"
STRENGTH = 0.03
"""Of the regression, the inverse of its penalty: chosen among .005 to .05 on authors left out."""
UNREAD = 0.4
"""How much a claim that nobody read counts beside one that was judged."""
OWN = 2.0
"""How much an example of our own counts: what is short and well-formed must not be lost."""
SHARES = (1, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


class Example(NamedTuple):
    """A claim with what is seen of it, and how good and how unusable it was found, 0-1."""

    author: str
    text: str
    traits: Traits
    good: float
    unusable: float
    weight: float


class Found(NamedTuple):
    """A claim as it was distilled."""

    question: str
    text: str
    traits: Traits


VERDICTS = {"good": (1.0, 0.0), "damaged": (0.0, 0.0), "unusable": (0.0, 1.0), "unread": (0.2, 0.2), "ours": (1.0, 0.0)}
COUNTS = {"unread": UNREAD, "ours": OWN}


def main() -> None:
    """Print what is kept of authors left out, then fit all and write the weights."""
    folder, *files = map(Path, sys.argv[1:])
    examples = [*judged(folder, files), *own()]
    numbers, words = table(examples)
    names = sorted({name for one in examples for name in one.traits.numbers})
    print(f"{len(examples)} examples, {len({one.author for one in examples})} authors, {len(names)} numbers")
    report(examples, numbers, words)
    mean, scale = numbers.mean(0), numbers.std(0) + 1e-6
    fitted = [fit(examples, place(numbers, mean, scale), words, aim) for aim in ("good", "unusable")]
    np.savez_compressed(
        WEIGHTS,
        names=np.array(names),
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        numbers=np.array([one.coef_[0, : len(names)] for one in fitted], dtype=np.float32),
        words=np.array([one.coef_[0, len(names) :] for one in fitted], dtype=np.float16),
        bias=np.array([one.intercept_[0] for one in fitted], dtype=np.float32),
    )
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")


def claims(path: Path) -> list[Found]:
    """Return every claim that the distiller takes from a document, whatever it is worth."""
    found: list[Found] = []

    def everything(section: Section, made: Sequence[Draft]) -> Selected:
        kept = distinct(made)
        language: Language = "zh" if is_chinese(section.question + "".join(one.text for one in kept)) else "en"
        points = key_points(kept, section.question, "", path.name, prompts.load("draft", language), language)
        found.extend(
            Found(section.question, point.text, seen) for point, seen in zip(points, traits(section, kept), strict=True)
        )
        return Selected(tuple(kept), ())

    select, offline.select = offline.select, everything
    try:
        OfflineDistiller().distill([read(path)])
    finally:
        offline.select = select
    return found


def judged(folder: Path, files: Sequence[Path]) -> Iterator[Example]:
    """Yield the judged points that are still distilled; what several read counts once, as their mean."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            rows[row["document"]].append(row)
    lost = 0
    for document, said in sorted(rows.items()):
        by_text: dict[str, list[Found]] = defaultdict(list)
        for one in claims(folder / document):
            by_text[one.text].append(one)
        verdicts: dict[int, list[tuple[float, float]]] = defaultdict(list)
        seen: dict[int, tuple[Found, float]] = {}
        for row in said:
            if not (like := by_text.get(row["point"])):
                lost += 1
                continue
            one = max(like, key=lambda other: containment(row["question"], other.question))
            verdicts[id(one)].append(VERDICTS[row["verdict"]])
            seen[id(one)] = (one, COUNTS.get(row["verdict"], 1.0))
        author = re.sub(r"\d*(?:_.*)?\.\w+$", "", document)
        for key, (one, weight) in seen.items():
            good, unusable = np.mean(verdicts[key], axis=0)
            yield Example(author, one.text, one.traits, good, unusable, weight)
    print(f"{sum(map(len, rows.values()))} judged points, {lost} of them no longer distilled")


def own() -> Iterator[Example]:
    """Yield good examples of our own: the documents beside this script, and what the cases of the tests want."""
    for path in sorted((HERE / "documents").iterdir()):
        for one in claims(path):
            yield Example(f"own {path.name}", one.text, one.traits, 1, 0, OWN)
    for name, case in yaml.safe_load((CASES.parent / "cases.yaml").read_text("utf-8")).items():
        facts = [words.split(" + ") for several in case.get("facts", {}).values() for words in several]
        for one in claims(CASES / name):
            wanted = any(all(word in one.text for word in words) for words in facts)
            if wanted or (not facts and not any(word in one.text for word in case.get("never", ()))):
                yield Example(f"own {name}", one.text, one.traits, 1, 0, OWN)


def table(examples: Sequence[Example]) -> tuple[NDArray[np.float64], csr_matrix]:
    """Return the numbers of all examples, by name, and their words, by bucket."""
    names = sorted({name for one in examples for name in one.traits.numbers})
    numbers = np.array([[one.traits.numbers.get(name, 0.0) for name in names] for one in examples], dtype=float)
    places = [buckets(one.traits.words) for one in examples]
    rows = np.repeat(np.arange(len(places)), [len(one) for one in places])
    columns = np.concatenate(places)
    return numbers, csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), BUCKETS))


def place(numbers: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64]) -> csr_matrix:
    return csr_matrix(np.clip((numbers - mean) / scale, -CLIP, CLIP))


def fit(examples: Sequence[Example], numbers: csr_matrix, words: csr_matrix, aim: str) -> LogisticRegression:
    """Return the regression of one of the two probabilities; a verdict between 0 and 1 counts in part for both."""
    seen = hstack([numbers, words]).tocsr()
    wanted = np.array([getattr(one, aim) for one in examples])
    weight = np.array([one.weight for one in examples])
    true = np.repeat([True, False], len(examples))
    parts = np.concatenate([weight * wanted, weight * (1 - wanted)])
    kept = parts > 0
    twice = np.tile(np.arange(len(examples)), 2)[kept]
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(seen[twice], true[kept], sample_weight=parts[kept])


def report(examples: Sequence[Example], numbers: NDArray[np.float64], words: csr_matrix) -> None:
    """Print what is kept of authors that nothing was learned from."""
    authors = np.array([one.author for one in examples])
    found = {aim: np.zeros(len(examples)) for aim in ("good", "unusable")}
    for learned, left in GroupKFold(8, shuffle=True, random_state=0).split(numbers, groups=authors):
        mean, scale = numbers[learned].mean(0), numbers[learned].std(0) + 1e-6
        taught = [examples[i] for i in learned]
        for aim, into in found.items():
            regression = fit(taught, place(numbers[learned], mean, scale), words[learned], aim)
            left_out = hstack([place(numbers[left], mean, scale), words[left]]).tocsr()
            into[left] = regression.predict_proba(left_out)[:, 1]
    ours = np.array([author.startswith("own ") for author in authors])
    read_ = np.array([one.weight == 1 for one in examples]) & ~ours
    chinese = np.array([is_chinese(one.text) for one in examples])
    for name, among in (("all", read_), ("zh", read_ & chinese), ("en", read_ & ~chinese)):
        line(name, examples, among, found["good"], found["unusable"])
    print(
        "our own, P(good) at 1, 5, 10, 25, 50 %:", np.round(np.percentile(found["good"][ours], [1, 5, 10, 25, 50]), 2)
    )


def line(
    name: str,
    examples: Sequence[Example],
    among: NDArray[np.bool_],
    good: NDArray[np.float64],
    bad: NDArray[np.float64],
) -> None:
    """Print areas under the curve, and the share good and unusable among the best shares."""
    is_good = np.array([one.good >= 0.5 for one in examples])[among]
    is_bad = np.array([one.unusable >= 0.5 for one in examples])[among]
    good, bad = good[among], bad[among]
    areas = f"{roc_auc_score(is_good, good):.3f} | {roc_auc_score(is_bad, bad):.3f}"
    print(f"| {name} | {len(good)} | {areas} |", end="")
    order = np.argsort(-good)
    for share in SHARES:
        best = order[: int(share * len(order))]
        print(f" {is_good[best].mean():.1%}, {is_bad[best].mean():.1%} (≥ {good[best[-1]]:.2f}) |", end="")
    chosen = (good >= GOOD["title"]) & (bad <= UNUSABLE)
    print(f" {chosen.mean():.0%}: {is_good[chosen].mean():.1%}, {is_bad[chosen].mean():.1%} |")


if __name__ == "__main__":
    main()
