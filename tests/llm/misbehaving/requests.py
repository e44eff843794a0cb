"""What a request may contain, and settings as they are pasted."""

import json

from .expect import (
    fine,
    or_names,
)
from .fake import Raw, completion, error
from .server import KEY, MODES, _events
from .variant import BASE, variant

# --- what a request may contain --------------------------------------------------------------------------------------


def extra_forbidden(*loc):
    return Raw(
        422, {"detail": [{"type": "extra_forbidden", "loc": ["body", *loc], "msg": "Extra inputs are not permitted"}]}
    )


def has(*names):
    return lambda c: any(name in c.body for name in names)


def bounded(call):
    return "maxLength" in json.dumps(call.body.get("response_format") or {})


TAKEN = {
    "fastapi_format": (has("response_format"), extra_forbidden("response_format")),
    "fastapi_temperature": (has("temperature"), extra_forbidden("temperature")),
    "fastapi_limit": (has("max_tokens"), extra_forbidden("max_tokens")),
    "fastapi_role": (lambda c: "system" in c.roles, extra_forbidden("messages", 0, "role")),
    "format_unavailable": (
        lambda c: c.rung == "json_schema",
        Raw(
            400,
            {
                "error": {
                    "message": "This response_format type is unavailable now",
                    "type": "invalid_request_error",
                    "param": None,
                    "code": "invalid_request_error",
                }
            },
        ),
    ),
    "no_format": (has("response_format"), Raw(400, {"error": "unknown field"})),
    "format_501": (has("response_format"), Raw(501, {"error": {"message": "not implemented"}})),
    "format_500": (
        has("response_format"),
        Raw(500, {"error": {"code": 500, "message": "grammar", "type": "server_error"}}),
    ),
    "grammar": (
        bounded,
        Raw(400, {"error": {"code": 400, "message": "failed to parse grammar", "type": "invalid_request_error"}}),
    ),
    "grammar_500": (
        lambda c: c.kind == "grade" and bounded(c),
        Raw(500, {"error": {"code": 500, "message": "failed to parse grammar", "type": "server_error"}}),
    ),
    "schema_keyword": (bounded, error(400, "'maxLength' is not permitted", None, param="response_format")),
    "schema_complex": (
        lambda c: c.kind == "grade" and c.rung == "json_schema",
        error(400, "The schema has too many states", None),
    ),
    "o_series": (
        has("max_tokens"),
        error(400, "Use 'max_completion_tokens' instead", "unsupported_parameter", param="max_tokens"),
    ),
    "o_temperature": (has("temperature"), error(400, "Only the default (1)", "unsupported_value", param="temperature")),
    "system_500": (
        lambda c: "system" in c.roles,
        Raw(500, {"error": {"message": "jinja: System role not supported", "type": "server_error"}}),
    ),
    "system_param": (
        lambda c: "system" in c.roles,
        error(400, "no such role", "invalid_value", param="messages[0].role"),
    ),
    "limit_small": (
        lambda c: c.limit > 2048,
        Raw(400, {"error": {"message": "max_tokens is too large", "code": "1210"}}),
    ),
    "limit_param": (
        lambda c: c.limit > 1024,
        error(400, "max_tokens is too large", "invalid_value", param="max_tokens"),
    ),
    "thinking_template": (
        lambda c: (c.body.get("chat_template_kwargs") or {}).get("enable_thinking") is not False,
        Raw(400, {"error": {"message": "switch thinking off", "code": None}}),
    ),
    "thinking_type": (
        lambda c: (c.body.get("thinking") or {}).get("type") != "disabled",
        error(400, "switch thinking off", "invalid_parameter", param="thinking"),
    ),
    "effort": (
        lambda c: c.body.get("reasoning_effort") != "none",
        error(400, "set it", "invalid_value", param="reasoning_effort"),
    ),
    "tgi_limit": (
        lambda c: c.tokens + c.limit > 4096,
        Raw(
            422,
            {
                "error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096",
                "error_type": "validation",
            },
        ),
    ),
    "two_things": (has("temperature", "max_tokens"), None),
}


def taken(refuses, reply):
    def mode(call):
        if not refuses(call):
            return completion(call.words())
        if reply is not None:
            return reply
        name = next(one for one in ("temperature", "max_tokens") if one in call.body)
        return error(400, f"no {name}", "unsupported_parameter", param=name)

    return mode


for name, (refuses, reply) in TAKEN.items():
    variant(f"takes_{name}", "a request that is not taken like that", taken(refuses, reply), fine, limit=60)
variant(
    "takes_stream_param",
    "only streams, and names the parameter",
    lambda c: (
        Raw(200, _events(c.words()), "text/event-stream")
        if c.body.get("stream")
        else error(400, "set it to true", "invalid_value", param="stream")
    ),
    fine,
)

# --- settings --------------------------------------------------------------------------------------------------------

SETTINGS = {
    "key_bearer": ({"OPENAI_API_KEY": f"Bearer {KEY}"}, ("OPENAI_API_KEY",)),
    "key_two_lines": ({"OPENAI_API_KEY": f"{KEY}\n{KEY}"}, ("OPENAI_API_KEY",)),
    "key_space": ({"OPENAI_API_KEY": f"  {KEY}\t"}, ("OPENAI_API_KEY",)),
    "key_inside": ({"OPENAI_API_KEY": KEY.replace("loop", "lo op")}, ("OPENAI_API_KEY",)),
    "key_zero_width": ({"OPENAI_API_KEY": f"\u200b{KEY}"}, ("OPENAI_API_KEY",)),
    "key_bom": ({"OPENAI_API_KEY": f"\ufeff{KEY}"}, ("OPENAI_API_KEY",)),
    "key_single_quotes": ({"OPENAI_API_KEY": f"'{KEY}'"}, ("OPENAI_API_KEY",)),
    "key_assignment": ({"OPENAI_API_KEY": f"OPENAI_API_KEY={KEY}"}, ("OPENAI_API_KEY",)),
    "key_wide_bar": ({"OPENAI_API_KEY": KEY.replace("-", "－")}, ("OPENAI_API_KEY",)),
    "base_no_scheme": ({"OPENAI_BASE_URL": "127.0.0.1:{port}/v1"}, BASE),
    "base_localhost": ({"OPENAI_BASE_URL": "localhost:{port}/v1"}, BASE),
    "base_bad_scheme": ({"OPENAI_BASE_URL": "htp://127.0.0.1:{port}/v1"}, BASE),
    "base_wide_colon": ({"OPENAI_BASE_URL": "http：//127.0.0.1:{port}/v1"}, BASE),
    "base_backslash": ({"OPENAI_BASE_URL": "http:\\\\127.0.0.1:{port}\\v1"}, BASE),
    "base_quotes": ({"OPENAI_BASE_URL": '"http://127.0.0.1:{port}/v1"'}, BASE),
    "base_slashes": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}//v1//"}, BASE),
    "base_fragment": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1#top"}, BASE),
    "base_inside": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/ v1"}, BASE),
    "base_two": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1 http://x/v1"}, BASE),
    "base_zero_width": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1\u200b"}, BASE),
    "base_no_version": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/"}, BASE),
    "base_port_large": ({"OPENAI_BASE_URL": "http://127.0.0.1:99999/v1"}, BASE),
    "base_tls": ({"OPENAI_BASE_URL": "https://127.0.0.1:{port}/v1"}, BASE),
    "base_models": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1/models"}, BASE),
    "base_responses": ({"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1/responses"}, BASE),
    "base_capitals": ({"OPENAI_BASE_URL": "HTTP://127.0.0.1:{port}/v1"}, BASE),
    "model_quotes": ({"KAOGUAN_MODEL": "“m1”"}, ("KAOGUAN_MODEL",)),
    "model_bell": ({"KAOGUAN_MODEL": "m1\x07"}, ("KAOGUAN_MODEL",)),
    "model_wrong": ({"KAOGUAN_MODEL": "m 1"}, ("KAOGUAN_MODEL",)),
    "proxy_socks5": ({"all_proxy": "socks5h://127.0.0.1:9"}, ("all_proxy",)),
    "proxy_nonsense": ({"https_proxy": "::::", "http_proxy": "::::"}, ("proxy",)),
    "cert_dir": ({"SSL_CERT_DIR": "{folder}/gone"}, ("SSL_CERT_DIR",)),
    "ca_bundle": ({"REQUESTS_CA_BUNDLE": "{folder}/gone.pem", "CURL_CA_BUNDLE": "{folder}/gone.pem"}, ("CA_BUNDLE",)),
    "organisation": ({"OPENAI_ORG_ID": "org\n1", "OPENAI_PROJECT_ID": "项目"}, ("OPENAI_ORG_ID", "OPENAI_PROJECT")),
}
for name, (env, words) in SETTINGS.items():
    variant(
        f"set_{name}",
        "a setting as it is pasted",
        MODES["key_checked"],
        or_names(*words, codes={2, 3}),
        env=env,
        ids=("a1",),
    )
variant(
    "set_base_login",
    "a base URL with name and password",
    lambda c: completion(c.words()) if c.headers.get("Authorization") == "Basic bWU6YSBi" else Raw(401, b""),
    fine,
    env={"OPENAI_BASE_URL": "http://me:a%20b@127.0.0.1:{port}/v1"},
    ids=("a1",),
)
