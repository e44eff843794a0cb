"""One way to do each thing: where a second implementation would begin, a search finds it."""

import re

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "kaoguan"
# Rooms that have not yet come over to the shared way.
ELSEWHERE = ("grading/offline/", "embeddings/")

ONLY = {
    "a package's lazy face": (r"^def __getattr__", set()),
    "a table on a terminal": (r"\bTable\(", {"report/table.py"}),
    "a database": (r"sqlite3\.connect\(", {"key_value_store.py", "store/connection.py", "engines/provider_batches.py"}),
    "a file moved onto another": (r"\bpart\.replace\(|os\.replace\(", {"files/replacing.py"}),
    # wrap knows how wide characters are, the page which ones cannot be seen.
    "what Chinese is": (r"\\u(?:3400|4e00|9fff)", {"text/script.py", "text/wrap.py", "report/html/environment.py"}),
    "a dash for no number": (r"[\"'][-–][\"'] if \w+(?:\.\w+)* is None", set()),
    "a person's ruling": (r"^class Ruling\b", {"models.py"}),
    "a grade with rulings": (r"^def overrule\b", {"rulings/overruling.py"}),
    "why a person should look": (r"review_reasons: tuple\[(?!ReviewReason)", set()),
}


@pytest.mark.parametrize(("pattern", "places"), ONLY.values(), ids=ONLY)
def test_there_is_one_way(pattern: str, places: set[str]) -> None:
    files = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py")}
    found = {name for name, path in files.items() if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert {name for name in found if not name.startswith(ELSEWHERE)} == places
