"""`kaoguan rubrics`: look at the bank and check it."""

from typing import ClassVar

from kaoguan.cli.lazy import LazyGroup, Listed, group


class Rubrics(LazyGroup):
    """The commands on rubrics."""

    table: ClassVar = {
        "list": Listed("kaoguan.cli.rubrics.list:command", "List the questions of the bank."),
        "show": Listed("kaoguan.cli.rubrics.show:command", "Show one rubric."),
        "new": Listed("kaoguan.cli.rubrics.new:command", "Write a rubric by answering, or many from a CSV."),
        "check": Listed("kaoguan.cli.rubrics.check:command", "Say what is wrong in rubric files, and how to mend it."),
        "schema": Listed("kaoguan.cli.rubrics.schema:command", "Print the JSON Schema of a rubric file."),
    }


app = group("The bank: list, show and check rubrics.", cls=Rubrics)
