"""Which documents that rubrics were distilled from are at hand, so that a place in one can be looked up.

A rubric names a document and its hash, not a path: it may go to someone who does not have it. Where a document was read
is kept in this user's data folder, in one JSON file.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from kaoguan import private
from kaoguan.files.replacing import replacing
from kaoguan.models import Model, Source
from kaoguan.text import one_line


class Place(Model):
    """A document on this machine, as it was when it was read."""

    path: str
    sha256: str
    size: int
    mtime_ns: int


def places(file: Path) -> tuple[Place, ...]:
    """Return the documents that `file` remembers; none where there is no such file, or it is not ours."""
    try:
        return tuple(Place.model_validate(one) for one in json.loads(file.read_bytes()))
    except (OSError, ValueError):
        return ()


def remember(file: Path, documents: Iterable[Path]) -> None:
    """Write down in `file` where these documents are, and how they are now. Raises OSError."""
    known = {place.path: place for place in places(file)}
    for path in documents:
        state, where = path.stat(), str(path.resolve())
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        known[where] = Place(path=where, sha256=sha256, size=state.st_size, mtime_ns=state.st_mtime_ns)
    private.folder(file.parent)
    with replacing(file, private=True) as out:
        out.write(json.dumps([place.model_dump() for place in known.values()], ensure_ascii=False, indent=1))


def at_hand(source: Source, known: Sequence[Place]) -> Path | None:
    """Return where the document of a source is; None when it was never read here, is gone or has changed since."""
    for place in known:
        path = Path(place.path)
        same = one_line(path.name) == source.document and source.sha256 in {None, place.sha256}
        if same and _unchanged(path, place):
            return path
    return None


def _unchanged(path: Path, place: Place) -> bool:
    try:
        state = path.stat()
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == (place.size, place.mtime_ns)
