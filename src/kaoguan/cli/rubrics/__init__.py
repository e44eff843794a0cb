"""`kaoguan rubrics`: look at the bank, add packs to it and check it."""

from typing import ClassVar

from kaoguan.cli.lazy import LazyGroup, Listed, group


class Rubrics(LazyGroup):
    """The commands on rubrics."""

    table: ClassVar = {
        "list": Listed("kaoguan.cli.rubrics.list:command", "List the questions of the bank."),
        "show": Listed("kaoguan.cli.rubrics.show:command", "Show one rubric."),
        "packs": Listed("kaoguan.cli.rubrics.packs:command", "List topics and packs: what came with it, and yours."),
        "add": Listed("kaoguan.cli.rubrics.packs:add", "Add a pack of rubrics: a folder or a git repository."),
        "update": Listed("kaoguan.cli.rubrics.packs:update", "Fetch what is new in your packs."),
        "remove": Listed("kaoguan.cli.rubrics.packs:remove", "Remove a pack of yours."),
        "lines": Listed("kaoguan.cli.rubrics.lines:command", "Show lines of a document that a report points to."),
        "check": Listed("kaoguan.cli.rubrics.check:command", "Say what is wrong in rubric files, and how to mend it."),
        "schema": Listed("kaoguan.cli.rubrics.schema:command", "Print the JSON Schema of a rubric file."),
    }


app = group("The bank: list, show and check rubrics, add packs.", cls=Rubrics)
