"""Boilerplate is taken out and listed, content is not touched."""

from pathlib import Path

import pytest

from kaoguan.documents import Line, RemovalReason, Removed, read
from kaoguan.documents.clutter.clutter import clean
from kaoguan.documents.extract import Extract
from kaoguan.documents.read import plain_text as extract

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def cleaned(text: str) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    into = Extract("notes.txt")
    extract(text, into)
    return clean(into.lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_scraped_page_keeps_its_content_and_nothing_else(page: Path) -> None:
    """Lines of a page are marked + content, - boilerplate, ? either will do."""
    marked = page.read_text(encoding="utf-8").splitlines()
    kept, removed = cleaned("\n".join(line[2:] for line in marked))
    taken = {line.number for line in removed}
    wrong = [line for number, line in enumerate(marked, 1) if line[0] == ("+" if number in taken else "-")]
    assert wrong == []
    assert sorted([line.number for line in kept] + sorted(taken)) == list(range(1, len(marked) + 1))


# Words of menus too: content as long as no button is near.
WORDS = [
    "导航",
    "推荐",
    "搜索",
    "广告",
    "分类",
    "收藏",
    "评论",
    "点击率 0.35",
    "目录",
    "版权",
    "3",
    "0.5",
    "Search",
    "###",
]

CONTENT = [
    "注意力机制",
    "标签平滑",
    "标签：0 表示负样本，1 表示正样本。",
    "点击率预估",
    "广告点击率预估",
    "优惠券点击领取率预估",
    "阅读理解",
    "阅读 3 篇论文",
    "转发率",
    "用户的点赞、收藏和转发都是正反馈",
    "版权过滤：训练数据要去掉有版权风险的文本",
    "大模型训练数据的侵权风险怎么规避？",
    "数据集遵循 CC BY 4.0 协议",
    "未经授权的访问会被拒绝",
    "下一个 token 预测",
    "上一层的输出",
    "下一句预测（NSP）",
    "首页推荐怎么做冷启动？",
    "登录日志异常检测",
    "注册用户的流失预测",
    "登录后，服务端返回 token",
    "关注点分离",
    "分享一下你最近的项目",
    "扫描二维码的识别模型",
    "公众号文章推荐系统设计",
    "来源域和目标域分布不同",
    "作者主题模型",
    "2017 年提出 Transformer",
    "2021-09-04 训练中断的原因",
    "1. 2021 年以前的方法",
    "会员流失预测",
    "原创性检测",
    "相关性与因果性",
    "相关问题的检索",
    "推荐阅读理解模型",
    "热门物品打压",
    "最新的方法是 RLHF",
    "更多的数据",
    "声明式编程",
    "Cookie 识别跨设备用户",
    "复制机制（Copy Mechanism）",
    "(c) Softmax",
    "Share the weights between the two towers",
    "Share parameters",
    "Next, compute the softmax",
    "Next sentence prediction",
    "Next token prediction",
    "Previous hidden state",
    "Home advantage",
    "Tags: B, I and O mark the beginning, inside and outside of an entity.",
    "Copyright infringement is a risk of training on scraped text",
    "Related work",
    "Recommended batch sizes",
    "Sign up rate",
    "Sign of the gradient",
    "Follow the gradient downhill",
    "Comment on the bias-variance tradeoff",
    "Views of a matrix share memory",
    "Attention",
    "Star schema",
    "Watch out for leakage",
    "Issues with MSE",
    "precision/recall",
    "A/B test",
    "SGD > Adam",
    "x -> y",
    "h_t = tanh(W x_t + U h_{t-1})",
    "L = -∑ y log p",
    "loss 0.3",
    "准确率 92%",
    "F1: 0.87",
    "Q1：什么是 BN？",
]


@pytest.mark.parametrize("line", CONTENT + WORDS)
def test_content_that_looks_like_boilerplate_stays(line: str) -> None:
    text = f"什么是正则化？\n它限制模型的复杂度，减少过拟合。\n\n{line}\n\n还有哪些方法？\n早停和数据增强。"
    kept, removed = cleaned(text)
    assert removed == ()
    assert line in [found.text for found in kept]


@pytest.mark.parametrize("line", CONTENT)
def test_content_beside_a_button_stays(line: str) -> None:
    _, removed = cleaned(
        f"登录 注册\n{line}\n它限制模型的复杂度，从而减少过拟合。\n转载请注明出处\n{line}\n有哪些方法？"
    )
    assert [gone.number for gone in removed] == [1, 4]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("用户行为特征包括：\n点赞\n收藏\n评论\n分享\n关注\n这些都可以做标签。", id="behaviours as a list"),
        pytest.param("搜广推三大方向\n推荐\n搜索\n广告\n各有什么特点？", id="the three trades"),
        pytest.param("推荐\n召回、粗排、精排、重排四个阶段。", id="title that is a menu word"),
        pytest.param("目录\n文件系统中的目录是什么？\n目录是文件的集合。", id="contents that come once"),
        pytest.param(
            "推荐阅读\n这一节的推荐模型先看 Wide & Deep，它同时有记忆和泛化能力。\n还要看 DIN。", id="prose below"
        ),
        pytest.param("1\n2\n3\n5\n8\n是斐波那契数列。", id="numbers"),
        pytest.param("参考：\nhttps://arxiv.org/abs/1706.03762\n提出了注意力。", id="a link that is cited"),
    ],
)
def test_a_run_of_menu_words_without_a_button_stays(text: str) -> None:
    assert cleaned(text)[1] == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("首页 > 技术 > 正文", RemovalReason.NAVIGATION, id="breadcrumbs"),
        pytest.param("Home / Blog / Machine learning", RemovalReason.NAVIGATION, id="English breadcrumbs"),
        pytest.param("上一篇：梯度下降", RemovalReason.NAVIGATION, id="previous"),
        pytest.param("登录 注册", RemovalReason.NAVIGATION, id="buttons"),
        pytest.param("ChatGPT said:", RemovalReason.NAVIGATION, id="a chat's speaker"),
        pytest.param("Use code with caution.", RemovalReason.NAVIGATION, id="a chat's warning"),
        pytest.param("3.2 注意力 ............ 17", RemovalReason.NAVIGATION, id="printed contents"),
        pytest.param("文章标签：深度学习 优化器", RemovalReason.TAGS, id="tags"),
        pytest.param("#面试 #深度学习", RemovalReason.TAGS, id="hash tags"),
        pytest.param("扫码关注公众号，回复 666 领取资料", RemovalReason.ADVERTISEMENT, id="QR code"),
        pytest.param("Subscribe to our newsletter", RemovalReason.ADVERTISEMENT, id="newsletter"),
        pytest.param("分享到：微信 微博 QQ", RemovalReason.SHARING, id="share"),
        pytest.param("阅读 1.2k 点赞 35", RemovalReason.VIEW_COUNT, id="counts"),
        pytest.param("229 阅读5分钟", RemovalReason.VIEW_COUNT, id="reading time"),
        pytest.param("Mar 3, 2023 · 7 min read", RemovalReason.VIEW_COUNT, id="English counts"),
        pytest.param("发布于 2021-09-04 20:34", RemovalReason.BYLINE, id="date"),
        pytest.param("转载请注明出处", RemovalReason.DISCLAIMER, id="reprint"),
        pytest.param("本文仅代表作者观点，不代表本站立场", RemovalReason.DISCLAIMER, id="disclaimer"),
        pytest.param("© 2024 某某科技 版权所有", RemovalReason.COPYRIGHT, id="copyright"),
        pytest.param("京ICP备12345678号-1", RemovalReason.COPYRIGHT, id="licence number"),
        pytest.param("We use cookies to improve your experience.", RemovalReason.COOKIES, id="cookies"),
    ],
)
def test_a_removed_line_keeps_its_number_and_text_and_says_why(line: str, reason: RemovalReason) -> None:
    (removed,) = cleaned(f"什么是正则化？\n它限制模型的复杂度，减少过拟合。\n{line}\n还有哪些方法？\n早停也可以。")[1]
    assert removed == Removed(number=3, text=line, reason=reason)


def test_a_question_ends_the_head_of_a_page_in_either_kind_of_punctuation() -> None:
    menu = "首页\n登录\n注册\n私信\n举报\n"
    for mark in ("?", "\uff1f"):
        kept, _ = cleaned(f"{menu}深度学习面试题整理\n什么是过拟合{mark}\n登录\n举报\n它限制模型的复杂度。")
        assert [line.text for line in kept][:2] == ["深度学习面试题整理", f"什么是过拟合{mark}"]


def test_code_is_never_boilerplate() -> None:
    code = [Line(number=1, text="登录 注册", code=True), Line(number=2, text="# © 2024", code=True)]
    assert clean(code) == (tuple(code), ())


def test_a_table_of_contents_goes_when_its_entries_come_again() -> None:
    kept, removed = cleaned("笔记\n目录\n1. 过拟合\n2. 欠拟合\n1. 过拟合\n模型太复杂。\n2. 欠拟合\n模型太简单。")
    assert [line.number for line in removed] == [2, 3, 4]
    assert [line.number for line in kept] == [1, 5, 6, 7, 8]


def test_a_site_is_known_by_its_copyright() -> None:
    _, removed = cleaned("某某网\n\n什么是正则化？\n它限制模型的复杂度。\n\n某某网版权所有")
    assert [line.number for line in removed] == [1, 6]


@pytest.mark.shared
def test_the_seeds_lose_their_boilerplate_and_nothing_else(seeds: Path) -> None:
    taken = {path.name[:3]: [line.number for line in read(path).removed] for path in sorted(seeds.glob("*.txt"))}
    assert taken == {"000": [3], "003": [1, 3, 4, 8, 10, 13, 14, 38, 39, 41, 42, 43, 44, 45, 47, 49, 51]}
