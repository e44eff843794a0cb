"""The answer made safe to stand in a prompt: data between two lines that it cannot contain."""

import hashlib
import re
import unicodedata
from typing import NamedTuple

# The same bounds as the offline judge's: the work per answer stays bounded, and both judges see the same text.
from kaoguan.text.characters import HEAD, TAIL

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Chat templates' own tokens (<|im_end|>, DeepSeek's with full-width bars, [INST], <<SYS>>), and markup (</answer>):
# a server may read them as such.
_MARKUP = re.compile(
    r"<[|｜][^\n]{0,60}?[|｜]>|<<\s*/?\s*\w+\s*>>|</?[A-Za-z][A-Za-z0-9_ -]{0,40}/?>"
    r"|<tool_\w+[^\n>]{0,80}>|<!--|<!\[CDATA\["
    r"|\[/?\s*(?:INST|SYS|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)[^\]\n]{0,20}\]"
)
_LOOKS_DIFFERENT = str.maketrans("<>|｜[]", "‹›¦¦〔〕")
_ROLE = re.compile(
    r"^([\s#>*_\-]*)(system|assistant|user|human|developer|tool|系统|助手|用户|人类|开发者|评分员|判分员|考官)(?=\s*[:：])",
    re.IGNORECASE | re.MULTILINE,
)


class Fenced(NamedTuple):
    """An answer as it stands in a prompt, and the line before and after it."""

    text: str
    fence: str
    shortened: bool


def fence(answer: str, context: str) -> Fenced:
    """Return the answer without invisible characters, its look-alikes of roles and delimiters changed.

    The fence is another one for every answer and `context`. Being made of the hash of both, it cannot be foreseen by
    whoever writes the answer.
    """
    visible = "".join(one for one in answer if one in "\n\t" or unicodedata.category(one) not in _INVISIBLE)
    shortened = len(visible) > HEAD + TAIL
    if shortened:
        visible = f"{visible[:HEAD]}\n…\n{visible[-TAIL:]}"
    text = _MARKUP.sub(lambda match: match[0].translate(_LOOKS_DIFFERENT), visible)
    text = _ROLE.sub(r"\1“\2”", text)
    nonce = hashlib.sha256(f"{context}\0{answer}".encode("utf-8", "replace")).hexdigest()[:16]
    return Fenced(text, f"=====ANSWER-{nonce}=====", shortened)
