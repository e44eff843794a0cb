"""Every broken rubric file is refused with its place, its fault and its mend."""

import codecs
from pathlib import Path

import pytest

from kaoguan import rubrics
from kaoguan.errors import RubricError

GOOD = """\
id: sample
language: zh
topic: 样例
difficulty: 2
question: 什么是样例？
reference_answer: 样例就是样例。
key_points:
- {id: p1, text: 样例是例子, weight: 2}
"""

MALFORMED = {
    "weight out of range": (
        GOOD.replace("weight: 2", "weight: 5"),
        ":8: key_points[0].weight: 5 is not allowed",
        "1, 2 or 3",
    ),
    "weight as text": (GOOD.replace("weight: 2", 'weight: "2"'), ":8: key_points[0].weight: '2'", "1, 2 or 3"),
    "empty claim": (GOOD.replace("text: 样例是例子", 'text: ""'), ":8: key_points[0].text: is empty", "write the text"),
    "blank claim": (
        GOOD.replace("text: 样例是例子", 'text: " "'),
        ":8: key_points[0].text: is empty",
        "write the text",
    ),
    "number as claim": (GOOD.replace("样例是例子", "123"), ":8: key_points[0].text: must be text, not 123", "quote it"),
    "yes as claim": (GOOD.replace("样例是例子", "yes"), ":8: key_points[0].text: must be text, not True", "quote it"),
    "unknown key": (GOOD + "key_pionts: 3\n", ":9: key_pionts: is not a field", "did you mean key_points?"),
    "unknown nested key": (
        GOOD.replace("weight", "wieght"),
        "key_points[0].wieght: is not a field",
        "did you mean weight?",
    ),
    "key twice": (GOOD + "topic: 又一个\n", ":9: topic: is given twice", "keep one"),
    "no key points": (GOOD.split("key_points", maxsplit=1)[0], "key_points: is missing", "at least one"),
    "empty key points": (
        GOOD.split("key_points", maxsplit=1)[0] + "key_points: []\n",
        ":7: key_points: is an empty list",
        "at least one",
    ),
    "key point as text": (
        GOOD.split("key_points", maxsplit=1)[0] + "key_points: [一句话]\n",
        "key_points[0]: is '一句话'",
        "at least one",
    ),
    "duplicate key point id": (
        GOOD + "- {id: p1, text: 又, weight: 1}\n",
        ":9: key_points[1].id: 'p1' is already",
        "of its own",
    ),
    "id that is a path": (GOOD.replace("id: sample", "id: ../../etc/passwd"), ":1: id: '../../etc", "letters, digits"),
    "unknown language": (GOOD.replace("zh", "fr"), ":2: language: 'fr' is not allowed", "language: zh"),
    "difficulty out of range": (GOOD.replace("difficulty: 2", "difficulty: 9"), ":4: difficulty: 9", "1 to 5"),
    "lines out of order": (
        GOOD + "source: {document: a.txt, lines: [9, 2]}\n",
        ":9: source.lines: lines count",
        "first, last",
    ),
    "half a line range": (
        GOOD + "source: {document: a.txt, lines: [9]}\n",
        "source.lines[1]: is missing",
        "first, last",
    ),
    "unquoted colon": (GOOD.replace("什么是样例？", "样例: 是什么？: 吗"), ":5: is not YAML", "quote text"),
    "tab indentation": (GOOD + "\tnotes: a\n", ":9: is not YAML", "indentation"),
    "alias": (
        GOOD.replace("topic: 样例", "topic: &a 样例").replace("什么是样例？", "*a"),
        "question: is a YAML alias",
        "write the text out",
    ),
    "a list": ("- 1\n", ":1: holds no rubric", "start with `id"),
    "empty file": ("", "holds no rubric", "start with `id"),
    "python object": ("!!python/object/apply:os.system [id]\n", "holds no rubric", "start with `id"),
    "terminal escape": (
        GOOD.replace("什么是样例？", '"\\x1b[2J"'),
        ":5: question: holds control characters",
        "remove them",
    ),
    "raw control character": (GOOD.replace("什么是样例？", '"\x01"'), "not allowed", "remove the characters"),
    "deep nesting": ("[" * 5000, "YAML", ""),
}


@pytest.mark.parametrize(("text", "fault", "mend"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_rubric_names_place_fault_and_mend(tmp_path: Path, text: str, fault: str, mend: str) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        rubrics.load(path)
    said = str(caught.value)
    assert said.startswith(str(path))
    assert fault in said
    assert mend in said.split("; ", 1)[1]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_other_encodings_are_refused_with_the_command_that_mends_them(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sample.yaml"
    path.write_bytes(GOOD.encode(encoding))
    with pytest.raises(RubricError, match=r"sample.yaml:\d+: is not UTF-8 .*; save it as UTF-8"):
        rubrics.load(path)


def test_utf8_with_byte_order_mark_and_crlf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_bytes(codecs.BOM_UTF8 + GOOD.replace("\n", "\r\n").encode())
    assert rubrics.load(path).question == "什么是样例？"


def test_every_fault_is_named_not_only_the_first(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(GOOD.replace("weight: 2", "weight: 7").replace("zh", "fr"), encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        rubrics.load(path)
    assert len(caught.value.faults) == 2


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(RubricError, match=r"b.yaml: rubric id 'sample' is already taken by .*a.yaml"):
        rubrics.load_folder(tmp_path)


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(GOOD + "#" * 1_000_001, encoding="utf-8")
    with pytest.raises(RubricError, match="one question"):
        rubrics.load(path)
