"""The published JSON Schemas (draft 2020-12) of what `--json` prints and `sessions export` writes."""

from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from kaoguan.export.session_file import SessionFile
from kaoguan.interview.results import Report
from kaoguan.learning import DuePoint, Progress
from kaoguan.session import Summary


class SchemaName(StrEnum):
    """What has a schema."""

    SESSIONS = "sessions"  # sessions export, sessions import
    REPORT = "report"  # sessions report --json, interview --json
    LIST = "list"  # sessions list --json
    DUE = "due"  # due --json
    PROGRESS = "progress"  # progress --json


_TYPES: dict[SchemaName, Any] = {
    SchemaName.SESSIONS: SessionFile,
    SchemaName.REPORT: Report,
    SchemaName.LIST: list[Summary],
    SchemaName.DUE: list[DuePoint],
    SchemaName.PROGRESS: Progress,
}


def document_schema(of: SchemaName) -> dict[str, Any]:
    """Return the JSON Schema of one kind of document; of a session file, which is read again, that of what is read."""
    read = of is SchemaName.SESSIONS
    told = TypeAdapter(_TYPES[of]).json_schema(mode="validation" if read else "serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | told
