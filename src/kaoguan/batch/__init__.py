"""Answer files in, grade files out.

    with open_answers("answers.csv", sys.stdin.buffer) as answers:
        run = Run(answers, rubrics, engine.local(make_grader, rubrics))
        summary = run.to_file(Path("grades.jsonl"), "jsonl")

rows, answers               a file becomes rows, whatever wrote it
submissions, strict         rows checked against the rubrics; strict: all of them or none
engine                      submissions become grades: `local` today; others give the same grades in the same order
grades, output              grades become lines or a table, in place in full or not at all
"""

from kaoguan.batch.answers import Answers, open_answers
from kaoguan.batch.run import Run, Summary

__all__ = ["Answers", "Run", "Summary", "open_answers"]
