"""An OpenAI-compatible embeddings endpoint for a local model, to measure `openai:` embedders without an account.

    python benchmarks/offline/serve.py FOLDER [--port 8081]
    export OPENAI_API_KEY=none OPENAI_BASE_URL=http://127.0.0.1:8081/v1
    python benchmarks/offline/evaluate.py --embedder openai:local --questions 16 --folds 4

FOLDER is a sentence-transformers model. Needs kaoguan[sentence-transformers].
"""

import argparse
import asyncio

from aiohttp import web
from sentence_transformers import SentenceTransformer


def endpoint(model: SentenceTransformer) -> web.Application:
    """Return the application: POST /v1/embeddings, one text or a list of them."""

    async def embed(request: web.Request) -> web.Response:
        asked = await request.json()
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        vectors = await asyncio.to_thread(model.encode, texts, show_progress_bar=False)
        data = [{"object": "embedding", "index": i, "embedding": v.tolist()} for i, v in enumerate(vectors)]
        usage = {"prompt_tokens": 0, "total_tokens": 0}
        return web.json_response({"object": "list", "model": asked["model"], "data": data, "usage": usage})

    application = web.Application(client_max_size=2**26)
    application.router.add_post("/v1/embeddings", embed)
    return application


def main() -> None:
    """Serve on loopback until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="a sentence-transformers model")
    parser.add_argument("--port", type=int, default=8081)
    arguments = parser.parse_args()
    web.run_app(endpoint(SentenceTransformer(arguments.folder)), host="127.0.0.1", port=arguments.port)


if __name__ == "__main__":
    main()
