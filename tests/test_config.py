"""Settings: flag > environment > config.toml > default, and faults that say where they are."""

from pathlib import Path

import pytest

from kaoguan import config
from kaoguan.errors import SettingError


def load(home: Path, toml: str = "", **environment: str) -> config.Settings:
    (home / "config.toml").write_text(toml, encoding="utf-8")
    return config.load({"KAOGUAN_HOME": str(home), **environment})


def test_the_environment_comes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    file = 'model = "from-file"\ntimeout = 5\n'
    assert load(tmp_path).model is None
    assert load(tmp_path, file).model == "from-file"
    settings = load(tmp_path, file, KAOGUAN_MODEL="from-environment")
    assert (settings.model, settings.timeout) == ("from-environment", 5.0)


def test_numbers_are_read_from_the_environment(tmp_path: Path) -> None:
    settings = load(tmp_path, KAOGUAN_TIMEOUT="2.5", KAOGUAN_MAX_TOKENS="700")
    assert (settings.timeout, settings.max_tokens) == (2.5, 700)


def test_the_key_comes_from_the_environment_and_is_never_shown(tmp_path: Path) -> None:
    settings = load(tmp_path, OPENAI_API_KEY="sk-planted")
    assert settings.api_key == "sk-planted"
    assert settings.has_endpoint
    assert "planted" not in repr(settings)


@pytest.mark.parametrize(
    ("toml", "environment", "said"),
    [
        ("colour = 3", {}, "unknown setting 'colour'"),
        ('api_key = "sk-x"', {}, "keys belong in the environment"),
        ("model = 3", {}, "model must be a string"),
        ("timeout = true", {}, "write a number above 0"),
        ("", {"KAOGUAN_TIMEOUT": "soon"}, "write a number above 0"),
        ("max_tokens = -1", {}, "write a number above 0"),
        ("", {"KAOGUAN_JUDGE": "me"}, "use one of auto, offline, llm, hybrid"),
        ("", {"OPENAI_BASE_URL": "localhost:8080"}, "write all of it"),
        ("a = [", {}, "cannot be read"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(
    tmp_path: Path, toml: str, environment: dict[str, str], said: str
) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, toml, **environment)
    assert said in str(caught.value)
    assert str(caught.value).startswith((str(tmp_path), "environment variable"))
