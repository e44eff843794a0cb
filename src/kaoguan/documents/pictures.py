"""Pictures in a document: nothing that can be read, but what stands around them is told by them."""

import re
from urllib.parse import unquote

# Unicode's sign for an object that the text does not hold.
PICTURE = "\ufffc"
_AT_THE_ENDS = re.compile(
    rf"^(\s*(?:(?:[-*+]|\d{{1,9}}[.)])\s+)?)[\s{PICTURE}]*{PICTURE}\s*(?![\s{PICTURE}的是为和与，、])|\s*{PICTURE}[\s{PICTURE}]*$"
)
_SEVERAL = re.compile(rf"\s*{PICTURE}[\s{PICTURE}]*")
# Services that draw the formula in their address: `latex?x^2`, `equation?tex=x%5E2`.
_DRAWN = re.compile(r"(?:latex\?|[?&](?:tex|math|formula)=)(?P<tex>.+)$", re.IGNORECASE | re.DOTALL)
_LOOKS = re.compile(r"\\(?:dpi\s*\{\d+\}|inline\b|bg_\w+|fn_\w+|(?:tiny|small|large|Large|huge)\b)\s*")


def without_pictures(text: str) -> tuple[str, bool]:
    """Return a line with one sign for what a picture within it shows, none at its ends, and whether it shows any."""
    if PICTURE not in text:
        return text, False
    shown = _SEVERAL.sub(PICTURE, _AT_THE_ENDS.sub(lambda match: match[1] or "", text))
    return _AT_THE_ENDS.sub(lambda match: match[1] or "", shown).rstrip(), True


def drawn_formula(address: str) -> str:
    """Return the TeX source that a picture's address holds; nothing where it is no formula."""
    match = _DRAWN.search(address)
    if not match:
        return ""
    written = match["tex"] if match[0].lower().startswith("latex") else match["tex"].replace("+", " ")
    source = unquote(written).replace("&space;", " ")
    return _LOOKS.sub("", re.sub(r"&(?:preview|bg|fg|size|from)=.*$", "", source)).strip()
