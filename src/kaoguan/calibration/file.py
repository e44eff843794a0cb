"""A calibration as it is kept: JSON that a person can read, bound to the judge and the rubrics it was fitted with.

Other versions of either grade the same answers otherwise, so a map fitted to them would mislead: it is refused.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from kaoguan.calibration.ngrams import phrases
from kaoguan.calibration.scale import Scale
from kaoguan.errors import CalibrationError
from kaoguan.models import Grade, Model, Rubric, Ruler

_ANEW = "run kaoguan calibrate anew"
_WORDS = {"name": "judge", "prompt": "prompt", "embedder": "embedder", "calibration": "judge model"}


class Figures(Model):
    """How scores compare with the teacher's, on 0-10; None where a figure does not exist."""

    rmse: float | None
    pearson: float | None
    qwk: float | None


class QuestionFit(Model):
    """What was learned about one question; `before` and `after` are cross-validated within the sample.

    Where calibrating did not help, `fit` is "identity", `after` shows what was tried, and scores stay as they are.
    """

    rubric: str
    answers: int
    fit: Literal["identity", "line", "phrases"]
    before: Figures
    after: Figures
    scale: Scale


class FittedJudge(Model):
    """The judge whose scores were fitted: its kind and its fingerprints."""

    name: Ruler
    prompt: str | None = None
    embedder: str | None = None
    calibration: str | None = None


class File(Model):
    """The content of a calibration file; `version` rises when the meaning of a field changes."""

    format: Literal["kaoguan-calibration"] = "kaoguan-calibration"
    version: Literal[1] = 1
    judge: FittedJudge
    questions: Mapping[str, QuestionFit]

    def to_json(self) -> str:
        """Return the file's text; the same content gives the same bytes."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with anything in the file but its layout."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Calibration:
    """A calibration in use; give it to a Grader. `name` is what messages call it."""

    name: str
    file: File

    @property
    def fingerprint(self) -> str:
        """Return the file's."""
        return self.file.fingerprint

    def check(self, judge: Ruler, fingerprints: Mapping[str, str]) -> None:
        """Raise CalibrationError unless it was fitted to this judge."""
        here = FittedJudge(name=judge, **fingerprints)
        for field, wanted in self.file.judge:
            found = getattr(here, field)
            if found != wanted:
                what = f"was fitted with {_WORDS[field]} {wanted or 'none'}, but this is {found or 'none'}"
                raise CalibrationError(self.name, what, _ANEW)

    def check_rubrics(self, rubrics: Iterable[Rubric]) -> None:
        """Raise CalibrationError when any of these has changed since; those it does not cover are no fault."""
        changed = [rubric.id for rubric in rubrics if self._has_changed(rubric)]
        if changed:
            what = f"rubric {', '.join(changed)} has changed since it was fitted"
            raise CalibrationError(self.name, what, f"{_ANEW}, or bring the old rubric back")

    def covers(self, rubric_id: str) -> bool:
        """Return whether answers to this question are calibrated."""
        return rubric_id in self.file.questions

    def calibrated(self, rubric: Rubric, answer: str, grade: Grade) -> Grade:
        """Return the grade with the score the teacher would give; unscored stays so. Raises CalibrationError."""
        question = self.file.questions.get(rubric.id)
        if question is None:
            return grade
        self.check_rubrics([rubric])
        both = [hash_ for hash_ in (grade.fingerprints.calibration, self.fingerprint) if hash_]
        prints = grade.fingerprints.model_copy(update={"calibration": "+".join(both)})
        score = grade.score
        if score is not None:
            # Only a scale that knows phrases needs the answer read.
            seen = phrases(answer) if question.scale.phrases else frozenset()
            score = round(question.scale.score(score, seen), 1)
        moved = None
        if grade.range and score is not None and grade.score is not None:
            low, high = (bound + score - grade.score for bound in grade.range)
            moved = (max(0, floor(low)), min(100, ceil(high)))
        return grade.model_copy(update={"score": score, "range": moved, "fingerprints": prints})

    def _has_changed(self, rubric: Rubric) -> bool:
        question = self.file.questions.get(rubric.id)
        return question is not None and question.rubric != rubric.fingerprint


def read_calibration(path: Path) -> Calibration:
    """Return the calibration kept at `path`. Raises CalibrationError when it is none, or of another version."""
    where = str(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CalibrationError(
            where, f"cannot be read ({error.strerror})", "name a file that kaoguan calibrate wrote"
        ) from error
    except (ValueError, RecursionError) as error:
        raise CalibrationError(where, "is not JSON", "name a file that kaoguan calibrate wrote") from error
    if not isinstance(content, dict) or content.get("format") != "kaoguan-calibration":
        raise CalibrationError(where, "is not a calibration", "name a file that kaoguan calibrate wrote")
    if content.get("version") != 1:
        raise CalibrationError(where, f"has version {str(content.get('version'))[:20]}, not 1", _ANEW)
    try:
        return Calibration(where, File.model_validate(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise CalibrationError(where, f"{place}: {first['msg'].lower()}", f"mend it, or {_ANEW}") from error
