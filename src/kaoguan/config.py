"""Settings and the folders they live in: flag > environment > config.toml > default.

`KAOGUAN_HOME` moves everything (data, settings, caches) into one folder, which is also how tests stay out of yours.
"""

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from kaoguan.errors import SettingError

JudgeChoice = Literal["auto", "offline", "llm", "hybrid"]
LanguageChoice = Literal["auto", "zh", "en"]
EnterChoice = Literal["submit", "newline"]
# As models.Language, whose module costs 0.05 s that --help must not pay.
ScreenLanguage = Literal["zh", "en"]

_TEXTS = ("judge", "embedder", "language", "base_url", "model", "enter")
_NUMBERS = ("timeout", "max_tokens", "keep_days")
KEYS = (*_TEXTS, *_NUMBERS)


@dataclass(frozen=True)
class Folders:
    """Where this user's data, settings and caches are kept."""

    data: Path
    config: Path
    cache: Path

    @property
    def database(self) -> Path:
        """Return the path of the session database."""
        return self.data / "kaoguan.db"

    @property
    def judges(self) -> Path:
        """Return the folder of offline judges that this user has fitted for other embedders."""
        return self.data / "judges"

    @property
    def documents(self) -> Path:
        """Return the file that remembers where the documents are that rubrics were distilled from."""
        return self.data / "documents.json"

    @property
    def packs(self) -> Path:
        """Return the folder of this user's own packs of rubrics, one folder each."""
        return self.data / "packs"

    @property
    def prompts(self) -> Path:
        """Return the folder of this user's own wordings: `<language>/<name>.yaml`, any keys of the shipped file."""
        return self.config / "prompts"

    @property
    def prices(self) -> Path:
        """Return the file of this user's own prices for models, which come before the shipped ones."""
        return self.config / "prices.yaml"


@dataclass(frozen=True)
class Settings:
    """What the user configured; flags override single fields afterwards."""

    judge: JudgeChoice = "auto"
    embedder: str = "bundled"
    language: LanguageChoice = "auto"
    base_url: str | None = None
    model: str | None = None
    timeout: float = 60.0
    """Seconds to wait for one reply of a language model."""
    max_tokens: int = 4096
    """The longest reply to ask a language model for; a reasoning model thinks within it too."""
    enter: EnterChoice = "submit"
    """What Enter does in an interview; where it makes a new line, Alt-Enter or an empty line submits."""
    keep_days: int | None = None
    """How long sessions are kept; None: until they are deleted. What was learned from them stays."""
    # Not shown: the key must never reach a log or a traceback.
    api_key: str | None = field(default=None, repr=False)

    locale: ScreenLanguage | None = None
    """The language that the system speaks; None where it says none."""

    @property
    def chosen_language(self) -> ScreenLanguage | None:
        """Return the language that the user set or the system speaks; None where nobody says."""
        return self.locale if self.language == "auto" else self.language

    @property
    def screen(self) -> ScreenLanguage:
        """Return the language for what belongs to no one question."""
        return self.chosen_language or "en"

    @property
    def has_endpoint(self) -> bool:
        """Return whether a language model could be asked: a key or a base URL is configured."""
        return bool(self.api_key or self.base_url)


def folders(environment: Mapping[str, str] = os.environ) -> Folders:
    """Return the folders for this user; none is created yet."""
    if home := environment.get("KAOGUAN_HOME"):
        root = Path(home).expanduser()
        return Folders(data=root, config=root, cache=root / "cache")
    import platformdirs  # 0.03 s; --help must not pay it

    place = platformdirs.PlatformDirs("kaoguan", appauthor=False)
    return Folders(Path(place.user_data_dir), Path(place.user_config_dir), Path(place.user_cache_dir))


# By hand rather than by pydantic-settings: that takes .2 s to import (all of this module: .02 s), which every command
# would pay, and its errors name neither the file nor what to write instead.
def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of config.toml overridden by the environment. Raises SettingError."""
    path = folders(environment).config / "config.toml"
    values = {key: (str(path), value) for key, value in _read(path).items()}
    for key in KEYS:
        name = "OPENAI_BASE_URL" if key == "base_url" else f"KAOGUAN_{key.upper()}"
        if value := environment.get(name):
            values[key] = (f"environment variable {name}", value)
    chosen = {key: checked_setting(where, key, value) for key, (where, value) in values.items()}
    return Settings(**chosen, api_key=environment.get("OPENAI_API_KEY") or None, locale=locale(environment))


def spoken(environment: Mapping[str, str] = os.environ) -> ScreenLanguage:
    """Return the language of help and errors: as `Settings.screen`, also where the settings cannot be read."""
    wanted = environment.get("KAOGUAN_LANGUAGE")
    if not wanted:
        try:
            wanted = _read(folders(environment).config / "config.toml").get("language")
        except SettingError:
            wanted = None
    named: dict[str, ScreenLanguage] = {"zh": "zh", "en": "en"}
    return named.get(str(wanted)) or locale(environment) or "en"


def locale(environment: Mapping[str, str] = os.environ) -> ScreenLanguage | None:
    """Return the language that the system speaks: Chinese, English for all others, or None where it says none."""
    named = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if named.split(".")[0].casefold() in {"", "c", "posix"}:
        return _windows_language() if not named else None
    # What GNU programs read first: zh_CN:zh.
    first = (environment.get("LANGUAGE") or named).split(":")[0]
    return "zh" if first.casefold().startswith("zh") else "en"


def _windows_language() -> ScreenLanguage | None:
    if sys.platform != "win32":
        return None
    import ctypes

    # The lower ten bits are the language: 4 is Chinese, in all its countries and scripts.
    return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04 else "en"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingError(str(path), f"cannot be read ({error})", "mend or delete it") from error


def checked_setting(where: str, key: str, value: object) -> Any:
    """Return the value of a setting as its type. Raises SettingError at `where` for an unknown or impossible one."""
    if key not in KEYS:
        mend = f"use one of {', '.join(KEYS)}"
        if "key" in key:
            mend = "keys belong in the environment: export OPENAI_API_KEY=…"
        raise SettingError(where, f"unknown setting {key!r}", mend)
    if key in _NUMBERS:
        return _number(where, key, value)
    if not isinstance(value, str):
        raise SettingError(where, f"{key} must be a string", f'write {key} = "…"')
    choices = {
        "judge": get_args(JudgeChoice),
        "language": get_args(LanguageChoice),
        "enter": get_args(EnterChoice),
    }.get(key)
    if choices and value not in choices:
        raise SettingError(where, f"{key} is {value!r}", f"use one of {', '.join(choices)}")
    if key == "base_url" and not value.startswith(("http://", "https://")):
        raise SettingError(where, f"{key} is {value!r}", "write all of it: https://…/v1")
    return value


def _number(where: str, key: str, value: object) -> float | int:
    kind = float if key == "timeout" else int
    try:
        number = kind(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0
    except ValueError:
        number = 0
    if not 0 < number < 1_000_000:
        raise SettingError(
            where, f"{key} is {value!r}", f"write a number above 0: {key} = {getattr(Settings, key) or 365}"
        )
    return number
