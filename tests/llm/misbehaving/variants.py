"""All variants, and which of them failed when they were first tried."""

from . import failures, requests, shapes
from .variant import VARIANTS

__all__ = ["ONCE_FAILED", "VARIANTS", "failures", "requests", "shapes"]

# Those that failed when they were first tried.
ONCE_FAILED = frozenset(
    [
        "bytes_utf16",
        "later_duration",
        "later_epoch",
        "later_gemini",
        "later_milliseconds",
        "later_openrouter",
        "loose_booleans",
        "loose_credits",
        "loose_evidence_named",
        "loose_evidence_object",
        "loose_evidence_pieces",
        "loose_explanation_number",
        "loose_explanation_object",
        "loose_involved",
        "loose_marks",
        "loose_pass",
        "loose_right",
        "loose_signs",
        "loose_told",
        "loose_traditional",
        "loose_yes",
        "model_param",
        "money_hunyuan",
        "money_new_api",
        "money_raw",
        "money_wrapped",
        "moved_elsewhere",
        "moved_nowhere",
        "moved_round",
        "one_too_long_groq",
        "page_403",
        "page_407",
        "set_base_login",
        "shape_body_as_text",
        "shape_ernie",
        "shape_gemini",
        "shape_in_a_body_list",
        "shape_responses",
        "shape_tgi",
        "shape_tgi_object",
        "shape_tool_use",
        "stream_anthropic",
        "stream_line_separator",
        "stream_two_lines",
        "takes_grammar_500",
        "takes_two_things",
    ]
)
