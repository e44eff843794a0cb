"""A folder of rubrics brought up to date with what was distilled now; the last distilled state lies in `.distilled`."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from kaoguan import rubrics
from kaoguan.distill.folder.duplicates import same_question
from kaoguan.distill.folder.identity import unique
from kaoguan.distill.folder.merge import merge
from kaoguan.errors import InputError, RubricError
from kaoguan.models import KeyPoint, Model, Rubric, Source
from kaoguan.text.overlap import likeness

_BASE = ".distilled"


class ChangeKind(StrEnum):
    """What becomes of one distilled question."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    """Its file was deleted by hand, and stays deleted."""


class RubricChange(Model):
    """What becomes of one rubric file."""

    rubric: Rubric
    path: Path
    outcome: ChangeKind
    before: str
    after: str
    base: str
    """What is remembered as distilled."""
    conflicts: tuple[str, ...] = ()
    """Fields where a hand edit was kept although the document now says something else."""

    @property
    def diff(self) -> str:
        """Return the change as a unified diff; empty when there is none."""
        old, new = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        return "".join(difflib.unified_diff(old, new, f"a/{self.path.name}", f"b/{self.path.name}"))


def plan(folder: Path, distilled: Sequence[Rubric], comment: str) -> list[RubricChange]:
    """Return the changes that distilling makes in a folder, without making them. Raises RubricError."""
    files = _files(folder)
    bases = _bases(folder)
    open_files, open_bases = dict(files), dict(bases)
    taken = {*files, *bases}
    changes = []
    for new in distilled:
        current = {rubric_id: file.rubric for rubric_id, file in open_files.items()}
        rubric_id = find_old(new, open_bases) or find_old(new, current)
        if rubric_id is None:
            rubric = new.model_copy(update={"id": unique(new.id, taken)})
            taken.add(rubric.id)
            text = rubrics.new_file(rubric, comment)
            path = _free(folder, rubric.id)
            changes.append(
                RubricChange(rubric=rubric, path=path, outcome=ChangeKind.NEW, before="", after=text, base=text)
            )
            continue
        file, base = open_files.pop(rubric_id, None), open_bases.pop(rubric_id, None)
        changes.append(_update(folder, rubric_id, new, file, base))
    return changes


def apply(folder: Path, changes: Sequence[RubricChange]) -> None:
    """Write what was planned."""
    try:
        for change in changes:
            if change.outcome in {ChangeKind.NEW, ChangeKind.CHANGED}:
                rubrics.write(change.path, change.after)
            rubrics.write(folder / _BASE / f"{change.rubric.id}.yaml", change.base)
    except OSError as error:
        raise InputError(str(folder), f"cannot be written ({error.strerror})", "choose another folder") from error


class _File(Model):
    path: Path
    text: str
    rubric: Rubric


def _update(folder: Path, rubric_id: str, new: Rubric, file: _File | None, base: Rubric | None) -> RubricChange:
    if file is None:
        kept = base or new
        points = aligned(new.key_points, kept.key_points, ())
        theirs = new.model_copy(update={"id": rubric_id, "key_points": points})
        text = rubrics.new_file(theirs)
        path = folder / f"{rubric_id}.yaml"
        return RubricChange(rubric=theirs, path=path, outcome=ChangeKind.DELETED, before="", after="", base=text)
    ours = file.rubric
    names = [point.id for point in ours.key_points]
    points = aligned(new.key_points, (base or ours).key_points, names)
    theirs = new.model_copy(update={"id": rubric_id, "key_points": points})
    merged = merge(base or _assumed(ours, theirs), ours, theirs)
    after = rubrics.edited(file.text, ours, merged.rubric)
    return RubricChange(
        rubric=merged.rubric,
        path=file.path,
        outcome=ChangeKind.UNCHANGED if after == file.text else ChangeKind.CHANGED,
        before=file.text,
        after=after,
        base=rubrics.new_file(theirs),
        conflicts=merged.conflicts,
    )


def _assumed(ours: Rubric, theirs: Rubric) -> Rubric:
    """Return the source of a rubric without a memory.

    From the same document, it would have been distilled as now: every difference is a hand edit. From an older one,
    nobody knows: what is there counts as written by hand, and only new points come in.
    """
    if ours.source and theirs.source and ours.source.sha256 == theirs.source.sha256:
        return theirs
    same = {point.id for point in ours.key_points}
    return theirs.model_copy(update={"key_points": tuple(p for p in theirs.key_points if p.id in same)})


def _files(folder: Path) -> Mapping[str, _File]:
    if not folder.is_dir() or not any(path.suffix in {".yaml", ".yml"} for path in folder.iterdir()):
        return {}
    found: dict[str, _File] = {}
    _, faults = rubrics.check_folder(folder)
    if faults:
        raise RubricError(faults)
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yaml", ".yml"} and path.name[0] != ".":
            text = rubrics.read_text(path)
            rubric = rubrics.load(path)
            found[rubric.id] = _File(path=path, text=text, rubric=rubric)
    return found


def _bases(folder: Path) -> Mapping[str, Rubric]:
    if not (folder / _BASE).is_dir() or not any((folder / _BASE).glob("*.yaml")):
        return {}
    bank, _ = rubrics.check_folder(folder / _BASE)
    return bank


def _free(folder: Path, rubric_id: str) -> Path:
    return folder / f"{unique(rubric_id, {path.stem for path in folder.glob('*.y*ml')})}.yaml"


# Two wordings of one point share at least this much (Dice over their content).
_ALIKE = 0.5
# Where a document is unchanged, a rubric that mostly cites a question's lines is about this question.
_CITED = 0.5


def find_old(new: Rubric, old: Mapping[str, Rubric]) -> str | None:
    """Return the id of the rubric among `old` that is about the same question as `new`."""
    for rubric_id, rubric in old.items():
        if same_question(rubric.question, new.question):
            return rubric_id
    scores = {rubric_id: max(_cited(rubric, new), _shared(rubric, new)) for rubric_id, rubric in old.items()}
    best = max(scores, key=lambda rubric_id: scores[rubric_id], default=None)
    return best if best is not None and scores[best] > _CITED else None


def _cited(rubric: Rubric, new: Rubric) -> float:
    """Return the share of a rubric's points whose lines stand in the answer that `new` was made from."""
    if not (rubric.source and new.source and rubric.source.sha256 == new.source.sha256 and new.source.sha256):
        return 0.0
    first, last = _reach(new)
    inside = [p for p in rubric.key_points if p.source and p.source.lines and first <= p.source.lines[0] <= last]
    return len(inside) / len(rubric.key_points)


def _reach(rubric: Rubric) -> tuple[int, int]:
    places = (rubric.source, *(point.source for point in rubric.key_points))
    lines = [place.lines for place in places if place and place.lines and place.document == _document(rubric)]
    return min((first for first, _ in lines), default=1), max((last for _, last in lines), default=0)


def _document(rubric: Rubric) -> str:
    return rubric.source.document if rubric.source else ""


def _shared(rubric: Rubric, new: Rubric) -> float:
    """Return the share of the new points that the old rubric has nearly word for word."""
    found = sum(any(likeness(p.text, old.text) > 0.7 for old in rubric.key_points) for p in new.key_points)
    return found / len(new.key_points) if len(new.key_points) > 1 else 0.0


def aligned(new: Sequence[KeyPoint], old: Sequence[KeyPoint], taken: Iterable[str]) -> tuple[KeyPoint, ...]:
    """Return the new points under the ids of the old ones they reword; others get ids that were never used."""
    pairs = sorted(
        ((_score(point, before), i, j) for i, point in enumerate(new) for j, before in enumerate(old)), reverse=True
    )
    found: dict[int, int] = {}
    for score, i, j in pairs:
        if score >= _ALIKE and i not in found and j not in found.values():
            found[i] = j
    used = {*taken, *(point.id for point in old)}
    named = []
    for i, point in enumerate(new):
        name = old[found[i]].id if i in found else _fresh(used)
        used.add(name)
        named.append(point.model_copy(update={"id": name}))
    return tuple(named)


def _score(point: KeyPoint, before: KeyPoint) -> float:
    # The same lines decide between wordings that are equally near, and carry a hand-reworded point over the threshold.
    return likeness(point.text, before.text) + 0.3 * _same_place(point.source, before.source)


def _same_place(one: Source | None, other: Source | None) -> bool:
    return bool(one and other and one.lines and (one.document, one.lines) == (other.document, other.lines))


def _fresh(used: set[str]) -> str:
    numbers = [int(name[1:]) for name in used if name[:1] == "p" and name[1:].isdecimal()]
    return f"p{max(numbers, default=0) + 1}"
