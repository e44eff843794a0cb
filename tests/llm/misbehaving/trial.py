"""One run of kaoguan against one server, in a fresh home and within this process: how it ended, what it asked."""

import csv
import io
import json
import os
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from typer.testing import CliRunner

from kaoguan.cli.main import app
from kaoguan.errors import KaoguanError

_LEFT_OUT = ("OPENAI_", "KAOGUAN_", "SSL_CERT", "REQUESTS_CA", "CURL_CA")


@dataclass
class Tried:
    """What came of a run; `code` None: it had to be killed."""

    code: int | None
    out: bytes
    err: str
    seconds: float
    calls: list = field(default_factory=list)
    asked: dict = field(default_factory=dict)
    """The answers of the file, by id."""
    truth: dict = field(default_factory=dict)
    """The key points that each of them makes, by id."""

    @property
    def rows(self):
        """Return the grades by id."""
        found = {}
        for line in self.out.decode("utf-8", "replace").splitlines():
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict) and "verdicts" in row:
                found[row["id"]] = row
        return found

    @property
    def grading(self):
        """Return the requests about answers."""
        return [call for call in self.calls if call["kind"] == "grade"]


def environment(home, settings):
    """Return the environment of a run: nothing of the caller's that bears on endpoints."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(_LEFT_OUT) and not name.lower().endswith("_proxy")
    }
    kept |= {"KAOGUAN_HOME": str(home), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    kept |= {name: value for name, value in settings.items() if value is not None}
    return kept


def write_answers(path, rows, rubric):
    """Write an answers file."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["id", "rubric_id", "answer"])
    table.writerows([id_, rubric, answer] for id_, answer in rows.items())
    path.write_text(text.getvalue(), encoding="utf-8")


def run(arguments, home, settings, limit, stdin=b""):
    """Run kaoguan; an error that is none of ours comes out as exit code 1."""
    start = time.monotonic()
    with patch.dict(os.environ, environment(home, settings), clear=True):
        result = CliRunner().invoke(app, arguments, input=stdin)
    code, err = result.exit_code, result.stderr
    if isinstance(result.exception, KaoguanError):
        code, err = result.exception.exit_code, f"{err}kaoguan: {result.exception}\n"
    elif result.exception and not isinstance(result.exception, SystemExit):
        code, err = 1, f"{err}{result.exception!r}"
    seconds = time.monotonic() - start
    return Tried(code if seconds < limit else None, result.stdout_bytes, err, seconds)


def against(make, rows, rubric_id, arguments, settings, limit, stdin=b"", times=1):
    """Run kaoguan `times` times in one fresh home against a fresh server; return the runs.

    `make(log, answers file, port)` returns the server. {port}, {folder} and {file} are filled in in settings and
    arguments.
    """
    tried = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        home = place / "home"
        home.mkdir()
        file = place / "answers.csv"
        write_answers(file, rows, rubric_id)
        port = 0
        for _ in range(times):
            log = io.StringIO()
            server = make(log, file, port)
            port = server.port  # the same endpoint in the next run
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            filled = {
                name: value.replace("{port}", str(server.port)).replace("{folder}", folder) if value else value
                for name, value in settings.items()
            }
            given = [one.replace("{file}", str(file)).replace("{port}", str(server.port)) for one in arguments]
            one = run(given, home, filled, limit, stdin)
            server.shutdown()
            server.server_close()
            one.asked = rows
            one.truth = {id_: set(server.rubric.truth(answer)) for id_, answer in rows.items()}
            with server.lock:
                one.calls = [json.loads(line) for line in log.getvalue().splitlines()]
            tried.append(one)
    return tried
