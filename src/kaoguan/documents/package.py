"""The zip archive that a DOCX or EPUB is, opened with its sizes known before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kaoguan.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

# A zip bomb says its size in its directory: Python's zipfile unpacks no more than is said there.
MOST_PART_BYTES = 20 << 20
MOST_PARTS = 10_000
_DAMAGED = "open it in its own program and save it again"


class Archive:
    """The parts of an archive, by name."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._zip = archive
        self._parts = {part.filename: part for part in archive.infolist()}
        if len(self._parts) > MOST_PARTS:
            raise DocumentError(name, f"holds more than {MOST_PARTS} parts", "check that it is a document")

    @property
    def is_epub(self) -> bool:
        """Return whether this is an electronic book."""
        return "META-INF/container.xml" in self._parts

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._parts)

    def read(self, part: str) -> bytes | None:
        """Return a part's bytes, None where there is no such part; DocumentError when it is damaged or too large."""
        info = self._parts.get(part)
        if info is None:
            return None
        if info.file_size > MOST_PART_BYTES:
            raise DocumentError(self._name, f"unpacks to more than {MOST_PART_BYTES >> 20} MB", "split it")
        if info.flag_bits & 1:
            raise DocumentError(self._name, "is protected by a password", "save it without one")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise DocumentError(self._name, "is damaged", _DAMAGED) from None

    def xml(self, part: str) -> "_Element | None":
        """Return a part's XML, its entities left alone and nothing fetched; None where there is no such part."""
        # lxml costs 0.05 s, and most documents are no archives.
        from lxml import etree

        content = self.read(part)
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise DocumentError(self._name, "is damaged", _DAMAGED) from None


@contextmanager
def open_package(name: str, content: bytes) -> Iterator[Archive]:
    """Yield the archive that these bytes are."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DocumentError(name, "is damaged", _DAMAGED) from None
    with archive:
        yield Archive(name, archive)
