"""Which lines of a document become questions."""

import pytest

from tests.distill.documents import distilled

ANSWER = "梯度裁剪给梯度的范数设一个上限。"
CASES = {
    "numbers without empty lines": (
        f"1. 什么是过拟合？\n过拟合是训练好而测试差。\n2. 梯度裁剪的作用\n{ANSWER}",
        ["什么是过拟合？", "梯度裁剪的作用是什么？"],
    ),
    "a numbered answer inside a numbered question": (
        (
            "1. 怎么解决过拟合？\n1. 增加训练数据。\n2. 加正则化。\n3. "
            "提前停止训练。\n2. 什么是动量？\n动量是梯度的滑动平均。"
        ),
        ["怎么解决过拟合？", "什么是动量？"],
    ),
    "number, space, question": (
        f"1 讲讲梯度裁剪\n\n{ANSWER}\n\n2 什么是动量？\n\n动量是梯度的滑动平均。",
        ["讲讲梯度裁剪。", "什么是动量？"],
    ),
    "numbers with a dash": (
        (
            "#### Q-1 What is a page ?\nA page is the unit in which rows are read and written.\n"
            "#### Question 2- What is a log ?\nA log holds every change in the order of its commit."
        ),
        ["What is a page?", "What is a log?"],
    ),
    "question marks of any language": (
        (
            "Q: What is momentum?\nA: Momentum is a moving average of "
            "gradients.\n问：什么是动量？\n答：动量是梯度的滑动平均。"
        ),
        ["What is momentum?", "什么是动量？"],
    ),
    "an answer mark alone": (
        f"梯度裁剪\n答案：{ANSWER}\n动量\n答案：动量是梯度的滑动平均。",
        ["请讲讲梯度裁剪。", "请讲讲动量。"],
    ),
    "question and answer in one line": (
        "1. 什么是动量？动量是梯度的滑动平均，更新更平稳。\n2. 什么是裁剪？裁剪给梯度的范数设上限，防止爆炸。",
        ["什么是动量？", "什么是裁剪？"],
    ),
    "bare lines, one without a question mark": (
        f"算法岗面经\n\n什么是动量？\n\n动量是梯度的滑动平均。\n\n梯度裁剪的原理和作用\n\n{ANSWER}",
        ["什么是动量？", "梯度裁剪的原理和作用是什么？"],
    ),
    "headings that ask, among headings that do not": (
        f"# 笔记\n## 优化\n### 什么是动量？\n动量是梯度的滑动平均。\n### 梯度裁剪\n{ANSWER}\n## 参考资料\n- 课本第三章",
        ["什么是动量？", "请讲讲梯度裁剪。"],
    ),
    "titled sections with parts": (
        (
            "# 笔记\n## 过拟合\n### 定义\n过拟合是训练好而测试差。\n### 原因\n"
            "- 参数太多。\n## 动量\n动量是梯度的滑动平均。"
        ),
        ["请讲讲过拟合。", "请讲讲动量。"],
    ),
    "rhetoric inside an answer": (
        "## 什么是动量？\n动量是梯度的滑动平均。\n\n为什么有效？\n\n因为震荡的分量互相抵消。\n\n"
        "## 什么是裁剪？\n给范数设上限。\n\n## 什么是预热？\n学习率先小后大。",
        ["什么是动量？", "什么是裁剪？", "什么是预热？"],
    ),
    "chapters between the questions": (
        f"一、基础\n1、什么是动量？\n动量是梯度的滑动平均。\n二、进阶\n1、什么是梯度裁剪？\n{ANSWER}",
        ["什么是动量？", "什么是梯度裁剪？"],
    ),
    "small talk around the questions": (
        "面试官：你好，先做个自我介绍吧。\n候选人：我做了三年的搜索排序。\n面试官：那什么是动量？\n"
        "候选人：动量是梯度的滑动平均。\n面试官：你有什么想问我的吗？\n候选人：没有了，谢谢。",
        ["那什么是动量？"],
    ),
    "an order among questions": (
        "1. What is momentum?\nA moving average of gradients.\n2. Name two ways to handle missing values.\n"
        "Drop the rows or impute the values.\n3. Why clip gradients?\nClipping prevents exploding gradients.",
        ["What is momentum?", "Name two ways to handle missing values.", "Why clip gradients?"],
    ),
    "a question broken at the margin": (
        "1. Why does batch normalisation speed up the training of\nvery deep networks?\n"
        "It keeps the scale of activations stable, so larger steps\n"
        "are safe and gradients neither vanish nor explode.\n"
        "2. What is momentum?\nMomentum is a moving average of the gradients of the past\n"
        "steps, which damps oscillation.",
        ["Why does batch normalisation speed up the training of very deep networks?", "What is momentum?"],
    ),
    "numbers drawn as pictures": (
        "1️⃣ **What is momentum?**\n- Momentum is a moving average of past gradients.\n\n"
        "🔟 **Why clip gradients?**\n- Clipping keeps a rare large gradient from destroying the weights.\n\n"
        "1️⃣1️⃣ **What is warm-up?**\n- Warm-up raises the learning rate slowly over the first steps.",
        ["What is momentum?", "Why clip gradients?", "What is warm-up?"],
    ),
    "numbers kept from being a list": (
        f"\\1. 什么是动量？\n\n动量是梯度的滑动平均。\n\n\\2. 梯度裁剪的作用？\n\n{ANSWER}",
        ["什么是动量？", "梯度裁剪的作用是什么？"],
    ),
    "levels behind small numerals, answers behind Ans.": (
        "1. Optimisers\n   i. [E] What is momentum?\n\nAns. Momentum is a moving average of past gradients.\n"
        "   ii. [M] Why clip gradients?\n\nAns. Clipping keeps a rare large gradient from destroying the weights.",
        ["What is momentum?", "Why clip gradients?"],
    ),
    "bold lines with numbers, most of which ask": (
        "# Training\n"
        + "".join(
            f"**{number}. {asked}**\n\n{said}\n\n"
            for number, (asked, said) in enumerate(
                [
                    ("A run diverges. What do you look at", "A learning rate that is too large makes a run diverge."),
                    ("What is momentum?", "Momentum is a moving average of past gradients."),
                    ("A batch no longer fits. What do you do", "Gradient accumulation adds up several small batches."),
                    ("Why clip gradients?", "Clipping keeps a rare large gradient from destroying the weights."),
                ],
                1,
            )
        ),
        [
            "A run diverges. What do you look at?",
            "What is momentum?",
            "A batch no longer fits. What do you do?",
            "Why clip gradients?",
        ],
    ),
    "titles of texts that ask on their way": (
        "# 优化\n## 动量\n动量是梯度的滑动平均。\n\n那震荡去哪了？\n\n为什么会有效？\n\n震荡的分量互相抵消。\n"
        f"## 梯度裁剪\n{ANSWER}\n## 预热\n预热让学习率先小后大。\n## 权重衰减\n权重衰减让权重每一步都缩小一点。",
        ["请讲讲动量。", "请讲讲梯度裁剪。", "请讲讲预热。", "请讲讲权重衰减。"],
    ),
    "titles that end in a colon where questions do": (
        "什么是线程：\n线程是处理器调度的最小单位。\n\n为什么要用线程池：\n线程池省去反复创建线程的开销。\n\n"
        "什么是死锁：\n死锁是几个线程互相等待对方的锁。\n\n进程和线程的关系：\n一个进程里的线程共享它的内存。",
        ["什么是线程？", "为什么要用线程池？", "什么是死锁？", "请讲讲进程和线程的关系。"],
    ),
    "bullets as titles, one of them above a program": (
        "- 动量\n动量是梯度的滑动平均。\n- 手动实现\n```\ndef step(x, v):\n    return x - v\n```\n"
        f"- 梯度裁剪\n{ANSWER}\n- 预热\n预热让学习率先小后大。",
        ["请讲讲动量。", "请讲讲梯度裁剪。", "请讲讲预热。"],
    ),
}


@pytest.mark.parametrize(("text", "questions"), CASES.values(), ids=CASES)
def test_questions_are_found_and_nothing_else(text: str, questions: list[str]) -> None:
    assert [rubric.question for rubric in distilled(text).rubrics] == questions


def test_chapter_titles_are_no_part_of_the_answer_before_them() -> None:
    first = distilled(
        "1. 什么是动量？\n动量是梯度的滑动平均。\n二、进阶\n1. 什么是裁剪？\n裁剪给梯度的范数设上限。"
    ).rubrics[0]
    assert "进阶" not in first.reference_answer


def test_a_question_without_an_answer_is_reported_and_not_made_up() -> None:
    made = distilled("1. 什么是裁剪？\n2. 什么是动量？\n动量是梯度的滑动平均。")
    assert [rubric.question for rubric in made.rubrics] == ["什么是动量？"]
    assert [(item.question, item.line) for item in made.unanswered] == [("什么是裁剪？", 1)]


def test_prose_without_questions_gives_nothing() -> None:
    assert not distilled("今天天气很好，我们去了公园。\n\n湖里有很多鱼，孩子们很高兴。").rubrics


def test_the_same_question_in_two_documents_is_one_rubric_with_both_sources() -> None:
    made = distilled("Q: 什么是动量？\nA: 动量是梯度的滑动平均。", "1. 什么是动量\n动量可以冲过狭窄的鞍点区域。")
    (rubric,) = made.rubrics
    assert [point.source and point.source.document for point in rubric.key_points] == ["a.txt", "b.txt"]
    assert rubric.source and rubric.source.document == "a.txt"
    assert [source.document for source in rubric.other_sources] == ["b.txt"]


def test_ids_are_readable_latin_letters_and_the_same_every_time() -> None:
    text = "1. 什么是梯度裁剪？\n给梯度的范数设上限。\n2. What is momentum?\nMomentum is a moving average."
    assert [rubric.id for rubric in distilled(text).rubrics] == ["ti_du_cai_jian", "momentum"]
    assert distilled(text) == distilled(text)
