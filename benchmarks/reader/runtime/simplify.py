"""Traditional characters made simplified, phrase by phrase: what one character at a time cannot tell apart."""

import re
from functools import cache

from opencc import OpenCC

from kaoguan.grading.offline.normalise import form

# Traditional text writes 著 for both 着 (拿著) and 著 (显著, 著名).
_PARTICLE = re.compile("(?<![显原名专编卓论译巨土])著(?![名作述者称书])")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return the text in simplified characters, each where it was; phrases tell 着 from 著."""
    converted = str(_simplifier().convert(text))
    return _PARTICLE.sub("着", converted if len(converted) == len(text) else "".join(map(form, text)))
