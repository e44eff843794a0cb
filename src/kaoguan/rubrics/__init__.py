"""The bank: rubric files in, `Rubric` values out, or every fault with its place and its mend.

load(path)            one file
load_folder(folder)   all files of a folder (or one file), by id
load_bundled()        the rubrics that came with kaoguan
bank(folder)          either of the two
check(folder)         every fault there is, without stopping at the first
render(rubric)        a rubric as the text of a new file
edited(text, a, b)    the text of a file that held `a`, changed to hold `b`, comments and untouched lines kept
"""

from kaoguan.rubrics.bank import bank, check, choose, load, load_bundled, load_folder
from kaoguan.rubrics.editing import edited, render, write
from kaoguan.rubrics.yaml_file import read, schema

__all__ = [
    "bank",
    "check",
    "choose",
    "edited",
    "load",
    "load_bundled",
    "load_folder",
    "read",
    "render",
    "schema",
    "write",
]
