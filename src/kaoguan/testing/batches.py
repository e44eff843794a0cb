"""The /v1/files and /v1/batches of the scripted endpoint: work moves on a step each time someone looks."""

import itertools
import json
from collections.abc import Callable
from typing import Any

from aiohttp import BodyPartReader, web

from kaoguan.testing.replies import Raw, Replying, Request, error, raw

Taken = Callable[[Any, dict[str, str], str | None], Request]

# What a batch goes through, one look at a time.
STEPS = ("validating", "in_progress", "finalizing", "completed")


class ScriptedBatches:
    """Files and batches in memory; set `expire_after` to let a batch expire with that many requests done."""

    def __init__(self, taken: Taken, reply: Replying) -> None:
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.expire_after: int | None = None
        self._taken = taken
        self._reply = reply
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve files and batches."""
        router.add_post("/v1/files", self._upload)
        router.add_get("/v1/files/{id}", self._file)
        router.add_delete("/v1/files/{id}", self._delete)
        router.add_get("/v1/files/{id}/content", self._content)
        router.add_post("/v1/batches", self._create)
        router.add_get("/v1/batches", self._list)
        router.add_get("/v1/batches/{id}", self._look)
        router.add_post("/v1/batches/{id}/cancel", self._cancel)

    async def _upload(self, http: web.Request) -> web.Response:
        content = b""
        async for part in await http.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                content = bytes(await part.read())
        return web.json_response(self._described(self._keep(content)))

    async def _file(self, http: web.Request) -> web.Response:
        id_ = http.match_info["id"]
        return web.json_response(self._described(id_)) if id_ in self.files else _missing("file")

    async def _delete(self, http: web.Request) -> web.Response:
        id_ = http.match_info["id"]
        return web.json_response({"id": id_, "object": "file", "deleted": self.files.pop(id_, None) is not None})

    async def _content(self, http: web.Request) -> web.Response:
        id_ = http.match_info["id"]
        return web.Response(body=self.files[id_]) if id_ in self.files else _missing("file")

    async def _create(self, http: web.Request) -> web.Response:
        asked = await http.json()
        lines = self.files.get(asked["input_file_id"])
        if lines is None:
            return _missing("file")
        total = len(lines.splitlines())
        batch = {
            "id": f"batch_{next(self._numbers)}",
            "object": "batch",
            "endpoint": asked["endpoint"],
            "errors": None,
            "input_file_id": asked["input_file_id"],
            "completion_window": asked["completion_window"],
            "status": STEPS[0],
            "output_file_id": None,
            "error_file_id": None,
            "created_at": 1_700_000_000,
            "metadata": asked.get("metadata"),
            "request_counts": {"total": total, "completed": 0, "failed": 0},
        }
        self.batches[batch["id"]] = batch
        return web.json_response(batch)

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": list(self.batches.values()), "has_more": False})

    async def _look(self, http: web.Request) -> web.Response:
        batch = self.batches.get(http.match_info["id"])
        if batch is None:
            return _missing("batch")
        if batch["status"] in STEPS[:-1]:
            batch["status"] = STEPS[STEPS.index(batch["status"]) + 1]
            if batch["status"] == STEPS[-1]:
                self._finish(batch, self.expire_after)
        return web.json_response(batch)

    async def _cancel(self, http: web.Request) -> web.Response:
        batch = self.batches.get(http.match_info["id"])
        if batch is None:
            return _missing("batch")
        batch["status"] = "cancelled"
        return web.json_response(batch)

    def _finish(self, batch: dict[str, Any], expire_after: int | None) -> None:
        done: list[bytes] = []
        failed: list[bytes] = []
        items = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        executed = items[:expire_after]
        for item in executed:
            request = self._taken(item["body"], {}, item["custom_id"])
            found = raw(request, self._reply(request), 0)
            (done if found.status == 200 else failed).append(_line(item["custom_id"], found, None))
        fault = {"code": "batch_expired", "message": "The batch expired before this request was executed."}
        failed += [_line(item["custom_id"], None, fault) for item in items[len(executed) :]]
        # Real batches come back in any order.
        batch["output_file_id"] = self._keep(b"".join(reversed(done))) if done else None
        batch["error_file_id"] = self._keep(b"".join(failed)) if failed else None
        batch["status"] = "expired" if expire_after is not None else "completed"
        batch["request_counts"] |= {"completed": len(done), "failed": len(failed)}

    def _keep(self, content: bytes) -> str:
        id_ = f"file-{next(self._numbers)}"
        self.files[id_] = content
        return id_

    def _described(self, id_: str) -> dict[str, Any]:
        size = len(self.files[id_])
        named = {"id": id_, "object": "file", "bytes": size, "created_at": 1_700_000_000}
        return named | {"filename": "requests.jsonl", "purpose": "batch", "status": "processed"}


def _line(custom_id: str, found: Raw | None, fault: dict[str, str] | None) -> bytes:
    response = None
    if found:
        response = {"status_code": found.status, "request_id": f"req-{custom_id}", "body": _body(found)}
    line = {"id": f"line-{custom_id}", "custom_id": custom_id, "response": response, "error": fault}
    return json.dumps(line).encode() + b"\n"


def _body(found: Raw) -> Any:
    try:
        return json.loads(found.body)
    except ValueError:
        return {}


def _missing(what: str) -> web.Response:
    found = error(404, f"No such {what}", None)
    return web.Response(status=found.status, body=found.body, content_type=found.content_type)
