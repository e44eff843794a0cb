"""Everything that can go wrong, and the exit code it means.

    KaoguanError                the message always says where, what is wrong and what to do
    ├── InputError              the user can fix it: a file, an option, a setting        exit 2
    │   ├── RubricError         a rubric file that cannot be used
    │   ├── DocumentError       a document that cannot be read
    │   ├── AnswersError        an answers file that cannot be read at all
    │   ├── SettingError        an option, environment variable or config.toml entry
    │   ├── CalibrationError    no calibration for this embedder, or one that does not fit
    │   └── SessionError        a session that is not there or cannot go on
    └── ProviderError           an endpoint or model that cannot be used                exit 3

A foreign exception stops at its adapter and becomes one of these. What is left over is a bug: traceback, exit 1.
Each says `where`, `what` and what `mend`s it, and comes out of a pickle (another process, a task queue) as it went in.
"""

import re
from enum import IntEnum
from typing import Any, Self

# What stands between :// and @ in an address may be a password, and messages are copied into bug reports.
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+(?=@)")


def without_credentials(text: str) -> str:
    """Return the text with *** in the place of names and passwords in addresses."""
    return _CREDENTIALS.sub("***", text) if "://" in text else text


class ExitCode(IntEnum):
    """What the process returns: part of the API for scripts."""

    OK = 0
    BUG = 1
    FIXABLE = 2
    PROVIDER = 3
    SOME_UNSCORED = 4
    INTERRUPTED = 130
    NOBODY_READS = 141  # what a shell shows of other tools, too, when `head` has seen enough


class KaoguanError(Exception):
    """An error with a place, a fault and a remedy: `<where>: <what is wrong>; <what to do>`."""

    exit_code = ExitCode.FIXABLE

    def __init__(self, where: str, what: str, mend: str) -> None:
        self.where, self.what, self.mend = map(without_credentials, (where, what, mend))
        super().__init__(f"{self.where}: {self.what}; {self.mend}")

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is pickled as a call with its `args`, which is the message alone: ours take more.
        return type(self)._restored, (self.args, self.__dict__)

    @classmethod
    def _restored(cls, args: tuple[object, ...], state: dict[str, object]) -> Self:
        error = cls.__new__(cls, *args)
        error.__dict__.update(state)
        return error


class InputError(KaoguanError):
    """Something the user gave cannot be used; they can fix it."""


class RubricError(InputError):
    """One or more faults in rubric files; the message lists them all, one to a line.

    `where`, `what` and `mend` are the first one's.
    """

    def __init__(self, faults: "list[InputError]") -> None:
        first = faults[0]
        super().__init__(first.where, first.what, first.mend)
        self.args = ("\n".join(str(fault) for fault in faults),)
        self.faults = faults


class DocumentError(InputError):
    """A document cannot be read: not there, too large, damaged, protected, or not text."""


class AnswersError(InputError):
    """An answers file cannot be read as a whole (single bad rows are rejected, not raised)."""


class SettingError(InputError):
    """A flag, environment variable or config.toml entry has an impossible value."""


class CalibrationError(InputError):
    """The judge has no calibration that belongs to this embedder."""


class SessionError(InputError):
    """A stored session is missing, ambiguous or finished."""


class ProviderError(KaoguanError):
    """A model or endpoint cannot be used: not installed, not reachable, not authorised."""

    exit_code = ExitCode.PROVIDER
