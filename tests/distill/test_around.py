"""Words of a document found in a text, with what stands around them."""

from kaoguan.distill.text.around import around


def test_each_place_is_found_in_capitals_or_not() -> None:
    assert list(around("the cache", "The cache: is the cache warm?")) == [
        ("", ": is the cache warm?"),
        ("The cache: is ", " warm?"),
    ]


def test_places_may_overlap() -> None:
    assert [before for before, _ in around("aa", "aaa")] == ["", "a"]


def test_words_that_are_not_there_are_found_nowhere() -> None:
    assert list(around("缓存", "这里没有")) == []


def test_a_letter_whose_small_form_is_two_moves_nothing() -> None:
    assert list(around("X", "İX")) == [("İ", "")]
