"""A claim said the wrong way round: what an answer must not be closer to than to the claim itself."""

from kaoguan.grading.offline.contrast import Contrast
from kaoguan.grading.offline.lexicon import lexicon

# Each opposite costs an encoding per rubric; the first few turns are the telling ones.
_MOST = 4


def opposites(claim: str, contrast: Contrast) -> list[str]:
    """Return the normalised claim with its entities exchanged, with each attribute turned in turn, and denied."""
    found = []
    if contrast.first in claim and contrast.second in claim and contrast.first:
        parked = claim.replace(contrast.first, "\0").replace(contrast.second, contrast.first)
        found.append(parked.replace("\0", contrast.second))
    found += _turned(claim)[:_MOST]
    found.append(("并非" if any(character > "\u3400" for character in claim) else "it is not true that ") + claim)
    return found


def _turned(claim: str) -> list[str]:
    words = lexicon()
    turned = [claim[:start] + claim[end:] for start, end in words.negators(claim)]
    for table, pattern in ((words.attributes, words.attribute_pattern), (words.entities, words.entity_pattern)):
        found = [(match, _opposite(match[0], table)) for match in pattern.finditer(claim) if match[0] in table]
        turned += [claim[: match.start()] + other + claim[match.end() :] for match, other in found if other]
    return turned


def _opposite(word: str, table: dict[str, tuple[tuple[int, int], ...]]) -> str:
    """Return the word of the other side that looks most like this one (更大 → 更小, faster → slower)."""
    axis, side = table[word][0]
    latin = word[0] < "\u2e80"
    others = [other for other, places in table.items() if (axis, -side) in places and (other[0] < "\u2e80") == latin]
    shared = [(len(set(word) & set(other)), -abs(len(word) - len(other)), other) for other in others]
    return max(shared)[2] if shared else ""
