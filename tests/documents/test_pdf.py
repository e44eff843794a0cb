"""A PDF is read in the order of the eye, its wrapped lines joined and its running heads listed as removed."""

from pathlib import Path

import pytest

from kaoguan.documents import Document, RemovalReason, read
from tests.documents.conftest import Placed, pdf, texts

LEFT = [
    "1. What is overfitting?",
    "A model overfits when it learns the noise",
    "of its training data and therefore it gener-",
    "alises badly.",
    "2. What is dropout?",
    "It switches off random units, so that no",
    "unit can rely on another one.",
]
RIGHT = [
    "3. What is early stopping?",
    "Training ends when the error on the vali-",
    "dation data rises.",
    "4. What is weight decay?",
    "It adds the squared weights to the loss, so",
    "that they stay small.",
]
ANSWERS = [
    "1. What is overfitting?",
    "A model overfits when it learns the noise of its training data and therefore it generalises badly.",
    "2. What is dropout?",
    "It switches off random units, so that no unit can rely on another one.",
    "3. What is early stopping?",
    "Training ends when the error on the validation data rises.",
    "4. What is weight decay?",
    "It adds the squared weights to the loss, so that they stay small.",
]


def by_column() -> list[Placed]:
    left = [(50.0, 120.0 + 13 * row, text) for row, text in enumerate(LEFT)]
    return left + [(310.0, 120.0 + 13 * row, text) for row, text in enumerate(RIGHT)]


@pytest.mark.parametrize(
    "placed",
    [
        pytest.param(by_column(), id="written column by column"),
        pytest.param(sorted(by_column(), key=lambda placed: placed[1]), id="written line by line"),
        pytest.param(by_column()[::-1], id="written backwards"),
    ],
)
def test_columns_are_read_one_after_the_other(tmp_path: Path, placed: list[Placed]) -> None:
    title: Placed = (150, 80, "# Regularisation in deep learning")
    document = read(pdf(tmp_path / "a.pdf", [[title, *placed]]))
    assert texts(document) == ["Regularisation in deep learning", *ANSWERS]
    assert document.lines[0].heading_level == 1


@pytest.fixture
def three_pages(tmp_path: Path) -> Document:
    pages = [
        [(50.0, 30.0, "Interview notes"), (50.0, 100.0, f"{page}. Question {page}?"), (290.0, 820.0, str(page))]
        for page in (1, 2, 3)
    ]
    return read(pdf(tmp_path / "a.pdf", pages))


def test_running_heads_and_page_numbers_are_listed(three_pages: Document) -> None:
    assert [(line.text, line.reason, line.page) for line in three_pages.removed] == [
        (text, RemovalReason.REPEATED_HEADER, page) for page in (1, 2, 3) for text in ("Interview notes", str(page))
    ]


def test_every_line_knows_its_page(three_pages: Document) -> None:
    found = [(line.text, line.page) for line in three_pages.lines if line.text]
    assert found == [("1. Question 1?", 1), ("2. Question 2?", 2), ("3. Question 3?", 3)]


def test_chinese_lines_are_joined_without_a_space(tmp_path: Path) -> None:
    rows = ["什么是过拟合？", "模型把训练数据里的噪声也学了进去，所以在新的数据上表现不好，", "这就叫过拟合。"]
    placed = [(50.0, 100.0 + 16 * row, text) for row, text in enumerate(rows)]
    assert texts(read(pdf(tmp_path / "a.pdf", [placed], font="STSong-Light"))) == [rows[0], rows[1] + rows[2]]


def test_numbers_apart_from_their_text_do_not_make_a_column(tmp_path: Path) -> None:
    rows = [(50.0, 100.0 + 26 * row, f"{row + 1}.") for row in range(6)]
    said = [(90.0, 100.0 + 26 * row, f"The answer to question number {row + 1} is here.") for row in range(6)]
    document = read(pdf(tmp_path / "a.pdf", [rows + said]))
    assert texts(document) == [f"{row + 1}. The answer to question number {row + 1} is here." for row in range(6)]
