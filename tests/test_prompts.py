"""The words in words/ and prompts/: the same keys in both languages, and a word for every code."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from kaoguan import prompts, resources
from kaoguan.cli.doctor import Health
from kaoguan.errors import InputError
from kaoguan.llm import Reason
from kaoguan.llm.abilities import Rung
from kaoguan.models import JudgeName, Label, Language, ReviewReason
from kaoguan.report.phrases import Level, Phrases
from kaoguan.session import Mode, Speaker, Style

LANGUAGES: tuple[Language, ...] = ("zh", "en")
FOLDERS = (resources.WORDS, resources.folder("prompts"))
NAMES = sorted(path.stem for folder in FOLDERS for path in (folder / "zh").glob("*.yaml"))


def test_no_name_is_in_both_folders() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_texts(name: str) -> None:
    zh, en = ({key: type(text) for key, text in prompts.load(name, language).texts.items()} for language in LANGUAGES)
    assert zh == en


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_a_review_has_words_of_its_own(language: Language) -> None:
    said = [Phrases(language).reason(reason) for reason in ReviewReason]
    assert len(set(said)) == len(said)


def test_every_reason_why_a_call_gave_nothing_is_a_reason_for_a_review() -> None:
    assert {reason.value for reason in Reason} <= {reason.value for reason in ReviewReason}


# Which closed set is shown in the words of which file, under which keys; who overrules is shown by name.
JUDGES = [judge for judge in JudgeName if judge is not JudgeName.PERSON]
SHOWN: list[tuple[str, str, Iterable[StrEnum]]] = [
    ("report", "", Label),
    ("report", "", Speaker),
    ("report", "level_", Level),
    ("report", "blind_", JUDGES),
    ("interview", "judge_", JUDGES),
    ("interviewer", "closing_", Style),
    ("interviewer_model", "style_", Style),
    ("page", "mode_", Mode),
    ("doctor", "rung_", Rung),
    ("doctor", "", Health),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "prefix", "members"), SHOWN, ids=[f"{name} {prefix}" for name, prefix, _ in SHOWN])
def test_every_member_of_a_closed_set_has_its_words(
    name: str, prefix: str, members: Iterable[StrEnum], language: Language
) -> None:
    texts = prompts.load(name, language).texts
    assert [member for member in members if f"{prefix}{member.value}" not in texts] == []


def test_an_own_file_replaces_single_texts(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "feedback.yaml").write_text("covered: 对：$points\n", encoding="utf-8")
    own, shipped = prompts.load("feedback", "zh", own=tmp_path), prompts.load("feedback", "zh")
    assert own.say("covered", points="甲") == "对：甲"
    assert own.say("missing", points="乙") == shipped.say("missing", points="乙")
    assert own.fingerprint != shipped.fingerprint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("covred: 对", "unknown text 'covred'"),
        ("- a", "is not a table of texts"),
        ("a: [", "cannot be read"),
        ("covered: $nobody", "unknown placeholder"),
    ],
    ids=["unknown key", "a list", "broken YAML", "unknown placeholder"],
)
def test_a_broken_own_file_is_named_with_its_fault(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "zh").mkdir()
    path = tmp_path / "zh" / "feedback.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"feedback\.yaml") as caught:
        prompts.load("feedback", "zh", own=tmp_path).say("covered", points="甲")
    assert said in str(caught.value)


def test_yaml_reads_them_without_its_c_library() -> None:
    """Which reads some texts that the other one does not: an interview would die where it is not installed."""
    for file in (file for folder in FOLDERS for file in folder.rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader), file
