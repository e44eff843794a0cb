"""A Word document keeps headings, lists with their numbers, and tables."""

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from kaoguan.documents import Document, RemovalReason, read
from tests.documents.conftest import texts


@pytest.fixture
def notes(tmp_path: Path) -> Document:
    made = docx.Document()
    made.add_heading("NLP 面试题", 0)
    made.add_heading("归一化", 2)
    for question, answer in (("什么是 BN？", "一种归一化方法。"), ("什么是 LN？", "另一种。")):
        made.add_paragraph(question, style="List Number")
        made.add_paragraph(answer)
        made.add_paragraph("加速收敛", style="List Bullet")
    made.add_paragraph().add_run("整行粗体").bold = True
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "BN", "批归一化"
    made.sections[0].header.paragraphs[0].text = "内部资料"
    path = tmp_path / "notes.docx"
    made.save(str(path))
    return read(path)


def test_lists_are_numbered_on_across_their_answers(notes: Document) -> None:
    assert texts(notes) == [
        "NLP 面试题",
        "归一化",
        "1. 什么是 BN？",
        "一种归一化方法。",
        "- 加速收敛",
        "2. 什么是 LN？",
        "另一种。",
        "- 加速收敛",
        "整行粗体",
        "BN | 批归一化",
    ]


def test_headings_and_bold_lines_are_told(notes: Document) -> None:
    found = {line.text: line for line in notes.lines}
    assert (found["NLP 面试题"].heading_level, found["归一化"].heading_level) == (1, 2)
    assert found["整行粗体"].strong


def test_a_page_header_is_listed_as_removed(notes: Document) -> None:
    assert [(line.text, line.reason) for line in notes.removed] == [("内部资料", RemovalReason.REPEATED_HEADER)]


@pytest.mark.parametrize(
    ("format_", "text", "shown"),
    [
        pytest.param("decimal", "Q%1:", ["Q1: 甲", "Q2: 乙"], id="with letters around"),
        pytest.param("chineseCounting", "%1、", ["一、 甲", "二、 乙"], id="Chinese"),
        pytest.param("upperLetter", "(%1)", ["(A) 甲", "(B) 乙"], id="letters"),
        pytest.param("lowerRoman", "%1.", ["i. 甲", "ii. 乙"], id="Roman"),
    ],
)
def test_a_marker_is_what_word_would_show(tmp_path: Path, format_: str, text: str, shown: list[str]) -> None:
    made = docx.Document()
    numbering = made.part.numbering_part.element
    level = numbering.find(qn("w:abstractNum")).find(qn("w:lvl"))
    level.find(qn("w:numFmt")).set(qn("w:val"), format_)
    level.find(qn("w:lvlText")).set(qn("w:val"), text)
    shape = numbering.find(qn("w:abstractNum")).get(qn("w:abstractNumId"))
    number = numbering.add_num(int(shape)).get(qn("w:numId"))
    for said in ("甲", "乙"):
        settings = made.add_paragraph(said)._p.get_or_add_pPr()
        own = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", "0"), ("w:numId", number)):
            part = OxmlElement(name)
            part.set(qn("w:val"), str(value))
            own.append(part)
        settings.append(own)
    made.save(str(tmp_path / "a.docx"))
    assert texts(read(tmp_path / "a.docx")) == shown


def test_a_paragraph_knows_the_picture_it_shows(tmp_path: Path) -> None:
    pixel = "89504e470d0a1a0a0000000d4948445200000001000000010806000000" + (
        "1f15c4890000000d49444154789c6360f8cf500f0003860180cd2f8f250000000049454e44ae426082"
    )
    (tmp_path / "a.png").write_bytes(bytes.fromhex(pixel))
    made = docx.Document()
    made.add_picture(str(tmp_path / "a.png"))
    within = made.add_paragraph("由")
    within.add_run().add_picture(str(tmp_path / "a.png"))
    within.add_run("给出")
    made.save(str(tmp_path / "notes.docx"))
    shown = [(line.text, line.pictured) for line in read(tmp_path / "notes.docx").lines if line.text or line.pictured]
    assert shown == [("", True), ("由\ufffc给出", True)]
