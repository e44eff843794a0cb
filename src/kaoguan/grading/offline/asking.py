"""Texts that only ask: whoever repeats an interviewer's question has claimed nothing."""

import re

# "Is it because the gradients vanish?" is a guess, and a guess counts; "what makes the gradients vanish?" is none.
_ASKS = re.compile(
    r"什么|哪(?!怕)|怎么|怎样|为何|为啥|如何|多少|几(?!乎)|\b(?:what|why|how|which|when|where|who)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^。;！!？?\n]+[。;！!？?\n]*")


def only_asks(text: str) -> bool:
    """Return whether every sentence of a normalised text is a question that leaves its answer open."""
    sentences = [found for match in _SENTENCE.finditer(text) if (found := match[0].strip())]
    return bool(sentences) and all(found[-1] in "?？" and _ASKS.search(found) for found in sentences)
