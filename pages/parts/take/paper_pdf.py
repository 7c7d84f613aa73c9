"""A paper of an agency as PDF."""

from pages.parts.papers.paper import PdfFile
from pages.parts.papers.pdf import pdf
from pages.parts.take import Format

FORMAT = Format("paper_pdf", "application/pdf", "pdf", ":material/picture_as_pdf:", PdfFile, lambda made: pdf(made.paper))
