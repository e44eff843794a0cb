"""The session store: private, durable, never destructive."""

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kaoguan.errors import SessionError
from kaoguan.models import KeyPoint, Rubric
from kaoguan.store import Kind, Plan, Session, Store, Turn
from kaoguan.store.migrations import MIGRATIONS, migrate, version
from kaoguan.testing import Ticks

CLOCK = Ticks()
RUBRIC = Rubric(
    id="q1",
    language="zh",
    topic="话题",
    difficulty=1,
    question="问？",
    reference_answer="答。",
    key_points=(KeyPoint(id="p1", text="要点", weight=1),),
)


def session(session_id: str) -> Session:
    return Session(id=session_id, started_at=CLOCK(), plan=Plan(rubrics=(RUBRIC,), language="zh"))


def turn(seq: int, text: str, kind: Kind = Kind.ANSWER) -> Turn:
    return Turn(seq=seq, speaker=kind.speaker, kind=kind, rubric_id="q1", text=text, at=CLOCK())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "kaoguan.db"


def test_only_the_owner_can_read_it(path: Path) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        store.append("abc", turn(1, "秘密"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_can_read_is_closed_to_them(path: Path) -> None:
    Store.open(path).close()
    path.chmod(0o644)
    Store.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    ["梯度\n\n消失  ", "\x1b[31m红\x00\x07", "a\r\nb\t", "🙂\u202e反", "'; DROP TABLE turns; --", "长" * 100_000],
    ids=["lines", "controls", "line ends", "beyond the plane", "sql", "long"],
)
def test_what_is_stored_is_what_was_typed(path: Path, text: str) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        store.append("abc", turn(1, text))
    with Store.open(path) as store:
        assert store.turns("abc")[0].text == text
        assert store.session("abc").plan.rubrics == (RUBRIC,)


def test_a_session_is_found_by_the_beginning_of_its_id(path: Path) -> None:
    with Store.open(path) as store:
        for one in ("abc", "abd", "xyz", "xyzz"):
            store.create(session(one))
        assert store.session("xyz").id == "xyz"
        assert store.latest().id == "xyzz"
        with pytest.raises(SessionError, match="abc, abd"):
            store.session("ab")
        with pytest.raises(SessionError, match="none with this id"):
            store.session("q_%")


def test_an_answer_takes_the_drafts_place(path: Path) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        store.save_draft("abc", "写了一半")
        assert store.session("abc").draft == "写了一半"
        store.append("abc", turn(1, "写完了"))
        assert store.session("abc").draft == ""


def test_a_closed_session_is_no_longer_offered(path: Path) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        store.append("abc", turn(1, "再见", Kind.CLOSING))
        assert store.latest().finished_at
        with pytest.raises(SessionError, match="none is unfinished"):
            store.latest(unfinished=True)


def test_two_continuations_of_one_session_cannot_both_write(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as other:
        one.create(session("abc"))
        one.append("abc", turn(1, "甲"))
        with pytest.raises(SessionError, match="somewhere else"):
            other.append("abc", turn(1, "乙"))
        assert [said.text for said in other.turns("abc")] == ["甲"]


WRITER = """
import sys
from pathlib import Path
from kaoguan.store import Store
from tests.test_store import session, turn
path, name = Path(sys.argv[1]), sys.argv[2]
with Store.open(path) as store:
    store.create(session(name))
    for seq in range(1, 61):
        store.append(name, turn(seq, f"{name} {seq}"))
"""


def test_several_processes_write_at_once_and_nothing_is_lost(path: Path) -> None:
    names = ["one", "two", "three"]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in names]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    with Store.open(path) as store:
        for name in names:
            assert [said.text for said in store.turns(name)] == [f"{name} {seq}" for seq in range(1, 61)]


def test_a_database_of_the_previous_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrate(connection)
    connection.execute("INSERT INTO sessions VALUES ('abc', '2026-01-01', NULL, 'mock', 1, '{}', '')")

    def add_note(database: sqlite3.Connection) -> None:
        database.execute("ALTER TABLE sessions ADD COLUMN note TEXT NOT NULL DEFAULT ''")

    migrate(connection, (*MIGRATIONS, add_note))
    assert version(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT id, note FROM sessions").fetchall() == [("abc", "")]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrate(connection)

    def breaks(database: sqlite3.Connection) -> None:
        database.execute("ALTER TABLE sessions ADD COLUMN note TEXT")
        database.execute("this is no SQL")

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, (*MIGRATIONS, breaks))
    assert version(connection) == len(MIGRATIONS)
    assert "note" not in {row[1] for row in connection.execute("PRAGMA table_info(sessions)")}


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(SessionError, match="newer kaoguan"):
        Store.open(path)


@pytest.mark.parametrize("damage", ["all", "middle"])
def test_a_corrupted_database_is_said_and_kept(path: Path, damage: str) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        for seq in range(1, 50):
            store.append("abc", turn(seq, "字" * 500))
    content = path.read_bytes()
    broken = b"no database at all" * 1000 if damage == "all" else content[:4096] + b"\xff" * (len(content) - 4096)
    path.write_bytes(broken)
    with pytest.raises(SessionError, match=r"kaoguan.db: .*left as it is"), Store.open(path) as store:
        store.turns("abc")
    assert path.read_bytes() == broken


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in the way")
    with pytest.raises(SessionError, match="KAOGUAN_HOME"):
        Store.open(tmp_path / "data" / "kaoguan.db")


def test_a_full_disk_is_said_and_what_was_stored_stays(path: Path) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        store.append("abc", turn(1, "留下"))
        # sqlite's own limit on the size of the file stands in for the disk's.
        store._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(SessionError, match="free some space"):
            store.append("abc", turn(2, "长" * 100_000))
        assert [said.text for said in store.turns("abc")] == ["留下"]
