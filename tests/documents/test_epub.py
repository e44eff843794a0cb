"""A book is read in the order of its spine."""

from pathlib import Path

import pytest

from kaoguan.documents import RemovalReason, read
from kaoguan.errors import DocumentError
from tests.documents.conftest import epub, texts


def test_chapters_come_in_reading_order(tmp_path: Path) -> None:
    path = epub(tmp_path / "a.epub", {"z": "<h1>第一章</h1><p>甲。</p>", "a": "<h1>第二章</h1><p>乙。</p>"})
    assert texts(read(path)) == ["第一章", "甲。", "第二章", "乙。"]


def test_the_table_of_contents_is_listed_as_removed(tmp_path: Path) -> None:
    path = epub(tmp_path / "a.epub", {"a": "<h1>第一章</h1><p>甲。</p>"}, nav="<p>目录页</p>")
    document = read(path)
    assert texts(document) == ["第一章", "甲。"]
    assert [(line.text, line.reason) for line in document.removed] == [("目录页", RemovalReason.NAVIGATION)]


def test_a_book_protected_against_copying_is_refused(tmp_path: Path) -> None:
    locked = '<encryption><CipherReference URI="OEBPS/text/a.xhtml"/></encryption>'
    path = epub(tmp_path / "a.epub", {"a": "<p>甲。</p>"}, **{"META-INF/encryption.xml": locked})
    with pytest.raises(DocumentError, match="protected against copying"):
        read(path)
