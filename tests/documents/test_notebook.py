"""Jupyter notebooks."""

import json
from pathlib import Path

import pytest

from kaoguan.documents import find, read
from kaoguan.errors import DocumentError


def written(folder: Path, notebook: object) -> Path:
    """Return the path of a notebook with this content."""
    path = folder / "notes.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def test_markdown_cells_are_read_as_markdown_and_what_a_cell_printed_is_left_out(tmp_path: Path) -> None:
    code = {"cell_type": "code", "source": "print(1)", "outputs": [{"text": ["printed"]}]}
    cells = [{"cell_type": "markdown", "source": ["## 什么是动量？\n", "动量是**滑动平均**。"]}, code]
    document = read(written(tmp_path, {"cells": cells, "nbformat": 4}))
    shown = [(line.text, line.heading_level, line.code) for line in document.lines if line.text]
    assert shown == [("什么是动量？", 2, False), ("动量是滑动平均。", None, False), ("print(1)", None, True)]


def test_headings_and_cells_of_the_old_version_are_read(tmp_path: Path) -> None:
    cells = [{"cell_type": "heading", "level": 1, "source": "动量"}, {"cell_type": "code", "input": "x = 1"}]
    document = read(written(tmp_path, {"worksheets": [{"cells": cells}], "nbformat": 3}))
    assert [line.text for line in document.lines if line.text] == ["动量", "x = 1"]


@pytest.mark.parametrize("content", ["{", "[1]", '{"cells": 3}', '{"cells": [null, {"source": 3}]}'])
def test_what_is_no_notebook_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "notes.ipynb"
    path.write_text(content, "utf-8")
    with pytest.raises(DocumentError):
        read(path)


def test_a_folder_is_searched_for_notebooks(tmp_path: Path) -> None:
    path = written(tmp_path, {"cells": []})
    assert find([tmp_path]).documents == (path,)
