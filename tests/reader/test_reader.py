"""The reader on its own: the same thought about an answer in any company, order and thread."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from kaoguan.reader import Reader, Task, bundled
from kaoguan.text.readable import readable

POINTS = ["优化器根据梯度更新参数", "学习率决定每一步走多远", "动量累积过去的梯度"]
SAID = [
    "优化器更新参数",
    "拿着反向传播算出来的梯度去改权重，步子多大看学习率",
    "momentum adds up past gradients",
    "不清楚",
    "学习率越大收敛越快。" * 80,
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return bundled()


@pytest.fixture(scope="module")
def task(reader: Reader) -> Task:
    return reader.task("优化器在训练里做什么？", POINTS)


def test_scores_are_the_same_bits_in_any_order_and_thread(reader: Reader, task: Task) -> None:
    texts = [readable(text) for text in SAID if readable(text).text]
    alone = [reader.read(task, text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: reader.read(task, text), texts[::-1] * 6))
    for number, scores in enumerate(together):
        assert np.array_equal(scores, alone[::-1][number % len(texts)])


def test_a_claim_is_read_without_regard_to_the_others(reader: Reader, task: Task) -> None:
    text = readable(SAID[1])
    several = reader.read(task, text)[0]
    single = reader.read(reader.task("优化器在训练里做什么？", POINTS[:1]), text)[0]
    np.testing.assert_allclose(single, several, atol=1e-3)


def test_right_wrong_and_unsaid_are_told_apart(reader: Reader) -> None:
    task = reader.task("什么是过拟合？", ["过拟合时训练集误差低而测试集误差高"])
    said = ["训练集上表现很好，测试集上很差", "过拟合是训练集和测试集上误差都很高", "今天天气不错"]
    covered, _, missing, against = (np.stack([reader.read(task, readable(t))[0] for t in said])).T
    assert covered[0] > against[0]
    assert covered[0] > missing[0]
    assert against[1] > covered[1]
    assert missing[2] == max(covered[2], missing[2], against[2])


def test_a_long_answer_is_read_to_its_end(reader: Reader, task: Task) -> None:
    before = readable("今天先说一点别的事情。" * 60)
    after = readable("今天先说一点别的事情。" * 60 + "优化器根据梯度更新参数，学习率决定每一步走多远。")
    assert not np.array_equal(reader.read(task, after), reader.read(task, before))


@pytest.mark.parametrize("said", [*SAID, "GPU等数据 dataloader太慢", "BN训练用batch统计 推理用滑动平均 LN按特征维"])
def test_language_is_no_jumble(reader: Reader, said: str) -> None:
    assert not reader.jumbled(readable(said))


@pytest.mark.parametrize(
    "said",
    [
        "优化器根据反向传播得到的梯度更新参数，让损失函数不断变小，学习率决定每一步的大小",
        "the optimizer updates parameters along the negative gradient and momentum smooths several noisy directions",
    ],
)
def test_characters_in_no_order_are_seen(reader: Reader, said: str) -> None:
    assert reader.jumbled(readable(said[::-1]))
