"""A small bank with words that the keyword judge can find."""

from kaoguan.models import KeyPoint, Misconception, Rubric, Source
from kaoguan.testing import make_rubric

DOCUMENT = "笔记.txt"


def rubric(number: int, *, follow_ups: bool = True) -> Rubric:
    """Return a rubric with three points: 甲 (weight 3), 乙 (2) and 丙 (1), and one misconception."""
    names = {"甲": 3, "乙": 2, "丙": 1}
    points = tuple(
        KeyPoint(
            id=f"p{index}",
            text=f"第{number}题的{name}要点成立",
            weight=weight,
            follow_up=f"还想听听{name}方面的看法（{number}）？" if follow_ups else None,
            note=f"{name}的讲解（{number}）。",
            source=Source(document=DOCUMENT, lines=(index, index + 1)),
        )
        for index, (name, weight) in enumerate(names.items(), start=1)
    )
    return make_rubric(
        *points,
        id=f"q{number}",
        topic=f"话题{number}",
        difficulty=2,
        question=f"请谈谈主题{number}",
        reference_answer="。".join(point.text for point in points),
        misconceptions=(Misconception(id="m1", text=f"误以为{number}无所谓", follow_up="依据是什么？"),),
        source=Source(document=DOCUMENT),
    )


PERFECT = "第{0}题的甲要点成立，第{0}题的乙要点成立，第{0}题的丙要点成立"
