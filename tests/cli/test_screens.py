"""Every command is driven in both languages, and no screen holds words of the other one.

What is asked and answered here is in one language only, so that whatever is in the other one is the program's.
Left out: what programs read (JSON, `mcp`), and names that are the same in both (commands, options, files, settings).
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kaoguan import config, prompts
from kaoguan.cli.main import app
from kaoguan.errors import KaoguanError
from kaoguan.models import LANGUAGES, Language
from kaoguan.text.script import HAN

RUBRIC = """\
id: {id}
language: {language}
topic: {topic}
difficulty: 1
question: {question}
reference_answer: {reference}
key_points:
- {{id: p1, text: {one}, weight: 3, follow_up: "{ask}", note: "{note}"}}
- {{id: p2, text: {two}, weight: 2}}
- {{id: p3, text: {three}, weight: 1}}
misconceptions:
- {{id: m1, text: {wrong}}}
"""
CONTENT = {
    "zh": {
        "topic": "动物",
        "question": "猫狗鸟各有什么本事？",
        "reference": "猫爱吃鱼；狗啃骨头；鸟会飞",
        "one": "猫爱吃鱼",
        "two": "狗啃骨头",
        "three": "鸟会飞",
        "ask": "猫的饭碗里有什么？",
        "note": "鱼里有猫需要的养分。",
        "wrong": "猫只吃草",
        "unknown": "不知道",
        "back": "你是问家里养的还是野外的？",
        "document": "猫为什么爱吃鱼？\n\n猫爱吃鱼，因为鱼里有它需要的养分。狗啃骨头，可以磨牙。\n",
    },
    "en": {
        "topic": "animals",
        "question": "What do cats, dogs and birds do?",
        "reference": "Cats love fish; dogs gnaw bones; birds can fly",
        "one": "Cats love fish",
        "two": "Dogs gnaw bones",
        "three": "Birds can fly",
        "ask": "What is in the bowl of a cat?",
        "note": "Fish holds what a cat needs.",
        "wrong": "Cats eat nothing but grass",
        "unknown": "I don't know",
        "back": "Do you mean at home or in the wild?",
        "document": "Why do cats love fish?\n\nCats love fish because it holds what they need. Dogs gnaw bones.\n",
    },
}
# The same in both languages: what is typed or named, and the names of formats, methods and people's programs.
_WORD = r"[^\s：；，。、（）“”「」`]"
NAMES = re.compile(
    rf"(?:cd start && )?kaoguan(?: [a-z]{_WORD}*)+(?: (?:--?{_WORD}+|<[^>]+>|[A-Z_\d]+|{_WORD}*[./]{_WORD}*))*"
    rf"|--?[a-z][\w-]*(?:[ =]{_WORD}+)?|/[a-z]+(?: p\d {_WORD}+)?|{_WORD}*[/._=]{_WORD}*|JSON (?:Schema|Lines)"
    r'|(?<=可以用：)[a-z_, ]+|config set|pip install "[^"]+"'
)
ENGLISH = re.compile(r"[A-Za-z]{2,} +[a-z]{2,}|\b(?:the|is|are|not|and|no|max|min|of|to|with|from)\b")
CHINESE = re.compile(f"[{HAN}]+")


@dataclass
class Desk:
    """Runs commands in one language and keeps what they show."""

    folder: Path
    language: Language
    shown: list[tuple[str, str]] = field(default_factory=list)
    ran: set[str] = field(default_factory=set)

    def run(self, *arguments: str, stdin: str = "") -> str:
        """Run a command, well or not; keep and return what it shows."""
        result = CliRunner().invoke(app, arguments, input=stdin)
        said = result.stdout + result.stderr
        if isinstance(result.exception, KaoguanError):
            said += prompts.said(result.exception, config.spoken())
        elif result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.ran |= {".".join(arguments[:1]), ".".join(arguments[:2])}
        self.shown.append((" ".join(arguments), said))
        return said

    def read(self, *files: str) -> None:
        """Keep what stands in these files, pages without their code."""
        for pattern in files:
            for file in sorted(self.folder.glob(pattern)):
                text = file.read_text(encoding="utf-8")
                if file.suffix == ".html":
                    text = re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
                self.shown.append((file.name, text))

    def faults(self) -> list[str]:
        """Return every line that has words of the other language."""
        other = CHINESE if self.language == "en" else ENGLISH
        lines = [(name, line) for name, text in self.shown for line in text.splitlines()]
        return [f"{name}: {line}" for name, line in lines if other.search(NAMES.sub(" ", line))]


@pytest.fixture(params=LANGUAGES)
def desk(request: pytest.FixtureRequest, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    language: Language = request.param
    monkeypatch.setenv("KAOGUAN_LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "200")  # nothing is cut or broken
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank").mkdir()
    for number in (1, 2, 3):
        words = CONTENT[language] | {"id": f"q{number}", "language": language}
        words["question"] = f"{number}. {words['question']}"
        text = RUBRIC.format(**words)
        (tmp_path / "bank" / f"q{number}.yaml").write_text(text, encoding="utf-8")
    return Desk(tmp_path, language)


def interviews(desk: Desk) -> str:
    """Sit interviews of all kinds; return the id of one."""
    words = CONTENT[desk.language]
    about = ("interview", "--rubrics", "bank", "--seed", "1", "--judge", "offline")
    one, two, wrong, unknown, back = (words[key] for key in ("one", "two", "wrong", "unknown", "back"))
    script = [back, "/hint", "/hint", "/hint", "/hint", "/help", "/skp", "/answer", "/retry", "/override p1 covered"]
    script += [one, "/undo", one, two, unknown, unknown, wrong, "/skip", one, one]
    desk.run(*about, stdin="\n\n".join(script))
    script = [one, "/retry", f"{one}. {two}.", "/override", "/override p3 covered", "/answer", unknown, "/pause"]
    desk.run(*about, "--mode", "practice", "--minutes", "30", "--style", "friendly", stdin="\n\n".join(script))
    desk.run("interview", "--resume", stdin=f"{unknown}\n\n/quit\n")
    desk.run(*about, "--style", "strict", "--questions", "9", stdin="/hint\n\n/quit\n")
    desk.run(*about, "--due", "--follow-ups", "0", stdin=f"{one}\n")
    desk.run(*about, "--topic", "nowhere")
    desk.run("interview", "--rubric", "nothing")
    desk.run("interview", "--judge", "llm")
    listed: list[dict[str, str]] = json.loads(CliRunner().invoke(app, ["sessions", "list", "--json"]).stdout)
    return listed[-1]["id"]


def about_sessions(desk: Desk, session: str) -> None:
    desk.run("sessions", "list")
    desk.run("sessions", "show", session)
    desk.run("sessions", "show", session, "--override", "q1/p2=covered", "--because", CONTENT[desk.language]["two"])
    desk.run("sessions", "show", "zzzzzz")
    desk.run("sessions", "report", session)
    desk.run("sessions", "report", session, "--full")
    desk.run("sessions", "report", session, "--md", "-o", "report.md")
    desk.run("sessions", "report", session, "--html", "-o", "report.html")
    desk.run("sessions", "resume", session, stdin="/quit\n")
    desk.run("sessions", "search", CONTENT[desk.language]["one"][:2])
    desk.run("sessions", "search", "zzz")
    desk.run("sessions", "export", session, "-o", "session.json")
    desk.run("sessions", "export", "--format", "anki", "-o", "cards.txt")
    desk.run("sessions", "import", "session.json")
    desk.run("sessions", "import", "nothing.json")
    desk.run("sessions", "schema", "nothing")
    desk.run("due")
    desk.run("due", "--all")
    desk.run("progress")
    desk.run("progress", "--html", "-o", "progress.html")
    desk.read("report.*", "progress.html")
    desk.run("sessions", "delete", session, "--yes")
    desk.run("sessions", "delete", "zzzzzz", "--yes")
    desk.run("sessions", "purge", "--older-than", "1", "--yes")
    desk.run("sessions", "purge")


def about_rubrics(desk: Desk) -> None:
    desk.run("rubrics", "list", "--rubrics", "bank")
    desk.run("rubrics", "show", "q1", "--rubrics", "bank")
    desk.run("rubrics", "show", "nothing")
    desk.run("rubrics", "packs")
    desk.run("rubrics", "add", "bank", "--name", "mine")
    desk.run("rubrics", "add", "nowhere")
    desk.run("rubrics", "update")
    desk.run("rubrics", "remove", "mine")
    desk.run("rubrics", "remove", "mine")
    desk.run("rubrics", "lines", "nothing.txt", "3")
    desk.run("rubrics", "new", "new", stdin="\n".join([CONTENT[desk.language]["question"], *["x"] * 20]))
    desk.run("rubrics", "check", "bank")
    desk.run("rubrics", "check", "nowhere")
    broken = (desk.folder / "bank" / "q1.yaml").read_text(encoding="utf-8")
    (desk.folder / "broken.yaml").write_text(broken.replace("weight: 3", "weight: 9"), encoding="utf-8")
    desk.run("rubrics", "check", "broken.yaml", "--quick")
    desk.run("rubrics", "schema", "--nothing")
    (desk.folder / "document.txt").write_text(CONTENT[desk.language]["document"], encoding="utf-8")
    desk.run("distill", "document.txt", "-o", "drafts", "--yes")
    desk.run("distill", "document.txt", "-o", "drafts", "--diff")
    desk.run("distill", "nothing.pdf", "-o", "drafts")


def about_grades(desk: Desk) -> None:
    words = CONTENT[desk.language]
    said = [words["reference"], words["one"], words["two"], f"{words['one']}. {words['two']}", words["unknown"]]
    rows = [
        {
            "id": f"a{n}",
            "rubric_id": "q1",
            "answer": said[n % 5],
            "score": [10, 5, 3, 8, 0][n % 5],
            "labels": {p: "covered" if words[w] in said[n % 5] else "missing" for p, w in POINTS.items()},
        }
        for n in range(15)
    ]
    for name, kept in (("answers", ("id", "rubric_id", "answer")), ("graded", ("id", "rubric_id", "answer", "score"))):
        lines = (json.dumps({key: row[key] for key in kept}) for row in rows)
        (desk.folder / f"{name}.jsonl").write_text("\n".join(lines) + '\n{"id": "bad"}\n', encoding="utf-8")
    (desk.folder / "gold.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    bank = ("--rubrics", "bank")
    desk.run("grade", "answers.jsonl", *bank, "-o", "grades.jsonl", "--report", "--feedback", "pages")
    desk.run("grade", "answers.jsonl", *bank, "-o", "grades.csv", "--html", "--report")
    desk.run("grade", *bank, "--rubric", "q1", "--answer", words["one"])
    desk.run("grade", "nothing.csv", *bank, "-o", "grades.csv")
    desk.run("review", "grades.jsonl", *bank, "--answers", "answers.jsonl", "--who", "x", stdin="?\n1 covered\ns\nq\n")
    desk.run("evaluate", "gold.jsonl", *bank, "--bootstrap", "20")
    desk.run("calibrate", "graded.jsonl", *bank, "-o", "scale.json")
    desk.run("calibrate", "nothing.jsonl", *bank)
    desk.read("pages/*.md", "pages/*.html", "*.html", "*.md")


POINTS = {"p1": "one", "p2": "two", "p3": "three"}


def about_the_rest(desk: Desk) -> None:
    desk.run("embedders", "list")
    desk.run("embedders", "fit", "./nothing")
    desk.run("embedders", "remove", "nothing")
    desk.run("doctor")
    desk.run("doctor", "--embedder", "nothing")
    desk.run("config", "get")
    desk.run("config", "set", "enter", "newline")
    desk.run("config", "set", "enter", "nothing")
    desk.run("config", "set", "nothing", "1")
    desk.run("config", "get", "enter")
    desk.run("config", "unset", "enter")
    desk.run("config", "path")
    desk.run("paths")
    desk.run("init", "start")
    desk.run("init", "start")
    desk.run("help")
    for topic in ("completion", "files", "judges", "learning", "privacy", "sessions", "settings", "nothing"):
        desk.run("help", topic)


def test_no_screen_holds_words_of_the_other_language(desk: Desk) -> None:
    about_sessions(desk, interviews(desk))
    about_rubrics(desk)
    about_grades(desk)
    about_the_rest(desk)
    assert desk.faults() == []
    assert _leaves(get_command(app)) - desk.ran == {"mcp"}, "drive this command here, too"


def _leaves(command: object, path: str = "") -> set[str]:
    below = getattr(command, "commands", None)
    if below is None:
        return {path}
    return {leaf for name in below for leaf in _leaves(below[name], f"{path}.{name}" if path else name)}
