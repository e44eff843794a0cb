"""Grades change only with a new version: else grades that were kept from before would stand beside others.

Where a test here fails and grades are meant to be other than they were, count `kaoguan.grading.grader.VERSION` up and
write the new digests down. The judge's own data have a fingerprint, so a new fit alone needs no new version, only new
digests.
"""

import hashlib
import json

from kaoguan import rubrics
from kaoguan.grading import Grader
from kaoguan.grading.grader import VERSION
from kaoguan.models import Grade
from kaoguan.testing import KeywordJudge
from tests.conftest import ROOT

GOLD = ROOT / "benchmarks" / "gold" / "dev"
# The version, a digest of what the grader makes of a judge's verdicts, and of what the offline judge says.
KNOWN = (3, "6327c61862272498", "f4ffadc02996eabd")


def digest(grader: Grader) -> str:
    bank = rubrics.load_folder(GOLD / "rubrics")
    lines = (GOLD / "answers.jsonl").read_text(encoding="utf-8").splitlines()[::12]
    rows = [json.loads(line) for line in lines]
    grades = grader.grade_many([(bank[row["rubric_id"]], row["answer"], row["id"]) for row in rows])
    return hashlib.sha256(json.dumps([shown(grade) for grade in grades]).encode()).hexdigest()[:16]


def shown(grade: Grade) -> object:
    # Confidences may differ in their last digits from machine to machine.
    return grade.model_dump(mode="json", include={"id", "score", "review_reasons", "misconceptions", "feedback"})


def test_the_grader_adds_up_as_its_version_says() -> None:
    assert (VERSION, digest(Grader(KeywordJudge()))) == KNOWN[:2]


def test_the_offline_judge_says_what_its_version_says() -> None:
    assert (VERSION, digest(Grader.offline())) == (KNOWN[0], KNOWN[2])
