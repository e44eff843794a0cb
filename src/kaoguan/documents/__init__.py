"""Documents that people study from, read into lines: Markdown, plain text, HTML, PDF, DOCX, EPUB.

    find       paths, folders and globs become a sorted list of files
    read       a file becomes a Document: its lines, and the boilerplate that was taken out

Nothing in a document is executed and nothing it points to is fetched.
"""

from kaoguan.documents.document import Document, Line, RemovalReason, Removed
from kaoguan.documents.find import Found, find
from kaoguan.documents.read import read

__all__ = ["Document", "Found", "Line", "RemovalReason", "Removed", "find", "read"]
