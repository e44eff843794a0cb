"""Files that are there in full or not at all: written beside their place, then moved onto it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kaoguan.errors import SettingError


@contextmanager
def replacing(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a new text file that takes the place of `path` when the block ends well; else nothing changes.

    What is not a regular file (/dev/stdout, a named pipe) is written to directly. Raises SettingError.
    """
    if path.is_dir():
        raise SettingError(f"-o {path}", "is a folder", "name a file in it")
    if path.exists() and not path.is_file():
        with _mended(path), path.open("w", encoding=encoding, newline="\n") as stream:
            yield stream
        return
    # A link stays a link; what it points to is replaced.
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _mended(path):
            with part.open("x", encoding=encoding, newline="\n") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
    finally:
        # Where it could not even be created, that is the error to tell.
        with suppress(OSError):
            part.unlink()


@contextmanager
def _mended(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SettingError(f"-o {path}", f"cannot be written ({error.strerror})", "choose another place") from error
