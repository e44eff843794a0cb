"""`kaoguan rubrics`: look at the bank, add packs to it and check it."""

from typing import ClassVar

from kaoguan.cli.lazy import LazyGroup, group


class Rubrics(LazyGroup):
    """The commands on rubrics."""

    table: ClassVar = {
        "list": "kaoguan.cli.rubrics.list:command",
        "show": "kaoguan.cli.rubrics.show:command",
        "new": "kaoguan.cli.rubrics.new:command",
        "packs": "kaoguan.cli.rubrics.packs:command",
        "add": "kaoguan.cli.rubrics.packs:add",
        "update": "kaoguan.cli.rubrics.packs:update",
        "remove": "kaoguan.cli.rubrics.packs:remove",
        "lines": "kaoguan.cli.rubrics.lines:command",
        "check": "kaoguan.cli.rubrics.check:command",
        "schema": "kaoguan.cli.rubrics.schema:command",
    }


app = group(cls=Rubrics)
