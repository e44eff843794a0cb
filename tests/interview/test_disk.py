"""A disk that is full or cannot be written: a clear error, no lost answer, and the interview goes on afterwards."""

import io
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from kaoguan import prompts
from kaoguan.errors import SessionError
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Plan
from kaoguan.interview.talk.commands import Answered, Command, Commanded, Entry
from kaoguan.interview.talk.conversation import Conversation, Ending
from kaoguan.interview.talk.screen import Screen
from kaoguan.session import Kind
from kaoguan.store import Store
from kaoguan.testing import Ticks


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file of this process may grow beyond `room` bytes: writes fail as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def answers(store: Store, session_id: str) -> list[str]:
    return [turn.text for turn in store.turns(session_id) if turn.kind is Kind.ANSWER]


def test_a_full_disk_is_said_loses_nothing_and_the_answer_can_be_given_again(
    tmp_path: Path, plan: Plan, grader: Grader
) -> None:
    path = tmp_path / "kaoguan.db"
    with Store.open(path) as store:
        interview = Interview.start(plan, grader, store=store, clock=Ticks())
        interview.submit("第一个回答")
        before = interview.turns
        room = max(file.stat().st_size for file in tmp_path.iterdir())
        with full_disk(room), pytest.raises(SessionError, match=r"full|disk I/O error"):
            interview.submit("很长的回答" * 20_000)
        assert interview.turns == before, "what is not on disk was not said"
        interview.submit("第二个回答")
    with Store.open(path) as store:
        assert answers(store, interview.session.id) == ["第一个回答", "第二个回答"]
        assert Interview.resume(interview.session.id, grader, store).question == interview.question


def test_a_full_disk_ends_the_command_with_2_and_a_remedy(home: Path) -> None:
    sit = [sys.executable, "-m", "tests.interview.sit"]
    subprocess.run(sit, input="第一个回答\n\n".encode(), check=True, capture_output=True)
    room = max(file.stat().st_size for file in home.iterdir() if file.is_file()) + 60_000

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    code = "import sys; from kaoguan.cli import main; main.run()"
    run = subprocess.run(
        [sys.executable, "-c", code, "interview", "--resume"],
        input=("很长" * 100_000 + "\n\n").encode(),
        capture_output=True,
        preexec_fn=limit,
        check=False,
    )
    assert run.returncode == 2
    assert "Traceback" not in run.stderr.decode()
    assert "free some space" in run.stderr.decode()
    with Store.open(home / "kaoguan.db") as store:
        assert answers(store, store.latest().id) == ["第一个回答"]


def test_on_a_terminal_an_answer_that_cannot_be_stored_comes_back_to_be_submitted_again(
    plan: Plan, grader: Grader, tmp_path: Path
) -> None:
    class OnTerminal:
        """Submits a long answer on a full disk, and what it is given back once there is room."""

        on_terminal = True
        way = "terminal"

        def __init__(self) -> None:
            self.drafts: list[str] = []

        def read(self, draft: str, *, reviewing: bool = False) -> Entry:
            self.drafts.append(draft)
            if len(self.drafts) == 1:
                room = max(file.stat().st_size for file in tmp_path.iterdir())
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
                return Answered("很长的回答" * 20_000)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            return Answered(draft) if len(self.drafts) == 2 else Commanded(Command.QUIT)

    shown = io.StringIO()
    reader = OnTerminal()
    with Store.open(tmp_path / "kaoguan.db") as store, full_disk(resource.RLIM_INFINITY):
        interview = Interview.start(plan, grader, store=store, clock=Ticks())
        screen = Screen(Console(file=shown), prompts.load("interview", "zh"))
        assert Conversation(interview, reader, screen).hold() is Ending.QUIT
        assert answers(store, interview.session.id) == ["很长的回答" * 20_000]
    assert reader.drafts == ["", "很长的回答" * 20_000, ""]
    assert "没能保存，先别关窗口" in shown.getvalue()


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may write anywhere; benchmarks/interview/disks.py mounts a real one"
)
def test_a_read_only_folder_is_said_with_a_remedy(tmp_path: Path) -> None:
    Store.open(tmp_path / "kaoguan.db").close()
    (tmp_path / "kaoguan.db").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SessionError, match="KAOGUAN_HOME"):
            Store.open(tmp_path / "kaoguan.db")
    finally:
        tmp_path.chmod(0o700)
