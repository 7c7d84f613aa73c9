"""The only door to DuckDB: `ask("score_trend", agency="a0001", year=2568)` runs queries/score_trend.sql and returns its frame.

The database is replaced, never written in place, so it is attached read-only in a fresh in-memory instance for each version of the
file: a second duckdb.connect() to the same path would hand back the cached instance with the old data.
"""

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import duckdb
from pandas import DataFrame

QUERIES = Path(__file__).with_name("queries")
MACROS = tuple(sorted((QUERIES / "macros").glob("*.sql")))  # what several queries share


class NoData(Exception):
    """The database is missing, unreadable or not ours. `args[0]` is a key of text.csv that says what to do."""


@dataclass(frozen=True)
class Query:
    """One file of queries/: what it answers, parameters and columns (name -> meaning), and the SQL below the header."""

    answers: str
    parameters: dict[str, str]
    columns: dict[str, str]
    sql: str


@cache
def query(word: str) -> Query:
    """The query of a word, its header parsed. FileNotFoundError: there is none.

    A header is comment lines: what it answers, then `parameter NAME: meaning` and `column NAME: meaning`, one a line, in the order of
    the result.
    """
    lines = (QUERIES / f"{word}.sql").read_text(encoding="utf-8").splitlines()
    header = [line[2:].strip() for line in lines if line.startswith("--")]
    items = [re.fullmatch(r"(parameter|column) (\w+): (.+)", line) for line in header]
    return Query(
        " ".join(line for line, item in zip(header, items, strict=True) if not item),
        {item[2]: item[3] for item in items if item and item[1] == "parameter"},
        {item[2]: item[3] for item in items if item and item[1] == "column"},
        "\n".join(line for line in lines if not line.startswith("--")),
    )


def words() -> list[str]:
    """Every word that has a query."""
    return sorted(path.stem for path in QUERIES.glob("*.sql"))


def data_folder() -> Path:
    """The folder of the data: `data` beside dashboard.py, or the one that the environment variable ITA_DATA names."""
    return Path(os.environ.get("ITA_DATA") or Path(__file__).parents[2] / "data")


def database() -> Path:
    """The database file in the folder of the data."""
    return data_folder() / "ita.duckdb"


_lock = threading.Lock()
_open: dict[str, tuple] = {}  # path -> (version of the file, connection)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as ita (read_only)")
    tables = connection.execute("select table_name from duckdb_tables() where database_name = 'ita' union "
                                "select view_name from duckdb_views() where database_name = 'ita' and not internal").fetchall()
    # Cursors do not inherit USE: views in the instance's own main schema let queries name tables plainly.
    for (table,) in tables:
        connection.execute(f'create view "{table}" as from ita.main."{table}"')
    for macro in MACROS:
        connection.execute(macro.read_text(encoding="utf-8"))
    return connection


def version() -> tuple[int, int, int]:
    """Which version of the database file lies there now: changes when a build replaces it. NoData: there is none."""
    try:
        stat = database().stat()
    except OSError:
        raise NoData("database.missing") from None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _connection() -> duckdb.DuckDBPyConnection:
    found, path = version(), str(database())
    with _lock:
        known = _open.get(path)
        if known and known[0] == found:
            return known[1]
        try:
            connection = _connect(database())
        except duckdb.Error:
            raise NoData("database.unreadable") from None
        # The old instance closes itself when its last running cursor ends.
        _open[path] = (found, connection)
        return connection


def ask(word: str, **parameters) -> DataFrame:
    """The answer of queries/<word>.sql as a frame with the columns of its header. NoData: the database is missing or unreadable.

    A parameter that the query knows and the caller leaves out is null. TypeError: a parameter that the query does not know.
    """
    wanted = query(word)
    if unknown := parameters.keys() - wanted.parameters.keys():
        raise TypeError(f"{word}: no parameter {', '.join(sorted(unknown))}")
    given = tuple((name, _hashable(parameters.get(name))) for name in wanted.parameters)
    return _answer(word, given, str(database()), version()).copy(deep=False)  # copy-on-write: nobody changes the kept frame


_pool = ThreadPoolExecutor(4, thread_name_prefix="ask")


def ask_together(**questions: dict) -> dict[str, DataFrame]:
    """Several words at once, word -> its parameters, for a page that needs them all before it draws: word -> frame. Raises as `ask`."""
    asked = {word: _pool.submit(ask, word, **parameters) for word, parameters in questions.items()}
    return {word: answer.result() for word, answer in asked.items()}


@lru_cache(maxsize=512)
def _answer(word: str, given: tuple, path: str, of_version: tuple) -> DataFrame:
    """Kept for a version of a file: at every rerun a page asks again for the lists of its controls and for all that did not change."""
    with _connection().cursor() as cursor:
        try:
            return cursor.execute(query(word).sql, {name: list(value) if isinstance(value, tuple) else value for name, value in given}).df()
        # A table or column is missing: not our database; or the file opens but ends too soon or is damaged further on.
        except (duckdb.CatalogException, duckdb.BinderException, duckdb.IOException, duckdb.SerializationException, duckdb.FatalException):
            raise NoData("database.unreadable") from None


def _hashable(value):
    return tuple(value) if isinstance(value, list) else value
