"""Options and arguments that several commands share, each with one meaning and one help text."""

from pathlib import Path
from typing import Annotated, Literal

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Everything = Annotated[bool, typer.Option("--all", help="Not only the first ones.")]
RubricsFolder = Annotated[
    Path | None,
    typer.Option(
        "--rubrics", metavar="DIR", help="A folder of rubric files (default: the ones that came with kaoguan)."
    ),
]

SessionArgument = Annotated[str | None, typer.Argument(metavar="[ID]", help="A session, or the beginning of its id.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

# --- who rules -------------------------------------------------------------------------------------------------------

JudgeOption = Annotated[
    Literal["auto", "offline", "llm", "hybrid"] | None,
    typer.Option("--judge", help="Who rules (default: your setting, else auto: hybrid with an endpoint, or offline)."),
]
EmbedderOption = Annotated[
    str | None,
    typer.Option("--embedder", metavar="NAME", help="bundled, or a model of your own: see kaoguan embedders."),
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="The language model (default: your setting).")
]
CallsOption = Annotated[
    Literal["per-answer", "per-point"],
    typer.Option("--calls", help="Ask the language model once for an answer, or once for each key point."),
]
LLMWhenOption = Annotated[
    Literal["always", "uncertain"],
    typer.Option("--llm-when", help="uncertain: ask only about key points of which the offline judge is not sure."),
]

# --- where the work is done ------------------------------------------------------------------------------------------

EngineOption = Annotated[
    Literal["local", "openai-batch", "ray"],
    typer.Option("--engine", help="This machine; the provider's batches (half price); a Ray cluster."),
]
ConcurrencyOption = Annotated[
    int | None,
    typer.Option(
        "--concurrency",
        metavar="N",
        min=1,
        max=2000,
        help="Requests under way at once, at most (default: 32; on your own network as many as turn out to help).",
    ),
]
RayAddressOption = Annotated[
    str | None, typer.Option("--ray-address", metavar="HOST:PORT", help="The Ray cluster (default: this machine).")
]
MaxCostOption = Annotated[
    float | None, typer.Option("--max-cost", metavar="DOLLARS", min=0, help="Stop before more than this is spent.")
]
RequestsOption = Annotated[
    int | None, typer.Option("--requests-per-minute", metavar="N", min=1, help="The provider's limit.")
]
TokensOption = Annotated[
    int | None, typer.Option("--tokens-per-minute", metavar="N", min=1, help="The provider's limit.")
]
