"""Fitting of the head: how signals and reader are weighed, and what makes a ruling doubtful."""

from collections.abc import Callable, Iterator

import numpy as np
from learn import boosted, tree_arrays
from measures import Agreement, agreement
from sklearn.linear_model import LogisticRegression, Ridge
from table import Answers, Table, by_people

from kaoguan import reader
from kaoguan.grading.offline.doubt import symptoms
from kaoguan.grading.offline.head import OPINIONS, Head, features, softmax
from kaoguan.grading.offline.labels import CREDITS, LABELS
from kaoguan.grading.offline.model import Model, Weighing
from kaoguan.grading.offline.reading import Reading
from kaoguan.grading.offline.ruling import Ruling, labelled
from kaoguan.grading.offline.stated import signs
from kaoguan.grading.scoring import RANGE_LEAST, RANGE_SPREAD

# Groups of questions, each left out in turn to measure.
_GROUPS = 8
# How much answers count: typed ones are what people send, those typed to mislead are rarer, composed ones were
# never typed.
_TYPED, _WRITTEN, _MISLEADING, _COMPOSED = 1.5, 1.0, 0.9, 0.12
_STRENGTH = 0.1
# Few answers are there to learn from: small trees, and few of them.
_TREES = {"max_iter": 60, "max_leaf_nodes": 8, "min_samples_leaf": 40, "l2_regularization": 20}
# So many answers may ask for a look.
FLAGGED = 0.3
# A score that is off by more than this is as bad as one that is off by this.
_WORST = 6.0


class Heads:
    """Heads fitted on answers that neither networks, trees nor reader have seen."""

    def __init__(self, answers: Answers, points: Table, claims: Table, arrays: dict[str, np.ndarray]) -> None:
        """Take the answers, tables of their key points' and misconceptions' signals, networks and trees as arrays."""
        self._answers, self._points, self._claims = answers, points, claims
        self._signals = Model.signals_of(arrays, points.columns)
        self._reader = softmax(_scores(answers, points))
        self._rows = [np.flatnonzero(points.answer == number) for number in np.unique(points.answer)]
        self._features = np.concatenate([features(self._signals[rows], self._reader[rows]) for rows in self._rows])
        self._typed = np.array([row["typed"] for row in answers.rows])
        composed = np.array([not by_people(row) for row in answers.rows])
        misleading = np.array(["-tricky-" in row["id"] for row in answers.rows])
        typed = np.where(misleading, _MISLEADING, _TYPED)
        self._weight = np.where(composed, _COMPOSED, np.where(self._typed, typed, _WRITTEN))
        questions = np.array([row["rubric_id"] for row in answers.rows])
        self._numbers = np.array([points.answer[rows[0]] for rows in self._rows])
        self._question = questions[self._numbers]
        self._by_people = ~composed[self._numbers]
        # One for each group of questions, fitted without it.
        self._heads: list[Head] = []
        self._left_out = self._probabilities_left_out()
        self._symptoms = np.array(
            [symptoms(self._ruling(rows, self._left_out), self._share(rows)) for rows in self._rows]
        )
        self._people = np.array([answers.rows[number]["score"] for number in self._numbers])
        self._ours = np.array([self._score(rows) for rows in self._rows])
        self._doubts = self._doubts_left_out()
        self._signs = self._signs_of(Model.said_of(arrays, claims.columns))

    @property
    def doubt_threshold(self) -> float:
        """Return the doubt above which a person should look."""
        return float(np.quantile(self._doubts[self._by_people], 1 - FLAGGED))

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Return head and doubt, fitted on all answers, as arrays under their names in the file."""
        head = self._fitted(np.ones(len(self._features), bool))
        found = {part: getattr(head, part) for part in ("centre", "scale", "weights", "bias")}
        found |= {"doubt": _linear(self._symptoms, self._error()), "doubt_threshold": np.array(self.doubt_threshold)}
        found["stated"] = self._stated(np.ones(len(self._numbers), bool))
        return {f"{name}_{part}": array for part, array in found.items()} | tree_arrays(f"{name}_trees", head.trees)

    def left_out(self) -> Iterator[tuple[set[str], Weighing]]:
        """Yield groups of questions, each with what is fitted without it."""
        for questions, head in zip(self._groups(), self._heads, strict=True):
            inside = np.isin(self._question, list(questions))
            doubt = _linear(self._symptoms[~inside], self._error()[~inside])
            yield questions, Weighing(head, self._stated(~inside), doubt, self.doubt_threshold)

    def report(self) -> None:
        """Print agreement on questions left out, typed and written answers apart."""
        print(Agreement.HEAD)
        labels = labelled(self._left_out)
        typed = self._typed[self._numbers]
        people = self._by_people
        others = np.array(["-other-" in self._answers.rows[number]["id"] for number in self._numbers])
        groups = {
            "typed": typed & people,
            "typed, not by the rubric's writer": others,
            "written": ~typed,
            "composed": ~people,
        }
        for name, chosen in groups.items():
            if not chosen.any():
                continue
            rows = np.concatenate([rows for rows, inside in zip(self._rows, chosen, strict=True) if inside])
            found = agreement(self._points.label[rows], labels[rows], self._people[chosen], self._ours[chosen])
            print(found.row(f"{name} ({chosen.sum()})"))
            sure = self._doubts[chosen] <= self.doubt_threshold
            rest = (self._ours - self._people)[chosen][sure]
            print(f"\n{name}: flagged {1 - sure.mean():.0%}, RMSE of the others {np.sqrt((rest**2).mean()):.2f}\n")

    def report_range(self) -> None:
        """Print how many scores of people lie in the likely range, and the spread with which four of five would."""
        reaches = []
        for rows in self._rows:
            doubts = self._share(rows) * np.sqrt(1 - self._left_out[rows].max(axis=1))
            reaches.append(100 * np.sqrt(((doubts**2).sum() + doubts.sum() ** 2) / 2))
        off, reaches = 10 * np.abs(self._ours - self._people)[self._by_people], np.array(reaches)[self._by_people]
        inside = np.mean(off <= RANGE_LEAST + RANGE_SPREAD * reaches)
        needed = np.quantile((off - RANGE_LEAST) / np.maximum(reaches, 1e-6), 0.8)
        print(f"likely range: {inside:.0%} inside; spread {RANGE_SPREAD}, for 80 % {needed:.2f}")

    def _fitted(self, chosen: np.ndarray) -> Head:
        rows, label = self._features[chosen], self._points.label[chosen]
        weight = self._weight[self._points.answer[chosen]]
        centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit((rows - centre) / scale, label, sample_weight=weight)
        linear = (part.astype(np.float32) for part in (centre, scale, model.coef_.T, model.intercept_))
        names = [*OPINIONS, *self._points.columns]
        everything = np.concatenate([rows, self._points.matrix(names[len(OPINIONS) :])[chosen]], axis=1)
        return Head(*linear, trees=boosted(everything, label, weight, names, **_TREES))

    def _signs_of(self, said: np.ndarray) -> np.ndarray:
        """Return the signs of all misconceptions, in the order of their table."""
        made = np.zeros((len(said), 6), np.float32)
        for number, rows in zip(self._numbers, self._rows, strict=True):
            own = self._claims.answer == number
            made[own] = signs(said[own], self._left_out[rows], self._share(rows))
        return made

    def _stated(self, chosen: np.ndarray) -> np.ndarray:
        """Return the weights that tell by the signs what is stated, fitted on what people labelled of these answers."""
        own = np.isin(self._claims.answer, self._numbers[chosen]) & self._claims.gold
        rows = self._signs[own]
        centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        model = LogisticRegression(C=1.0, max_iter=3000).fit((rows - centre) / scale, self._claims.label[own])
        weights = model.coef_[0] / scale
        return np.append(weights, model.intercept_[0] - centre @ weights).astype(np.float32)

    def _probabilities_left_out(self) -> np.ndarray:
        made = np.zeros((len(self._features), len(LABELS)), np.float32)

        def one(inside: np.ndarray) -> None:
            answers = np.isin(self._points.answer, self._numbers[inside])
            head = self._fitted(~answers)
            self._heads.append(head)
            for rows, own in zip(self._rows, inside, strict=True):
                if own:
                    columns = {name: column[rows] for name, column in self._points.columns.items()}
                    made[rows] = head.probabilities(columns, self._signals[rows], self._reader[rows])

        self._each_group(one)
        return made

    def _doubts_left_out(self) -> np.ndarray:
        doubts = np.zeros(len(self._rows))

        def one(inside: np.ndarray) -> None:
            weights = _linear(self._symptoms[~inside], self._error()[~inside])
            doubts[inside] = np.maximum(0, self._symptoms[inside] @ weights[:-1] + weights[-1])

        self._each_group(one)
        return doubts

    def _each_group(self, do: Callable[[np.ndarray], None]) -> None:
        for questions in self._groups():
            do(np.isin(self._question, list(questions)))

    def _groups(self) -> list[set[str]]:
        names = np.unique(self._question)
        np.random.default_rng(0).shuffle(names)
        return [set(names[number::_GROUPS].tolist()) for number in range(_GROUPS)]

    def _ruling(self, rows: np.ndarray, probabilities: np.ndarray) -> Ruling:
        nothing = np.zeros(0, np.bool_)
        return Ruling(
            probabilities[rows], labelled(probabilities[rows]), nothing, self._signals[rows], self._reader[rows]
        )

    def _share(self, rows: np.ndarray) -> np.ndarray:
        share: np.ndarray = (self._points.share[rows] / self._points.share[rows].sum()).astype(np.float32)
        return share

    def _score(self, rows: np.ndarray) -> float:
        return 10 * float(np.clip(self._share(rows) @ CREDITS[labelled(self._left_out[rows])], 0, 1))

    def _error(self) -> np.ndarray:
        """Return the squared error of each score: a few that are far off do more harm than many that are a little."""
        return np.minimum(np.abs(self._ours - self._people), _WORST) ** 2


def _linear(rows: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return the weights of a linear model of the squared error, and last its constant."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = Ridge(1.0).fit((rows - centre) / scale, error)
    weights = model.coef_ / scale
    return np.append(weights, model.intercept_ - centre @ weights).astype(np.float32)


def _scores(answers: Answers, points: Table) -> np.ndarray:
    """Return what the reader thinks of each row of the table, (rows, labels)."""
    own, tasks = reader.bundled(), {}
    made = np.zeros((len(points.label), len(LABELS)), np.float32)
    for number in np.unique(points.answer):
        row = answers.rows[number]
        rubric = answers.rubrics[row["rubric_id"]]
        if rubric.id not in tasks:
            tasks[rubric.id] = own.task(rubric.question, [point.text for point in rubric.key_points])
        made[points.answer == number] = own.read(tasks[rubric.id], Reading.of(row["answer"]).text)
    return made
