"""The streams of the process: in whatever terminal, code page or pipe, writing never fails for a character.

Text for people is written in the encoding of the stream; what that lacks is replaced by something that reads alike, or
by a question mark. What programs read, JSON and grades, is UTF-8 everywhere.
"""

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING

import typer

from kaoguan import config
from kaoguan.errors import KaoguanError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# Our own signs where a code page lacks them: cp437, cp1252, ASCII.
_ALIKE = str.maketrans(
    {"→": "->", "↳": ">", "…": "...", "·": "-", "●": "*", "○": "o", "–": "-", "—": "-", "•": "*", "│": "|", "✓": "v"}
    | dict.fromkeys("“”「」", '"')
    | dict.fromkeys("‘’", "'")
)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """Return what reads like the characters that cannot be written, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = str(error.object[error.start : error.end])
    alike = (character.translate(_ALIKE) for character in lost)
    return "".join(sign if sign.isascii() else "?" for sign in alike), error.end


class _Unheard(io.FileIO):
    """A place for which there may be no room: what is said there is lost then, and the work goes on."""

    def write(self, data: "ReadableBuffer") -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _open_closed() -> None:
    """Give the process the streams that it was started without: nothing to read, no room to write, errors unheard.

    Without them the next file that is opened would take their number, and be written to.
    """
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            raw = io.FileIO(os.open(os.devnull, flags), mode)
            buffered = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
            setattr(sys, name, io.TextIOWrapper(buffered, encoding="utf-8"))


def prepare_streams() -> None:
    """Make output never fail for a character, and a width of nothing mean that nobody knows the width."""
    _open_closed()
    stderr = sys.stderr
    if isinstance(stderr, io.TextIOWrapper) and not stderr.isatty() and stderr.fileno() == 2:
        unheard = io.BufferedWriter(_Unheard(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(unheard, stderr.encoding, line_buffering=True)
    codecs.register_error("kaoguan.alike", _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="kaoguan.alike")
    if os.environ.get("COLUMNS", "").strip() in {"0", ""}:
        os.environ.pop("COLUMNS", None)


def print_data(text: str) -> None:
    """Print what programs read: UTF-8 with plain line ends on every system, and one at the end."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    typer.echo(text, nl=bool(text) and not text.endswith("\n"))


def tell_fault(fault: KaoguanError) -> None:
    """Say on stderr what is wrong with one of many rows."""
    from kaoguan import prompts  # as below

    typer.echo(prompts.said(fault, config.spoken()), err=True)


def tell_error(error: KaoguanError) -> None:
    """Say on stderr, in the language of the screen, what went wrong."""
    # YAML costs 0.03 s: only those pay whom something went wrong.
    from kaoguan import prompts

    for line in prompts.said(error, config.spoken()).splitlines():
        typer.secho(f"kaoguan: {line}", fg="red", err=True)
