"""Tables in and out: answers as rows, grades as lines or tables, files replaced at one stroke.

answers         a file is opened, unpacked if it is (packed): text_file (delimited, json_lines), sheets (workbook,
                old_excel, open_document, spreadsheet, web_page) or parquet give records
layout, table   the header is found (header_words), and records become rows: whose answer to what (questions)
checked_rows    rows checked against the rubrics, each by itself; strict: all of them or none (markup, unreadable)
grades, tables  grades become lines or a table; replacing: in place at one stroke
encoding        which encoding a text is in
"""

from kaoguan.files.answers import Answers, open_answers
from kaoguan.files.rows import Columns

__all__ = ["Answers", "Columns", "open_answers"]
