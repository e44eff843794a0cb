"""reStructuredText: titles by the signs below them, programs, and lines without marks."""

from collections.abc import Callable

from kaoguan.documents import Document
from tests.documents.conftest import texts

Reading = Callable[[str, bytes | str], Document]
NOTES = """.. _queues:

========
消息队列
========

分区
----
一台机器放不下全部消息，所以 **主题** 由 ``N`` 个分区组成，见 :ref:`副本 <replicas>` 和 `手册 <https://example.org>`_。

- 分区内有序
- 分区间无序

位点
~~~~
.. image:: offset.png

提交位点的写法::

    consumer.commit()

.. code-block:: python
   :linenos:

   consumer.seek(0)

读完再提交。

副本
----
+------+----------+
| 角色 | 做什么   |
+======+==========+
| 主   | 读和写   |
+------+----------+
"""


def test_the_sign_below_a_title_says_its_level(reading: Reading) -> None:
    document = reading("notes.rst", NOTES)
    titles = [(line.text, line.heading_level) for line in document.lines if line.heading_level]
    assert titles == [("消息队列", 1), ("分区", 2), ("位点", 3), ("副本", 2)]


def test_a_line_keeps_its_number_and_loses_its_marks(reading: Reading) -> None:
    document = reading("notes.rst", NOTES)
    (said,) = [line for line in document.lines if line.text.startswith("一台")]
    assert said.text == "一台机器放不下全部消息，所以 主题 由 N 个分区组成，见 副本 和 手册。"
    assert said.number == NOTES.split("\n").index(next(one for one in NOTES.split("\n") if one.startswith("一台"))) + 1


def test_programs_are_code_and_what_tools_read_is_removed(reading: Reading) -> None:
    document = reading("notes.rst", NOTES)
    assert [line.text.strip() for line in document.lines if line.code] == [
        "consumer.commit()",
        ":linenos:",
        "consumer.seek(0)",
    ]
    assert [line.text for line in document.removed] == [".. _queues:", ".. code-block:: python"]
    assert "读完再提交。" in texts(document) and "提交位点的写法:" in texts(document)


def test_a_list_and_a_table_are_no_titles(reading: Reading) -> None:
    document = reading("notes.rst", "消息\n\n- 有序\n- 无序\n---\n\na  b\n=  =\n1  2\n")
    assert not [line for line in document.lines if line.heading_level]
