"""An embedder that nobody calibrated gets a judge of its own by the script, over a real loopback endpoint."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kaoguan import config, rubrics
from kaoguan.errors import CalibrationError
from kaoguan.grading import Grader
from tests.conftest import ROOT

from .conftest import EmbeddingsServer


@pytest.mark.real_model
def test_an_endpoint_gets_a_judge_of_its_own_by_the_script(server: EmbeddingsServer, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    pytest.importorskip("scipy", reason="scipy is not installed")
    settings = config.Settings(base_url=server.url, api_key="test")
    folders = config.folders({"KAOGUAN_HOME": str(tmp_path)})
    with pytest.raises(CalibrationError, match="fit a judge for it"):
        Grader.offline("openai:good", settings=settings, folders=folders)
    environment = os.environ | {
        "KAOGUAN_HOME": str(tmp_path),
        "OPENAI_BASE_URL": server.url,
        "OPENAI_API_KEY": "test",
        "OMP_NUM_THREADS": "1",
    }
    script = str(ROOT / "benchmarks/offline/fit.py")
    command = [sys.executable, script, "--embedder", "openai:good", "--questions", "3", "--folds", "3"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (folders.judges / "openai-good.npz").is_file()
    grader = Grader.offline("openai:good", settings=settings, folders=folders)
    rubric = rubrics.load_bundled()["optimizer"]
    assert grader.grade(rubric, rubric.reference_answer).score == 100
    assert grader.grade(rubric, "").score == 0
