"""Answer files in, grade files out.

    with open_answers("answers.csv", sys.stdin.buffer) as answers:
        run = Run(answers, rubrics, engine.local(make_grader, rubrics))
        summary = run.to_file(Path("grades.jsonl"), "jsonl")

answers         a file is opened: text_file, workbook, parquet (rows)
submissions     rows checked against the rubrics; strict: all of them or none
engine          submissions become grades, in order, on processes; kept: what is graded once is not graded again
grades, tables  grades become lines or a table; output: in place at one stroke
"""

from kaoguan.batch.answers import Answers, open_answers
from kaoguan.batch.rows import Columns
from kaoguan.batch.run import Run
from kaoguan.batch.summary import Summary

__all__ = ["Answers", "Columns", "Run", "Summary", "open_answers"]
