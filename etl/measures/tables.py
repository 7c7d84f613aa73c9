"""The tables of measures of a document: pieces on several pages joined, columns named, rows as role -> text."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from etl.formats import Cell, Document, Paragraph, Table
from etl.measures import columns, papers
from etl.measures.columns import Named, Roles
from etl.measures.contents import is_period
from etl.measures.groups import Group, heading_of
from etl.measures.lines import with_tables
from etl.measures.none import closes, is_caption, is_count
from etl.measures.status import TICKED, is_tick, says_nothing
from etl.printed.budgets import baht, looks_like_money
from etl.printed.items import marks, reflowed
from etl.printed.marks import says_no
from etl.printed.thai import arabic, key, numeral, one_line
from etl.printed.units import looks_like_units

_PROSE = ("title", "steps", "result", "outcome", "suggestion", "group", "mission", "monitoring", "remark")
ROWS_TO_TELL = 400  # rows from which a layout is recognised
MOST_ROWS = 10_000  # of one table; the largest report seen has 60
_TEMPLATE = re.compile(r"^[\s\-–—=_.…]*$")
_SURELY_ANOTHER = 0.9
_SAME_HEADING = 80  # of 100: likeness of a heading and the same one on the next page, of which a picture gives some letters wrong
_LETTERS_OF_A_NUMBER = 8  # what is longer beside a number is the text that it numbers
_PAGE = re.compile(r"page \d+")
_COLUMN_NUMBERS = re.compile(r"^\(?\s*\d{1,2}\s*\)?$")


CELLS_OF_LABELS = 3  # group, mission and title stand before the amounts


@dataclass
class Row:
    """One row: `texts` by role (columns of one role joined by a line break), `fresh`: the first below a heading or a page break."""

    texts: dict[str, str]
    cells: tuple[Cell, ...]
    place: str
    fresh: bool
    group: Group | None  # of a heading that stood above the table as a paragraph
    shifted: bool = False
    above: dict[str, str] = field(default_factory=dict)  # by role: what a merged cell above prints for this row, too

    def text(self, role: str) -> str:
        return self.texts.get(role, "")

    def with_above(self, texts: dict[str, str]) -> dict[str, str]:
        """`texts` of a measure that begins in this row, with what merged cells print once for it and the ones above."""
        told = {role: text for role, text in self.above.items() if role != "title" and says_nothing(texts.get(role, ""))}
        return texts | told

    @property
    def is_total(self) -> bool:
        """A total, a note or a signature below the measures, or captions of pictures."""
        filled = [cell.text for cell in self.cells if not says_nothing(cell.text)]
        first = filled[0] if filled else ""
        if len(first) < 120 and closes(first):
            return True
        return any(map(is_count, filled[:CELLS_OF_LABELS])) or bool(filled) and all(map(is_caption, filled))

    def place_of(self, role: str, roles: Roles) -> str:
        for column, name in roles.items():
            if name == role and column < len(self.cells) and self.cells[column].text.strip():
                return self.cells[column].place
        return self.place


@dataclass
class MeasureTable:
    """A table of measures: `roles` by column, `headings` as printed, `before`: the paragraphs above it."""

    roles: Roles
    headings: dict[int, str]
    rows: list[Row] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    place: str = ""
    headless: bool = False
    named: Named = Named({})
    rebuilt: bool = False  # its cells were printed one a line
    reports: float = 0.0  # its title is that of a report (1) or of a plan (-1)
    printed_rows: int = 0  # rows that the document prints below the headings; more than MOST_ROWS are left out

    def has(self, *roles: str) -> bool:
        return bool(set(roles) & set(self.roles.values()))

    @property
    def section(self) -> str:
        """By its columns; where they say no more than an outcome or an amount, by its title."""
        told = self.has(*columns.REPORTED) or (self.has(*columns.RESULT_ROLES) and self.reports > -0.5)
        return "result" if told else "plan"


@dataclass
class _Piece:
    roles: Roles  # by headings alone, until its rows are complete
    headings: dict[int, str]
    rows: list[tuple[tuple[Cell, ...], bool, Group | None]]
    before: list[str]
    place: str
    headless: bool = False

    @property
    def bodies(self) -> list[tuple[Cell, ...]]:
        return [row for row, _, _ in self.rows]


def measure_tables(document: Document) -> tuple[list[MeasureTable], list[tuple[str, str]]]:
    """(every table of `document` whose columns can hold measures, in order; tables that name measures and cannot: headings, place)."""
    blocks, rebuilt = with_tables(document)
    pieces, left_out = _pieces(blocks)
    left_out += [(" | ".join(piece.headings.values()), piece.place) for piece in pieces if not piece.rows]
    tables: list[MeasureTable] = []
    reports = 0.0
    for piece in pieces:
        said = papers.reports(piece.before)
        reports = reports if said is None else said  # a table without a title stands under the one before it
        if piece.rows:
            tables.append(_finished(piece, reports))
            tables[-1].rebuilt = piece.place in rebuilt
    return tables, left_out


def _pieces(blocks: list[Paragraph | Table]) -> tuple[list[_Piece], list[tuple[str, str]]]:
    pieces: list[_Piece] = []
    left_out: list[tuple[str, str]] = []
    current: _Piece | None = None
    before: list[str] = []
    group: Group | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            if (found := heading_of(block.text)) and len(block.text) < 200 and not found[1]:
                group = found[0]
            elif block.text.strip():
                before.append(one_line(block.text))
            continue
        for piece, starts in _split(block):
            group = _heading_above(piece, starts) or group
            if not starts:
                # Rows without a heading: the page before goes on, or a table whose heading is missing.
                if _captions(piece):
                    left_out.append((" | ".join(cell.text for row in piece.bodies for cell in row if cell.text), piece.place))
                    current = None
                    continue
                if current is not None and (piece.roles or _fits(piece.rows, current)):
                    if piece.roles and _same_columns(piece.roles, current.roles):
                        piece.rows = [(_placed_as(row, piece.roles, current.roles), first, above) for row, first, above in piece.rows]
                    current.rows += _marked(piece.rows, group)
                    group = None
                    continue
                headless = _headless(piece)
                if headless is None:
                    # The title of another paper's table is that table's, and says nothing of what follows it.
                    before = [words for words in before if papers.title(words).another < _SURELY_ANOTHER]
                    before += [one_line(" ".join(cell.text for cell in row)) for row, _, _ in piece.rows[:20]]
                current = headless
                if headless is not None:
                    headless.before, before = before, []
                    headless.rows = _marked(headless.rows, group)
                    pieces.append(headless)
                    group = None
                continue
            piece.rows = _marked(piece.rows, group)
            group = None
            if current is not None:
                piece.roles = _as_above(piece, current)
            if current is not None and _same_columns(piece.roles, current.roles):
                same_places = all(current.roles.get(column, role) == role for column, role in piece.roles.items())
                if same_places:
                    current.roles = current.roles | piece.roles
                    current.rows += piece.rows
                else:
                    current.rows += [(_placed_as(row, piece.roles, current.roles), first, above) for row, first, above in piece.rows]
                before = []
                continue
            if not columns.tells_measures(roles := columns.named(piece.headings, piece.bodies).roles):
                current = None
                before = []
                if {"title", "steps"} & set(roles.values()):
                    left_out.append((" | ".join(piece.headings.values()), piece.place))
                continue
            piece.before, before = before, []
            pieces.append(piece)
            current = piece
    return pieces, left_out


def _captions(piece: _Piece) -> bool:
    """Whether a table holds pictures and their captions, and nothing else."""
    filled = [cell.text for row in piece.bodies for cell in row if cell.text.strip()]
    return bool(filled) and all(map(is_caption, filled))


def _marked(rows: list, group: Group | None) -> list:
    """Rows of a piece with the first one marked as such, below the heading that stands above it."""
    return [(row, at == 0, group if at == 0 else None) for at, (row, _, _) in enumerate(rows)]


def _heading_above(piece: _Piece, starts: bool) -> Group | None:
    """A heading that stands alone in the last row before the names of the columns (sheets have no paragraphs)."""
    if starts or not piece.rows:
        return None
    filled = [cell.text for cell in piece.rows[-1][0] if cell.text.strip()]
    found = heading_of(filled[0]) if len(filled) == 1 else None
    return found[0] if found and not found[1] else None


def _split(table: Table) -> list[tuple[_Piece, bool]]:
    """A table cut at its heading rows: (piece, whether it opens with a heading)."""
    found: list[tuple[_Piece, bool]] = []
    rows = table.rows
    at = 0
    loose: list[tuple[Cell, ...]] = []
    while at < len(rows):
        if not columns.is_heading_row(rows[at]):
            loose.append(rows[at])
            at += 1
            continue
        loose_at, pending, loose = len(found), loose, []
        first, second, at = rows[at], None, at + 1
        if at < len(rows) and columns.is_second_heading_row(rows[at], first):
            second, at = rows[at], at + 1
        headings = columns.headings_of(first, second)
        piece = _piece(columns.by_headings(headings), headings, [])
        piece.place = first[0].place if first else table.place
        if pending:
            # Rows above a heading on the same page stand in the columns of that page, not of the page before.
            wide = max(map(len, pending)) > 1 and sum(bool(cell.text.strip()) for cell in pending[0]) > 1
            found.insert(loose_at, (_piece(piece.roles if wide else {}, {}, pending), False))
        while at < len(rows) and not columns.is_heading_row(rows[at]):
            if not _is_numbering(rows[at]):
                piece.rows.append((rows[at], False, None))
            at += 1
        found.append((_unspanned(piece), True))
    if loose:
        found.append((_piece({}, {}, loose), False))
    return found


def _unspanned(piece: _Piece) -> _Piece:
    """The piece with a heading that spans numbers and the text beside them put above the text."""
    for column, words in list(piece.headings.items()):
        if column + 1 in piece.headings or (column and column - 1 not in piece.headings):
            continue
        pairs = [(row[column].text, row[column + 1].text) for row in piece.bodies if column + 1 < len(row)]
        pairs = [(number, text) for number, text in pairs if number.strip() or text.strip()]
        numbered = sum(numeral(number) is not None and len(key(text)) > _LETTERS_OF_A_NUMBER for number, text in pairs)
        if len(pairs) > 1 and numbered > 0.6 * len(pairs) and numeral(words) is None:
            piece.headings |= {column: "ที่", column + 1: words}
            piece.headings = dict(sorted(piece.headings.items()))
            piece.roles = columns.by_headings(piece.headings)
    return piece


def _piece(roles: Roles, headings: dict[int, str], rows: list[tuple[Cell, ...]]) -> _Piece:
    place = rows[0][0].place if rows and rows[0] else ""
    return _Piece(roles, headings, [(row, False, None) for row in rows], [], place)


def _is_numbering(row: tuple[Cell, ...]) -> bool:
    """A row (1) (2) (3) ... under the headings that only numbers the columns."""
    if len(row) > 60 or any(len(cell.text) > 6 for cell in row):
        return False
    texts = [arabic(cell.text).strip() for cell in row if cell.text.strip()]
    values = [int(text.strip("() ")) for text in texts if _COLUMN_NUMBERS.match(text)]
    return len(texts) >= 4 and len(values) == len(texts) and values == list(range(values[0], values[0] + len(values)))


def _fits(rows: list, piece: _Piece) -> bool:
    """Whether rows without a heading can go on under the columns of `piece`."""
    width = max(piece.roles, default=0) + 1
    lengths = [len(row) for row, _, _ in rows]
    return max(lengths) <= max(width, max(piece.headings, default=0) + 1) + 1 and max(lengths) * 2 >= width


def _same_columns(new: Roles, old: Roles) -> bool:
    """Whether a heading repeats the one before: the same roles, wherever the columns stand on this page."""
    shared = new.keys() & old.keys()
    same = sum(new[column] == old[column] for column in shared)
    if same >= 2 and same >= 0.7 * len(shared) and same >= 0.6 * len(new):
        return True
    if len(new) >= 4 and sorted(new.values()) == sorted(old.values()):
        return True
    # One heading of the row may be missing on a page, and its grid be another.
    return len(new) >= 3 and "title" not in new.values() and len(new) >= len(old) - 1 and set(new.values()) <= set(old.values())


def _as_above(piece: _Piece, before: _Piece) -> Roles:
    """The roles of a piece; where its headings are those of the one before but for a few letters, columns of ticks are what they were."""
    again = {column: words for column, words in piece.headings.items() if words != before.headings.get(column)}
    if any(fuzz.ratio(words, before.headings.get(column, "")) < _SAME_HEADING for column, words in again.items()):
        return piece.roles
    ticked = {column: before.roles[column] for column in again if before.roles.get(column) in TICKED and _holds_ticks(piece, column)}
    return piece.roles | ticked


def _holds_ticks(piece: _Piece, column: int) -> bool:
    texts = [row[column].text for row in piece.bodies if column < len(row)]
    return any(map(is_tick, texts)) and all(is_tick(text) or says_nothing(text) for text in texts)


def _placed_as(row: tuple[Cell, ...], new: Roles, old: Roles) -> tuple[Cell, ...]:
    """Cells of a row below `new` headings, put where the columns of `old` stand."""
    if any(new.get(column, role) != role for column, role in old.items()) or not new.keys() <= old.keys():
        wanted: dict[str, list[int]] = {}
        for column, role in sorted(new.items()):
            wanted.setdefault(role, []).append(column)
        cells = [Cell("", row[0].place)] * (max(old) + 1)
        for column, role in sorted(old.items()):
            if wanted.get(role):
                source = wanted[role].pop(0)
                cells[column] = row[source] if source < len(row) else cells[column]
        return tuple(cells)
    return row


def _headless(piece: _Piece) -> _Piece | None:
    rows = [row for row, _, _ in piece.rows]
    body = [row for row in rows if sum(bool(cell.text.strip()) for cell in row) > 1]
    if not body:
        return None
    width = max(len(row) for row in body)
    if width < 3 or width > 30:
        return None
    roles = columns.named({}, body).roles
    if not columns.tells_measures(roles) or not {"unit", "period"} & set(roles.values()):
        return None
    found = _piece(roles, {}, body)
    found.headless = True
    return found


def _finished(piece: _Piece, reports: float) -> MeasureTable:
    found = columns.named(piece.headings, piece.bodies, reports)
    roles = found.roles
    if "title" not in roles.values() and (steps := next((column for column, role in roles.items() if role == "steps"), None)) is not None:
        roles[steps] = "title"
    if not columns.REPORTED & set(roles.values()) and reports > -0.5:
        roles = {column: "result" if role == "outcome" else role for column, role in roles.items()}
    table = MeasureTable(
        roles, piece.headings, before=piece.before, place=piece.place, headless=piece.headless, named=found, reports=reports
    )
    table.printed_rows = len(piece.rows)
    fresh, page = False, ""
    for cells, first, group in piece.rows[:MOST_ROWS]:
        begins = _PAGE.match(cells[0].place)
        fresh = fresh or first or bool(begins and page and begins[0] != page)
        page = begins[0] if begins else ""
        if all(_TEMPLATE.match(cell.text) for cell in cells):
            continue
        if fresh and begins and table.rows and _is_tail(cells, roles, table.rows[-1]):
            last = table.rows[-1]
            last.cells = _with_tail(last.cells, cells)
            last.texts = _texts(last.cells, roles, piece.headings)
            fresh = False
            continue
        filled = sum(bool(cell.text.strip()) for cell in cells)
        moved, shifted = _unshifted(cells, roles) if filled > 2 else (cells, False)
        table.rows.append(Row(_texts(moved, roles, piece.headings), moved, cells[0].place, fresh, group, shifted, _above(moved, roles)))
        fresh = False
    return table


def _is_tail(cells: tuple[Cell, ...], roles: Roles, last: Row) -> bool:
    """Whether the first row of a page is the end of the row before it: its title goes on without a number, below one that has it."""
    texts = {role: cells[column].text.strip() for column, role in sorted(roles.items(), reverse=True) if column < len(cells)}
    title = texts.get("title", "")
    if not title or says_nothing(title) or texts.get("number") or texts.get("mission") or heading_of(title):
        return False
    if not any(text for role, text in texts.items() if role != "title") and not columns.REPORTED & set(roles.values()):
        # "2.2 ..." alone on the next page: the cell of "2.1 ..." goes on, and who and when stand beside its beginning.
        if marks(title[:12]) and marks(last.text("title")[:12]):
            return True
    if marks(title[:12]) or any(mark.style == "round" for mark in marks(title)):
        return False
    return bool(last.text("number")) or bool(marks(last.text("title")[:12])) or heading_of(last.text("title")) is not None


def _with_tail(cells: tuple[Cell, ...], tail: tuple[Cell, ...]) -> tuple[Cell, ...]:
    joined = []
    for column, cell in enumerate(cells):
        more = tail[column].text.strip() if column < len(tail) else ""
        gap = "\n" if marks(more[:12]) or more[:1] in "-–•" else " "
        joined.append(Cell(cell.text + gap + more if cell.text and more else cell.text or more, cell.place) if more else cell)
    return tuple(joined)


def _texts(cells: tuple[Cell, ...], roles: Roles, headings: dict[int, str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    months: list[str] = []
    for column, role in sorted(roles.items()):
        text = cells[column].text.strip() if column < len(cells) else ""
        if not text:
            continue
        if role in _PROSE and cells[column].place.startswith("page"):
            text = reflowed(text)  # a PDF breaks lines where the column ends
        if role == "month":
            if not says_nothing(text) and not says_no(text):
                months.append(one_line(headings.get(column, "")))
        elif role == "percent" and is_tick(text) and (reached := columns.percent_of(headings.get(column, ""))) is not None:
            # Steps below the one that was reached may be ticked, too.
            if not says_no(text) and reached >= (columns.percent_of(texts.get(role, "")) or 0):
                texts[role] = headings[column].rpartition("\n")[2]
        elif role in texts and key(texts[role]) != key(text):
            texts[role] += "\n" + text
            if role == "result" and not says_nothing(text):
                texts["result_latest"] = text  # of two rounds the later one decides
        else:
            texts[role] = text
    if months and "period" not in texts:
        texts["period"] = months[0] if len(months) == 1 else f"{months[0]} - {months[-1]}"
    if "period_start" in texts or "period_end" in texts:
        texts.setdefault("period", " - ".join(texts[role] for role in ("period_start", "period_end") if role in texts))
    return texts


# An amount printed once for several measures is the amount of all of them together.
_SAID_OF_EACH = ("unit", "period", "period_done", *(role for role in columns.RESULT_ROLES if role != "budget_spent"), "suggestion", "title")


def _above(cells: tuple[Cell, ...], roles: Roles) -> dict[str, str]:
    """What merged cells above print for a row, by role; of an amount only that there is none."""
    told = {role: cells[column].above for column, role in roles.items() if column < len(cells) and cells[column].above}
    return {role: text for role, text in told.items() if role in _SAID_OF_EACH or (role.startswith("budget") and baht(text) == 0)}


_TYPED = {"period": 1.0, "period_done": 1.0, "unit": 1.0, "budget_planned": 1.0, "budget_spent": 1.0, "number": 1.0, "completed": 1.0,
          "not_possible": 0.5, "in_progress": 0.5, "not_started": 0.5, "percent": 1.0}  # fmt: skip


def _unshifted(cells: tuple[Cell, ...], roles: Roles) -> tuple[tuple[Cell, ...], bool]:
    """A row whose cells stand one too far left or right, moved back where its typed cells then fit; (cells, whether moved)."""
    plain = _fit(cells, roles)
    if plain[1] == 0:
        return cells, False
    best, best_score = cells, plain[0]
    width = max(roles) + 1
    empty = Cell("", cells[0].place)
    for at in range(min(len(cells), width)):
        moved = (*cells[:at], empty, *cells[at:])
        if len(moved) > width and any(cell.text.strip() for cell in moved[width:]):
            continue
        score = _fit(moved, roles)[0]
        if score >= best_score + (1.5 if best is cells else 0):
            best, best_score = moved, score
    for at in range(min(len(cells), width)):
        if cells[at].text.strip():
            continue
        moved = (*cells[:at], *cells[at + 1 :], empty)
        score = _fit(moved, roles)[0]
        if score >= best_score + (1.5 if best is cells else 0.1):
            best, best_score = moved, score
    return best, best is not cells


def _fit(cells: tuple[Cell, ...], roles: Roles) -> tuple[float, int]:
    """(how well cells suit the roles of their columns, how many plainly do not)."""
    score, wrong = 0.0, 0
    for column, role in roles.items():
        text = cells[column].text.strip() if column < len(cells) else ""
        if role in ("title", "result") and text and not is_period(text) and text != "-":
            score += 0.5
        if role not in _TYPED or not text or (says_nothing(text) and role != "budget_planned" and role != "budget_spent"):
            continue
        if role.startswith("period"):
            good = is_period(text)
        elif role == "unit":
            good = looks_like_units(text)
        elif role.startswith("budget"):
            good = says_nothing(text) or looks_like_money(text)
        elif role == "number":
            good = numeral(text) is not None or bool(re.match(r"^\(?\d{1,2}([.]\d{1,2})*[.)]?$", arabic(text)))
        elif role == "percent":
            good = bool(re.search(r"\d", text)) or is_tick(text)
        else:
            good = is_tick(text) or len(text) < 40
            score -= 0 if is_tick(text) else _TYPED[role]  # a few words may stand under a status and tell of no column
        score += _TYPED[role] if good else -_TYPED[role]
        wrong += not good
    return score, wrong
