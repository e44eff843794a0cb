"""Grade one answer: the score, where a person's score would likely lie, and what each verdict rests on."""

from kaoguan import Grader, rubrics


def main() -> None:
    """Grade an answer to a bundled question with the offline judge: no key, no network."""
    rubric = rubrics.load_bundled()["optimizer"]
    grade = Grader.offline().grade(rubric, "优化器根据反向传播得到的梯度更新参数，让损失不断变小。")
    print(f"{grade.score} of 100, likely {grade.range}; needs a look: {grade.needs_review}")
    for point, verdict in zip(rubric.key_points, grade.verdicts, strict=True):
        print(f"{verdict.verdict:12} {point.text} <- {verdict.evidence or 'nothing'}")


if __name__ == "__main__":
    main()
