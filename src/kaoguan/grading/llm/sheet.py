"""A rubric as a model sees it: numbered key points without weights, one of them a canary."""

import hashlib
from collections.abc import Sequence

from kaoguan.grading.llm.fence import Fenced
from kaoguan.llm import Message
from kaoguan.models import Rubric
from kaoguan.prompts import Wording


class Sheet:
    """The part of the prompt that is the same for every answer to a question, and the handles used in it."""

    def __init__(self, rubric: Rubric, wording: Wording, fingerprint: str) -> None:
        """Take the rubric's fingerprint: from it comes where the canary stands and what it says."""
        self._wording = wording
        number = int(fingerprint, 16)
        place = number % (len(rubric.key_points) + 1)
        texts = [point.text for point in rubric.key_points]
        ids = [point.id for point in rubric.key_points]
        code = hashlib.sha256(f"canary {fingerprint}".encode()).hexdigest()[:8].upper()
        texts.insert(place, wording.say("canary", code=code))
        handles = [f"k{i}" for i in range(1, len(texts) + 1)]
        self.canary = handles[place]
        """The handle of the key point that no answer can cover."""
        self.handles = dict(zip(ids, [handle for handle in handles if handle != self.canary], strict=True))
        """The handle of each key point, by its id."""
        none = wording.say("none")
        self.system = Message(
            role="system",
            content="\n\n".join(
                (
                    wording.say("system"),
                    wording.say(
                        "rubric",
                        question=rubric.question,
                        reference=rubric.reference_answer,
                        key_points="\n".join(f"{handle}. {text}" for handle, text in zip(handles, texts, strict=True)),
                        misconceptions="\n".join(f"{one.id}. {one.text}" for one in rubric.misconceptions) or none,
                        notes="\n".join(f"- {note}" for note in rubric.notes) or none,
                    ),
                )
            ),
        )

    def messages(self, fenced: Fenced, asked: Sequence[str] | None, *, misconceptions: bool = True) -> list[Message]:
        """Return the conversation that asks about all key points (None), or only about these handles."""
        if asked is None:
            text = self._wording.say("answer", fence=fenced.fence, answer=fenced.text)
        else:
            handles = ", ".join(asked) + (self._wording.say("some_misconceptions") if misconceptions else "")
            text = self._wording.say("some", fence=fenced.fence, answer=fenced.text, handles=handles)
        return [self.system, Message(role="user", content=text)]
