"""From words to things that work: who rules, where the work is done, which questions an interview asks.

    judging("hybrid", model="gpt-4.1-mini").grader().grade(rubric, answer)

    with engine("local", judging("offline"), bank) as work, open_answers("answers.csv", sys.stdin.buffer) as answers:
        Run(answers, bank, work.engine).to_file(Path("grades.jsonl"), "jsonl")

The words are those of the command line: the options of `kaoguan grade` and `kaoguan interview` come to these calls, and
a program of yours has the same choice. `None` means what is configured.

judges      --judge, --embedder, --model, --calls, --llm-when, --calibration: graders
engines     --engine, --concurrency, --max-cost …: an engine, and what it has spent
plan        --topic, --rubric, --difficulty, --questions, --due …: the plan of an interview
interviews  the plan's grader and its voice
grounding   whether words support a claim: what keeps a language model's rubrics to their documents
"""

from typing import TYPE_CHECKING

from kaoguan.faces import face

if TYPE_CHECKING:
    from kaoguan.assembly.engines import Account, Work, engine
    from kaoguan.assembly.judges import Judging, judging

__getattr__ = face(
    __name__,
    {
        "Account": "kaoguan.assembly.engines",
        "Judging": "kaoguan.assembly.judges",
        "Work": "kaoguan.assembly.engines",
        "engine": "kaoguan.assembly.engines",
        "judging": "kaoguan.assembly.judges",
    },
)

__all__ = ["Account", "Judging", "Work", "engine", "judging"]
