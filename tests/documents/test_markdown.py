"""Markdown keeps the lines of its file, without the marks."""

from pathlib import Path

import pytest

from kaoguan.documents import Line, RemovalReason, read


def lines(tmp_path: Path, text: str) -> list[Line]:
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    return list(read(path).lines)


@pytest.mark.parametrize(
    ("written", "level", "text"),
    [
        pytest.param("# 优化器", 1, "优化器", id="hash"),
        pytest.param("### **什么是** `BN`？ ###", 3, "什么是 BN？", id="closed and marked"),
        pytest.param("##标题", 2, "标题", id="no space before Chinese"),
        pytest.param("#include <stdio.h>", None, "#include <stdio.h>", id="not a heading"),
        pytest.param("> ## quoted", 2, "quoted", id="in a quotation"),
    ],
)
def test_headings_are_told_by_their_marks_and_lose_them(
    tmp_path: Path, written: str, level: int | None, text: str
) -> None:
    (line,) = lines(tmp_path, written)
    assert (line.heading_level, line.text) == (level, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("1. **BN** 的 *作用*", "1. BN 的 作用", id="emphasis after a marker"),
        pytest.param("  - 见[论文](http://x.y/z)", "  - 见论文", id="link"),
        pytest.param("$x_1*y*z_2$ 与 $a_b$", "$x_1*y*z_2$ 与 $a_b$", id="formula"),
        pytest.param("y=w*x+b*c", "y=w*x+b*c", id="product"),
        pytest.param("用 <s> 和 <pad> 标记<br>", "用 <s> 和 <pad> 标记", id="tokens are no tags"),
        pytest.param(r"CPU \rightarrow GPU", r"CPU \rightarrow GPU", id="latex outside a formula"),
        pytest.param("a &lt; b &#27;[31m", "a < b �[31m", id="entities"),
        pytest.param("> 引用", "引用", id="quotation"),
        pytest.param("    缩进的正文 **粗**", "    缩进的正文 粗", id="indented prose"),
        pytest.param(r"cache\(64\) 与 \[PAD\] 标记", "cache(64) 与 [PAD] 标记", id="escaped brackets"),
        pytest.param(r"其中 \(x^2\) 为平方", r"其中 \(x^2\) 为平方", id="formula in brackets"),
        pytest.param("**第 $k$ 层**的输出", "第 $k$ 层的输出", id="formula within a mark"),
        pytest.param("| 范数 | $|x|$ |", "| 范数 | $∣x∣$ |", id="bar within a formula of a table"),
        pytest.param("宽![](http://a.b/svg.latex?\\frac{T}{2})秒", "宽 $\\frac{T}{2}$ 秒", id="formula of an address"),
        pytest.param('长<img src="http://a.b/equation?tex=x%5E2">米', "长 $x^2$ 米", id="formula of a tag"),
    ],
)
def test_marks_inside_a_line_go_and_content_stays(tmp_path: Path, written: str, text: str) -> None:
    assert [line.text for line in lines(tmp_path, written)] == [text]


@pytest.mark.parametrize(
    ("fenced", "code"),
    [
        ("bash\nA page is read into memory before any of its rows is used.", False),
        ("\n读一行之前，先把它所在的整页读进内存。", False),
        ("bash\nA page is read into memory before any of its rows is used.\nKept there:\nPages\nIndexes", False),
        ("text\n输入：怎么才能读得更快一些呢\n→ 先把它所在的整页读进内存", True),
        ("\n页(page): 一次读入的单位\n  → 行所在的整页先读进内存\n  → 再按偏移取出这一行", False),
        ("\nPage: the unit that is read\n  Size: 16 kB by default\nRow: found by its offset", False),
        ("\nselect row_id\nfrom pages\nwhere the_page is in_memory", True),
        ("\npage.read(at=4)\nrow = page.rows[2]\nprint(row)", True),
        ("\nQ: What is a page?\nA: size = 16 KB", True),
        ("bash\nls -l | sort -k5 -n > /tmp/sizes.txt", True),
        ("python\n# a page is read into memory before any row\nx = read(1)", True),
    ],
)
def test_prose_in_a_fence_below_a_title_is_its_text(tmp_path: Path, fenced: str, code: bool) -> None:
    found = lines(tmp_path, f"## How is a row read?\n```{fenced}\n```\n")
    assert {line.code for line in found if line.text and not line.heading_level} == {code}


@pytest.mark.parametrize(
    ("fenced", "code"),
    [
        ("1. Read the page into memory\n2. Change the row there\n3. Write the log first", False),
        ("1. 先把页读进内存\n2. 在内存里改这一行", False),
        ("1. x = read(1)\n2. y = x + 1\n3. write(y)", True),
        ("Read the page into memory and change the row there", False),
    ],
)
def test_steps_in_a_fence_below_a_question_are_text(tmp_path: Path, fenced: str, code: bool) -> None:
    found = lines(tmp_path, f"**How is a row changed?**\n```\n{fenced}\n```\n")
    assert {line.code for line in found[2:-1]} == {code}


@pytest.mark.parametrize(
    ("above", "fenced", "code"),
    [
        ("_**什么是幂等性?**_", "幂等性: 重复请求不产生副作用\n\n协议规定 GET 是幂等的", False),
        ("**常见的端口有哪些？**", "🌟 数据库: 3306 默认端口\n🌟 缓存服务: 6379 默认端口", False),
        ("**Answer:**", "A page is the unit of reading from disk\n  size = 16 KB\nIt holds rows in order", False),
        ("它的缺点：", "a. 收集时会占用处理器，应用程序因此变慢。\nb. 无法处理收集期间新产生的浮动垃圾。", False),
        ("例如：", "用户今天的心情很不错，想出门走一走", True),
        ("模型收到的是：", "你是一名经验丰富的客服人员。\n请用中文回答用户的问题", True),
        ("**How is it run?**", "kubectl apply -f pod.yaml\nkubectl get pods -w | grep web", True),
        ("**结构是怎样的？**", "┌────┐\n│ 缓存 │\n└────┘", True),
    ],
)
def test_prose_in_a_fence_below_a_question_or_in_sentences_is_text(
    tmp_path: Path, above: str, fenced: str, code: bool
) -> None:
    found = lines(tmp_path, f"{above}\n\n```\n{fenced}\n```\n")
    assert {line.code for line in found[1:] if line.text} == {code}


def test_questions_in_a_fence_below_a_title_that_says_so_are_asked(tmp_path: Path) -> None:
    found = lines(tmp_path, "## Conceptual questions\n```\nQ: What is a page?\nA: size = 16 KB\n```\n")
    assert not any(line.code for line in found)


def test_code_is_kept_as_written_and_told_from_prose(tmp_path: Path) -> None:
    found = lines(tmp_path, "前\n```python\n# 注释 *x*\n```\n后")
    assert [(line.number, line.text, line.code) for line in found] == [
        (1, "前", False),
        (2, "", False),
        (3, "# 注释 *x*", True),
        (4, "", False),
        (5, "后", False),
    ]


def test_a_line_that_is_bold_as_a_whole_says_so(tmp_path: Path) -> None:
    found = lines(tmp_path, "**1. 什么是优化器？**\n\n这是 **一种** 算法")
    assert [line.strong for line in found] == [True, False, False]


def test_an_underlined_heading_keeps_its_line_number(tmp_path: Path) -> None:
    found = lines(tmp_path, "\n优化器\n===\n\n正文")
    assert [(line.number, line.heading_level) for line in found if line.text] == [(2, 1), (5, None)]


def test_what_only_tools_read_is_listed_as_removed(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("---\ntitle: 笔记\n---\n<!-- 草稿 -->\n<script>\nalert(1)\n</script>\n\n正文", encoding="utf-8")
    document = read(path)
    assert [line.text for line in document.lines if line.text] == ["正文"]
    assert {removed.reason for removed in document.removed} == {RemovalReason.MARKUP}
    assert [removed.number for removed in document.removed] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("![结构](a.png)", "", id="alone"),
        pytest.param("- ![](a.png) 两条支路", "- 两条支路", id="in front"),
        pytest.param("如下 <img src='a.png' width=3>", "如下", id="behind"),
        pytest.param("用 ![](a.png) 表示输入", "用\ufffc表示输入", id="within"),
        pytest.param("![](a.png)的方差为一", "\ufffc的方差为一", id="in front of half a sentence"),
    ],
)
def test_a_line_knows_the_picture_it_shows(tmp_path: Path, written: str, text: str) -> None:
    (line,) = lines(tmp_path, f"{written}\n\n正文")[:1]
    assert (line.text, line.pictured) == (text, True)


@pytest.mark.parametrize("written", ["**缓存**", "<strong>缓存</strong>：", "1. <b>缓存</b>"])
def test_a_line_that_is_bold_as_a_whole_is_strong(tmp_path: Path, written: str) -> None:
    (line,) = lines(tmp_path, written)
    assert line.strong


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(
            '??? question "为什么要缓存？"\n    因为慢。',
            [("为什么要缓存？", 1, False), ("因为慢。", None, False)],
            id="it asks",
        ),
        pytest.param('!!! note "Rule"\n    Be brief.', [("Rule", None, True), ("Be brief.", None, False)], id="a note"),
        pytest.param("!!! tip\n    Be brief.", [("Be brief.", None, False)], id="without a title"),
        pytest.param(
            '??? success "Answer"\n    Yes.', [("Answer:", None, False), ("Yes.", None, False)], id="an answer"
        ),
        pytest.param(
            ":::tip 口诀\n先小后大。\n:::", [("口诀", None, True), ("先小后大。", None, False)], id="a container"
        ),
        pytest.param("> [!NOTE]\n> Be brief.", [("Be brief.", None, False)], id="an alert"),
        pytest.param(
            "{{< question >}}\nWhy cache?\n{{</ question >}}\n{{< answer >}}\nDisks are slow.\n{{</ answer >}}",
            [("Q: Why cache?", None, False), ("Answer:", None, False), ("Disks are slow.", None, False)],
            id="tags",
        ),
        pytest.param("```\n{{< question >}}\n```", [("{{< question >}}", None, False)], id="a tag in a program"),
    ],
)
def test_a_box_is_read_as_a_title_and_its_text(
    tmp_path: Path, written: str, shown: list[tuple[str, int | None, bool]]
) -> None:
    found = [(line.text, line.heading_level, line.strong) for line in lines(tmp_path, written) if line.text]
    assert found == shown


def test_a_program_inside_a_box_is_code_and_the_text_after_it_is_outside(tmp_path: Path) -> None:
    found = lines(tmp_path, '!!! note "N"\n    ```\n    x = 1\n    ```\n\nAfter it.\n\n```\n??? question "no box"\n```')
    assert [line.text for line in found if line.code] == ["x = 1", '??? question "no box"']
    assert found[5].text == "After it."


def test_the_drawing_among_the_words_of_a_fence_is_no_text(tmp_path: Path) -> None:
    fenced = "The page comes first, then the row.\n│ page │\nIts place is kept in an index."
    found = lines(tmp_path, f"## How is a row read?\n```\n{fenced}\n```\n")
    said = [line.text for line in found if line.text and not line.code]
    assert said == ["How is a row read?", "The page comes first, then the row.", "Its place is kept in an index."]


@pytest.mark.parametrize(
    ("written", "level", "text"),
    [
        ('<h2 id="a-page">What is a <b>page</b>?</h2>', 2, "What is a page?"),
        ('!!!- info "1. What is a page?"', 1, "1. What is a page?"),
    ],
)
def test_headings_between_tags_and_boxes_that_ask_are_headings(
    tmp_path: Path, written: str, level: int, text: str
) -> None:
    (line, _) = (one for one in lines(tmp_path, f"{written}\n    It is read at once.\n") if one.text)
    assert (line.heading_level, line.text) == (level, text)
