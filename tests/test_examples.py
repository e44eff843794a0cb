"""Every file in examples/ does what it says."""

import importlib.util
import runpy
import subprocess
import sys
from types import ModuleType

import pytest

from kaoguan import rubrics
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
# What is printed: a part that shows that the example did its work.
PRINTED = {
    "grade_one_answer.py": "of 100, likely (",
    "grade_dataframe.py": "needs_review",
    "own_rubric.py": "['covered', 'covered', 'missing']",
    "own_judge.py": "quoting",
    "own_embedder.py": "beside the bundled judge's",
}
NEEDS = {"grade_dataframe.py": ("polars", "pandas"), "fastapi_interview.py": ("fastapi", "httpx")}


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name.removesuffix(".py"), EXAMPLES / name)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def need(*packages: str) -> None:
    for package in packages:
        pytest.importorskip(package, reason=f"{package} is not installed")


@pytest.mark.parametrize("name", PRINTED)
def test_it_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    need(*NEEDS.get(name, ()))
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    assert PRINTED[name] in capsys.readouterr().out


def test_every_example_is_run_here_and_stands_in_the_readme() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    here = {*PRINTED, "fastapi_interview.py", "test_own_rag.py", "promptfoo_assert.py", "inspect_scorer.py"}
    assert {path.name for path in EXAMPLES.glob("*.py")} == here
    assert [name for name in here if f"[{name}]({name})" not in readme] == []


def test_two_candidates_are_interviewed_over_http() -> None:
    need("fastapi", "httpx")
    from fastapi.testclient import TestClient

    client = TestClient(loaded("fastapi_interview.py").app)
    both = [client.post("/interviews").json() for _ in range(2)]
    for said in both:
        for _ in range(4):
            if not said["finished"]:
                said = client.post(f"/interviews/{said['id']}/answers", json={"answer": "不知道"}).json()  # noqa: PLW2901
        assert said["finished"]
        report = client.get(f"/interviews/{said['id']}/report").json()
        assert [question["answers"] for question in report["questions"]] >= [1, 1]
    assert client.post("/interviews/none/answers", json={"answer": "x"}).status_code == 404
    assert client.post(f"/interviews/{both[0]['id']}/answers", json={"answer": "x"}).status_code == 422


def test_a_rag_system_is_checked_by_pytest() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider", "test_own_rag.py"]
    run = subprocess.run(command, cwd=EXAMPLES, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert f"{len(rubrics.load_bundled())} passed" in run.stdout


def test_promptfoo_gets_a_score_a_reason_and_the_parts() -> None:
    get_assert = loaded("promptfoo_assert.py").get_assert
    rubric = rubrics.load_bundled()["optimizer"]
    good = get_assert(rubric.reference_answer, {"vars": {"rubric": "optimizer"}})
    bad = get_assert("不知道", {"vars": {"rubric": "optimizer"}, "config": {"pass_at": 0.1}})
    assert (good["pass"], good["score"]) == (True, 1.0)
    assert (bad["pass"], bad["score"]) == (False, 0.0)
    assert [part["reason"] for part in good["componentResults"]] == [point.text for point in rubric.key_points]
    assert good["reason"]


def test_inspect_scores_a_model_by_rubric() -> None:
    need("inspect_ai")
    # The scorer itself: a whole evaluation with a mock model fetches a tokenizer from the network.
    program = (
        "import asyncio\n"
        "from inspect_ai.model import ModelName, ModelOutput\n"
        "from inspect_ai.scorer import Target\n"
        "from inspect_ai.solver import TaskState\n"
        "from inspect_scorer import interview_questions, kaoguan_rubric\n"
        "from kaoguan import rubrics\n"
        "sample = interview_questions().dataset[0]\n"
        "said = ModelOutput.from_content('mock', rubrics.load_bundled()[sample.target].reference_answer)\n"
        "name = ModelName('mockllm/model')\n"
        "state = TaskState(model=name, sample_id=1, epoch=1, input=sample.input, messages=[], output=said)\n"
        "score = asyncio.run(kaoguan_rubric()(state, Target(sample.target)))\n"
        "print(score.value, len(score.metadata['verdicts']))\n"
    )
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=EXAMPLES, capture_output=True, text=True, check=False)
    points = len(next(iter(rubrics.load_bundled().values())).key_points)
    assert run.stdout.strip() == f"1.0 {points}", run.stdout + run.stderr
