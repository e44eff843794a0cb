"""The Anki deck: imported by Anki's own library, inert, and stable when exported again."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from kaoguan.documents.at_hand import remember
from kaoguan.export import anki
from kaoguan.models import Rubric
from tests.interview.bank import DOCUMENT, rubric
from tests.learning.test_rewording import reworded

HOSTILE = "<script>x</script>[sound:x.mp3][latex]\\input{/etc/passwd}[/latex]{{c1::x}}"


def notes(package: Path) -> dict[str, list[str]]:
    """Return the fields of each note by its guid."""
    with zipfile.ZipFile(package) as content:
        content.extract("collection.anki2", package.parent)
    connection = sqlite3.connect(package.parent / "collection.anki2")
    rows = connection.execute("SELECT guid, flds FROM notes").fetchall()
    connection.close()
    return {guid: fields.split("\x1f") for guid, fields in rows}


def deck(tmp_path: Path, *rubrics: Rubric) -> Path:
    package = tmp_path / "deck.apkg"
    assert anki.write_deck(rubrics, package) == sum(len(one.key_points) for one in rubrics)
    return package


def test_the_question_is_in_front_and_the_point_and_what_teaches_it_behind(tmp_path: Path) -> None:
    (first, *_), fields = notes(deck(tmp_path, rubric(1))), None
    fields = notes(tmp_path / "deck.apkg")[first]
    assert fields[0] == "请谈谈主题1"
    assert fields[1].startswith("还想听听")
    assert "要点成立" in fields[2]
    assert "的讲解（1）。" in fields[2]
    assert fields[3] == ""  # the document is not here


def test_the_place_in_a_document_is_named_where_it_is_at_hand(home: Path, tmp_path: Path) -> None:
    (tmp_path / DOCUMENT).write_text("甲\n乙\n丙\n", encoding="utf-8")
    remember(home / "documents.json", [tmp_path / DOCUMENT])
    assert {fields[3] for fields in notes(deck(tmp_path, rubric(1))).values()} == {
        f"{DOCUMENT}:{first}-{first + 1}" for first in (1, 2, 3)
    }


def test_without_follow_ups_the_cards_of_a_question_differ_in_front_and_give_nothing_away(tmp_path: Path) -> None:
    fields = list(notes(deck(tmp_path, rubric(1, follow_ups=False))).values())
    assert len({(front, asked) for front, asked, *_ in fields}) == 3
    assert not any("要点成立" in front + asked for front, asked, *_ in fields)


def test_rewording_keeps_every_guid(tmp_path: Path) -> None:
    before = notes(deck(tmp_path, rubric(1), rubric(2)))
    after = notes(deck(tmp_path, *(reworded(rubric(number), "改") for number in (1, 2))))
    assert set(before) == set(after)
    assert before != after


def test_a_hostile_rubric_is_shown_as_it_is(tmp_path: Path) -> None:
    for fields in notes(deck(tmp_path, reworded(rubric(1), HOSTILE))).values():
        assert not any(sign in "".join(fields) for sign in ("<script", "[sound", "[latex", "{{"))


def test_anki_itself_imports_the_deck_twice_without_doubling_it(tmp_path: Path) -> None:
    collection = pytest.importorskip("anki.collection", reason="Anki's library is a development extra")
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    package = deck(tmp_path, rubric(1), reworded(rubric(2), HOSTILE))
    mine = collection.Collection(str(tmp_path / "mine.anki2"))
    for _ in range(2):
        mine.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        )
    assert mine.note_count() == mine.card_count() == 6
    card = mine.get_card(mine.find_cards("tag:kaoguan::q1")[0])
    assert "请谈谈主题1" in card.question()
    assert "要点成立" not in card.question()
    assert "要点成立" in card.answer()
    assert "的讲解（1）。" in card.answer()
    mine.close()
