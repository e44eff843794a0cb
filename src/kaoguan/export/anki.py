"""Key points as cards for Anki: the question (and its follow-up) in front, the point and what teaches it behind.

A card's guid comes from rubric id and key point id, so importing a deck again updates cards and keeps their history.
"""

import html
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kaoguan import config
from kaoguan.documents.at_hand import Place, at_hand, places
from kaoguan.files.replacing import replacing_bytes
from kaoguan.models import KeyPoint, Rubric, Source
from kaoguan.text import printable

if TYPE_CHECKING:
    from genanki import Model, Note

# Drawn once; Anki knows deck and note type by them.
_DECK = 1_793_440_211
_NOTE_TYPE = 1_460_725_903
_FIELDS = ("Question", "Follow-up", "Answer", "Source")
_FRONT = '{{Question}}{{#Follow-up}}<hr class="kg">{{Follow-up}}{{/Follow-up}}'
_BACK = '{{FrontSide}}<hr id="answer">{{Answer}}<div class="kg-source">{{Source}}</div>'
_STYLE = """.card { font-family: sans-serif; font-size: 20px; line-height: 1.5; text-align: left; padding: 1em; }
.kg { border: 0; border-top: 1px dotted; } .kg-source { margin-top: 1em; font-size: 14px; opacity: .7; }
.kg-note { margin-top: .7em; font-size: 16px; }"""


def write_deck(rubrics: Iterable[Rubric], out: Path) -> int:
    """Write a deck with one card per key point; return how many. Raises SettingError when `out` cannot be written."""
    from genanki import Deck, Package  # 0.09 s: only those who export pay

    kind = _note_type()
    deck = Deck(_DECK, "考官 kaoguan")
    known = places(config.folders().documents)
    for rubric in rubrics:
        for number, point in enumerate(rubric.key_points, start=1):
            deck.add_note(_note(rubric, point, number, kind, known))
    with replacing_bytes(out, private=True) as file:
        Package(deck).write_to_file(file)
    return len(deck.notes)


def _note_type() -> "Model":
    from genanki import Model

    template = {"name": "key point", "qfmt": _FRONT, "afmt": _BACK}
    return Model(_NOTE_TYPE, "kaoguan", fields=[{"name": name} for name in _FIELDS], templates=[template], css=_STYLE)


def _note(rubric: Rubric, point: KeyPoint, number: int, kind: "Model", known: Sequence[Place]) -> "Note":
    from genanki import Note, guid_for

    # Cards of one question must differ in front, without saying what is behind.
    asked = point.follow_up or f"({number}/{len(rubric.key_points)})"
    # With the note in a field of its own Anki would take this for another kind of note, and lose its history.
    answer = _shown(point.text) + (f'<div class="kg-note">{_shown(point.note)}</div>' if point.note else "")
    fields = [_shown(rubric.question), _shown(asked), answer, _shown(_place(point.source or rubric.source, known))]
    tags = ["kaoguan", f"kaoguan::{rubric.id}"]
    return Note(model=kind, fields=fields, guid=guid_for("kaoguan", rubric.id, point.id), tags=tags)


def _place(source: Source | None, known: Sequence[Place]) -> str:
    """Return document and lines, where the document is at hand."""
    if source is None or not at_hand(source, known):
        return ""
    return f"{source.document}:{source.lines[0]}-{source.lines[1]}" if source.lines else source.document


def _shown(text: str) -> str:
    """Return text as a card shows it: as it is. Anki would play [sound:…] and run [latex]."""
    escaped = html.escape(printable(text)).replace("[", "&#91;").replace("{", "&#123;")
    return escaped.replace("\n", "<br>")
