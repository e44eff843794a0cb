"""`kaoguan config`, `paths`, `help` and shell completion."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kaoguan import resources
from tests.cli.command import inside as kaoguan

COMMENTED = '# 我的设置\nlanguage = "zh"  # 中文\n\n# 判分\njudge = "offline"\n'


def test_setting_keeps_comments_and_order(home: Path) -> None:
    (home / "config.toml").write_text(COMMENTED, encoding="utf-8")
    kaoguan("config", "set", "language", "en")
    kaoguan("config", "set", "keep_days", "30")
    assert (home / "config.toml").read_text(encoding="utf-8") == COMMENTED.replace('"zh"', '"en"') + "keep_days = 30\n"
    assert kaoguan("config", "get", "keep_days").stdout == "30\n"
    kaoguan("config", "unset", "keep_days")
    assert json.loads(kaoguan("config", "get", "--json").stdout)["keep_days"] is None
    assert kaoguan("config", "path").stdout.strip() == str(home / "config.toml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "langauge", "zh"), "unknown setting"),
        (("set", "judge", "me"), "use one of auto"),
        (("set", "keep_days", "0"), "above 0"),
        (("set", "api_key", "sk-1"), "environment"),
        (("get", "nothing"), "use one of"),
        (("unset", "judge"), "not set"),
    ],
)
def test_an_impossible_setting_changes_nothing(home: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in kaoguan("config", *arguments, code=2).stderr
    assert not (home / "config.toml").exists()


def test_a_broken_file_is_left_as_it_is(home: Path) -> None:
    (home / "config.toml").write_text("judge = = 1")
    assert "mend" in kaoguan("config", "set", "judge", "offline", code=2).stderr
    assert (home / "config.toml").read_text() == "judge = = 1"


def test_paths_say_what_is_there(home: Path) -> None:
    rows = json.loads(kaoguan("paths", "--json").stdout)
    assert rows["sessions"] == {"path": str(home / "kaoguan.db"), "exists": False}
    assert rows["bundled rubrics"]["exists"]
    assert str(home) in kaoguan("paths").stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_topic_has_a_text_in_both_languages(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAOGUAN_LANGUAGE", language)
    topics = [line.split()[0] for line in kaoguan("help").stdout.splitlines()]
    assert topics == sorted(file.stem for file in (resources.WORDS / "zh" / "help").iterdir())
    for topic in topics:
        assert kaoguan("help", topic).stdout.startswith("# ")
    assert "learning" in kaoguan("help", "nothing", code=2).stderr


@pytest.mark.parametrize(("line", "expected"), [("kaoguan ses", "sessions"), ("kaoguan sessions ex", "export")])
def test_the_shell_completes_commands(line: str, expected: str) -> None:
    environment = os.environ | {
        "_KAOGUAN_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
    }
    program = "import sys; sys.argv = ['kaoguan']; from kaoguan.cli.main import run; run()"
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert expected in run.stdout.split()
