"""The session store: private, durable, never destructive."""

import hashlib
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kaoguan.errors import SessionError
from kaoguan.grading import Grader
from kaoguan.learning import catch_up
from kaoguan.session import Kind, Plan, Session, Stage, Turn
from kaoguan.store import Store
from kaoguan.store.migrations import MIGRATIONS, migrate, version
from kaoguan.testing import KeywordJudge, Ticks, make_rubric

CLOCK = Ticks()
RUBRIC = make_rubric("要点", id="q1", topic="话题", question="问？", reference_answer="答。")


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


def old_database(path: Path, steps: int) -> None:
    """Leave a database as a kaoguan with only the first `steps` migrations wrote it."""
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, MIGRATIONS[:steps])
    old = session("abc")
    connection.execute(
        "INSERT INTO sessions (id, started_at, mode, questions, plan) VALUES ('abc', ?, 'mock', 1, ?)",
        (old.started_at.isoformat(), old.plan.model_dump_json()),
    )
    for said in (turn(1, "问？", Kind.QUESTION), turn(2, "要点", Kind.ANSWER)):
        row = said.model_dump(mode="json")
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO turns ({', '.join(row)}, session_id) VALUES ({marks}, 'abc')", row)
    answer = hashlib.sha256("要点".encode()).hexdigest()
    grade = Grader(KeywordJudge()).grade(RUBRIC, "要点")
    for stage in Stage:
        values = ("abc", "q1", stage, answer, grade.score, grade.model_dump_json())
        fields = "session_id, rubric_id, stage, answer_sha256, score, grade"
        connection.execute(f"INSERT INTO grades ({fields}) VALUES (?, ?, ?, ?, ?, ?)", values)
    connection.close()


@pytest.mark.parametrize("steps", range(1, len(MIGRATIONS)))
def test_a_database_of_an_earlier_schema_keeps_everything_and_learns_from_it(tmp_path: Path, steps: int) -> None:
    old_database(tmp_path / "old.db", steps)
    with Store.open(tmp_path / "old.db") as store:
        assert store.session("abc").plan.rubrics == (RUBRIC,)
        assert store.session("abc").mine
        assert [said.text for said in store.turns("abc")] == ["问？", "要点"]
        assert store.summaries()[0].final == 100
        assert [hit.session_id for hit in store.search("要点", 5)] == ["abc"]
        catch_up(store)
        assert [(card.rubric_id, card.key_point, card.reviews) for card in store.reviews.cards()] == [("q1", "p1", 1)]


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


def damaged(path: Path, content: Callable[[bytes], bytes]) -> bytes:
    with Store.open(path) as store:
        store.create(session("abc"))
        for seq in range(1, 200):
            store.append("abc", turn(seq, "字" * 500))
    broken = content(path.read_bytes())
    path.write_bytes(broken)
    return broken


@pytest.mark.parametrize(
    "content",
    [lambda _: b"no database at all" * 1000, lambda good: b"\xff" * 4096 + good[4096:], lambda good: good[:100]],
    ids=["something else", "its first page", "cut off"],
)
def test_a_database_that_cannot_be_read_is_kept_aside_and_a_fresh_one_goes_on(
    path: Path, content: Callable[[bytes], bytes]
) -> None:
    broken = damaged(path, content)
    with Store.open(path) as store:
        assert store.aside
        assert store.aside.parent == path.parent
        assert store.aside.read_bytes() == broken
        assert stat.S_IMODE(store.aside.stat().st_mode) == 0o600
        assert store.summaries() == ()
        store.create(session("new"))
    with Store.open(path) as store:
        assert store.aside is None
        assert store.latest().id == "new"


def test_damage_that_shows_only_later_is_said_and_the_file_left_as_it_is(path: Path) -> None:
    broken = damaged(path, lambda good: good[:-300_000] + b"\xff" * 300_000)
    with pytest.raises(SessionError, match=r"kaoguan.db: .*left as it is"), Store.open(path) as store:
        store.turns("abc")
    assert path.read_bytes() == broken


def test_two_processes_that_find_the_same_damage_lose_nothing(path: Path) -> None:
    broken = damaged(path, lambda _: b"no database at all" * 1000)
    names = ["one", "two", "three"]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in names]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    everywhere = [file for file in path.parent.iterdir() if file.name.startswith("kaoguan.db")]
    assert broken in [file.read_bytes() for file in everywhere]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in the way")
    with pytest.raises(SessionError, match="KAOGUAN_HOME"):
        Store.open(tmp_path / "data" / "kaoguan.db")


def test_a_full_disk_is_said_and_what_was_stored_stays(path: Path) -> None:
    with Store.open(path) as store:
        store.create(session("abc"))
        store.append("abc", turn(1, "留下"))
        # sqlite's own limit on the size of the file stands in for the disk's.
        store._connection.rows("PRAGMA max_page_count = 1")
        with pytest.raises(SessionError, match="free some space"):
            store.append("abc", turn(2, "长" * 100_000))
        assert [said.text for said in store.turns("abc")] == ["留下"]


# --- search -----------------------------------------------------------------------------------------------------------

SAID = {
    1: "梯度消失是因为激活函数饱和",
    2: "Adam keeps a moving average of the Gradient",
    3: "100%确定，a_b\\c 和 '引号' \"双引号\"",
    4: "换成 ReLU 可以缓解梯度消失",
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("梯度消失", [4, 1]),
        ("梯度", [4, 1]),
        ("消", [4, 1]),
        ("relu", [4]),
        ("GRADIENT average", [2]),
        ("梯度 relu", [4]),
        ("饱和 梯度消失", [1]),
        ("100%", [3]),
        ("0%确", [3]),
        ("a_b", [3]),
        ("_", [3]),
        ("\\c", [3]),
        ("'引号'", [3]),
        ('"双引号"', [3]),
        ("没有说过", []),
        ("a*b OR c", []),
        ("  ", []),
    ],
)
@pytest.mark.parametrize("indexed", [True, False], ids=["index", "no index"])
def test_search_finds_words_as_they_stand(path: Path, words: str, expected: list[int], indexed: bool) -> None:
    with Store.open(path) as store:
        if not indexed:  # as on an sqlite that cannot build one
            store._connection.rows("DROP TRIGGER turn_said")
            store._connection.rows("DROP TABLE said")
        store.create(session("abc"))
        for seq, text in SAID.items():
            store.append("abc", turn(seq, text))
        assert [hit.seq for hit in store.search(words, 10)] == expected
        assert [hit.seq for hit in store.search(words, 1)] == expected[:1]


def test_what_was_deleted_cannot_be_read_from_the_disk(path: Path) -> None:
    secret = "绝密的回答" * 50
    with Store.open(path) as store:
        for name in ("abc", "xyz"):
            store.create(session(name))
            store.append(name, turn(1, secret if name == "abc" else "留下的话"))
        store.delete(["abc"])
        assert [hit.session_id for hit in store.search("留下的话", 5)] == ["xyz"]
        assert store.search("绝密的", 5) == ()
        files = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any("绝密的".encode() in content for content in files)
    assert any("留下的话".encode() in content for content in files)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE reviews SET at = 'never'",
        "UPDATE reviews SET verdict = 'odd'",
        "UPDATE attempts SET at = 'odd'",
        "UPDATE cards SET due = 'odd', stability = 'odd'",
    ],
)
def test_what_follows_from_the_grades_is_followed_anew_where_it_is_damaged(tmp_path: Path, damage: str) -> None:
    old_database(tmp_path / "a.db", len(MIGRATIONS))
    with Store.open(tmp_path / "a.db") as store:
        store._connection.rows("UPDATE sessions SET mine = 1")
        store._connection.rows("INSERT OR IGNORE INTO stale VALUES ('abc')")
        catch_up(store)
        good = store.reviews.cards(), store.reviews.days(), store.reviews.of(("q1", "p1"))
        store._connection.rows(damage)
        store.reviews.cards(), store.reviews.of(("q1", "p1"))
        catch_up(store)
        assert (store.reviews.cards(), store.reviews.days(), store.reviews.of(("q1", "p1"))) == good


def test_a_rubric_that_is_damaged_hides_no_other(tmp_path: Path) -> None:
    old_database(tmp_path / "a.db", len(MIGRATIONS))
    with Store.open(tmp_path / "a.db") as store:
        store._connection.rows("INSERT INTO asked VALUES ('odd', '2026-01-01', '{')")
        assert "odd" not in store.reviews.asked()
        assert store.reviews.shifts(apart=False) is not None
