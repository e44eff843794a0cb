"""What is expected of kaoguan with each mode; `tests/llm/test_misbehaving.py` tries them."""

from dataclasses import dataclass, field
from functools import cache

from . import server
from .expect import (
    LATER,
    MODEL,
    MONEY,
    all_of,
    asked_at_most,
    asked_once,
    at_once,
    complaints,
    ended,
    explains,
    fine,
    graded,
    interview_scored,
    kept_offline,
    none_longer,
    or_names,
    quotes,
    readable_or_named,
    reported,
    same_requests,
    says,
    whole_tokens,
)  # fmt: skip
from .fake import HERE, answers
from .trial import against

ANSWERS = answers(HERE / "data" / "answers.csv")
RUBRICS = str(HERE / "data" / "rubrics")
TWO, FIVE, ECHO = ("a1", "a2"), ("a1", "a2", "a3", "a4", "a5"), ("a1", "e1", "a2", "a4", "a5")


@dataclass
class Case:
    """How a mode is tried, and what must come of it."""

    name: str
    real: str
    must: str
    check: object
    mode: str = ""
    ids: tuple = TWO
    judge: str = "llm"
    more: tuple = ()
    env: dict = field(default_factory=dict)
    limit: float = 40
    times: int = 1
    say: str = ""
    """What is typed in an interview; "": answers are graded."""


@cache
def offline_scores():
    """Return what the offline judge alone gives each answer."""
    tried = against(
        lambda log, file, port: server.serve("good", log, port),
        ANSWERS,
        "early_stop",
        ["grade", "{file}", "--rubrics", RUBRICS, "--judge", "offline"],
        {},
        120,
    )[0]
    return {id_: row["score"] for id_, row in tried.rows.items()}


# --- the cases ------------------------------------------------------------------------------------------------------

CASES: list[Case] = []


def case(name, real, must, check, **more):
    CASES.append(Case(name, real, must, check, **more))


GRADE = "grade both answers, exit 0"
NAMED = "grade what can be read, else leave it unscored with a reason (exit 4 or 3); no traceback"

case("good", "behave", GRADE, all_of(fine, asked_at_most(4)))
case("parts", "content as a list of parts, the thought first (Mistral's reasoning models, some gateways)", GRADE, fine)
for shape, real in {
    "choices_null": "`choices: null` when the provider behind a router failed",
    "choices_empty": "`choices: []`",
    "choices_list_of_null": "`choices: [null]`",
    "choices_strings": "choices that are strings (home-made proxies)",
    "choices_object": "choices as an object with numbers for names",
    "choices_legacy_text": "`choices[0].text` of the old completions API",
    "message_null": "`message: null`",
    "message_string": "the message as plain text",
    "message_list": "the message as a list",
    "content_int": "a number for content",
    "content_true": "`true` for content",
    "content_object": "the JSON object itself for content, not as text",
    "content_blank": "nothing but blanks (a model held to JSON that never starts)",
    "body_null": "a body that is `null`",
    "body_list": "a body that is `[]`",
    "body_word": "a body that is a string",
    "body_number": "a body that is a number",
    "body_empty": "a body that is `{}`",
}.items():
    case(shape, real, NAMED, readable_or_named)
for shape, real in {
    "usage_float": "token counts with a fraction",
    "usage_string": "token counts as text",
    "usage_list": "usage as a list",
    "usage_word": "usage as a word",
    "usage_negative": "-1 for tokens that were not counted",
    "usage_details_list": "`prompt_tokens_details` as a list by modality (Gemini behind gateways)",
    "usage_details_string": "`cached_tokens` as text",
    "usage_null": "`usage: null`",
}.items():
    must = "grade both answers, exit 0; counts are whole numbers from 0"
    case(shape, real, must, all_of(fine, whole_tokens))
for shape, real in {
    "think_close_only": "only a closing `</think>`: the chat template opened it (DeepSeek-R1, QwQ on many servers)",
    "think_plain": "a thought in `<think>` with braces in it",
    "think_capital": "`<Think>`",
    "think_thought": "`<thought>` (Gemini's thinking models behind gateways)",
    "think_square": "`[THINK]…[/THINK]` (Magistral)",
    "think_diamond": "`◁think▷…◁/think▷` (Kimi)",
    "think_named": "`<seed:think>` (Seed)",
    "think_attribute": '`<think time="3">`',
    "think_details": "`<details>` with a summary (web front ends)",
    "think_channel": "the channels of gpt-oss, when the server does not part them",
    "think_nested": "a thought that names its own tag",
    "reasoning_content": "null content and the JSON in `reasoning_content` (vLLM and SGLang with the wrong parser)",
}.items():
    case(shape, real, GRADE, fine)
case(
    "both_fields", "a draft in `reasoning_content`, the result in content", check=fine,
    must=GRADE + ", by the content",
)  # fmt: skip
must = "grade both answers, exit 0; the explanation keeps its text"
case(
    "tag_in_json", "the ruling's own text names a think tag", must,
    all_of(fine, explains("<think> 这个标签")),
)  # fmt: skip
case(
    "tag_pair_in_json", "the ruling's own text has a pair of think tags", must,
    all_of(fine, explains("<think>想一想</think>")),
)  # fmt: skip
case("braces_before", "chatter with braces before the JSON", GRADE, fine)
case("braces_after", "chatter with braces after the JSON", GRADE, fine)
case("small_objects", "chatter with other, smaller objects before and after", GRADE, fine)
case("two_fenced", "the same object twice, a draft and the result, each in a fence", GRADE, fine)
case("fence_tilde", "a fence of tildes", GRADE, fine)
case("null_evidence", "no schema; `evidence: null` where nothing was said", GRADE, fine)
case("list_evidence", "no schema; evidence as a list", GRADE, fine)
case("evidence_pieces", "no schema; evidence as a list with an empty piece, null for none", GRADE, fine)
case("zh_verdicts", "no schema; Chinese words for verdicts", GRADE, fine)
case("percent_confidence", "no schema; confidence as a percentage", GRADE, fine)
must = "grade both answers, exit 0; what is written is valid UTF-8"
case("surrogate_ruling", "half of an emoji in a ruling, cut by a proxy", must, fine)
case("surrogate_escaped", "half of an emoji, escaped in the model's own JSON", must, fine)
TALK = "盯着验证损失，三轮没有变好就结束训练。\n\n是为了不过拟合。\n\n/quit\n"
must = "the interview ends with a report, exit 0; no control characters on the screen"
talk = {"say": TALK, "limit": 60}
case("surrogate_question", "half of an emoji in the interviewer's question", must, all_of(ended({0}), reported), **talk)
case("nul_question", "NUL and an escape code in the question", must, all_of(ended({0}), reported), **talk)
case("sse_unasked", "server-sent events though nobody asked for a stream", GRADE, fine)
case(
    "sse_breaks", "a stream that ends in an error after its first words (routers)", limit=60,
    must="unscored with a reason, exit 4 or 3", check=all_of(ended({3, 4}), readable_or_named),
)  # fmt: skip
case("no_content_type", "JSON without a Content-Type", GRADE, fine)
case("text_plain", "JSON served as text/plain", GRADE, fine)
case("octet_stream", "JSON served as application/octet-stream", GRADE, fine)
case("byte_order_mark", "a byte order mark before the JSON", GRADE, fine)
case(
    "error200_429", "HTTP 200 with an error 429 inside: the day's free requests are used up (OpenRouter)",
    "end within a minute with the endpoint's message, exit 3 or 4", limit=60,
    check=all_of(ended({3, 4}), quotes("The free requests of today are used up")),
)  # fmt: skip
case(
    "error200_502_sometimes", "HTTP 200 with an error 502 inside, now and then",
    "try again; " + GRADE, fine, limit=60,
)  # fmt: skip
case(
    "error200_overloaded", "HTTP 200 with an overload inside, once for each answer",
    "try again; " + GRADE, fine, limit=60,
)  # fmt: skip
case(
    "wrong_path", "HTTP 200 with an error as text for a path without /v1 (LM Studio); base URL http://127.0.0.1:PORT",
    "find the path itself (exit 0), or say that the base URL lacks /v1 (exit 2 or 3)",
    env={"OPENAI_BASE_URL": "http://127.0.0.1:{port}"},
    check=lambda t: fine(t) if t.code == 0 else ended({2, 3})(t) + says(r"/v1\b", "that /v1 is missing")(t),
)  # fmt: skip

must = "exit 3 after a few requests: the endpoint's message, and that the account lacks money (not that the key is bad)"
for name, real, message in (
    ("openai_quota", "429 `insufficient_quota` (OpenAI)", "This organisation has used what it paid for"),
    ("glm_1113", '429 with code "1113" (GLM)', "账户余额不足，先充值才能调用"),
    ("dashscope_arrearage", "400 `Arrearage` (DashScope)", "The account's standing forbids calls"),
    (
        "siliconflow_30011",
        "403 with code 30011 at the top (SiliconFlow)",
        "The paid balance does not suffice for this model",
    ),
    (
        "openrouter_402",
        "402 that also speaks of max_tokens (OpenRouter)",
        "Not enough credits: up to 4096 tokens were asked for and 37 can be paid, lower max_tokens or add credits",
    ),
):
    case(name, real, must, at_once(message, MONEY, "that the account lacks money"), ids=FIVE, limit=30)
case(
    "glm_1211", '400 with code "1211": no such model (GLM)',
    "exit 3 or 2 after a few requests: the endpoint's message, and to check the model's name", ids=FIVE, limit=30,
    check=at_once("没有叫这个名字的模型，请核对代码", MODEL, "to check the model's name", {2, 3}),
)  # fmt: skip
must = "leave that answer unscored with a reason, grade the other four, exit 4; the run goes on"
for name, real in (
    ("glm_1301", '400 with code "1301": sensitive content in one answer of five (GLM)'),
    ("openrouter_403", "403 for one answer of five: flagged by moderation (OpenRouter)"),
):
    case(name, real, must, all_of(ended({4}), graded("a3")), ids=FIVE, more=("--concurrency", "1"))
case(
    "echo_400", "400 for one answer, repeating its words, which name temperature and JSON schema",
    "leave that answer unscored, grade the others, exit 4; later ones are asked just as the first: nothing is learned"
    " about the endpoint from a candidate's words",
    ids=ECHO, more=("--concurrency", "1"), check=all_of(ended({4}), graded("e1"), same_requests("e1")),
)  # fmt: skip
must = (
    "stop after a run of the same refusal (60 answers, at most 30 requests), exit 3, the endpoint's message on stderr"
)
check = all_of(ended({3}), asked_at_most(30), quotes("Work of this kind is switched off"))
case("refused_400", "the same 400 for every answer", must, check, ids=("many",))
case("refused_400_always", "the same 400 for everything, finding out included", must, check, ids=("many",))
check = all_of(ended({3}), asked_at_most(30), quotes("This workspace has run dry"))
case("credit_words", "a 400 for everything whose request id changes; only words tell why", must, check, ids=("many",))

must = "find out by itself and go on; " + GRADE
case("no_system", "400: no system role (Gemma's and other chat templates)", must, fine)
case("enable_thinking", "400 unless `enable_thinking` is false or the call streams (DashScope, ModelScope)", must, fine)
case("stream_only", "400 unless the call streams (QwQ on DashScope)", must, fine)
case("max_tokens_too_large", "400: max_tokens above the model's limit, here 1024", must, fine)
case("context_small", "400: prompt and max_tokens above a context of 4096 (vLLM)", must, fine)
case("unknown_parameters", "400 for any parameter that OpenAI's specification does not have", GRADE, fine)

case(
    "retry_after_day", "429 with Retry-After: 86400",
    "not wait in silence: end within half a minute, say when it may go on; exit 3 or 4", limit=30,
    check=all_of(ended({3, 4}), says(LATER, "when to come back")),
)  # fmt: skip
case("retry_after_2s", "429 with Retry-After: 2, once for each answer", "wait, ask again; " + GRADE, fine)
case(
    "keep_alive_blanks", "blanks to keep the connection alive, for 40 s; KAOGUAN_TIMEOUT=3",
    "hold one deadline for the whole reply: no request lasts over 6 s; exit 3 or 4 with the reason",
    env={"KAOGUAN_TIMEOUT": "3"}, limit=60, ids=("a1",), check=all_of(ended({3, 4}), none_longer(6)),
)  # fmt: skip
case(
    "keep_alive_comments", "an event stream of comments, for 40 s; KAOGUAN_TIMEOUT=3",
    "hold one deadline for the whole reply: no request lasts over 6 s; exit 3 or 4 with the reason",
    env={"KAOGUAN_TIMEOUT": "3"}, limit=60, ids=("a1",), check=all_of(ended({3, 4}), none_longer(6)),
)  # fmt: skip
case("keep_alive_short", "blanks for 2 s, then the reply", GRADE, fine)
case(
    "one_slot", "one request at a time, 2 s each, the others wait (llama.cpp, Ollama); six answers, KAOGUAN_TIMEOUT=5",
    "0 unscored, every answer asked exactly once: waiting in a queue is no timeout",
    ids=(*FIVE, "e1"), env={"KAOGUAN_TIMEOUT": "5"}, limit=60, check=all_of(fine, asked_once),
)  # fmt: skip

must = "work all the same (exit 0), or exit 2 with a line that names "
proxy, key = "all_proxy=socks://127.0.0.1:9/", server.KEY
for name, real, setting, env, words in (
    ("env_all_proxy", f"{proxy} left by a desktop proxy", "the variable", {"all_proxy": proxy[10:]}, ("all_proxy",)),
    ("env_ssl_cert_file", "SSL_CERT_FILE names a file that is gone", "the variable",
     {"SSL_CERT_FILE": "{folder}/gone.pem"}, ("SSL_CERT_FILE",)),
    ("env_key_newline", "a key with a line break at its end", "OPENAI_API_KEY",
     {"OPENAI_API_KEY": f"{key}\n"}, ("OPENAI_API_KEY",)),
    ("env_key_curly", "a key in curly quotes", "OPENAI_API_KEY",
     {"OPENAI_API_KEY": f"“{key}”"}, ("OPENAI_API_KEY",)),
    ("env_base_cr", "a base URL with \\r at its end (from a file with Windows line ends)", "OPENAI_BASE_URL",
     {"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1\r"}, ("OPENAI_BASE_URL", "base_url")),
    ("env_base_query", "a base URL with ?api-version=1", "OPENAI_BASE_URL",
     {"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1?api-version=1"}, ("OPENAI_BASE_URL", "base_url")),
    ("env_key_wide", "a key typed with full-width letters", "OPENAI_API_KEY",
     {"OPENAI_API_KEY": "ｓｋ－ｌｏｏｐ"}, ("OPENAI_API_KEY",)),
    ("env_base_brackets", "a base URL with a bracket that is not closed", "OPENAI_BASE_URL",
     {"OPENAI_BASE_URL": "http://[127.0.0.1:{port}/v1"}, ("OPENAI_BASE_URL", "base_url")),
    ("env_model_newline", "a model's name with a line break at its end", "KAOGUAN_MODEL",
     {"KAOGUAN_MODEL": "m1\r\n"}, ("KAOGUAN_MODEL",)),
    ("env_base_port", "a base URL whose port is no number", "OPENAI_BASE_URL",
     {"OPENAI_BASE_URL": "http://127.0.0.1:port/v1"}, ("OPENAI_BASE_URL", "base_url")),
):  # fmt: skip
    case(name, real, must + setting, or_names(*words), mode="key_checked", env=env, ids=("a1",))
must = "work all the same (exit 0), or exit 2 or 3 with a line that names "
case(
    "env_http_proxy", "http_proxy=127.0.0.1:9, where nothing listens; the endpoint is on loopback", must + "the proxy",
    or_names("proxy", codes={2, 3}), env={"http_proxy": "127.0.0.1:9"}, mode="key_checked", ids=("a1",),
)  # fmt: skip
case(
    "env_base_whole", "a base URL that ends in /v1/chat/completions", must + "OPENAI_BASE_URL", mode="key_checked",
    check=or_names("OPENAI_BASE_URL", "base_url", codes={2, 3}), ids=("a1",),
    env={"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1/chat/completions"},
)  # fmt: skip

must = (
    "every answer keeps the offline judge's score, flagged with a reason; exit 0, or 3 where the endpoint is of no use"
)
hybrid = {"judge": "hybrid", "ids": FIVE, "limit": 90}
for name, real, mode, env in (
    ("hybrid_500", "500 for everything", "broken_500", {}),
    ("hybrid_503_page", "503 as an HTML page for everything", "page_503", {}),
    ("hybrid_no_json", "a model that never replies with JSON", "no_json", {}),
    ("hybrid_402", "402 for everything", "openrouter_402", {}),
    ("hybrid_refused", "the same 400 for every answer", "refused_400", {}),
    ("hybrid_filtered", "every reply stopped by the content filter", "filtered", {}),
    ("hybrid_hangs", "no reply in time; KAOGUAN_TIMEOUT=2", "hangs", {"KAOGUAN_TIMEOUT": "2"}),
):
    check = all_of(ended({0, 3}), kept_offline(offline_scores))
    case(name, f"--judge hybrid: {real}", must, check, mode=mode, env=env, **hybrid)
case(
    "hybrid_moderated", "--judge hybrid: 403 for one answer of five", mode="openrouter_403",
    must="that answer keeps the offline score, flagged with a reason; the others are graded by both; exit 0",
    check=all_of(ended({0}), kept_offline(offline_scores, "a1", "a2", "a4", "a5")), **hybrid,
)  # fmt: skip
case(
    "interview_500", "interview, --judge hybrid: 500 for everything", mode="broken_500", judge="hybrid",
    must="the question has the offline judge's score; exit 0", check=all_of(ended({0}), interview_scored),
    more=("--json",), **talk,
)  # fmt: skip


# --- trying them ----------------------------------------------------------------------------------------------------


def rows(ids):
    if ids == ("many",):
        return {f"m{i}": f"第{i}份：验证集的损失连着{i % 7 + 2}轮不降，就停下来，免得过拟合。" for i in range(1, 61)}
    return {id_: ANSWERS[id_] for id_ in ids}


def tried(one):
    """Return the run of a case and its complaints."""
    settings = {"OPENAI_BASE_URL": "http://127.0.0.1:{port}/v1", "OPENAI_API_KEY": server.KEY, "KAOGUAN_MODEL": "m1"}
    if one.say:
        arguments = ["interview", "--rubrics", RUBRICS, "--rubric", "early_stop", "--follow-ups", "1"]
    else:
        arguments = ["grade", "{file}", "--rubrics", RUBRICS]
    arguments += ["--judge", one.judge, *one.more]
    asked = rows(tuple(ANSWERS) if one.say else one.ids)

    def make(log, file, port):
        return server.serve(one.mode or one.name, log, port, file)

    runs = against(make, asked, "early_stop", arguments, settings | one.env, one.limit, one.say.encode(), one.times)
    return runs, [fault for run in runs for fault in complaints(run, one.check, one.limit)]
