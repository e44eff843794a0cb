"""Whether a line ends the sentence of the line above it or begins one of its own."""

import re

from kaoguan.text.script import HAN


def mid_sentence(before: str, text: str) -> bool:
    """Return whether a line right below another can only be its end: a bracket is open, or no sentence begins so."""
    if re.match(r"[的了和与及或、，。；）]", text):
        return True
    if before.count("（") + before.count("(") > before.count("）") + before.count(")"):
        return True
    begun = re.match(r"[A-Za-z]", before) is not None and before[-1].isascii()
    return begun and (re.match(r"[a-z]{2,} |\([a-z]", text) is not None or _GOES_ON.search(before) is not None)


# No English sentence ends like this.
_GOES_ON = re.compile(
    r"(?:,|\b(?:a|an|the|of|to|in|on|for|with|by|from|and|or|is|are|was|were|be|that|which|as|at|into|than|its"
    r"|their))$",
    re.IGNORECASE,
)


def begins(before: str, text: str) -> bool:
    """Return whether a line begins a sentence of its own: "KNN is …", not "Bayes is …" below "… the Naive"."""
    first, other = (_NAME.match(line) for line in (text, before))
    named = re.search(r"[^A-Za-z](?:[A-Z]|\d)[^ ]*$", before) is not None or _GOES_ON.search(before) is not None
    again = first and other and first[0] == other[0]
    return bool(again) or (not named and re.match(r"[A-Z][\w-]*(?: [\w-]+){0,3}:? ", text, re.ASCII) is not None)


_NAME = re.compile(r"[A-Z][\w-]*", re.ASCII)


# No wrapped line begins with 「时间复杂度：」.
LABELLED = re.compile(rf"[^，,。；;：:（）()]*[{HAN}][^，,。；;：:（）()]{{1,16}}：|[A-Z=]\S{{1,15}}\s?[:：](?!/)")
