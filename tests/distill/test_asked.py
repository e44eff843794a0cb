"""What a section asks: in words that say what it is about, or not at all."""

import pytest

from kaoguan import prompts
from kaoguan.distill.questions.worded import worded
from tests.distill.documents import distilled

SAID = "写入先进日志，再改页面，断电后能重放。"
SAID_EN = "Writes go to the log first and to the pages later, so a crash loses nothing."
MORE = ("日志按顺序追加，所以写日志比改页面快得多。", "读出页面时重新计算校验和，与存下的不同就说明页面坏了。")
MORE_EN = (
    "The log is appended to in order, so writing it is much faster than changing pages in many places.",
    "A checksum is computed again when a page is read, and a difference shows that the page is damaged.",
)


def asked(text: str) -> list[str]:
    """Return the questions made of a document."""
    return [rubric.question for rubric in distilled(text).rubrics]


def under(title: str, above: str = "预写日志") -> str:
    """Return a document in which a title stands under another, beside one that says enough alone."""
    chinese = above == "预写日志"
    said, more, other = (SAID, MORE, "校验和") if chinese else (SAID_EN, MORE_EN, "Checksums")
    return f"# 数据库\n## {above}\n{said}\n### {title}\n{more[0]}\n### {other}\n{more[1]}\n"


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("直观理解", "请讲讲预写日志的直观理解。"),
        ("精度与存储对比", "请讲讲预写日志的精度与存储对比。"),
        ("必须注意的陷阱", "请讲讲预写日志必须注意的陷阱。"),
        ("第一个 Checkpoint", "请讲讲预写日志的第一个 Checkpoint。"),
        ("和 Redo Log 的关系", "请讲讲预写日志和 Redo Log 的关系。"),
        ("Stage 2: Redo Log", "请讲讲Redo Log。"),
        ("误区 2：日志越长恢复越快", "有人说“日志越长恢复越快”，这样说对吗？为什么？"),
        ("日志截断的条件如下：", "请讲讲日志截断的条件。"),
        ("总结：日志截断", "请讲讲日志截断。"),
        ("Redo Log（2019）", "请讲讲Redo Log。"),
        ("§2.1 Redo Log", "请讲讲Redo Log。"),
        ("修正一：日志截断", "请讲讲日志截断。"),
        ("为什么不用影子分页（Shadow Paging）？", "预写日志为什么不用影子分页（Shadow Paging）？"),
        ("参数：fsync 这个选项是什么意思？", "参数：fsync 这个选项是什么意思？"),
    ],
)
def test_a_title_that_says_too_little_gets_what_it_stands_under(title: str, question: str) -> None:
    assert question in asked(under(title))


@pytest.mark.parametrize(
    "title",
    [
        "下一步",
        "运行 Demo",
        "-> L2 P2",
        "项目",
        "如果日志很大",
        "从恢复的过程看",
        "继承了页的编号",
        "英文",
        "安装教程",
        "Contributions",
    ],
)
def test_a_title_that_nobody_can_place_is_no_question_and_its_text_counts_as_unused(title: str) -> None:
    made = distilled(under(title))
    assert not [rubric.question for rubric in made.rubrics if title in rubric.question]
    assert [stretch.text for stretch in made.unused] == [title]
    assert made.unanswered == ()


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Use cases in Key-Value Stores", "Explain write-ahead logging: use cases in Key-Value stores."),
        ("Why it Survives Crashes", "Explain write-ahead logging: why it survives crashes."),
        ("When would you prefer one over the other?", "Write-ahead logging: when would you prefer one over the other?"),
        ("How do they differ?", "Write-ahead logging: how do they differ?"),
        ("For small pages", "Explain write-ahead logging: for small pages."),
        ("Understanding Log Truncation", "Explain Log Truncation."),
        ("The Cost of Flushing", "Explain the Cost of Flushing."),
        ("Torn Pages: An Overview", "Explain Torn Pages."),
        ("Use Cases of Torn Pages", "Explain Use Cases of Torn Pages."),
        ("Torn Pages Every Engineer Should Know", "Explain Torn Pages Every Engineer Should Know."),
    ],
)
def test_an_english_title_as_well(title: str, question: str) -> None:
    assert question in asked(under(title, "write-ahead logging").replace("数据库", "Databases"))


@pytest.mark.parametrize(
    "line",
    [
        "Who is this series for?",
        "Do I need a server before starting this course?",
        "Can I reuse these notebooks?",
        "What do interviewers look for in an answer?",
        "How do I prepare for a storage interview?",
        "What is a coding round?",
        "What is the cost of the plan above?",
        "What's the difference between and?",
        "What is the difference between a page and ?",
        "Why does it matter here?",
        "Which checks would catch this early?",
        "What is left out of the exam?",
        "Does any of this apply to small tables?",
    ],
)
def test_a_question_about_the_document_is_none(line: str) -> None:
    text = f"## What is a page?\n{SAID_EN}\n## {line}\n{SAID_EN}\n## What is a log?\n{SAID_EN}\n"
    assert asked(text) == ["What is a page?", "What is a log?"]


@pytest.mark.parametrize(
    "said",
    [
        "原来要改两处，现在只改一处，很省事吧？",
        "日志由记录和校验两部分组成，其中校验用来发现写了一半的页，通过它可以放心地重放全部的记录？",
    ],
)
def test_who_only_wants_agreement_does_not_ask(said: str) -> None:
    text = f"## 什么是日志？\n{SAID}\n\n{said}\n\n{SAID}\n## 什么是页？\n{SAID}\n"
    assert asked(text) == ["什么是日志？", "什么是页？"]


def test_a_title_that_states_something_is_no_question() -> None:
    assert asked(under("日志的重放并非针对单个页")) == ["请讲讲预写日志。", "请讲讲校验和。"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How latches help under load?", "Explain how latches help under load."),
        ("How does a latch help?", "How does a latch help?"),
        ("How large should a page be?", "How large should a page be?"),
        ("Why latches are needed", "Explain why latches are needed."),
        ("Why use latches?", "Why use latches?"),
        ("Why not one big lock?", "Why not one big lock?"),
        ("Latches vs locks?", "Explain Latches vs locks."),
        ("Latch or lock?", "Latch or lock?"),
        ("When to Split a Page", "When should you split a Page?"),
        ("When a page is dirty, should you write or drop it?", "When a page is dirty, should you write or drop it?"),
        ("Why the Cost Grows with Pages", "Explain why the Cost Grows with Pages."),
        ("Why Table Extraction is Difficult", "Explain why Table Extraction is Difficult."),
        ("Why we need latches?", "Explain why we need latches."),
        ("Why page stores?", "Why page stores?"),
        ("Why a latch instead of a lock?", "Why a latch instead of a lock?"),
        ("How strict should a latch be?", "How strict should a latch be?"),
        ("Different kinds of page locks?", "What are the different kinds of page locks?"),
        ("Different page locks?", "What are the different page locks?"),
        (
            "Given a table of pages, write a query for the dirty ones.",
            "Given a table of pages, write a query for the dirty ones.",
        ),
        ("Address how a page is repaired", "Address how a page is repaired."),
        ("Explain how a latch works?", "Explain how a latch works."),
        ("Suppose a page is torn, how would you repair it?", "Suppose a page is torn, how would you repair it?"),
        ("What is a latch", "What is a latch?"),
        ("Types of latches", "What are the types of latches?"),
        ("TYPES OF LATCHES", "What are the types of latches?"),
        ("A page supports three kinds of latches", "Which three kinds of latches does a page support?"),
        ("A table has several indexes, which differ", "Which indexes does a table have?"),
        ("There are two kinds of locks", "Which two kinds of locks are there?"),
        ("Myth 3: locks are always slow", 'Some say: "locks are always slow" Is that right, and why?'),
    ],
)
def test_an_english_line_is_asked_as_one_asks(text: str, question: str) -> None:
    assert worded(text, False, prompts.load("draft", "en")) == question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("列表[3,1,2]，请用一行排序", "列表[3,1,2]，请用一行排序。"),
        ("页与块相比", "页与块相比有什么不同？"),
        ("包含两种状态的进程图", "请讲讲包含两种状态的进程图。"),
        ("从头讲一遍 Redo Log", "从头讲一遍 Redo Log。"),
        ("计算属性（computed）", "请讲讲计算属性（computed）。"),
        ("计算两个页的距离", "计算两个页的距离。"),
        ("换页有啥影响", "换页有啥影响？"),
        ("日志有什么用。", "日志有什么用？"),
        ("用一句话讲清日志的作用。", "用一句话讲清日志的作用。"),
        ("Redo Log 的输出", "请讲讲Redo Log 的输出。"),
    ],
)
def test_a_chinese_line_too(text: str, question: str) -> None:
    assert worded(text, True, prompts.load("draft", "zh")) == question


@pytest.mark.parametrize(
    "title",
    [
        "And the cost",
        "But surely a log is slow?",
        "Real talk, any traps?",
        "Version 1",
        "Exercise 3",
        "None",
        "A log is a list",
        "Which do you use?",
        "Ordered writes protect the log and can lose no page",
        "The storage engine can:",
        "Avoid Writing Small Pages",
        "Load Data in Batches",
        "When the size of the log grows",
    ],
)
def test_an_english_piece_of_a_sentence_or_a_mere_number_is_no_question(title: str) -> None:
    assert not [one for one in asked(under(title, "Logs")) if title.rstrip("?") in one]


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Key Differences", "What are the key differences between LSM and B-tree?"),
        ("Comparison Table", "How do LSM and B-tree compare?"),
    ],
)
def test_what_differs_is_asked_of_the_two_things_above(title: str, question: str) -> None:
    assert question in asked(under(title, "LSM vs B-tree"))


def test_a_question_that_goes_on_from_the_title_above_names_what_that_names() -> None:
    assert "Logs: how would you scale this to a thousand tables?" in asked(
        under("How would you scale this to a thousand tables?", "Logs")
    )
    assert "How do you ensure that a page is whole?" in asked(under("How do you ensure that a page is whole?", "Logs"))


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("[[Storage#What is a log?|What is a log?]]", "What is a log?"),
        ("What is a ==log==? {: .warning}", "What is a log?"),
        ("**What is a log?", "What is a log?"),
        ("↳ What is a log?", "What is a log?"),
        ("So what is a log?", "What is a log?"),
        ("For example, let's say a page is torn, how do you notice?", "Let's say a page is torn, how do you notice?"),
        ("2A. What is a log?", "What is a log?"),
        ("What does “torn” mean here?", "What does “torn” mean?"),
        ("What is a log? [Top]", "What is a log?"),
        ("__init__ 和 [] 有什么用？", "__init__ 和 [] 有什么用？"),
        ("= 和 := 有什么不同？", "= 和 := 有什么不同？"),
        ("面试问题：日志有什么用？", "日志有什么用？"),
        ("面试追问：日志有什么用？", "日志有什么用？"),
        ("如果面试官让你截断日志，怎么做？", "截断日志，怎么做？"),
        ("日志有什么用？ 分析：考察对恢复的理解。", "日志有什么用？"),
        ("ii. What is a log?", "What is a log?"),
        ("W### hat is a log?", "What is a log?"),
        ("What is the difference between .log and .page?", "What is the difference between .log and .page?"),
        ("日志有什么用（我说了恢复），怎么截断（可以用检查点）？", "日志有什么用，怎么截断？"),
        ("What is a log? [from 40 questions on storage]", "What is a log?"),
        ("日志有什么用？[某某公司]", "日志有什么用？"),
        ("面试场景 2：日志有什么用？（核心）", "日志有什么用？"),
        ("“日志有什么用呢？”", "日志有什么用呢？"),
        ("日志有什么用？（提问概率：★★）", "日志有什么用？"),
        ("C3. What is a log?", "What is a log?"),
        ("— What is a log?", "What is a log?"),
        ("追问 3：日志有什么用？", "日志有什么用？"),
        ("CQ14 · 日志有什么用？", "日志有什么用？"),
        ("日志有什么用？（见第三章）", "日志有什么用？"),
        ("日志有什么用（具体可以参考那本书）？", "日志有什么用？"),
        ("Scenario 2: What is a log?", "What is a log?"),
        ("日志有什么用？（超级大坑）", "日志有什么用？"),
        ("日志有什么用？【待补】", "日志有什么用？"),
        ("【实战】日志有什么用？", "日志有什么用？"),
        ("【日志】有什么用？", "【日志】有什么用？"),
        ("附：日志有什么用？", "日志有什么用？"),
        ("日志有什么用？[某某公司2017]", "日志有什么用？"),
        ("2> What is a log?", "What is a log?"),
        ("What is a log? (Optional)", "What is a log?"),
        ("Follow-up: What is a log?", "What is a log?"),
        ("Questoin 7- What is a log?", "What is a log?"),
        ("追问：日志有什么用？", "日志有什么用？"),
        ("避免日志丢失？", "如何避免日志丢失？"),
        ("What is a log? (A silly question)", "What is a log?"),
        ("How does a log grow?\\n", "How does a log grow?"),
        ("What is a log (write-ahead)?", "What is a log (write-ahead)?"),
        ("What is a log? [https://example.org/log]", "What is a log?"),
        ("Why is it useful to keep a log?", "Why is it useful to keep a log?"),
        ("What is this in JavaScript?", "What is this in JavaScript?"),
    ],
)
def test_what_only_files_a_question_goes(line: str, question: str) -> None:
    said = SAID if "日" in line else SAID_EN
    assert asked(f"## {line}\n{said}\n## What is a page?\n{SAID_EN}\n")[:1] == [question]


@pytest.mark.parametrize(
    "line",
    [
        "What would you do differently next time?",
        "What is asked in Java interviews?",
        "面试官想听什么？",
        "介绍一下那个比赛",
        "你这个项目解决了什么问题？",
    ],
)
def test_a_question_about_the_candidate_s_own_work_or_the_interview_is_none(line: str) -> None:
    assert asked(f"## {line}\n{SAID_EN}\n## What is a page?\n{SAID_EN}\n") == ["What is a page?"]


def test_a_scenario_that_asks_nothing_is_asked_what_one_would_do() -> None:
    case = "A query on the orders table takes ten seconds since the last release."
    text = (
        f'> **Scenario:** "{case}"\n\n**Strong answer:**\n\n'
        "- Read the plan of the query first, because a missing index shows there.\n"
        "- A statistics update lets the planner choose the right join order again.\n"
    )
    assert asked(text) == [f"{case} What would you do?"]
    told = "The release went out on Monday. After a week the index was twice as large"
    assert asked(f"Q: {told}\nA: Deleted rows stay in the pages until the vacuum has run.\n") == [
        f"{told}. What would you do?"
    ]
    assert asked(f"Q: {told}. Do you run it?.\nA: Deleted rows stay in the pages until the vacuum has run.\n") == [
        f"{told}. Do you run it?"
    ]
    longer = f"{told}. Nobody deleted a row. Reads are slow. Do you run it?"
    assert asked(f"Q: {longer}\nA: Deleted rows stay in the pages until the vacuum has run.\n") == [longer]


def test_marks_around_and_before_a_question_go() -> None:
    text = (
        f'## "What is a page ?"\n{SAID_EN}\n## "What is a log?\n{MORE_EN[0]}\n## G12 What is a latch?\n{MORE_EN[1]}\n'
    )
    assert asked(text) == ["What is a page?", "What is a log?", "What is a latch?"]


def test_what_many_answers_hold_word_for_word_is_asked_of_none() -> None:
    refrain = "- Clear assumptions about the workload are stated before any design.\n"
    text = "".join(
        f"## {question}\n{said}\n\n{refrain}\n"
        for question, said in zip(
            ("What is a log?", "What is a split?", "What is a checksum?"), (SAID_EN, *MORE_EN), strict=True
        )
    )
    found = distilled(text).rubrics
    assert [len(rubric.key_points) for rubric in found] == [1, 1, 1]
    assert not any("assumptions" in rubric.key_points[0].text + "".join(rubric.notes) for rubric in found)
