"""What all tests share: a home of their own, and the option that makes a skipped test a failure in CI."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.llm.server import LlamaServer, missing

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fail-on-skip", action="store_true", help="a skipped test is a failure (CI)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--fail-on-skip"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but nothing may be skipped here: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A KAOGUAN_HOME per test, sharing one model cache, with no key and no endpoint configured."""
    base = tmp_path_factory.getbasetemp()
    (base / "cache").mkdir(exist_ok=True)
    home = tmp_path_factory.mktemp("home")
    (home / "cache").symlink_to(base / "cache")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "KAOGUAN_JUDGE", "KAOGUAN_EMBEDDER", "KAOGUAN_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    # Nor a language: the screen is in English unless a test says otherwise.
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("KAOGUAN_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def llama() -> Iterator[LlamaServer]:
    """A real llama.cpp server whose tiny model talks junk. Mark such tests `real_model`."""
    if why := missing():
        pytest.skip(why)
    with LlamaServer() as server:
        yield server


@pytest.fixture
def seeds() -> Path:
    """The two documents that the bundled rubrics come from; not part of the project. Mark such tests `shared`."""
    folder = Path(os.environ.get("KAOGUAN_SHARED", ROOT.parent / "shared")) / "seeds"
    if not folder.is_dir():
        pytest.skip("the source documents are not here (they belong to their authors)")
    return folder
