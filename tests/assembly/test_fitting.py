"""Models of one's own: what is asked of them, how they are fitted, and what a fit belongs to."""

import importlib.util
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kaoguan import Grader, config, fit
from kaoguan.assembly.fitting import fitted_map, left_out
from kaoguan.errors import CalibrationError, SettingError
from kaoguan.grading.offline import fitted
from kaoguan.grading.offline.fitted import Agreement, Fit, Joining
from kaoguan.grading.offline.likeness import ByPairs, BySimilarity, Compared
from kaoguan.grading.offline.ruling import labelled
from kaoguan.grading.offline.second import LEAST_AGAINST
from kaoguan.rubrics import load_bundled
from tests.conftest import ROOT

Rows = NDArray[np.float32]
RUBRIC = load_bundled()["optimizer"]


class Boxes:
    """Counts characters in boxes, and the calls."""

    def __init__(self, id: str = "test:boxes") -> None:
        self.id = id
        self.calls = 0
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> Rows:
        self.calls += 1
        self.texts += len(texts)
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text + " ":
                row[zlib.crc32(character.encode()) % 64] += 1
        unit: Rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


class Lengths:
    """A cross-encoder that compares lengths."""

    id, outputs = "test:lengths", 2

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Rows:
        return np.array([(len(a) - len(b), len(set(a) & set(b))) for a, b in pairs], np.float32)


def a_fit(name: str, id: str = "test:boxes", beside: dict[str, str] | None = None) -> Fit:
    from datetime import UTC, datetime

    none = Agreement(accuracy=None, kappa=None, pearson=None, rmse=None)
    joining = Joining(centre=(0.0,), scale=(1.0,), weights=((0.0,) * 4,), bias=(0.0,) * 4)
    about = {"quick": True, "questions": 1, "answers": 1, "key_points": 1, "seconds": 1.0}
    known = {"at": datetime.now(UTC), "agreement": none, "bundled": none, "joining": joining, "beside": beside or {}}
    return Fit.model_validate({"name": name, "kind": "embedder", "id": id} | about | known)


# --- what a model is asked --------------------------------------------------------------------------------------------


def test_an_embedder_is_asked_about_all_answers_at_once_and_each_text_once() -> None:
    model = Boxes()
    asked = [Compared(RUBRIC, ("优化器更新参数", f"第{number}句")) for number in range(20)]
    numbers = BySimilarity(model).compare(asked)
    assert model.calls == 1
    assert model.texts < 20 * 4 + 40
    assert [one.shape for one in numbers] == [(len(RUBRIC.key_points), 8)] * 20
    assert np.array_equal(numbers[7], BySimilarity(Boxes()).compare([asked[7]])[0])


def test_a_clause_that_words_a_point_is_nearest_to_it() -> None:
    points = [point.text for point in RUBRIC.key_points]
    told = BySimilarity(Boxes()).compare([Compared(RUBRIC, (points[0],))])[0]
    assert told[0, 0] == 1
    assert told[:, 0].argmax() == 0


def test_a_rubric_with_one_point_and_no_misconception_can_be_compared() -> None:
    rubric = RUBRIC.model_copy(update={"key_points": RUBRIC.key_points[:1], "misconceptions": ()})
    for model in (BySimilarity(Boxes()), ByPairs(Lengths())):
        assert np.isfinite(model.compare([Compared(rubric, ("优化器",))])[0]).all()


def test_a_cross_encoder_reads_an_answer_whole_and_in_stretches() -> None:
    short, long = Compared(RUBRIC, ("甲", "乙")), Compared(RUBRIC, tuple("甲乙丙丁戊己庚辛壬"))
    one, other = ByPairs(Lengths()).compare([short, long])
    assert one.shape == other.shape == (len(RUBRIC.key_points), 6)
    assert np.array_equal(one[:, 0], one[:, 2])  # one stretch: the whole


def test_nothing_to_ask_is_no_call() -> None:
    model = Boxes()
    assert BySimilarity(model).compare([]) == []
    assert model.calls == 0


# --- fitting ----------------------------------------------------------------------------------------------------------


def test_the_map_finds_the_labels_that_the_numbers_tell() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 600)
    rows = np.concatenate([np.eye(4)[labels] * 3 + rng.normal(size=(600, 4)), rng.normal(size=(600, 3))], axis=1)
    found = fitted_map(rows[:400].astype(np.float32), labels[:400]).probabilities(rows[400:].astype(np.float32))
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    assert (labelled(found, LEAST_AGAINST) == labels[400:]).mean() > 0.85


def test_a_label_that_never_occurs_and_a_number_that_never_changes_are_no_fault() -> None:
    rows = np.ones((30, 5), np.float32)
    rows[:15, 0] = 0
    labels = np.array([0] * 15 + [2] * 15)
    found = fitted_map(rows, labels).probabilities(rows)
    assert np.isfinite(found).all()
    assert (labelled(found, LEAST_AGAINST) == labels).all()


def test_the_wheel_carries_answers_to_questions_that_the_judge_never_learned_from() -> None:
    from kaoguan import embeddings
    from kaoguan.grading.offline import OfflineJudge

    judge = OfflineJudge(embeddings.load("bundled", config.Settings(), config.folders()))
    gold, quick = left_out(), left_out(quick=True)
    assert not {one.rubric.id for one in gold} & judge.fitted_on
    assert {one.rubric.id for one in quick} < {one.rubric.id for one in gold}
    assert all(len(one.labels) == len(one.rubric.key_points) for one in gold)
    assert (ROOT / "src/kaoguan/assembly/data/left_out.json.xz").stat().st_size < 300_000


@pytest.mark.slow
def test_the_pack_is_made_of_the_gold_as_it_is() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    spec = importlib.util.spec_from_file_location("pack", ROOT / "benchmarks/gold/pack.py")
    assert spec
    assert spec.loader
    pack = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pack)
    assert pack.packed() == pack.PACK.read_bytes()


@pytest.mark.slow
def test_a_model_is_fitted_kept_and_heard() -> None:
    model, told = Boxes(), list[tuple[int, int]]()
    with pytest.raises(CalibrationError, match="kaoguan embedders fit test:boxes"):
        Grader.offline(model)
    made = fit(model, quick=True, tell=lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] > 100
    assert made.bundled.kappa
    assert made.agreement.kappa
    # The joint opinion starts from the bundled judge's: a model that knows nothing must not spoil it.
    assert made.agreement.kappa > made.bundled.kappa - 0.03
    grader = Grader.offline(model)
    assert grader.grade(RUBRIC, RUBRIC.reference_answer).score == 100
    assert grader.grade(RUBRIC, "").score == 0
    asked = [(RUBRIC, point.text, point.id) for point in RUBRIC.key_points]
    assert grader.grade_many(asked) == [grader.grade(rubric, answer, id=id) for rubric, answer, id in asked]
    assert grader.identity != Grader.offline().identity
    before = model.texts
    assert fit(model, quick=True).joining == made.joining  # everything it says was kept
    assert model.texts == before


# --- what a fit belongs to --------------------------------------------------------------------------------------------


def test_a_fit_is_kept_under_the_name_and_found_again(tmp_path: Path) -> None:
    names = ["BAAI/bge-m3", "baai/bge-m3", "openai:good", str(tmp_path), "一个/模型"]
    for name in names:
        fitted.save(tmp_path / "judges", a_fit(name))
    assert [fitted.read(tmp_path / "judges", name).name for name in names] == names
    assert {one.name for one in fitted.every(tmp_path / "judges")} == set(names)


def test_a_damaged_fit_is_told_with_the_command_that_mends_it(tmp_path: Path) -> None:
    fitted.place(tmp_path, "a/b").write_text("{")
    with pytest.raises(CalibrationError, match="kaoguan embedders fit a/b"):
        fitted.read(tmp_path, "a/b")
    assert fitted.every(tmp_path) == []


CHANGES = [("other:id", {"calibration": "1"}, "other weights"), ("test:boxes", {"calibration": "2"}, "bundled judge")]


@pytest.mark.parametrize(("id", "beside", "said"), CHANGES, ids=["weights", "judge"])
def test_a_fit_for_something_else_is_refused(id: str, beside: dict[str, str], said: str) -> None:
    made = a_fit("a/b", beside={"calibration": "1"})
    made.check("test:boxes", {"calibration": "1"})
    with pytest.raises(CalibrationError, match=said):
        made.check(id, beside)


def test_the_bundled_judge_needs_no_fit() -> None:
    with pytest.raises(SettingError, match="needs no fit"):
        fit("bundled")
