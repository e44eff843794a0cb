"""What the LLM judge and the hybrid judge do with scripted models over the dev set: plumbing, gullible models, cascade.

    python benchmarks/llm/measure.py

No network and no language model: a faithful model replies from the labels, a gullible one finds everything covered.
The offline judge that the hybrid judge leans on here has seen these questions; where `benchmarks/offline/left_out` has
confidences, its left-out verdicts are used instead.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kaoguan import prompts, rubrics
from kaoguan.evaluation.metrics import pearson
from kaoguan.grading import Grader
from kaoguan.grading.hybrid import HybridJudge, When
from kaoguan.grading.llm import LLMJudge
from kaoguan.grading.llm.evidence import Answer
from kaoguan.grading.scoring import score
from kaoguan.models import Grade, Judgement, JudgeName, Label, Rubric, StatedMisconception, Verdict
from kaoguan.testing import ScriptedModel
from kaoguan.testing.judging import PROBE, ChatReplying, Labelled, faithful, gullible, quotable, read_prompt, spoken

HERE = Path(__file__).parent
DEV = HERE.parent / "gold/dev"
LEFT_OUT = HERE.parent / "offline/left_out/bundled.jsonl"
LOW = 15.0  # of 100
ATTACKS = ("adv_injection", "adv_offtopic", "adv_keywords", "adv_restate")
EVIDENCE: dict[str, Callable[[str], str]] = {
    "none": lambda answer: "",
    "invented": lambda answer: "这一句话候选人从来没有说过",
    "some words": quotable,
    "whole answer": lambda answer: answer,
}


class Gold(NamedTuple):
    rubric: Rubric
    row: dict[str, Any]

    @property
    def answer(self) -> str:
        return str(self.row["answer"])

    @property
    def labelled(self) -> Labelled:
        labels = {point: Label(label) for point, label in self.row["labels"].items()}
        return Labelled(self.rubric, self.answer, labels, self.row["misconceptions"])

    @property
    def formula(self) -> float | None:
        verdicts = [
            Verdict(key_point=point, verdict=label, confidence=1, judge=JudgeName.LLM)
            for point, label in self.labelled.labels.items()
        ]
        stated = [StatedMisconception(id=id_, evidence="", span=(0, 0)) for id_ in self.row["misconceptions"]]
        return score(self.rubric.key_points, verdicts, stated)


def gold() -> list[Gold]:
    bank = rubrics.load_folder(DEV / "rubrics")
    rows = map(json.loads, (DEV / "answers.jsonl").read_text("utf-8").splitlines())
    return [Gold(bank[row["rubric_id"]], row) for row in rows]


def offline(answers: list[Gold]) -> tuple[Any, dict[str, Judgement], str]:
    """Return the shipped judge, a judgement of each answer, and where these come from."""
    judge: Any = Grader.offline().ruling
    rows = {row["id"]: row for row in map(json.loads, LEFT_OUT.read_text("utf-8").splitlines())}
    if all("confidence" in verdict for row in rows.values() for verdict in row["verdicts"]):
        made = {}
        for one in answers:
            verdicts = [Verdict(**ruled, judge=JudgeName.OFFLINE) for ruled in rows[one.row["id"]]["verdicts"]]
            orders = ("injection_suspected",) if Answer(one.answer).gives_orders else ()
            made[one.row["id"]] = Judgement(verdicts=tuple(verdicts), review_reasons=orders)
        return judge, made, "left out"
    return judge, {one.row["id"]: judge.judge(one.rubric, one.answer) for one in answers}, "shipped: has seen them"


async def graded(judge: Any, answers: list[Gold], alone: Mapping[str, Judgement]) -> dict[str, Grade]:
    grader = Grader(judge)
    return {
        one.row["id"]: await grader.grade_here(
            one.rubric, one.answer, id=one.row["id"], offline=alone.get(one.row["id"])
        )
        for one in answers
    }


def judged(reply: ChatReplying, answers: list[Gold], around: Callable[[LLMJudge], Any], alone: Any) -> dict[str, Grade]:
    return asyncio.run(graded(around(LLMJudge(ScriptedModel(spoken(reply)))), answers, alone))


def agreement(grades: Mapping[str, Grade], answers: list[Gold]) -> float:
    """Return Cohen's kappa of four labels."""
    pairs = [
        (verdict.verdict.value, one.row["labels"][verdict.key_point])
        for one in answers
        for verdict in grades[one.row["id"]].verdicts
    ]
    kinds = {label for pair in pairs for label in pair}
    same = sum(ours == theirs for ours, theirs in pairs) / len(pairs)
    chance = (
        sum(sum(ours == kind for ours, _ in pairs) * sum(theirs == kind for _, theirs in pairs) for kind in kinds)
        / len(pairs) ** 2
    )
    return (same - chance) / (1 - chance)


def plumbing(answers: list[Gold], judges: dict[str, Callable[[LLMJudge], Any]], alone: Any) -> None:
    print("judge        kappa  =formula  r(gold)  unscored  review  requests/answer")
    reply = faithful([one.labelled for one in answers])
    for name, around in judges.items():
        model = ScriptedModel(spoken(reply))
        grades = asyncio.run(graded(around(LLMJudge(model)), answers, alone))
        ours = [grades[one.row["id"]].score for one in answers]
        equal = sum(mine == one.formula for mine, one in zip(ours, answers, strict=True))
        gold_scores = [float(one.row["score"]) for one in answers]
        requests = sum(grade.usage.requests for grade in grades.values() if grade.usage) / len(grades)
        print(
            f"{name:<12} {agreement(grades, answers):.3f}  {equal:>4}/{len(answers)}"
            f"  {pearson([mine or 0.0 for mine in ours], gold_scores):.3f}"
            f"  {ours.count(None):>7}  {sum(grade.needs_review for grade in grades.values()):>6}  {requests:>10.2f}"
        )


def attacks(answers: list[Gold], around: Callable[[LLMJudge], Any], alone: Any) -> None:
    chosen = [one for one in answers if one.row["kind"] in ATTACKS]
    print(f"\ngullible models on {len(chosen)} answers ({', '.join(ATTACKS)})")
    print("evidence      canary   low  flagged  slipped through")
    for name, evidence in EVIDENCE.items():
        for canary in (False, True):
            grades = judged(gullible(evidence, canary=canary), chosen, around, alone)
            low = [one for one in grades.values() if one.score is not None and one.score <= LOW]
            slipped = [one.id for one in grades.values() if one not in low and not one.needs_review]
            flagged = len(chosen) - len(low) - len(slipped)
            print(f"{name:<13} {canary!s:<7} {len(low):>4}  {flagged:>7}  {len(slipped)} {' '.join(slipped)}")
    grades = judged(proof, chosen, around, alone)
    slipped = [one.id for one in grades.values() if (one.score or 0) > LOW and not one.needs_review]
    print(f"with some words of the answer, avoiding both canaries: {len(slipped)} slipped through {' '.join(slipped)}")


def proof(text: str) -> str:
    """Find everything covered but both canaries: a model that knows our tricks, and nothing else."""
    prompt = read_prompt(text)
    if prompt is None:
        return PROBE
    reply = json.loads(gullible(quotable, canary=False)(text))
    denials = {wording.say("denial", text="") for wording in (prompts.load("judge", "zh"), prompts.load("judge", "en"))}
    for handle in prompt.asked:
        if prompt.points[handle].startswith(tuple(denials)):
            reply[handle]["verdict"] = "missing"
    return json.dumps(reply, ensure_ascii=False)


def prefix(answers: list[Gold]) -> None:
    model = ScriptedModel(spoken(gullible(lambda answer: "", canary=False)))
    judge = LLMJudge(model)
    shares, lengths = [], []
    for rubric in {one.rubric.id: one.rubric for one in answers}.values():
        asked = []
        for filler in ("甲", "乙"):
            judge.judge(rubric, filler * 150)
            asked.append("".join(message.content for message in model.asked[-1]))
        same = next(i for i, (a, b) in enumerate(zip(*asked, strict=False)) if a != b)
        lengths.append(len(asked[0]))
        shares.append(same / len(asked[0]))
    print(
        f"\nprompt of an answer of 150 characters: {sum(lengths) / len(lengths):.0f} characters (mean of 7 questions),"
    )
    print(f"of which the same for every answer: {sum(shares) / len(shares):.1%} (least {min(shares):.1%})")


def main() -> None:
    answers = gold()
    judge, alone, source = offline(answers)
    judges: dict[str, Callable[[LLMJudge], Any]] = {
        "llm": lambda llm: llm,
        "hybrid": lambda llm: HybridJudge(judge, llm),
        "cascade": lambda llm: HybridJudge(judge, llm, when=When.UNCERTAIN),
    }
    print(f"dev, {len(answers)} answers; offline judge: {source}\n")
    plumbing(answers, judges, alone)
    attacks(answers, judges["hybrid"], alone)
    prefix(answers)


if __name__ == "__main__":
    main()
