"""The tables of the database from schema.sql, where each column stands once: its name, type and meaning on one line."""

import re
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.build.publish import quoted

SCHEMA = Path(__file__).with_name("schema.sql")
_TABLE = re.compile(r"create table (\w+)\( -- (.+)")
_COLUMN = re.compile(r"  (\w+) .*? -- (.+)")


def create(con: DuckDBPyConnection) -> None:
    """Creates the tables, and gives them and their columns the comments that stand beside them in schema.sql."""
    text = SCHEMA.read_text(encoding="utf-8")
    con.execute(f"begin; {text}")
    comment(con, text)
    con.execute("commit")


def comment(con: DuckDBPyConnection, text: str) -> None:
    """Gives tables and columns the comments of the schema's text."""
    table = None
    for line in text.splitlines():
        if found := _TABLE.fullmatch(line):
            table = found[1]
            con.execute(f"comment on table {table} is {quoted(found[2])}")
        elif found := _COLUMN.fullmatch(line):
            con.execute(f"comment on column {table}.{found[1]} is {quoted(found[2])}")
