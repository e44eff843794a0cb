"""Files and folders that only this user may read, whatever the umask."""

from pathlib import Path


def folder(path: Path) -> Path:
    """Return `path`, a folder made (0700), with those above it, when it is not there. Raises OSError."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        # `parents=True` would make those above readable for everyone.
        one.mkdir(mode=0o700, exist_ok=True)
    path.mkdir(exist_ok=True)
    return path


def file(path: Path) -> Path:
    """Return `path`, made (0600, in a folder 0700) when it is not there. Raises OSError."""
    folder(path.parent)
    # Made by us first, because sqlite would make it readable for everyone.
    path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path
