"""Transcripts -> the documents in them, and their rows as a table: nearly all rows of a nation are plain measures, and are read once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.build.inputs import Input, Inputs, Problem
from etl.build.lines import MOST_ROWS, Lines
from etl.build.plain import Header, header_of, read_csv, tidied
from etl.build.publish import quoted
from etl.build.rows import insert, insert_findings, run_sql, source_of, unusable
from etl.findings import finding
from etl.formats import Unreadable
from etl.known import Known
from etl.messages import message
from etl.transcripts.columns import COLUMNS

NEEDED = {"record", "document"}


def load_transcripts(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    """What is no plain measure into the table transcript, in the order of the files and rows; the table transcript_line, in memory until
    the measures are loaded, is all of them."""
    files = inputs.under("transcripts")
    con.execute("create temp table input_file(file integer, headings_at bigint, name varchar, file_source_id varchar)")
    insert(con, "input_file", [
        {"file": number, "headings_at": MOST_ROWS * number + 1, "name": file.name.rpartition("/")[2], "file_source_id": file.source_id}
        for number, file in enumerate(files)])  # fmt: skip
    lines = Lines()
    with ThreadPoolExecutor() as pool:  # Arrow lets the other threads run
        plain = list(pool.map(lambda number: _add_plain(lines, number, files[number]), range(len(files))))
    problems: list[Problem] = []
    for number, file in enumerate(files):
        if not plain[number]:
            try:
                _add_tidied(con, lines, number, file, inputs, problems)
            except Unreadable as error:
                problems.append(unusable(con, file, "unknown", error.said))
    con.register("transcript_line", lines)
    run_sql(con, "sql/transcripts.sql")
    if struck := con.execute("select count(*) from transcript where record = 'struck'").fetchone()[0]:
        inputs.notes.append(message("rows_struck", rows=struck))
    return problems


def _add_plain(lines: Lines, number: int, file: Input) -> bool:
    """Adds the rows of a transcript as it lies there, and says whether it could."""
    header = header_of(file.path)
    return _is_transcript(header) and _added(lines, number, file.path, header, ours=False)


def _is_transcript(header: Header | None) -> bool:
    return header is not None and set(header.columns) >= NEEDED and len(set(header.columns)) == len(header.columns)


def _added(lines: Lines, number: int, path: Path, header: Header, ours: bool) -> bool:
    try:
        lines.add(number, path, header, ours)
    except (pa.ArrowInvalid, OSError):
        return False
    return True


def _add_tidied(con: DuckDBPyConnection, lines: Lines, number: int, file: Input, inputs: Inputs, problems: list[Problem]) -> None:
    """Adds the rows of a transcript that is no plain CSV: from a copy.

    What of it cannot be read is added to `problems`, or is a finding. Unreadable: it is no transcript.
    """
    copy = inputs.scratch / f"{number}.csv"
    if _copied(con, file.path, copy) and _added(lines, number, copy, header_of(copy), ours=True):
        return
    made = tidied(file.path, copy)
    twice = [column for column in COLUMNS if made.header.columns.count(column) > 1]
    if twice:
        raise Unreadable(*message("column_twice", columns=", ".join(twice)))
    missing = sorted(NEEDED - set(made.header.columns))
    if missing:
        raise Unreadable(*message("not_transcript", columns=", ".join(missing)))
    if not _added(lines, number, copy, made.header, ours=True):
        raise Unreadable(*message("not_csv"))
    place = f"{file.name.rpartition('/')[2]} row "
    if made.beyond:
        found = [finding("cells_beyond_headings", f"{place}{row}", raw=said) for row, said in made.beyond]
        insert_findings(con, source_of(con, file, "unknown"), found)
    if made.open_quote is not None:
        problems.append(unusable(con, file, "unknown", message("open_quote", line=made.open_quote)))


def _copied(con: DuckDBPyConnection, path: Path, copy: Path) -> bool:
    """Whether DuckDB reads the transcript, as it does where blanks stand before quotations, and wrote it to `copy`."""
    header = header_of(path)
    if not _is_transcript(header):
        return False
    try:
        con.execute(f"copy (select * exclude filename from {read_csv([path], header)}) to {quoted(copy)} (header)")
    except duckdb.Error:
        return False
    return True
