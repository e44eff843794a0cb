"""How much a question says by itself, before anybody looks at what stands around it."""

import re

from kaoguan.distill.questions.asking import demands
from kaoguan.distill.questions.hanging import hangs
from kaoguan.distill.questions.subject import content
from kaoguan.text.leaning import leans
from kaoguan.text.script import is_chinese
from kaoguan.text.terms import is_term

POINTING = re.compile(r"\b(?:it|they|this|these|those|that|its|their)\b|它|其|这|该|此", re.IGNORECASE)
SPEAKING = re.compile(r"\b(?:you|your|we|our|I|let)\b|[你我]|大家|笔者", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w.+#-]*", re.ASCII)
_LABEL = re.compile(r"[^:：？?]{1,24}[:：]\s?\S")


def by_itself(question: str) -> dict[str, float]:
    """Return numbers of a question: its names, its words that mean something, what it points at, whom it speaks to."""
    chinese = is_chinese(question)
    pieces = [piece for piece in content(question) if piece]
    return {
        "a names": sum(chinese or _is_coined(word) for word in _WORD.findall(question)),
        "a pieces": len(pieces),
        "a longest": max(map(len, pieces), default=0) / (1 if chinese else _LETTERS),
        "a content": sum(map(len, pieces)) / max(len(question), 1),
        "a terms": sum(map(is_term, pieces)),
        "a demands": demands(question, chinese),
        "a hangs": hangs(question),
        "a leans": leans(question),
        "a points": len(POINTING.findall(question)),
        "a speaks": SPEAKING.search(question) is not None,
        "a sentences": len(re.findall(r"[。.!?？！](?=\s|$)", question)),
        "a brackets": len(re.findall("[(（]", question)),
        "a label": _LABEL.match(question) is not None,
        "a capital": question[:1].isupper(),
    }


def _is_coined(word: str) -> bool:
    """Return whether nothing but a name is written so: "LoRA", "GPT-4"; beside Chinese all that is Latin is one."""
    return sum(sign.isupper() or sign.isdigit() for sign in word) > 1


# A letter says a third of what a Chinese character says.
_LETTERS = 3
