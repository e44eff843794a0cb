"""Where answers are graded: on the cores of this machine, by calls, by a provider's batches, on a cluster.

    with open_answers("answers.csv", sys.stdin.buffer) as answers:
        run = Run(answers, rubrics, engine.local(make_grader, rubrics))
        summary = run.to_file(Path("grades.jsonl"), "jsonl")

engine          submissions become grades, in order: processes, calls, provider_batches, ray_cluster
grade_cache     what is graded once is not graded again
run             a whole file: submissions to the engine, grades to their place, bad rows to the rejects file
"""

from kaoguan.engines.run import Run, RunSummary

__all__ = ["Run", "RunSummary"]
