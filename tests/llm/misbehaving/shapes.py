"""Replies in other vendors' shapes, as other bytes, as streams; words around and within the JSON."""

import gzip
import json

from .expect import (
    all_of,
    ended,
    fine,
    readable_or_named,
    whole_tokens,
)
from .fake import Raw, completion, error
from .server import _events
from .variant import graded_as, said, variant

# --- the reply in other vendors' shapes ------------------------------------------------------------------------------

TOOL = {"id": "c1", "type": "function"}
SHAPES = {
    "tool_call": lambda c: said(
        {"content": None, "tool_calls": [TOOL | {"function": {"name": "f", "arguments": c.words()}}]}
    ),
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
        "candidates": [
            {
                "content": {"parts": [{"text": "想一想 {k1}", "thought": True}, {"text": c.words()}], "role": "model"},
                "finishReason": "STOP",
            }
        ],
        "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20},
    },
    "anthropic": lambda c: {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "stop_reason": "end_turn",
        "content": [{"type": "thinking", "thinking": "{k1}?", "signature": "s"}, {"type": "text", "text": c.words()}],
        "usage": {"input_tokens": 100, "output_tokens": 20},
    },
    "responses": lambda c: {
        "object": "response",
        "status": "completed",
        "error": None,
        "output": [
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "{k1}?"}]},
            {
                "type": "message",
                "role": "assistant",
                "content": [{"type": "output_text", "text": c.words(), "annotations": []}],
            },
        ],
        "usage": {"input_tokens": 100, "output_tokens": 20},
    },
    "bedrock": lambda c: {
        "output": {"message": {"role": "assistant", "content": [{"text": c.words()}]}},
        "stopReason": "end_turn",
        "usage": {"inputTokens": 100, "outputTokens": 20},
    },
    "ollama": lambda c: {
        "model": "m1",
        "message": {"role": "assistant", "content": c.words()},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 100,
        "eval_count": 20,
    },
    "ollama_generate": lambda c: {"model": "m1", "response": c.words(), "done": True, "done_reason": "stop"},
    "llama_cpp": lambda c: {"content": c.words(), "stop": True, "tokens_evaluated": 100, "model": "m1"},
    "tgi": lambda c: Raw(200, [{"generated_text": c.words()}]),
    "tgi_object": lambda c: {"generated_text": c.words(), "details": {"finish_reason": "eos_token"}},
    "cohere": lambda c: {
        "id": "1",
        "finish_reason": "COMPLETE",
        "message": {"role": "assistant", "content": [{"type": "text", "text": c.words()}]},
    },
    "dashscope": lambda c: {
        "output": {"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": c.words()}}]},
        "request_id": "1",
    },
    "dashscope_text": lambda c: {
        "output": {"text": c.words(), "finish_reason": "stop"},
        "request_id": "1",
        "usage": {"input_tokens": 100},
    },
    "ernie": lambda c: {"id": "as-1", "result": c.words(), "is_truncated": False, "need_clear_history": False},
    "enveloped": lambda c: {"code": 200, "msg": "success", "success": True, "data": completion(c.words())},
    "enveloped_zero": lambda c: {"code": 0, "message": "ok", "data": completion(c.words())},
    "workers_ai": lambda c: {"success": True, "errors": [], "messages": [], "result": {"response": c.words()}},
    "in_a_body_list": lambda c: Raw(200, [completion(c.words())]),
    "body_as_text": lambda c: Raw(200, json.dumps(completion(c.words()))),
    "error_null": lambda c: completion(c.words(), error=None),
    "error_empty": lambda c: completion(c.words(), error={}),
    "base_resp_zero": lambda c: completion(c.words(), base_resp={"status_code": 0, "status_msg": ""}),
}
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
    "bytes_digits",
    "a number of 9 000 digits",
    graded_as(lambda c: Raw(200, b'{"choices": [], "n": ' + b"9" * 9000 + b"}")),
    readable_or_named,
)
variant(
    "bytes_deep",
    "JSON a hundred thousand deep",
    graded_as(lambda c: Raw(200, b"[" * 100_000)),
    readable_or_named,
    limit=90,
)
variant(
    "bytes_gzip",
    "a compressed body",
    lambda c: Raw(200, gzip.compress(json.dumps(completion(c.words())).encode()), headers={"Content-Encoding": "gzip"}),
    fine,
)
variant(
    "bytes_gzip_lie",
    "a body that is called compressed and is not, once for each answer",
    lambda c: Raw(
        200, completion(c.words()), headers={"Content-Encoding": "gzip"} if c.kind == "grade" and c.again == 1 else {}
    ),
    fine,
)
variant(
    "bytes_cut_characters",
    "chunks that end within a character",
    lambda c: c.drip(
        [bytes([one]) for one in json.dumps(completion(c.words()), ensure_ascii=False).encode()[:90]],
        0,
        end=json.dumps(completion(c.words()), ensure_ascii=False).encode()[90:],
    ),
    fine,
)
variant(
    "bytes_cut_body",
    "a body shorter than it says, once for each answer",
    lambda c: (
        Raw(200, completion(c.words()), headers={"Content-Length": "99999", "Connection": "close"})
        if c.kind == "grade" and c.again == 1
        else completion(c.words())
    ),
    fine,
    env={"KAOGUAN_TIMEOUT": "5"},
)

# --- streams that nobody asked for -----------------------------------------------------------------------------------


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
    "usage_last": lambda c: stream(
        [*lines_of(c), 'data: {"choices": [], "usage": {"prompt_tokens": 100}}', "data: [DONE]"]
    ),
    "usage_null": lambda c: stream([line[:-1] + ', "usage": null}' for line in lines_of(c)] + ["data: [DONE]"]),
    "line_separator": lambda c: stream(
        ["data: " + json.dumps(one, ensure_ascii=False) for one in chunks(c.words(explain="第一行\u2028第二行\u0085"))]
    ),
    "two_lines": lambda c: stream(
        [
            "data: " + json.dumps(one, indent=1, ensure_ascii=False).replace("\n", "\ndata: ")
            for one in chunks(c.words())
        ]
    ),
    "ollama": lambda c: Raw(
        200,
        (
            "".join(
                json.dumps({"message": {"role": "assistant", "content": text}, "done": False}, ensure_ascii=False)
                + "\n"
                for text in (c.words()[:30], c.words()[30:])
            )
            + '{"message": {"role": "assistant", "content": ""}, "done": true}\n'
        ).encode(),
        "application/x-ndjson",
    ),
    "anthropic": lambda c: stream(
        [
            'event: message_start\ndata: {"type": "message_start", "message": {"role": "assistant", "content": []}}',
            'event: content_block_start\ndata: {"type": "content_block_start", "content_block": {"type": "text"}}',
            "event: content_block_delta\ndata: "
            + json.dumps(
                {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": c.words()}}
            ),
            'event: message_stop\ndata: {"type": "message_stop"}',
        ]
    ),
    "mislabelled": lambda c: Raw(200, _events(c.words()), "application/json"),
    "cumulative_thought": lambda c: stream(
        ['data: {"choices": [{"delta": {"reasoning": "先看 {k1}"}}]}', *lines_of(c), "data: [DONE]"]
    ),
}
for name, reply in STREAMS.items():
    variant(f"stream_{name}", "events of another kind", reply, fine)
variant(
    "stream_cut",
    "a stream that just ends, once for each answer",
    lambda c: stream(lines_of(c)[:2]) if c.kind == "grade" and c.again == 1 else completion(c.words()),
    fine,
    limit=60,
)
variant(
    "stream_error_event",
    "an error event in a stream, once for each answer",
    lambda c: (
        stream(
            [
                *lines_of(c)[:2],
                'event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}',
            ]
        )
        if c.kind == "grade" and c.again == 1
        else completion(c.words())
    ),
    fine,
    limit=60,
)

# --- what stands around and within the JSON --------------------------------------------------------------------------

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
    "think_pipe": lambda text: (
        f"<|begin_of_thought|>看 {{k1}}<|end_of_thought|><|begin_of_solution|>{text}<|end_of_solution|>"
    ),
    "draft_in_thought": lambda text: f"<think>草稿：{text.replace('covered', 'missing')}</think>\n{text}",
    "bom": lambda text: f"\ufeff{text}",
    "zero_width": lambda text: f"\u200b{text}\u200b",
    "prefix": lambda text: f"json\n{text}",
}
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
}
for name, change in LOOSE.items():
    variant(f"loose_{name}", "rulings of models that no schema holds", loosely(change), fine)

ODDITIES = {
    "second_choice": lambda c: completion(
        "", choices=[*said({"content": ""})["choices"], *completion(c.words())["choices"]]
    ),
    "null_choice_first": lambda c: completion("", choices=[None, *completion(c.words())["choices"]]),
    "zero_bytes": lambda c: Raw(200, json.dumps(completion(c.words())).encode() + b"\0\0"),
    "message_and_text": lambda c: completion(
        "", choices=[{"text": c.words(), "message": None, "finish_reason": "stop"}]
    ),
    "delta": lambda c: completion("", choices=[{"delta": {"content": c.words()}, "finish_reason": "stop"}]),
    "content_twice": lambda c: said({"content": [{"type": "text", "text": ""}, {"type": "text", "text": c.words()}]}),
    "reasoning_details": lambda c: said(
        {"content": c.words(), "reasoning_details": [{"type": "reasoning.text", "text": "{k1}"}]}
    ),
    "reasoning_parts": lambda c: said({"content": None, "reasoning": c.words()}),
    "annotations": lambda c: said({"content": c.words(), "annotations": None, "audio": None, "tool_calls": []}),
}
for name, reply in ODDITIES.items():
    variant(f"odd_{name}", "something odd about the reply", reply, fine)
SCREEN = "\x1b[31m红\x00\u202e\u2028\x9b"
variant("odd_explanation", "control characters in a ruling", lambda c: completion(c.words(explain=SCREEN)), fine)
variant(
    "odd_thought_only",
    "a reply that is all thought, at its length limit",
    graded_as(lambda c: completion({"content": None, "reasoning_content": "先看 {k1}……"}, finish="length")),
    all_of(ended({4}), readable_or_named),
)
variant(
    "odd_echo",
    "a model that gives the schema back",
    graded_as(lambda c: completion(json.dumps(c.schema))),
    all_of(ended({4}), readable_or_named),
)
variant(
    "odd_prompt",
    "a model that gives the prompt back",
    graded_as(lambda c: completion(c.text)),
    all_of(ended({4}), readable_or_named),
)
# More than the client reads of a header.
variant(
    "odd_long_header",
    "a cookie of 30 000 characters",
    lambda c: Raw(200, completion(c.words()), headers={"Set-Cookie": "a=" + "b" * 30_000}),
    readable_or_named,
)
