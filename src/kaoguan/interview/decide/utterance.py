"""Something the interviewer may say, and whether it was said before."""

from collections.abc import Sequence

from kaoguan.models import Model


class Utterance(Model):
    """What to say, and what it is aimed at."""

    text: str = ""
    key_point: str | None = None
    misconception: str | None = None


def repeats(text: str, said: Sequence[str]) -> bool:
    """Return whether something said before contains these very words."""
    return any(text in earlier for earlier in said)
