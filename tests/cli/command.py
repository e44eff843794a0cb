"""The command line as a process of its own, as its users run it."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from kaoguan import config, prompts
from kaoguan.cli.main import app
from kaoguan.errors import KaoguanError


def kaoguan(*arguments: str, code: int = 0, stdin: str | bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run `kaoguan` with UTF-8 pipes and check its exit code. The limit is for what hangs: a fit takes minutes."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    run = subprocess.run(  # noqa: PLW1510 - the code is checked below, with the output at hand
        [sys.executable, "-X", "utf8", "-m", "kaoguan", *arguments], input=data, capture_output=True, timeout=600
    )
    stdout, stderr = run.stdout.decode(), run.stderr.decode()
    assert run.returncode == code, f"exit code {run.returncode}, not {code}\n{stdout}\n{stderr}"
    return subprocess.CompletedProcess(run.args, run.returncode, stdout, stderr)


def inside(*arguments: str, code: int = 0, stdin: str | bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run `kaoguan` in this process, ten times as quick: for what has nothing to do with processes."""
    with pytest.MonkeyPatch.context() as patch:
        # --language speaks through the environment, which is that of all tests here.
        patch.setenv("KAOGUAN_LANGUAGE", os.environ.get("KAOGUAN_LANGUAGE", ""))
        return _invoked(arguments, code, stdin)


def _invoked(arguments: tuple[str, ...], code: int, stdin: str | bytes) -> subprocess.CompletedProcess[str]:
    result = CliRunner().invoke(app, arguments, input=stdin)
    returned, stderr = result.exit_code, result.stderr
    if isinstance(result.exception, KaoguanError):
        returned = result.exception.exit_code
        stderr += f"kaoguan: {prompts.said(result.exception, config.spoken())}\n"
    elif result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert returned == code, f"exit code {returned}, not {code}\n{result.stdout}\n{stderr}"
    return subprocess.CompletedProcess(arguments, returned, result.stdout, stderr)
