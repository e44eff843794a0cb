"""Which titles and questions are told what they are about: what their chapter or their document is named after."""

from pathlib import Path

import pytest

from kaoguan import documents, prompts
from kaoguan.distill.naming import what_is_asked
from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from kaoguan.distill.questions.settings import set_title
from kaoguan.distill.questions.told import is_told
from kaoguan.distill.questions.topics import Topic, Topics
from kaoguan.distill.questions.worded import in_words, marked
from kaoguan.models import Language
from kaoguan.prompts import Wording
from tests.distill.documents import document

WORDS: dict[Language, Wording] = {"zh": prompts.load("draft", "zh"), "en": prompts.load("draft", "en")}
SMALL = frozenset({"overlay", "seeds", "view"})
QUILL = Topic("Quill", own=True, small=SMALL)


def questions(text: str, chinese: bool) -> list[str]:
    """Return what the sections of a document ask, in the words they are asked in."""
    read = blocks(document(text).lines)
    topics = Topics(read)
    found = [one._replace(topic=topics.of(one.block)) for one in sections(read, chinese)]
    asked = [(one, marked(one, what_is_asked(one, chinese), WORDS)) for one in found]
    return [in_words(one, words, WORDS) for one, words in asked if words]


@pytest.mark.parametrize(
    ("question", "topic", "wanted"),
    [
        ("Seeds", QUILL, True),
        ("Quill seeds", QUILL, False),
        ("Milvus", QUILL, False),
        ("Page-Split View", QUILL, True),
        ("LSM Trees", QUILL, False),
        ("A page is torn", QUILL, False),
        ("What is Overlay?", QUILL, True),
        ("What is Kafka?", QUILL, False),
        ("切分", Topic("页分裂"), True),
        ("页分裂的代价", Topic("页分裂"), False),
        ("keepAlive", QUILL, True),
        ("哪些因素影响切分？", Topic("存储引擎"), True),
        ("你怎么看切分？", Topic("存储引擎"), False),
        ("切分和 LSM 有什么关系？", Topic("存储引擎"), False),
        ("Seeds", Topic("存储引擎"), False),
        ("Seeds", Topic("Machine Learning"), False),
        ("What is a view in a database?", QUILL, False),
        ("What is a view?", Topic("DBMS", own=True, small=SMALL), False),
        ("Seeds", Topic("PAGES AND LOGS"), False),
        ("切分", Topic("机器学习"), False),
        ("Seeds", Topic("Trees and Pages"), False),
        ("How do page splits affect reads?", Topic("Page Caches"), False),
        ("How do lost writes affect reads?", Topic("Page Caches"), True),
        ("How would you size your pool?", Topic("Page Caches"), False),
        ("How do lost writes affect reads?", Topic("Caches"), False),
    ],
)
def test_what_names_nothing_of_its_own_is_told_its_topic(question: str, topic: Topic, wanted: bool) -> None:
    assert is_told(question, topic) is wanted


CACHES = """# Senior Storage Interview — Page Caches
## Lazy Eviction
{0}
### How do lost writes affect reads?
{0}
## Seasonal Drift
{0}
""".format("Page caches keep what was read last, and page caches throw the oldest away.\n\nA page cache is small.\n")


def test_of_a_title_in_parts_the_part_is_the_topic_that_the_text_speaks_of() -> None:
    assert questions(CACHES, chinese=False) == [
        "Explain Lazy Eviction in Page Caches.",
        "In Page Caches, how do lost writes affect reads?",
        "Explain Seasonal Drift in Page Caches.",
    ]


def test_a_book_names_the_topic_and_so_does_a_chapter_with_a_chinese_name() -> None:
    text = "# 一天读完《Quill 设计与实现》\n## 调度\n{0}\n## 页分裂\n{1}\n### 切分的时机\n{1}\n".format(
        "Quill 先写日志。\n\nQuill 再改页面。", "Quill 的页分裂很慢。\n\n页分裂时要加锁。\n\n页分裂之后才写回。"
    )
    assert questions(text, chinese=True) == [
        "请讲讲Quill 中的调度。",
        "请讲讲Quill 中的页分裂。",
        "请讲讲Quill 中的切分的时机。",
    ]


def test_the_settings_at_the_top_name_the_document(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    said = "Quill 先写日志，再改页面。\n\nQuill 的日志按顺序追加。\n\nQuill 读页时算校验和。\n"
    file.write_text(f'---\ntags: [a]\ntitle: "Quill 面试题"\n---\n## 页分裂\n{said}', encoding="utf-8")
    read = documents.read(file)
    assert set_title(read) == "Quill 面试题"
    parts = blocks(read.lines)
    assert Topics(parts, set_title(read)).of(parts[1]).name == "Quill"
    assert Topics(parts).of(parts[1]).name == ""


def test_no_space_stands_between_chinese_words() -> None:
    text = "# 页分裂\n## 切分\n{0}\n## 为什么要提前做？\n{0}\n".format(
        "页分裂很慢。\n\n页分裂时要加锁。\n\n页分裂之后才写回。"
    )
    assert questions(text, chinese=True) == ["请讲讲页分裂中的切分。", "在页分裂中，为什么要提前做？"]


def test_an_address_is_no_topic() -> None:
    text = "# https://example.org/a\n## 切分\n{0}\n## 写回\n{0}\n".format(
        "见 https 开头的地址。\n\nhttps 比 http 慢。\n\nhttps 更安全。"
    )
    assert questions(text, chinese=True) == ["请讲讲切分。", "请讲讲写回。"]


def test_a_title_is_told_the_part_of_its_topic_that_it_stands_under() -> None:
    said = "Quill 先写日志，再改页面。\n\nQuill 的日志按顺序追加。\n\nQuill 读页时算校验和。\n"
    parts = ("# Quill", "## 页分裂", "## Quill调优", "### 切分", "## Quill 的三个问题", "### 回写")
    text = "".join(f"{title}\n{said}\n" for title in parts)
    assert {"请讲讲Quill调优中的切分。", "请讲讲Quill 中的回写。"} < {*questions(text, chinese=True)}


SAID = "The pager determines what is read ahead, and a deep tree is read from its root.\n"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        pytest.param("Costs of a page: INE", "", id="letters of another word"),
        pytest.param("Top 50 Storage Questions — Deep Answers", "", id="a word of any text"),
        pytest.param("Pager Engineer", "Pager Engineer notes.", id="never in small letters"),
    ],
)
def test_what_only_a_title_says_is_no_topic(title: str, said: str) -> None:
    text = f"# {title}\n" + "".join(
        f"## {name}\n{SAID}\nPages are read in order.\n\nLogs are written first.\n\n{said}\n"
        for name in ("Eviction", "Write back", "Checksums")
    )
    assert questions(text, chinese=False) == ["Explain Eviction.", "Explain Write back.", "Explain Checksums."]
