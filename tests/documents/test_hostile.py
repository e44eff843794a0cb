"""Whatever the bytes, reading gives a clean document or a DocumentError: nothing runs, nothing is fetched."""

import io
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kaoguan.documents import Document, read
from kaoguan.errors import DocumentError
from kaoguan.text import printable
from tests.documents.conftest import archive, epub, pdf, texts

Reading = Callable[[str, bytes | str], Document]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOMB = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a document opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("a.txt", b"", "is empty", id="empty"),
        pytest.param("a.txt", b" \n\n", "holds no text", id="blank"),
        pytest.param("a.txt", bytes(range(256)) * 9, "not text", id="binary"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text", id="image"),
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Office file", id="old Word"),
        pytest.param("a.docx", b"PK\x03\x04" + bytes(99), "damaged", id="cut archive"),
        pytest.param("a.pdf", b"%PDF-1.7\n" + bytes(99), "damaged", id="cut PDF"),
        pytest.param("a.html", b"<html><script>alert(1)</script></html>", "holds no text", id="only a script"),
        pytest.param("a.html", b"<div>" * 50_000 + b"x", "nested too deeply", id="deep page"),
    ],
)
def test_what_cannot_be_read_says_so(reading: Reading, name: str, content: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=f"{name}: .*{says}.*; "):
        reading(name, content)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)
    with pytest.raises(DocumentError, match="larger than 100 MB; split it"):
        read(path)


@pytest.mark.parametrize("path", [Path("/dev/zero"), Path("/dev/stdin"), Path("/")], ids=str)
def test_only_files_are_read(path: Path) -> None:
    with pytest.raises(DocumentError, match="not a file"):
        read(path)


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(DocumentError, match="not a file"):
        read(tmp_path / "a.txt")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.docx", {"word/document.xml": b" " * (21 << 20)})
    with pytest.raises(DocumentError, match="unpacks to more than"):
        read(path)


@pytest.mark.parametrize(
    ("prologue", "said"),
    [
        pytest.param("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "正文&x;", id="file"),
        pytest.param("<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/x.dtd'>", "正文", id="network"),
    ],
)
def test_xml_entities_are_neither_expanded_nor_fetched(tmp_path: Path, prologue: str, said: str) -> None:
    document = f"{prologue}<w:document {W}><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:document>"
    assert texts(read(archive(tmp_path / "a.docx", {"word/document.xml": document}))) == ["正文"]


@pytest.mark.parametrize("paragraph", ["<w:p a='&j;'/>", "<w:p>&j;</w:p>"], ids=["attribute", "text"])
def test_an_entity_bomb_is_refused(tmp_path: Path, paragraph: str) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read(archive(tmp_path / "a.docx", {"word/document.xml": f"{BOMB}]><w:document {W}>{paragraph}</w:document>"}))


def test_an_archive_that_is_no_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"neither a \.docx nor an \.epub"):
        read(archive(tmp_path / "a.zip", {"../../evil.txt": "x"}))


def test_a_book_cannot_reach_outside_itself(tmp_path: Path) -> None:
    path = epub(tmp_path / "a.epub", {"../../../../etc/passwd": "<p>x</p>", "b": "<p>正文</p>"})
    assert "root:" not in "".join(texts(read(path)))


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="protected by a password; save a copy without one"):
        read(pdf(tmp_path / "a.pdf", [[(50, 50, "secret")]], password="secret"))


def test_a_pdf_that_hangs_its_reader_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaoguan.documents.pdf.pdf.LONGEST_SECONDS", 0.01)
    with pytest.raises(DocumentError, match="takes more than"):
        read(pdf(tmp_path / "a.pdf", [[(50, 50, "What is overfitting?")]]))


def test_nothing_is_imported_from_where_the_user_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert texts(read(pdf(tmp_path / "a.pdf", [[(50, 50, "What is overfitting?")]]))) == ["What is overfitting?"]


def test_a_pdf_without_text_asks_for_recognition(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"only images; run text recognition"):
        read(pdf(tmp_path / "a.pdf", [[]]))


def test_a_script_in_a_pdf_is_not_run(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(50, 700, "What is overfitting?")
    canvas.linkURL("http://127.0.0.1:9/", (50, 700, 200, 720))
    canvas.setCatalogEntry("OpenAction", "<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>")
    canvas.save()
    assert texts(read(tmp_path / "a.pdf")) == ["What is overfitting?"]


def test_scripts_and_references_of_a_page_leave_no_trace(reading: Reading) -> None:
    page = (
        "<body onload='x()'><script src='http://127.0.0.1:9/x.js'></script><img src='http://127.0.0.1:9/x.png'>"
        "<iframe src='file:///etc/passwd'></iframe><p>正文<script>document.write('x')</script></p></body>"
    )
    assert texts(reading("a.html", page)) == ["正文"]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_control_characters_do_not_come_through(reading: Reading, name: str) -> None:
    document = reading(name, "过拟合\x1b[31m是什么\x07？\u202e\u2066ab\x9b2J&#27;[2J\n")
    assert all(printable(line.text) == line.text for line in document.lines)


def test_a_name_cannot_carry_control_characters(reading: Reading) -> None:
    assert reading("a\x1b[2J\n.txt", "正文").name == "a[2J .txt"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("目录\n" * 3000, id="contents"),
        pytest.param("相关推荐\n" * 3000, id="related"),
        pytest.param("- a\n" + "".join(" " * (2 * depth) + "- a\n" for depth in range(400)), id="nested lists"),
        pytest.param("> " * 2000 + "x\n", id="nested quotations"),
        pytest.param("[" * 4900 + "\n" + "*a " * 1600 + "\n" + "<a " * 1600 + "\n" + "![](" * 1200, id="open brackets"),
        pytest.param("阅读 " * 30_000, id="counts"),
        pytest.param("$" * 4900 + "\n" + "\\(" * 2400, id="formulas"),
    ],
)
def test_odd_text_does_not_take_for_ever(reading: Reading, suffix: str, text: str) -> None:
    assert reading(f"a{suffix}", text + "\n\n过拟合是什么？\n").lines


def _read_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        document = read(path)
    except DocumentError as error:
        assert printable(str(error)) == str(error)
        return
    assert all(printable(line.text) == line.text and "\n" not in line.text for line in document.lines)
    numbers = [line.number for line in document.lines] + [line.number for line in document.removed]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    document.model_dump_json()


SUFFIXES = st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx", ".epub", ""])
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(
    content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
    suffix=SUFFIXES,
)
@example(content=b"\xff\xfe\x00", suffix=".txt")
@example(content=b"<?xml version='1.0' encoding='x'?><html>\x00<p>&#0;&#xD800;a", suffix=".html")
@example(content=b"---\n---\n- > #\n```", suffix=".md")
def test_any_bytes_give_a_document_or_a_document_error(tmp_path: Path, content: bytes, suffix: str) -> None:
    _read_bytes(tmp_path / f"a{suffix}", content)


@QUICK
@given(
    text=st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<li>", "<ol start=-1>", "</ul>", "<td>", "<tr>", "<table>", "<pre>", "</pre>", "<h1>"]
        )
        | st.sampled_from(
            [
                "<br>",
                "<b>",
                "</b>",
                "<nav>",
                "</nav>",
                "<main>",
                "<math>",
                "<img class=math alt=x>",
                "# ",
                "- ",
                "```\n",
            ]
        )
        | st.sampled_from(
            [
                "| a |",
                "\n",
                "> ",
                "$x$",
                "目录",
                "登录 注册",
                "阅读 3",
                "过拟合",
                " ",
                "**",
                "---\n",
                "&lt;",
                "<script>",
            ]
        ),
        max_size=40,
    ).map("".join),
    suffix=st.sampled_from([".md", ".html"]),
)
def test_any_marks_give_a_document_or_a_document_error(tmp_path: Path, text: str, suffix: str) -> None:
    _read_bytes(tmp_path / f"a{suffix}", text.encode())


def _damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    def change(edit: tuple[int, bytes, int]) -> bytes:
        place, put, take = edit
        at = place % len(whole)
        return whole[:at] + put + whole[at + take :]

    return st.tuples(st.integers(0, 1 << 20), st.binary(max_size=8), st.integers(0, 64)).map(change)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    import docx

    folder = tmp_path_factory.mktemp("samples")
    made = docx.Document()
    made.add_paragraph("题", style="List Number")
    # Ninety styles that nothing uses would take most of the damage, and most of the time.
    for style in list(made.styles):
        if not style.name.startswith(("List", "Normal", "Heading 1")):
            style.delete()
    made.save(str(folder / "a.docx"))
    return {
        ".pdf": pdf(folder / "a.pdf", [[(50, 50, "What is overfitting?")], [(50, 80, "And why?")]]).read_bytes(),
        ".docx": (folder / "a.docx").read_bytes(),
        ".epub": epub(folder / "a.epub", {"a": "<h1>甲</h1><p>乙</p>"}).read_bytes(),
    }


# Each PDF is opened by a process of its own, which takes its time to start.
@settings(QUICK, max_examples=8)
@given(data=st.data())
def test_a_damaged_pdf_gives_a_document_or_a_document_error(
    tmp_path: Path, samples: dict[str, bytes], data: st.DataObject
) -> None:
    _read_bytes(tmp_path / "a.pdf", data.draw(_damaged(samples[".pdf"])))


@QUICK
@given(data=st.data(), suffix=st.sampled_from([".docx", ".epub"]))
def test_a_damaged_file_gives_a_document_or_a_document_error(
    tmp_path: Path, samples: dict[str, bytes], data: st.DataObject, suffix: str
) -> None:
    _read_bytes(tmp_path / f"a{suffix}", data.draw(_damaged(samples[suffix])))


_PARTS = {f"word/{part}.xml" for part in ("document", "styles", "numbering")} | {"META-INF/container.xml"}


@QUICK
@given(data=st.data(), suffix=st.sampled_from([".docx", ".epub"]))
def test_damaged_xml_gives_a_document_or_a_document_error(
    tmp_path: Path, samples: dict[str, bytes], data: st.DataObject, suffix: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(samples[suffix])) as whole:
        parts = {
            name: whole.read(name) for name in whole.namelist() if name.endswith(("xhtml", "opf")) or name in _PARTS
        }
    part = data.draw(st.sampled_from(sorted(parts)))
    parts[part] = data.draw(_damaged(parts[part]))
    _read_bytes(tmp_path / "x", archive(tmp_path / f"a{suffix}", parts).read_bytes())
