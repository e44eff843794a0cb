"""Distilling with a language model: it reads, and every word it returns is checked against the document."""

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kaoguan.distill.distilled import Distilled, Dropped
from kaoguan.distill.folder.duplicates import merged
from kaoguan.distill.model.checked import checked
from kaoguan.distill.model.chunks import Chunk, chunks
from kaoguan.distill.model.grounding import Supports, lexically
from kaoguan.distill.model.reply import ExtractReply
from kaoguan.documents import Document
from kaoguan.grading.llm.fence import fence
from kaoguan.llm import ChatModel, Loop, Message, Unanswered
from kaoguan.models import Language, Rubric
from kaoguan.prompts import Wording
from kaoguan.text.script import is_chinese

# Parts that are asked for at once; the endpoint's own limits slow them down further where needed.
_AT_ONCE = 4
# A reply repeats the quotations and adds claims, paraphrases and follow-ups.
_REPLY_PER_CHARACTER = 2.5
_LEAST_REPLY = 2_000
_TOKENS_PER_CHINESE, _TOKENS_PER_LATIN = 0.8, 0.3


class Estimate(NamedTuple):
    """What distilling will take: requests, and tokens in and out, roughly."""

    requests: int
    prompt_tokens: int
    completion_tokens: int


class LlmDistiller:
    """Asks a language model for questions and claims with quotations, and keeps what the quotations support.

    Stopped and run again, it pays for nothing twice where the model keeps its replies (`open_model` does).
    """

    def __init__(
        self,
        model: ChatModel,
        words: dict[Language, Wording],
        *,
        supports: Supports = lexically,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> None:
        self._model = model
        self._words = words
        self._supports = supports
        self._progress = progress

    def estimate(self, documents: Sequence[Document]) -> Estimate:
        """Return the number of requests and tokens that `distill` will take."""
        asked = [self._messages(chunk) for document in documents for chunk in chunks(document)]
        prompt = sum(_tokens(message.content) for messages in asked for message in messages)
        reply = sum(_reply_tokens(chunk) for document in documents for chunk in chunks(document))
        return Estimate(len(asked), prompt, reply // 2)

    def distill(self, documents: Sequence[Document]) -> Distilled:
        """Return the draft rubrics of these documents. Raises ProviderError when the model cannot be asked at all."""
        parts = [chunk for document in documents for chunk in chunks(document)]
        with Loop() as loop:
            replies = loop.run(self._extracts(parts))
        rubrics: list[Rubric] = []
        dropped: list[Dropped] = []
        unread: list[Dropped] = []
        for chunk, reply in zip(parts, replies, strict=True):
            if isinstance(reply, Unanswered):
                lines = f"{chunk.lines[0].number}-{chunk.lines[-1].number}"
                unread.append(Dropped(document=chunk.document.name, text=lines, why=reply.reason))
                continue
            for question in reply.questions:
                found = checked(question, chunk, self._supports)
                dropped += found.dropped
                rubrics += [found.rubric] if found.rubric else []
        return Distilled(rubrics=tuple(merged(rubrics)), dropped=tuple(dropped), unread=tuple(unread))

    async def _extracts(self, parts: Sequence[Chunk]) -> list[ExtractReply | Unanswered]:
        gate = asyncio.Semaphore(_AT_ONCE)
        done = 0

        async def extract(chunk: Chunk) -> ExtractReply | Unanswered:
            nonlocal done
            async with gate:
                try:
                    asked = await self._model.ask(self._messages(chunk), ExtractReply, max_tokens=_reply_tokens(chunk))
                    return asked.value
                except Unanswered as unanswered:
                    return unanswered
                finally:
                    done += 1
                    self._progress(done, len(parts))

        return await asyncio.gather(*(extract(chunk) for chunk in parts))

    def _messages(self, chunk: Chunk) -> list[Message]:
        numbered = "\n".join(f"{line.number}| {line.text}" for line in chunk.lines if line.text.strip())
        chinese = is_chinese(numbered)
        wording = self._words["zh" if chinese else "en"]
        fenced = fence(numbered, chunk.document.sha256)
        running = fence(chunk.running, chunk.document.sha256).text or wording.say("no_running")
        text = wording.say("chunk", fence=fenced.fence, lines=fenced.text, running=running)
        return [Message(role="system", content=wording.say("system")), Message(role="user", content=text)]


def _reply_tokens(chunk: Chunk) -> int:
    size = sum(_tokens(line.text) for line in chunk.lines)
    return max(_LEAST_REPLY, round(size * _REPLY_PER_CHARACTER))


def _tokens(text: str) -> int:
    chinese = sum(character >= "\u2e80" for character in text)
    return round(chinese * _TOKENS_PER_CHINESE + (len(text) - chinese) * _TOKENS_PER_LATIN)
