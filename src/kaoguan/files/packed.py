"""What a zip archive holds: a workbook of which kind, or files of which one may be the answers."""

import zipfile
import zlib
from typing import BinaryIO, Literal, NamedTuple, cast

from kaoguan.errors import AnswersError

Kind = Literal["workbook", "binary workbook", "open document", "archive"]

_OTHERS = (
    ("word/", "is a Word document", "put the answers into a table in .xlsx or CSV UTF-8"),
    ("ppt/", "is a PowerPoint file", "put the answers into a table in .xlsx or CSV UTF-8"),
    ("Index/", "is a Numbers document", "export it as .xlsx or CSV"),
)
_PACKERS = {
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\xfd7zX": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
}


# A part that unpacks to so much is looked at, and refused where it was packed so well: answers of people take a tenth
# of their size, and what a program repeats a million times takes a thousandth.
_LARGE, _RATIO = 10 << 20, 100
_SAVE = "save only the sheet with the answers, or save it as CSV UTF-8"


def refuse_bombs(shown: str, archive: zipfile.ZipFile, most_bytes: int, most_parts: int = 10_000) -> None:
    """Raise AnswersError when an archive unpacks to more than a sheet of answers is."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most_bytes or len(parts) > most_parts:
        what = f"is too large: {unpacked >> 20:,} MB in {len(parts):,} parts when it is unpacked"
        raise AnswersError(shown, what, _SAVE)
    for part in parts:
        if part.file_size > max(_LARGE, _RATIO * part.compress_size):
            what = f"is no table of answers: {part.compress_size >> 10:,} KB unpack to {part.file_size >> 20:,} MB"
            raise AnswersError(shown, what, _SAVE)


class Member(NamedTuple):
    """A file in an archive: what it is called, and its bytes as a stream."""

    name: str
    stream: BinaryIO


def refuse(shown: str, start: bytes) -> None:
    """Raise AnswersError when a file that starts like this is packed in a way that we do not unpack."""
    for mark, packer in _PACKERS.items():
        if start.startswith(mark):
            raise AnswersError(shown, f"is packed ({packer})", "unpack it and name the file of answers")


def kind(shown: str, stream: BinaryIO) -> Kind:
    """Return what the archive is. Raises AnswersError when it is a document of another program."""
    try:
        names = zipfile.ZipFile(stream).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, LookupError, NotImplementedError):
        return "workbook"  # which then says how it is damaged
    finally:
        stream.seek(0)
    if "xl/workbook.bin" in names:
        return "binary workbook"
    if "content.xml" in names:
        return "open document"
    if "[Content_Types].xml" not in names and _files(names):
        for start, what, mend in _OTHERS[2:]:
            if any(name.startswith(start) and name.endswith(".iwa") for name in names):
                raise AnswersError(shown, what, mend)
        return "archive"
    for start, what, mend in _OTHERS[:2]:
        if any(name.startswith(start) for name in names):
            raise AnswersError(shown, what, mend)
    return "workbook"


def only_member(shown: str, stream: BinaryIO) -> Member:
    """Return the only file of an archive. Raises AnswersError when there are more, or it cannot be read."""
    stream.seek(0)
    archive = zipfile.ZipFile(stream)
    files = _files(archive.namelist())
    if len(files) > 1:
        there = ", ".join(files[:5]) + (", …" if len(files) > 5 else "")
        raise AnswersError(shown, f"holds {len(files)} files: {there}", "unpack it and name the one with the answers")
    try:
        return Member(f"{shown} ({files[0]})", cast(BinaryIO, archive.open(files[0])))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError) as error:
        raise AnswersError(shown, "is an archive that cannot be read", "unpack it and name the file") from error


def _files(names: list[str]) -> list[str]:
    """Return the names of files, without what systems put beside them."""
    return [name for name in names if not name.endswith("/") and not _hidden(name)]


def _hidden(name: str) -> bool:
    return any(part.startswith(("__MACOSX", ".")) or part == "Thumbs.db" for part in name.split("/"))
