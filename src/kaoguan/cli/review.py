"""`kaoguan review`: a person looks at the grades that are least sure, and overrules them."""

import csv
import getpass
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kaoguan import config, prompts
from kaoguan.cli.options import RubricsFolder
from kaoguan.files import open_answers
from kaoguan.files.checked_rows import Accepted, checked_rows
from kaoguan.files.replacing import replacing
from kaoguan.models import Grade, Label, Rubric
from kaoguan.prompts import Wording
from kaoguan.report.phrases import Phrases
from kaoguan.rubrics import bank
from kaoguan.rulings import ToReview
from kaoguan.rulings.in_files import (
    FileRuling,
    Looked,
    ReviewLine,
    overruled,
    queue,
    read_grades,
    read_rulings,
    rulings_path,
    sample,
)
from kaoguan.rulings.overruling import RULING_LABELS, typed
from kaoguan.text import one_line, printable
from kaoguan.text.numbers import number


def command(
    grades: Annotated[Path, typer.Argument(metavar="GRADES", help="JSON Lines that kaoguan grade wrote.")],
    rubrics: RubricsFolder = None,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="The answers that were graded, to see them whole.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who looks (default: your login).")] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="Look at so many.")] = None,
    sample: Annotated[
        Path | None, typer.Option("--sample", metavar="FILE", help="Write what was looked at for kaoguan calibrate.")
    ] = None,
) -> None:
    """Walk through the answers that need a person, most doubtful first, and overrule verdicts.

    GRADES stays as it is; rulings go to GRADES.review.jsonl with who, why and when. --sample writes the answers looked
    at, with the scores they came to, as CSV for `kaoguan calibrate` (it needs --answers).
    """
    chosen = bank(rubrics)
    graded = read_grades(grades)
    rulings = read_rulings(rulings_path(grades))
    wording = prompts.load("review", config.load().screen)
    texts = _texts(answers, chosen)
    waiting = queue(graded, chosen, rulings)[:limit]
    phrases = Phrases(config.load().screen)
    walk = _Walk(
        {(grade.id, grade.rubric_id): grade for grade in graded}, chosen, texts, wording, phrases, who or _login()
    )
    seen, changed = walk.through(waiting, rulings, rulings_path(grades))
    if not waiting:
        typer.echo(wording.say("empty"), err=True)
    typer.echo(wording.say("done", seen=str(seen), changed=str(changed), path=str(rulings_path(grades))), err=True)
    if sample:
        _write_sample(sample, graded, chosen, read_rulings(rulings_path(grades)), texts)


_Key = tuple[str, str]
"""Id and question: the same student may answer many."""


class _Walk:
    def __init__(
        self,
        grades: Mapping[_Key, Grade],
        rubrics: Mapping[str, Rubric],
        texts: Mapping[_Key, str],
        wording: Wording,
        phrases: Phrases,
        who: str,
    ) -> None:
        self._grades = grades
        self._rubrics = rubrics
        self._texts = texts
        self._say = wording.say
        self._phrases = phrases
        self._who = who
        # What a person may type for a verdict, beside the English words; or one key after the point's number.
        words = {phrases.say(label.value).casefold(): label for label in RULING_LABELS.values()}
        keys = dict(zip("cpmx", (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED), strict=True))
        self._labels = words | keys

    def through(self, waiting: list[ToReview], rulings: list[ReviewLine], path: Path) -> tuple[int, int]:
        """Return how many answers were looked at and how many verdicts overruled; each is on disk at once."""
        seen = changed = 0
        for place, one in enumerate(waiting, start=1):
            typer.echo("\n" + self._say("progress", number=str(place), total=str(len(waiting))))
            self._show(one)
            made = self._ask(self._grades[one.id, one.rubric_id], rulings)
            if made is None:
                break
            with path.open("a", encoding="utf-8") as file:
                file.writelines(ruling.model_dump_json() + "\n" for ruling in made)
            rulings += made
            seen += bool(made)
            changed += sum(isinstance(ruling, FileRuling) for ruling in made)
        return seen, changed

    def _show(self, one: ToReview) -> None:
        grade, rubric = self._grades[one.id, one.rubric_id], self._rubrics[one.rubric_id]
        score = number(grade.score)
        reasons = self._phrases.say("comma").join(map(self._phrases.reason, one.reasons))
        typer.echo(one_line(self._say("head", id=one.id, score=score, value=f"{one.value:g}", reasons=reasons)))
        typer.echo(self._say("question", question=rubric.question))
        typer.echo(self._say("answer") if (one.id, one.rubric_id) in self._texts else self._say("no_answer"))
        typer.echo(printable(self._texts.get((one.id, one.rubric_id), "")))
        texts = {point.id: point.text for point in rubric.key_points}
        for place, verdict in enumerate(grade.verdicts, start=1):
            text = texts.get(verdict.key_point, verdict.key_point)
            typer.echo(
                self._say("point", number=str(place), verdict=self._phrases.say(verdict.verdict.value), text=text)
            )
            if verdict.evidence:
                typer.echo(self._say("evidence", words=one_line(verdict.evidence)))

    def _ask(self, grade: Grade, rulings: list[ReviewLine]) -> list[ReviewLine] | None:
        """Return the rulings on one answer, none where it was skipped; None at the end."""
        made: list[ReviewLine] = []
        while True:
            typer.echo(self._say("ask"), nl=False)
            line = sys.stdin.readline()
            said = line.strip()
            if not line or said == "q":
                return made or None
            if said == "s":
                return made
            if said in ("?", "？", "h"):
                typer.echo(self._say("help", verdicts=", ".join(self._labels)))
                continue
            if said == "u":
                undone = made.pop() if made else None
                typer.echo(self._say("undone" if isinstance(undone, FileRuling) else "nothing_to_undo"))
                continue
            if not said:
                return [*made, Looked(id=grade.id, rubric_id=grade.rubric_id, who=self._who, at=datetime.now(UTC))]
            ruling = _ruling(said, grade, self._who, self._labels)
            if ruling is None:
                typer.echo(self._say("unclear"))
                continue
            rubric = self._rubrics[grade.rubric_id]
            before = overruled(rubric, grade, [*rulings, *made]).score
            made.append(ruling)
            after = overruled(rubric, grade, [*rulings, *made]).score
            typer.echo(
                self._say(
                    "recorded",
                    was=self._phrases.say(str(ruling.was)),
                    verdict=self._phrases.say(str(ruling.verdict)),
                    before=str(before),
                    after=str(after),
                )
            )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "?"


def _ruling(said: str, grade: Grade, who: str, labels: dict[str, Label]) -> FileRuling | None:
    """Return the ruling that a line such as `2 partial why`, `2=部分` or `2p` makes."""
    said = re.sub(r"^(\d+)([cpmx])\b", r"\1 \2", said)
    verdicts = {verdict.key_point: verdict.verdict for verdict in grade.verdicts}
    read = typed(said, list(verdicts), labels)
    if read is None:
        return None
    key_point, label, why = read
    return FileRuling(
        id=grade.id,
        rubric_id=grade.rubric_id,
        key_point=key_point,
        was=verdicts[key_point],
        verdict=label,
        who=who,
        why=why,
        at=datetime.now(UTC),
    )


def _texts(answers: str | None, rubrics: Mapping[str, Rubric]) -> dict[_Key, str]:
    if answers is None:
        return {}
    with open_answers(answers, sys.stdin.buffer) as file:
        rows = checked_rows(file, rubrics)
        return {
            (row.submission.id, row.submission.rubric_id): row.submission.answer
            for row in rows
            if isinstance(row, Accepted)
        }


def _write_sample(
    path: Path,
    grades: list[Grade],
    rubrics: Mapping[str, Rubric],
    rulings: list[ReviewLine],
    texts: Mapping[_Key, str],
) -> None:
    with replacing(path, "utf-8-sig") as file:
        writer = csv.DictWriter(file, ("id", "rubric_id", "answer", "score"))
        writer.writeheader()
        writer.writerows(sample(grades, rubrics, rulings, texts))
