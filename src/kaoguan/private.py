"""Files that only this user may read."""

from pathlib import Path


def file(path: Path) -> Path:
    """Return `path`, made (0600, in a folder 0700) when it is not there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Made by us first, because sqlite would make it readable for everyone.
    path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path
