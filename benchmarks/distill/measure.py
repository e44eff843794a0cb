"""How good distilled rubrics are: prints RESULTS.md.

    python benchmarks/distill/measure.py [SEEDS] > benchmarks/distill/RESULTS.md

SEEDS is the folder of the two source documents, which belong to their authors and are not part of the project; without
it, only the documents beside this script are measured. Offline; about a minute on two cores.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kaoguan import Grader, config, embeddings, rubrics
from kaoguan.distill import OfflineDistiller
from kaoguan.documents import Document, Line, read
from kaoguan.models import KeyPoint, Rubric
from kaoguan.text.overlap import containment, leaks, likeness, shingles

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold" / "dev"
MATCHED = 0.85
"""A claim is matched where word overlap and cosine with the other add up to this; see the control below."""
LEAST_WORDS = 0.6
PAGE = 1_000
"""Characters of a page of Chinese text, generously."""
CLUTTER = re.compile(
    r"https?:|www\.|版权|本站|转载|侵删|侵权|标签[:：]|来源[:：]|阅读\s?\d|Copyright|备案|分享到|立减|礼包", re.I
)
_REMARK = re.compile(r"（[^（）]*）|\([^()]*\)")


class Similarity:
    """Word overlap plus cosine between claims."""

    def __init__(self) -> None:
        self._embedder = embeddings.load("bundled", config.Settings(), config.folders())

    def best(self, claims: Sequence[str], others: Sequence[str], public: str) -> list[float]:
        """Return, for each claim, its best match among the others; remarks in brackets may be missing there."""
        left, right = self._vectors(claims), self._vectors(others)
        cosine = np.maximum(left @ right.T, self._vectors([bare(claim) for claim in claims]) @ right.T)
        return [
            max(float(cosine[i, j]) + overlap(claim, other, public) for j, other in enumerate(others))
            for i, claim in enumerate(claims)
        ]

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.asarray(self._embedder.encode(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def bare(claim: str) -> str:
    return _REMARK.sub("", claim) or claim


def overlap(claim: str, other: str, public: str) -> float:
    return max(containment(other, claim, public), containment(other, bare(claim), public))


class Pair(NamedTuple):
    """A labelled rubric and the distilled one for the same question."""

    gold: Rubric
    made: Rubric


def main() -> None:
    """Print the report."""
    seeds = [read(path) for path in sorted(Path(sys.argv[1]).iterdir())] if len(sys.argv) > 1 else []
    similarity = Similarity()
    print("# Distilling offline, measured\n")
    print("Made by `python benchmarks/distill/measure.py SEEDS`. No language model, no network.\n")
    if seeds:
        seed_report(seeds, similarity)
    document_report()
    time_report()


def seed_report(seeds: Sequence[Document], similarity: Similarity) -> None:
    gold = rubrics.load_folder(GOLD / "rubrics")
    made = OfflineDistiller().distill(seeds).rubrics
    pairs, invented = paired(gold.values(), made)
    print("## The two source documents\n")
    print("| | |\n|---|---|")
    row("questions found", f"{len(pairs)} of {len(gold)}")
    row("questions invented", str(invented))
    row("fields with clutter", str(sum(clutter(rubric, seeds) for rubric in made)))
    matching(pairs, similarity)
    backed(made, seeds, similarity)
    lines(made, seeds)
    interviewing(made)
    agreement(pairs)
    print()


def paired(gold: Sequence[Rubric], made: Sequence[Rubric]) -> tuple[list[Pair], int]:
    pairs = []
    for rubric in gold:
        best = max(made, key=lambda other: likeness(rubric.question, other.question))
        if likeness(rubric.question, best.question) > 0.5:
            pairs.append(Pair(rubric, best))
    return pairs, len(made) - len({pair.made.id for pair in pairs})


def clutter(rubric: Rubric, documents: Sequence[Document]) -> int:
    removed = [line.text.strip() for document in documents for line in document.removed if len(line.text.strip()) > 3]
    fields = [rubric.topic, rubric.question, *rubric.reference_answer.splitlines(), *rubric.notes]
    fields += [text for p in rubric.key_points for text in (p.text, p.follow_up or "", *p.paraphrases)]
    return sum(bool(CLUTTER.search(field)) or any(line in field for line in removed) for field in fields)


def matching(pairs: Sequence[Pair], similarity: Similarity) -> None:
    scores, control = [], []
    for gold, made in pairs:
        texts = [point.text for point in gold.key_points]
        scores += similarity.best(texts, [point.text for point in made.key_points], gold.question)
        for other in (pair.made for pair in pairs if pair.made.id != made.id):
            control += similarity.best(texts, [point.text for point in other.key_points], gold.question)
    row("labelled key points matched by a distilled one", share(scores, lambda score: score >= MATCHED))
    row("control: the same against each other question's points", share(control, lambda score: score >= MATCHED))
    stricter = share(scores, lambda score: score >= 1.0)
    row("with a stricter rule (1.00)", f"{stricter}; control {share(control, lambda score: score >= 1.0)}")


def backed(made: Sequence[Rubric], seeds: Sequence[Document], similarity: Similarity) -> None:
    """Match each distilled point against the sentences of its question's answer in the document."""
    scores = []
    for rubric in made:
        document = next(d for d in seeds if rubric.source and d.name == rubric.source.document)
        places = [point.source.lines for point in rubric.key_points if point.source and point.source.lines]
        first, last = min(place[0] for place in places), max(place[1] for place in places)
        text = [line.text for line in document.lines if first <= line.number <= last and line.text.strip()]
        said = [sentence for line in text for sentence in re.split(r"[。；;]", line) if len(sentence) > 3]
        said.append("；".join(text))  # a process is spread over several lines
        scores += similarity.best([point.text for point in rubric.key_points], said, "")
    row("distilled points matched by a sentence of the answer", share(scores, lambda score: score >= MATCHED))


def lines(made: Sequence[Rubric], documents: Sequence[Document]) -> None:
    shares = [cited(point, rubric, documents) for rubric in made for point in rubric.key_points]
    row(
        f"points whose lines hold {LEAST_WORDS:.0%} of their content", share(shares, lambda value: value >= LEAST_WORDS)
    )
    row("share of a point's content in its lines, mean", f"{np.mean(shares):.0%}")


def cited(point: KeyPoint, rubric: Rubric, documents: Sequence[Document]) -> float:
    """Return how much of a point's content stands in its lines, beside what question and topic say anyway."""
    if not point.source or not point.source.lines:
        return 0.0
    first, last = point.source.lines
    document = next(d for d in documents if d.name == point.source.document)
    words = " ".join(line.text for line in document.lines if first <= line.number <= last)
    frame = "原因之一是 解决办法之一 优点之一 缺点之一 作用之一 过程依次是 One cause remedy advantage drawback purpose"
    own = shingles(point.text) - shingles(f"{rubric.question} {rubric.topic} {frame}")
    return len(own & shingles(words)) / len(own) if own else 1.0


def interviewing(made: Sequence[Rubric]) -> None:
    points = [(rubric, point) for rubric in made for point in rubric.key_points]
    told = sum(bool(p.follow_up) and leaks(p.follow_up or "", [p], rubric.question) for rubric, p in points)
    asked = sum(bool(point.follow_up) for _, point in points)
    grader = Grader.offline()
    scores = [grader.grade(rubric, rubric.reference_answer).score or 0 for rubric in made]
    row("points with a follow-up; follow-ups that tell", f"{asked} of {len(points)}; {told}")
    row("reference answers: least score by their own points", f"{min(scores):.0f}")


def agreement(pairs: Sequence[Pair]) -> None:
    """Grade the labelled answers by the distilled rubrics, as drafted, and compare with the human scores."""
    grader = Grader.offline()
    by_id = {pair.gold.id: pair for pair in pairs}
    rows = [json.loads(line) for line in (GOLD / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if r["rubric_id"] in by_id]
    human = np.array([r["score"] for r in rows])
    for name, rubric_of in (
        ("distilled, unedited", lambda pair: pair.made),
        ("written by hand", lambda pair: pair.gold),
    ):
        ours = np.array([grader.grade(rubric_of(by_id[r["rubric_id"]]), r["answer"]).score or 0 for r in rows]) / 10
        row(f"168 labelled answers, offline judge, rubrics {name}: Pearson", f"{np.corrcoef(human, ours)[0, 1]:.2f}")


def document_report() -> None:
    known = json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
    print("## Documents of our own\n")
    print("| document | questions | found | false | points | clutter |\n|---|---|---|---|---|---|")
    total = [0, 0, 0]
    all_made: list[Rubric] = []
    documents = []
    for name, questions in known.items():
        document = read(HERE / "documents" / name)
        made = OfflineDistiller().distill([document]).rubrics
        found = sum(any(asks(question, rubric) for rubric in made) for question in questions)
        false = sum(not any(asks(question, rubric) for question in questions) for rubric in made)
        points = sum(len(rubric.key_points) for rubric in made)
        dirty = sum(clutter(rubric, [document]) for rubric in made)
        print(f"| {name} | {len(questions)} | {found} | {false} | {points} | {dirty} |")
        total = [total[0] + len(questions), total[1] + found, total[2] + false]
        all_made += made
        documents.append(document)
    print(f"| all | {total[0]} | {total[1]} | {total[2]} | | |\n")
    print("| | |\n|---|---|")
    lines(all_made, documents)
    interviewing(all_made)
    print()


def asks(question: str, rubric: Rubric) -> bool:
    def letters(text: str) -> str:
        return "".join(character for character in text.casefold() if character.isalnum())

    return letters(question) in letters(rubric.question)


def time_report() -> None:
    """Time 200 pages: the documents of our own under other words, so that no question is merged with another."""
    texts = [read(HERE / "documents" / name) for name in ("headings.md", "qa.txt", "numbered.txt")]
    lines: list[Line] = []
    size = copy = 0
    while size < 200 * PAGE:
        for document in texts:
            for line in document.lines:
                text = re.sub(r"([\u3400-\u9fff]{2})", rf"\1{chr(0x4E00 + copy)}", line.text, count=1)
                lines.append(line.model_copy(update={"number": len(lines) + 1, "text": text}))
                size += len(text)
        copy += 1
    whole = Document(name="long.txt", sha256="0" * 64, lines=tuple(lines))
    wall, cpu = time.perf_counter(), time.process_time()
    made = OfflineDistiller().distill([whole]).rubrics
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print("## Speed\n")
    print(f"{size:,} characters (200 pages of {PAGE:,}): {len(made)} questions in {wall:.1f} s")
    print(f"({cpu:.1f} s of one processor; the machine was shared).")


def row(name: str, value: str) -> None:
    print(f"| {name} | {value} |")


def share(values: Sequence[float], good: Callable[[float], bool]) -> str:
    count = sum(map(good, values))
    return f"{count} of {len(values)} ({count / len(values):.1%})"


if __name__ == "__main__":
    main()
