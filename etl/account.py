"""The account of a reading: every visible letter of a document is read, left out by a name, or unaccounted for.

A law of conservation, so it is reckoned afterwards, from what the document holds and what the reading says, by place and text; no layout
and no format takes part in it, and a new one comes under it by itself. A letter is read where a field of the item that begins at its
place, or at the last place before, holds it. The names say what the reader knows to be no part of an item; what has none is a loss.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from etl.findings import finding
from etl.formats import Cell, Document, Paragraph, Table
from etl.known import Known
from etl.known.names import full_name
from etl.measures.columns import STATUS_ROLES, is_heading_row, is_known, is_second_heading_row, role_of
from etl.measures.none import is_caption, is_count
from etl.measures.status import says_nothing
from etl.messages import Said, message
from etl.printed.budgets import baht
from etl.printed.codes import without_notes
from etl.printed.items import marks
from etl.printed.marks import is_mark, says_no
from etl.printed.thai import arabic, joined, key, numeral, one_line
from etl.printed.units import looks_like_units
from etl.reading import Account, Finding, Loss, Measure, Reading, Score
from etl.scores.headings import Terms
from etl.scores.sheet import LABELS
from etl.scores.values import value_of

_MOST_OF_A_PLACE = 200
LEAST = 0.005  # part of the letters: more that is unaccounted for is a finding
_SHORTEST_WORD = 4  # letters of a word that stands by itself
_SHORTEST = 8  # letters: fewer that agree may do so by chance
_HIGHEST = 4  # rows of headings
_LONGEST_RAW, _MOST_PLACES = 100, 10
_FIELD_NUMBER = re.compile(r"^\s*[\d๐-๙]{1,2}[.)]\s*")
_PAGE_NUMBER = re.compile(r"(หน้า(ที่)?|page|-|–|\s|/|จาก|of|[0-9๐-๙])*", re.IGNORECASE)
_YEAR = re.compile(r"(?:ปี|พ\.ศ\.)?\s*2[45]\d\d|20\d\d")
_DECIMAL = re.compile(r"\d[.,]\d")
_WORD = re.compile(r"[^\s,;/|()]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAMED_NUMBER = re.compile(r"\W*[ก-๎]{2,12}\s*(\d{1,3})(?!\d)")
_DIGITS = re.compile(r"\d")
_AFTER_WORD = re.compile(r"(?<=\S)(?=[\s:：])")
_ORDINAL = re.compile(r"^\W*(?:[\d๐-๙]{1,2}[.)])?|\s*ที่\s*[\d๐-๙]+\W*$")
_LONGEST_LABEL, _LONGEST_HEAD, _LONGEST_LINE = 40, 60, 150  # letters
# Rules of findings.csv that pass over a whole row, and those that pass over a column named by its heading.
_OF_ROWS = frozenset(
    "ignored_row score_row_ignored score_mean_of_rows score_average_row score_row_without_agency score_year_unknown score_sub_indicator"
    " score_unknown_indicator score_repeated_otherwise score_not_told_apart".split()
)
_OF_COLUMNS = frozenset("unread_column unknown_column unsure_column score_column_unknown score_column_text score_unknown_indicator".split())
_OF_TABLES = frozenset("table_left_out score_heading_missing score_table_unread score_not_said_ita".split())

# Keys of messages.csv: what a letter is.
READ, LOST = "account_read", "account_lost"
HEADING, TITLE, PROSE, FURNITURE = "account_heading", "account_title", "account_prose", "account_furniture"
COLUMN, ROW, TABLE, DOCUMENT = "account_column", "account_row", "account_table", "account_document"
# Headings of labels in tables of measures; numbers that say again what a score says; fields of items that nobody prints.
_FIELDS = frozenset("unit period period_done steps budget_planned budget_spent".split())
_LABELS = frozenset("number group mission refs".split())
_BESIDE_SCORES = frozenset("weight weighted max percent".split())
_NOT_PRINTED = frozenset("section position group_kind period_start period_end status status_basis place unsure max".split())
NAMES = (HEADING, TITLE, PROSE, FURNITURE, COLUMN, ROW, TABLE, DOCUMENT)


Items = list[Measure | Score]


def account_of(document: Document, reading: Reading, known: Known) -> Account:
    """The account of a reading of `document`."""
    return _Walk(document, reading, Terms.of(known)).account


def about_losses(account: Account) -> list[Finding]:
    """Findings that name the columns of which nothing was read, and, if more than LEAST of all letters are left, where these stand."""
    lost = account.letters[LOST]
    if not lost or lost <= LEAST * account.total:
        return account.said
    raw = " / ".join(loss.text for loss in account.lost)[:_LONGEST_RAW]
    places = ", ".join(dict.fromkeys(loss.place for loss in account.lost[:_MOST_PLACES]))
    share = f"{100 * lost / account.total:.1f}"
    return [*account.said, finding("text_unaccounted", account.lost[0].place, raw=raw, letters=lost, share=share, places=places)]


def in_words(account: Account) -> Said:
    """The account on one line, in each language: how many letters were read, left out by each name, and lost."""
    named = [(name, account.letters[name]) for name in (READ, *NAMES) if account.letters[name]]
    parts = [message(name, letters=f"{letters:,}") for name, letters in [*named, (LOST, account.letters[LOST])]]
    every = message("account", letters=f"{account.total:,}")
    return Said(*(" · ".join([whole, *some]) for whole, *some in zip(every, *parts, strict=True)))


class _Held:
    """What items hold, as it may be printed."""

    def __init__(self, items: Items, said: list[Finding]):
        self.items, self.said = items, said

    @cached_property
    def fields(self) -> set[str]:
        return {key(text) for text in {*_texts(self.items), *(one.raw for one in self.said if one.raw)}}

    @cached_property
    def blob(self) -> str:
        return "\0".join(self.fields)

    @cached_property
    def amounts(self) -> set:
        return {amount for item in self.items if isinstance(item, Measure) for amount in (item.budget_planned, item.budget_spent)} - {None}

    @cached_property
    def numbers(self) -> set[str]:
        """Of scores, which may be printed as fractions of 1."""
        scores = [item for item in self.items if isinstance(item, Score)]
        changes = [item.stated_change for item in scores if item.stated_change is not None]
        return {
            *(str(one.score) for one in scores),
            *(written for one in scores if isinstance(one.score, Decimal) for written in _fractions(one.score)),
            *map(str, changes),
            *(str(abs(one)) for one in changes),
            *(str(one.fiscal_year) for one in scores),
        }

    @cached_property
    def indicators(self) -> set[str]:
        return {item.indicator for item in self.items if isinstance(item, Score)}


def _fractions(score: Decimal) -> tuple[str, str]:
    """A score as a fraction of 1, shortly and with four decimals."""
    return f"{(score / 100).normalize():f}", f"{score / 100:.4f}"


class _Walk:
    """Goes through the rows of a document in order, with the items that begin at their places."""

    def __init__(self, document: Document, reading: Reading, terms: Terms):
        self.terms = terms
        self.account = Account()
        self.items: dict[str, list[Measure | Score]] = defaultdict(list)
        for item in (*reading.measures, *reading.scores):
            self.items[item.place].append(item)
        self.said: dict[str, list[Finding]] = defaultdict(list)
        for said in reading.findings:
            self.said[said.place].append(said)
        self.unread = {key(said.raw or "") for said in reading.findings if said.rule in _OF_COLUMNS} - {""}
        self.groups = {key(one.group_name) for one in reading.measures if one.group_name} - {""}
        source = reading.source
        self.source = "\0".join(key(text) for text in (source.title, source.agency, source.place_printed, *source.agency_printed) if text)
        self.of_any_year = _DIGITS.sub("", self.source)
        self.agency = key(source.agency or "")  # the head of a memo names it: "ส่วนราชการ สำนักงานเกษตรจังหวัด..."
        self.measures = bool(reading.measures)
        self.of_scores = False  # the last table
        self.unread_field = False  # the last label of a form
        self.held = _Held([], [])  # what the last items hold
        handed: set[str] = set()  # places of many items: a page written in one line has them all in its first row
        self.rows = [[self._of(row, handed) for row in _rows(block)] for block in document.blocks]  # the items that begin in each row
        self.order = [items for rows in self.rows for items in rows if items]
        self.number = 0  # of them that have begun
        self.label = ""  # of the last row: what its first filled cell says
        self.columns: dict[int, str] = {}  # of the last table: the names of columns that are not read, and of those that are labels
        self.seen: Counter[str] = Counter(key(block.text) for block in document.blocks if isinstance(block, Paragraph))
        told = sum(len(rows[0]) for block, rows in zip(document.blocks, self.rows, strict=True) if isinstance(block, Paragraph))
        self.in_tables = 2 * told < sum(map(len, self.items.values()))  # a sentence may say the total of a table
        last = max((at for at, rows in enumerate(self.rows) if any(rows)), default=0)
        if not self.items:
            self._all(document)
            return
        for at, block in enumerate(document.blocks):
            if isinstance(block, Paragraph):
                self._paragraph(block, self.rows[at][0], at > last)
            else:
                self._table(block, self.rows[at])

    def _all(self, document: Document) -> None:
        for block in document.blocks:
            for row in _rows(block):
                for cell in row:
                    self._count(DOCUMENT, cell.text)

    # --- paragraphs ---

    def _paragraph(self, block: Paragraph, items: Items, after: bool) -> None:
        line = (Cell(block.text, block.place),)
        self._begin(items, line)
        unread_field = self._is_unread_field(block.text)
        if not items and self._passed(line, self._said_of(line)):
            self._count(ROW, block.text)
        elif _PAGE_NUMBER.fullmatch(block.text) or self.seen[key(block.text)] > 2:
            self._count(FURNITURE, block.text)
        elif is_caption(block.text) or is_count(block.text):
            self._count(PROSE, block.text)
        elif items and self.held.numbers:  # a sentence that tells scores
            others = "".join(number for number in _NUMBER.findall(arabic(block.text)) if "." in number and number not in self.held.numbers)
            self._count(READ, block.text)
            self.account.letters[READ] -= len(others)
            self._count(PROSE, others)
        elif unread_field:
            self._put(block.text, block.place, COLUMN)
        elif self.measures and _is_field(block.text) and not self._heads_a_memo(block.text):  # of a measure that may have been missed
            self._put(block.text, block.place, LOST)
        else:
            self._put(block.text, block.place, PROSE if self.begun and (self.in_tables or after) else LOST if self.begun else TITLE)

    def _is_unread_field(self, text: str) -> bool:
        """Whether a line is the numbered label of a field that is named as unread, or stands below it: "๒. หลักการและเหตุผล"."""
        if numbered := _FIELD_NUMBER.match(text):
            self.unread_field = key(re.split("[:：]", text[numbered.end() :])[0]) in self.unread
        return self.unread_field

    def _heads_a_memo(self, text: str) -> bool:
        return not self.begun and bool(self.agency) and self.agency in key(text)

    # --- tables ---

    def _table(self, table: Table, items: list[Items]) -> None:
        begun = [at for at, some in enumerate(items) if some]
        first, last = (begun[0], begun[-1]) if begun else (None, None)
        if any(said.rule in _OF_TABLES for row in table.rows for cell in row[:1] for said in self.said[cell.place]) and first is None:
            for row in table.rows:
                for cell in row:
                    self._count(TABLE, cell.text)
            return
        self.of_scores = isinstance(items[first][0], Score) if first is not None else self.of_scores
        headings = _headings(table, first, self.terms if self.of_scores else None)
        alone = Counter(row[0].place for row in table.rows if row)
        headings -= {at for at in begun if alone[table.rows[at][0].place] == 1}  # a page of one line has one place
        before = len(self.account.lost)
        for at, row in enumerate(table.rows):
            if at in headings:
                self._heading(row, at - 1 not in headings)
            else:
                self._row(row, items[at], TITLE if first is not None and at < first else PROSE if last is not None and at > last else LOST)
        self._unread_columns(table, headings, before)
        self.account.letters[HEADING] += table.repeated

    def _unread_columns(self, table: Table, headings: set[int], before: int) -> None:
        """Columns with a heading of which nothing was read are named, and so are tables of which nothing was."""
        lost = self.account.lost[before:]
        columns: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
        for one in lost:
            columns[one.column].append(one)
        for column, some in columns.items():
            cells = [
                row[column] for at, row in enumerate(table.rows) if at not in headings and column < len(row) and row[column].text.strip()
            ]
            names = [
                table.rows[at][column] for at in sorted(headings) if column < len(table.rows[at]) and table.rows[at][column].text.strip()
            ]
            if names and len(some) > 1 and 5 * len(some) >= 3 * len(cells):
                self._rename(some, COLUMN)
                raw = one_line(" ".join(name.text for name in names))[:_LONGEST_RAW]
                self.account.said.append(finding("column_not_read", names[0].place, raw=raw))

    def _heading(self, row: tuple[Cell, ...], opens: bool) -> None:
        if opens:
            self.columns = {}
        for column, cell in enumerate(row):
            self._count(HEADING, cell.text)
            name = key(cell.text)
            if name and any(name in words or words in name for words in self.unread):
                self.columns[column] = COLUMN
            elif not name and opens and column:
                self.columns[column] = self.columns.get(column - 1, "")  # a wide heading
            elif name and not self.columns.get(column):
                beside = self.of_scores and self.terms.field_of(cell.text[:_LONGEST_LINE]) in _BESIDE_SCORES
                self.columns[column] = READ if self._labels(cell.text) else COLUMN if beside else ""

    def _row(self, row: tuple[Cell, ...], items: Items, outside: str) -> None:
        self._begin(items, row)
        filled = [cell for cell in row if cell.text.strip()]
        said = self._said_of(filled)
        passed = (said and self._passed(filled, said)) or (not items and self._without_scores(row))
        alone = len(filled) == 1 and len(row) > 1
        told = not items and any(_DECIMAL.search(cell.text) and self._tells_scores(cell.text) for cell in filled)
        for column, cell in enumerate(row):
            if not cell.text.strip():
                continue
            if passed:
                self._count(ROW, cell.text)
            elif alone and self.terms.row_label(joined(self.label, cell.text)).code in self.held.indicators:
                self._count(READ, cell.text)  # the rest of the label above, which the end of a page broke
            elif cell.text in self.held.numbers or (told and not _NUMBER.search(arabic(cell.text))):
                self._count(READ, cell.text)
            elif self.columns.get(column) and not alone and (items or not self.held.numbers):
                self._count(self.columns[column], cell.text)
            elif items and self.of_scores and self.terms.field_of(cell.text[:_LONGEST_LINE]) in ("score", "TOTAL", "LEVEL"):
                self._count(READ, cell.text)  # a row's own label of its total or level
            else:
                self._put(cell.text, cell.place, outside if alone else LOST, said, column)
        self.label = filled[0].text if filled and not alone else ""

    def _labels(self, heading: str) -> bool:
        """Whether what stands below a heading tells of which item, indicator or agency the rest of the row is."""
        return self.terms.field_of(heading[:_LONGEST_LINE]) in LABELS if self.of_scores else role_of(heading) in _LABELS

    # --- one text ---

    def _of(self, row: tuple[Cell, ...], handed: set[str]) -> Items:
        places = [place for place in dict.fromkeys(cell.place for cell in row) if place not in handed]
        handed.update(place for place in places if len(self.items.get(place, ())) > _MOST_OF_A_PLACE)
        return [item for place in places for item in self.items.get(place, ())]

    def _said_of(self, row: Iterable[Cell]) -> list[Finding]:
        return [one for place in dict.fromkeys(cell.place for cell in row) for one in self.said.get(place, ())]

    def _passed(self, filled: list[Cell], said: list[Finding]) -> bool:
        whole = key(" ".join(cell.text for cell in filled))
        return any(one.rule in _OF_ROWS and key(one.raw or "") and key(one.raw or "") in whole for one in said)

    def _without_scores(self, row: tuple[Cell, ...]) -> bool:
        """Whether a row of a score sheet names an agency or an indicator and says that it has no score."""
        values = [cell.text for column, cell in enumerate(row) if cell.text.strip() and self.columns.get(column) != READ]
        return bool(self.held.numbers and values) and all(value_of(text).empty for text in values)

    def _begin(self, items: Items, row: tuple[Cell, ...]) -> None:
        """The items that begin in a row are those that its letters, and the letters below it, are looked for in."""
        if items:
            self.number += 1
            self.held = _Held(items, self._said_of(row))

    @property
    def begun(self) -> bool:
        return self.number > 0

    def _is_name_ahead(self, letters: str) -> bool:
        """Whether a heading names what the next items are of: an agency, a province, a group."""
        items = self.order[self.number] if self.number < len(self.order) else []
        names = {getattr(item, name, None) for item in items for name in ("agency", "province", "fiscal_year", "group_name")} - {None}
        return any(len(key(str(name))) >= _SHORTEST_WORD and key(str(name)) in letters for name in names)

    def _put(self, text: str, place: str, otherwise: str, said: list[Finding] = (), column: int = -1) -> None:
        """A text by the name of each of its parts: those that an item holds are read, headings are headings, the rest is `otherwise`."""
        letters = key(text)
        if not letters or says_nothing(text) or (column >= 0 and (is_mark(text) or says_no(text))) or self._holds(text, letters, said):
            self._count(READ, text)
            return
        label = _label(text)
        self._count(HEADING, text[:label])
        rest, notes = without_notes(text[label:])  # notes that name questions, which are read as such
        bare = _without_marks(rest)
        if (numbered := _NAMED_NUMBER.match(arabic(bare))) and numbered[1] in self.held.fields:
            bare = bare[numbered.end() :]
        self.account.letters[READ] += _size(text[label:]) - _size(bare)
        if head := _head_of_items(bare, rest):
            self._count(HEADING, bare[:head])
            bare = bare[head:]
        words = "".join(word for word in map(key, _WORD.findall(bare)) if not self._is_word(word))
        parts = list(_shared(words, self.held.blob))
        lost = [part for part, read in parts if not read and not _is_label(part)]
        share = sum(map(len, lost)) / max(len(key(bare)), 1)
        # Letters with ink: points and brackets go with the words that they stand by.
        size = round(share * _size(bare))
        self.account.letters[READ] += _size(bare) - size
        self.account.letters[otherwise] += size
        if otherwise == LOST and size:
            self.account.lost.append(Loss(place, " … ".join(lost), size, column))

    def _count(self, name: str, text: str) -> None:
        self.account.letters[name] += _size(text)

    def _rename(self, losses: list[Loss], name: str) -> None:
        """What was lost has a name after all."""
        for loss in losses:
            self.account.lost.remove(loss)
            self.account.letters[LOST] -= loss.letters
            self.account.letters[name] += loss.letters

    def _holds(self, text: str, letters: str, said: list[Finding]) -> bool:
        if self._is_word(letters) or (len(letters) >= _SHORTEST_WORD and letters in self.source) or self._is_amount(text):
            return True
        raws = {key(one.raw or "") for one in said} - {""}
        if letters in raws or any(raw in letters or (len(letters) >= _SHORTEST_WORD and letters in raw) for raw in raws):
            return True
        if any(group in letters and len(letters) - len(group) < _LONGEST_HEAD for group in self.groups):
            return True
        if len(text) < _LONGEST_HEAD and (self._is_name_ahead(letters) or self._is_name_ahead(key(full_name(one_line(text))))):
            return True
        if self._is_name_ahead(letters) and len(bare := _DIGITS.sub("", letters)) >= _SHORTEST and bare in self.of_any_year:
            return True  # the title again, with the year of the next items
        if len(text) < _LONGEST_HEAD and (name := key(full_name(one_line(text)))) and name in self.held.blob:
            return True
        return bool(self.held.numbers) and self._tells_scores(text)

    def _tells_scores(self, text: str) -> bool:
        """Whether a text tells scores that were read: of which indicator, or nothing but their numbers with words of scores."""
        numbers = set(_NUMBER.findall(arabic(text)))
        label = self.terms.label_of(text)
        named = label.code is not None and label.code in self.held.indicators
        told = any(_DECIMAL.search(number) for number in numbers & self.held.numbers) and len(text) < _LONGEST_LINE
        return numbers <= self.held.numbers | {label.code, label.number, *self.held.indicators} and (named or told)

    def _is_word(self, word: str) -> bool:
        return word in self.held.fields or (len(word) >= _SHORTEST_WORD and word in self.held.blob)

    def _is_amount(self, text: str) -> bool:
        return bool(self.held.amounts) and len(text) < 60 and baht(text) in self.held.amounts


def _rows(block: Paragraph | Table) -> tuple[tuple[Cell, ...], ...]:
    return block.rows if isinstance(block, Table) else ((Cell(block.text, block.place),),)


def _headings(table: Table, first: int | None, terms: Terms | None) -> set[int]:
    """Rows that name the columns: known headings wherever they stand, and what stands right above the first item and holds no values.

    `terms`: of scores; None for a table of measures.
    """
    found: set[int] = set()
    for at, row in enumerate(table.rows):
        if is_heading_row(row) or (at - 1 in found and is_second_heading_row(row, table.rows[at - 1])):
            found.add(at)
    at = (first or 0) - 1
    while at >= 0 and at >= (first or 0) - _HIGHEST:
        texts = [cell.text for cell in table.rows[at] if cell.text.strip()]
        if any(map(_DECIMAL.search, texts)):
            break
        known = sum(_is_heading(text, terms) for text in texts)
        if len(texts) > 1 and (2 * known >= len(texts) if terms is None else known and not any(_is_score(text, terms) for text in texts)):
            found.add(at)
        at -= 1
    return found


def _is_score(text: str, terms: Terms) -> bool:
    """Whether a cell may be a score that is printed without decimals; numbers of indicators, full marks and years are none."""
    number = numeral(text)
    return number is not None and 10 < number <= 100 and number not in terms.maxima


def _is_heading(text: str, terms: Terms | None) -> bool:
    if terms is None:
        return len(text) < _LONGEST_HEAD and role_of(text) is not None and numeral(text) is None and not looks_like_units(text)
    return terms.field_of(text[:_LONGEST_LINE]) is not None or bool(_YEAR.fullmatch(arabic(text).strip()))


def _texts(items: list[Measure | Score]) -> Iterator[str]:
    """Every text and number that items hold, as it may be printed."""
    for item in items:
        for name, value in vars(item).items():
            for one in value if isinstance(value, list) else (value,):
                if one is not None and name not in _NOT_PRINTED:
                    yield str(one)


def _size(text: str) -> int:
    return len(text) if text.isalnum() else len("".join(text.split()))


def _label(text: str) -> int:
    """Where the words end that name what follows them: ผู้รับผิดชอบ: กองคลัง; 0 where none do."""
    ends = [match.start() for match in itertools.islice(_AFTER_WORD.finditer(text[: _LONGEST_HEAD + 1]), 6)] + [len(text)] * (
        len(text) < _LONGEST_HEAD
    )
    named = [end for end in ends if _is_label(text[:end])]
    return max(named, default=0)


def _is_label(words: str) -> bool:
    """Whether words are a listed heading of what follows; those of status columns are results themselves."""
    words = _ORDINAL.sub("", words).strip(" .:：-*#")
    return len(words) < _LONGEST_LABEL and is_known(words) and role_of(words) not in (*STATUS_ROLES, "status")


def _is_field(text: str) -> bool:
    """Whether a line is a field of a measure: a label with a colon, or one that begins no sentence, and something after it."""
    end = _label(text)
    label, rest = _ORDINAL.sub("", text[:end]).strip(" .-*#"), text[end:].strip()
    return bool(label and rest.strip(":： ")) and (label[-1] in ":：" or rest[0] in ":：" or role_of(label) in _FIELDS)


def _head_of_items(bare: str, text: str) -> int:
    """Where a heading ends that stands in one cell above the items (1) (2) of a list: 1.1.1 ... (1) ... (2) ...; 0 where none does."""
    found = marks(text)
    first = next((mark for mark in found if mark.style == "round"), None)
    if first is None or found[0].style == "round" or text[: found[0].begin].strip():
        return 0
    return bare.find(text[found[0].end : first.begin]) + first.begin - found[0].end


def _without_marks(text: str) -> str:
    """A text without the numbers of its items."""
    kept, at = "", 0
    for mark in marks(text):
        kept, at = kept + text[at : mark.begin], mark.end
    return kept + text[at:]


def _shared(text: str, blob: str) -> Iterator[tuple[str, bool]]:
    """`text` in parts, each with whether `blob` holds it: the longest parts from left to right."""
    at = begun = 0
    while at < len(text):
        size = _longest(text, at, blob)
        if size < _SHORTEST:
            at += 1
            continue
        if begun < at:
            yield text[begun:at], False
        yield text[at : at + size], True
        at = begun = at + size
    if begun < at:
        yield text[begun:at], False


def _longest(text: str, at: int, blob: str) -> int:
    """How many letters of `text` from `at` stand together in `blob`: doubled while they do, then halved."""
    if text[at : at + _SHORTEST] not in blob:
        return 0
    low, high = _SHORTEST, 2 * _SHORTEST
    while at + low < len(text) and text[at : at + high] in blob and low < len(text) - at:
        low, high = min(high, len(text) - at), 2 * high
    high = min(high, len(text) - at)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[at : at + middle] in blob else (low, middle - 1)
    return low
