"""A web page keeps its structure as lines; what is around the article is listed as removed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kaoguan.documents import Document, RemovalReason
from tests.documents.conftest import texts

PAGE = (Path(__file__).parent / "pages" / "article.html").read_text(encoding="utf-8")
Reading = Callable[[str, bytes | str], Document]


@pytest.fixture
def article(reading: Reading) -> Document:
    return reading("article.html", PAGE.encode("gb18030"))


def test_structure_becomes_lines(article: Document) -> None:
    assert texts(article) == [
        "NLP 面试题",
        "1. 什么是 BN？",
        "BN 是归一化方法，让每层输入的分布稳定。",
        "- 加速收敛",
        "  - 学习率大",
        "- 缓解梯度消失",
        "3. 第三",
        "4. 第四",
        "# 登录",
        "x = 1",
        "公式 $x^2$ 和 $y_1$",
        "名 | 义",
        "a | b",
        "2. 优化器？",
        "更新参数。",
        "有 SGD。",
        "束搜索",
        "每步保留 k 个。",
    ]


def test_headings_code_and_bold_lines_are_told(article: Document) -> None:
    found = {line.text: line for line in article.lines}
    assert [found[text].heading_level for text in ("NLP 面试题", "1. 什么是 BN？", "束搜索")] == [1, 2, 3]
    assert found["# 登录"].code
    assert found["2. 优化器？"].strong
    assert not found["BN 是归一化方法，让每层输入的分布稳定。"].strong


def test_what_is_around_the_article_is_listed_with_a_reason(article: Document) -> None:
    reasons = {line.text.strip(): line.reason for line in article.removed}
    assert reasons["栏目"] is RemovalReason.NAVIGATION
    assert reasons["什么是 GPU？"] is RemovalReason.NAVIGATION
    assert reasons["张三：写得好！"] is RemovalReason.RELATED
    assert reasons["2021-09-04 · 阅读 172"] is RemovalReason.VIEW_COUNT


def test_every_line_has_one_number(article: Document) -> None:
    numbers = [line.number for line in article.lines] + [line.number for line in article.removed]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_a_main_part_leaves_out_what_stands_beside_it(reading: Reading) -> None:
    document = reading(
        "a.html",
        "<body><div><p>今日要闻</p></div><main><h1>笔记</h1><p>正则化限制模型的复杂度，减少过拟合。</p></main><div>广告词</div></body>",
    )
    assert texts(document) == ["笔记", "正则化限制模型的复杂度，减少过拟合。"]
    assert {line.text for line in document.removed} == {"今日要闻", "广告词"}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<div class='sidebar'><h1>题</h1><p>正文都在这一栏里。</p></div><p>尾</p>", id="most of the page"),
        pytest.param(
            "<section class='tag-smoothing'><p>标签平滑</p></section><p>" + "别的内容。" * 9 + "</p>", id="tag"
        ),
        pytest.param("<div class='advanced-search'><p>束搜索</p></div><p>" + "别的内容。" * 9 + "</p>", id="search"),
    ],
)
def test_a_class_alone_does_not_make_content_a_menu(reading: Reading, page: str) -> None:
    assert reading("a.html", page).removed == ()


def test_a_table_for_the_layout_is_read_as_text(reading: Reading) -> None:
    page = "<table><tr><td><h2>什么是 BN？</h2><p>一。</p><p>二。</p></td></tr></table>"
    assert texts(reading("a.html", page)) == ["什么是 BN？", "一。", "二。"]


def test_a_picture_is_marked_and_a_drawn_formula_read(reading: Reading) -> None:
    drawn = "<img src='http://a.b/equation?tex=x%5E2'>"
    page = f"<html><body><p>由<img src='a.png'>给出</p><p><img src='b.png'></p><p>宽 {drawn} 米</p></body></html>"
    found = reading("page.html", page).lines
    shown = [(line.text, line.pictured) for line in found if line.text or line.pictured]
    assert shown == [("由\ufffc给出", True), ("", True), ("宽 $x^2$ 米", False)]
