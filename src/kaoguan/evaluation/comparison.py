"""Systems side by side on the same gold."""

from collections.abc import Mapping, Sequence

from kaoguan.embeddings import Embedder
from kaoguan.evaluation import baselines
from kaoguan.evaluation.agreement import Agreement, measure
from kaoguan.evaluation.gold import GoldAnswer
from kaoguan.evaluation.systems import Rulings
from kaoguan.models import Model, Rubric


class Evaluation(Model):
    """Agreement of systems with one gold set; what `kaoguan evaluate --json` prints.

    `in_sample` are the questions on which the judge was fitted (None: not known, for grades from a file); it does
    better on these than on others.
    Figures are null where they do not exist; intervals are 95 % percentile bootstrap over questions.
    """

    answers: int
    questions: int
    verdicts: int
    in_sample: tuple[str, ...] | None = None
    resamples: int
    seed: int
    systems: tuple[Agreement, ...]
    baselines: tuple[Agreement, ...] = ()


def baseline_rulings(
    gold: Sequence[GoldAnswer], rubrics: Mapping[str, Rubric], embedder: Embedder
) -> dict[str, Rulings]:
    """Return the rulings of both baselines, none for a single question: there is nothing else to fit them on."""
    if len({answer.rubric_id for answer in gold}) < 2:
        return {}
    return {
        "cosine only": baselines.cosine_only(gold, rubrics, embedder),
        "length only": baselines.length_only(gold),
    }


def compare(
    gold: Sequence[GoldAnswer],
    systems: Mapping[str, Rulings],
    baselines: Mapping[str, Rulings],
    *,
    in_sample: Sequence[str] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Return the agreement of every system and baseline with the gold."""

    def measured(named: Mapping[str, Rulings]) -> tuple[Agreement, ...]:
        return tuple(measure(name, gold, own, resamples=resamples, seed=seed) for name, own in named.items())

    return Evaluation(
        answers=len(gold),
        questions=len({answer.rubric_id for answer in gold}),
        verdicts=sum(len(answer.labels) for answer in gold),
        in_sample=None if in_sample is None else tuple(in_sample),
        resamples=resamples,
        seed=seed,
        systems=measured(systems),
        baselines=measured(baselines),
    )
