"""The papers of an agency as a page for its web site."""

from pages.parts.papers.web import WebPage, page
from pages.parts.take import Format

FORMAT = Format("web_page", "text/html", "html", ":material/language:", WebPage, page)
