"""Make the pictures of the README from a real interview: the terminal as SVG, the report's page as PNG.

    python docs/pictures/make.py            # needs kaoguan[dev,browser] and a Chromium

`kaoguan interview` runs on a terminal in memory, the answers below are typed, and what stands on the screen at the end
is drawn, in both languages. Nothing is edited: when the judge rules otherwise, the picture shows it.
"""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pyte
from PIL import Image
from playwright.sync_api import sync_playwright
from rich.cells import cell_len

HERE = Path(__file__).parent
COLUMNS, LINES = 84, 70
_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


class Scene(NamedTuple):
    """One interview: which question, and what is typed."""

    language: str
    rubric: str
    answers: tuple[str, ...]


SCENES = (
    Scene(
        "zh",
        "lora",
        (
            "冻结预训练权重，只训练旁边加的两个低秩矩阵 A 和 B，更新量等于 BA，参数量很少，显存省很多。",
            "训练完把 BA 加回原来的权重里，推理时没有额外的层，不会变慢。",
        ),
    ),
    Scene(
        "en",
        "lora_en",
        (
            "You freeze the base weights and train two small low-rank matrices B and A whose product is the update.",
            "Only the small matrices have gradients and Adam states, so most of that memory is saved.",
        ),
    ),
)

# One cell of the screen, and the colours of a terminal with a dark ground.
WIDTH, HEIGHT, MARGIN = 9, 21, 16
COLOURS = {
    "default": "#d0d0d0",
    "red": "#e06c75",
    "green": "#98c379",
    "brown": "#e5c07b",
    "blue": "#61afef",
    "magenta": "#c678dd",
    "cyan": "#56b6c2",
    "brightblack": "#8a8a8a",
}
NBSP = "\u00a0"  # SVG draws several spaces as one
FONTS = "Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"


class Terminal:
    """A process on a terminal in memory."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.screen.write_process_input = lambda data: os.write(self._master, data.encode())  # type: ignore[method-assign]
        self._stream = pyte.ByteStream(self.screen)
        process, self._master = pty.fork()
        if process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execvpe(command[0], command, environment)

    def read(self, *, asked: int = 0, seconds: float = 300.0) -> None:
        """Read until the prompt has been shown so many times; 0: until the process ends. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while not asked or self.prompts() < asked:
            if time.monotonic() > end:
                raise TimeoutError("\n".join(self.screen.display))
            if select.select([self._master], [], [], 1.0)[0]:
                try:
                    self._stream.feed(os.read(self._master, 65536))
                except OSError:  # so Linux says that the process has ended
                    return

    def prompts(self) -> int:
        """Return how many prompts stand on the screen."""
        return sum(one.startswith("> ") for one in self.screen.display)

    def type(self, text: str) -> None:
        """Type a line, and press Enter a moment later: what comes all at once is taken for pasted."""
        os.write(self._master, text.encode())
        time.sleep(3)
        os.write(self._master, b"\r")


def sit(scene: Scene, home: Path) -> pyte.Screen:
    """Sit the interview and return what stands on the screen at its end."""
    asked = ["--rubric", scene.rubric, "--judge", "offline", "--follow-ups", str(len(scene.answers) - 1)]
    terminal = Terminal(["kaoguan", "interview", *asked], environment(scene, home))
    for number, answer in enumerate(scene.answers, start=1):
        terminal.read(asked=number)
        terminal.type(answer)
    terminal.read()
    return terminal.screen


def environment(scene: Scene, home: Path) -> dict[str, str]:
    """Return the environment of a new user who speaks this language, whose pager shows all at once."""
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    language = {"KAOGUAN_LANGUAGE": scene.language, "LANG": "C.UTF-8"}
    return known | language | {"KAOGUAN_HOME": str(home), "TERM": "xterm-256color", "PAGER": "cat"}


def draw(screen: pyte.Screen) -> str:
    """Return the screen as SVG."""
    lines = [line(screen, y) for y in range(screen.lines)]
    while not lines[-1]:
        lines.pop()
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
            f'<rect width="{width}" height="{height}" rx="8" fill="#262626"/>',
            f'<g font-family="{FONTS}" font-size="15">',
            *(
                f'<g transform="translate({MARGIN} {MARGIN + round((y + 0.75) * HEIGHT)})">{one}</g>'
                for y, one in enumerate(lines)
            ),
            "</g></svg>\n",
        ]
    )


def line(screen: pyte.Screen, y: int) -> str:
    """Return one line of the screen: a text for each run of one style and one width, exactly as wide as its cells."""
    drawn, x = "", 0
    cells = [screen.buffer[y][column] for column in range(screen.columns)]
    # After a wide character pyte leaves an empty cell.
    for (colour, bold, wide), some in groupby(
        (cell for cell in cells if cell.data), lambda cell: (cell.fg, cell.bold, cell_len(cell.data))
    ):
        text = "".join(cell.data for cell in some)
        if shown := text.strip().replace(" ", NBSP):
            start = x + len(text) - len(text.lstrip())
            weight = ' font-weight="bold"' if bold else ""
            length = f'textLength="{len(shown) * wide * WIDTH}" lengthAdjust="spacingAndGlyphs"'
            drawn += f'<text x="{start * WIDTH}" {length} fill="{COLOURS[colour]}"{weight}>{escape(shown)}</text>'
        x += len(text) * wide
    return drawn


def photograph(page: Path, picture: Path) -> None:
    """Write the upper part of the report's page as a small PNG."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=next(filter(None, map(shutil.which, _BROWSERS))))
        shown = browser.new_page(viewport={"width": 900, "height": 1420}, device_scale_factor=1.3)
        shown.goto(page.as_uri())
        shown.screenshot(path=picture)
        browser.close()
    # Letters on paper need few colours: a third of the size.
    Image.open(picture).convert("RGB").quantize(48).save(picture, optimize=True)


def main() -> None:
    """Make all pictures."""
    for scene in SCENES:
        with tempfile.TemporaryDirectory() as folder:
            home, page = Path(folder), Path(folder) / "report.html"
            screen = sit(scene, home)
            (HERE / f"interview.{scene.language}.svg").write_text(draw(screen), encoding="utf-8")
            report = ["kaoguan", "sessions", "report", "--html", "-o", str(page)]
            subprocess.run(report, env=environment(scene, home), check=True)
            photograph(page, HERE / f"report.{scene.language}.png")


if __name__ == "__main__":
    main()
