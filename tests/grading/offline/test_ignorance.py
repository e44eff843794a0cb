"""Who says that he does not know has said nothing; what else he says is read."""

import pytest

from kaoguan.text.readable import readable


@pytest.mark.parametrize(
    "said",
    [
        "不知道",
        "我也不太清楚",
        "未作答",
        "I don't know",
        "I don’t remember at all.",
        "Sorry, I really don't know this one.",
        "No idea, sorry.",
        "idk",
        "No submission.",
    ],
)
def test_ignorance_says_nothing(said: str) -> None:
    assert readable(said).text == ""


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("momentum. I don't know the rest.", "momentum"),
        ("it updates weights; don't remember the details at all", "it updates weights"),
        ("更新参数，其他的不知道", "更新参数"),
        ("the model has no idea about unseen words", "the model has no idea about unseen words"),
        ("we do not know the answer in advance", "we do not know the answer in advance"),
    ],
)
def test_the_rest_is_read(said: str, read: str) -> None:
    assert readable(said).text == read
