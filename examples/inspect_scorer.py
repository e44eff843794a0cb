"""A scorer for inspect_ai: a sample's target is the id of a rubric. `inspect eval inspect_scorer.py --model …`."""

from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState, generate

from kaoguan import Grader, rubrics


@scorer(metrics=[mean(), stderr()])
def kaoguan_rubric() -> Scorer:
    """Score 0 to 1 by rubric; an answer that the judge could not rule on is unscored, not zero."""
    grader, bank = Grader.offline(), rubrics.load_bundled()

    async def score(state: TaskState, target: Target) -> Score | None:
        rubric = bank[target.text]
        grade = await grader.grade_async(rubric, state.output.completion, id=str(state.sample_id))
        if grade.score is None:
            return None
        verdicts = {verdict.key_point: verdict.verdict.value for verdict in grade.verdicts}
        return Score(value=grade.score / 100, explanation=grade.feedback, metadata={"verdicts": verdicts})

    return score


@task
def interview_questions() -> Task:
    """Ask a model the bundled questions."""
    samples = [Sample(input=one.question, target=one.id) for one in rubrics.load_bundled().values()]
    return Task(dataset=samples, solver=generate(), scorer=kaoguan_rubric())
