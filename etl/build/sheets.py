"""Score sheets: plain ones in bulk, the others through the reader; their rows wait as text until names are resolved."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from string import ascii_uppercase

import duckdb
from duckdb import DuckDBPyConnection

from etl.build.inputs import Input, Inputs, Problem
from etl.build.plain import Header, header_of, read_csv, tidied
from etl.build.publish import quoted
from etl.build.rows import insert, insert_findings, is_source, source_of, unusable
from etl.findings import finding
from etl.formats import Document, Table, Unreadable, open_document, watch
from etl.known import Known
from etl.messages import Said, message
from etl.reading import Finding, Reading
from etl.scores.headings import INSTRUMENTS, Terms
from etl.scores.subject import OTHER_SUBJECT

# A sheet is bulk-loaded when every heading is one of these; anything else is for the layouts of etl/read.py.
LABELS = {"agency", "agency_type", "district", "province", "fiscal_year", "source_url", "synthetic"}
IGNORED = {"rank", "note", "region"}  # by name: they say nothing that is loaded
VALUES = {"IIT", "EIT", "OIT", "TOTAL", "LEVEL"}


@dataclass(frozen=True)
class Plain:
    """A sheet with an agency, a year and scores in each row: which column is which label, and which hold values of what."""

    labels: dict[str, int]
    values: list[tuple[int, str]]


@dataclass(frozen=True)
class Staged:
    """A table of the cells of plain sheets of one header, as text."""

    table: str
    sheet: Plain


def load_sheets(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    """Rows of plain sheets into tables sheet_<n> behind the views sheet_name and sheet_score, those of the others into read_row."""
    terms = Terms.of(known)
    staged: list[Staged] = []
    alike, others = defaultdict(list), []
    for number, file in enumerate(inputs.under("scores")):
        header, readable = _as_csv(file, inputs, number)
        if header and plain_sheet(header.columns, terms):
            alike[header].append(readable)
        else:
            others.append(file)
    named = {file.name: file for file in inputs.under("scores")}
    for header, members in alike.items():
        sheet = plain_sheet(header.columns, terms)
        if not _stage(con, header, members, sheet, staged):
            # Some sheet of these is no plain CSV: one at a time, to find it.
            unread = [file for file in members if len(members) == 1 or not _stage(con, header, [file], sheet, staged)]
            others += [named[file.name] for file in unread]
    problems = []
    for file in sorted(others, key=lambda file: file.name):
        if said := _read(con, file, known, terms, staged):
            problems.append(unusable(con, file, "score_sheet", said))
    _define_views(con, staged)
    return problems


def _as_csv(file: Input, inputs: Inputs, number: int) -> tuple[Header | None, Input]:
    """The headings of a CSV, and the file that DuckDB reads: a tidied copy where it would not read the file as it lies there."""
    if file.path.suffix.lower() != ".csv":
        return None, file
    header = header_of(file.path)
    if header:
        return header, file
    try:
        made = tidied(file.path, inputs.scratch / f"sheet-{number}.csv")
    except Unreadable:  # the reader says why
        return None, file
    if made.beyond or made.open_quote is not None or not all(made.header.columns):
        return None, file
    return made.header, replace(file, path=made.path)


def _read(con: DuckDBPyConnection, file: Input, known: Known, terms: Terms, staged: list[Staged]) -> Said | None:
    """What the reader finds in a sheet that is not plain. Why it could not be read, where it could not."""
    from etl.read import read  # only now: the readers of PDF and Word are never needed for plain sheets

    try:
        with watch.clock():
            document = open_document(file.path)
            reading = read(document, known)
    except Unreadable as error:
        return error.said
    except watch.TooLong:
        return message("took_too_long", seconds=watch.SECONDS)
    except MemoryError:
        return message("too_much_memory")
    except Exception as error:  # a damaged sheet that nobody foresaw must not stop the others
        return message("unexpected", reason=type(error).__name__)
    if not reading.scores and not reading.measures:
        if _stage_known_columns(con, file, terms, staged):
            return None
        reading.findings += _unread_tables(document)
    _stage_reading(con, file, reading)
    return None


def _stage_known_columns(con: DuckDBPyConnection, file: Input, terms: Terms, staged: list[Staged]) -> bool:
    """Whether a sheet in which no layout found scores was loaded by the headings that are known; the others are named."""
    header = header_of(file.path) if file.path.suffix.lower() == ".csv" else None
    sheet = plain_sheet(header.columns, terms, some_unknown=True) if header else None
    if not sheet or is_source(con, file.source_id) or not _stage(con, header, [file], sheet, staged):
        return False
    unknown = [(at, heading) for at, heading in enumerate(header.columns) if not (indicator(heading, terms) or terms.field_of(heading))]
    insert_findings(con, file.source_id, [finding("unknown_column", f"{_letters(at)}1", raw=heading) for at, heading in unknown])
    return True


def _stage(con: DuckDBPyConnection, header: Header, files: list[Input], sheet: Plain, staged: list[Staged]) -> bool:
    """Whether DuckDB read these sheets of one header; then they are sources, and rows of a table sheet_<n>."""
    table = f"sheet_{len(staged)}"
    columns = tuple(f"c{at}" for at in range(len(header.columns)))
    said = {field: f"nullif(trim(c{at}), '')" for field, at in sheet.labels.items()}
    labels = ", ".join(f"{said.get(field, 'null::varchar')} as {field}" for field in sorted(LABELS | {"indicator"}))
    cells = ", ".join(f"c{at}" for at, _ in sheet.values)
    con.execute("create or replace temp table sheet_file(path varchar, source_id varchar, file_name varchar, sha256 varchar)")
    insert(con, "sheet_file", [
        {"path": str(file.path), "source_id": file.source_id, "file_name": file.name.rpartition("/")[2], "sha256": file.sha256}
        for file in files])  # fmt: skip
    try:
        con.execute(
            f"create or replace temp table {table} as select filename as path, {labels}, {cells} "
            f"from {read_csv([file.path for file in files], header, columns)}"
        )
    except duckdb.Error:
        return False
    # Two copies of one sheet are one source; rows keep the number that a spreadsheet shows.
    con.execute(f"""
        create or replace temp table {table}_source as
          select path, source_id, file_name, sha256, min(s.rowid) as first_row, bool_or(lower(synthetic) in ('true', '1')) as synthetic,
            if(count(distinct be_year(fiscal_year)) = 1, any_value(be_year(fiscal_year)), null) as fiscal_year,
            if(count(distinct source_url) = 1, any_value(source_url), null) as url
          from {table} s join sheet_file using (path) group by path, source_id, file_name, sha256
          qualify row_number() over (partition by source_id order by path) = 1 and source_id not in (select source_id from source);
        insert into source by name
          select source_id, file_name, sha256, 'score_sheet' as kind, fiscal_year, url, coalesce(synthetic, false) as synthetic
          from {table}_source""")
    filled = {path for (path,) in con.execute(f"select distinct path from {table}").fetchall()}
    for file in {file.source_id: file for file in files if str(file.path) not in filled}.values():
        insert_findings(con, source_of(con, file, "score_sheet"), [finding("score_sheet_empty", "A1")])
    staged.append(Staged(table, sheet))
    return True


def _stage_reading(con: DuckDBPyConnection, file: Input, reading: Reading) -> None:
    """The scores that the reader found in a sheet, and its findings; measures in it are named and not loaded."""
    if is_source(con, file.source_id):
        return
    read = reading.source
    insert(con, "source", [{
        "source_id": file.source_id, "file_name": read.file, "sha256": file.sha256, "title": read.title, "kind": read.kind,
        "family": read.family, "fiscal_year": read.fiscal_year, "round": read.round, "synthetic": False,
        "agency_printed": read.agency_printed, "place_printed": read.place_printed, "unsure": read.unsure}])  # fmt: skip
    if read.agency:
        place = {name: getattr(read, name) for name in ("agency", "agency_type", "district", "province")}
        insert(con, "document_agency", [{"source_id": file.source_id} | place])
    insert(con, "read_row", [
        {"source_id": file.source_id, "place": score.place, "agency": score.agency, "province": score.province,
         "fiscal_year": _text(score.fiscal_year or read.fiscal_year), "indicator": score.indicator, "printed": _text(score.score),
         "max": score.max, "stated_change": _text(score.stated_change), "unsure": score.unsure}
        for score in reading.scores])  # fmt: skip
    found = list(reading.findings)
    if reading.measures:
        found.append(finding("measures_in_sheet", reading.measures[0].place, count=len(reading.measures)))
    insert_findings(con, file.source_id, found)


def _unread_tables(document: Document) -> list[Finding]:
    """Where the tables begin of a sheet in which no score was found, and what stands in their first rows."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.rows]
    words = [" ".join(cell.text.strip() for cell in table.rows[0] if cell.text.strip())[:80] for table in tables]
    return [finding("score_table_unread", table.place, raw=said) for table, said in zip(tables, words, strict=True)]


def _define_views(con: DuckDBPyConnection, staged: list[Staged]) -> None:
    """sheet_name: the names as printed; sheet_score: the cells of the sheets as printed scores, when names are resolved."""
    names = [f"select agency, agency_type, district, province from {each.table}" for each in staged]
    empty = "select null::varchar as agency, null::varchar as agency_type, null::varchar as district, null::varchar as province where false"
    con.execute("create temp view sheet_name as " + " union all ".join(names or [empty]))
    scores = [_unpivoted(each) for each in staged] or ["select * exclude unsure from printed_score where false"]
    con.execute("create temp view sheet_score as " + " union all by name ".join(scores))


def _unpivoted(staged: Staged) -> str:
    """The value cells as printed scores; a cell's place is what a spreadsheet calls it (F12)."""
    table, values = staged.table, staged.sheet.values
    cells = ", ".join(f"c{at}" for at, _ in values)
    field = "s.indicator" if "indicator" in staged.sheet.labels else _case("cell", {f"c{at}": field for at, field in values})
    letters = _case("cell", {f"c{at}": _letters(at) for at, _ in values})
    return f"""
        select source_id, {letters} || row_at as place, coalesce(name_id, 0) as name_id, fiscal_year, {field} as indicator, printed,
          null::smallint as max, null::varchar as stated_change, source_url as url, row_at
        from (
          unpivot (
            select f.source_id, s.rowid - f.first_row + 2 as row_at, n.name_id, s.fiscal_year, s.indicator, s.source_url, {cells}
            from {table} s join {table}_source f using (path)
            left join name n on n.agency = s.agency and n.agency_type is not distinct from s.agency_type
              and n.district is not distinct from s.district and n.province is not distinct from s.province)
          on {cells} into name cell value printed) s"""


# --- headings -----------------------------------------------------------------------------------------------------------------


def plain_sheet(headings: tuple[str, ...], terms: Terms, some_unknown: bool = False) -> Plain | None:
    """Label columns and value columns of a sheet with an agency, a year and scores in each row; None for any other sheet.

    Either a column a value (indicators, instruments, total, level), or a column `indicator` and one `score`. With `some_unknown`,
    headings that name nothing known are passed over where an indicator or instrument has its own and none names another subject.
    """
    fields = [indicator(heading, terms) or terms.field_of(heading) for heading in headings]
    if some_unknown:
        if not {*terms.indicators, *INSTRUMENTS} & set(fields) or OTHER_SUBJECT.search(" ".join(headings)):
            return None
        fields = [field or f"unknown {at}" for at, field in enumerate(fields)]
    if None in fields or len(set(fields)) < len(fields):
        return None
    labels = {field: at for at, field in enumerate(fields) if field in LABELS | {"indicator"}}
    values = [(at, field) for at, field in enumerate(fields) if field.isdigit() or field in VALUES | {"score"}]
    ignored = sum(field in IGNORED or field.startswith("unknown ") for field in fields)
    if len(labels) + len(values) + ignored < len(fields) or not {"agency", "fiscal_year"} <= labels.keys() or not values:
        return None
    scores = [field for _, field in values]
    return Plain(labels, values) if (scores == ["score"] if "indicator" in labels else "score" not in scores) else None


def indicator(text: str, terms: Terms) -> str | None:
    """The indicator, instrument, TOTAL or LEVEL that a heading or cell names; a bare number (3, ๓, 3.0) names itself, rules or not."""
    number = re.fullmatch(r"(\d{1,2})(?:\.0+)?", text.strip())
    field = str(int(number[1])) if number else terms.field_of(text)
    return field if field and (field.isdigit() or field in VALUES) else None


def _case(column: str, values: dict[str, str]) -> str:
    return f"case {column} " + " ".join(f"when {quoted(key)} then {quoted(value)}" for key, value in values.items()) + " end"


def _letters(at: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + ascii_uppercase[at % 26]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
