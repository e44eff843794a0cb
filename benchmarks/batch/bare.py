"""The yardstick: a bare asyncio loop over `openai` with its aiohttp transport. One request per answer, nothing kept.

python benchmarks/batch/bare.py REQUESTS.jsonl URL CONCURRENCY; the requests are those that kaoguan sends.
"""

import asyncio
import json
import sys
from pathlib import Path


async def main() -> None:
    import openai

    requests = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    places = asyncio.Semaphore(int(sys.argv[3]))
    http = openai.DefaultAioHttpClient()
    async with openai.AsyncOpenAI(base_url=sys.argv[2], api_key="none", http_client=http, max_retries=2) as client:

        async def one(request: dict) -> dict:
            async with places:
                completion = await client.chat.completions.create(**request)
            return json.loads(completion.choices[0].message.content)

        replies = await asyncio.gather(*(one(request) for request in requests))
    print(len(replies))


asyncio.run(main())
