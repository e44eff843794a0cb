"""Grading through the provider's batches: what is asked goes out as files, what comes back is graded as ever.

The answers are gone through again and again. What the language model has not replied to yet is recorded, sent as a
batch and waited for; then the next round finds the replies. A first look takes one round, a repair or a second look
another. Everything that must survive kill -9 is in a small database before the next step is taken:

    plan (the file's name)  →  create  →  id  →  look …  →  replies  →  done

A batch that was created without its id getting here is found by its name at the provider.
"""

import hashlib
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

from kaoguan import private
from kaoguan.engines.engine import Engine, Graded
from kaoguan.engines.grade_cache import GradeCache
from kaoguan.errors import ProviderError, SettingError
from kaoguan.grading import Grader
from kaoguan.llm import Loop, Unanswered
from kaoguan.llm.batches import Batch, Batches
from kaoguan.models import Grade, Rubric, Submission

# First looks, repairs, second looks, their repairs; and some for what fails or expires.
_ROUNDS = 8
# The provider's limits are 50 000 requests and 200 MB a file.
_REQUESTS, _CHARACTERS = 50_000, 50_000_000
_POLL = 30.0

_TABLES = """
CREATE TABLE IF NOT EXISTS batches (name TEXT PRIMARY KEY, id TEXT);
CREATE TABLE IF NOT EXISTS asked (custom_id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS replies (custom_id TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
"""


class Wanting(Protocol):
    """Who writes down requests that have no reply yet; a recorder."""

    live: bool
    wanted: dict[str, str]

    async def close(self) -> None:
        """Close the connections."""


class Post:
    """What was sent and what came back, in a database that only this user may read."""

    def __init__(self, path: Path) -> None:
        """Open `path`, created 0600 when it is not there. Raises SettingError."""
        try:
            private.file(path)
            self._database = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
            self._database.executescript(_TABLES)
        except (sqlite3.Error, OSError) as error:
            mend = "free some disk space; keep it while a batch is out"
            raise SettingError(str(path), f"cannot be used ({error})", mend) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def get(self, custom_id: str) -> Mapping[str, Any] | None:
        """Return the line of a request's reply; None when there is none yet."""
        row = self._database.execute("SELECT line FROM replies WHERE custom_id = ?", (custom_id,)).fetchone()
        return json.loads(row[0]) if row else None

    def unsent(self, wanted: Iterable[str]) -> list[str]:
        """Return those requests that are in no batch."""
        query = "SELECT 1 FROM asked WHERE custom_id = ?"
        return [one for one in wanted if not self._database.execute(query, (one,)).fetchone()]

    def plan(self, name: str, custom_ids: Iterable[str]) -> None:
        """Keep that a batch is about to be created."""
        with self._together():
            self._database.execute("INSERT OR IGNORE INTO batches VALUES (?, NULL)", (name,))
            rows = [(custom_id, name) for custom_id in custom_ids]
            self._database.executemany("INSERT OR REPLACE INTO asked VALUES (?, ?)", rows)

    def created(self, name: str, id_: str) -> None:
        """Keep the id of a batch."""
        self._database.execute("UPDATE batches SET id = ? WHERE name = ?", (id_, name))

    def out(self) -> list[tuple[str, str | None]]:
        """Return name and id (None: not known) of the batches that are not collected."""
        return list(self._database.execute("SELECT name, id FROM batches ORDER BY rowid"))

    def collected(self, name: str, lines: Iterable[Mapping[str, Any]]) -> None:
        """Keep the replies of a batch and forget it: what has none may be sent again."""
        with self._together():
            rows = ((str(line["custom_id"]), json.dumps(line)) for line in lines if _final(line))
            self._database.executemany("INSERT OR REPLACE INTO replies VALUES (?, ?)", rows)
            self._database.execute("DELETE FROM asked WHERE name = ?", (name,))
            self._database.execute("DELETE FROM batches WHERE name = ?", (name,))

    @contextmanager
    def _together(self) -> Iterator[None]:
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            yield


class Sender(NamedTuple):
    """What sending batches takes."""

    find_out: Callable[[], Coroutine[Any, Any, object]]
    """Asks the endpoint what it can do, at once."""
    recorder: Wanting
    batches: Batches
    post: Post
    tell: Callable[[str], None] = lambda text: None
    poll: float = _POLL


def posted(grader: Grader, rubrics: Mapping[str, Rubric], sender: Sender, cache: GradeCache | None = None) -> Engine:
    """Return an engine that asks through batches; `grader` asks through the recorder. It runs once."""
    keys = cache.keys(grader.identity, rubrics) if cache else None
    recorder = sender.recorder

    def one(loop: Loop, submission: Submission) -> Grade:
        key = keys(submission) if keys else None
        if cache and key and (grade := cache.get(key)):
            return grade.model_copy(update={"id": submission.id})
        rubric = rubrics[submission.rubric_id]
        grade = loop.run(grader.grade_here(rubric, submission.answer, id=submission.id))
        if cache and key:
            cache.put(key, grade)
        return grade

    def engine(submissions: Iterable[Submission]) -> Iterator[Graded]:
        everything = list(submissions)
        courier = Courier(sender.batches, sender.post, sender.tell, sender.poll)
        with Loop() as loop:
            loop.run(sender.find_out())
            recorder.live = False
            for _ in range(_ROUNDS):
                recorder.wanted.clear()
                for submission in everything:
                    one(loop, submission)
                if not recorder.wanted:
                    break
                courier.carry(recorder.wanted)
            yield from ((submission, one(loop, submission)) for submission in everything)
            loop.run(recorder.close())

    return engine


class Courier:
    """Sends batches and brings the replies."""

    def __init__(self, batches: Batches, post: Post, tell: Callable[[str], None], poll: float) -> None:
        self._batches = batches
        self._post = post
        self._tell = tell
        self._poll = poll

    def carry(self, wanted: Mapping[str, str]) -> None:
        """Have every request replied to that can be; return when no batch is out. Raises ProviderError."""
        for name, id_ in self._post.out():
            if id_ is None and (found := self._patiently(lambda name=name: self._batches.find(name))):  # type: ignore[misc]
                self._post.created(name, found.id)
            elif id_ is None:
                self._post.collected(name, ())  # it was never created
        unsent = self._post.unsent(wanted)
        for some in _files(unsent, wanted):
            self._send([wanted[custom_id] for custom_id in some], some)
        while out := self._post.out():
            for name, id_ in out:
                self._collect(name, id_ or "")
            if self._post.out():
                time.sleep(self._poll)

    def _send(self, lines: list[str], custom_ids: list[str]) -> None:
        content = "\n".join(lines) + "\n"
        # The time makes a batch of the same requests after one that expired another batch.
        name = hashlib.sha256(f"{time.time_ns()}{content}".encode()).hexdigest()[:32]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "requests.jsonl"
            path.write_text(content, encoding="utf-8")
            self._post.plan(name, custom_ids)
            batch = self._batches.create(path, name)
        self._post.created(name, batch.id)
        self._tell(f"batch {batch.id}: {len(lines):,} requests sent")

    def _collect(self, name: str, id_: str) -> None:
        batch = self._patiently(lambda: self._batches.look(id_))
        if batch is None:
            self._tell(f"batch {id_}: unknown to the provider; its requests are sent again")
            self._post.collected(name, ())
            return
        self._tell(f"batch {id_}: {batch.status}, {batch.done:,} of {batch.total:,}")
        if not batch.ended:
            return
        if batch.status == "failed" and not batch.files:
            self._post.collected(name, ())
            mend = "mend what it says and run the command again"
            raise ProviderError(f"batch {id_}", f"was not accepted ({batch.fault or 'no reason given'})", mend)
        self._post.collected(name, self._batches.lines(batch))

    def _patiently(self, look: Callable[[], Batch | None]) -> Batch | None:
        # Who waits for hours waits out an outage, too.
        while True:
            try:
                return look()
            except Unanswered as error:
                if not error.reason.transient:
                    raise
                self._tell(str(error))
                time.sleep(self._poll)


def _final(line: Mapping[str, Any]) -> bool:
    """Return whether a line is a reply, or a refusal that would come again; what expired or broke is sent again."""
    response = line.get("response")
    if line.get("error") or not response:
        return False
    code = int(response["status_code"])
    return code == 200 or (400 <= code < 500 and code not in (408, 409, 429))


def _files(custom_ids: list[str], wanted: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the requests of one file after the other."""
    waiting = iter(custom_ids)
    while some := list(islice(waiting, _REQUESTS)):
        # Requests of one run are much alike in length.
        parts = 1 + sum(len(wanted[custom_id]) for custom_id in some) // _CHARACTERS
        size = -(-len(some) // parts)
        yield from (some[start : start + size] for start in range(0, len(some), size))
