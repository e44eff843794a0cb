"""The offline judge itself: one answer in, one verdict per key point out."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kaoguan import reader
from kaoguan.embeddings import RunEmbedder
from kaoguan.grading.offline import explain
from kaoguan.grading.offline.background import Vectors
from kaoguan.grading.offline.doubt import doubt
from kaoguan.grading.offline.labels import COVERED, LABELS
from kaoguan.grading.offline.likeness import Compared
from kaoguan.grading.offline.model import Weighing, load
from kaoguan.grading.offline.own_words import OwnWords
from kaoguan.grading.offline.prepared import Prepared, prepare
from kaoguan.grading.offline.reading import Encoded, Reading, encode
from kaoguan.grading.offline.review import reasons
from kaoguan.grading.offline.ruling import Ruling, labelled, rule
from kaoguan.grading.offline.second import LEAST_AGAINST, SecondOpinion
from kaoguan.grading.offline.segments import Window
from kaoguan.grading.offline.signals import Signals, read
from kaoguan.models import Judgement, JudgeName, Label, Rubric, StatedMisconception, Verdict

# One file of answers rarely holds more rubrics than this at a time.
_RUBRICS_KEPT = 64
# Of an answer that says nothing, what a person should see.
_WORTH_A_LOOK = {"order": ("injection_suspected",), "jumbled": ("unreadable",), "foreign": ("unreadable",)}


class _Ready(NamedTuple):
    """A rubric made ready: for signals, for the reader, and how both are weighed."""

    prepared: Prepared
    task: reader.Task
    weighing: Weighing


class OfflineJudge:
    """Rules on key points with local vectors. The same rubric and answer give the same ruling in any order.

    Any thread may ask it, in turns. A pickle holds embedder and folder: whoever opens it loads the model anew.
    """

    def __init__(self, embedder: RunEmbedder, *, own: Path | None = None, second: SecondOpinion | None = None) -> None:
        """Take an embedder; the model fitted for it comes with the package or is in `own`. Raises CalibrationError.

        `second` is a model of the user's own, heard beside.
        """
        self._embedder = embedder
        self._own = own
        self._second = second
        self._lock = threading.Lock()
        self._model = load(embedder.id, own)
        self._reader = reader.bundled()
        self._ready: dict[str, _Ready] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), own=self._own, second=self._second), (self._embedder,)

    @property
    def name(self) -> JudgeName:
        """Return "offline"."""
        return JudgeName.OFFLINE

    @property
    def model(self) -> None:
        """Return that no language model rules."""
        return None

    @property
    def fingerprints(self) -> dict[str, str]:
        """Return the embedder's id and the hash of all that was learned."""
        learned = f"{self._model.fingerprint} {self._reader.fingerprint}"
        ours = {"embedder": self._embedder.id, "calibration": hashlib.sha256(learned.encode()).hexdigest()[:16]}
        if self._second is None:
            return ours
        joined = f"{ours['calibration']}+{self._second.fingerprint}"
        return ours | {"embedder": self._second.embedder, "calibration": joined}

    @property
    def fitted_on(self) -> frozenset[str]:
        """Return the ids of the rubrics whose labelled answers the model has seen."""
        return self._model.fitted_on

    def judge(self, rubric: Rubric, answer: str) -> Judgement:
        """Return one verdict per key point, in the rubric's order."""
        return self.judge_many([(rubric, answer)])[0]

    def judge_many(self, asked: Sequence[tuple[Rubric, str]]) -> list[Judgement]:
        """Return what `judge` returns for each, sooner: their texts are encoded together."""
        with self._lock:
            return self._judged_together(asked)

    def _judged_together(self, asked: Sequence[tuple[Rubric, str]]) -> list[Judgement]:
        readings = [Reading.of(answer) for _, answer in asked]
        silent = list(map(self._silence, readings))
        saying = [reading for reading, why in zip(readings, silent, strict=True) if not why]
        encoded = iter(encode(saying, self._embedder))
        told = iter(self._told([rubric for (rubric, _), why in zip(asked, silent, strict=True) if not why], saying))
        return [
            _unanswered(rubric, why) if why else self._judged(rubric, answer, reading, next(encoded), next(told))
            for (rubric, answer), reading, why in zip(asked, readings, silent, strict=True)
        ]

    def opinion(self, rubric: Rubric, answer: str) -> tuple[Compared, Vectors] | None:
        """Return the answer as another model is asked about it, and the probabilities of each key point's labels.

        Their shape is (key points, 4): covered, partial, missing, contradicted. None for an answer that says nothing.
        """
        reading = Reading.of(answer)
        if self._silence(reading):
            return None
        with self._lock:
            _, _, ruling = self._ruled(rubric, reading, encode([reading], self._embedder)[0])
        return _compared(rubric, reading), ruling.probabilities

    def _told(self, rubrics: Sequence[Rubric], readings: Sequence[Reading]) -> Sequence[Vectors | None]:
        """Return what the user's own model says of each answer, where there is one."""
        if self._second is None:
            return [None] * len(readings)
        return self._second.compare([_compared(rubric, one) for rubric, one in zip(rubrics, readings, strict=True)])

    def _ruled(self, rubric: Rubric, reading: Reading, encoded: Encoded) -> tuple[_Ready, Signals, Ruling]:
        ready = self._made_ready(rubric)
        signals = read(ready.prepared, reading, encoded, self._model.background)
        told = self._reader.read(ready.task, reading.text)
        return ready, signals, rule(self._model, ready.weighing, ready.prepared.share, signals, told)

    def _judged(
        self, rubric: Rubric, answer: str, reading: Reading, encoded: Encoded, told: Vectors | None
    ) -> Judgement:
        (prepared, _, weighing), signals, ruling = self._ruled(rubric, reading, encoded)
        if self._second is not None and told is not None:
            joined = self._second.joined(ruling.probabilities, told)
            ruling = replace(ruling, probabilities=joined, labels=labelled(joined, LEAST_AGAINST))
        said = {part.text for part in reading.answering}
        if prepared.own_words.made_of(reading.text.text):
            ruling = _word_for_word(prepared.own_words, reading.text.text, ruling)
        stated = _stated(prepared, ruling, signals, reading, answer)
        if prepared.reference_clauses and prepared.reference_clauses <= said:
            verdicts = tuple(_recited(rubric, prepared, i, reading, answer) for i in range(prepared.points))
            return Judgement(verdicts=verdicts, misconceptions=stated, review_reasons=("contains_reference",))
        verdicts = tuple(_verdict(rubric, i, ruling, signals, reading, answer) for i in range(prepared.points))
        unsure = doubt(weighing.doubt, ruling, prepared.share) > weighing.doubt_threshold
        review = reasons(ruling, signals, reading, unsure=unsure)
        return Judgement(verdicts=verdicts, misconceptions=stated, review_reasons=review)

    def _silence(self, reading: Reading) -> str:
        """Return why an answer says nothing to the question, or "" where it says something."""
        if not reading.windows:
            return "order" if reading.orders else "foreign" if reading.foreign else "empty"
        if reading.asks:
            return "asks"
        return "jumbled" if self._reader.jumbled(reading.text) else ""

    def _made_ready(self, rubric: Rubric) -> _Ready:
        """Return the rubric made ready, from memory when it was judged before."""
        key = rubric.fingerprint
        if key not in self._ready:
            if len(self._ready) >= _RUBRICS_KEPT:
                self._ready.clear()
            prepared = prepare(rubric, self._embedder, self._model.background)
            task = self._reader.task(rubric.question, [point.text for point in rubric.key_points])
            self._ready[key] = _Ready(prepared, task, self._model.weighing(rubric))
        return self._ready[key]


def _verdict(rubric: Rubric, i: int, ruling: Ruling, signals: Signals, reading: Reading, answer: str) -> Verdict:
    label = LABELS[ruling.labels[i]]
    confidence = float(ruling.probabilities[i, ruling.labels[i]])
    quote = ("", None) if label is Label.MISSING else _quote(reading, reading.windows[signals.evidence[i]], answer)
    why = explain.reason(label, {name: float(column[i]) for name, column in signals.columns.items()})
    return Verdict(
        key_point=rubric.key_points[i].id,
        verdict=label,
        evidence=quote[0],
        span=quote[1],
        explanation=explain.sentence(why, rubric.language, confidence),
        confidence=round(confidence, 4),
        covered_probability=round(float(ruling.probabilities[i, COVERED]), 4),
        judge=JudgeName.OFFLINE,
    )


def _word_for_word(own: OwnWords, text: str, ruling: Ruling) -> Ruling:
    """Return the ruling on an answer in the rubric's own words: a key point that stands there is covered."""
    labels, probabilities = ruling.labels.copy(), ruling.probabilities.copy()
    for i in own.stated(text):
        labels[i], probabilities[i] = COVERED, np.eye(len(LABELS), dtype=np.float32)[COVERED]
    return replace(ruling, labels=labels, probabilities=probabilities, misconceptions=ruling.misconceptions & False)


def _stated(
    prepared: Prepared, ruling: Ruling, signals: Signals, reading: Reading, answer: str
) -> tuple[StatedMisconception, ...]:
    found = []
    for i in np.flatnonzero(ruling.misconceptions):
        window = reading.windows[signals.evidence[prepared.points + i]]
        if prepared.own_words.made_of(window.text):
            continue
        evidence, span = _quote(reading, window, answer)
        found.append(StatedMisconception(id=prepared.rubric.misconceptions[i].id, evidence=evidence, span=span))
    return tuple(found)


def _recited(rubric: Rubric, prepared: Prepared, i: int, reading: Reading, answer: str) -> Verdict:
    """Return the verdict on a key point of an answer that contains the whole reference answer word for word."""
    wording = prepared.reference[prepared.stretches[i]]
    texts: Sequence[str] = [window.text for window in reading.windows]
    # The same clauses may be grouped otherwise in the answer; any of its windows will then do as a quotation.
    window = reading.windows[texts.index(wording.text)] if wording.text in texts else reading.windows[0]
    evidence, span = _quote(reading, window, answer)
    return Verdict(
        key_point=rubric.key_points[i].id,
        verdict=Label.COVERED,
        evidence=evidence,
        span=span,
        explanation=explain.sentence("reference", rubric.language),
        confidence=1.0,
        judge=JudgeName.OFFLINE,
    )


def _compared(rubric: Rubric, reading: Reading) -> Compared:
    return Compared(rubric, tuple(part.text for part in reading.answering))


def _unanswered(rubric: Rubric, why: str) -> Judgement:
    """Return the judgement on an answer that says nothing to the question, and why it does not."""
    known = {"verdict": Label.MISSING, "explanation": explain.sentence(why, rubric.language), "confidence": 1.0}
    verdicts = tuple(Verdict(key_point=one.id, judge=JudgeName.OFFLINE, **known) for one in rubric.key_points)
    return Judgement(verdicts=verdicts, review_reasons=_WORTH_A_LOOK.get(why, ()))


def _quote(reading: Reading, window: Window, answer: str) -> tuple[str, tuple[int, int]]:
    start, end = reading.text.span(window.start, window.end)
    return answer[start:end], (start, end)
