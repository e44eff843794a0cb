"""The command line as a process of its own, as its users run it."""

import subprocess
import sys


def kaoguan(*arguments: str, code: int = 0, stdin: str | bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run `kaoguan` with UTF-8 pipes and check its exit code."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    run = subprocess.run(  # noqa: PLW1510 - the code is checked below, with the output at hand
        [sys.executable, "-X", "utf8", "-m", "kaoguan", *arguments], input=data, capture_output=True, timeout=120
    )
    stdout, stderr = run.stdout.decode(), run.stderr.decode()
    assert run.returncode == code, f"exit code {run.returncode}, not {code}\n{stdout}\n{stderr}"
    return subprocess.CompletedProcess(run.args, run.returncode, stdout, stderr)
