"""Files, folders and globs become a sorted list, each file once."""

from pathlib import Path

import pytest

from kaoguan.documents import find
from kaoguan.errors import DocumentError


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    for name in ("b.md", "a.txt", "deep/c.PDF", "deep/d.py", ".hidden/e.md", ".f.md", "g.jpg"):
        path = tmp_path / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "notes"


def names(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_is_searched_and_what_is_no_document_is_said(notes: Path) -> None:
    found = find([notes])
    assert names(found.documents, notes) == ["a.txt", "b.md", "deep/c.PDF"]
    assert names(found.skipped, notes) == ["deep/d.py", "g.jpg"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(notes: Path) -> None:
    found = find([notes / "deep" / "d.py", notes])
    assert names(found.documents, notes) == ["a.txt", "b.md", "deep/c.PDF", "deep/d.py"]
    assert names(found.skipped, notes) == ["g.jpg"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("*.md", ["b.md"], id="star"),
        pytest.param("**/*", ["a.txt", "b.md", "deep/c.PDF"], id="to the bottom"),
        pytest.param("*", ["a.txt", "b.md", "deep/c.PDF"], id="folders too"),
    ],
)
def test_a_glob_names_documents(notes: Path, pattern: str, expected: list[str]) -> None:
    assert names(find([str(notes / pattern)]).documents, notes) == expected


def test_a_file_found_twice_comes_once(notes: Path) -> None:
    (notes / "link.md").symlink_to(notes / "b.md")
    assert len(find([notes, notes / "a.txt", notes / "*.txt"]).documents) == 3


def test_links_in_a_circle_end(notes: Path) -> None:
    (notes / "deep" / "up").symlink_to(notes, target_is_directory=True)
    assert names(find([notes]).documents, notes) == ["a.txt", "b.md", "deep/c.PDF"]


def test_a_link_to_nowhere_is_left_out(notes: Path) -> None:
    (notes / "gone.md").symlink_to(notes / "nowhere.md")
    assert len(find([notes]).documents) == 3


@pytest.mark.parametrize("place", ["nowhere", "nowhere/*.md", "empty"])
def test_a_place_that_holds_nothing_is_an_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DocumentError, match="no such file or folder, or an empty one; check the path"):
        find([tmp_path / place])
