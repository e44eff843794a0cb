"""Random strings of every nasty sort: no crash, a real score, verbatim evidence.

120 by default; `KAOGUAN_FUZZ=10000 pytest tests/grading/offline/test_fuzz.py` for a long run.
"""

import os
import random

from kaoguan.grading import Grader
from kaoguan.models import Rubric

COUNT = int(os.environ.get("KAOGUAN_FUZZ", "120"))
ALPHABETS = [
    "".join(map(chr, range(32))) + "\x7f\x85\u2028\u200b\u200d\u202e\ufeff\ufffe",
    "😀🚀👨‍👩‍👧‍👦🇨🇳\U0001f9ff\U000e0001",
    "梯度消失爆炸欠过拟合正则化优化器参数更新的了是不没有，。；：？！、（）「」",
    "優化器損失函數參數梯度繁體",
    "abcdefghij ABC .,;:!?()[]{}<>/\\\"'`~@#$%^&*_-+=|0123456789",
    "ابجد हिन्दी ไทย한국어日本語カタカナﾊﾝｶｸé̂ñ",
    "\ud800\udfff\U0010ffff\U00020000",
    "ＡＢＣ１２３，．；：（）",
]


def nasty(rng: random.Random) -> str:
    """Return a string of one or several alphabets, mostly short, sometimes very long."""
    chosen = "".join(rng.sample(ALPHABETS, rng.randint(1, 3)))
    length = rng.choice([1, 3, 10, 40, 200, 1000]) if rng.random() < 0.998 else 1_000_000
    unit = "".join(rng.choices(chosen, k=min(length, 1000)))
    return unit if length <= 1000 else unit * (length // 1000)


def test_random_strings_are_graded(grader: Grader, bank: dict[str, Rubric]) -> None:
    rng = random.Random(20261122)
    keys = sorted(bank)
    for number in range(COUNT):
        answer = nasty(rng)
        grade = grader.grade(bank[rng.choice(keys)], answer)
        assert grade.score is not None and 0 <= grade.score <= 100, (number, answer[:100])
        for verdict in grade.verdicts:
            assert verdict.span is None or answer[slice(*verdict.span)] == verdict.evidence, (number, answer[:100])
