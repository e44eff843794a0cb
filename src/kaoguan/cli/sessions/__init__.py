"""`kaoguan sessions`: the interviews you sat. Where no id is given, the latest is meant."""

from typing import ClassVar

from kaoguan.cli.lazy import LazyGroup, Listed, group


class Sessions(LazyGroup):
    """The commands on sessions."""

    table: ClassVar = {
        "list": Listed("kaoguan.cli.sessions.list:command", "List interviews, latest first."),
        "show": Listed("kaoguan.cli.sessions.show:command", "Show what was said; rule otherwise than the judge."),
        "resume": Listed("kaoguan.cli.sessions.resume:command", "Go on with an interview where it was left."),
        "report": Listed("kaoguan.cli.sessions.report:command", "Show the report of an interview."),
        "search": Listed("kaoguan.cli.sessions.search:command", "Find where something was said."),
        "export": Listed("kaoguan.cli.sessions.export:command", "Export sessions for other programs."),
        "import": Listed("kaoguan.cli.sessions.import_:command", "Read sessions in again, or a colleague's."),
        "schema": Listed("kaoguan.cli.sessions.schema:command", "Print the JSON Schema of exports and --json output."),
        "delete": Listed("kaoguan.cli.sessions.delete:delete", "Delete sessions for good."),
        "purge": Listed("kaoguan.cli.sessions.delete:purge", "Delete old sessions; what was learned stays."),
    }


app = group("Interviews you sat: look at them, go on with them, search, export, delete.", cls=Sessions)
