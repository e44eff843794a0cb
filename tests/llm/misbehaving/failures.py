"""Pages, redirects and proxies; accounts, keys, models; one answer that is turned away; too often."""

import json
import time
from email.utils import formatdate

from .cases import ECHO, FIVE, LATER, MODEL, MONEY, TALK, offline_scores
from .expect import (
    all_of,
    asked_at_most,
    at_once,
    ended,
    fine,
    graded,
    interview_scored,
    kept_offline,
    no_controls,
    none_longer,
    quotes,
    readable_or_named,
    same_requests,
    says,
)
from .fake import Raw, completion, error
from .variant import BASE, graded_as, said, variant

# --- pages, redirects and proxies ------------------------------------------------------------------------------------

PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>%s</form></body></html>"
NAMED_BASE = all_of(ended({2, 3}), says("|".join(BASE), "which setting"), asked_at_most(12))
variant(
    "page_login",
    "a login page with status 200 (a hotel, a firm's gateway)",
    lambda c: Raw(200, PAGE % b"password", "text/html"),
    NAMED_BASE,
)
variant(
    "page_root",
    "the front page of a web service",
    lambda c: Raw(200, b"\n<html lang=zh>\xe6\xac\xa2\xe8\xbf\x8e</html>", "text/html"),
    NAMED_BASE,
)
variant(
    "page_words",
    "plain words with status 200 (Ollama's root)",
    lambda c: Raw(200, b"Ollama is running", "text/plain"),
    all_of(ended({3, 4}), readable_or_named),
    limit=60,
)
variant("nothing_204", "204 and nothing", lambda c: Raw(204, b""), ended({3, 4}), limit=60)
variant("nothing_200", "200 and nothing", lambda c: Raw(200, b""), ended({3, 4}), limit=60)
variant(
    "page_404",
    "404 as nginx says it",
    lambda c: Raw(404, b"<html><h1>404 Not Found</h1>nginx</html>", "text/html"),
    NAMED_BASE,
)
variant("page_404_words", "404 as Go says it", lambda c: Raw(404, b"404 page not found\n", "text/plain"), NAMED_BASE)
variant("route_404", "404 as FastAPI says it", lambda c: Raw(404, {"detail": "Not Found"}), NAMED_BASE)
variant("method_405", "405", lambda c: Raw(405, {"detail": "Method Not Allowed"}), NAMED_BASE)
variant(
    "page_403",
    "a firewall's page",
    lambda c: Raw(403, b"<html>Access denied. error code: 1020</html>", "text/html"),
    NAMED_BASE,
)
variant("words_403", "a firewall's words", lambda c: Raw(403, b"error code: 1010", "text/plain"), ended({3}))
variant(
    "page_401",
    "a gateway that wants a login",
    lambda c: Raw(401, b"<html>Authorization Required</html>", "text/html"),
    all_of(ended({3}), says("OPENAI_API_KEY", "the key")),
)
variant(
    "page_407",
    "a proxy that wants a login",
    lambda c: Raw(407, b"<html>Proxy Authentication Required</html>", "text/html"),
    all_of(ended({2, 3}), says("proxy", "the proxy"), asked_at_most(12)),
)
variant(
    "moved_elsewhere",
    "301 to another host",
    lambda c: Raw(301, b"", headers={"Location": "https://elsewhere.invalid/v1/chat/completions"}),
    NAMED_BASE,
)
variant(
    "moved_to_login",
    "302 to a login page",
    lambda c: (
        Raw(302, b"", headers={"Location": "/login?next=%2Fv1"})
        if "login" not in c.path
        else Raw(200, PAGE % b"", "text/html")
    ),
    NAMED_BASE,
)
variant(
    "moved_308",
    "308 on the same host",
    lambda c: (
        completion(c.words())
        if c.path.startswith("/v1/openai/")
        else Raw(308, b"", headers={"Location": "/v1/openai/chat/completions"})
    ),
    fine,
)
variant(
    "moved_307",
    "307 to a path with a slash at its end",
    lambda c: completion(c.words()) if c.path.endswith("/") else Raw(307, b"", headers={"Location": c.path + "/"}),
    fine,
)
variant(
    "moved_round",
    "a redirect in a circle",
    lambda c: Raw(307, b"", headers={"Location": "/a" if c.path == "/b" else "/b"}),
    NAMED_BASE,
)
variant("moved_nowhere", "302 without a place", lambda c: Raw(302, b""), all_of(ended({2, 3}), asked_at_most(12)))
for status in (408, 425, 499, 500, 502, 503, 504, 520, 522, 524, 529, 530):
    variant(
        f"once_{status}",
        "a page of a proxy or a CDN, once for each answer",
        lambda c, status=status: (
            Raw(status, b"<html>oops</html>", "text/html")
            if c.kind == "grade" and c.again == 1
            else completion(c.words())
        ),
        fine,
        limit=60,
    )
variant(
    "page_413",
    "413 as nginx says it, for one answer",
    lambda c: (
        Raw(413, b"<html>413 Request Entity Too Large</html>", "text/html")
        if c.answer == "a3"
        else completion(c.words())
    ),
    all_of(ended({4}), graded("a3")),
    ids=FIVE,
)
variant(
    "loading",
    "503 while the model is loading (llama.cpp), for two seconds",
    lambda c: (
        completion(c.words())
        if time.monotonic() - c.server.start > 2
        else Raw(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}})
    ),
    fine,
    limit=60,
)
variant(
    "loading_hf",
    "503 with an estimated time (Hugging Face)",
    lambda c: (
        Raw(503, {"error": "Model m1 is currently loading", "estimated_time": 1.5})
        if c.n < 3
        else completion(c.words())
    ),
    fine,
    limit=60,
)

# --- accounts, keys, models ------------------------------------------------------------------------------------------

MONEYLESS = {
    "deepseek": (
        402,
        {
            "error": {
                "message": "the purse is empty",
                "type": "unknown_error",
                "param": None,
                "code": "invalid_request_error",
            }
        },
    ),
    "moonshot": (429, {"error": {"message": "the purse is empty", "type": "exceeded_current_quota_error"}}),
    "minimax": (200, {"base_resp": {"status_code": 1008, "status_msg": "the purse is empty"}, "choices": None}),
    "volcengine": (
        403,
        {"error": {"code": "AccountOverdueError", "message": "the purse is empty", "param": "", "type": "Forbidden"}},
    ),
    "one_api": (
        403,
        {"error": {"code": "insufficient_user_quota", "message": "the purse is empty", "type": "one_api_error"}},
    ),
    "new_api": (
        403,
        {"error": {"code": "pre_consume_token_quota_failed", "message": "the purse is empty", "type": "new_api_error"}},
    ),
    "hunyuan": (
        400,
        {
            "error": {
                "code": "FailedOperation.ResourcePackExhausted",
                "message": "the purse is empty",
                "type": "runtime_error",
            }
        },
    ),
    "hunyuan_unpaid": (400, {"error": {"code": "FailedOperation.ServiceStopArrears", "message": "the purse is empty"}}),
    "anthropic": (400, {"type": "error", "error": {"type": "billing_error", "message": "the purse is empty"}}),
    "openai_hard_limit": (
        400,
        {
            "error": {
                "code": "billing_hard_limit_reached",
                "message": "the purse is empty",
                "type": "invalid_request_error",
            }
        },
    ),
    "openai_inactive": (
        429,
        {"error": {"code": "billing_not_active", "message": "the purse is empty", "type": "billing_not_active"}},
    ),
    "perplexity": (401, {"error": {"message": "the purse is empty", "type": "insufficient_quota", "code": 401}}),
    "code_number": (403, {"code": 30001, "message": "the purse is empty", "data": None}),
    "error_200": (200, {"error": {"code": "insufficient_quota", "message": "the purse is empty"}}),
    "listed": (429, [{"error": {"code": "InsufficientBalance", "message": "the purse is empty"}}]),
    "wrapped": (
        500,
        {
            "error": {
                "message": '{"error": {"code": "1113", "message": "the purse is empty"}}',
                "type": "upstream_error",
                "code": "bad_response_status_code",
            }
        },
    ),
    "raw": (
        429,
        {
            "error": {
                "message": "Provider returned error",
                "code": 429,
                "metadata": {"raw": '{"error": {"code": "insufficient_quota", "message": "the purse is empty"}}'},
            }
        },
    ),
}
for name, (status, body) in MONEYLESS.items():
    variant(
        f"money_{name}",
        "no money, as another vendor says it",
        lambda c, s=status, b=body: Raw(s, b),
        at_once("the purse is empty", MONEY, "money"),
        ids=FIVE,
        limit=30,
    )

KEYLESS = {
    "openai": (401, {"error": {"message": "who are you", "type": "invalid_request_error", "code": "invalid_api_key"}}),
    "azure": (401, {"statusCode": 401, "message": "who are you"}),
    "mistral": (401, {"detail": "who are you"}),
    "gemini": (
        400,
        [
            {
                "error": {
                    "code": 400,
                    "message": "who are you",
                    "status": "INVALID_ARGUMENT",
                    "details": [{"@type": "…ErrorInfo", "reason": "API_KEY_INVALID"}],
                }
            }
        ],
    ),
    "words": (401, b"who are you"),
    "string": (401, {"error": "who are you"}),
    "dashscope": (401, {"code": "InvalidApiKey", "message": "who are you", "request_id": "1"}),
    "glm": (401, {"error": {"code": "1002", "message": "who are you"}}),
    "minimax": (200, {"base_resp": {"status_code": 1004, "status_msg": "who are you"}}),
    "aws": (403, {"__type": "UnrecognizedClientException", "message": "who are you"}),
    "expired": (400, {"error": {"code": "invalid_api_key", "message": "who are you"}}),
    "problem": (401, {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "who are you"}),
}
for name, (status, body) in KEYLESS.items():
    variant(
        f"key_{name}",
        "a key that is not taken",
        lambda c, s=status, b=body: Raw(s, b),
        at_once("who are you", "OPENAI_API_KEY", "the key"),
        ids=FIVE,
        limit=30,
    )

MODELLESS = {
    "openai": (
        404,
        {"error": {"message": "no such thing", "type": "invalid_request_error", "code": "model_not_found"}},
    ),
    "ollama": (404, {"error": "no such thing"}),
    "vllm": (404, {"object": "error", "message": "no such thing", "type": "NotFoundError", "param": None, "code": 404}),
    "vllm_new": (404, {"error": {"message": "no such thing", "type": "NotFoundError", "param": "model", "code": 404}}),
    "azure": (404, {"error": {"code": "DeploymentNotFound", "message": "no such thing"}}),
    "new_api": (503, {"error": {"code": "model_not_found", "message": "no such thing", "type": "new_api_error"}}),
    "siliconflow": (400, {"code": 20012, "message": "no such thing", "data": None}),
    "dashscope": (
        404,
        {"error": {"code": "model_not_found", "message": "no such thing", "type": "invalid_request_error"}},
    ),
    "volcengine": (
        404,
        {"error": {"code": "InvalidEndpointOrModel.NotFound", "message": "no such thing", "type": "NotFound"}},
    ),
    "mistral": (
        400,
        {"object": "error", "message": "no such thing", "type": "invalid_model", "param": None, "code": "1500"},
    ),
    "openrouter": (400, {"error": {"message": "no such thing", "code": 400}}),
    "forbidden": (
        403,
        {"error": {"message": "no such thing", "type": "invalid_request_error", "code": "model_not_found"}},
    ),
    "lmstudio": (400, {"error": "no such thing"}),
    "param": (422, {"detail": [{"type": "value_error", "loc": ["body", "model"], "msg": "no such thing"}]}),
}
for name, (status, body) in MODELLESS.items():
    most = 30 if status == 400 else 8
    variant(
        f"model_{name}",
        "a model that is not there",
        lambda c, s=status, b=body: Raw(s, b),
        at_once("no such thing", MODEL, "the model", {2, 3}, most),
        ids=FIVE,
        limit=30,
    )
variant(
    "country",
    "a country that is not served",
    lambda c: error(403, "not from here", "unsupported_country_region_territory", "request_forbidden"),
    all_of(ended({3}), quotes("not from here"), asked_at_most(8)),
)
variant(
    "same_words",
    "the same 422 for every answer",
    lambda c: Raw(422, {"detail": "Work of this kind is off"}) if c.kind == "grade" else completion(c.words()),
    all_of(ended({3}), asked_at_most(30), quotes("Work of this kind is off")),
    ids=("many",),
)
variant(
    "same_string",
    "the same 400 as a string for every answer",
    lambda c: Raw(400, {"error": f"Work of this kind is off ({c.n})"}) if c.kind == "grade" else completion(c.words()),
    all_of(ended({3}), asked_at_most(30), quotes("Work of this kind is off")),
    ids=("many",),
)

# --- one answer that is turned away ----------------------------------------------------------------------------------

BLOCKED = {
    "azure": Raw(
        400,
        {
            "error": {
                "message": "filtered",
                "type": None,
                "param": "prompt",
                "code": "content_filter",
                "status": 400,
                "innererror": {
                    "code": "ResponsibleAIPolicyViolation",
                    "content_filter_result": {"hate": {"filtered": True}},
                },
            }
        },
    ),
    "dashscope": Raw(
        400, {"error": {"code": "data_inspection_failed", "message": "filtered", "type": "data_inspection_failed"}}
    ),
    "dashscope_native": Raw(400, {"code": "DataInspectionFailed", "message": "filtered", "request_id": "1"}),
    "volcengine": Raw(
        400, {"error": {"code": "InputTextSensitiveContentDetected", "message": "filtered", "type": "BadRequest"}}
    ),
    "volcengine_risk": Raw(400, {"error": {"code": "SensitiveContentDetected.SevereViolation", "message": "filtered"}}),
    "minimax": Raw(
        200, {"base_resp": {"status_code": 1026, "status_msg": "filtered"}, "input_sensitive": True, "choices": None}
    ),
    "minimax_output": Raw(
        200, completion("", base_resp={"status_code": 1027, "status_msg": "filtered"}, output_sensitive=True)
    ),
    "moonshot": Raw(400, {"error": {"message": "filtered", "type": "content_filter"}}),
    "spark": Raw(200, {"code": 10013, "message": "filtered", "sid": "1"}),
    "hunyuan": Raw(400, {"error": {"code": "FailedOperation.TextModerationBlocked", "message": "filtered"}}),
    "openai": Raw(
        400,
        {
            "error": {
                "message": "filtered",
                "type": "invalid_request_error",
                "param": None,
                "code": "content_policy_violation",
            }
        },
    ),
    "openai_prompt": Raw(
        400,
        {"error": {"message": "filtered", "type": "invalid_request_error", "param": None, "code": "invalid_prompt"}},
    ),
    "http_451": Raw(451, {"error": {"message": "filtered"}}),
    "gemini": Raw(
        200, {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9}}
    ),
    "gemini_finish": Raw(200, {"candidates": [{"finishReason": "SAFETY", "index": 0}]}),
    "anthropic": Raw(200, {"type": "message", "content": [], "stop_reason": "refusal", "usage": {}}),
    "finish": Raw(200, completion(None, finish="content_filter")),
    "finish_sensitive": Raw(200, completion("", finish="sensitive")),
    "refusal": Raw(200, said({"content": None, "refusal": "我不能帮这个忙"})),
    "refusal_part": Raw(200, said({"content": [{"type": "refusal", "refusal": "我不能帮这个忙"}]})),
    "apology": Raw(200, completion("很抱歉，我不能协助处理这一内容。")),
    "guardrail": Raw(
        200,
        {
            "output": {"message": {"role": "assistant", "content": [{"text": "blocked"}]}},
            "stopReason": "guardrail_intervened",
        },
    ),
    "too_long": Raw(
        400,
        {
            "error": {
                "message": "too much",
                "type": "invalid_request_error",
                "param": "messages",
                "code": "context_length_exceeded",
            }
        },
    ),
    "too_long_llama": Raw(
        400,
        {
            "error": {
                "code": 400,
                "message": "too much",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": 9000,
                "n_ctx": 4096,
            }
        },
    ),
    "too_long_groq": Raw(413, {"error": {"message": "too much", "type": "tokens", "code": "rate_limit_exceeded"}}),
    "too_long_dashscope": Raw(
        400,
        {"error": {"code": "InvalidParameter", "message": "Range of input length should be [1, 4096]", "param": None}},
    ),
    "too_long_anthropic": Raw(413, {"type": "error", "error": {"type": "request_too_large", "message": "too much"}}),
    "too_long_tgi": Raw(422, {"error": "Input validation error: too much", "error_type": "validation"}),
}
for name, reply in BLOCKED.items():
    variant(
        f"one_{name}",
        "one answer of five is turned away",
        lambda c, reply=reply: reply if c.answer == "a3" else completion(c.words()),
        all_of(ended({4}), graded("a3"), same_requests("a3")),
        ids=FIVE,
        more=("--concurrency", "1"),
    )
ECHOES = {
    "param": lambda words: {"error": {"message": words, "param": words[:60], "code": "content_blocked"}},
    "detail": lambda words: {"detail": [{"loc": ["body", "messages", 1, "content"], "msg": words, "input": words}]},
    "string": lambda words: {"error": words},
    "json": lambda words: {"error": {"message": json.dumps({"error": {"code": "content_blocked", "message": words}})}},
}
for name, make in ECHOES.items():
    variant(
        f"echo_{name}",
        "an error that repeats the answer",
        lambda c, make=make: Raw(400, make(c.server.answers["e1"])) if c.answer == "e1" else completion(c.words()),
        all_of(ended({4}), graded("e1"), same_requests("e1")),
        ids=ECHO,
        more=("--concurrency", "1"),
    )

# --- too often -------------------------------------------------------------------------------------------------------

DAY = {"error": {"message": "Too many requests today", "code": 429}}
SOON = {
    "milliseconds": {"retry-after-ms": "700"},
    "fraction": {"Retry-After": "0.7"},
    "zero": {"Retry-After": "0"},
    "negative": {"Retry-After": "-5"},
    "words": {"Retry-After": "soon"},
    "duration": {"x-ratelimit-reset-requests": "700ms"},
    "duration_tokens": {"x-ratelimit-reset-tokens": "1.2s", "x-ratelimit-remaining-tokens": "0"},
    "none": {},
}
for name, headers in SOON.items():
    variant(
        f"wait_{name}",
        "429 once for each answer",
        lambda c, h=headers: (
            Raw(429, {"error": {"message": "slower", "code": "rate_limit_exceeded"}}, headers=h)
            if c.kind == "grade" and c.again == 1
            else completion(c.words())
        ),
        fine,
        limit=60,
    )
variant(
    "wait_date",
    "429 with a date in two seconds",
    lambda c: (
        Raw(429, DAY, headers={"Retry-After": formatdate(time.time() + 2, usegmt=True)})
        if c.kind == "grade" and c.again == 1
        else completion(c.words())
    ),
    fine,
    limit=60,
)
variant(
    "wait_gemini",
    "429 with RetryInfo",
    lambda c: (
        Raw(
            429,
            [
                {
                    "error": {
                        "code": 429,
                        "status": "RESOURCE_EXHAUSTED",
                        "message": "slower",
                        "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"}],
                    }
                }
            ],
        )
        if c.kind == "grade" and c.again == 1
        else completion(c.words())
    ),
    fine,
    limit=60,
)
LONG = {
    "date": lambda: Raw(429, DAY, headers={"Retry-After": formatdate(time.time() + 86_400, usegmt=True)}),
    "milliseconds": lambda: Raw(429, DAY, headers={"retry-after-ms": "7200000"}),
    "hour": lambda: Raw(429, DAY, headers={"Retry-After": "3600"}),
    "on_503": lambda: Raw(503, DAY, headers={"Retry-After": "7200"}),
    "epoch": lambda: Raw(
        429, DAY, headers={"X-RateLimit-Reset": f"{(time.time() + 40_000) * 1000:.0f}", "X-RateLimit-Remaining": "0"}
    ),
    "epoch_seconds": lambda: Raw(
        429, DAY, headers={"X-RateLimit-Reset": f"{time.time() + 40_000:.0f}", "X-RateLimit-Remaining": "0"}
    ),
    "openrouter": lambda: Raw(
        429,
        {
            "error": {
                "message": "Too many requests today",
                "code": 429,
                "metadata": {
                    "headers": {
                        "X-RateLimit-Limit": "50",
                        "X-RateLimit-Remaining": "0",
                        "X-RateLimit-Reset": f"{(time.time() + 40_000) * 1000:.0f}",
                    }
                },
            }
        },
    ),
    "groq": lambda: Raw(429, DAY, headers={"retry-after": "5400", "x-ratelimit-reset-requests": "1h30m0s"}),
    "duration": lambda: Raw(
        429, DAY, headers={"x-ratelimit-reset-requests": "2h0m0s", "x-ratelimit-remaining-requests": "0"}
    ),
    "anthropic": lambda: Raw(
        429,
        DAY,
        headers={
            "anthropic-ratelimit-requests-reset": time.strftime(
                "%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 40_000)
            ),
            "anthropic-ratelimit-requests-remaining": "0",
        },
    ),
    "gemini": lambda: Raw(
        429,
        [
            {
                "error": {
                    "code": 429,
                    "status": "RESOURCE_EXHAUSTED",
                    "message": "Too many requests today",
                    "details": [{"@type": "…RetryInfo", "retryDelay": "39040s"}],
                }
            }
        ],
    ),
    "error_200": lambda: Raw(200, DAY, headers={"Retry-After": "86400"}),
}
for name, reply in LONG.items():
    variant(
        f"later_{name}",
        "come back much later",
        graded_as(lambda c, reply=reply: reply()),
        all_of(ended({3, 4}), says(LATER, "when to come back")),
        limit=30,
    )
LATER_CODES = {"glm_1308": ("1308", 429), "glm_1304": ("1304", 429), "baidu": (17, 200)}
for name, (code, status) in LATER_CODES.items():
    body = (
        {"error_code": code, "error_msg": "today is over"}
        if status == 200
        else {"error": {"code": code, "message": "today is over"}}
    )
    variant(
        f"later_{name}",
        "the day's share is used up, by its code",
        lambda c, b=body, s=status: Raw(s, b),
        all_of(ended({3}), asked_at_most(8), quotes("today is over"), says(LATER, "when")),
        ids=FIVE,
        limit=30,
    )
variant(
    "slow_body",
    "a body that trickles, byte by byte; KAOGUAN_TIMEOUT=3",
    graded_as(lambda c: c.drip([b"{"] + [b" "] * 90, 0.3)),
    all_of(ended({3, 4}), none_longer(6)),
    env={"KAOGUAN_TIMEOUT": "3"},
    limit=60,
    ids=("a1",),
)

# --- the hybrid judge and the interview ------------------------------------------------------------------------------

PAGES = {
    "login": Raw(200, PAGE % b"", "text/html"),
    "401": error(401, "who are you", "invalid_api_key"),
    "404": Raw(404, b"404 page not found", "text/plain"),
    "429": Raw(429, DAY, headers={"Retry-After": "86400"}),
    "empty": Raw(200, b""),
    "null": Raw(200, b"null"),
    "refusal": Raw(200, completion(None, finish="content_filter")),
    "money": Raw(429, {"error": {"code": "1113", "message": "没钱了"}}),
    "strange_words": Raw(400, {"error": {"message": "\x1b[31m红\x00 \ud83d", "code": "x\x1b"}}),
}
for name, reply in PAGES.items():
    variant(
        f"hybrid_{name}",
        "the hybrid, where the model fails",
        graded_as(lambda c, reply=reply: reply),
        all_of(ended({0, 3}), kept_offline(offline_scores), no_controls),
        judge="hybrid",
        ids=FIVE,
        limit=90,
    )
    for judge in ("hybrid", "llm"):
        variant(
            f"interview_{judge}_{name}",
            "an interview whose model fails",
            lambda c, reply=reply: reply,
            all_of(ended({0}), interview_scored, no_controls),
            judge=judge,
            more=("--json",),
            say=TALK,
            limit=90,
        )


def crowded(call):
    """Refuse whoever comes while another is worked for."""
    if call.kind != "grade":
        return completion(call.words())
    if not call.server.slot.acquire(blocking=False):
        return Raw(call.server.busy, {"error": {"message": "one at a time", "code": call.server.busy}})
    try:
        time.sleep(0.3)
    finally:
        call.server.slot.release()
    return completion(call.words())


def busy(status):
    def mode(call):
        call.server.busy = status
        return crowded(call)

    return mode


for status in (429, 503):
    variant(
        f"crowded_{status}",
        "a server that refuses a second request",
        busy(status),
        fine,
        ids=(*FIVE, "e1"),
        limit=90,
        more=("--concurrency", "4"),
    )
