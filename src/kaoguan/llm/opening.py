"""From settings to a model: which one, at what price, with what memory."""

import openai

from kaoguan import prompts
from kaoguan.config import Folders, Settings
from kaoguan.errors import ProviderError
from kaoguan.llm import client
from kaoguan.llm.abilities import Remembered
from kaoguan.llm.addresses import checked
from kaoguan.llm.cache import Cached
from kaoguan.llm.connection import Connection
from kaoguan.llm.endpoint import Bounds, EndpointModel, Way
from kaoguan.llm.messages import ChatModel, Located
from kaoguan.llm.prices import price

# Where no base URL is set, the endpoint is OpenAI's, and this is a model there that is cheap and good enough.
_DEFAULT_MODEL = "gpt-4.1-mini"
_NAMES_SHOWN = 8


def cached(model: Located, folders: Folders) -> ChatModel:
    """Return the model with a memory: a reply that was paid for once is not asked for again."""
    return Cached(model, folders.cache / "replies.db")


def endpoint(
    settings: Settings,
    folders: Folders,
    *,
    retries: int | None = None,
    through: Way | None = None,
    share: float = 1.0,
) -> EndpointModel:
    """Return the configured model without the cache; `through` another way, at a share of the price.

    Raises ProviderError, SettingError.
    """
    settings = checked(settings)
    connection = through or Connection(settings)
    name = chosen_model(settings)
    paid = price(name, connection.base_url, folders.prices)
    return EndpointModel(
        connection,
        name,
        prompts.load("llm", settings.screen, own=folders.prompts),
        bounds=Bounds(settings.max_tokens, settings.timeout, client.RETRIES if retries is None else retries),
        price=paid.times(share) if paid else None,
        remembered=Remembered(folders.cache / "endpoints.json"),
        key=settings.api_key or "",
    )


def chosen_model(settings: Settings) -> str:
    """Return the configured model's name, or that of an endpoint's only one (llama.cpp, vLLM, often Ollama).

    Raises ProviderError when there is none or a choice.
    """
    settings = checked(settings)
    if settings.model or settings.base_url is None:
        return settings.model or _DEFAULT_MODEL
    try:
        listed = client.synchronous(settings, retries=0).models.list().data
        names = [model.id for model in listed if isinstance(model.id, str) and model.id.isprintable()]
        if not names:
            raise ValueError("a list of nothing")
    except openai.AuthenticationError as error:
        raise client.translated(error, settings.base_url) from error
    except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
        what = "no model is chosen, and the endpoint does not list any"
        raise ProviderError(settings.base_url, what, "check OPENAI_BASE_URL, or set KAOGUAN_MODEL") from error
    if len(names) == 1:
        return names[0]
    some = ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")
    raise ProviderError(settings.base_url, f"serves {len(names)} models", f"set KAOGUAN_MODEL to one of: {some}")
