"""What could not be read surely goes with what was read: the fields of measures and scores that come from unsure cells, and findings."""

from decimal import Decimal

from etl.findings import finding
from etl.formats.document import UNREAD, Cell, Document, Paragraph, Table
from etl.printed.codes import Questions
from etl.printed.periods import torn
from etl.printed.thai import key
from etl.reading import Finding, Measure, Score, Source

_TEXTS = ("number", "title", "steps", "period_text", "result", "outcome", "suggestion", "evidence", "group_name")
_SUMS, _CHANGE = ("score_total_differs", "score_instrument_differs"), "score_change_differs"
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
        if one.rule not in (*_SUMS, _CHANGE):
            continue
        printed = next((score for score in scores if score.place == one.place and one.raw == _said_of(score, one.rule)), None)
        if printed is None:
            continue
        for score in _checked_by(printed, one, scores):
            _doubt(score, "score")
        if one.rule == _CHANGE:
            _doubt(printed, "stated_change")
        rule = "read_contradicts_change" if one.rule == _CHANGE else "read_contradicts"
        words = {"indicator": printed.indicator, "doubted": doubted_digits(one.raw, one.read_as)}
        findings.append(finding(rule, one.place, raw=one.raw, read_as=one.read_as, **words))
    return findings


def _said_of(score: Score, rule: str) -> str:
    """What of the score a finding of this rule is about."""
    return str(score.stated_change if rule == _CHANGE else score.score)


def _checked_by(printed: Score, said: Finding, scores: list[Score]) -> list[Score]:
    """The scores of which one may be misread: for a sum all of that year, for a change the two that it lies between; where only its sign
    differs, none."""
    own = [score for score in scores if (score.agency, score.province) == (printed.agency, printed.province) and score.indicator != "LEVEL"]
    if said.rule in _SUMS:
        return [score for score in own if score.fiscal_year == printed.fiscal_year]
    if abs(Decimal(said.raw)) == abs(Decimal(said.read_as)):
        return []
    own = [score for score in own if score.indicator == printed.indicator]
    before = max((score.fiscal_year for score in own if score.fiscal_year and score.fiscal_year < printed.fiscal_year), default=None)
    return [score for score in own if score.fiscal_year in (printed.fiscal_year, before)]


def doubted_digits(printed: str, computed: str) -> str:
    """The printed number with the digits in square brackets that the computed one has not; all of it where these are not alike in length.

    >>> doubted_digits("88.1", "86.10"), doubted_digits("9.50", "95.00")
    ('8[8].10', '[9.50]')
    """
    places = max(len(number.partition(".")[2]) for number in (printed, computed))
    one, other = (f"{Decimal(number):.{places}f}" for number in (printed, computed))
    if len(one) != len(other):
        return f"[{one}]"
    return "".join(sign if sign == there else f"[{sign}]" for sign, there in zip(one, other, strict=True))


def _doubt(score: Score, name: str) -> None:
    if name not in score.unsure:
        score.unsure.append(name)


def _cells(block: Paragraph | Table) -> list[Cell | Paragraph]:
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]


def _stands_in(text: str, words: list[str]) -> bool:
    return len(text) >= _FEWEST_LETTERS and any(text in one or one in text for one in words)
