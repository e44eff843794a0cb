"""The bank: rubric files in, `Rubric` values out, or every fault with its place and its mend.

load(path)            one file
load_folder(folder)   all files of a folder (or one file), by id
load_bundled()        the rubrics that came with kaoguan
bank(folder)          either of the two
check(folder)         every fault there is, without stopping at the first
render(rubric)        a rubric as the text of a new file
edited(text, a, b)    the text of a file that held `a`, changed to hold `b`, comments and untouched lines kept
"""

from kaoguan.rubrics.bank import bank, check_folder, load, load_bundled, load_folder, with_ids
from kaoguan.rubrics.editing import edited, new_file, write
from kaoguan.rubrics.yaml_file import read_text, schema

__all__ = [
    "bank",
    "check_folder",
    "edited",
    "load",
    "load_bundled",
    "load_folder",
    "new_file",
    "read_text",
    "schema",
    "with_ids",
    "write",
]
