"""The provider's batches: a file of requests in, a file of replies out within a day, at half the price.

`Recorder` stands where the connection stands in `EndpointModel`, so that a batch asks exactly what single calls would
ask and its replies are read in exactly the same way. What it has no reply to yet, it records.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Protocol

import openai

from kaoguan.config import Folders, Settings
from kaoguan.errors import ProviderError
from kaoguan.llm import client
from kaoguan.llm.connection import Connection, Response
from kaoguan.llm.endpoint import EndpointModel
from kaoguan.llm.failures import Reason, Unanswered, redacted
from kaoguan.llm.faults import fault_of
from kaoguan.llm.opening import endpoint
from kaoguan.models import Model

PATH: Literal["/v1/chat/completions"] = "/v1/chat/completions"
_ENDED = frozenset({"completed", "expired", "failed", "cancelled"})
# A batch is asked about and collected over hours; a short outage must not end that.
_RETRIES = 6
_LISTED = 100


class Batch(Model):
    """A batch at the provider."""

    id: str
    status: str
    files: tuple[str, ...]
    done: int
    total: int
    fault: str = ""

    @property
    def ended(self) -> bool:
        """Return whether nothing more will come; what it did until then can be collected."""
        return self.status in _ENDED


class Replies(Protocol):
    """What came back so far."""

    def get(self, custom_id: str) -> Mapping[str, Any] | None:
        """Return the line of a request's reply; None when there is none yet."""


class Recorder:
    """Takes requests: has the reply, or writes the request down."""

    def __init__(self, connection: Connection, replies: Replies) -> None:
        self.base_url = connection.base_url
        self.wanted: dict[str, str] = {}
        """The requests without a reply, by custom id, each as a line of a batch's file."""
        self.live = True
        """Whether requests go out at once: what the endpoint can do is found out like this."""
        self._connection = connection
        self._replies = replies

    async def post(self, path: str, body: Mapping[str, Any]) -> Response:
        """Return the reply. Raises Unanswered when there is none (yet)."""
        if self.live:
            return await self._connection.post(path, body)
        content = json.dumps(body, ensure_ascii=False, sort_keys=True)
        custom_id = hashlib.sha256(f"{self.base_url}\0{content}".encode()).hexdigest()[:40]
        line = self._replies.get(custom_id)
        if line is None:
            request = {"custom_id": custom_id, "method": "POST", "url": PATH, "body": body}
            self.wanted[custom_id] = json.dumps(request, ensure_ascii=False)
            raise Unanswered("batch", Reason.NO_REPLY_YET, "it is in a batch that has not come back")
        found = line.get("response")
        response = found if isinstance(found, Mapping) else {"status_code": 500, "body": line.get("error")}
        content = json.dumps(response.get("body"), ensure_ascii=False)
        if response.get("status_code") == 200:
            return Response(200, {}, content.encode("utf-8", "replace"))
        fault = fault_of(400, {}, content.encode("utf-8", "replace"))
        raise Unanswered("batch", Reason.REJECTED, redacted(fault.message, ""))

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()


def recording(settings: Settings, folders: Folders, replies: Replies) -> tuple[EndpointModel, Recorder]:
    """Return the configured model with a recorder in place of its client, at half its price. Raises ProviderError."""
    recorder = Recorder(Connection(settings), replies)
    return endpoint(settings, folders, retries=_RETRIES, through=recorder, share=0.5), recorder


class Batches:
    """The provider's batches and files."""

    def __init__(self, settings: Settings) -> None:
        """Raise ProviderError when no endpoint is configured."""
        self._client = client.synchronous(settings, retries=_RETRIES)

    def create(self, path: Path, name: str) -> Batch:
        """Send a file of requests and return its batch, which bears the name. Raises Unanswered, ProviderError."""
        try:
            with path.open("rb") as file:
                sent = self._client.files.create(file=(path.name, file), purpose="batch")
            return _batch(
                self._client.batches.create(
                    input_file_id=sent.id,
                    endpoint=PATH,
                    completion_window="24h",
                    metadata={"kaoguan": name},
                )
            )
        except openai.OpenAIError as error:
            raise self._translated(error) from error

    def find(self, name: str) -> Batch | None:
        """Return the batch of this name, if there is one among the latest. Raises Unanswered, ProviderError."""
        try:
            for batch in self._client.batches.list(limit=_LISTED).data:
                if (batch.metadata or {}).get("kaoguan") == name:
                    return _batch(batch)
        except openai.OpenAIError as error:
            raise self._translated(error) from error
        return None

    def look(self, id_: str) -> Batch | None:
        """Return how a batch stands; None when the provider does not know it. Raises Unanswered, ProviderError."""
        try:
            return _batch(self._client.batches.retrieve(id_))
        except openai.NotFoundError:
            return None
        except openai.OpenAIError as error:
            raise self._translated(error) from error

    def lines(self, batch: Batch) -> Iterator[Mapping[str, Any]]:
        """Yield what came back: a line with `custom_id`, `response` and `error` each. Raises as the others do."""
        for id_ in batch.files:
            try:
                content = self._client.files.content(id_)
            except openai.OpenAIError as error:
                raise self._translated(error) from error
            for line in content.iter_lines():
                if line.strip():
                    try:
                        yield json.loads(line)
                    except ValueError as error:
                        mend = "run the command again"
                        raise ProviderError(f"batch {batch.id}", "its file cannot be read", mend) from error

    def _translated(self, error: openai.OpenAIError) -> Unanswered | ProviderError:
        return client.translated(error, f"batches at {self._client.base_url}")


def _batch(batch: Any) -> Batch:
    counts = batch.request_counts
    faults = batch.errors.data if batch.errors and batch.errors.data else []
    return Batch(
        id=batch.id,
        status=batch.status,
        files=tuple(id_ for id_ in (batch.output_file_id, batch.error_file_id) if id_),
        done=counts.completed + counts.failed if counts else 0,
        total=counts.total if counts else 0,
        fault="; ".join(str(fault.message) for fault in faults)[:300],
    )
