"""The slides as one HTML file."""

from pages.parts.present.html_deck import html_deck
from pages.parts.present.slide import Talk
from pages.parts.take import Format

FORMAT = Format("html", "text/html", "html", ":material/code:", Talk, lambda talk: html_deck(talk.deck, talk.seconds))
