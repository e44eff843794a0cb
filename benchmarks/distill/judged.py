"""Claims and questions that readers judged, as examples to learn from; see `fit_worth.py` for the files."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from kaoguan import prompts
from kaoguan.distill import OfflineDistiller, offline
from kaoguan.distill.points.context import in_context
from kaoguan.distill.points.draft import Draft
from kaoguan.distill.points.meaning import Rows, meanings
from kaoguan.distill.points.selection import Selected
from kaoguan.distill.points.traits import Traits, of_question
from kaoguan.distill.points.wording import key_points
from kaoguan.distill.points.worth import Answered, Judged, Worth, texts
from kaoguan.documents import read
from kaoguan.embeddings import Embedder
from kaoguan.models import Language
from kaoguan.text.overlap import common_share, containment
from kaoguan.text.script import is_chinese

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "tests" / "distill" / "cases"
OWN = 4.0
"""How much an example of our own counts: what is short and well-formed must not be lost."""


class Example(NamedTuple):
    """A claim or a question with what is seen of it, and how much a reader found it to be each of its aims, 0-1."""

    author: str
    text: str
    traits: Traits
    vectors: Rows
    wanted: Mapping[str, float]
    weight: float = 1.0


class Found(NamedTuple):
    """A claim as it was distilled; `number` is that of its question in the document, `asked` that question as asked."""

    number: int
    question: str
    asked: str
    asked_vectors: Rows
    text: str
    traits: Traits
    vectors: Rows


NONE = np.zeros(0, np.float16)
SAME = 0.95
"""A verdict on a question stands while it is asked in these words, but for this share."""


DISTILLER = OfflineDistiller()

VERDICTS = {"good": (1.0, 0.0), "damaged": (0.0, 0.0), "unusable": (0.0, 1.0), "ours": (1.0, 0.0)}
COUNTS = {"ours": OWN}


def claims(path: Path) -> list[Found]:
    """Return every claim that the distiller takes from a document, whatever it is worth."""
    seen: list[tuple[Traits, Rows]] = []
    asked: list[tuple[str, Rows]] = []
    found: list[Found] = []
    numbers = count()

    def everything(document: Sequence[Answered], encoder: Embedder) -> list[Judged]:
        its = [one for claims in in_context([one.claims for one in document]) for one in claims]
        vectors = meanings(texts(document), encoder)
        seen.extend(zip(its, vectors.claims, strict=True))
        rows = iter(vectors.questions)
        asked.extend((one.asked, next(rows) if one.claims else NONE) for one in document)
        return [Judged(1.0, (Worth(1.0, 0.0),) * len(one.claims)) for one in document]

    def all_of(question: str, made: Sequence[Draft], _: Sequence[Worth]) -> Selected:
        language: Language = "zh" if is_chinese(question + "".join(one.text for one in made)) else "en"
        points = key_points(made, question, "", path.name, prompts.load("draft", language), language)
        number, its = next(numbers), seen[len(found) : len(found) + len(points)]
        found.extend(
            Found(number, question, *asked[number], point.text, *one) for point, one in zip(points, its, strict=True)
        )
        return Selected(tuple(made), ())

    worths, select = offline.worths, offline.select
    offline.worths, offline.select = everything, all_of
    try:
        DISTILLER.distill([read(path)])
    finally:
        offline.worths, offline.select = worths, select
    return found


def judged(folder: Path, files: Sequence[Path]) -> tuple[list[Example], list[Example]]:
    """Return claims and questions that were judged and are still distilled, and those of our own.

    What several read counts once, as their mean. A row without a point says of its question alone whether it is
    sensible.
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
        by_text: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(found):
            by_text[_plain(one.text)].append(place)
        verdicts: dict[int, list[dict[str, Any]]] = defaultdict(list)
        asked: dict[int, list[bool]] = defaultdict(list)
        by_question: dict[str, int] = {_plain(one.asked): one.number for one in found}
        for row in said:
            if "point" not in row:
                if (its := by_question.get(_plain(row["question"]))) is not None:
                    asked[its].append(row["question_ok"])
                continue
            if not (like := by_text.get(_plain(row["point"]))):
                lost += 1
                continue
            place = max(like, key=lambda other: containment(row["question"], found[other].asked))
            verdicts[place].append(row)
            if row.get("question_ok") is not None and common_share(row["question"], found[place].asked) >= SAME:
                asked[found[place].number].append(row["question_ok"])
        for place, each in verdicts.items():
            one, weight = found[place], COUNTS.get(each[0]["verdict"], 1.0)
            good, unusable = np.mean([VERDICTS[row["verdict"]] for row in each], axis=0)
            wish = {"good": good, "unusable": unusable}
            of_claims.append(Example(author, one.text, one.traits, one.vectors, wish, weight))
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
    return Example(author, below[0].question, seen, below[0].asked_vectors, {"question": sensible}, weight)


def own() -> tuple[list[Example], list[Example]]:
    """Return claims and questions of our own: the documents beside this script, and what the tests' cases want.

    All of it is good but what stands below the titles that a case wants reported and not asked.
    """
    of_claims: list[Example] = []
    of_questions: list[Example] = []

    def add(name: str, wanted: Callable[[str], bool], path: Path, reported: Sequence[str] = ()) -> None:
        found = claims(path)
        silent = [one for one in found if one.question in reported]
        good = [one for one in found if wanted(one.text) and one.question not in reported]
        for those, value in ((good, 1.0), (silent, 0.0)):
            wish = {"good": value, "unusable": 0.0}
            of_claims.extend(Example(name, one.text, one.traits, one.vectors, wish, OWN) for one in those)
            of_questions.extend(question(name, found, number, value, OWN) for number in {one.number for one in those})

    for path in sorted((HERE / "documents").iterdir()):
        add(f"own {path.name}", lambda _: True, path)
    for name, case in yaml.safe_load((CASES.parent / "cases.yaml").read_text("utf-8")).items():
        facts = [words.split(" + ") for several in case.get("facts", {}).values() for words in several]
        never = case.get("never", ())

        def wanted(text: str, facts: Sequence[list[str]] = facts, never: Sequence[str] = never) -> bool:
            if any(all(word in text for word in words) for words in facts):
                return True
            return not facts and not any(word in text for word in never)

        add(f"own {name}", wanted, CASES / name, case.get("reported", ()))
    return of_claims, of_questions
