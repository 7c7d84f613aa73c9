"""What could not be read surely goes with what was read: the fields of measures and scores that come from unsure cells, and findings."""

from etl.findings import finding
from etl.formats.document import UNREAD, Cell, Document, Paragraph, Table
from etl.printed.thai import key
from etl.reading import Finding, Measure, Score, Source

_TEXTS = ("number", "title", "steps", "period_text", "result", "outcome", "suggestion", "evidence", "group_name")
_FEWEST_LETTERS = 3  # of a text that is looked for in the cells


def marked(document: Document, source: Source, scores: list[Score], measures: list[Measure]) -> list[Finding]:
    """Adds to `unsure` of each record the fields whose text stands in a cell that was not read surely; says where such cells are."""
    doubtful = [cell for block in document.blocks for cell in _cells(block) if cell.unsure]
    if not doubtful:
        return []
    words = [text for cell in doubtful if len(text := key(cell.text.replace(UNREAD, ""))) >= _FEWEST_LETTERS]
    for measure in measures:
        for name in _TEXTS:
            text = getattr(measure, name)
            if text and (UNREAD in text or _stands_in(key(text), words)):
                measure.unsure.append(name)
        if "period_text" in measure.unsure and measure.period_start:
            measure.unsure += ["period_start", "period_end"]
    if UNREAD in (source.title or ""):
        source.unsure.append("title")
    return [finding("read_unsurely", cell.place, raw=" ".join(cell.text.split())[:80]) for cell in doubtful if UNREAD in cell.text]


def _cells(block: Paragraph | Table) -> list[Cell | Paragraph]:
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]


def _stands_in(text: str, words: list[str]) -> bool:
    return len(text) >= _FEWEST_LETTERS and any(text in one or one in text for one in words)
