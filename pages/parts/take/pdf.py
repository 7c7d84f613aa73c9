"""The hand-out of one agency."""

from pages.parts.present.handout import handout
from pages.parts.present.slide import Paper
from pages.parts.take import Format

FORMAT = Format("pdf", "application/pdf", "pdf", ":material/description:", Paper, lambda paper: handout(paper.deck))
