"""Rows into the tables of a build: always by the names of their columns, so that a table may gain one without a word here."""

from array import array
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.build.inputs import Input, Problem
from etl.findings import finding
from etl.messages import Said
from etl.reading import Finding

HERE = Path(__file__).parent


def run_sql(con: DuckDBPyConnection, name: str) -> None:
    """Runs a file of SQL beside this one."""
    con.execute((HERE / name).read_text(encoding="utf-8"))


def insert(con: DuckDBPyConnection, table: str, rows: list[dict]) -> None:
    """Appends rows; they have the keys of the first one, and columns that these do not name are null."""
    if rows:
        con.register("new_rows", pa.table({name: _column([row.get(name) for row in rows]) for name in rows[0]}))
        con.execute(f"insert into {table} by name from new_rows")
        con.unregister("new_rows")


def _column(values: list) -> pa.Array:
    """Values as texts, which DuckDB casts to what the table has, or lists of texts. `pa.array` would load pandas for them: a quarter of a
    second of every build."""
    if not any(isinstance(value, list) for value in values):
        return _texts(values)
    ends = array("i", [0])
    for value in values:
        ends.append(ends[-1] + len(value or []))
    offsets = pa.Array.from_buffers(pa.int32(), len(ends), [None, pa.py_buffer(ends)])
    missing = _texts([None if value is None else "" for value in values]).is_null()
    return pa.ListArray.from_arrays(offsets, _texts([item for value in values for item in value or []]), mask=missing)


def _texts(values: list) -> pa.Array:
    built = pa.lib.StringBuilder()
    built.append_values([None if value is None else str(value) for value in values])
    return built.finish()


def insert_findings(con: DuckDBPyConnection, source_id: str, found: list[Finding]) -> None:
    """Findings of a source that have their sentences already."""
    insert(con, "worded_finding", [{"source_id": source_id} | vars(item) | {"place": item.place or "–"} for item in found])


def source_of(con: DuckDBPyConnection, file: Input, kind: str) -> str:
    """The id of the source row of a file itself, made when its first finding needs it."""
    if not is_source(con, file.source_id):
        name = Path(file.name).name
        insert(con, "source", [{"source_id": file.source_id, "file_name": name, "sha256": file.sha256, "kind": kind, "synthetic": False}])
    return file.source_id


def is_source(con: DuckDBPyConnection, source_id: str) -> bool:
    return bool(con.execute("select 1 from source where source_id = ?", [source_id]).fetchall())


def unusable(con: DuckDBPyConnection, file: Input, kind: str, said: Said) -> Problem:
    """A file that could not be used: its finding is written, its problem returned."""
    insert_findings(con, source_of(con, file, kind), [finding("file_unusable", "–", reason=said)])
    return Problem(file.name, said)
