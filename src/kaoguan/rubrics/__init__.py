"""The bank: rubric files in, `Rubric` values out, or every fault with its place and its mend.

load(path)            one file
load_folder(folder)   all files of a folder and its folders (or one file), by id
load_bundled()        the rubrics that came with kaoguan, each read when it is asked for
bank(folder)          a folder; or what came with kaoguan and the user's own packs
heads(bank)           id, language, topic, difficulty and question of each: what a list shows and a choice needs
check(folder)         every fault there is, without stopping at the first
render(rubric)        a rubric as the text of a new file
edited(text, a, b)    the text of a file that held `a`, changed to hold `b`, comments and untouched lines kept
topics, topic_id …    the topics of the bank and their names; the roles that weight them
"""

from kaoguan.rubrics.bank import (
    Bank,
    bank,
    check_folder,
    files,
    heads,
    load,
    load_bundled,
    load_folder,
    packs,
    with_ids,
)
from kaoguan.rubrics.editing import edited, new_file, write
from kaoguan.rubrics.topics import Role, on_topic, topic_id, topics, weights
from kaoguan.rubrics.yaml_file import Head, read_text, schema

__all__ = [
    "Bank",
    "Head",
    "Role",
    "bank",
    "check_folder",
    "edited",
    "files",
    "heads",
    "load",
    "load_bundled",
    "load_folder",
    "new_file",
    "on_topic",
    "packs",
    "read_text",
    "schema",
    "topic_id",
    "topics",
    "weights",
    "with_ids",
    "write",
]
