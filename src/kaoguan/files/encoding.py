"""Which encoding a file is in: a mark at its start, else UTF-8 where that fits, else the one of GB18030 (which contains
GBK), Big5, Shift-JIS and Windows-1252 in which the text is made of characters that people use.

Excel on Chinese Windows writes GBK without saying so. The choice is made line by line over the whole file, because one
damaged byte must not turn a UTF-8 file into ten thousand lines of nonsense in GB18030, which accepts nearly anything.
"""

import codecs
import re
from typing import BinaryIO, NamedTuple

from kaoguan.files.unreadable import japanese, simplified, traditional
from kaoguan.text.script import HAN, PUNCTUATION

# Longer than any answer by far; what exceeds it is one rejected row, not a full memory.
LONGEST_LINE = 1 << 20

_MARKS = (
    *((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
)

# Bytes beyond ASCII that stand alone: an accent or a curly quote of Windows-1252. Chinese ones come in pairs.
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_KNOWN = re.compile(rf"[ -~\n\r\t{HAN}{PUNCTUATION}]")
_SAMPLE = 4096

# So many bytes of lines that are not UTF-8 are compared, and so much of them must be in use: of Chinese as it is
# written nine characters of ten are, of Chinese in the wrong encoding hardly half.
_COMPARED = 1 << 16
_IN_USE = 0.75
_NAMES = {"gb18030": "GB18030 (GBK)", "big5hkscs": "Big5", "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR"}
# In GBK, Korean is made of common characters; but Chinese has others too, beyond the rows of the Korean syllables.
_KOREAN_FROM, _KOREAN_SHARE = 12, 0.97
_JAPANESE = re.compile("[\u3041-\u30fe]")
_SYLLABLE = re.compile("[\uac00-\ud7a3]")


class Encoding(NamedTuple):
    """A Python codec name, and what the user should hear about it ("" when there is nothing to say)."""

    codec: str
    note: str


def without_mark(text: str) -> str:
    """Return the start of a text without a mark, also one that was there twice or was itself read as Windows-1252."""
    return text.lstrip("\ufeff").removeprefix("ï»¿")


def detect(stream: BinaryIO) -> Encoding | None:
    """Return the encoding of a whole file, None when it is no text we can read; leaves the stream at its start."""
    start = stream.read(_SAMPLE)
    stream.seek(0)
    for mark, marked in _MARKS:
        if start.startswith(mark):
            return Encoding(marked, "" if marked == "utf-8-sig" else f"read as {marked.upper()}")
    if b"\0" in start and (codec := _unmarked_utf16(start)):
        return Encoding(codec, "read as UTF-16")
    fits = _lines_that_fit(stream)
    stream.seek(0)
    return _best(fits)


class _Fits(NamedTuple):
    lines: int
    utf8: int
    other: bytes
    """Lines that are not UTF-8, some of them."""
    runs: int
    alone: int


def _best(fits: _Fits) -> Encoding | None:
    if fits.utf8 == fits.lines:
        return Encoding("utf-8", "")
    if fits.utf8 * 2 >= fits.lines:
        return Encoding("utf-8", f"read as UTF-8, although {fits.lines - fits.utf8} lines are not")
    if fits.alone * 10 >= fits.runs * 9:
        return Encoding("cp1252", "read as Windows-1252, because it is not UTF-8")
    shares = {codec: _in_use(fits.other, codec) for codec in _NAMES}
    codec = max(shares, key=lambda one: shares[one])
    if shares["cp949"] > _KOREAN_SHARE and len(_SYLLABLE.findall(fits.other.decode("cp949", "replace"))) > _KOREAN_FROM:
        codec = "cp949"
    if shares[codec] < _IN_USE:
        return None
    return Encoding(codec, f"read as {_NAMES[codec]}, because it is not UTF-8")


def _in_use(data: bytes, codec: str) -> float:
    """Return how much of the text in this encoding is characters in use, 0-1; what does not decode is not."""
    text = data.decode(codec, "replace")
    beyond = [one for one in text if ord(one) > 0x7F]
    if codec == "cp949":
        known = sum(_SYLLABLE.match(one) is not None or _is_sign(one) for one in beyond)
    elif codec in ("cp932", "euc_jp"):
        # Half-width kana are what other encodings look like.
        known = sum(one in japanese() or one in "、。・ー「」（）！？：；，．" for one in beyond)
    else:
        used = simplified() if codec == "gb18030" else traditional()
        # Kana stand at the same places in EUC-JP, whose other characters would come out wrong.
        known = sum(one in used or (not _JAPANESE.match(one) and _is_sign(one)) for one in beyond)
    return known / max(1, len(beyond))


def _is_sign(character: str) -> bool:
    return character in "，。、；：？！（）《》“”‘’—…·～％＋－＝×÷【】「」『』" or "０" <= character <= "ｚ"


def _unmarked_utf16(start: bytes) -> str | None:
    """Return the byte order in which the sample is text, None for neither."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = start.decode(codec, "replace")
        # In the wrong order, spaces and line ends become rare characters, and Chinese becomes all kinds of scripts.
        known = len(_KNOWN.findall(text))
        if known * 10 >= len(text) * 9:
            return codec
    return None


def _lines_that_fit(stream: BinaryIO) -> _Fits:
    """Count the lines beyond ASCII, and how many of them are UTF-8."""
    lines = utf8 = runs = alone = 0
    other = bytearray()
    while line := stream.readline(LONGEST_LINE):
        # A piece of an overlong line may be cut inside a character; such a line is rejected later anyway.
        if line.isascii() or len(line) == LONGEST_LINE:
            continue
        lines += 1
        fits = _decodes(line, "utf-8")
        utf8 += fits
        if not fits and len(other) < _COMPARED:
            other += line[:_COMPARED]
        beyond = _BEYOND_ASCII.findall(line)
        runs += len(beyond)
        alone += sum(len(run) == 1 for run in beyond)
    return _Fits(lines, utf8, bytes(other), runs, alone)


def _decodes(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
