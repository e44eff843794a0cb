"""The bundled bank, and choosing from a bank."""

import json
from pathlib import Path

import pytest
import yaml

from kaoguan import resources, rubrics
from kaoguan.errors import InputError
from kaoguan.models import LANGUAGES, Rubric
from kaoguan.rubrics import Role
from kaoguan.rubrics.bank import Shelf
from kaoguan.rubrics.topics import ROLES
from kaoguan.rubrics.yaml_file import parse_head
from kaoguan.testing import make_rubric
from kaoguan.text.overlap import leaks

FILES = rubrics.files(resources.folder("rubrics"))
BANK = dict(rubrics.load_bundled())


def test_the_bank_is_worth_a_month() -> None:
    assert len(BANK) == len(FILES) >= 150
    assert sum(rubric.language == "en" for rubric in BANK.values()) >= 30
    assert {rubric.difficulty for rubric in BANK.values()} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("topic", rubrics.topics())
def test_every_topic_has_questions_in_both_languages(topic: str) -> None:
    languages = [rubric.language for rubric in BANK.values() if rubrics.topic_id(rubric.topic) == topic]
    assert len(languages) >= 7
    assert set(languages) == set(LANGUAGES)


# Two of the first questions came with more; what is labelled for them stays as it is.
MANY = {"under_over_fitting": 12, "vanish_explode": 12}


@pytest.mark.parametrize("rubric", BANK.values(), ids=BANK)
def test_every_key_point_has_all_an_interview_needs(rubric: Rubric) -> None:
    assert 5 <= len(rubric.key_points) <= MANY.get(rubric.id, 9)
    for point in rubric.key_points:
        assert point.paraphrases, point.id
        assert point.follow_up, point.id
        assert point.note, point.id
        assert len(point.note) >= 20, point.id
    assert len(rubric.misconceptions) >= 3


@pytest.mark.parametrize("rubric", BANK.values(), ids=BANK)
def test_a_follow_up_gives_away_no_point_of_its_question(rubric: Rubric) -> None:
    for point in rubric.key_points:
        assert point.follow_up
        assert not [other.id for other in rubric.key_points if leaks(point.follow_up, [other], rubric.question)], point


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bundled_file_is_named_after_its_rubric_and_lies_in_its_topic(path: Path) -> None:
    rubric = rubrics.load(path)
    assert rubric.id == path.stem
    assert rubric.topic == rubrics.topics()[path.parent.name][rubric.language]


def test_the_head_of_a_file_says_what_the_whole_file_says() -> None:
    heads = rubrics.heads(rubrics.load_bundled())
    assert heads == rubrics.heads(BANK)
    assert all(parse_head(rubrics.read_text(path)) for path in FILES)


def test_a_list_of_the_bank_reads_no_file_as_a_whole() -> None:
    shelf = rubrics.load_bundled()
    assert len(rubrics.heads(shelf)) == len(BANK)
    assert not shelf._read
    assert shelf["optimizer"] == BANK["optimizer"]
    assert list(shelf._read) == ["optimizer"]


def test_a_file_whose_head_stands_elsewhere_is_read_whole(tmp_path: Path) -> None:
    text = yaml.safe_dump(BANK["optimizer"].model_dump(mode="json", exclude_none=True), allow_unicode=True)
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert parse_head(text) is None
    assert list(Shelf([tmp_path / "mine.yaml"])) == ["optimizer"]


@pytest.mark.parametrize(
    ("topic", "wanted", "is_it"),
    [
        ("大模型", "llm", True),
        ("Large language models", "大模型", True),
        ("大模型", "LLM", True),
        ("机器学习", "机器", True),
        ("机器学习", "ml", True),
        ("深度学习", "dl", True),
        ("MLOps", "ml", False),
        ("模型上线与运维", "mlops", True),
        ("模型上线与运维", "ops", True),
        ("深度学习", "机器学习", False),
        ("我的题", "llm", False),
        ("我的题", "我的", True),
        ("我的题", " ", False),
    ],
)
def test_a_topic_is_found_by_id_by_its_name_in_either_language_or_by_a_part(
    topic: str, wanted: str, is_it: bool
) -> None:
    assert rubrics.on_topic(topic, wanted) is is_it


@pytest.mark.parametrize("role", ROLES)
def test_a_role_weights_topics_that_there_are_and_not_their_size(role: Role) -> None:
    assert set(ROLES[role]) <= set(rubrics.topics())
    chance = rubrics.weights(role, ["算法与数据结构"] * 9 + ["概率与统计"] + ["我的题"])
    assert sum(chance[:9]) == pytest.approx(ROLES[role].get("algorithms", 0))
    assert chance[-1] == 1


def test_the_files_of_a_pack_are_those_in_its_folder_rubrics(tmp_path: Path) -> None:
    for place in ("README.yaml", "rubrics/llm/a.yaml", "rubrics/b.yml", "rubrics/.hidden/c.yaml"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    assert [path.name for path in rubrics.files(tmp_path)] == ["b.yml", "a.yaml"]


def test_packs_stand_beside_what_came_with_it_and_take_the_place_of_the_same_id(home: Path) -> None:
    pack = home / "packs" / "mine"
    pack.mkdir(parents=True)
    for rubric in (make_rubric("甲", id="mine"), make_rubric("乙", id="optimizer")):
        rubrics.write(pack / f"{rubric.id}.yaml", rubrics.new_file(rubric))
    bank = rubrics.bank(None)
    assert len(bank) == len(BANK) + 1
    assert bank["optimizer"].key_points[0].text == "乙"


def test_the_published_schema_accepts_the_bundled_files_as_data() -> None:
    schema = rubrics.schema()
    for path in FILES:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(content) <= set(schema["properties"])
        assert set(schema["required"]) <= set(content)
    json.dumps(schema)


def test_renaming_text_changes_the_fingerprint_and_moving_the_source_does_not() -> None:
    rubric = BANK["optimizer"]
    point = rubric.key_points[0]
    moved = point.model_copy(update={"source": None})
    reworded = point.model_copy(update={"text": point.text + "！"})
    rest = rubric.key_points[1:]
    assert rubric.model_copy(update={"key_points": (moved, *rest)}).fingerprint == rubric.fingerprint
    assert rubric.model_copy(update={"key_points": (reworded, *rest)}).fingerprint != rubric.fingerprint


def test_a_misspelt_id_suggests_the_right_one() -> None:
    with pytest.raises(InputError, match="try optimizer"):
        rubrics.with_ids(BANK, ["optimizr"])


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_rubrics_is_an_error_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"\*\.yaml"):
        rubrics.load_folder(tmp_path / name)
