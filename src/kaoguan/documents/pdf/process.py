"""The process that opens a PDF: bytes in, where each piece of text stands out.

Run by its path, it imports nothing of kaoguan. PDFium is C++ over anyone's files: in a process of its own it may hang,
crash or ask for a terabyte, and cost one document. It only hands out characters and where they stand: no form is
filled, no script run, no link followed.

It writes one line of JSON: `{"problem": …}` with password, damaged or pages, or `{"pages": [[height, [run, …]], …]}`.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from typing import Any

MOST_PAGES = 2_000
# A page of the densest print has some 10 000 characters; more than this is not for reading.
MOST_PAGE_CHARACTERS = 200_000
MOST_MEMORY = 2 << 30
# A gap this many times the height of the letters is the space between two columns or cells.
_WIDE_GAP = 1.6
_BOLD = 600
# What PDFium reports for a hyphen at the end of a line.
_HYPHEN = {0x02: "-", 0xFFFE: "-"}


def main() -> None:
    """Read a PDF from standard input, write what it holds to standard output."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        # Not on Windows, and not every system lets it.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    json.dump(_content(sys.stdin.buffer.read()), sys.stdout)


def _content(data: bytes) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return {"problem": "password" if "password" in str(error).lower() else "damaged"}
    if count > MOST_PAGES:
        return {"problem": "pages"}
    pages = []
    for number in range(count):
        try:
            page = document[number]
            pages.append((page.get_height(), list(_runs(page.get_textpage()))))
            page.close()
        except pypdfium2.PdfiumError:
            # One broken page must not cost the others.
            pages.append((0.0, []))
    return {"pages": pages}


def _runs(page: Any) -> Iterator[tuple[str, float, float, float, float, bool]]:
    """Yield the pieces of a page's text between line ends and wide gaps, in the order in which they were written."""
    import ctypes

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    run: list[str] = []
    left = right = bottom = top = 0.0
    bold = False
    for index in range(min(page.count_chars(), MOST_PAGE_CHARACTERS)):
        character = _HYPHEN.get(code := raw.FPDFText_GetUnicode(page, index), chr(code))
        if character in "\r\n\0":
            if run:
                yield _whole(run), left, right, bottom, top, bold
                run = []
            continue
        if not raw.FPDFText_GetLooseCharBox(page, index, pointer) or character.isspace():
            if run:
                run.append(" ")
            continue
        height = box.top - box.bottom
        elsewhere = abs(box.bottom - bottom) > height or box.left - right > _WIDE_GAP * height or box.left < left
        if run and elsewhere:
            yield _whole(run), left, right, bottom, top, bold
            run = []
        if not run:
            left, bottom, top = box.left, box.bottom, box.top
            bold = _is_bold(page, index)
        run.append(character)
        right = box.right
        bottom, top = min(bottom, box.bottom), max(top, box.top)
    if run:
        yield _whole(run), left, right, bottom, top, bold


def _is_bold(page: Any, index: int) -> bool:
    import ctypes

    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(page, index) >= _BOLD:
        return True
    # The standard fonts carry no weight, but their names say it.
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(page, index, name, len(name), None)
    return b"Bold" in name.value or b"Heavy" in name.value


def _whole(characters: list[str]) -> str:
    """Return characters as text; those beyond U+FFFF come in halves."""
    return "".join(characters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


if __name__ == "__main__":
    main()
