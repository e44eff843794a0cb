"""Rubric files and folders of them."""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

from kaoguan import resources
from kaoguan.errors import InputError, RubricError
from kaoguan.models import Rubric
from kaoguan.rubrics.yaml_file import parse_rubric, read_text

Bank = dict[str, Rubric]


def load(path: Path) -> Rubric:
    """Return the rubric in one YAML file. Raises RubricError with every fault found."""
    rubric, faults = parse_rubric(str(path), read_text(path))
    if rubric is None:
        raise RubricError(faults)
    return rubric


def load_folder(folder: Path) -> Bank:
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


def load_bundled() -> Bank:
    """Return the rubrics that came with kaoguan."""
    return load_folder(resources.folder("rubrics"))


def bank(folder: Path | None) -> Bank:
    """Return the rubrics of a folder, or those that came with kaoguan. Raises RubricError."""
    return load_folder(folder) if folder else load_bundled()


def check_folder(folder: Path) -> tuple[Bank, list[InputError]]:
    """Return the rubrics that are good and the faults of those that are not."""
    good: Bank = {}
    homes: dict[str, Path] = {}
    faults: list[InputError] = []
    for path in _files(folder):
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


def with_ids(among: Mapping[str, Rubric], ids: Iterable[str]) -> Bank:
    """Return the rubrics with these ids, in this order. Raises InputError naming the nearest ids there are."""
    chosen: Bank = {}
    for rubric_id in ids:
        if rubric_id not in among:
            near = difflib.get_close_matches(rubric_id, among, n=3, cutoff=0.4) or sorted(among)
            raise InputError(f"rubric {rubric_id!r}", "there is none with this id", f"try {', '.join(near)}")
        chosen[rubric_id] = among[rubric_id]
    return chosen


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise InputError(str(folder), "there is no such file or folder", "name a folder of rubric files (*.yaml)")
    files = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"} and path.name[0] != ".")
    if not files:
        raise InputError(str(folder), "holds no rubric files", "put *.yaml files there, see `kaoguan rubrics schema`")
    return files
