"""Write the figures that stand below benchmarks/ into README and docs/, and the page that says where each comes from.

    python benchmarks/figures.py             # write README*.md and docs/
    python benchmarks/figures.py --check     # only say what is stale: exit code 1 (tests/test_figures.py does it)
    python benchmarks/figures.py --measure   # measure the offline judge first: its table in offline/RESULTS.md

In the pages a figure is a link to its place on the figures page, `[.79](docs/figures.md#typed-kappa)`; this program
writes its text. `figures.toml` says where each figure stands. The list of topics in docs/*/rubrics.md is the bank's.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kaoguan import prompts, rubrics
from kaoguan.models import Language

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "benchmarks" / "figures.toml"
PAGE = ROOT / "docs" / "figures.md"
RESULTS = ROOT / "benchmarks" / "offline" / "RESULTS.md"
LINK = re.compile(r"\[([^\[\]]*)\]\(([\w./-]*figures\.md)#([\w-]+)\)")


class Figure(NamedTuple):
    """One figure as it is written, and where it comes from."""

    text: str
    file: str
    command: str
    group: str


def figures() -> dict[str, Figure]:
    """Return all figures by name. Raises LookupError naming what is not in its file."""
    found: dict[str, Figure] = {}
    for group, entries in tomllib.loads(SOURCES.read_text(encoding="utf-8")).items():
        for name, where in entries.items():
            if name not in {"file", "command", "en", "zh"}:
                found[name] = Figure(
                    read(name, ROOT / entries["file"], where), entries["file"], entries["command"], group
                )
    return found


def read(name: str, file: Path, where: str) -> str:
    """Return the figure that stands there. Raises LookupError."""
    if where.startswith("count"):
        return str(sum(counts(where.removeprefix("count").strip()).values()))
    text = file.read_text(encoding="utf-8")
    if where.startswith("/"):
        pattern, style = where[1:].rsplit("/ ", 1)
        match = re.search(pattern, text, flags=re.MULTILINE | (re.DOTALL if "slipped" in name else 0))
        if match is None:
            raise LookupError(f"{name}: {file.relative_to(ROOT)} has nothing like /{pattern}/; mend {SOURCES.name}")
        return written(match[1], style)
    row, column, style = (part.strip() for part in where.rsplit("|", 2))
    cell = next(cells(text, row, column), None)
    if cell is None:
        raise LookupError(f"{name}: {file.relative_to(ROOT)} has no row {row} with a {column}; mend {SOURCES.name}")
    return written(cell, style)


def cells(text: str, row: str, column: str) -> Iterator[str]:
    """Yield what stands in that column of the rows that begin with `row`, of all tables."""
    header: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            header = []
        elif not header:
            header = [cell.strip() for cell in line.strip("|").split("|")]
        elif column in header and line.startswith(f"| {row}"):
            yield line.strip("|").split("|")[header.index(column)].strip().strip("*")


def written(value: str, style: str) -> str:
    """Return a number as it is written: `.2` is .79, `0.1` is 8.7, `%` is 28 %, `as-is` is what stands there."""
    if style == "as-is":
        return value
    number = float(re.sub(r"[^\d.-]", "", value))
    if style == "%":
        return f"{number:.0f} %"
    said = f"{number:.{style[-1]}f}"
    return said if style.startswith("0") else said.removeprefix("0")


def counts(language: str = "") -> Counter[str]:
    """Return the number of bundled questions by topic's id, in one language or in all."""
    bank = rubrics.load_bundled().values()
    return Counter(rubric_topic(rubric.id) for rubric in bank if language in {"", rubric.language})


def rubric_topic(rubric_id: str) -> str:
    """Return the folder of a bundled rubric."""
    return next((ROOT / "rubrics").glob(f"*/{rubric_id}.yaml")).parent.name


def topics(language: Language) -> str:
    """Return the bank's topics as a table."""
    names = prompts.load("topics", language).texts
    heads = {"zh": "| 话题 | | 题数 | 中文 | 英文 |", "en": "| topic | | questions | Chinese | English |"}
    every, chinese, english = counts(), counts("zh"), counts("en")
    rows = [f"| `{topic}` | {names[topic]} | {every[topic]} | {chinese[topic]} | {english[topic]} |" for topic in every]
    return "\n".join([heads[language], "|---|---|---|---|---|", *sorted(rows)])


def figures_page(known: Mapping[str, Figure]) -> str:
    """Return the page that says where each figure comes from."""
    groups = tomllib.loads(SOURCES.read_text(encoding="utf-8"))
    lines = [
        "# Figures · 数字",
        "",
        "Where each figure in README and in these pages comes from: the file in the repository, and the command that",
        "measures it. Written by `python benchmarks/figures.py`; a test fails when a page says otherwise.",
        "",
        "README 和文档里的每个数字出自哪个文件、由哪条命令测得。本页由程序写成，有测试保证各处一致。",
    ]
    for group, entries in groups.items():
        lines += ["", f"## {group}", "", f"{entries['en']}.", "", f"{entries['zh']}。", ""]
        lines += [f"File · 文件: `{entries['file']}`", "", f"Command · 命令: `{entries['command']}`", ""]
        lines += ["| figure | |", "|---|---|"]
        lines += [f'| <a id="{name}"></a>`{name}` | {one.text} |' for name, one in known.items() if one.group == group]
    return "\n".join(lines) + "\n"


def pages() -> list[Path]:
    """Return all pages that figures stand in."""
    return [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def updated(page: Path, known: Mapping[str, Figure]) -> str:
    """Return the page with its figures as they are. Raises LookupError naming a figure that there is not."""

    def link(match: re.Match[str]) -> str:
        if match[3] not in known:
            raise LookupError(f"{page.relative_to(ROOT)}: there is no figure {match[3]}; write it into {SOURCES.name}")
        return f"[{known[match[3]].text}]({match[2]}#{match[3]})"

    if page == PAGE:
        return figures_page(known)
    text = LINK.sub(link, page.read_text(encoding="utf-8"))
    language: Language = "zh" if "zh" in page.relative_to(ROOT).parts else "en"
    table = f"<!-- topics -->\n{topics(language)}\n<!-- end -->" if "<!-- topics -->" in text else ""
    return re.sub(r"<!-- topics -->.*?<!-- end -->", lambda _: table, text, flags=re.DOTALL)


def stale(known: Mapping[str, Figure]) -> dict[Path, str]:
    """Return the pages that say otherwise than the files, with what they should say."""
    PAGE.touch()
    return {page: text for page in pages() if (text := updated(page, known)) != page.read_text(encoding="utf-8")}


def measure() -> None:
    """Measure the shipped offline judge, and put what comes out between the two marks of its RESULTS.md."""
    program = [sys.executable, str(ROOT / "benchmarks" / "offline" / "held_out.py")]
    said = subprocess.run(program, stdout=subprocess.PIPE, text=True, check=True).stdout
    text = RESULTS.read_text(encoding="utf-8")
    marks = re.compile(r"(<!-- held_out.py -->\n).*?(\n<!-- end -->)", flags=re.DOTALL)
    RESULTS.write_text(marks.sub(lambda match: f"{match[1]}{said.strip()}{match[2]}", text), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--measure", action="store_true")
    arguments = parser.parse_args()
    if arguments.measure:
        measure()
    try:
        wrong = stale(figures())
    except LookupError as error:
        sys.exit(str(error))
    for page, text in wrong.items():
        print(page.relative_to(ROOT))
        if not arguments.check:
            page.write_text(text, encoding="utf-8")
    if wrong and arguments.check:
        sys.exit("stale; run python benchmarks/figures.py")


if __name__ == "__main__":
    main()
