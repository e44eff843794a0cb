"""The pieces of words that the reader knows: a part of e5's, chosen by rule, as a sentencepiece model."""

import re
from collections.abc import Iterable
from pathlib import Path

from e5 import E5
from sentencepiece import sentencepiece_model_pb2

from kaoguan.text.characters import simplified

# The commonest Latin pieces cover English; what else our own texts need is added.
_LATIN = 16_000
_CHINESE = re.compile(r"▁?[\u4e00-\u9fff]+")
_FORMULA = re.compile(r"▁?[0-9.%=<>+?,\-_/&^']+|▁?[α-ωΑ-Ω\u2190-\u21ff\u2200-\u22ff×÷±¬√·²³]")
_WORD = re.compile(r"▁?[a-z]+")
_BEGIN, _END, _UNKNOWN = "<s>", "</s>", "<unk>"
# e5's rows for the unknown piece, the begin and the end mark.
_SPECIAL_ROWS = [3, 0, 2]


def chosen(e5: E5, texts: Iterable[str]) -> dict[str, tuple[int, float]]:
    """Return the pieces to keep, with e5's row and score: Chinese, English, formulas, and what `texts` use."""
    known = e5.pieces
    latin = sorted((piece for piece in known if _WORD.fullmatch(piece)), key=lambda piece: (-known[piece][1], piece))
    kept = ["▁"]
    kept += [piece for piece in known if _CHINESE.fullmatch(piece) and simplified(piece) == piece]
    kept += [piece for piece in known if _FORMULA.fullmatch(piece)]
    kept += latin[:_LATIN] + [piece for piece in latin[_LATIN:] if len(piece) == 1]
    longest, unknown = max(map(len, known)), min(score for _, score in known.values()) - 10
    for text in texts:
        kept += [piece for piece in _best("▁" + text.replace(" ", "▁"), known, longest, unknown) if piece in known]
    return {piece: known[piece] for piece in dict.fromkeys(kept) if piece in known}


def write(pieces: dict[str, tuple[int, float]], path: Path) -> list[int]:
    """Write the sentencepiece model; return e5's row for each of its numbers."""
    model = sentencepiece_model_pb2.ModelProto()
    trainer, normalizer = model.trainer_spec, model.normalizer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = 0, 1, 2, -1
    normalizer.name = "identity"
    normalizer.add_dummy_prefix = normalizer.escape_whitespaces = True
    normalizer.remove_extra_whitespaces = False
    piece = model.SentencePiece
    for text, kind in ((_UNKNOWN, piece.UNKNOWN), (_BEGIN, piece.CONTROL), (_END, piece.CONTROL)):
        model.pieces.add(piece=text, score=0, type=kind)
    for text, (_, score) in pieces.items():
        model.pieces.add(piece=text, score=score, type=piece.NORMAL)
    path.write_bytes(model.SerializeToString())
    return _SPECIAL_ROWS + [row for row, _ in pieces.values()]


def _best(text: str, pieces: dict[str, tuple[int, float]], longest: int, unknown: float) -> list[str]:
    """Return the most probable way to cut a text into pieces."""
    best, back = [0.0] + [-1e30] * len(text), [0] * (len(text) + 1)
    for i in range(len(text)):
        for end in range(i + 1, min(len(text), i + longest) + 1):
            found = pieces.get(text[i:end])
            if (found or end == i + 1) and (value := best[i] + (found[1] if found else unknown)) > best[end]:
                best[end], back[end] = value, i
    cut, end = [], len(text)
    while end:
        cut.append(text[back[end] : end])
        end = back[end]
    return cut[::-1]
