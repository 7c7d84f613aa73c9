"""A paper of an agency as a Word file."""

from pages.parts.papers.paper import WordFile
from pages.parts.papers.word import docx
from pages.parts.take import Format

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMAT = Format("docx", MIME, "docx", ":material/edit_document:", WordFile, lambda made: docx(made.paper))
