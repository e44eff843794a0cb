"""One judge for all tests of this folder: loading the model takes a second the first time."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaoguan import config, rubrics
from kaoguan.grading import Grader
from kaoguan.models import Rubric

GOLD = Path(__file__).parents[3] / "benchmarks/gold"


@pytest.fixture(scope="session")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Grader:
    return Grader.offline(folders=config.folders({"KAOGUAN_HOME": str(tmp_path_factory.mktemp("kaoguan"))}))


@pytest.fixture(scope="session")
def bank() -> dict[str, Rubric]:
    """The rubrics of both labelled sets, and those of the first as they come with kaoguan."""
    folders = [GOLD / "dev/rubrics", GOLD / "train/rubrics"]
    found = {f"{folder.parent.name}/{key}": r for folder in folders for key, r in rubrics.load_folder(folder).items()}
    bundled = rubrics.load_bundled()
    return found | {f"bundled/{key}": bundled[key] for key in rubrics.load_folder(GOLD / "dev/rubrics")}


@pytest.fixture(scope="session")
def answers() -> list[dict[str, str]]:
    """Every labelled answer."""
    return list(_answers())


def _answers() -> Iterator[dict[str, str]]:
    for name in ("dev", "train"):
        for line in (GOLD / name / "answers.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line) | {"rubric": f"{name}/{json.loads(line)['rubric_id']}"}
