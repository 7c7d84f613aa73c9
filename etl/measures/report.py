"""Whether a table that could hold measures is a table of measures: titles, rows, groups and columns weighed together."""

import re
from collections import Counter

from etl.formats import Document, Paragraph, Table
from etl.measures import learned
from etl.measures.columns import RESULT_ROLES
from etl.measures.groups import Group, heading_of, indicator_of
from etl.measures.papers import first_title, title, without_menus
from etl.measures.tables import MeasureTable
from etl.printed.codes import refs
from etl.printed.thai import arabic, key, one_line
from etl.weighing.letters import letters

LINES_ABOVE = 40
_OPENING_BLOCKS = 60
_ROWS = 200
LETTERS_OF_A_HEAD = 20  # of the title of a form; shorter lines are labels
_CLOCK = re.compile(r"\d{1,2}[.:]\d{2}\s*(?:น\.|-|–)")
_SAYS_HOW = (("steps",), ("unit",), ("period", "period_done", "month"), ("budget_planned", "budget_spent"), RESULT_ROLES)

# What speaks for a report of measures and what against it, as a logarithm of odds. Weighed on documents left out in turn.
_START = -0.5
_TITLE, _NEAR = 3.0, 2.0  # the title of the document, and the last one above the table, name measures of integrity
_HEADED = 2.5  # the heading of the measures themselves names them: "มาตรการยกระดับ ITA ปี 2568"
_OTHER_TITLE, _OTHER_NEAR = -5.0, -4.0  # ... or another paper
_FOREIGN = -5.0  # a column is one of other papers: risks, complaints, purchases, staff
_ABOUT = 4.0  # all rows, against none, speak of integrity
_GROUPED, _SOME_GROUPS = 3.0, 1.0  # three headings are indicators of ITA or dimensions of the plan; one or two are
_CODES = 1.0  # rows name questions
_SCORED = 2.0  # the document prints scores of ITA: what a table of measures beside them improves
_TELLS = 0.5  # for each of: how, who, when, at what cost, what came of it
_UNNAMED = -1.0  # all columns, against none, are not known
_HEADLESS = -0.5


@learned.remembered
def about_integrity(text: str) -> float:
    """How likely a measure's words are about integrity rather than about other work of an office."""
    return learned.of("topics").probabilities(letters(text))["integrity"]


def is_report(table: MeasureTable, document: Document, scored: bool) -> bool:
    """Whether the table belongs to a plan of measures or to a report on one, and not to other papers of an office.

    `scored`: the document prints scores of ITA as well.
    """
    return weighed(table, document, scored) > 0


def weighed(table: MeasureTable, document: Document, scored: bool) -> float:
    """What speaks for a report of measures: above 0 more than what speaks against it."""
    rows = [row for row in table.rows[:_ROWS] if any(row.text(role).strip() for role in ("title", "steps"))]
    if not rows or _clocks(table):
        return float("-inf")
    words = [one_line(f"{row.text('title')} {row.text('steps')}") for row in rows]
    groups = _groups(table)
    said = _START + _titles(table, document)
    said += _ABOUT * (sum(map(about_integrity, words)) / len(words) - 0.5)
    said += _GROUPED if groups >= 3 else _SOME_GROUPS if groups else 0.0
    said += _SCORED * scored
    said += _CODES * any(refs(cell.text).codes for row in rows for cell in row.cells)
    said += _TELLS * (sum(table.has(*roles) for roles in _SAYS_HOW) - 2)
    said += _FOREIGN * max((table.named.sure[column] for column, role in table.roles.items() if role == "foreign"), default=0.0)
    unnamed = [column for column in table.headings if table.roles.get(column, "other") == "other"]
    said += _UNNAMED * len(unnamed) / max(len(table.headings), 1)
    return said + _HEADLESS * table.headless


def _titles(table: MeasureTable, document: Document) -> float:
    """What the titles say: that of the document, the last one above the table, and the heading of the measures."""
    opening = [one_line(block.text) for block in document.blocks[:_OPENING_BLOCKS] if isinstance(block, Paragraph)][:LINES_ABOVE]
    above = table.before[-LINES_ABOVE:]
    if _is_form_of_a_project(table, document):
        return _of_programme(opening or above)
    first = first_title(without_menus(opening or above))
    near = first_title([*reversed(without_menus(above))], joined=False)
    said = 0.0
    if first is not None:
        said += _TITLE * first.measures + _OTHER_TITLE * first.another
    if near is not None and near != first:
        said += _NEAR * near.measures + _OTHER_NEAR * near.another
    heads = [title(words).measures for column, words in table.headings.items() if table.roles.get(column) in ("title", "steps")]
    return said + _HEADED * max(heads, default=0.0)


def _is_form_of_a_project(table: MeasureTable, document: Document) -> bool:
    """Whether lines of a form, and no table, tell what one project was given and what it spent; the forms of several repeat its head."""
    if not (table.has("budget_planned") and table.has("budget_spent")):
        return False
    if len(table.rows) > 1 and _times_of_a_head(document) < len(table.rows):
        return False
    places = {row.place for row in table.rows}
    return not any(cell.place in places for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row)


def _times_of_a_head(document: Document) -> int:
    """How often the document prints the line of words that it prints most."""
    lines = Counter(block.text for block in document.blocks if isinstance(block, Paragraph) and len(key(block.text)) > LETTERS_OF_A_HEAD)
    return max(lines.values(), default=0)


def _of_programme(lines: list[str]) -> float:
    """What the lines above a report on one project say, its programme and what its form asks for: the one that names measures most."""
    best = max(map(title, lines), key=lambda line: line.measures, default=None)
    return _TITLE * best.measures + _OTHER_TITLE * max(0.0, best.another - best.measures) if best else 0.0


def _groups(table: MeasureTable) -> int:
    """Rows whose heading is one of the ten indicators or a dimension of an anti-corruption plan, in whatever column it stands."""
    dimensions = any(role == "group" and "มิติ" in table.headings.get(column, "") for column, role in table.roles.items())
    count = 0
    for row in table.rows[:_ROWS]:
        filled = [cell.text for cell in row.cells if cell.text.strip()]
        alone = heading_of(filled[0]) if len(filled) == 1 else None
        found = [heading_of(row.text("title")), heading_of(row.text("group"), dimensions), alone]
        groups = [row.group] * (row.group is not None) + [each[0] for each in found if each]
        named = any(table.roles.get(at) == "group" and indicator_of(cell.text) is not None for at, cell in enumerate(row.cells))
        count += named or any(_of_integrity(group) for group in groups)
    return count


def _of_integrity(group: Group) -> bool:
    name = group.name or ""
    return indicator_of(name) is not None if group.kind == "indicator" else about_integrity(name) > 0.5


def _clocks(table: MeasureTable) -> bool:
    """Hours of the day: an agenda, not measures."""
    cells = [cell.text for row in table.rows[:60] for cell in row.cells if cell.text.strip()]
    timed = sum(bool(_CLOCK.match(arabic(text).strip())) and len(key(text)) < 20 for text in cells)
    return timed >= 3 or (timed > 0 and timed * 3 >= len(table.rows))
