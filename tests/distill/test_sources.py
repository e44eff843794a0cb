"""Sources, lists of open questions and marks of who answers: none of them hides or lengthens an answer."""

import pytest

from tests.distill.test_within import found

SOURCES = """# 协程的调度
参考：
    1. [协程是怎么调度的](https://example.org/a)
    2. 图解调度器

协程由运行时调度，切换时不进内核。

# 为什么协程比线程轻？
协程的栈只有几千字节，创建它不用系统调用。
"""
OPEN = """#### 1. What happens to the logs of a container that restarts?
**Answer:** The logs stay, because the container is the same one.

1. Your image is built anew on every push. How would you cache its layers?

2. A container cannot reach its database. What do you check first?

3. How would you pass a secret to a container?

4. How do you find out who changed an image?
"""
SPOKEN = """## Search
- **Interviewer:** How would you search a billion vectors?

- **Candidate (Short Answer):**
  By an approximate index that is split over many machines.

- **Candidate (Deep Dive):**
  An exact search reads every vector, which takes seconds.
"""
BOLD = """# SQL
## What is an index?
An index is a copy of a column that is kept in order.
## Database normalization
- **First Normal Form (1NF)**

This form asks that every column holds only one value in each of its rows.

- **Second Normal Form (2NF)**

This form asks that every other column depends on the whole of the primary key.

- **Third Normal Form (3NF)**

This form asks that no column depends on another one that is no key.
"""
TOLD = """# Python 的容器
列表有序，可以改动。
- python有哪些基础的数据类型:数字，字符串，列表，元组，字典
- 元组不能改动。
"""


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        pytest.param(SOURCES, "协程的调度", ["协程由运行时调度，切换时不进内核。"], id="sources"),
        pytest.param(
            OPEN,
            "What happens to the logs of a container that restarts?",
            ["The logs stay, because the container is the same one."],
            id="open questions",
        ),
        pytest.param(
            SPOKEN,
            "How would you search a billion vectors?",
            [
                "By an approximate index that is split over many machines.",
                "An exact search reads every vector, which takes seconds.",
            ],
            id="who answers, and how",
        ),
        pytest.param(
            BOLD,
            "First Normal Form (1NF)",
            ["This form asks that every column holds only one value in each of its rows."],
            id="bold titles of a list",
        ),
        pytest.param(TOLD, "python有哪些基础的数据类型", ["数字，字符串，列表，元组，字典"], id="told behind a colon"),
    ],
)
def test_an_answer_is_found_whole_and_alone(text: str, question: str, answer: list[str]) -> None:
    assert found(text)[question] == answer
