"""What is heard in an entry: as nervous people type it, in both languages; and never where it may be an answer."""

import pytest

from kaoguan.interview.decide.heard import Asks, hear

SAID = {
    Asks.LEAVE: """
        累了|有点累|好累啊|我撑不住了|先到这吧|今天先到这里|休息一下|能休息一下吗|我去上个厕所|接个电话|喝口水|不想面了|想退出
        脑壳疼，歇会|今天状态不好，先不面了|可不可以先暂停一下|有事先走了|不想继续了|等等我接个电话
        怎么退出|怎么结束？|结束吧|可以结束了吗|下次再来|拜拜|我先停一下|頭有點暈
        I'm tired|so tired|can we take a break|I need a break|let's stop here|that's enough for today|I want to quit
        feeling tired, can we stop?|let's call it a day|can I pause and come back later|let's take five
        how do I quit|bye|brb|gotta go|I have to go|can we finish later?""",
    Asks.LEFT: """
        总共要面几道题|离结束还有多久|这是最后一题吗|接下来还有吗|how many are left|is this the last question?
        还有几题|还剩多少题|還有幾題？|一共几题|现在第几题|这是第几题了|还要多久|还剩多少时间|快结束了吗|还有追问吗|还会追问几次
        how many questions left|how many more questions?|which question is this|how long will this take
        how much time is left|are there more follow-ups?|are we done yet?|how much longer""",
    Asks.SCORE: """
        总分怎么算的|答不出来会扣分吗|打分严格吗|do wrong answers cost points|is it out of 100?
        这题多少分|满分多少|怎么算分|怎么打分的|评分标准是什么|答错扣分吗|说错了会扣分吗|不会扣分吧|用提示会扣分吗
        how is this scored?|how many points is this worth|what's the maximum score|is there negative marking
        will I lose points for wrong answers|how do you grade my answers""",
    Asks.VERDICT: """
        我是不是答偏了|答到点上了吗|你觉得呢|did I get it right|am I on the right track
        我答得怎么样|刚才答得怎么样？|我表现如何|我得了多少分|刚才那题我答对了吗|能过吗
        how am I doing|how did I do?|what's my score|did I pass?|was my answer good enough?""",
    Asks.SKIP: """
        太难了，能跳过吗|可以先做下一题吗|can I come back to this later
        能跳过吗|可以跳过这题吗|能换一题吗|这题可以不答吗|能不能跳过
        can I skip this|can I skip this question?|can we move on|is it ok to skip this one?""",
    Asks.HARD: """
        好烦|烦死了|能不能问点基础的|my brain is fried|this one is really tough
        太难了|这题好难|这也太难了吧|能问简单点的吗|换个简单的|我太菜了|感觉要挂了|心态崩了|救命
        this is too hard|so difficult|do you have an easier question|can you ask something easier?|I'm panicking
        I'm so bad at this|help me""",
    Asks.REFERENCE: """
        答案是什么|正确答案是什么？|能看答案吗|告诉我答案|参考答案呢
        what is the answer|what's the correct answer?|show me the answer|can I see the reference answer?""",
    Asks.REDO: """
        我能改一下刚才的回答吗|刚才说错了，能改吗|能重新答吗|刚才打错了|不小心提交了|没写完就提交了
        can I change my answer|can I correct my last answer?|I made a typo|can I start over|I hit enter too early""",
    Asks.KEYS: """
        怎么提交|怎么换行|有哪些命令|怎么用|按什么键提交
        how do I submit|how do I add a new line?|what commands are there|how does this work""",
    Asks.WHO: """
        你好，在吗|是真人在看吗|is anyone reading this|are you a real person
        你是谁|你是真人吗|你是AI吗？|在吗|你还在吗|听得到吗
        who are you|are you human?|are you an AI|are you there?|can you hear me""",
    Asks.LOOK_UP: """
        可以查资料吗|能百度吗|能用 ChatGPT 吗|可以看笔记吗|这是开卷的吗
        can I look it up|can I google it?|can I use ChatGPT|is this open book""",
    Asks.KEPT: """
        会保存吗|我的回答会上传吗|能录音吗|is this recorded|are my answers saved?|does it get uploaded anywhere""",
    Asks.TIME: """
        给我两分钟|等我一下|我先想想|继续|give me two minutes|wait a minute|let me think""",
}  # fmt: skip
OVER = """
    下一题|好，下一题|换一题|跳过这题|这题不答了，下一题吧
    next question|let's move on|I want to skip this question|ok next"""
# Each could answer some question, or answers one in part.
ANSWERS = """
    提前停止|要停止训练|可以停了|该停了|几分钟|不行|返回|保存|修改|简单|表现好|崩溃|会挂|可以跳过|学不动了|扛不住|重启|停一轮再看|困难
    大概几分钟|有几个问题：数据太少|难负例|累加|累积梯度|分数|打分|多少分位|时间戳|先到先得|先到先服务|到这一步为止损失不再降
    累了就休息的调度策略|答案是 O(n)|怎么算：先求均值|重新训练|重新排序
    下一句预测|下一个词|跳过连接|换一个损失函数|结束条件是队列为空
    hard|hard margin|impossible|enough data|next token|skip connections|just stop|stop|early stopping|simpler models
    time|a mistake in the labels|saved to disk|the answer is 3|it is hard to say, but the loss is convex|leave one out
    quit when the queue is empty|move on to the next node|look up the table|how many layers there are"""


def split(text: str) -> list[str]:
    return [one.strip() for line in text.split("\n") for one in line.split("|") if one.strip()]


@pytest.mark.parametrize(("said", "asks"), [(one, kind) for kind, text in SAID.items() for one in split(text)])
def test_what_is_no_answer_is_heard(said: str, asks: Asks) -> None:
    assert hear(said).asks is asks


@pytest.mark.parametrize("said", split(OVER))
def test_the_wish_for_the_next_question_is_heard(said: str) -> None:
    assert hear(said).over


@pytest.mark.parametrize("said", split(ANSWERS))
def test_what_may_be_an_answer_is_one(said: str) -> None:
    heard = hear(said)
    assert not (heard.asks or heard.over)


@pytest.mark.parametrize("asks", [kind for kind in Asks if kind.bare])
def test_words_within_an_answer_are_an_answer(asks: Asks) -> None:
    for said in split(SAID[asks]) if asks in SAID else ():
        heard = hear(f"{said}，过拟合时训练误差小而测试误差大")
        assert not (heard.asks and heard.asks.bare)
