"""A connection that breaks: the request was made, and counts."""

import asyncio
from dataclasses import replace

import pytest

from kaoguan import config
from kaoguan.llm.connection import Connection
from kaoguan.llm.failures import Reason, Unanswered


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"], ids=["at once", "within"])
def test_a_request_whose_connection_breaks_is_counted(sent: bytes) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)
        writer.close()

    async def ask() -> Unanswered:
        async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            connection = Connection(replace(config.load(), base_url=f"http://127.0.0.1:{port}/v1"))
            with pytest.raises(Unanswered) as caught:
                await connection.post("/chat/completions", {})
            await connection.close()
            return caught.value

    broken = asyncio.run(ask())
    assert (broken.reason, broken.usage.requests) == (Reason.CONNECTION, 1)
