"""An OpenAI-compatible endpoint on loopback that replies as a test says: chat completions, files and batches over HTTP.

    with Endpoint(lambda request: '{"verdicts": []}', latency=0.2) as endpoint:
        client = openai.OpenAI(base_url=endpoint.url, api_key="test")

It counts and keeps what it was asked (`requests`, `in_flight`, `most_in_flight`). One thread, one event loop.
"""

import asyncio
import json
import threading
from typing import Any, Self

from aiohttp import web

from kaoguan.testing.batches import ScriptedBatches
from kaoguan.testing.replies import Fault, Raw, Replying, Request, error, raw


class Endpoint:
    """A scripted endpoint, running between `with` and its end."""

    def __init__(
        self,
        reply: Replying,
        *,
        latency: float = 0.0,
        places: int = 1000,
        retry_after: float = 1.0,
        key: str | None = None,
        port: int = 0,
    ) -> None:
        """Reply with `reply(request)` after `latency` seconds; where `key` is given, other keys are refused.

        So many requests as there are `places` are worked on at once; the others wait, as with a server of one's own.
        """
        self.requests: list[Request] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.batches = ScriptedBatches(self._taken, reply)
        self._reply = reply
        self._latency = latency
        self._places = asyncio.Semaphore(places)
        self._retry_after = retry_after
        self._key = key
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._up = threading.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the base URL for clients."""
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._up.set()
        self._loop.run_forever()
        # Requests that hang are cut off; nobody waits for them any more.
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        if self._runner:
            self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application(client_max_size=1 << 30, middlewares=[self._check_key])
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/models", self._models)
        self.batches.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=2048)
        await site.start()
        self._port = self._runner.addresses[0][1]

    @web.middleware
    async def _check_key(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self._key and request.headers.get("Authorization") != f"Bearer {self._key}":
            return _response(error(401, "Incorrect API key provided", "invalid_api_key"))
        found: web.StreamResponse = await handler(request)
        return found

    async def _models(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "scripted", "object": "model"}]})

    async def _chat(self, http: web.Request) -> web.StreamResponse:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            request = self._taken(json.loads(await http.read()), dict(http.headers), None)
            reply = self._reply(request)
            if reply is Fault.HANG:
                await asyncio.sleep(3600)
            if self._latency:
                async with self._places:
                    await asyncio.sleep(self._latency)
            if reply is Fault.RESET:
                if http.transport:
                    http.transport.abort()
                return web.Response()  # which nobody gets any more
            return _response(raw(request, reply, self._retry_after))
        finally:
            self.in_flight -= 1

    def _taken(self, body: Any, headers: dict[str, str], custom_id: str | None) -> Request:
        request = Request(len(self.requests) + 1, body, headers, custom_id)
        self.requests.append(request)
        return request


def _response(found: Raw) -> web.Response:
    return web.Response(
        status=found.status, body=found.body, headers=dict(found.headers), content_type=found.content_type
    )
