"""What could not be read surely goes with what was read: the fields of measures and scores that come from unsure cells, and findings."""

from etl.findings import finding
from etl.formats.document import UNREAD, Cell, Document, Paragraph, Table
from etl.printed.codes import Questions
from etl.printed.periods import torn
from etl.printed.thai import key
from etl.reading import Finding, Measure, Score, Source

_TEXTS = ("number", "title", "steps", "period_text", "result", "outcome", "suggestion", "evidence", "group_name")
_SUMS = ("score_total_differs", "score_instrument_differs")
_FEWEST_LETTERS = 3  # of a text that is looked for in the cells


def marked(
    document: Document, source: Source, scores: list[Score], measures: list[Measure], said: list[Finding], questions: Questions
) -> list[Finding]:
    """Adds to `unsure` of each record the fields whose text stands in a cell that was not read surely; says where such cells are.

    `said`: the findings so far; scores of a picture that contradict each other are unsure, too, and codes of no question of the year.
    """
    cells = [cell for block in document.blocks for cell in _cells(block)]
    if all(cell.confidence is None for cell in cells):
        return []
    doubtful = [cell for cell in cells if cell.unsure]
    words = [text for cell in doubtful if len(text := key(cell.text.replace(UNREAD, ""))) >= _FEWEST_LETTERS]
    for measure in measures:
        for name in _TEXTS:
            text = getattr(measure, name)
            if text and name not in measure.unsure and (UNREAD in text or _stands_in(key(text), words)):
                measure.unsure.append(name)
    _doubt_periods(document, measures)
    _doubt_codes(document, measures, questions)
    if UNREAD in (source.title or ""):
        source.unsure.append("title")
    about = _contradicting(scores, said)
    return about + [finding("read_unsurely", cell.place, raw=" ".join(cell.text.split())[:80]) for cell in doubtful if UNREAD in cell.text]


def _doubt_periods(document: Document, measures: list[Measure]) -> None:
    """Adds the days of a period to `unsure` where a month in its cell was misread: what is left of the cell would be another period."""
    rows = {cell.place: row for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row}
    for measure in measures:
        if not measure.period_text or not (measure.period_start or measure.period_end):
            continue
        printed = key(measure.period_text)
        cells = [cell for cell in rows.get(measure.place, ()) if cell.confidence is not None and printed in key(cell.text)]
        broken = any(UNREAD in text or torn(text) for text in (measure.period_text, *(cell.text for cell in cells)))
        if broken or "period_text" in measure.unsure:
            measure.unsure += [name for name in ("period_start", "period_end") if name not in measure.unsure]


def _doubt_codes(document: Document, measures: list[Measure], questions: Questions) -> None:
    """Adds the codes of a picture's measures to `unsure` where the year's rules do not know one of them: a sign may be misread."""
    seen = {cell.place for block in document.blocks for cell in _cells(block) if cell.confidence is not None}
    letters = {code[0] for code in questions.indicators}
    for measure in measures:
        unknown = any(code[0] in letters and code not in questions.indicators for code in measure.refs)
        if unknown and measure.place in seen and "refs" not in measure.unsure:
            measure.unsure.append("refs")


def _contradicting(scores: list[Score], said: list[Finding]) -> list[Finding]:
    """Indicators, instruments, totals and changes check each other: where they do not agree, any digit of them may be misread."""
    findings = []
    for one in said:
        printed = next((score for score in scores if score.place == one.place and one.rule in _SUMS and str(score.score) == one.raw), None)
        if printed is None:
            continue
        for score in scores:
            same = (score.agency, score.province, score.fiscal_year) == (printed.agency, printed.province, printed.fiscal_year)
            if same and score.indicator != "LEVEL" and "score" not in score.unsure:
                score.unsure.append("score")
        findings.append(finding("read_contradicts", one.place, raw=one.raw, read_as=one.read_as))
    return findings


def _cells(block: Paragraph | Table) -> list[Cell | Paragraph]:
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]


def _stands_in(text: str, words: list[str]) -> bool:
    return len(text) >= _FEWEST_LETTERS and any(text in one or one in text for one in words)
