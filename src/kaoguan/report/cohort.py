"""The report on a file of answers: tables of words, drawn on a terminal or on a page."""

from rich.console import Console

from kaoguan import prompts
from kaoguan.cohort import Cohort
from kaoguan.cohort.copies import SHORTEST
from kaoguan.models import Label, Language, Model
from kaoguan.report.phrases import Phrases, Say
from kaoguan.report.table import Column, table
from kaoguan.text import one_line
from kaoguan.text.numbers import number

# Rows that a terminal shows of each table; the page has all that the cohort holds.
_ROWS = 12
_LABELS = (Label.COVERED, Label.PARTIAL, Label.MISSING, Label.CONTRADICTED)


class TableSection(Model):
    """A table with a title. `words` are the columns that hold names and texts, the others hold numbers."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int]
    drawn: bool = False  # the last column is a bar, for terminals: a page has a chart


def facts(cohort: Cohort, language: Language) -> str:
    """Return the cohort in one line."""
    return prompts.load("cohort", language).say(
        "facts",
        answers=f"{cohort.answers:,}",
        mean=number(cohort.mean, 1),
        deviation=number(cohort.deviation, 1),
        review=f"{cohort.needs_review:,}",
        unscored=f"{cohort.unscored:,}",
    )


def cohort_sections(cohort: Cohort, language: Language) -> tuple[TableSection, ...]:
    """Return the tables that have anything in them, what is most urgent first."""
    say = prompts.load("cohort", language).say
    made = (
        _students(cohort, say),
        _queue(cohort, say, Phrases(language)),
        _distribution(cohort, say),
        _questions(cohort, say),
        _points(cohort, say),
    )
    return tuple(one for one in (*made, _misconceptions(cohort, say), _copies(cohort, say)) if one.rows)


def draw_cohort(console: Console, cohort: Cohort, language: Language) -> None:
    """Draw the report on a terminal."""
    console.print(prompts.load("cohort", language).say("title"), style="bold", markup=False)
    console.print(facts(cohort, language), markup=False)
    for section in cohort_sections(cohort, language):
        *first, last = section.columns
        columns = (Column(title, right=index not in section.words, most=28) for index, title in enumerate(first))
        rows = table(*columns, Column(last, folds=True), title=section.title)
        for row in section.rows[:_ROWS]:
            rows.add_row(*(one_line(cell) for cell in row))
        console.print()
        console.print(rows, markup=False)
        if len(section.rows) > _ROWS:
            console.print(f"… {len(section.rows) - _ROWS}")


def _queue(cohort: Cohort, say: Say, phrases: Phrases) -> TableSection:
    rows = tuple(
        (
            one.id,
            one.rubric_id,
            number(one.score, 1),
            number(one.value, 1),
            phrases.say("comma").join(map(phrases.reason, one.reasons)),
        )
        for one in cohort.review
    )
    columns = (say("id"), say("question"), say("score"), say("value"), say("reasons"))
    return TableSection(
        title=say("queue"), note=say("queue_note"), columns=columns, rows=rows, words=frozenset({0, 1, 4})
    )


def _students(cohort: Cohort, say: Say) -> TableSection:
    asked = [one.rubric_id for one in cohort.questions]
    rows = tuple(
        (
            one.label,
            number(one.total, 1),
            number(one.mean, 1),
            f"{one.answered} / {len(asked)}",
            f"{one.needs_look:,}",
            *(number(one.scores.get(question), 1) for question in asked),
        )
        for one in cohort.students
    )
    columns = (*map(say, ("student", "total", "mean", "answered", "review_count")), *asked)
    return TableSection(
        title=say("students"), note=say("students_note"), columns=columns, rows=rows, words=frozenset({0})
    )


def _distribution(cohort: Cohort, say: Say) -> TableSection:
    most = max(cohort.distribution, default=0) or 1
    bands = [f"{start}–{start + 9 if start < 90 else 100}" for start in range(0, 100, 10)]
    rows = tuple(
        (band, f"{count:,}", "█" * round(40 * count / most))
        for band, count in zip(bands, cohort.distribution, strict=True)
        if any(cohort.distribution)
    )
    columns = (say("band"), say("count"), "")
    told = {"title": say("distribution"), "note": say("distribution_note")}
    return TableSection(**told, columns=columns, rows=rows, words=frozenset({0, 2}), drawn=True)


def _questions(cohort: Cohort, say: Say) -> TableSection:
    rows = tuple(
        (
            one.rubric_id,
            f"{one.answers:,}",
            number(one.mean, 1),
            number(one.deviation, 1),
            number(one.difficulty, 2),
            number(one.discrimination, 2),
            f"{one.needs_review:,}",
            one.question,
        )
        for one in cohort.questions
    )
    names = ("id", "answers", "mean", "deviation", "difficulty", "discrimination", "review_count", "question")
    told = {"title": say("questions"), "note": say("questions_note")}
    return TableSection(**told, columns=tuple(map(say, names)), rows=rows, words=frozenset({0, 7}))


def _points(cohort: Cohort, say: Say) -> TableSection:
    rows = tuple(
        (
            one.id,
            number(one.difficulty, 2),
            number(one.discrimination, 2),
            *(f"{one.labels.get(label, 0):,}" for label in _LABELS),
            one.text,
        )
        for one in cohort.most_missed
    )
    names = ("id", "difficulty", "discrimination", *(label.value for label in _LABELS), "point")
    told = {"title": say("points"), "note": say("points_note")}
    return TableSection(**told, columns=tuple(map(say, names)), rows=rows, words=frozenset({0, 7}))


def _misconceptions(cohort: Cohort, say: Say) -> TableSection:
    rows = tuple((f"{one.rubric_id}.{one.id}", f"{one.count:,}", one.text) for one in cohort.misconceptions)
    columns = (say("id"), say("count"), say("misconception"))
    return TableSection(title=say("misconceptions"), note="", columns=columns, rows=rows, words=frozenset({0, 2}))


def _copies(cohort: Cohort, say: Say) -> TableSection:
    rows = tuple(
        (
            one.rubric_id,
            one.id,
            one.other,
            f"{one.share:.0%}",
            one.text,
        )
        for one in cohort.copies
    )
    columns = (say("question"), say("pair"), say("other"), say("share"), say("text"))
    return TableSection(
        title=say("copies"),
        note=say("copies_note", shortest=str(SHORTEST)),
        columns=columns,
        rows=rows,
        words=frozenset({0, 1, 2, 4}),
    )
