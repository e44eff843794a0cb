"""Files that are there in full or not at all: written beside their place, then moved onto it."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from kaoguan.errors import SettingError


@contextmanager
def replacing(path: Path, encoding: str = "utf-8", *, private: bool = False) -> Iterator[TextIO]:
    """Open a new text file that takes the place of `path` when the block ends well; else nothing changes.

    What is not a regular file (/dev/stdout, a named pipe) is written to directly. A `private` one can be read by this
    user only, whatever the umask. Raises SettingError.
    """
    with replacing_bytes(path, private=private) as stream:
        text = io.TextIOWrapper(stream, encoding, newline="\n")
        yield text
        text.detach()


@contextmanager
def replacing_bytes(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Open a new binary file, as `replacing` does. Raises SettingError."""
    if path.is_dir():
        raise SettingError(f"-o {path}", "is a folder", "name a file in it")
    if path.exists() and not path.is_file():
        with _mended(path), path.open("wb") as stream:
            yield stream
        return
    target = _target(path)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _mended(path):
            if private:
                part.touch(mode=0o600, exist_ok=False)
            with part.open("r+b" if private else "xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists() and not private:
                shutil.copymode(target, part)
            part.replace(target)
    finally:
        # Where it could not even be created, that is the error to tell.
        with suppress(OSError):
            part.unlink()


def _target(path: Path) -> Path:
    """Return the file to replace: a link stays a link, and what it points to is replaced. Raises SettingError."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError is how pathlib says that links go round in a circle
        raise SettingError(f"-o {path}", "is a link that leads back to itself", "choose another place") from error


@contextmanager
def _mended(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SettingError(f"-o {path}", f"cannot be written ({error.strerror})", "choose another place") from error
