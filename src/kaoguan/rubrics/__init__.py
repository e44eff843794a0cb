"""The bank: rubric files in, `Rubric` values out, or every fault with its place and its mend.

load(path)            one file
load_folder(folder)   all files of a folder (or one file), by id
load_bundled()        the rubrics that came with kaoguan
check(folder)         every fault there is, without stopping at the first
"""

from kaoguan.rubrics.bank import check, choose, load, load_bundled, load_folder
from kaoguan.rubrics.yaml_file import schema

__all__ = ["check", "choose", "load", "load_bundled", "load_folder", "schema"]
