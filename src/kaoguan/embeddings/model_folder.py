"""Where a model is on this machine, and of which kind: said at once, before any model library is imported.

A name is a folder, or a model of the Hugging Face hub that was fetched before: its cache is looked at as files, so that
nothing opens a socket. `fetched` is the one place that does.
"""

import contextlib
import importlib.util
import json
import logging
import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from kaoguan.errors import ProviderError, SettingError

_INSTALL = 'pip install "kaoguan[sentence-transformers]"'
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
# What a model repository holds beside the weights that torch reads.
_OTHER_FORMATS = ["*.onnx", "onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.tflite", "*.gguf", "coreml/*"]
_QUIET = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
_LIBRARIES = ("sentence_transformers", "transformers", "huggingface_hub")


def found(name: str) -> Path:
    """Return the folder of the model with this name or path. Raises SettingError when it is not on this machine."""
    where, path = f"embedder {name!r}", Path(name).expanduser()
    if path.is_dir():
        if not _holds_model(path):
            raise SettingError(where, "this folder holds no model", "name one with config.json or modules.json in it")
        return path.resolve()
    if not _HUB_NAME.fullmatch(name) or name.startswith((".", "~")):
        raise SettingError(where, "there is no such folder", "name a model folder, or a hub model such as BAAI/bge-m3")
    for full in (name,) if "/" in name else (name, f"sentence-transformers/{name}"):
        snapshot = _snapshot(full)
        if snapshot:
            return snapshot
    raise SettingError(where, "this model is not on this machine", f"fetch and fit it: kaoguan embedders fit {name}")


def fetched(name: str) -> Path:
    """Return the folder of the model, fetched from the hub where it is not here. Raises SettingError, ProviderError."""
    require_library(name)
    with contextlib.suppress(SettingError):
        return found(name)
    if not _HUB_NAME.fullmatch(name):
        return found(name)  # says what is wrong with it
    with quiet(online=True):
        # 0.4 s: only those who fetch a model pay.
        from huggingface_hub import snapshot_download

        full = name if "/" in name else f"sentence-transformers/{name}"
        try:
            return Path(snapshot_download(full, ignore_patterns=_OTHER_FORMATS))
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0]
            mend = "check the name and the connection, or give the folder of a downloaded model"
            raise ProviderError(f"embedder {name!r}", f"cannot be fetched ({reason})", mend) from error


def require_library(name: str) -> None:
    """Raise ProviderError where sentence-transformers is not installed; nothing is imported."""
    try:
        there = importlib.util.find_spec("sentence_transformers") is not None
    except ValueError:  # somebody put None in its place
        there = False
    if not there:
        raise ProviderError(f"embedder {name!r}", "sentence-transformers is not installed", _INSTALL)


def is_cross_encoder(folder: Path) -> bool:
    """Return whether the model reads two texts together (re-rankers, NLI) rather than one."""
    if (folder / "modules.json").is_file():
        return False
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return any(str(name).endswith("ForSequenceClassification") for name in config.get("architectures") or ())


@contextlib.contextmanager
def quiet(*, online: bool = False) -> Iterator[None]:
    """Keep progress bars, warnings and retry lines of model libraries off our stderr, and the network out."""
    before = dict(os.environ)
    os.environ.update(_QUIET if online else _QUIET | {"HF_HUB_OFFLINE": "1"})
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name in (*_QUIET, "HF_HUB_OFFLINE"):
            if name in before:
                os.environ[name] = before[name]
            else:
                os.environ.pop(name, None)


def _holds_model(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("config.json", "modules.json"))


def _snapshot(name: str) -> Path | None:
    """Return the newest complete copy of a hub model in the cache folders."""
    for cache in _caches():
        folder = cache / f"models--{name.replace('/', '--')}"
        copies = sorted((folder / "snapshots").glob("*"), key=lambda copy: copy.stat().st_mtime, reverse=True)
        with contextlib.suppress(OSError):
            current = folder / "snapshots" / (folder / "refs" / "main").read_text("utf-8").strip()
            copies.insert(0, current)
        for copy in copies:
            if _holds_model(copy):
                return copy
    return None


def _caches() -> list[Path]:
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface"
    places = [os.environ.get("HF_HUB_CACHE"), os.environ.get("SENTENCE_TRANSFORMERS_HOME"), Path(home) / "hub"]
    return [Path(place).expanduser() for place in places if place]
