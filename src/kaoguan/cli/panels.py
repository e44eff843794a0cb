"""Which options stand together on a help page, and under which title: `panel_<name>` in `words/<language>/usage.yaml`.

Keys are written as in `translations/help.yaml`: `grade.--rubric`, or `--judge` where it belongs there in all commands.
Options that are not named here stand under the plain title, last.
"""

from collections.abc import Mapping

PANELS: Mapping[str, tuple[str, ...]] = {
    "questions": (
        "interview.--topic",
        "interview.--role",
        "interview.--rubric",
        "interview.--rubrics",
        "interview.--questions",
        "interview.--difficulty",
        "interview.--due",
        "interview.--adaptive",
        "interview.--seed",
    ),
    "interviewer": (
        "interview.--mode",
        "interview.--follow-ups",
        "interview.--minutes",
        "interview.--style",
        "interview.--own-words",
    ),
    "one_answer": ("grade.--rubric", "grade.--answer"),
    "answers": (
        "--id-column",
        "--rubric-column",
        "--answer-column",
        "--candidate-column",
        "--sheet",
        "grade.--rubrics",
    ),
    "results": (
        "grade.--out",
        "grade.--format",
        "grade.--detail",
        "grade.--feedback",
        "grade.--report",
        "grade.--html",
        "grade.--json",
    ),
    "judge": ("--judge", "--embedder", "--model", "--calls", "--llm-when", "--calibration"),
    "work": (
        "--engine",
        "--concurrency",
        "--requests-per-minute",
        "--tokens-per-minute",
        "--max-cost",
        "--ray-address",
        "grade.--anew",
    ),
}


def panel(path: str, option: str) -> str:
    """Return the panel of an option of the command `path` (`sessions.list`); "options" where it has none."""
    for name, options in PANELS.items():
        if f"{path}.{option}" in options or option in options:
            return name
    return "options"
