"""Transcripts -> the documents in them, and views of their measures: nearly all rows of a nation are plain measures, and are never held."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from etl.build.inputs import Input, Inputs, Problem
from etl.build.plain import Header, header_of, read_csv, tidied
from etl.build.rows import insert, insert_findings, run_sql, source_of, unusable
from etl.findings import finding
from etl.formats import Unreadable
from etl.known import Known
from etl.messages import message
from etl.transcripts.columns import COLUMNS

NEEDED = {"record", "document"}
IS_PLAIN = (
    "is_plain(record, section, position, status, status_basis, place, pair_position, "
    "period_start, period_end, budget_planned, budget_spent)"
)
IS_BLANK = f"coalesce({', '.join(COLUMNS)}) is null"
PARTS, MOST_ROWS = 8, 1 << 36  # of files of one header, and what none of these parts has


@dataclass(frozen=True)
class Staged:
    """SQL that reads some transcripts: `numbered` their rows with the place of each in the order of files and rows, `measures` the plain
    measures."""

    numbered: str
    measures: str


def load_transcripts(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    """What is no plain measure into the table transcript, in the order of the files and rows; the view plain_measure over the others, and
    numbered_row over all, read the files again when the documents are known."""
    files = inputs.under("transcripts")
    copies = {file.name: inputs.scratch / f"{number}.csv" for number, file in enumerate(files)}
    _begin(con, files, copies)
    problems: list[Problem] = []
    staged: list[Staged] = []
    alike, groups = defaultdict(list), count()
    for file in files:
        alike[header_of(file.path)].append(file)
    for header, members in alike.items():
        if _is_transcript(header):
            if read := _stage(con, header, [file.path for file in members], next(groups)):
                staged.append(read)
                continue
            # Some file of these is no plain CSV: one at a time, to find it.
            alone = {file.name: _stage(con, header, [file.path], next(groups)) for file in members}
            staged += [read for read in alone.values() if read]
            members = [file for file in members if not alone[file.name]]
        for file in members:
            try:
                staged.append(_tidy_and_stage(con, file, copies[file.name], next(groups), problems))
            except Unreadable as error:
                problems.append(unusable(con, file, "unknown", error.said))
    _define_views(con, staged)
    run_sql(con, "sql/transcripts.sql")
    if struck := con.execute("select count(*) from transcript where record = 'struck'").fetchone()[0]:
        inputs.notes.append(message("rows_struck", rows=struck))
    return problems


def _begin(con: DuckDBPyConnection, files: list[Input], copies: dict[str, Path]) -> None:
    con.execute("create temp table input_path(path varchar, name varchar, source_id varchar)")
    insert(con, "input_path", [
        {"path": str(path), "name": file.name.rpartition("/")[2], "source_id": file.source_id}
        for file in files for path in (file.path, copies[file.name])])  # fmt: skip
    # An enum: a million rows name their file in two bytes.
    con.execute("create temp type input_path_type as enum (select path from input_path order by path)")
    con.execute("create temp table input_file as select path::input_path_type as file, name, source_id from input_path")
    texts = ", ".join(f"{name} varchar" for name in COLUMNS)
    con.execute(f"create temp table transcript(file input_path_type, row_at bigint, {texts}, plain boolean, blank boolean)")


def _is_transcript(header: Header | None) -> bool:
    return header is not None and set(header.columns) >= NEEDED and len(set(header.columns)) == len(header.columns)


def _stage(con: DuckDBPyConnection, header: Header, paths: list[Path], group: int) -> Staged | None:
    """Appends what is no plain measure in transcripts of one header to the table transcript; None where DuckDB does not read them."""
    cells = ", ".join(name if name in header.columns else f"null::varchar as {name}" for name in COLUMNS)
    # Rows are counted one after the other: the files in some parts, each counted by itself, so that the parts are read side by side.
    size = -(-len(paths) // PARTS)
    numbered = " union all ".join(
        f"select *, file is distinct from lag(file) over () as begins from (select filename::input_path_type as file, "
        f"{(group * PARTS + part) * MOST_ROWS} + row_number() over () as row_at, {cells} from {read_csv(paths[at : at + size], header)})"
        for part, at in enumerate(range(0, len(paths), size)))  # fmt: skip
    try:
        con.execute("set preserve_insertion_order = false")  # row_at says it
        con.execute(f"""
            insert into transcript by name
              select * exclude begins, {IS_PLAIN} as plain, {IS_BLANK} as blank from ({numbered})
              where begins or not ({IS_PLAIN} or {IS_BLANK})""")
        others = con.execute(
            f"select 1 from transcript where record = 'measure' and not plain and row_at // {MOST_ROWS} // {PARTS} = {group} limit 1"
        )
        plain = IS_PLAIN if others.fetchall() else "record = 'measure'"
    except duckdb.Error:
        return None
    finally:
        con.execute("reset preserve_insertion_order")
    return Staged(numbered, f"from (select filename::input_path_type as file, {cells} from {read_csv(paths, header)}) where {plain}")


def _tidy_and_stage(con: DuckDBPyConnection, file: Input, copy: Path, group: int, problems: list[Problem]) -> Staged:
    """A transcript that DuckDB does not read as it lies there (another encoding, broken quotations, blank lines): from a tidied copy.

    What of it cannot be read is added to `problems`, or is a finding. Unreadable: it is no transcript.
    """
    made = tidied(file.path, copy)
    twice = [column for column in COLUMNS if made.header.columns.count(column) > 1]
    if twice:
        raise Unreadable(*message("column_twice", columns=", ".join(twice)))
    missing = sorted(NEEDED - set(made.header.columns))
    if missing:
        raise Unreadable(*message("not_transcript", columns=", ".join(missing)))
    staged = _stage(con, made.header, [copy], group)
    if staged is None:
        raise Unreadable(*message("not_csv"))
    place = f"{file.name.rpartition('/')[2]} row "
    if made.beyond:
        found = [finding("cells_beyond_headings", f"{place}{row}", raw=said) for row, said in made.beyond]
        insert_findings(con, source_of(con, file, "unknown"), found)
    if made.open_quote is not None:
        problems.append(unusable(con, file, "unknown", message("open_quote", line=made.open_quote)))
    return staged


def _define_views(con: DuckDBPyConnection, staged: list[Staged]) -> None:
    cells = ", ".join(f"null::varchar as {name}" for name in COLUMNS)
    none = Staged(f"select null::input_path_type as file, null::bigint as row_at, {cells}, false as begins where false",
                  f"select null::input_path_type as file, {cells} where false")  # fmt: skip
    con.execute("create temp view numbered_row as " + " union all ".join(each.numbered for each in staged or [none]))
    con.execute("create temp view plain_measure as " + " union all ".join(each.measures for each in staged or [none]))
