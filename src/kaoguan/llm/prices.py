"""The price of tokens: the user's own table, then ours, then that of the library genai-prices.

Ours stays before the library's: for deepseek the library (0.2.3) has 1.10 and 2.19 dollars a million tokens where 0.42
are asked since September 2025. For the OpenAI models of our table both say the same.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from kaoguan.errors import SettingError
from kaoguan.models import Model, Usage

_SHIPPED = Path(__file__).with_name("prices.yaml")
_MILLION = 1_000_000


class Price(Model):
    """US dollars for a million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def times(self, share: float) -> "Price":
        """Return a share of this price."""
        cached = None if self.cached is None else self.cached * share
        return Price(input=self.input * share, output=self.output * share, cached=cached)

    def of(self, usage: Usage) -> float:
        """Return the cost of this usage in dollars."""
        cached = self.input if self.cached is None else self.cached
        fresh = usage.prompt_tokens - usage.cached_tokens
        return (fresh * self.input + usage.cached_tokens * cached + usage.completion_tokens * self.output) / _MILLION


FREE = Price(input=0, output=0)


def price(model: str, base_url: str, own: Path | None = None) -> Price | None:
    """Return the price of `model`; None when no table has it. Raises SettingError for a broken table."""
    if own and (mine := _find(model, _read(own))):
        return mine
    if _local(base_url):
        return FREE
    return _find(model, _read(_SHIPPED)) or _of_library(model)


def _of_library(model: str) -> Price | None:
    from genai_prices import Usage as Tokens  # 0.03 s beside openai, and only for models that are not in our table
    from genai_prices import calc_price

    try:
        found = calc_price(Tokens(input_tokens=0), model_ref=model).model_price
    except LookupError:
        return None
    # Of prices that rise with the length of the prompt, the first: ours are shorter than any such bound.
    input_, output, cached = map(_base, (found.input_mtok, found.output_mtok, found.cache_read_mtok))
    return None if input_ is None or output is None else Price(input=input_, output=output, cached=cached)


def _base(price: Any) -> float | None:
    return None if price is None else float(getattr(price, "base", price))


def _find(model: str, table: Mapping[str, Price]) -> Price | None:
    # The longest name first: gpt-4.1-mini is no gpt-4.1.
    names = sorted(table, key=len, reverse=True)
    dated = (name for name in names if model == name or model.startswith((f"{name}-", f"{name}:", f"{name}@")))
    found = next(dated, None)
    return table[found] if found else None


def _local(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return host in {"localhost", "::1", "0.0.0.0"} or host.startswith("127.")  # noqa: S104 - compared, not bound


def _read(path: Path) -> Mapping[str, Price]:
    try:
        return TypeAdapter(dict[str, Price]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        mend = "write lines like `my-model: {input: 0.5, output: 1.5}` (dollars for a million tokens)"
        raise SettingError(str(path), f"is no table of prices ({str(error).splitlines()[0]})", mend) from error
