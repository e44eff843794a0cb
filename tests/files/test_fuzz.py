"""Files damaged at random: they are refused, or every row is graded or rejected with its line. Never a traceback."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from kaoguan.errors import AnswersError
from kaoguan.files import open_answers
from kaoguan.files.checked_rows import checked_rows
from tests.files.test_real_files import BANK, CASES

WORKBOOKS = sorted([*CASES.glob("*.xlsx"), *CASES.glob("*.ods")])
TEXTS = sorted([*CASES.glob("*.csv"), *CASES.glob("*.tsv"), *CASES.glob("*.jsonl"), *CASES.glob("*.xls")])


def damaged_text(data: bytes, chance: random.Random) -> bytes:
    """Return the text with a few bytes put in, taken out, doubled or changed."""
    changed = bytearray(data or b" ")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(1, len(changed)))
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randint(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 80)]
            case 3:
                changed[at:at] = chance.choice([b'"', b",", b"\n", b"\x00", b"\x1a", b"\xff\xfe", b"=", b"\r", b"<p>"])
            case 4:
                changed = changed[: max(1, at)]
            case _:
                changed[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
    return bytes(changed)


def damaged_workbook(data: bytes, chance: random.Random) -> bytes:
    """Return the workbook with one of its parts damaged as a text, left out, or the archive itself damaged."""
    if chance.random() < 0.2:
        return damaged_text(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        victim = chance.choice(archive.namelist())
        for name in archive.namelist():
            part = archive.read(name)
            if name != victim:
                copy.writestr(name, part)
            elif chance.random() < 0.9:
                copy.writestr(name, _swapped(part, chance) if chance.random() < 0.5 else damaged_text(part, chance))
    return out.getvalue()


def _swapped(part: bytes, chance: random.Random) -> bytes:
    """Return XML that is still XML, but says something else."""
    swaps = [
        *((b't="s"', b't="n"'), (b't="s"', b't="e"'), (b't="s"', b't="d"'), (b't="s"', b't="b"'), (b"<v>0", b"<v>99")),
        *((b'r="2"', b'r="999999999"'), (b'r="A2"', b'r="ZZZ9"'), (b'r="B2"', b'r=""'), (b"<v>1</v>", b"<v>1e999</v>")),
        *((b"<v>1</v>", b"<v/>"), (b"rId1", b"rId77"), (b"sheet1.xml", b"../../etc/passwd"), (b"<row ", b"<row x='' ")),
        *(
            (b"main", b"strict"),
            (b"<t>", b"<t xml:space='preserve'>&#10;"),
            (b"UTF-8", b"UTF-16"),
            (b"visible", b"odd"),
        ),
    ]
    for old, new in chance.sample(swaps, 4):
        part = part.replace(old, new, chance.randint(1, 3))
    return part


def check(path: Path) -> None:
    try:
        with open_answers(str(path), io.BytesIO()) as answers:
            for row in checked_rows(answers, BANK):
                assert row.line >= 1
    except AnswersError as error:
        assert str(path) in str(error)


def fuzz(tmp_path: Path, seeds: range) -> None:
    for seed in seeds:
        chance = random.Random(seed)
        for sources, damage in ((WORKBOOKS, damaged_workbook), (TEXTS, damaged_text)):
            source = chance.choice(sources)
            path = tmp_path / f"{seed}{source.suffix}"
            path.write_bytes(damage(source.read_bytes(), chance))
            check(path)
            path.unlink()


def test_a_damaged_file_is_refused_or_its_rows_are_graded_or_rejected(tmp_path: Path) -> None:
    fuzz(tmp_path, range(60))


@pytest.mark.slow
def test_a_thousand_damaged_files_are_refused_or_their_rows_are_graded_or_rejected(tmp_path: Path) -> None:
    fuzz(tmp_path, range(60, 560))
