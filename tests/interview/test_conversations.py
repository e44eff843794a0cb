"""Conversations as people have them: nervous, terse, rambling, asking back, not knowing, stubborn, in any script.

Each is one script of entries, told by the kinds of its turns: Q question, F follow-up, A answer, B asks back, R reply,
H hint, S skip, U undo, D feedback, X reference, C closing, P pause, Z quit.
"""

import io
from dataclasses import dataclass, field

import pytest
from rich.console import Console

from kaoguan import prompts
from kaoguan.grading import Grader
from kaoguan.interview import Interview, Mode, Plan
from kaoguan.interview.talk.commands import Entry, Left, parse
from kaoguan.interview.talk.conversation import Conversation
from kaoguan.interview.talk.screen import Screen
from kaoguan.models import KeyPoint, Language, Misconception, Rubric
from kaoguan.session import Kind
from kaoguan.store import Store
from kaoguan.testing import KeywordJudge, Ticks, make_rubric
from kaoguan.text.overlap import LIMIT, containment, leaks

LETTERS = {
    Kind.QUESTION: "Q",
    Kind.FOLLOW_UP: "F",
    Kind.ANSWER: "A",
    Kind.ASK_BACK: "B",
    Kind.REPLY: "R",
    Kind.HINT: "H",
    Kind.SKIP: "S",
    Kind.UNDO: "U",
    Kind.FEEDBACK: "D",
    Kind.REFERENCE: "X",
    Kind.CLOSING: "C",
    Kind.PAUSE: "P",
    Kind.QUIT: "Z",
}

OVERFITTING = make_rubric(
    KeyPoint(
        id="p1",
        text="过拟合时训练误差小而测试误差大",
        weight=3,
        paraphrases=("训练集很好，测试集很差",),
        follow_up="两份数据上的表现会怎样？",
        note="把同一个模型放到两份数据上打分：一份它见过，一份没见过。差距越大，越说明它记住了噪声。",
    ),
    KeyPoint(
        id="p2",
        text="正则化限制权重的大小",
        weight=2,
        follow_up="从损失函数上可以做什么？",
        note="L2 在损失里加上 λ‖w‖²，大的参数要付出代价。λ 太大又会欠拟合。",
    ),
    KeyPoint(id="p3", text="增加样本可以缓解", weight=1, follow_up="除了模型，还能在哪里下手？"),
    id="overfitting",
    topic="机器学习",
    question="什么是过拟合？训练时怎么发现，怎么缓解？",
    reference_answer="过拟合时训练误差小而测试误差大。正则化限制权重的大小，增加样本可以缓解。",
    misconceptions=(Misconception(id="m1", text="过拟合是因为模型太简单", follow_up="模型小的时候会先出现什么？"),),
)
DROPOUT = make_rubric(
    KeyPoint(id="p1", text="训练时随机丢弃神经元", weight=3, follow_up="一次前向里哪些单元参与？"),
    KeyPoint(id="p2", text="推理时不丢弃", weight=2, follow_up="上线之后还这样做吗？"),
    id="dropout",
    topic="深度学习",
    question="Dropout 是怎么做的？",
    reference_answer="训练时随机丢弃神经元，推理时不丢弃。",
)
BATCH = make_rubric(
    KeyPoint(id="p1", text="large batches give less noisy gradients", weight=3, follow_up="How does a step change?"),
    KeyPoint(id="p2", text="small batches may generalize better", weight=2, follow_up="What about unseen data?"),
    id="batch",
    language="en",
    topic="Deep learning",
    question="What does the batch size change during training?",
    reference_answer="Large batches give less noisy gradients; small batches may generalize better.",
)
P1, P2, P3 = (point.text for point in OVERFITTING.key_points)
WRONG = "过拟合是因为模型太简单"


@dataclass(frozen=True)
class Script:
    """What is typed, which turns it must come to, and what must and must not be on the screen."""

    typed: tuple[str, ...]
    turns: str
    shows: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None  # the key points that are followed up
    rubrics: tuple[Rubric, ...] = (OVERFITTING, DROPOUT)
    practice: bool = False
    language: Language = "zh"
    kept: bool = True
    answers: tuple[str, ...] = field(default=())


SCRIPTS = {
    # nervous
    "apologises and does not know": Script(
        ("不好意思，我有点紧张，这个真的不太清楚……", "/quit"), "QAQZ", ("没关系",), asked=()
    ),
    "does not know, twice": Script(("不知道", "不会"), "QAQAC", ("没关系，这题先放下", "没关系，不会的地方"), asked=()),
    "silence is not known": Script(("……", "嗯", "/quit"), "QAQAC", ("没关系",), asked=()),
    "does not know a follow-up and goes on": Script(
        (P2, "这个不清楚", P3, "/quit"), "QAFAFAQZ", ("没关系，这一点先放下",), asked=("p1", "p3")
    ),
    "does not know two follow-ups": Script((P2, "不知道", "也不会", "/quit"), "QAFAFAQZ", asked=("p1", "p3")),
    "knows one part and names the other": Script(
        (f"{P2}，两份数据上的表现我不清楚", "/quit"), "QAFZ", asked=("p3",), never=("两份数据上的表现会怎样",)
    ),
    "knows no more": Script((f"{P2}，别的就不知道了", "/quit"), "QAQZ", asked=()),
    "not sure is still an answer": Script((f"不太确定，可能是{P1}", "/quit"), "QAFZ", asked=("p2",)),
    # terse and rambling
    "terse": Script(("测试差", "正则", "加数据", "/quit"), "QAFAFAQZ", asked=("p1", "p2")),
    "rambling": Script(
        ("我先说说我的项目，当时我们做推荐，数据特别多，" * 6 + P1 + "，后来换了老板。", P2, P3, "/quit"),
        "QAFAFAQZ",
        asked=("p2", "p3"),
    ),
    "all at once": Script((f"{P1}。{P2}。{P3}。", "/quit"), "QAQZ", asked=()),
    "a pasted essay": Script(
        (f"一、现象\n{P1}\n\n二、办法\n{P2}\n/skip\n// 完", P3, "/quit"),
        "QAFAQZ",
        asked=("p3",),
        answers=(f"一、现象\n{P1}\n\n二、办法\n{P2}\n/skip\n// 完", P3),
    ),
    # asking back
    "asks for one of two": Script(
        ("您是问训练的时候还是上线之后？", P1, "/quit"), "QBRAFZ", ("答复", "没有算作回答"), asked=("p2",)
    ),
    "asks what is open": Script(
        ("请问是指分类还是回归？", "/quit"), "QBR", ("由你来定",), kept=False
    ),
    "asks about the question": Script(
        ("题目里的过拟合是指什么？", P1, "/quit"), "QBRAFZ", ("题目问的就是这个",), asked=("p2",)
    ),
    "did not understand": Script(
        ("没听懂，能再说一遍吗", P1, "/quit"), "QBRAFZ", ("我再说一遍：什么是过拟合",), asked=("p2",)
    ),
    "did not understand the follow-up after a kind word": Script(
        (P2, "不知道", "再说一遍", P3, "/quit"), "QAFAFBRAQZ", ("我再说一遍：除了模型，还能在哪里下手",)
    ),
    "did not understand the follow-up": Script(
        (P1, "什么意思？", P2, "/quit"), "QAFBRAFZ", ("我再说一遍：从损失函数上可以做什么",), asked=("p2", "p3")
    ),
    "asks whether to assume": Script(
        ("可以假设数据是独立同分布的吗？", P1, "/quit"), "QBRAFZ", ("先说出你的假设",), asked=("p2",)
    ),
    "asks for the form": Script(("需要写公式吗", "要讲到什么程度", "/quit"), "QBRBR", ("不要求", "挑要点"), kept=False),
    "asks the same twice: it is an answer": Script(
        ("您是问训练还是推理？", "您是问训练还是推理？", "/quit"), "QBRAFZ", asked=("p1",)
    ),
    "a hedged answer is no question back": Script(
        ("是不是训练集很好，测试集很差？", "/quit"), "QAFZ", never=("答复",), asked=("p2",)
    ),
    # wrong and stubborn
    "wrong": Script((WRONG, "/quit"), "QAFZ", (f"你刚才说「{WRONG}」", "模型小的时候会先出现什么"), asked=("",)),
    "wrong and stubborn": Script(
        (WRONG, f"我还是认为{WRONG}", "/quit"), "QAFAFZ", (f"你刚才说「{WRONG}」",), asked=("", "p1")
    ),
    "contradicts": Script(
        (f"不对：{P1}", "/quit"), "QAFZ", ("你刚才说「",), asked=("p1",)
    ),
    # languages and scripts
    "English": Script(
        ("Do you mean during training?", "I don't know", "/quit"),
        "QBRAQZ",
        ("that is what the question asks", "That is all right"),
        asked=(),
        rubrics=(BATCH, BATCH.model_copy(update={"id": "batch2"})),
        language="en",
    ),
    "English, one part": Script(
        ("large batches give less noisy gradients, but I don't know about unseen data", "/quit"),
        "QAQZ",
        asked=(),
        rubrics=(BATCH, DROPOUT),
        language="en",
    ),
    "繁體": Script(
        ("請問是指訓練的時候還是測試的時候？", "抱歉，這題我沒學過", "/跳過", "/quit"), "QBRAQSC", ("没关系",), asked=()
    ),
    # commands as input methods type them
    "IME slashes": Script(("／hint", "、提示", "/幫助", P1, "／结束"), "QHHAFZ", ("提示 1/3", "提示 2/3", "/undo")),
    "undo": Script((P1, "/undo", P2, "/quit"), "QAFUAFZ", ("你写的还在下面",), asked=("p2", "p1")),
    "looks and leaves": Script(("/hint", "/quit"), "QH", kept=False),
    # who needs a moment, help, or the way out, and knows no command
    "nervous, but not done": Script(
        ("你好，我有点紧张", "让我想想……", P1, "/quit"), "QBRBRAFZ",
        ("不急，想好了再写",), ("没关系", "没有算作回答"), ("p2",)
    ),
    "needs a moment, twice the same": Script(("等一下", "等一下", P1, "/quit"), "QBRBRAFZ", asked=("p2",)),
    "asks for a hint in words": Script(
        ("能提示一下吗", "给点提示", "/提示", P1, "/quit"), "QBRBRHAFZ",
        ("输入 /hint", "少得 10%", "提示 1/3"), asked=("p2",)
    ),
    "asks whether it was right": Script(
        (P1, "这样说对吗？", P2, "/quit"), "QAFBRAFZ", ("先不说对错",), asked=("p2", "p3")
    ),
    "an answer that ends in asking whether it is right": Script((f"{P1}，对吗？", "/quit"), "QAFZ", asked=("p2",)),
    "wants out and knows no command": Script((P1, "退出", "/退出"), "QAFZ", ("输入 /quit 就行",), asked=("p2",)),
    "needs help and knows no command": Script(
        ("help", "帮助", "/help"), "Q", ("输入 /help 就行", "命令要单独占一行"), kept=False
    ),
    "a command's name twice is an answer": Script(("exit", "exit", "/quit"), "QAFZ", ("没有算作回答",), asked=("p1",)),
    "a mistyped command": Script(("/hnit", "/提示一下", P1, "/quit"), "QBRAFZ", ("/hnit 不是命令",)),
    "full-width commands with spaces": Script(
        ("／ hint", "／　帮助", "、 提示 ", P1, "/ quit"), "QHHAFZ", asked=("p2",)
    ),
    "has no more to say": Script((P1, "就这些了", "/quit"), "QAFAQZ", asked=("p2",)),
    "does not feel like answering": Script(
        ("不想答了", "啊？", "/quit"), "QAQBRZ", ("没关系", "我再说一遍：Dropout 是怎么做的")
    ),
    "asks which language": Script(("可以用英文回答吗？", P1, "/quit"), "QBRAFZ", ("中文、英文都可以",), asked=("p2",)),
    "yes is an answer": Script((P1, "是的", "/quit"), "QAFAFZ", asked=("p2", "p3")),
    # about the interview, not the question
    "tired, and has answered": Script(
        (P1, "有点累了，先到这吧", "/pause"), "QAFBRP",
        ("输入 /pause", "kaoguan interview --resume", "输入 /quit"), asked=("p2",)
    ),
    "wants a break before anything was answered": Script(
        ("休息一下", "/quit"), "QBR", ("还没有答过题",), ("--resume 接着",), kept=False
    ),
    "how much is left": Script(
        ("还有几题", P1, "还剩多少题？", "/跳过", "这是第几题了", "/quit"),
        "QBRAFBRSQBRZ",
        ("这是第 1 题，共 2 题，后面还有 1 题。这题最多再追问 2 次。", "最多再追问 1 次", "这是第 2 题，也是最后"),
    ),
    "how it is scored": Script(
        ("这题多少分", "说错会扣分吗", P1, "我答得怎么样", "/quit"),
        "QBRBRAFBRZ",
        ("每题满分 100", "总分是答过的题的平均", "先不说对错"),
        asked=("p2",),
    ),
    "too hard, and may it be left out": Script(
        ("太难了", "能跳过吗", "/skip", "/quit"), "QBRBRSQ", ("不完整也算数", "不算进总分"), kept=False
    ),
    "next question": Script((P1, "好，下一题", "/quit"), "QAFSQZ", asked=("p2",)),
    "next question, taken back": Script(("换一题", "/undo", P1, "/quit"), "QSQUAFZ", asked=("p2",)),
    "asks for the answer and for Google": Script(
        ("答案是什么", "可以百度吗", P1, "/quit"), "QBRBRAFZ", ("都在结束后的报告里", "由你来定"), asked=("p2",)
    ),
    "said it wrong": Script(
        (P1, "刚才说错了，能改吗", "/undo", P2, "/quit"), "QAFBRUAFZ", ("输入 /undo",), asked=("p2", "p1")
    ),
    "does not know the keys, nor who is there": Script(
        ("在吗", "怎么提交", "会保存吗", "/quit"), "QBRBRBR", ("我是考官", "输入 /help", "不会发到别处"), kept=False
    ),
    "within an answer such words are words": Script(
        (f"还有几题也好，累了也好，{P1}", "下一题再说，这题 L2 有用", "/quit"),
        "QAFAFZ",
        never=("答复",),
        asked=("p2", "p3"),
    ),
    "about the interview, in English": Script(
        (
            "I'm tired", "how many questions left?", "how is this scored", "this is too hard", "can I skip this?",
            "what is the answer", "are you human?", "how do I submit", "can I google it", "is this recorded?",
            "large batches give less noisy gradients", "can we take a break?", "I made a typo", "next question",
            "/quit",
        ),
        "Q" + 10 * "BR" + "AFBRBRSQZ",
        (
            "type /quit to leave", "This is question 1 of 2; 1 more after it. Follow-ups still to come on it: at most",
            "worth 100", "It need not be complete", "Type /skip", "the report has the reference answers",
            "I am kaoguan", "Type /help", "yours to decide", "sent nowhere", "kaoguan interview --resume", "/undo",
        ),
        asked=("p2",),
        rubrics=(BATCH, BATCH.model_copy(update={"id": "batch2"})),
        language="en",
    ),
    "practice: about the interview, while feedback is read": Script(
        ("不知道", "还有几题", "累了", "下一题", "/quit"),
        "QADQZ",
        ("后面还有 1 题。", "输入 /pause"),
        ("这题最多再追问",),
        practice=True,
    ),
    # languages and scripts
    "asks back in English": Script(
        ("Do you mean during training?", "could you repeat that?", P1, "/quit"), "QBRBRAFZ",
        ("我再说一遍",), asked=("p2",)
    ),
    "asks for a hint in English": Script(
        ("any hints?", "give me a moment", "is that right?", "/quit"),
        "QBRBRBR",
        ("type /hint", "No hurry", "I will not say right or wrong"),
        rubrics=(BATCH, DROPOUT),
        language="en",
        kept=False,
    ),
    "繁體 all through": Script(
        ("讓我想一下", "可以再說一遍嗎", "能給點提示嗎", "訓練集很好，測試集很差", "這個我不清楚", "／結束"),
        "QBRBRBRAFAFZ",
        ("不急", "我再说一遍", "输入 /hint"),
    ),
    # what is typed, pasted, taken back
    "pasted code": Script(
        (f"def f(x):\n    /* 正则 */\n    return x / 2  # {P2}\n\n/usr/bin/python", "/quit"),
        "QAFZ",
        answers=(f"def f(x):\n    /* 正则 */\n    return x / 2  # {P2}\n\n/usr/bin/python",),
        asked=("p1",),
    ),
    "half a sentence": Script(("过拟合就是训练误差小但是", f"{P1}", "/quit"), "QAFAFZ"),
    "5 000 characters": Script((("我先介绍一下背景。" * 600)[:4990] + P1, "/quit"), "QAFZ", asked=("p2",)),
    "only emoji": Script(("😭😭", "🤔", "/quit"), "QAQAC", ("没关系",), asked=()),
    "nothing, many times": Script(("", "  ", "\n", "", P1, "/quit"), "QAFZ", ("还没有写内容",), asked=("p2",)),
    "takes a follow-up's answer back": Script(
        (P1, "与数据有关", "/undo", P2, "/撤回", P2, "/quit"), "QAFAFUAFUAFZ",
        ("你写的还在下面",), asked=("p2", "p3", "p3", "p3")
    ),
    "takes back a skip": Script(("/skip", "/undo", P1, "/quit"), "QSQUAFZ", asked=("p2",)),
    # practice
    "practice: talks to the feedback": Script(
        (P1, "不知道", "不会", "好的", "还是不太懂", "什么意思？", "", "/quit"),
        "QAFAFADQZ",
        ("这里不再往下问了",),
        practice=True,
    ),
    "practice: not known, learned, said again": Script(
        ("不知道", f"{P1}，{P2}", "", "/quit"), "QADADQZ", ("不会的正好趁现在弄懂",), practice=True, asked=()
    ),
}  # fmt: skip


class Typing:
    """Types a script; `/undo` gives the text back, which the next entry replaces."""

    on_terminal = True
    way = "terminal"

    def __init__(self, typed: tuple[str, ...]) -> None:
        self._left = list(typed)

    def read(self, draft: str, *, reviewing: bool = False) -> Entry:
        if not self._left:
            return Left()
        text = self._left.pop(0)
        return parse("/next" if reviewing and not text else text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_conversation(name: str) -> None:
    script = SCRIPTS[name]
    mode = Mode.PRACTICE if script.practice else Mode.MOCK
    plan = Plan(rubrics=script.rubrics, language=script.language, mode=mode)
    shown = io.StringIO()
    with Store.in_memory() as store:
        interview = Interview.start(plan, Grader(KeywordJudge()), store=store, clock=Ticks())
        screen = Screen(Console(file=shown, width=200), prompts.load("interview", script.language))
        Conversation(interview, Typing(script.typed), screen, lambda _: None).hold()
        assert interview.kept is script.kept is bool(store.count())
    turns = interview.turns
    assert "".join(LETTERS[turn.kind] for turn in turns) == script.turns
    text = shown.getvalue()
    assert [part for part in script.shows if part not in text] == []
    assert [part for part in script.never if part in text] == []
    if script.answers:
        assert tuple(turn.text for turn in turns if turn.kind is Kind.ANSWER) == script.answers
    followed = [turn for turn in turns if turn.kind is Kind.FOLLOW_UP]
    if script.asked is not None:
        assert tuple(turn.key_point or "" for turn in followed) == script.asked
    for turn in turns:  # nothing that the interviewer says gives away what was not said
        if turn.kind in (Kind.FOLLOW_UP, Kind.REPLY, Kind.HINT) and turn.rubric_id:
            rubric = plan.rubric(turn.rubric_id)
            public = " ".join([rubric.question, *(one.text for one in turns if one.seq < turn.seq)])
            assert not leaks(turn.text, rubric.key_points, public)


def test_a_label_belongs_to_the_turn_whose_words_earned_it() -> None:
    interview = Interview.start(Plan(rubrics=(OVERFITTING,), language="zh"), Grader(KeywordJudge()), clock=Ticks())
    interview.submit(P1)
    interview.submit("与数据有关")
    interview.submit(P3)
    first, _, third = interview.report().questions[0].points
    assert first.quote and third.quote
    answers = [turn.seq for turn in interview.turns if turn.kind is Kind.ANSWER]
    assert (first.quote.turn, third.quote.turn) == (answers[0], answers[2])
    assert first.unaided is first.final
    assert third.unaided is not third.final


def test_hints_come_nearer_step_by_step() -> None:
    interview = Interview.start(Plan(rubrics=(OVERFITTING,), language="zh"), Grader(KeywordJudge()), clock=Ticks())
    shares = [containment(turn.text, P1) for _ in range(3) if (turn := interview.hint())]
    assert shares == sorted(set(shares))
    assert shares[1] <= LIMIT < shares[2]


def test_a_retry_says_what_changed_in_the_candidates_words_and_what_is_still_open() -> None:
    plan = Plan(rubrics=(OVERFITTING,), language="zh", mode=Mode.PRACTICE)
    interview = Interview.start(plan, Grader(KeywordJudge()), clock=Ticks())
    interview.submit("不知道")
    interview.submit(f"现在懂了：{P1}")
    retry = interview.report().questions[0].retry
    assert retry
    assert [(change.key_point, change.quote and change.quote.text) for change in retry.changes] == [("p1", P1)]
    assert [change.key_point for change in retry.still_open] == ["p2", "p3"]
