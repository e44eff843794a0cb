"""A rubric of your own in code: what is wrong with it is an error that says where."""

from kaoguan import Grader, KeyPoint, Misconception, Rubric

DROPOUT = Rubric(
    id="dropout",
    language="en",
    topic="regularisation",
    difficulty=2,
    question="What does dropout do, and when?",
    reference_answer="During training, dropout sets a random part of the activations to zero, so that units cannot "
    "rely on one another; this reduces overfitting. At test time it is switched off.",
    key_points=(
        KeyPoint(id="p1", text="During training, dropout sets random activations to zero", weight=3),
        KeyPoint(
            id="p2", text="Dropout reduces overfitting", weight=2, paraphrases=("it makes the network generalise",)
        ),
        KeyPoint(id="p3", text="At test time dropout is switched off", weight=2),
    ),
    misconceptions=(Misconception(id="m1", text="Dropout is also active at test time"),),
)


def main() -> None:
    """Grade an answer by it."""
    answer = "While training it zeroes random activations. That reduces overfitting."
    grade = Grader.offline().grade(DROPOUT, answer)
    print(grade.score, [verdict.verdict.value for verdict in grade.verdicts])
    print(grade.feedback)


if __name__ == "__main__":
    main()
