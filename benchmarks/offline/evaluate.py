"""Print every figure about the offline judge as Markdown, on questions it was not fitted on.

    python benchmarks/offline/evaluate.py [--embedder bundled] [--folds 13] [--ablation] [--public DIR]

Leave-one-question-out by default: for each question the networks are fitted on all others, made answers included.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from fit import SETTINGS, all_symptoms, doubts_left_out, remembered, scores, signal_names, temperature
from learn import fit, folds
from measures import Agreement, agreement, calibration_error
from public import within
from reference import WEIGHTS
from sklearn.metrics import cohen_kappa_score
from table import (
    SETS,
    Answers,
    Once,
    Table,
    by_people,
    gold,
    question_of,
    tables,
    with_made,
    with_public,
    with_wordings,
)

from kaoguan import config, embeddings
from kaoguan.grading.offline.company import LABELS
from kaoguan.grading.offline.model import Opinions
from kaoguan.grading.offline.ruling import credited, labelled, tempered

GROUPS = {
    "meaning (similarity, margins, topic)": (
        "z", "cosine", "own", "reached", "demoted", "beyond_question", "over_", "rivals", "row_z", "whole", "second",
        "nearest_rival", "top_three", "topic", "points_over", "clauses_o", "clauses_foreign", "best_over", "mean_z",
        "mean_own", "mean_over", "mean_best_over",
    ),
    "terms (term-by-term alignment)": ("terms", "mean_terms"),
    "wording (units, order)": ("contained", "ordered", "swapped", "added", "reference_", "mean_contained"),
    "direction (polarity, binding)": (
        "agree", "conflict", "bound_", "entity_", "said_", "odd_", "more_", "net", "against", "reference_net",
        "reference_against", "reference_more", "mean_against", "mean_net", "mean_said",
    ),
    "misconceptions (rivals)": ("rivals", "over_rivals", "nearest_rival", "clauses_wrong", "wrongest"),
    "opposites": ("over_opposite", "mean_over_opposite"),
    "style": (
        "function_words", "terse", "clause_size", "clause_spread", "compressed", "from_", "question_said",
        "rubric_said", "foreign", "negators", "verbatim",
    ),
    "the whole answer (all means)": ("mean_",),
}  # fmt: skip


def compare(answers: Answers, table: Table, opinions: Opinions) -> tuple[np.ndarray, np.ndarray]:
    """Print the main table; return probabilities and scores."""
    probabilities = tempered(opinions.joint, temperature(opinions, table))
    ours = scores(table, credited(probabilities, SETTINGS), len(answers.rows))
    sets = np.array([row["set"] for row in answers.rows])
    human = np.array([row["score"] for row in answers.rows], float)
    hard = scores(table, np.array([1, 0.5, 0, -0.25])[labelled(probabilities, SETTINGS)], len(answers.rows))
    cosine, by_cosine, length = _baselines(answers, table)
    parts = {
        "dev": sets == "dev",
        "dev and train": np.isin(sets, ("dev", "train")),
        "dev, train and more": np.isin(sets, SETS),
        "dev, train and more, by rubrics with paraphrases": sets == "worded",
        "dev, by the bundled rubrics": sets == "bundled",
    }
    for name, chosen in parts.items():
        rows = chosen[table.answer]
        gold_label = table.label[rows]
        print(f"\n### {name}: {chosen.sum()} answers, {rows.sum()} key points\n\n{Agreement.HEAD}")
        predicted = labelled(probabilities[rows], SETTINGS)
        print(agreement(gold_label, predicted, human[chosen], ours[chosen]).row("offline judge, score by credit"))
        print(agreement(gold_label, predicted, human[chosen], hard[chosen]).row("offline judge, score by labels"))
        print(agreement(gold_label, cosine[rows], human[chosen], by_cosine[chosen]).row("cosine threshold"))
        print(agreement(gold_label, None, human[chosen], length[chosen]).row("length only"))
    return probabilities, ours


def write_grades(folder: Path, answers: Answers, table: Table, probabilities: np.ndarray, ours: np.ndarray) -> None:
    """Write what the left-out judges say of the labelled answers, for `kaoguan evaluate --grades`."""
    label = labelled(probabilities, SETTINGS)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*SETS, "bundled"):
        lines = []
        for number, row in enumerate(answers.rows):
            if row["set"] != name:
                continue
            found = label[table.answer == number]
            points = answers.rubrics[row["rubric_id"]].key_points
            # An answer without a window has no rows: it says nothing.
            verdicts = [LABELS[i] for i in found] or ["missing"] * len(points)
            # How sure it is, which the hybrid judge rests on (benchmarks/llm).
            sure = [round(float(p[i]), 3) for p, i in zip(probabilities[table.answer == number], found, strict=True)]
            ruled = zip(points, verdicts, sure or [1.0] * len(points), strict=True)
            grade = {
                "id": row["id"],
                "rubric_id": question_of(row["rubric_id"]),
                "score": round(10 * float(ours[number]), 1),
                "verdicts": [{"key_point": p.id, "verdict": v, "confidence": c} for p, v, c in ruled],
            }
            lines.append(json.dumps(grade, ensure_ascii=False) + "\n")
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def _baselines(answers: Answers, table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, threshold and line fitted on the other questions: cosine labels and scores, length scores."""
    questions = np.array([question_of(row["rubric_id"]) for row in answers.rows])
    people = np.array([by_people(row) for row in answers.rows])
    human = np.array([row["score"] for row in answers.rows], float)
    size = np.log1p([len(row["answer"]) for row in answers.rows])
    cosine, covered = table.columns["cosine"], table.label == 0
    labels = np.full(len(cosine), LABELS.index("missing"))
    length = np.zeros(len(size))
    for question in sorted(set(questions)):
        rows = (table.question != question) & table.gold
        cuts = np.quantile(cosine[rows], np.linspace(0.1, 0.9, 17))
        best = max(cuts, key=lambda cut: cohen_kappa_score(covered[rows], cosine[rows] > cut))
        labels[(table.question == question) & (cosine > best)] = 0
        others, own = people & (questions != question), questions == question
        length[own] = np.polyval(np.polyfit(size[others], human[others], 1), size[own])
    return labels, scores(table, (labels == 0).astype(float), len(size)), np.clip(length, 0, 10)


def kinds(answers: Answers, ours: np.ndarray) -> None:
    """Print the mean score of each kind of answer beside the human one."""
    print("\n### Mean score by kind, 0-10\n\n| kind | answers | human | ours |\n|---|---|---|---|")
    kind = np.array([row["kind"] for row in answers.rows])
    human = np.array([row["score"] for row in answers.rows], float)
    plain = ~np.isin([row["set"] for row in answers.rows], ("worded", "bundled"))
    for name in sorted(set(kind)):
        inside = plain & (kind == name)
        print(f"| {name} | {inside.sum()} | {human[inside].mean():.1f} | {ours[inside].mean():.1f} |")


def trust(answers: Answers, table: Table, opinions: Opinions, probabilities: np.ndarray, ours: np.ndarray) -> None:
    """Print the reliability table and the risk-coverage curve on hand-labelled answers."""
    label = labelled(probabilities, SETTINGS)
    sure = probabilities[np.arange(len(label)), label]
    error, lines = calibration_error(sure[table.gold], (label == table.label)[table.gold])
    print(f"\n### Reliability: ECE {error:.3f}\n\n| confidence | verdicts | mean | right |\n|---|---|---|---|")
    print("\n".join(lines))
    doubt = _doubts(answers, table, opinions, probabilities, ours)
    people = [n for n, row in enumerate(answers.rows) if by_people(row)]
    order = sorted(people, key=lambda n: doubt.get(n, 0.0))
    off = np.array([ours[n] - answers.rows[n]["score"] for n in order])
    overall = np.sqrt((off**2).mean())
    print("\n### Risk and coverage\n\n| accepted | RMSE of the accepted | of overall |\n|---|---|---|")
    for share in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        rmse = np.sqrt((off[: int(share * len(off))] ** 2).mean())
        print(f"| {share:.0%} | {rmse:.2f} | {rmse / overall:.0%} |")
    flagged = set(order[len(order) // 2 :])
    paraphrases = [n for n in people if "paraphrase" in answers.rows[n]["kind"]]
    print(f"\nParaphrases among the doubted half: {np.mean([n in flagged for n in paraphrases]):.0%}")


def _doubts(
    answers: Answers, table: Table, opinions: Opinions, probabilities: np.ndarray, ours: np.ndarray
) -> dict[int, float]:
    """Return the doubt about each hand-labelled answer that says anything, weighed on the other questions."""
    numbers, found = all_symptoms(opinions, probabilities, table)
    questions = np.array([answers.rows[n]["rubric_id"] for n in numbers])
    error = np.abs(ours[numbers] - [answers.rows[n]["score"] for n in numbers])
    doubt = doubts_left_out(found, error, questions)
    return dict(zip(numbers.tolist(), doubt.tolist(), strict=True))


def public_sets(answers: Answers, ours: np.ndarray) -> None:
    """Print the agreement on public sets, their questions left out like all others."""
    kind = np.array([row["kind"] for row in answers.rows])
    human = np.array([row["score"] for row in answers.rows], float)
    question = np.array([row["rubric_id"] for row in answers.rows])
    print("\n### Public sets, left out too\n\n| set | answers | Pearson | within a question |\n|---|---|---|---|")
    for name in sorted(set(kind) & set(WEIGHTS)):
        inside = kind == name
        r = np.corrcoef(ours[inside], human[inside])[0, 1]
        print(f"| {name} | {inside.sum()} | {r:.3f} | {within(question[inside], ours[inside], human[inside]):.3f} |")


def failures(answers: Answers, ours: np.ndarray, each: int = 2) -> None:
    """Print the answers of each kind whose score is furthest off."""
    print("\n### Furthest off, by kind\n")
    off = np.array([abs(ours[n] - row["score"]) for n, row in enumerate(answers.rows)])
    for name in sorted({row["kind"] for row in answers.rows if by_people(row)}):
        inside = np.flatnonzero([by_people(row) and row["kind"] == name for row in answers.rows])
        for n in inside[np.argsort(-off[inside])][:each]:
            row = answers.rows[n]
            print(f"* {name}, `{row['id']}`: {ours[n]:.1f} for {row['score']:g} – “{row['answer'][:90]}…”")


def ablation(table: Table, answers: Answers, names: list[str], count: int) -> None:
    """Print what each group of signals is worth: agreement without it, of first opinions by networks alone."""
    print(f"\n### Without each group of signals ({count} folds by question, 3 networks, no trees)\n\n{Agreement.HEAD}")
    people = np.array([by_people(row) for row in answers.rows])
    human = np.array([row["score"] for row in answers.rows], float)
    for group, prefixes in {"(all signals)": ("\0",), **GROUPS}.items():
        kept = [name for name in names if not name.startswith(prefixes)]
        found = np.zeros((len(table.label), 4), np.float32)
        for left in folds(table.question, count):
            inside = np.isin(table.question, left)
            bag = fit(table, kept, ~inside, 4, networks=3)
            found[inside] = bag.probabilities({name: table.columns[name][inside] for name in kept}).mean(axis=0)
        ours = scores(table, credited(found, SETTINGS), len(answers.rows))
        label = labelled(found[table.gold], SETTINGS)
        less = len(names) - len(kept)
        print(
            agreement(table.label[table.gold], label, human[people], ours[people]).row(f"{group}: {less} less"),
            flush=True,
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", default="bundled")
    parser.add_argument("--folds", type=int, help="groups of questions instead of one question at a time")
    parser.add_argument("--ablation", action="store_true", help="also measure without each group of signals")
    parser.add_argument("--questions", type=int, metavar="N", help="on N questions only: to try an embedder out")
    parser.add_argument("--grades", type=Path, help="folder for the left-out grades of the labelled answers")
    parser.add_argument("--public", type=Path, help="folder of public sets to fit on as well")
    arguments = parser.parse_args()
    embedder = Once(embeddings.load(arguments.embedder, config.load(), config.folders()))
    answers = with_public(with_wordings(with_made(gold(most=arguments.questions))), arguments.public)
    table, _ = tables(answers, embedder)
    names = signal_names(table)
    print(f"## Embedder {embedder.id}: {len(names)} signals, {len(set(table.question))} questions")
    opinions = remembered(table, names, arguments.folds)
    probabilities, ours = compare(answers, table, opinions)
    if arguments.grades:
        write_grades(arguments.grades, answers, table, probabilities, ours)
    kinds(answers, ours)
    trust(answers, table, opinions, probabilities, ours)
    if arguments.public:
        public_sets(answers, ours)
    failures(answers, ours)
    if arguments.ablation:
        ablation(table, answers, names, 6)


if __name__ == "__main__":
    main()
