"""Chat completions through the SDK's client: JSON out, bytes back, whatever their status."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import aiohttp
import httpx2
import openai

from kaoguan.config import Settings
from kaoguan.llm import client
from kaoguan.llm.failures import Reason, Unanswered, counted


class Response(NamedTuple):
    """What an endpoint sent."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Connection:
    """The connections to one endpoint, as many as are asked for at once; on the event loop where it is first asked."""

    def __init__(self, settings: Settings) -> None:
        """Raise ProviderError when no endpoint is configured, SettingError when none can be reached like this."""
        self._client = client.asynchronous(settings)
        self.base_url = str(self._client.base_url)

    async def post(self, path: str, body: Mapping[str, Any]) -> Response:
        """Return the reply, however long it takes. Raises Unanswered, OutOfReachError."""
        try:
            # As `chat.completions.create` does it, without its checks of every nested field: they take as long as
            # sending and receiving, and no two servers agree on the fields.
            response = await self._client.post(path, cast_to=httpx2.Response, body=body)
        except openai.APIStatusError as error:
            response = error.response
        except openai.OpenAIError as error:
            raise counted(client.translated(error, self.base_url)) from error
        except (aiohttp.ClientError, httpx2.HTTPError, OSError) as error:
            # What breaks while a reply is read comes through the SDK as it is.
            raise counted(Unanswered(self.base_url, Reason.CONNECTION, "the connection broke")) from error
        return Response(response.status_code, response.headers, response.content)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
