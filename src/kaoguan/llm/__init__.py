"""Language models behind one port, over any OpenAI-compatible endpoint. Nothing else imports `openai`.

    model = open_model(settings, folders)
    with Loop() as loop:
        asked = loop.run(model.ask([Message(role="user", content="…")], Schema))

A call that gives nothing raises Unanswered with a Reason; a provider that cannot be used raises ProviderError.
"""

from dataclasses import replace

from kaoguan.config import Folders, Settings
from kaoguan.llm.failures import OutOfReachError, Reason, Unanswered
from kaoguan.llm.loop import Loop
from kaoguan.llm.messages import Asked, ChatModel, Message, Said
from kaoguan.models import Usage

__all__ = [
    "Asked",
    "ChatModel",
    "Loop",
    "Message",
    "OutOfReachError",
    "Reason",
    "Said",
    "Unanswered",
    "Usage",
    "open_model",
    "with_model",
]


def open_model(
    settings: Settings,
    folders: Folders,
    *,
    retries: int | None = None,
    cached: bool = True,
) -> ChatModel:
    """Return the configured model. Raises ProviderError when none is, SettingError for a broken table of prices.

    `cached`: a reply that was paid for once is not asked for again. `retries` None: the usual number.
    """
    # openai costs 0.65 s: offline commands must not pay it.
    from kaoguan.llm import opening

    model = opening.endpoint(settings, folders, retries=retries)
    return opening.cached(model, folders) if cached else model


def with_model(settings: Settings) -> Settings:
    """Return the settings as an endpoint can take them, with the model's name, which may mean asking for it.

    Raises ProviderError, SettingError.
    """
    from kaoguan.llm.addresses import checked
    from kaoguan.llm.opening import chosen_model

    settings = checked(settings)
    return replace(settings, model=chosen_model(settings))
