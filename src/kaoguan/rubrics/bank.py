"""Rubric files and folders of them."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kaoguan import config, resources
from kaoguan.errors import InputError, RubricError
from kaoguan.models import Rubric
from kaoguan.rubrics.yaml_file import Head, parse_head, parse_rubric, read_text

Bank = Mapping[str, Rubric]


class Shelf(Mapping[str, Rubric]):
    """Rubrics by id whose files are read when they are asked for: to begin an interview, three of hundreds.

    Of several with one id the last counts. Raises RubricError where a file that is asked for has faults.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self._read: dict[str, Rubric] = {}

    @cached_property
    def heads(self) -> dict[str, Head]:
        """Return what a list of questions shows, by id."""
        return {head.id: head for head, _ in self._found.values()}

    @cached_property
    def _found(self) -> dict[str, tuple[Head, Path]]:
        """Return the top of every file and where it is, by id, without drafts, which nobody is asked."""
        read = ((_head(path), path) for path in self._files)
        return {head.id: (head, path) for head, path in read if head.state != "draft"}

    def __getitem__(self, rubric_id: str) -> Rubric:
        if rubric_id not in self._read:
            self._read[rubric_id] = load(self._found[rubric_id][1])
        return self._read[rubric_id]

    def __contains__(self, rubric_id: object) -> bool:
        return rubric_id in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def load(path: Path) -> Rubric:
    """Return the rubric in one YAML file. Raises RubricError with every fault found."""
    rubric, faults = parse_rubric(str(path), read_text(path))
    if rubric is None:
        raise RubricError(faults)
    return rubric


def load_folder(folder: Path) -> dict[str, Rubric]:
    """Return the rubrics of a folder (or of one file) by id, in file order, without drafts, which nobody is asked.

    Raises RubricError with every fault, and InputError where there are only drafts.
    """
    good, faults = check_folder(folder)
    if faults:
        raise RubricError(faults)
    ready = {rubric_id: rubric for rubric_id, rubric in good.items() if rubric.state != "draft"}
    if good and not ready:
        what = (
            f"holds only drafts ({', '.join(list(good)[:3])}{' …' if len(good) > 3 else ''}): questions without answers"
        )
        raise InputError(str(folder), what, "write their answers and key points, and take out `state: draft`")
    return ready


def load_bundled() -> Shelf:
    """Return the rubrics that came with kaoguan."""
    return Shelf(files(resources.folder("rubrics")))


def bank(folder: Path | None) -> Bank:
    """Return the rubrics of a folder; or those that came with kaoguan and, beside them, those of the user's packs.

    Raises RubricError.
    """
    if folder:
        return load_folder(folder)
    own = [file for pack in packs() for file in files(pack)]
    return Shelf([*files(resources.folder("rubrics")), *own])


def heads(among: Bank) -> dict[str, Head]:
    """Return what a list of questions shows, by id; no file of the shipped ones is read further than that."""
    if isinstance(among, Shelf):
        return among.heads
    return {id_: Head.model_validate(rubric, from_attributes=True) for id_, rubric in among.items()}


def packs() -> list[Path]:
    """Return the folders of the user's own packs, by name."""
    place = config.folders().packs
    return sorted(path for path in place.iterdir() if path.is_dir() and path.name[0] != ".") if place.is_dir() else []


def check_folder(folder: Path) -> tuple[dict[str, Rubric], list[InputError]]:
    """Return the rubrics that are good and the faults of those that are not."""
    good: dict[str, Rubric] = {}
    homes: dict[str, Path] = {}
    faults: list[InputError] = []
    for path in files(folder):
        try:
            rubric = load(path)
        except RubricError as error:
            faults += error.faults
            continue
        if rubric.id in homes:
            what = f"rubric id {rubric.id!r} is already taken by {homes[rubric.id]}"
            faults.append(InputError(str(path), what, "give one of them another id"))
            continue
        good[rubric.id], homes[rubric.id] = rubric, path
    return good, faults


def with_ids(among: Bank, ids: Iterable[str]) -> dict[str, Rubric]:
    """Return the rubrics with these ids, in this order. Raises InputError naming the nearest ids there are."""
    chosen: dict[str, Rubric] = {}
    for rubric_id in ids:
        if rubric_id not in among:
            near = difflib.get_close_matches(rubric_id, among, n=3, cutoff=0.4) or sorted(among)[:_MOST_NAMED]
            raise InputError(f"rubric {rubric_id!r}", "there is none with this id", f"try {', '.join(near)}")
        chosen[rubric_id] = among[rubric_id]
    return chosen


# More names than this are no help.
_MOST_NAMED = 10


def files(folder: Path) -> list[Path]:
    """Return the rubric files of a folder and the folders in it, sorted; a file stands for itself.

    Where a folder has a folder `rubrics` in it, that is what is meant: a repository holds other YAML too. Raises
    InputError where there are none.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise InputError(str(folder), "there is no such file or folder", "name a folder of rubric files (*.yaml)")
    top = folder / "rubrics" if (folder / "rubrics").is_dir() else folder
    found = sorted(path for path in _walk(top) if path.suffix in {".yaml", ".yml"})
    if not found:
        raise InputError(str(folder), "holds no rubric files", "put *.yaml files there, see `kaoguan rubrics schema`")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name[0] == ".":
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _head(path: Path) -> Head:
    text = read_text(path)
    return parse_head(text) or Head.model_validate(load(path), from_attributes=True)
