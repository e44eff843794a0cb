"""Whether two texts that share most of their words still speak of different things."""

import re
from difflib import SequenceMatcher

from kaoguan.text.overlap import STOP
from kaoguan.text.script import HAN

_TOKENS = re.compile(rf"第[一二三四五六七八九十]|[{HAN}]|[a-z]+|\d+(?:\.\d+)*")
# Words that may be exchanged for each other, and the texts still say the same.
_WORDS = re.compile(
    r"什么是|是什么|是指|什么|怎么样|怎么|怎样|如何|哪些|为什么|为啥|为何|请问|请|介绍|解释|讲讲|谈谈|说说|简述"
    r"|描述|一下|能够|可以|就是|或者|以及|并且|而且|因此|所以|从而|通常|一般|主要|常见|进行|使用|采用|利用"
)
_SINGLE = frozenset(
    "的了是在和与就也都会能可以一个之其这那它们吗呢吧啊把被让使将对为并而且或及等有中上下里得地着过用要还更很到从由于所以则即该此每"
)


def differ(one: str, other: str) -> bool:
    """Return whether each text holds a content term that the other has not, in the same place.

    「批归一化和层归一化」 and 「批归一化和组归一化」 differ; 「怎么选」 and 「如何选」 do not.
    A text that only adds words does not differ.
    """
    left, right = _tokens(one), _tokens(other)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and _content(left[a:b]) and _content(right[c:d]):
            return True
    return False


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(_WORDS.sub(" ", text.casefold()))


def _content(tokens: list[str]) -> set[str]:
    return {token for token in tokens if token not in _SINGLE and f" {token} " not in STOP}
