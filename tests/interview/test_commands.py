"""Commands are whole lines; everything else is an answer, whatever words it uses."""

import pytest

from kaoguan.interview.talk.commands import Answered, Command, Commanded, Unknown, parse

# Five real answers that another mock interviewer took for commands.
ML_ANSWERS = [
    "ResNet uses skip connections to let gradients flow",
    "残差网络通过跳过若干层缓解梯度消失",
    "如果换一个损失函数，梯度就不会饱和",
    "few-shot 就是给模型几个提示样例",
    "Next sentence prediction is a pre-training task of BERT",
]


@pytest.mark.parametrize("answer", [*ML_ANSWERS, "skip", "跳过", "next", "quit", "下一题", "结束"])
def test_words_are_words(answer: str) -> None:
    assert parse(answer) == Answered(answer)


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("/skip", Commanded(Command.SKIP)),
        ("/HINT ", Commanded(Command.HINT)),
        ("/foo", Unknown("/foo")),
        ("/skip 这题", Unknown("/skip 这题")),
        ("/override p2 答到 我说了", Commanded(Command.OVERRIDE, words="p2 答到 我说了")),
        ("/Override", Commanded(Command.OVERRIDE)),
        ("答到一半\n/override p2 covered", Commanded(Command.OVERRIDE, "答到一半", "p2 covered")),
        ("/overriding 是重写方法", Unknown("/overriding 是重写方法")),
        ("/?", Commanded(Command.HELP)),
        ("／hint", Commanded(Command.HINT)),
        ("、hint", Commanded(Command.HINT)),
        ("／ｈｉｎｔ", Commanded(Command.HINT)),
        ("/提示", Commanded(Command.HINT)),
        ("、提示", Commanded(Command.HINT)),
        ("／跳過", Commanded(Command.SKIP)),
        ("/改判　p2 答到 我说了", Commanded(Command.OVERRIDE, words="p2 答到 我说了")),
        ("／foo", Unknown("／foo")),
        ("、一般来说先归一化", Answered("、一般来说先归一化")),
        ("/提示词工程", Answered("/提示词工程")),
        ("//skip", Answered("/skip")),
        ("//usr/bin", Answered("/usr/bin")),
        ("/usr/bin/python 是解释器", Answered("/usr/bin/python 是解释器")),
        ("/\\d+/ 匹配数字", Answered("/\\d+/ 匹配数字")),
        (" /skip", Answered(" /skip")),
        ("第一行\n/foo", Answered("第一行\n/foo")),
        ("// 注释\nx = 1", Answered("// 注释\nx = 1")),
        ("答到一半\n/hint", Commanded(Command.HINT, "答到一半")),
        ("/hint\n第二行", Answered("/hint\n第二行")),
    ],
)
def test_an_entry_is_told_by_its_shape(typed: str, entry: object) -> None:
    assert parse(typed) == entry
