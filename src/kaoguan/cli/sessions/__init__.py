"""`kaoguan sessions`: the interviews you sat. Where no id is given, the latest is meant."""

from typing import ClassVar

from kaoguan.cli.lazy import LazyGroup, group


class Sessions(LazyGroup):
    """The commands on sessions."""

    table: ClassVar = {
        "list": "kaoguan.cli.sessions.list:command",
        "show": "kaoguan.cli.sessions.show:command",
        "resume": "kaoguan.cli.sessions.resume:command",
        "report": "kaoguan.cli.sessions.report:command",
        "search": "kaoguan.cli.sessions.search:command",
        "export": "kaoguan.cli.sessions.export:command",
        "import": "kaoguan.cli.sessions.import_:command",
        "schema": "kaoguan.cli.sessions.schema:command",
        "delete": "kaoguan.cli.sessions.delete:delete",
        "purge": "kaoguan.cli.sessions.delete:purge",
    }


app = group(cls=Sessions)
