"""Where text stands on a page: runs become lines, columns are told apart, running heads are found.

Coordinates are a PDF's: points from the lower left corner.
"""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class GlyphRun(NamedTuple):
    """A piece of text with nothing wide in it, and the box around it."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool


class TextLine(NamedTuple):
    """One line of a column."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool
    # Where the column ends: what stops short of it was not wrapped.
    edge: float
    # The line's place on the page, 0 at the bottom, 1 at the top.
    height: float

    @property
    def size(self) -> float:
        """The height of its letters."""
        return self.top - self.bottom


_DEEPEST_CUT = 6
# A gutter has this many lines on either side, each side this share of the width.
_FEWEST_LINES = 3
_NARROWEST = 0.2
# A line that crosses the gutter is a title or a figure's caption; more of them, and there is no gutter.
_MOST_CROSSING = 0.25
_MARGIN = 0.1
_MOST_EDGE_ROWS = 2
# A head is further from the text than its lines are from one another, in letter heights.
_HEAD_GAP = 1.6
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|p\.|第)\s*\d{1,4}\s*(?:页|of\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}|第\s*\d+\s*页.{0,4}共\s*\d+\s*页)\W*$",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^\W*(?:\d{1,4}|[ivxl]{1,6})\W*$", re.IGNORECASE)


def text_lines(runs: Sequence[GlyphRun], page_height: float) -> list[TextLine]:
    """Return a page's lines in reading order."""
    found: list[TextLine] = []
    for column in _columns([run for run in runs if run.text.strip()], 0):
        rows = _rows(column)
        # Not the very last: a page number may reach beyond its column.
        rights = sorted(row[-1].right for row in rows)
        edge = rights[int(0.95 * (len(rights) - 1))] if rights else 0.0
        found.extend(_line(row, edge, page_height) for row in rows)
    return found


def body_size(pages: Sequence[Sequence[TextLine]]) -> float:
    """Return the height of the letters in most of the text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def running_heads(pages: Sequence[Sequence[TextLine]]) -> list[set[TextLine]]:
    """Return, for each page, the lines at its edges that stand on other pages too, and its page number."""
    edges = [_edge(page, top=True) + _edge(page, top=False) for page in pages]
    times = Counter(shape for text_lines in edges for shape in {_shape(line) for line, apart in text_lines if apart})
    # Left and right pages may differ, and a chapter has heads of its own.
    enough = 2 if len(pages) < 6 else 3
    return [
        {
            line
            for line, apart in text_lines
            if _is_number(line, len(pages)) or (apart and times[_shape(line)] >= enough)
        }
        for text_lines in edges
    ]


def _is_number(line: TextLine, pages: int) -> bool:
    return bool(_PAGE_NUMBER.match(line.text) or (pages > 1 and _BARE_NUMBER.match(line.text)))


def _edge(page: Sequence[TextLine], *, top: bool) -> list[tuple[TextLine, bool]]:
    """Return the lines of a page's outermost row or two, and whether a gap sets them apart from the text."""
    rows: dict[float, list[TextLine]] = {}
    for line in page:
        rows.setdefault(round(line.height, 2), []).append(line)
    order = sorted(rows, reverse=top)
    outermost = [height for height in order[:_MOST_EDGE_ROWS] if (height > 1 - _MARGIN if top else height < _MARGIN)]
    found: list[tuple[TextLine, bool]] = []
    for place, height in enumerate(outermost):
        line = rows[height][0]
        following = rows[order[place + 1]][0] if place + 1 < len(order) else None
        apart = following is None or abs(line.bottom - following.bottom) > _HEAD_GAP * line.size
        # A head of two rows is apart as a whole when its second row is.
        found = [(other, known or apart) for other, known in found]
        found += [(other, apart) for other in rows[height]]
    return found


def _shape(line: TextLine) -> tuple[str, float]:
    return re.sub(r"\d+", "#", line.text), round(line.height, 2)


def _columns(runs: list[GlyphRun], depth: int) -> list[list[GlyphRun]]:
    """Return the columns of a block of text in reading order."""
    gutter = _gutter(runs) if depth < _DEEPEST_CUT else None
    if gutter is None:
        return [runs] if runs else []
    crossing = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: -run.top)
    found: list[list[GlyphRun]] = []
    rest = [run for run in runs if not run.left < gutter < run.right]
    # What crosses the gutter splits the page into bands, each with its columns.
    for across in [*crossing, None]:
        band = [run for run in rest if across is None or run.bottom > (across.top + across.bottom) / 2]
        rest = [run for run in rest if run not in set(band)]
        found += _columns([run for run in band if run.right <= gutter], depth + 1)
        found += _columns([run for run in band if run.left >= gutter], depth + 1)
        if across is not None:
            found.append([across])
    return _joined(found)


def _joined(columns: list[list[GlyphRun]]) -> list[list[GlyphRun]]:
    """Return the columns with full-width lines that follow one another put together."""
    joined: list[list[GlyphRun]] = []
    for column in columns:
        single = len(column) == 1 and joined and len(joined[-1]) >= 1
        if single and joined[-1][0].left <= column[0].left + 1 and joined[-1][-1].right >= column[0].right - 1:
            same_width = abs(joined[-1][-1].right - column[0].right) < 0.5 * (column[0].right - column[0].left)
            if same_width and joined[-1][-1].bottom >= column[0].bottom:
                joined[-1] = [*joined[-1], column[0]]
                continue
        joined.append(column)
    return joined


def _gutter(runs: Sequence[GlyphRun]) -> float | None:
    """Return where a block is split into a left and a right part, None where it is one column."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    start, end = min(run.left for run in runs), max(run.right for run in runs)
    width = end - start
    starts = Counter(
        round(run.left) for run in runs if start + _NARROWEST * width < run.left < end - _NARROWEST * width
    )
    # The right column begins where many runs begin.
    for place, count in starts.most_common(4):
        if count < _FEWEST_LINES:
            break
        gutter = place - 2.0
        left = [run for run in runs if run.right <= gutter]
        right = [run for run in runs if run.left >= gutter]
        if len(runs) - len(left) - len(right) > _MOST_CROSSING * len(runs):
            continue
        if _is_column(left, width) and _is_column(right, width) and _side_by_side(left, right):
            return gutter
    return None


def _is_column(runs: Sequence[GlyphRun], width: float) -> bool:
    return len(runs) >= _FEWEST_LINES and median(run.right - run.left for run in runs) >= _NARROWEST * width


def _side_by_side(left: Sequence[GlyphRun], right: Sequence[GlyphRun]) -> bool:
    top = min(max(run.top for run in left), max(run.top for run in right))
    bottom = max(min(run.bottom for run in left), min(run.bottom for run in right))
    return top - bottom > 2 * median(run.top - run.bottom for run in left)


def _rows(column: Sequence[GlyphRun]) -> list[list[GlyphRun]]:
    """Return a column's runs by line, from the top; those of one line from the left."""
    rows: list[list[GlyphRun]] = []
    for run in sorted(column, key=lambda run: -(run.top + run.bottom)):
        middle = (run.top + run.bottom) / 2
        # Superscripts and formulas sit higher or lower, but their middle lies within the line.
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _line(row: Sequence[GlyphRun], edge: float, page_height: float) -> TextLine:
    bottom, top = min(run.bottom for run in row), max(run.top for run in row)
    return TextLine(
        text=" ".join(" ".join(run.text.split()) for run in row),
        left=row[0].left,
        right=row[-1].right,
        bottom=bottom,
        top=top,
        bold=all(run.bold for run in row),
        edge=edge,
        height=(top + bottom) / 2 / page_height if page_height else 0.5,
    )
