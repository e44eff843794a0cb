"""More of the same kinds: what other vendors, gateways and servers send where those of `cases.py` send theirs.

A mode and what is expected of it stand together.
"""

import gzip
import json
import time
from email.utils import formatdate

from .cases import ECHO, FIVE, LATER, MODEL, MONEY, Case
from .expect import (
    all_of,
    asked_at_most,
    at_once,
    ended,
    fine,
    graded,
    none_longer,
    or_names,
    quotes,
    readable_or_named,
    same_requests,
    says,
    whole_tokens,
)  # fmt: skip
from .fake import Raw, completion, error
from .server import KEY, MODES, _events

VARIANTS: list[Case] = []
BASE = ("OPENAI_BASE_URL", "base_url")
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>%s</form></body></html>"


def variant(name, real, reply, check, **more):
    """Add a case whose mode is `reply(call)`."""
    MODES[name] = reply
    VARIANTS.append(Case(name, real, "", check, **more))


def each(prefix, reply, check, real, **more):
    """Add a case for each value of a mode of (call, value)."""
    for name, value in real.items():
        variant(f"{prefix}_{name}", prefix, lambda call, value=value: reply(call, value), check, **more)


def graded_as(make):
    """Return a mode that replies well to all but answers, and with `make(call)` to those."""
    return lambda call: make(call) if call.kind == "grade" else completion(call.words())


def said(message):
    return completion("", choices=[{"index": 0, "finish_reason": "stop", "message": message}])


# --- the reply in other vendors' shapes --------------------------------------------------------------------------

TOOL = {"id": "c1", "type": "function"}
SHAPES = {
    "tool_call": lambda c: said({"content": None, "tool_calls": [TOOL | {"function": {"name": "f", "arguments": c.words()}}]}),
    "tool_object": lambda c: said({"content": "", "tool_calls": [{"function": {"name": "f", "arguments": c.reply()}}]}),
    "function_call": lambda c: said({"content": None, "function_call": {"name": "f", "arguments": c.words()}}),
    "tool_use": lambda c: said({"content": [{"type": "tool_use", "name": "f", "input": c.reply()}]}),
    "nested_parts": lambda c: said({"content": [[{"type": "text", "text": c.words()}]]}),
    "pieces": lambda c: said({"content": [c.words()[:20], {"type": "text", "text": c.words()[20:]}]}),
    "part_alone": lambda c: said({"content": {"type": "text", "text": c.words()}}),
    "text_value": lambda c: said({"content": [{"type": "text", "text": {"value": c.words(), "annotations": []}}]}),
    "twice_encoded": lambda c: completion(json.dumps(c.words())),
    "in_a_list": lambda c: completion(f"[{c.words()}]"),
    "wrapped": lambda c: completion(json.dumps({"response": c.reply()}, ensure_ascii=False)),
    "finish_null": lambda c: completion(c.words(), finish=None),
    "finish_eos": lambda c: completion(c.words(), finish="eos_token"),
    "finish_number": lambda c: completion(c.words(), finish=1),
    "finish_list": lambda c: completion(c.words(), finish=["stop"]),
    "finish_length_whole": lambda c: completion(c.words(), finish="length"),
    "refusal_empty": lambda c: said({"content": c.words(), "refusal": ""}),
    "gemini": lambda c: {
        "candidates": [{"content": {"parts": [{"text": "想一想 {k1}", "thought": True}, {"text": c.words()}], "role": "model"}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20},
    },
    "anthropic": lambda c: {
        "id": "msg_1", "type": "message", "role": "assistant", "stop_reason": "end_turn",
        "content": [{"type": "thinking", "thinking": "{k1}?", "signature": "s"}, {"type": "text", "text": c.words()}],
        "usage": {"input_tokens": 100, "output_tokens": 20},
    },
    "responses": lambda c: {
        "object": "response", "status": "completed", "error": None,
        "output": [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "{k1}?"}]},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": c.words(), "annotations": []}]},
        ],
        "usage": {"input_tokens": 100, "output_tokens": 20},
    },
    "bedrock": lambda c: {
        "output": {"message": {"role": "assistant", "content": [{"text": c.words()}]}},
        "stopReason": "end_turn", "usage": {"inputTokens": 100, "outputTokens": 20},
    },
    "ollama": lambda c: {
        "model": "m1", "message": {"role": "assistant", "content": c.words()}, "done": True, "done_reason": "stop",
        "prompt_eval_count": 100, "eval_count": 20,
    },
    "ollama_generate": lambda c: {"model": "m1", "response": c.words(), "done": True, "done_reason": "stop"},
    "llama_cpp": lambda c: {"content": c.words(), "stop": True, "tokens_evaluated": 100, "model": "m1"},
    "tgi": lambda c: Raw(200, [{"generated_text": c.words()}]),
    "tgi_object": lambda c: {"generated_text": c.words(), "details": {"finish_reason": "eos_token"}},
    "cohere": lambda c: {"id": "1", "finish_reason": "COMPLETE", "message": {"role": "assistant", "content": [{"type": "text", "text": c.words()}]}},
    "dashscope": lambda c: {"output": {"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": c.words()}}]}, "request_id": "1"},
    "dashscope_text": lambda c: {"output": {"text": c.words(), "finish_reason": "stop"}, "request_id": "1", "usage": {"input_tokens": 100}},
    "ernie": lambda c: {"id": "as-1", "result": c.words(), "is_truncated": False, "need_clear_history": False},
    "enveloped": lambda c: {"code": 200, "msg": "success", "success": True, "data": completion(c.words())},
    "enveloped_zero": lambda c: {"code": 0, "message": "ok", "data": completion(c.words())},
    "workers_ai": lambda c: {"success": True, "errors": [], "messages": [], "result": {"response": c.words()}},
    "in_a_body_list": lambda c: Raw(200, [completion(c.words())]),
    "body_as_text": lambda c: Raw(200, json.dumps(completion(c.words()))),
    "error_null": lambda c: completion(c.words(), error=None),
    "error_empty": lambda c: completion(c.words(), error={}),
    "base_resp_zero": lambda c: completion(c.words(), base_resp={"status_code": 0, "status_msg": ""}),
}  # fmt: skip
for name, reply in SHAPES.items():
    variant(f"shape_{name}", "another vendor's shape of a reply", reply, all_of(fine, whole_tokens))

BODIES = {
    "duplicate_keys": lambda c: b'{"choices": null, ' + json.dumps(completion(c.words())).encode()[1:],
    "nan": lambda c: json.dumps(completion(c.words(), usage={"prompt_tokens": float("nan")})).encode(),
    "huge_count": lambda c: json.dumps(completion(c.words(), usage={"prompt_tokens": 10**40})).encode(),
    "blank_lines": lambda c: b"\n \n\n" + json.dumps(completion(c.words())).encode() + b"\n\n",
    "comment_before": lambda c: b": PROCESSING\n\n: PROCESSING\n\n" + json.dumps(completion(c.words())).encode(),
    "utf16": lambda c: json.dumps(completion(c.words()), ensure_ascii=False).encode("utf-16"),
    "indented": lambda c: json.dumps(completion(c.words()), indent=2, ensure_ascii=False).encode(),
}
for name, reply in BODIES.items():
    variant(f"bytes_{name}", "JSON as bytes of another kind", lambda c, reply=reply: Raw(200, reply(c)), fine)
variant(
    "bytes_digits", "a number of 9 000 digits",
    graded_as(lambda c: Raw(200, b'{"choices": [], "n": ' + b"9" * 9000 + b"}")), readable_or_named,
)  # fmt: skip
variant("bytes_deep", "JSON a hundred thousand deep", graded_as(lambda c: Raw(200, b"[" * 100_000)), readable_or_named, limit=90)
variant(
    "bytes_gzip", "a compressed body",
    lambda c: Raw(200, gzip.compress(json.dumps(completion(c.words())).encode()), headers={"Content-Encoding": "gzip"}), fine,
)  # fmt: skip
variant(
    "bytes_gzip_lie", "a body that is called compressed and is not, once for each answer",
    lambda c: Raw(200, completion(c.words()), headers={"Content-Encoding": "gzip"} if c.kind == "grade" and c.again == 1 else {}), fine,
)  # fmt: skip
variant(
    "bytes_cut_characters", "chunks that end within a character",
    lambda c: c.drip([bytes([one]) for one in json.dumps(completion(c.words()), ensure_ascii=False).encode()[:90]], 0,
                     end=json.dumps(completion(c.words()), ensure_ascii=False).encode()[90:]), fine,
)  # fmt: skip
variant(
    "bytes_cut_body", "a body shorter than it says, once for each answer",
    lambda c: Raw(200, completion(c.words()), headers={"Content-Length": "99999", "Connection": "close"})
    if c.kind == "grade" and c.again == 1 else completion(c.words()), fine, env={"KAOGUAN_TIMEOUT": "5"},
)  # fmt: skip

# --- streams that nobody asked for -------------------------------------------------------------------------------


def chunks(text, size=40):
    return [{"choices": [{"index": 0, "delta": {"content": text[i : i + size]}}]} for i in range(0, len(text), size)]


def stream(lines, end="\n\n"):
    return Raw(200, "".join(f"{line}{end}" for line in lines).encode(), "text/event-stream")


def lines_of(call, prefix="data: "):
    return [prefix + json.dumps(one, ensure_ascii=False) for one in chunks(call.words())]


STREAMS = {
    "crlf": lambda c: stream([*lines_of(c), "data: [DONE]"], "\r\n\r\n"),
    "no_space": lambda c: stream([*lines_of(c, "data:"), "data:[DONE]"]),
    "no_done": lambda c: stream(lines_of(c)),
    "named_events": lambda c: stream([f"id: 1\nevent: message\nretry: 100\n{line}" for line in lines_of(c)]),
    "comments": lambda c: stream([": OPENROUTER PROCESSING", *lines_of(c), ": ping", "data: [DONE]"]),
    "ping_data": lambda c: stream(["data: ", *lines_of(c), "data:", "data: [DONE]"]),
    "whole": lambda c: stream(["data: " + json.dumps(completion(c.words()), ensure_ascii=False), "data: [DONE]"]),
    "usage_last": lambda c: stream([*lines_of(c), 'data: {"choices": [], "usage": {"prompt_tokens": 100}}', "data: [DONE]"]),
    "usage_null": lambda c: stream([line[:-1] + ', "usage": null}' for line in lines_of(c)] + ["data: [DONE]"]),
    "line_separator": lambda c: stream(["data: " + json.dumps(one, ensure_ascii=False) for one in chunks(c.words(explain="第一行\u2028第二行\u0085"))]),
    "two_lines": lambda c: stream(["data: " + json.dumps(one, indent=1, ensure_ascii=False).replace("\n", "\ndata: ") for one in chunks(c.words())]),
    "ollama": lambda c: Raw(200, ("".join(
        json.dumps({"message": {"role": "assistant", "content": text}, "done": False}, ensure_ascii=False) + "\n"
        for text in (c.words()[:30], c.words()[30:])) + '{"message": {"role": "assistant", "content": ""}, "done": true}\n').encode(),
        "application/x-ndjson"),
    "anthropic": lambda c: stream([
        'event: message_start\ndata: {"type": "message_start", "message": {"role": "assistant", "content": [], "usage": {"input_tokens": 9}}}',
        'event: content_block_start\ndata: {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}',
        'event: content_block_delta\ndata: ' + json.dumps({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": c.words()}}),
        'event: message_stop\ndata: {"type": "message_stop"}']),
    "mislabelled": lambda c: Raw(200, _events(c.words()), "application/json"),
    "cumulative_thought": lambda c: stream(['data: {"choices": [{"delta": {"reasoning": "先看 {k1}"}}]}', *lines_of(c), "data: [DONE]"]),
}  # fmt: skip
for name, reply in STREAMS.items():
    variant(f"stream_{name}", "events of another kind", reply, fine)
variant(
    "stream_cut", "a stream that just ends, once for each answer",
    lambda c: stream(lines_of(c)[:2]) if c.kind == "grade" and c.again == 1 else completion(c.words()), fine, limit=60,
)  # fmt: skip
variant(
    "stream_error_event", "an error event in a stream, once for each answer",
    lambda c: stream([*lines_of(c)[:2], 'event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}'])
    if c.kind == "grade" and c.again == 1 else completion(c.words()), fine, limit=60,
)  # fmt: skip

# --- what stands around and within the JSON -----------------------------------------------------------------------

AROUND = {
    "sentence": lambda text: f"以下是判定结果：\n{text}\n希望对你有帮助！",
    "fence": lambda text: f"```json\n{text}\n```",
    "fence_plain": lambda text: f"```\n{text}\n```",
    "fence_open": lambda text: f"```json\n{text}",
    "quoted_block": lambda text: f"<answer>{text}</answer>",
    "boxed": lambda text: f"\\boxed{{{text}}}",
    "json_tag": lambda text: f"<json>\n{text}\n</json>",
    "tokens": lambda text: f"{text}<|im_end|>",
    "end_of_text": lambda text: f"{text}</s>",
    "constrain": lambda text: f"<|start|>assistant<|channel|>final <|constrain|>json<|message|>{text}<|return|>",
    "reflection": lambda text: f"<reflection>看 {{k1}} 吧</reflection>\n{text}",
    "reasoning_tag": lambda text: f"<reasoning>\n{{k1: 说了}}\n</reasoning>\n\n{text}",
    "unused": lambda text: f"<unused94>thought\n先看 {{k1}}<unused95>{text}",
    "chinese_tag": lambda text: f"<思考>\n先看 {{k1}}\n</思考>\n{text}",
    "blockquote": lambda text: f"> 思考：先看 {{k1}}，再看 {{k2}}\n\n{text}",
    "think_empty": lambda text: f"<think>\n\n</think>\n\n{text}",
    "think_twice": lambda text: f"<think>{{k1}}</think>\n<think>{{k2}}</think>\n{text}",
    "think_pipe": lambda text: f"<|begin_of_thought|>看 {{k1}}<|end_of_thought|><|begin_of_solution|>{text}<|end_of_solution|>",
    "draft_in_thought": lambda text: f"<think>草稿：{text.replace('covered', 'missing')}</think>\n{text}",
    "bom": lambda text: f"\ufeff{text}",
    "zero_width": lambda text: f"\u200b{text}\u200b",
    "prefix": lambda text: f"json\n{text}",
}  # fmt: skip
for name, around in AROUND.items():
    variant(f"around_{name}", "words around the JSON", lambda c, around=around: completion(around(c.words())), fine)


def loosely(change):
    def reply(call):
        if call.rung == "json_schema":
            return error(400, "only text and json_object are known", param="response_format.type")
        if call.kind != "grade":
            return completion(call.words())
        found = call.reply()
        for ruling in found.values():
            if isinstance(ruling, dict):
                change(ruling)
        return completion(json.dumps(found, ensure_ascii=False))

    return reply


def verdicts(covered, missing):
    return lambda ruling: ruling.update(verdict=covered if ruling["verdict"] == "covered" else missing)


LOOSE = {
    "capitals": verdicts("COVERED", "MISSING"),
    "sentence": verdicts("Fully covered", "Not mentioned"),
    "hit": verdicts("命中", "未命中"),
    "told": verdicts("已说明", "没有说明"),
    "yes": verdicts("是", "否"),
    "right": verdicts("正确", "未提及"),
    "involved": verdicts("涉及", "未涉及"),
    "marks": verdicts("✓", "✗"),
    "signs": verdicts("✅", "❌"),
    "booleans": verdicts(True, False),
    "credits": verdicts(1, 0),
    "pass": verdicts("PASS", "FAIL"),
    "traditional": verdicts("已覆蓋", "遺漏"),
    "both_languages": verdicts("covered（覆盖）", "missing（缺失）"),
    "evidence_object": lambda r: r.update(evidence={"text": r["evidence"]} if r["evidence"] else {}),
    "evidence_none": lambda r: r["evidence"] or r.update(evidence="无"),
    "evidence_quoted": lambda r: r["evidence"] and r.update(evidence=f"“{r['evidence']}”"),
    "evidence_dots": lambda r: r["evidence"] and r.update(evidence=f"…{r['evidence']}…"),
    "evidence_pieces": lambda r: r["evidence"] and r.update(evidence=[r["evidence"][:4], r["evidence"][-4:]]),
    "evidence_named": lambda r: r["evidence"] and r.update(evidence=f"候选人说：“{r['evidence']}”"),
    "evidence_absent": lambda r: r["evidence"] or r.pop("evidence"),
    "explanation_list": lambda r: r.update(explanation=["一", "二"]),
    "explanation_number": lambda r: r.update(explanation=1),
    "explanation_object": lambda r: r.update(explanation={"zh": "按原话"}),
    "confidence_word": lambda r: r.update(confidence="高"),
    "confidence_null": lambda r: r.update(confidence=None),
    "confidence_ten": lambda r: r.update(confidence="9/10"),
    "confidence_absent": lambda r: r.pop("confidence"),
    "extra": lambda r: r.update(score=10, 理由="多出来的"),
}  # fmt: skip
for name, change in LOOSE.items():
    variant(f"loose_{name}", "rulings of models that no schema holds", loosely(change), fine)

# --- pages, redirects and proxies ------------------------------------------------------------------------------------

NAMED_BASE = all_of(ended({2, 3}), says("|".join(BASE), "which setting"), asked_at_most(12))
variant("page_login", "a login page with status 200 (a hotel, a firm's gateway)", lambda c: Raw(200, PAGE % b"password", "text/html"), NAMED_BASE)
variant("page_root", "the front page of a web service", lambda c: Raw(200, b"\n<html lang=zh>\xe6\xac\xa2\xe8\xbf\x8e</html>", "text/html"), NAMED_BASE)
variant("page_words", "plain words with status 200 (Ollama's root)", lambda c: Raw(200, b"Ollama is running", "text/plain"), all_of(ended({3, 4}), readable_or_named), limit=60)
variant("nothing_204", "204 and nothing", lambda c: Raw(204, b""), ended({3, 4}), limit=60)
variant("nothing_200", "200 and nothing", lambda c: Raw(200, b""), ended({3, 4}), limit=60)
variant("page_404", "404 as nginx says it", lambda c: Raw(404, b"<html><h1>404 Not Found</h1>nginx</html>", "text/html"), NAMED_BASE)
variant("page_404_words", "404 as Go says it", lambda c: Raw(404, b"404 page not found\n", "text/plain"), NAMED_BASE)
variant("route_404", "404 as FastAPI says it", lambda c: Raw(404, {"detail": "Not Found"}), NAMED_BASE)
variant("method_405", "405", lambda c: Raw(405, {"detail": "Method Not Allowed"}), NAMED_BASE)
variant("page_403", "a firewall's page", lambda c: Raw(403, b"<html>Access denied. error code: 1020</html>", "text/html"), NAMED_BASE)
variant("words_403", "a firewall's words", lambda c: Raw(403, b"error code: 1010", "text/plain"), ended({3}))
variant("page_401", "a gateway that wants a login", lambda c: Raw(401, b"<html>Authorization Required</html>", "text/html"), all_of(ended({3}), says("OPENAI_API_KEY", "the key")))
variant("page_407", "a proxy that wants a login", lambda c: Raw(407, b"<html>Proxy Authentication Required</html>", "text/html"), all_of(ended({2, 3}), says("proxy", "the proxy"), asked_at_most(12)))
variant("moved_elsewhere", "301 to another host", lambda c: Raw(301, b"", headers={"Location": "https://elsewhere.invalid/v1/chat/completions"}), NAMED_BASE)
variant("moved_to_login", "302 to a login page", lambda c: Raw(302, b"", headers={"Location": "/login?next=%2Fv1"}) if "login" not in c.path else Raw(200, PAGE % b"", "text/html"), NAMED_BASE)
variant("moved_308", "308 on the same host", lambda c: completion(c.words()) if c.path.startswith("/v1/openai/") else Raw(308, b"", headers={"Location": "/v1/openai/chat/completions"}), fine)
variant("moved_307", "307 to a path with a slash at its end", lambda c: completion(c.words()) if c.path.endswith("/") else Raw(307, b"", headers={"Location": c.path + "/"}), fine)
variant("moved_round", "a redirect in a circle", lambda c: Raw(307, b"", headers={"Location": "/a" if c.path == "/b" else "/b"}), NAMED_BASE)
variant("moved_nowhere", "302 without a place", lambda c: Raw(302, b""), all_of(ended({2, 3}), asked_at_most(12)))
for status in (408, 425, 499, 500, 502, 503, 504, 520, 522, 524, 529, 530):
    variant(
        f"once_{status}", "a page of a proxy or a CDN, once for each answer",
        lambda c, status=status: Raw(status, b"<html>oops</html>", "text/html") if c.kind == "grade" and c.again == 1 else completion(c.words()),
        fine, limit=60,
    )  # fmt: skip
variant("page_413", "413 as nginx says it, for one answer", lambda c: Raw(413, b"<html>413 Request Entity Too Large</html>", "text/html") if c.answer == "a3" else completion(c.words()),
        all_of(ended({4}), graded("a3")), ids=FIVE)  # fmt: skip
variant("loading", "503 while the model is loading (llama.cpp), for two seconds", lambda c: completion(c.words()) if time.monotonic() - c.server.start > 2
        else Raw(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}), fine, limit=60)  # fmt: skip
variant("loading_hf", "503 with an estimated time (Hugging Face)", lambda c: Raw(503, {"error": "Model m1 is currently loading", "estimated_time": 1.5}) if c.n < 3 else completion(c.words()), fine, limit=60)

# --- accounts, keys, models ------------------------------------------------------------------------------------------

MONEYLESS = {
    "deepseek": (402, {"error": {"message": "the purse is empty", "type": "unknown_error", "param": None, "code": "invalid_request_error"}}),
    "moonshot": (429, {"error": {"message": "the purse is empty", "type": "exceeded_current_quota_error"}}),
    "minimax": (200, {"base_resp": {"status_code": 1008, "status_msg": "the purse is empty"}, "choices": None}),
    "volcengine": (403, {"error": {"code": "AccountOverdueError", "message": "the purse is empty", "param": "", "type": "Forbidden"}}),
    "one_api": (403, {"error": {"code": "insufficient_user_quota", "message": "the purse is empty", "type": "one_api_error"}}),
    "new_api": (403, {"error": {"code": "pre_consume_token_quota_failed", "message": "the purse is empty", "type": "new_api_error"}}),
    "hunyuan": (400, {"error": {"code": "FailedOperation.ResourcePackExhausted", "message": "the purse is empty", "type": "runtime_error"}}),
    "hunyuan_unpaid": (400, {"error": {"code": "FailedOperation.ServiceStopArrears", "message": "the purse is empty"}}),
    "anthropic": (400, {"type": "error", "error": {"type": "billing_error", "message": "the purse is empty"}}),
    "openai_hard_limit": (400, {"error": {"code": "billing_hard_limit_reached", "message": "the purse is empty", "type": "invalid_request_error"}}),
    "openai_inactive": (429, {"error": {"code": "billing_not_active", "message": "the purse is empty", "type": "billing_not_active"}}),
    "perplexity": (401, {"error": {"message": "the purse is empty", "type": "insufficient_quota", "code": 401}}),
    "code_number": (403, {"code": 30001, "message": "the purse is empty", "data": None}),
    "error_200": (200, {"error": {"code": "insufficient_quota", "message": "the purse is empty"}}),
    "listed": (429, [{"error": {"code": "InsufficientBalance", "message": "the purse is empty"}}]),
    "wrapped": (500, {"error": {"message": '{"error": {"code": "1113", "message": "the purse is empty"}}', "type": "upstream_error", "code": "bad_response_status_code"}}),
    "raw": (429, {"error": {"message": "Provider returned error", "code": 429, "metadata": {"raw": '{"error": {"code": "insufficient_quota", "message": "the purse is empty"}}'}}}),
}  # fmt: skip
for name, (status, body) in MONEYLESS.items():
    variant(f"money_{name}", "no money, as another vendor says it", lambda c, s=status, b=body: Raw(s, b), at_once("the purse is empty", MONEY, "money"), ids=FIVE, limit=30)

KEYLESS = {
    "openai": (401, {"error": {"message": "who are you", "type": "invalid_request_error", "code": "invalid_api_key"}}),
    "azure": (401, {"statusCode": 401, "message": "who are you"}),
    "mistral": (401, {"detail": "who are you"}),
    "gemini": (400, [{"error": {"code": 400, "message": "who are you", "status": "INVALID_ARGUMENT", "details": [{"@type": "…ErrorInfo", "reason": "API_KEY_INVALID"}]}}]),
    "words": (401, b"who are you"),
    "string": (401, {"error": "who are you"}),
    "dashscope": (401, {"code": "InvalidApiKey", "message": "who are you", "request_id": "1"}),
    "glm": (401, {"error": {"code": "1002", "message": "who are you"}}),
    "minimax": (200, {"base_resp": {"status_code": 1004, "status_msg": "who are you"}}),
    "aws": (403, {"__type": "UnrecognizedClientException", "message": "who are you"}),
    "expired": (400, {"error": {"code": "invalid_api_key", "message": "who are you"}}),
    "problem": (401, {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "who are you"}),
}  # fmt: skip
for name, (status, body) in KEYLESS.items():
    variant(f"key_{name}", "a key that is not taken", lambda c, s=status, b=body: Raw(s, b), at_once("who are you", "OPENAI_API_KEY", "the key"), ids=FIVE, limit=30)

MODELLESS = {
    "openai": (404, {"error": {"message": "no such thing", "type": "invalid_request_error", "code": "model_not_found"}}),
    "ollama": (404, {"error": "no such thing"}),
    "vllm": (404, {"object": "error", "message": "no such thing", "type": "NotFoundError", "param": None, "code": 404}),
    "vllm_new": (404, {"error": {"message": "no such thing", "type": "NotFoundError", "param": "model", "code": 404}}),
    "azure": (404, {"error": {"code": "DeploymentNotFound", "message": "no such thing"}}),
    "new_api": (503, {"error": {"code": "model_not_found", "message": "no such thing", "type": "new_api_error"}}),
    "siliconflow": (400, {"code": 20012, "message": "no such thing", "data": None}),
    "dashscope": (404, {"error": {"code": "model_not_found", "message": "no such thing", "type": "invalid_request_error"}}),
    "volcengine": (404, {"error": {"code": "InvalidEndpointOrModel.NotFound", "message": "no such thing", "type": "NotFound"}}),
    "mistral": (400, {"object": "error", "message": "no such thing", "type": "invalid_model", "param": None, "code": "1500"}),
    "openrouter": (400, {"error": {"message": "no such thing", "code": 400}}),
    "forbidden": (403, {"error": {"message": "no such thing", "type": "invalid_request_error", "code": "model_not_found"}}),
    "lmstudio": (400, {"error": "no such thing"}),
    "param": (422, {"detail": [{"type": "value_error", "loc": ["body", "model"], "msg": "no such thing"}]}),
}  # fmt: skip
for name, (status, body) in MODELLESS.items():
    most = 30 if status == 400 else 8
    variant(f"model_{name}", "a model that is not there", lambda c, s=status, b=body: Raw(s, b), at_once("no such thing", MODEL, "the model", {2, 3}, most), ids=FIVE, limit=30)
variant("country", "a country that is not served", lambda c: error(403, "not from here", "unsupported_country_region_territory", "request_forbidden"), all_of(ended({3}), quotes("not from here"), asked_at_most(8)))
variant("same_words", "the same 422 for every answer", lambda c: Raw(422, {"detail": "Work of this kind is off"}) if c.kind == "grade" else completion(c.words()),
        all_of(ended({3}), asked_at_most(30), quotes("Work of this kind is off")), ids=("many",))  # fmt: skip
variant("same_string", "the same 400 as a string for every answer", lambda c: Raw(400, {"error": f"Work of this kind is off ({c.n})"}) if c.kind == "grade" else completion(c.words()),
        all_of(ended({3}), asked_at_most(30), quotes("Work of this kind is off")), ids=("many",))  # fmt: skip

# --- one answer that is turned away ------------------------------------------------------------------------------------

BLOCKED = {
    "azure": Raw(400, {"error": {"message": "filtered", "type": None, "param": "prompt", "code": "content_filter", "status": 400, "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {"hate": {"filtered": True}}}}}),
    "dashscope": Raw(400, {"error": {"code": "data_inspection_failed", "message": "filtered", "type": "data_inspection_failed"}}),
    "dashscope_native": Raw(400, {"code": "DataInspectionFailed", "message": "filtered", "request_id": "1"}),
    "volcengine": Raw(400, {"error": {"code": "InputTextSensitiveContentDetected", "message": "filtered", "type": "BadRequest"}}),
    "volcengine_risk": Raw(400, {"error": {"code": "SensitiveContentDetected.SevereViolation", "message": "filtered"}}),
    "minimax": Raw(200, {"base_resp": {"status_code": 1026, "status_msg": "filtered"}, "input_sensitive": True, "choices": None}),
    "minimax_output": Raw(200, completion("", base_resp={"status_code": 1027, "status_msg": "filtered"}, output_sensitive=True)),
    "moonshot": Raw(400, {"error": {"message": "filtered", "type": "content_filter"}}),
    "spark": Raw(200, {"code": 10013, "message": "filtered", "sid": "1"}),
    "hunyuan": Raw(400, {"error": {"code": "FailedOperation.TextModerationBlocked", "message": "filtered"}}),
    "openai": Raw(400, {"error": {"message": "filtered", "type": "invalid_request_error", "param": None, "code": "content_policy_violation"}}),
    "openai_prompt": Raw(400, {"error": {"message": "filtered", "type": "invalid_request_error", "param": None, "code": "invalid_prompt"}}),
    "http_451": Raw(451, {"error": {"message": "filtered"}}),
    "gemini": Raw(200, {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9}}),
    "gemini_finish": Raw(200, {"candidates": [{"finishReason": "SAFETY", "index": 0}]}),
    "anthropic": Raw(200, {"type": "message", "content": [], "stop_reason": "refusal", "usage": {}}),
    "finish": Raw(200, completion(None, finish="content_filter")),
    "finish_sensitive": Raw(200, completion("", finish="sensitive")),
    "refusal": Raw(200, said({"content": None, "refusal": "我不能帮这个忙"})),
    "refusal_part": Raw(200, said({"content": [{"type": "refusal", "refusal": "我不能帮这个忙"}]})),
    "apology": Raw(200, completion("很抱歉，我不能协助处理这一内容。")),
    "guardrail": Raw(200, {"output": {"message": {"role": "assistant", "content": [{"text": "blocked"}]}}, "stopReason": "guardrail_intervened"}),
    "too_long": Raw(400, {"error": {"message": "too much", "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}}),
    "too_long_llama": Raw(400, {"error": {"code": 400, "message": "too much", "type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 4096}}),
    "too_long_groq": Raw(413, {"error": {"message": "too much", "type": "tokens", "code": "rate_limit_exceeded"}}),
    "too_long_dashscope": Raw(400, {"error": {"code": "InvalidParameter", "message": "Range of input length should be [1, 4096]", "param": None}}),
    "too_long_anthropic": Raw(413, {"type": "error", "error": {"type": "request_too_large", "message": "too much"}}),
    "too_long_tgi": Raw(422, {"error": "Input validation error: too much", "error_type": "validation"}),
}  # fmt: skip
for name, reply in BLOCKED.items():
    variant(f"one_{name}", "one answer of five is turned away", lambda c, reply=reply: reply if c.answer == "a3" else completion(c.words()),
            all_of(ended({4}), graded("a3"), same_requests("a3")), ids=FIVE, more=("--concurrency", "1"))  # fmt: skip
ECHOES = {
    "param": lambda words: {"error": {"message": words, "param": words[:60], "code": "content_blocked"}},
    "detail": lambda words: {"detail": [{"loc": ["body", "messages", 1, "content"], "msg": words, "input": words}]},
    "string": lambda words: {"error": words},
    "json": lambda words: {"error": {"message": json.dumps({"error": {"code": "content_blocked", "message": words}})}},
}
for name, make in ECHOES.items():
    variant(f"echo_{name}", "an error that repeats the answer", lambda c, make=make: Raw(400, make(c.server.answers["e1"])) if c.answer == "e1" else completion(c.words()),
            all_of(ended({4}), graded("e1"), same_requests("e1")), ids=ECHO, more=("--concurrency", "1"))  # fmt: skip

# --- what a request may contain ----------------------------------------------------------------------------------------


def extra_forbidden(*loc):
    return Raw(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", *loc], "msg": "Extra inputs are not permitted"}]})


def has(*names):
    return lambda c: any(name in c.body for name in names)


def bounded(call):
    return "maxLength" in json.dumps(call.body.get("response_format") or {})


TAKEN = {
    "fastapi_format": (has("response_format"), extra_forbidden("response_format")),
    "fastapi_temperature": (has("temperature"), extra_forbidden("temperature")),
    "fastapi_limit": (has("max_tokens"), extra_forbidden("max_tokens")),
    "fastapi_role": (lambda c: "system" in c.roles, extra_forbidden("messages", 0, "role")),
    "format_unavailable": (lambda c: c.rung == "json_schema", Raw(400, {"error": {"message": "This response_format type is unavailable now", "type": "invalid_request_error", "param": None, "code": "invalid_request_error"}})),
    "no_format": (has("response_format"), Raw(400, {"error": "unknown field"})),
    "format_501": (has("response_format"), Raw(501, {"error": {"message": "not implemented"}})),
    "format_500": (has("response_format"), Raw(500, {"error": {"code": 500, "message": "grammar", "type": "server_error"}})),
    "grammar": (bounded, Raw(400, {"error": {"code": 400, "message": "failed to parse grammar", "type": "invalid_request_error"}})),
    "grammar_500": (lambda c: c.kind == "grade" and bounded(c), Raw(500, {"error": {"code": 500, "message": "failed to parse grammar", "type": "server_error"}})),
    "schema_keyword": (bounded, error(400, "'maxLength' is not permitted", None, param="response_format")),
    "schema_complex": (lambda c: c.kind == "grade" and c.rung == "json_schema", error(400, "The schema has too many states", None)),
    "o_series": (has("max_tokens"), error(400, "Use 'max_completion_tokens' instead", "unsupported_parameter", param="max_tokens")),
    "o_temperature": (has("temperature"), error(400, "Only the default (1)", "unsupported_value", param="temperature")),
    "system_500": (lambda c: "system" in c.roles, Raw(500, {"error": {"message": "jinja: System role not supported", "type": "server_error"}})),
    "system_param": (lambda c: "system" in c.roles, error(400, "no such role", "invalid_value", param="messages[0].role")),
    "limit_small": (lambda c: c.limit > 2048, Raw(400, {"error": {"message": "max_tokens is too large", "code": "1210"}})),
    "limit_param": (lambda c: c.limit > 1024, error(400, "max_tokens is too large", "invalid_value", param="max_tokens")),
    "thinking_template": (lambda c: (c.body.get("chat_template_kwargs") or {}).get("enable_thinking") is not False, Raw(400, {"error": {"message": "switch thinking off", "code": None}})),
    "thinking_type": (lambda c: (c.body.get("thinking") or {}).get("type") != "disabled", error(400, "switch thinking off", "invalid_parameter", param="thinking")),
    "effort": (lambda c: c.body.get("reasoning_effort") != "none", error(400, "set it", "invalid_value", param="reasoning_effort")),
    "tgi_limit": (lambda c: c.tokens + c.limit > 4096, Raw(422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096", "error_type": "validation"})),
    "two_things": (has("temperature", "max_tokens"), None),
}  # fmt: skip


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
variant("takes_stream_param", "only streams, and names the parameter", lambda c: Raw(200, _events(c.words()), "text/event-stream") if c.body.get("stream")
        else error(400, "set it to true", "invalid_value", param="stream"), fine)  # fmt: skip

# --- too often ---------------------------------------------------------------------------------------------------------

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
    variant(f"wait_{name}", "429 once for each answer", lambda c, h=headers: Raw(429, {"error": {"message": "slower", "code": "rate_limit_exceeded"}}, headers=h) if c.kind == "grade" and c.again == 1
            else completion(c.words()), fine, limit=60)  # fmt: skip
variant("wait_date", "429 with a date in two seconds", lambda c: Raw(429, DAY, headers={"Retry-After": formatdate(time.time() + 2, usegmt=True)}) if c.kind == "grade" and c.again == 1
        else completion(c.words()), fine, limit=60)  # fmt: skip
variant("wait_gemini", "429 with RetryInfo", lambda c: Raw(429, [{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "slower", "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"}]}}])
        if c.kind == "grade" and c.again == 1 else completion(c.words()), fine, limit=60)  # fmt: skip
LONG = {
    "date": lambda: Raw(429, DAY, headers={"Retry-After": formatdate(time.time() + 86_400, usegmt=True)}),
    "milliseconds": lambda: Raw(429, DAY, headers={"retry-after-ms": "7200000"}),
    "hour": lambda: Raw(429, DAY, headers={"Retry-After": "3600"}),
    "on_503": lambda: Raw(503, DAY, headers={"Retry-After": "7200"}),
    "epoch": lambda: Raw(429, DAY, headers={"X-RateLimit-Reset": f"{(time.time() + 40_000) * 1000:.0f}", "X-RateLimit-Remaining": "0"}),
    "epoch_seconds": lambda: Raw(429, DAY, headers={"X-RateLimit-Reset": f"{time.time() + 40_000:.0f}", "X-RateLimit-Remaining": "0"}),
    "openrouter": lambda: Raw(429, {"error": {"message": "Too many requests today", "code": 429, "metadata": {"headers": {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{(time.time() + 40_000) * 1000:.0f}"}}}}),
    "groq": lambda: Raw(429, DAY, headers={"retry-after": "5400", "x-ratelimit-reset-requests": "1h30m0s"}),
    "duration": lambda: Raw(429, DAY, headers={"x-ratelimit-reset-requests": "2h0m0s", "x-ratelimit-remaining-requests": "0"}),
    "anthropic": lambda: Raw(429, DAY, headers={"anthropic-ratelimit-requests-reset": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 40_000)), "anthropic-ratelimit-requests-remaining": "0"}),
    "gemini": lambda: Raw(429, [{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Too many requests today", "details": [{"@type": "…RetryInfo", "retryDelay": "39040s"}]}}]),
    "error_200": lambda: Raw(200, DAY, headers={"Retry-After": "86400"}),
}  # fmt: skip
for name, reply in LONG.items():
    variant(f"later_{name}", "come back much later", graded_as(lambda c, reply=reply: reply()), all_of(ended({3, 4}), says(LATER, "when to come back")), limit=30)
LATER_CODES = {"glm_1308": ("1308", 429), "glm_1304": ("1304", 429), "baidu": (17, 200)}
for name, (code, status) in LATER_CODES.items():
    body = {"error_code": code, "error_msg": "today is over"} if status == 200 else {"error": {"code": code, "message": "today is over"}}
    variant(f"later_{name}", "the day's share is used up, by its code", lambda c, b=body, s=status: Raw(s, b), all_of(ended({3}), asked_at_most(8), quotes("today is over"), says(LATER, "when")), ids=FIVE, limit=30)
variant("slow_body", "a body that trickles, byte by byte; KAOGUAN_TIMEOUT=3", graded_as(lambda c: c.drip([b"{"] + [b" "] * 90, 0.3)),
        all_of(ended({3, 4}), none_longer(6)), env={"KAOGUAN_TIMEOUT": "3"}, limit=60, ids=("a1",))  # fmt: skip

# --- settings ----------------------------------------------------------------------------------------------------------

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
    variant(f"set_{name}", "a setting as it is pasted", MODES["key_checked"], or_names(*words, codes={2, 3}), env=env, ids=("a1",))
variant("set_base_login", "a base URL with name and password", lambda c: completion(c.words()) if c.headers.get("Authorization") == "Basic bWU6YSBi"
        else Raw(401, b""), fine, env={"OPENAI_BASE_URL": "http://me:a%20b@127.0.0.1:{port}/v1"}, ids=("a1",))  # fmt: skip
