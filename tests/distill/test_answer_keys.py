"""Questions whose answers stand apart: below a key, or between "Question" and "Solution"."""

from kaoguan.distill.questions.outline import blocks
from kaoguan.distill.questions.sections import sections
from tests.distill.documents import document

TEST = """
## Self-test

1. What is a heap?
2. State the invariant of a heap in one sentence.
3. Why is a heap kept in an array?

**Answers:**
1. A heap is a tree whose root holds the largest item.
2. No node is smaller than its children.
3. The children of a node are found by arithmetic.
   - Node i has them at 2i and 2i + 1.

## Trees

A tree has no cycle.
"""
SHEET = """
## Question 1.1: Uses of heaps

**Question:**
List and briefly describe TWO uses of heaps.

**Solution:**
1. **Schedulers**: the next task is the root.
2. **Sorting**: the root is taken out again and again.

## Question 1.2: Order of nodes

**Question:**
Identify the root in each of these heaps:
1. 9, 5, 4
2. 8, 8, 1

**Solution:**
The root is 9 in the first heap and 8 in the second.
"""


def asked(text: str) -> dict[str, list[str]]:
    """Return what is asked and how each answer begins."""
    found = sections(blocks(document(text).lines), chinese=False)
    return {one.question: [block.text for block in one.answer][:2] for one in found if one.answer}


def test_a_key_answers_the_questions_above_it_by_their_numbers() -> None:
    assert asked(TEST) == {
        "What is a heap?": ["A heap is a tree whose root holds the largest item."],
        "State the invariant of a heap in one sentence.": ["No node is smaller than its children."],
        "Why is a heap kept in an array?": [
            "The children of a node are found by arithmetic.",
            "Node i has them at 2i and 2i + 1.",
        ],
        "Trees": ["A tree has no cycle."],
    }


def test_a_key_with_other_numbers_answers_none_of_them() -> None:
    short = TEST.replace("2. No node is smaller than its children.\n", "")
    assert "What is a heap?" not in asked(short)


def test_what_stands_between_question_and_solution_is_asked_data_and_all() -> None:
    assert asked(SHEET) == {
        "List and briefly describe TWO uses of heaps.": [
            "Schedulers: the next task is the root.",
            "Sorting: the root is taken out again and again.",
        ],
        "Identify the root in each of these heaps: 9, 5, 4 8, 8, 1": [
            "The root is 9 in the first heap and 8 in the second."
        ],
    }
