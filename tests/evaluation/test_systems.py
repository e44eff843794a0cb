"""Grades files from anywhere become rulings, or are refused at the line."""

from pathlib import Path

import pytest

from kaoguan.errors import AnswersError
from kaoguan.evaluation.systems import SystemGrade, read_grades_file
from kaoguan.models import Label


def test_another_graders_file_needs_id_and_score_or_verdicts_only(tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text(
        '{"id": "a", "score": 62.5}\n\n'
        '{"id": "b", "verdicts": [{"key_point": "p1", "verdict": "covered", "why": "…"}], "by": "gpt"}\n'
    )
    assert read_grades_file(tmp_path / "g.jsonl") == {
        "a": SystemGrade(labels={}, score=6.25),
        "b": SystemGrade(labels={"p1": Label.COVERED}, score=None),
    }


def test_a_line_ends_at_a_line_feed_only(tmp_path: Path) -> None:
    (tmp_path / "g.jsonl").write_text('{"id": "a", "score": 1, "feedback": "\u2028\x85"}\r\n', encoding="utf-8")
    assert list(read_grades_file(tmp_path / "g.jsonl")) == ["a"]


FAULTY = {
    "not json": (b"id,score\n", ":1: is not JSON"),
    "not an object": (b"[1]\n", ":1: the line: "),
    "no id": (b'{"score": 5}\n', ":1: id: field required"),
    "score out of range": (b'{"id": "a", "score": 101}\n', ":1: score: "),
    "unknown verdict": (b'{"id": "a", "verdicts": [{"key_point": "p1", "verdict": "ok"}]}\n', "verdicts.0.verdict"),
    "twice": (b'{"id": "a"}\n{"id": "a"}\n', ":2: a second grade of 'a'"),
    "not utf-8": (b"\xff\xfe\xfd", "is not UTF-8"),
}


@pytest.mark.parametrize(("content", "fault"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_grades_file_is_refused_at_its_line(tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "g.jsonl").write_bytes(content)
    with pytest.raises(AnswersError) as caught:
        read_grades_file(tmp_path / "g.jsonl")
    assert fault in str(caught.value)


def test_a_missing_grades_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="cannot be read"):
        read_grades_file(tmp_path / "none.jsonl")
