"""A judge of your own: one verdict per key point. Score, feedback, files and interviews work with it as with ours."""

from kaoguan import Grader, Interview, Judgement, Label, Plan, Rubric, Verdict, rubrics


class QuotingJudge:
    """Covers a key point where the answer holds its text letter for letter. Implements `kaoguan.Judge`."""

    name = "quoting"
    model = None
    # Of `prompt`, `embedder` and `calibration`, what your verdicts depend on: kept grades are told apart by it.
    fingerprints = {"calibration": "quoting-1"}  # noqa: RUF012 - never changed

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point, in the rubric's order."""
        verdicts = []
        for point in rubric.key_points:
            start = answer.find(point.text)
            there = start >= 0
            verdicts.append(
                Verdict(
                    key_point=point.id,
                    verdict=Label.COVERED if there else Label.MISSING,
                    evidence=point.text if there else "",
                    span=(start, start + len(point.text)) if there else None,
                    confidence=1.0,
                    judge=self.name,
                )
            )
        return Judgement(verdicts=tuple(verdicts))


def main() -> None:
    """Grade with it, and hold an interview with it."""
    rubric = rubrics.load_bundled()["optimizer"]
    grader = Grader(QuotingJudge())
    grade = grader.grade(rubric, rubric.key_points[0].text)
    print(grade.judge, grade.score)
    interview = Interview.start(Plan(rubrics=(rubric,), language="zh", follow_ups=0), grader)
    interview.submit(rubric.key_points[0].text)
    print(interview.report().judge, interview.report().score.final)


if __name__ == "__main__":
    main()
