"""Files that are small and unpack to much are refused before they are unpacked."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kaoguan.errors import AnswersError
from tests.files.test_real_files import read


def workbook(path: Path, rows: str) -> Path:
    """Write a workbook whose rows are this XML."""
    whole = io.BytesIO()
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            part = source.read(name).decode()
            if name.endswith("sheet1.xml"):
                part = part[: part.index("<sheetData")] + f"<sheetData>{rows}</sheetData></worksheet>"
            out.writestr(name, part)
    return path


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * (210 << 20) + "</t></is></c></row>", "is too large"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * (11 << 20) + "</t></is></c></row>", "11 KB unpack to"),
        ("<row/>" * 300_000, "has 300,000 rows, nearly all of them empty"),
        ('<row r="999999999"/>', "which no sheet has"),
        ('<row r="1"><c r="ZZZZ1"/></row>', "which no sheet has"),
    ],
    ids=["too much in all", "a cell of 11 MB", "empty rows", "a row far away", "a column far away"],
)
def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(AnswersError, match=told):
        read(workbook(tmp_path / "a.xlsx", rows), (tmp_path / "a.xlsx").read_bytes())
