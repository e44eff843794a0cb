"""Plain text keeps the lines of its file, whatever the encoding."""

import hashlib
from collections.abc import Callable

import pytest

from kaoguan.documents import Document
from tests.documents.conftest import texts

Reading = Callable[[str, bytes | str], Document]
TEXT = "什么是过拟合？\n模型记住了训练数据里的噪声。\n"


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), "utf-16", id="UTF-16"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", id="UTF-16 big-endian"),
        pytest.param(TEXT.encode("utf-16-le"), "utf-16-le", id="UTF-16 without a mark"),
        pytest.param(TEXT.encode("utf-16-be"), "utf-16-be", id="UTF-16 big-endian without a mark"),
        pytest.param(TEXT.encode("gbk"), "gb18030", id="GBK"),
        pytest.param((TEXT + "𠮷").encode("gb18030"), "gb18030", id="GB18030"),
        pytest.param(
            "What’s “overfitting”?\nIt’s learning the noise – naïvely.\n".encode("cp1252"), "cp1252", id="Windows"
        ),
    ],
)
def test_the_encoding_is_found_out(reading: Reading, content: bytes, codec: str) -> None:
    document = reading("a.txt", content)
    assert document.encoding == codec
    assert texts(document)[:2] == content.decode(codec).splitlines()[:2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_numbers_are_those_of_an_editor(reading: Reading, end: str) -> None:
    document = reading("a.txt", end.join(["甲", "", "乙\x0c丙\u2028丁", "戊", ""]))
    assert [(line.number, line.text) for line in document.lines if line.text][-1] == (4, "戊")
    assert len(document.lines) == 4


def test_a_document_is_known_by_its_name_and_bytes(reading: Reading) -> None:
    document = reading("面试题.txt", TEXT)
    assert (document.name, document.sha256) == ("面试题.txt", hashlib.sha256(TEXT.encode()).hexdigest())


def test_invisible_characters_go_and_indentation_stays(reading: Reading) -> None:
    assert texts(reading("a.txt", "甲\n\t乙\u200b丙\u00a0丁  \n")) == ["甲", "    乙丙 丁"]


@pytest.mark.parametrize("text", ["## 什么是 BN？\n\n一种**归一化**。\n\n## 什么是 LN？\n", "```\nx = 1\n```\n# 题\n"])
def test_markdown_in_a_text_file_is_read_as_markdown(reading: Reading, text: str) -> None:
    assert any(line.heading_level for line in reading("a.txt", text).lines)


def test_a_comment_in_a_text_file_is_no_heading(reading: Reading) -> None:
    assert not any(line.heading_level for line in reading("a.txt", "运行：\n# 安装\npip install x\n").lines)
