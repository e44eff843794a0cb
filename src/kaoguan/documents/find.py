"""Which files to read: paths, folders and globs become a sorted list, and what was left out is said."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kaoguan.errors import DocumentError
from kaoguan.models import Model
from kaoguan.text import one_line

SUFFIXES = frozenset(
    {".md", ".markdown", ".mdown", ".rst", ".rest", ".txt", ".text", ".ipynb"}
    | {".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub"}
)


class Found(Model):
    """The files to read, sorted, each once; and those in the folders that are no documents by their suffix."""

    documents: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def find(places: Iterable[str | Path]) -> Found:
    """Return the documents at these files, folders (searched to the bottom, hidden entries left out) and globs.

    A file that is named is always taken, whatever its suffix. DocumentError where a place holds nothing.
    """
    documents: dict[Path, Path] = {}
    skipped: set[Path] = set()
    for place in places:
        found = list(_files(Path(place)))
        if not found:
            raise DocumentError(one_line(str(place)), "no such file or folder, or an empty one", "check the path")
        for path, named in found:
            if named or path.suffix.lower() in SUFFIXES:
                documents.setdefault(path.resolve(), path)
            else:
                skipped.add(path)
    return Found(
        documents=tuple(sorted(documents.values())),
        skipped=tuple(sorted(path for path in skipped if path.resolve() not in documents)),
    )


def _files(place: Path) -> Iterator[tuple[Path, bool]]:
    """Yield each file at a place, and whether the user named it rather than its folder."""
    if place.is_dir():
        for path in _beneath(place):
            yield path, False
    elif place.exists():
        yield place, True
    else:
        # Path.glob refuses absolute patterns.
        for match in sorted(glob.glob(str(place), recursive=True)):  # noqa: PTH207
            path = Path(match)
            if path.is_dir():
                # `notes/**` names every folder on its way; `notes/*` means the folders' documents too.
                for inner in _beneath(path):
                    yield inner, False
            else:
                yield path, False


def _beneath(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and its folders; a link to a folder already seen ends there."""
    seen: set[str] = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path
