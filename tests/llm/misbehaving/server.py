"""One misbehaviour a mode. `python3 server.py MODE [PORT]` serves it until it is killed; `--list` names the modes.

The endpoint is http://127.0.0.1:PORT/v1; it takes any key and any model's name. KNOWN_ANSWERS=FILE.csv names another
file of answers than data/answers.csv, REQUEST_LOG=FILE has a line for each request (default: standard error).
"""

import json
import time

from .fake import HERE, KNOWN, Raw, Rubric, Server, answers, completion, error

CUES = {
    "p1": ("验证集上", "验证集的", "验证损失"),
    "p2": ("不再训练", "就停", "结束训练"),
    "p3": ("过拟合",),
    "p4": ("最好那轮", "最好的一版"),
}
KEY = "sk-loopback-0001"
MODES = {}


def mode(make):
    """Register a mode under its function's name."""
    MODES[make.__name__] = make
    return make


def variants(prefix, **values):
    """Register one mode for each value of a function of (call, value)."""

    def register(make):
        for name, value in values.items():
            MODES[f"{prefix}_{name}"] = lambda call, value=value: make(call, value)
        return make

    return register


@mode
def good(call):
    return completion(call.words())


# --- shapes of replies -------------------------------------------------------------------------------------------


@mode
def parts(call):
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "先看 {k1} 再看 {k2}"}]}
    return completion([thought, {"type": "text", "text": call.words()}])


def _choice(message, **more):
    return [{"index": 0, "finish_reason": "stop", "message": message} | more]


@variants(
    "choices",
    null=lambda call: None,
    empty=lambda call: [],
    list_of_null=lambda call: [None],
    strings=lambda call: ["hello"],
    object=lambda call: {"0": {"message": {"content": call.words()}}},
    legacy_text=lambda call: [{"index": 0, "text": call.words(), "finish_reason": "stop"}],
)
def _choices(call, value):
    return completion("", choices=value(call))


@variants("message", null=lambda call: None, string=lambda call: call.words(), list=lambda call: [call.words()])
def _message(call, value):
    return completion("", choices=_choice(value(call)))


@variants(
    "content",
    int=lambda call: 5,
    true=lambda call: True,
    object=lambda call: call.say() if call.kind == "speak" else call.reply(),
    blank=lambda call: " \n" * 300,
)
def _content(call, value):
    return completion("", choices=_choice({"role": "assistant", "content": value(call)}))


@variants(
    "usage",
    float={"prompt_tokens": 100.5, "completion_tokens": 20.0, "total_tokens": 120.5},
    string={"prompt_tokens": "100", "completion_tokens": "20"},
    list=[100, 20],
    word="n/a",
    negative={"prompt_tokens": -1, "completion_tokens": -1, "total_tokens": -2},
    details_list={"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": [{"kind": "TEXT", "n": 100}]},
    details_string={"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": "12"}},
    null=None,
)
def _usage(call, value):
    return completion(call.words(), usage=value)


@variants("body", null=b"null", list=b"[]", word=b'"ok"', number=b"7.5", empty=b"{}")
def _body(call, value):
    return Raw(200, value) if call.kind == "grade" else completion(call.words())


# --- reasoning ---------------------------------------------------------------------------------------------------

_LOOK = "我逐条看 {k1, k2}：第一条 {说了}，第二条还不确定。"


@variants(
    "think",
    close_only=f"{_LOOK}\n</think>\n\n",
    plain=f"<think>\n{_LOOK}\n</think>\n\n",
    capital=f"<Think>\n{_LOOK}\n</Think>\n",
    thought=f"<thought>\n{_LOOK}\n</thought>\n",
    square=f"[THINK]{_LOOK}[/THINK]\n",
    diamond=f"◁think▷{_LOOK}◁/think▷\n",
    named=f"<seed:think>{_LOOK}</seed:think>\n",
    attribute=f'<think time="3">{_LOOK}</think>\n',
    details=f'<details type="reasoning" done="true">\n<summary>想了 3 秒</summary>\n{_LOOK}\n</details>\n',
    channel=f"<|channel|>analysis<|message|>{_LOOK}<|end|><|start|>assistant<|channel|>final<|message|>",
    nested=f"<think>看 <think> 标签 {{k1}}</think> 里面还有 {_LOOK}\n",
)
def _think(call, value):
    return completion(value + call.words())


@mode
def reasoning_content(call):
    return completion({"role": "assistant", "content": None, "reasoning_content": call.words()})


@mode
def both_fields(call):
    """A thought with a draft beside the content: every ruling in the draft is the other way."""
    thought = call.json(label="missing", explain="草稿") if call.kind == "grade" else "想好了"
    return completion({"role": "assistant", "content": call.words(), "reasoning_content": thought})


@mode
def tag_in_json(call):
    return completion(call.words(explain="回答里写了 <think> 这个标签，不影响判断。"))


@mode
def tag_pair_in_json(call):
    return completion(call.words(explain="回答里写了 <think>想一想</think> 再作答，不影响判断。"))


# --- chatter around the JSON -------------------------------------------------------------------------------------


@mode
def braces_before(call):
    return completion("先看要点集合 {k1, k2, k3}，再逐条判断。\n" + call.words())


@mode
def braces_after(call):
    return completion(call.words() + "\n\n说明：{k1} 和 {k2} 是按原话判的。")


@mode
def small_objects(call):
    return completion(f'候选人写 {{"verdict": "covered"}} 不算证据。\n\n{call.words()}\n\n{{"总结": "完毕"}}')


@mode
def two_fenced(call):
    text = call.words()
    return completion(f"草稿：\n```json\n{text}\n```\n检查后不变：\n```json\n{text}\n```")


@mode
def fence_tilde(call):
    return completion(f"~~~json\n{call.words()}\n~~~")


# --- below the schema rung ---------------------------------------------------------------------------------------


def _loose(call, change):
    """Refuse a JSON schema, and reply with rulings changed one by one."""
    if call.rung == "json_schema":
        return error(400, "response_format of type json_schema is not supported here", param="response_format")
    if call.kind != "grade":
        return completion(call.words())
    reply = call.reply()
    for ruling in reply.values():
        if isinstance(ruling, dict):
            change(ruling)
    return completion(json.dumps(reply, ensure_ascii=False))


@mode
def null_evidence(call):
    return _loose(call, lambda ruling: ruling["evidence"] or ruling.update(evidence=None))


@mode
def list_evidence(call):
    return _loose(call, lambda ruling: ruling.update(evidence=[ruling["evidence"]] if ruling["evidence"] else []))


@mode
def evidence_pieces(call):
    return _loose(call, lambda ruling: ruling.update(evidence=[ruling["evidence"], ""] if ruling["evidence"] else None))


@mode
def zh_verdicts(call):
    said = {"covered": "已覆盖", "missing": "缺失"}
    return _loose(call, lambda ruling: ruling.update(verdict=said[ruling["verdict"]]))


@mode
def percent_confidence(call):
    return _loose(call, lambda ruling: ruling.update(confidence="93%"))


# --- half characters ---------------------------------------------------------------------------------------------


def _halved(text, half="\\ud83d"):
    """Return a completion whose @@ became one half of a surrogate pair, as JSON escapes it."""
    return Raw(200, json.dumps(completion(text)).replace("@@", half).encode())


@mode
def surrogate_ruling(call):
    return completion(call.words()) if call.kind == "probe" else _halved(call.words(explain="按原话判断@@。"))


@mode
def surrogate_escaped(call):
    """The same inside the JSON that the model wrote."""
    text = call.words(explain="按原话判断@@。")
    return completion(text if call.kind == "probe" else text.replace("@@", "\\ud83d"))


@mode
def surrogate_question(call):
    return _halved("那训练要到什么时候才结束呢？@@") if call.kind == "speak" else completion(call.words())


@mode
def nul_question(call):
    return completion("那训练要\x00到什么时候\x1b[31m才结束呢？" if call.kind == "speak" else call.words())


# --- how it is served --------------------------------------------------------------------------------------------


def _events(text, size=16):
    """Return a text as server-sent events."""
    chunk = {"id": "c", "object": "chat.completion.chunk", "model": "m1"}
    deltas = [{"role": "assistant", "content": ""}]
    deltas += [{"content": text[i : i + size]} for i in range(0, len(text), size)]
    events = [chunk | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    events.append(chunk | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    lines = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


@mode
def sse_unasked(call):
    return Raw(200, _events(call.words()), "text/event-stream; charset=utf-8")


@mode
def sse_breaks(call):
    """A stream that ends in an error after its first words."""
    if call.kind != "grade":
        return completion(call.words())
    first = {"choices": [{"index": 0, "delta": {"content": '{"k1": {"evid'}, "finish_reason": None}]}
    last = {
        "error": {"code": 502, "message": "the upstream went away"},
        "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}],
    }
    lines = f"data: {json.dumps(first)}\n\ndata: {json.dumps(last)}\n\n"
    return Raw(200, lines.encode(), "text/event-stream")


@mode
def no_content_type(call):
    return Raw(200, completion(call.words()), None)


@mode
def text_plain(call):
    return Raw(200, completion(call.words()), "text/plain; charset=utf-8")


@mode
def octet_stream(call):
    return Raw(200, completion(call.words()), "application/octet-stream")


@mode
def byte_order_mark(call):
    content = json.dumps(completion(call.words()), ensure_ascii=False).encode("utf-8-sig")
    return Raw(200, content)


# --- errors that come as HTTP 200 --------------------------------------------------------------------------------


@mode
def error200_429(call):
    return {"error": {"message": "The free requests of today are used up", "code": 429}, "user_id": "u1"}


@mode
def error200_502_sometimes(call):
    if call.n in (2, 3):
        return {"error": {"message": "The provider behind this router failed", "code": 502}}
    return completion(call.words())


@mode
def error200_overloaded(call):
    """Every answer meets it once."""
    if call.kind == "grade" and call.again == 1:
        return {"type": "error", "error": {"type": "overloaded_error", "message": "too busy right now"}}
    return completion(call.words())


@mode
def wrong_path(call):
    if not call.path.startswith("/v1/"):
        return {"error": f"no such route (POST {call.path})"}
    return completion(call.words())


# --- accounts, models and moderation -----------------------------------------------------------------------------


@mode
def openai_quota(call):
    return error(429, "This organisation has used what it paid for", "insufficient_quota", "insufficient_quota")


@mode
def glm_1113(call):
    return Raw(429, {"error": {"code": "1113", "message": "账户余额不足，先充值才能调用"}})


@mode
def dashscope_arrearage(call):
    fault = {"code": "Arrearage", "type": "Arrearage", "param": None, "message": "The account's standing forbids calls"}
    return Raw(400, {"error": fault, "id": "chatcmpl-0", "request_id": "0"})


@mode
def siliconflow_30011(call):
    return Raw(403, {"code": 30011, "message": "The paid balance does not suffice for this model", "data": None})


@mode
def openrouter_402(call):
    message = "Not enough credits: up to 4096 tokens were asked for and 37 can be paid, lower max_tokens or add credits"
    return Raw(402, {"error": {"code": 402, "message": message, "metadata": {"provider_name": None}}, "user_id": "u1"})


@mode
def glm_1211(call):
    return Raw(400, {"error": {"code": "1211", "message": "没有叫这个名字的模型，请核对代码"}})


@mode
def credit_words(call):
    """Only words tell why, and each reply has another request id."""
    fault = {"type": "invalid_request_error", "message": "This workspace has run dry, see the plans page"}
    return Raw(400, {"type": "error", "error": fault, "request_id": f"req_{call.n:08d}"})


def _sensitive(call):
    return call.answer == "a3"


@mode
def glm_1301(call):
    if _sensitive(call):
        fault = {"code": "1301", "message": "输入里可能有敏感内容，已经拦下，请换一种说法"}
        return Raw(400, {"contentFilter": [{"level": 1, "role": "user"}], "error": fault})
    return completion(call.words())


@mode
def openrouter_403(call):
    if _sensitive(call):
        details = {"reasons": ["violence"], "flagged_input": "好比遇到袭击…", "provider_name": "P", "model_slug": "m1"}
        message = "The model you chose is moderated, and this input was flagged"
        return Raw(403, {"error": {"code": 403, "message": message, "metadata": details}})
    return completion(call.words())


@mode
def echo_400(call):
    if call.answer == "e1":
        return error(400, f"Blocked by policy. The passage: {call.server.answers['e1']}", "content_blocked")
    return completion(call.words())


@mode
def refused_400(call):
    if call.kind == "probe":
        return completion(call.words())
    return error(400, "Work of this kind is switched off for your project", "project_restricted")


@mode
def refused_400_always(call):
    return error(400, "Work of this kind is switched off for your project", "project_restricted")


# --- what a request may contain ----------------------------------------------------------------------------------


@mode
def no_system(call):
    if "system" in call.roles:
        message = "Role 'system' is not supported by the chat template of this model"
        return Raw(400, {"object": "error", "message": message, "type": "BadRequestError", "param": None, "code": 400})
    return completion(call.words())


@mode
def enable_thinking(call):
    if call.body.get("enable_thinking") is not False and not call.body.get("stream"):
        message = "parameter.enable_thinking has to be false in calls that do not stream"
        return error(400, message, "invalid_parameter_error")
    if call.body.get("stream"):
        return Raw(200, _events(call.words()), "text/event-stream")
    return completion(call.words())


@mode
def stream_only(call):
    if not call.body.get("stream"):
        return error(400, "This model can only be streamed; set stream to true", "invalid_parameter_error")
    return Raw(200, _events(call.words()), "text/event-stream")


@mode
def max_tokens_too_large(call):
    if call.limit > 1024:
        return error(400, "max_tokens has to lie between 1 and 1024", "invalid_parameter_error")
    return completion(call.words())


@mode
def context_small(call):
    if call.tokens + call.limit > 4096:
        message = (
            f"The context of this model holds 4096 tokens. {call.tokens + call.limit} were asked for: {call.tokens} in"
            f" the messages and {call.limit} for the completion. Make the messages or the completion shorter."
        )
        return Raw(400, {"object": "error", "message": message, "type": "BadRequestError", "param": None, "code": 400})
    return completion(call.words())


@mode
def unknown_parameters(call):
    """Takes nothing that is not in OpenAI's specification."""
    extra = sorted(set(call.body) - KNOWN)
    if extra:
        return error(400, f"Unrecognised request argument: {extra[0]}", "unknown_parameter", param=extra[0])
    return completion(call.words())


# --- time --------------------------------------------------------------------------------------------------------


@mode
def retry_after_day(call):
    if call.kind == "probe":
        return completion(call.words())
    return error(429, "Too many requests today", "rate_limit_exceeded", "requests", Retry_After="86400")


@mode
def retry_after_2s(call):
    if call.kind == "grade" and call.again == 1:
        return error(429, "A little slower, please", "rate_limit_exceeded", "requests", Retry_After="2")
    return completion(call.words())


@mode
def keep_alive_blanks(call):
    return call.drip([b"\n"] * 80, 0.5, end=json.dumps(completion(call.words())).encode())


@mode
def keep_alive_comments(call):
    return call.drip([b": waiting for a free machine\n\n"] * 80, 0.5, "text/event-stream", _events(call.words()))


@mode
def keep_alive_short(call):
    return call.drip([b"\n"] * 4, 0.5, end=json.dumps(completion(call.words())).encode())


@mode
def one_slot(call):
    """Two seconds of work a request, one at a time; who hangs up while queueing is not worked for."""
    with call.server.slot:
        if call.gone:
            return False
        time.sleep(2)
    return completion(call.words())


# --- for the hybrid judge ----------------------------------------------------------------------------------------


@mode
def broken_500(call):
    return error(500, "Something broke here", None, "server_error")


@mode
def no_json(call):
    return completion("对不起，这件事我帮不上忙。")


@mode
def page_503(call):
    return Raw(503, b"<html><body><h1>503</h1>come back later</body></html>", "text/html")


@mode
def filtered(call):
    if call.kind != "grade":
        return completion(call.words())
    return completion("", "content_filter")


@mode
def hangs(call):
    if call.kind != "grade":
        return completion(call.words())
    for _ in range(120):
        if call.gone:
            return False
        time.sleep(0.25)
    return completion(call.words())


# --- for settings --------------------------------------------------------------------------------------------------


@mode
def key_checked(call):
    if call.headers.get("Authorization") != f"Bearer {KEY}":
        return error(401, "This key is not known here", "invalid_api_key")
    if call.path.split("?")[0] != "/v1/chat/completions":
        return Raw(404, {"error": {"message": "no such page", "code": 404}})
    if call.body.get("model") != "m1":
        return error(404, "no such model", "model_not_found")
    return completion(call.words())


def serve(name, log, port=0, known=None):
    """Return a server of this mode, not yet serving."""
    known = answers(known or HERE / "data" / "answers.csv")
    return Server(MODES[name], Rubric(HERE / "data" / "rubrics", CUES), known, log, port)
