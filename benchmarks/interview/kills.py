"""Does a kill at any moment lose an answer?

    python benchmarks/interview/kills.py [--runs 50] [--seed 1]

Each run types an interview (keyword judge, real terminal, real database) and is killed with SIGKILL a random time after
an answer was submitted or while one is being typed. What had been submitted (its follow-up was on the screen, or the
process had reported it on disk) must be in the database; then the interview is resumed, and must show the very question
or follow-up that the stored turns lead to.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.interview.person import CTRL_D, Person

from kaoguan.grading import Grader
from kaoguan.interview import Interview
from kaoguan.session import Kind
from kaoguan.store import Store
from kaoguan.testing import KeywordJudge


def main() -> None:
    """Print one line per run, and the sum."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    lost = misplaced = submitted = unseen = 0
    for run in range(1, options.runs + 1):
        with tempfile.TemporaryDirectory() as home:
            os.environ["KAOGUAN_HOME"] = home
            certain, last = killed(chance)
            kept, place = stored(Path(home))
            lost += sum(answer not in kept for answer in certain)
            submitted += len(certain)
            unseen += last in kept
            right = resumes_to(place)
            misplaced += not right
            where = "to" if right else "ELSEWHERE THAN"
            print(f"{run:3} submitted {len(certain)} kept {len(kept)} resumed {where} {place}")
    print(
        f"{options.runs} kills: {submitted} submitted answers, {lost} lost; {unseen} answers under way were stored "
        f"already; {misplaced} resumed elsewhere"
    )
    sys.exit(bool(lost or misplaced))


def killed(chance: random.Random) -> tuple[list[str], str]:
    """Return the answers that were certainly submitted before the kill, and the one that was under way."""
    certain: list[str] = []
    with Person(lines=50) as person:
        person.see("Enter 提交")
        for number in range(chance.randint(0, 4)):
            answer = f"第 {number} 个回答"
            person.type(answer).see(answer).type(CTRL_D)
            certain.append(answer)
            # The next prompt stands below the follow-up.
            person.until(lambda: sum(row.startswith(">") for row in person.shown.split("\n")) > len(certain)).settle()
        last = f"最后的回答 {chance.random():.6f}"
        person.type(last)
        if chance.random() < 0.7:
            person.see(last).type(CTRL_D)
        time.sleep(chance.uniform(0, 0.05))
        person.kill()
    return certain, last


def stored(home: Path) -> tuple[list[str], str]:
    """Return the answers in the database, and what a machine without a terminal asks next."""
    with Store.open(home / "kaoguan.db") as store:
        if not store.count():  # killed before the first answer: there is nothing to go on with
            return [], ""
        session = store.latest()
        answers = [turn.text for turn in store.turns(session.id) if turn.kind is Kind.ANSWER]
        # A copy of the turns in memory: to look must not change what is resumed below.
        memory = Store.in_memory()
        memory.create(session)
        for turn in store.turns(session.id):
            memory.append(session.id, turn)
        return answers, Interview.resume(session.id, Grader(KeywordJudge()), memory).question


def resumes_to(place: str) -> bool:
    """Return whether the resumed terminal shows the place."""
    if not place:
        return True
    with Person("--resume") as person:
        try:
            person.see("接着上次的地方继续").see(place, seconds=5).see("Enter 提交")
        except AssertionError:
            return False
        return True


if __name__ == "__main__":
    main()
