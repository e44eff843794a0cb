"""What may be said: the leak guard, joined answers, planning, lines."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kaoguan import prompts, rubrics
from kaoguan.errors import InputError
from kaoguan.interview import choose
from kaoguan.interview.answers import join, quote
from kaoguan.models import KeyPoint
from kaoguan.session import Kind, Turn
from kaoguan.testing import Ticks
from kaoguan.text.overlap import containment, leaks, shingles
from kaoguan.text.wrap import wrap
from tests.interview.bank import rubric

MOMENT = Ticks()()
POINT = KeyPoint(id="p1", text="batch size 太小时梯度震荡严重，不利于收敛", weight=3, paraphrases=("小批量噪声大",))


@pytest.mark.parametrize(
    ("utterance", "leaking"),
    [
        ("batch size 太小时梯度震荡严重，对吗？", True),
        ("小批量噪声大说明什么？", True),
        ("batch size 取得非常小会怎样？", False),
        ("前后两步的更新会有什么表现？", False),
        ("", False),
    ],
)
def test_the_leak_guard_knows_telling_from_asking(utterance: str, leaking: bool) -> None:
    assert leaks(utterance, [POINT], "batch size 有什么影响？") is leaking


def test_words_of_the_question_are_no_leak() -> None:
    assert containment("batch size 有什么影响", "batch size", public="batch size 有什么影响？") == 0


def test_english_is_compared_by_words_not_letters() -> None:
    assert shingles("The loss is not convex") == {"loss", "not", "convex"}


def answers(*texts: str) -> list[Turn]:
    speaker = Kind.ANSWER.speaker
    return [
        Turn(seq=seq, speaker=speaker, kind=Kind.ANSWER, text=text, at=MOMENT)
        for seq, text in enumerate(texts, start=5)
    ]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_a_quote_is_always_a_slice_of_one_answer(texts: list[str], data: st.DataObject) -> None:
    said = answers(*texts)
    whole = join(said)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    found = quote(said, (start, end))
    if found is None:
        assert whole[start:end].strip("\n") == "" or start == end
    else:
        assert said[found.turn - 5].text[slice(*found.span)] == found.text
        assert found.text.rstrip(")）]”」》") in whole[start:end]


def test_a_quote_closes_the_brackets_that_it_opened() -> None:
    (said,) = answers("get 和 put 都是 O(1)，所以快")
    found = quote([said], (0, said.text.index(")")))
    assert found and (found.text, found.span) == ("get 和 put 都是 O(1)", (0, 17))


def test_a_quote_opens_the_brackets_that_it_closes() -> None:
    (said,) = answers("总共 O(n+m)吧")
    found = quote([said], (5, len(said.text)))
    assert found and (found.text, found.span) == ("O(n+m)吧", (3, 10))


BANK = {f"q{number}": rubric(number) for number in range(1, 8)}


def test_the_same_seed_chooses_the_same_questions_and_none_twice() -> None:
    first, again = (choose(BANK, questions=5, seed=3) for _ in range(2))
    assert first == again
    assert len({one.id for one in first}) == 5
    assert {choose(BANK, questions=5, seed=seed) for seed in range(9)} != {first}


def test_named_questions_come_in_their_order() -> None:
    assert [one.id for one in choose(BANK, ids=["q5", "q2", "q5"])] == ["q5", "q2"]


def test_a_topic_is_found_by_a_part_of_its_name() -> None:
    assert [one.id for one in choose(BANK, topics=["题4"])] == ["q4"]


@pytest.mark.parametrize("wanted", [{"ids": ["nope"]}, {"topics": ["没有这个"]}])
def test_what_matches_nothing_is_refused_with_what_there_is(wanted: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"q1|话题1"):
        choose(BANK, **wanted)


@given(st.text(alphabet="梯度消失，。（）「」 abc-_\nｆ🙂", max_size=60), st.integers(20, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    wrapped = wrap(text, width, "    ", "  ✗ 没答到  ")
    assert all(cell_len(line) <= width for line in wrapped.split("\n"))
    assert "".join(wrapped.removeprefix("  ✗ 没答到").split()) == "".join(text.split())


def test_no_line_begins_with_a_full_stop() -> None:
    for width in range(12, 30):
        assert not any(line[0] in "，。）" for line in wrap("梯度消失，梯度爆炸（都很常见）。" * 3, width).split("\n"))


@pytest.mark.parametrize("name", ["interview", "interviewer", "report"])
def test_both_languages_say_the_same_things(name: str) -> None:
    chinese, english = (prompts.load(name, language).texts for language in ("zh", "en"))
    assert set(chinese) == set(english)
    assert {key: type(text) for key, text in chinese.items()} == {key: type(text) for key, text in english.items()}


def test_an_unknown_placeholder_names_file_and_key() -> None:
    wording = prompts.Wording("zh/interview.yaml", {"hello": "你好，$nmae"})
    with pytest.raises(InputError, match=r"zh/interview.yaml: hello: .*nmae"):
        wording.say("hello", name="小明")
    with pytest.raises(InputError, match="bye"):
        wording.say("bye")


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert prompts.Wording("", {"quoted": "「$quote」"}).say("quoted", quote="$ask ${x} $$") == "「$ask ${x} $$」"


def test_no_follow_up_of_the_bundled_rubrics_is_turned_away() -> None:
    """A follow-up that the leak guard refuses is replaced by a general one; a good bank needs none of that."""
    refused = [
        f"{one.id}/{point.id}"
        for one in rubrics.load_bundled().values()
        for point in one.key_points
        if point.follow_up and leaks(point.follow_up, one.key_points, one.question)
    ]
    assert refused == []
