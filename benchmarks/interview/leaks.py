"""Does what the interviewer says before a key point's last hint give that point away?

    python benchmarks/interview/leaks.py [RUBRICS…]        prints the table of RESULTS.md

Every key point is followed up and hinted at in three wordings (the styles), each in an interview of its own in which
the candidate knows nothing. Measured on each utterance, against every key point of its rubric:

- containment: the largest share of a point's content (character pairs, words; without the question's) it holds; <= 0.5
- verdict: whether the offline judge, which rests on the embedder, rules any point covered by it; none may be (the last
  hint is not asked about: it is meant to give its point away)
- cosine: the bundled embedder's largest cosine to a point or a paraphrase. No cosine tells covered from missing (see
  RESULTS.md), so it is shown beside that of what people say who do cover the point.
"""

import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from kaoguan import config, embeddings, rubrics
from kaoguan.grading import Grader
from kaoguan.grading.offline import OfflineJudge
from kaoguan.grading.offline.reading import Reading
from kaoguan.interview import Interview, Plan, Style
from kaoguan.models import Judgement, JudgeName, Label, Rubric, Verdict
from kaoguan.text.overlap import LIMIT, containment

LAST = "hint 3: near-answer"
GOLD = Path(__file__).parents[1] / "gold" / "dev"


class Nothing:
    """A judge that finds one key point missing and takes all others for covered, so that it is followed up."""

    name = JudgeName.OFFLINE
    model = None

    def __init__(self, key_point: str) -> None:
        self.fingerprints: dict[str, str] = {}
        self._key_point = key_point

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return the verdicts."""
        labels = {point.id: Label.COVERED for point in rubric.key_points} | {self._key_point: Label.MISSING}
        return Judgement(
            verdicts=tuple(
                Verdict(key_point=point, verdict=label, confidence=1, judge=self.name)
                for point, label in labels.items()
            )
        )


def utterances(rubric: Rubric, key_point: str, style: Style) -> dict[str, str]:
    """Return what is said about one key point: the follow-up and the three hints after it."""
    plan = Plan(rubrics=(rubric,), language=rubric.language, style=style)
    interview = Interview.start(plan, Grader(Nothing(key_point)))
    (asked,) = interview.submit("与数据有关")
    assert asked.key_point == key_point, (rubric.id, key_point, asked)
    said = {"follow-up": asked.text}
    for step in ("hint 1: direction", "hint 2: keywords", LAST):
        hint = interview.hint()
        assert hint, (rubric.id, key_point, step)
        said[step] = hint.text
    # Hints before the first answer: the direction is then the rubric's own follow-up.
    alone = rubric.model_copy(update={"key_points": (rubric.key_point(key_point),)})
    fresh = Interview.start(plan.model_copy(update={"rubrics": (alone,)}), Grader(Nothing(key_point)))
    first = fresh.hint()
    assert first
    said["hint 1 before any answer"] = first.text
    return said


def main(names: list[str]) -> None:
    """Print the table, and every utterance that fails."""
    embedder = embeddings.load("bundled", config.load(), config.folders())
    judge = OfflineJudge(embedder)
    bank = {rubric_id: one for rubric_id, one in rubrics.load_bundled().items() if not names or rubric_id in names}
    cosines = {
        one.id: embedder.encode([t for p in one.key_points for t in (p.text, *p.paraphrases)]) for one in bank.values()
    }
    rows: dict[str, list[tuple[float, bool, float]]] = defaultdict(list)
    failed = []
    for rubric in bank.values():
        measured_of: dict[str, tuple[float, bool, float]] = {}  # styles often say the same words
        for point in rubric.key_points:
            for style in Style:
                for kind, text in utterances(rubric, point.id, style).items():
                    if text not in measured_of:
                        shared = max(containment(text, one.text, rubric.question) for one in rubric.key_points)
                        # The last hint is meant to give its point away: it is not asked about.
                        ruled = () if kind == LAST else judge.judge(rubric, text).verdicts
                        cosine = float((cosines[rubric.id] @ embedder.encode([text]).T).max())
                        measured_of[text] = (shared, any(one.verdict is Label.COVERED for one in ruled), cosine)
                    shared, covered, cosine = measured_of[text]
                    rows[kind].append((shared, covered, cosine))
                    if kind != LAST and (shared > LIMIT or covered):
                        failed.append(f"{rubric.id}/{point.id} {style} {kind}: {shared:.2f} {covered} {text}")
                        print(failed[-1], file=sys.stderr, flush=True)
    points = sum(len(one.key_points) for one in bank.values())
    print(f"{len(bank)} rubrics, {points} key points, 3 wordings\n")
    print(
        "| said | utterances | containment: median | 95 % | most | above 0.5 | ruled covered "
        "| cosine: median | 95 % | most |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for kind, measured in rows.items():
        shares, covered, near = zip(*measured, strict=True)
        print(
            f"| {kind} | {len(measured)} | {quantiles(shares)} | {sum(share > LIMIT for share in shares)} "
            f"| {'–' if kind == LAST else sum(covered)} "
            f"| {quantiles(near)} |"
        )
    people = covering()
    print(f"| *people who cover a point* | {len(people)} | | | | | | {quantiles(people)} |")
    print("\n" + "\n".join(failed or ["no utterance before the last hint gives a point away"]))


def quantiles(values: list[float] | tuple[float, ...]) -> str:
    """Return median, 95 % and largest."""
    return f"{statistics.median(values):.2f} | {statistics.quantiles(values, n=20)[-1]:.2f} | {max(values):.2f}"


def covering() -> list[float]:
    """Return the cosines of the best window of hand-labelled answers to the points they cover."""
    embedder = embeddings.load("bundled", config.load(), config.folders())
    bank = rubrics.load_folder(GOLD / "rubrics")
    found = []
    for line in (GOLD / "answers.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        windows = Reading.of(row["answer"]).windows
        vectors = embedder.encode([window.text for window in windows])
        for key_point, label in row["labels"].items():
            if label == "covered" and windows:
                point = bank[row["rubric_id"]].key_point(key_point)
                found.append(float((embedder.encode([point.text, *point.paraphrases]) @ vectors.T).max()))
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
