"""From names and settings to judges: what `Grader.offline`, `llm` and `hybrid` open."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kaoguan import config
from kaoguan.config import Folders, Settings

if TYPE_CHECKING:
    from kaoguan.embeddings import Embedder
    from kaoguan.grading.llm import LLMJudge
    from kaoguan.grading.offline import OfflineJudge


def offline_judge(embedder: "str | Embedder", settings: Settings, folders: Folders) -> "OfflineJudge":
    """Return the bundled judge, with the user's own model beside it where one is named.

    Raises CalibrationError where nothing was fitted for it, SettingError where it is not here, ProviderError.
    """
    # numpy and a model library: only those who grade offline pay for them.
    from kaoguan import embeddings
    from kaoguan.grading.offline import OfflineJudge

    if embedder == "bundled":
        return OfflineJudge(embeddings.load("bundled", settings, folders))
    from kaoguan.grading.offline import fitted
    from kaoguan.grading.offline.own_models import opened
    from kaoguan.grading.offline.second import SecondOpinion

    # What is missing is said before a model library is imported.
    fit = fitted.read(folders.judges, embedder if isinstance(embedder, str) else embedder.id)
    model = opened(embedder, settings, folders)
    bundled = embeddings.load("bundled", settings, folders)
    fit.check(model.id, OfflineJudge(bundled).fingerprints)
    return OfflineJudge(bundled, second=SecondOpinion(model, fit.joining.map(), fit.fingerprint))


def configured(settings: Settings | None, folders: Folders | None, **chosen: str | None) -> tuple[Settings, Folders]:
    """Return settings and folders, those of this user where none are given, with what was chosen by name."""
    settings = settings or config.load()
    named = {name: value for name, value in chosen.items() if value is not None}
    return replace(settings, **named), folders or config.folders()  # type: ignore[arg-type]


def llm_judge(settings: Settings, folders: Folders) -> "LLMJudge":
    """Return a judge that asks the configured language model. Raises ProviderError, SettingError."""
    # openai costs 0.65 s: offline grading must not pay it.
    from kaoguan import llm
    from kaoguan.grading.llm import LLMJudge

    return LLMJudge(llm.open_model(llm.with_model(settings), folders), own=folders.prompts)
