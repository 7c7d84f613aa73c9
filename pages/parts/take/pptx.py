"""The slides as PowerPoint, in the user's own template where one was given."""

from pages.parts.present.pptx import pptx
from pages.parts.present.slide import Talk
from pages.parts.take import Format

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMAT = Format("pptx", MIME, "pptx", ":material/co_present:", Talk, lambda talk: pptx(talk.deck, talk.template))
