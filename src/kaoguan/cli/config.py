"""`kaoguan config`: what is set, and where."""

import json
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer

from kaoguan import config, private
from kaoguan.cli.lazy import LazyGroup, group
from kaoguan.cli.options import AsJson
from kaoguan.cli.streams import print_data
from kaoguan.errors import SettingError, without_credentials
from kaoguan.files.replacing import replacing


class Settings(LazyGroup):
    """The commands on settings."""

    table: ClassVar = {
        "get": "kaoguan.cli.config:get",
        "set": "kaoguan.cli.config:set_",
        "unset": "kaoguan.cli.config:unset",
        "path": "kaoguan.cli.config:path",
    }


app = group(cls=Settings)

Key = Annotated[str, typer.Argument(metavar="KEY", help="The setting.")]


def get(
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="One setting (default: all).")] = None,
    as_json: AsJson = False,
) -> None:
    """Print settings as they hold: environment, then config.toml, then the default."""
    settings = config.load()
    values = {name: getattr(settings, name) for name in config.KEYS}
    if key is not None:
        if key not in values:
            raise SettingError(f"setting {key!r}", "there is none", f"use one of {', '.join(values)}")
        values = {key: values[key]}
    values = {name: without_credentials(one) if isinstance(one, str) else one for name, one in values.items()}
    if as_json:
        print_data(json.dumps(values, ensure_ascii=False, indent=2))
    elif key is not None:
        typer.echo("" if values[key] is None else values[key])
    else:
        for name, value in values.items():
            typer.echo(f"{name} = {'' if value is None else json.dumps(value, ensure_ascii=False)}".rstrip())


def set_(key: Key, value: Annotated[str, typer.Argument(metavar="VALUE", help="Its new value.")]) -> None:
    """Write one setting into config.toml; comments and everything else there stay as they are."""
    checked = config.checked_setting(f"config set {key}", key, value)

    def change(content: Any) -> None:
        content[key] = checked

    _edit(change)


def unset(key: Key) -> None:
    """Take one setting out of config.toml, so that the default holds."""

    def change(content: Any) -> None:
        if key not in content:
            raise SettingError(f"config unset {key}", "it is not set", "see `kaoguan config get`")
        del content[key]

    _edit(change)


def path() -> None:
    """Print where config.toml is (or would be)."""
    typer.echo(_file())


def _file() -> Path:
    return config.folders().config / "config.toml"


def _edit(change: Any) -> None:
    # 0.03 s: only those who edit their settings pay.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    file = _file()
    try:
        content = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
        private.folder(file.parent)
    except (TOMLKitError, UnicodeDecodeError, OSError) as error:
        raise SettingError(str(file), f"cannot be read ({error})", "mend or delete it") from error
    change(content)
    with replacing(file, private=True) as stream:
        stream.write(tomlkit.dumps(content))
    typer.echo(str(file), err=True)
