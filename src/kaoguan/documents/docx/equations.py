"""Word's equations as one line of plain signs: (a+b)/(2), x^(2), √(n), ∑_(i=1)^(n)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Settings of an equation's parts, which hold no signs.
_SETTINGS = ("Pr",)


def plain(element: "_Element") -> str:
    """Return an equation, or a part of one. Recursion is bounded by the XML parser's 256 levels."""
    tag = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    return (element.text or "") if tag == "t" else _built(element, tag)


def _built(element: "_Element", tag: str) -> str:  # noqa: PLR0911 (one for each kind of part)
    if tag == "f":
        return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
    if tag in {"sSup", "sSub", "sSubSup", "nary", "limLow", "limUpp"}:
        return _scripted(element, tag)
    if tag == "rad":
        return f"√{_grouped(_part(element, 'e'), always=True)}"
    if tag == "d":
        begin, end = _brackets(element)
        return begin + ", ".join(plain(part) for part in element.iterfind(M + "e")) + end
    if tag == "acc":
        return f"{_part(element, 'e')}{_character(element, 'accPr', chr(0x302))}"
    if tag == "m":
        rows = (", ".join(map(plain, row.iterfind(M + "e"))) for row in element.iterfind(M + "mr"))
        return f"[{'; '.join(rows)}]"
    return "".join(plain(child) for child in element if not str(child.tag).endswith(_SETTINGS))


def _scripted(element: "_Element", tag: str) -> str:
    body = _character(element, "naryPr", "∫") if tag == "nary" else _part(element, "e")
    low, high = _part(element, "sub") or (_part(element, "lim") if tag == "limLow" else ""), _part(element, "sup")
    high = high or (_part(element, "lim") if tag == "limUpp" else "")
    shown = body + (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")
    return f"{shown} {_part(element, 'e')}" if tag == "nary" else shown


def _part(element: "_Element", name: str) -> str:
    part = element.find(M + name)
    return "" if part is None else plain(part).strip()


def _grouped(text: str, *, always: bool = False) -> str:
    return text if len(text) == 1 and not always else f"({text})"


def _character(element: "_Element", settings: str, default: str) -> str:
    found = element.find(f"{M}{settings}/{M}chr")
    return default if found is None else found.get(M + "val") or default


def _brackets(element: "_Element") -> tuple[str, str]:
    begin, end = (element.find(f"{M}dPr/{M}{name}") for name in ("begChr", "endChr"))
    opened = "(" if begin is None else begin.get(M + "val") or ""
    return opened, ")" if end is None else end.get(M + "val") or ""
