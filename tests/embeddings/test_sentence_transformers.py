"""Finding models by name or path: what is wrong is said at once, no socket is opened, nothing else speaks on stderr."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kaoguan import config, embeddings
from kaoguan.embeddings import model_folder
from kaoguan.errors import ProviderError, SettingError

# Runs a command of ours in a process that tells of every socket and of every library it loads.
WATCHED = """
import sys
def watch(event, arguments):
    if event.startswith("socket."):
        print("SOCKET", event, file=sys.stderr)
sys.addaudithook(watch)
from kaoguan.cli.main import run
try:
    run()
finally:
    print("TORCH", "torch" in sys.modules, file=sys.stderr)
"""
GRADE = ["grade", "--judge", "offline", "--rubric", "optimizer", "--answer", "x", "--embedder"]


def cached(cache: Path, name: str) -> Path:
    """Put a model without weights into a cache of the hub, as its library would."""
    snapshot = cache / f"models--{name.replace('/', '--')}" / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text("{}")
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("abc")
    return snapshot


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.mark.parametrize("name", ["some/hub-name", "./nowhere", "/no/where", "~/no such", "a/b/c"])
def test_a_model_that_is_not_here_is_told_at_once_without_a_socket_or_torch(name: str, cache: Path) -> None:
    start = time.process_time()
    run = subprocess.run([sys.executable, "-c", WATCHED, *GRADE, name], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "SOCKET" not in run.stderr
    assert "TORCH False" in run.stderr
    assert f"kaoguan embedders fit {name}" in run.stderr
    assert time.process_time() - start < 2


def test_a_hub_model_is_found_in_the_cache_by_its_full_and_by_its_short_name(cache: Path) -> None:
    full, short = cached(cache, "BAAI/bge-m3"), cached(cache, "sentence-transformers/all-MiniLM")
    assert model_folder.found("BAAI/bge-m3") == full
    assert model_folder.found("all-MiniLM") == short


WRONG = {
    "some/hub-name": "kaoguan embedders fit some/hub-name",
    "./nowhere": "there is no such folder",
    "no where": "there is no such folder",
    "a/b/c": "there is no such folder",
    ".": "holds no model",
}


@pytest.mark.parametrize(("name", "said"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_with_a_name_is_said(
    name: str, said: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingError, match=said):
        embeddings.load(name, config.Settings(), config.folders())


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as if it were not installed
    cached(cache, "BAAI/bge-small-zh-v1.5")
    with pytest.raises(ProviderError, match=r"pip install .kaoguan\[sentence-transformers\]"):
        embeddings.load("BAAI/bge-small-zh-v1.5", config.Settings(), config.folders())
    with pytest.raises(ProviderError, match="pip install"):
        model_folder.fetched("some/hub-name")


KINDS = {
    "re-ranker": ({"architectures": ["XLMRobertaForSequenceClassification"]}, False, True),
    "encoder": ({"architectures": ["BertModel"]}, False, False),
    "sentence-transformers": ({"architectures": ["BertForSequenceClassification"]}, True, False),
    "nothing said": ({}, False, False),
}


@pytest.mark.parametrize(("said", "modules", "pairs"), KINDS.values(), ids=KINDS)
def test_a_cross_encoder_is_told_by_its_configuration(
    said: dict[str, object], modules: bool, pairs: bool, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(said))
    if modules:
        (tmp_path / "modules.json").write_text("[]")
    assert model_folder.is_cross_encoder(tmp_path) is pairs


@pytest.mark.real_model
def test_a_damaged_model_is_a_provider_error_and_nothing_else_is_said(
    cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra sentence-transformers is not installed")
    cached(cache, "some/model")
    with pytest.raises(ProviderError, match="cannot be loaded"):
        embeddings.load("some/model", config.Settings(), config.folders())
    assert capfd.readouterr().err == ""
