"""The only door to DuckDB: `ask("score_trend", agency="a0001", year=2568)` runs queries/score_trend.sql and returns its frame.

The database is replaced, never written in place, so it is attached read-only in a fresh in-memory instance for each version of the
file: a second duckdb.connect() to the same path would hand back the cached instance with the old data. A page asks many times and must
not show two versions: the frame runs it within `one_version()`. Where the file cannot be read, what was served last is served on.
"""

import os
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path

import duckdb
from numpy import datetime64, nan, ndarray
from numpy.ma import MaskedArray
from pandas import DataFrame, Index, RangeIndex
from pandas.api.types import is_extension_array_dtype
from pandas.arrays import BooleanArray, IntegerArray

from pages.parts import literal

QUERIES = Path(__file__).with_name("queries")
MACROS = tuple(sorted((QUERIES / "macros").glob("*.sql")))  # what several queries share


class NoData(Exception):
    """The database is missing, unreadable or not ours. `args[0]` is a key of text.csv that says what to do."""


class Damaged(NoData):
    """A question came to a damaged part of the file. From now on another version is served, where there is one: run the page again."""


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
    return Path(os.environ.get("ITA_DATA") or Path(__file__).parents[3] / "data")


def database() -> Path:
    """The database file in the folder of the data."""
    return data_folder() / "ita.duckdb"


def previous() -> Path:
    """What the last build replaced: it stays beside the database (etl/build/publish.py gives it this name)."""
    return database().with_name("ita.previous.duckdb")


Version = tuple[int, int, int]  # inode, time of change in ns, size: changes when a build replaces the file


@dataclass(frozen=True, eq=False)
class Served:
    """One version of the database, open. `answer(word, given)` keeps its frames: at every rerun a page asks again for the lists of its
    controls and for all that did not change; `ahead` holds those that were asked of many agencies at once (`ask_ahead`). With its last
    reader it goes, and with it the open file."""

    version: Version
    connection: duckdb.DuckDBPyConnection
    answer: Callable[[str, tuple], DataFrame]
    ahead: dict[tuple[str, tuple], DataFrame] = field(default_factory=dict)


_lock = threading.Lock()
_open: dict[Path, Served] = {}  # database -> what is served in its place
_damaged: set[Version] = set()
_run: ContextVar[tuple[Served, bool] | None] = ContextVar("run", default=None)


def _version(path: Path) -> Version | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _opened(path: Path, found: Version) -> Served:
    # One thread a question: a second one makes none of them faster, and costs a tenth more of the processor.
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as ita (read_only)")
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'ita' union "
        "select view_name from duckdb_views() where database_name = 'ita' and not internal"
    ).fetchall()
    # Cursors do not inherit USE: views in the instance's own main schema let queries name tables plainly.
    for (table,) in tables:
        connection.execute(f'create view "{table}" as from ita.main."{table}"')
    for macro in MACROS:
        connection.execute(macro.read_text(encoding="utf-8"))
    return Served(found, connection, lru_cache(maxsize=512)(partial(_answer, connection, found)))


def _served() -> tuple[Served, bool]:
    """What is served now, and whether it is the database as it lies there. Where that is missing or cannot be read: what is open already,
    else the previous one. NoData: none of them."""
    place, there = database(), _version(database())
    with _lock:
        known = _open.get(place)
        if known and known.version in _damaged:
            known = None
        if known and known.version == there:
            return known, True
        for path in (place, previous()):
            if path != place and known:
                return known, False
            found = _version(path)
            if found is None or found in _damaged:
                continue
            try:
                _open[place] = _opened(path, found)  # the one before closes itself with its last reader
            except duckdb.Error:
                continue
            return _open[place], path == place
        if known:
            return known, False
        _open.pop(place, None)
    raise NoData("database.missing" if there is None else "database.unreadable")


@contextmanager
def one_version() -> Iterator[bool]:
    """All that is asked inside is answered from one version of the database, whatever is built meanwhile.

    Gives whether that is the database as it lies there; else it is the last one that could be read. Within another one it is that one's
    version. NoData: there is none.
    """
    token = _run.set(_run.get() or _served())
    try:
        yield _run.get()[1]
    finally:
        _run.reset(token)


def in_one_version() -> bool:
    """Whether this is asked within `one_version()`: in a run of the frame."""
    return _run.get() is not None


def of_this_version(make: Callable) -> Callable:
    """`make` for another thread or for later (a download): it asks the version that is asked here."""
    run = _run.get()

    def made(*arguments):
        token = _run.set(run)
        try:
            return make(*arguments)
        finally:
            _run.reset(token)

    return made


def _now() -> Served:
    return (_run.get() or _served())[0]


def version() -> Version:
    """Which version of the database is asked now. NoData: there is none."""
    return _now().version


def is_damaged() -> bool:
    """Whether a question came to a damaged part of the database as it lies there now."""
    return _version(database()) in _damaged


def whole_file() -> Path | None:
    """The file that holds the version that is asked now; None where only this server still has it open. NoData: there is none."""
    return next((path for path in (database(), previous()) if _version(path) == version()), None)


def ask(word: str, **parameters) -> DataFrame:
    """The answer of queries/<word>.sql as a frame with the columns of its header. NoData: the database is missing or unreadable.

    A parameter that the query knows and the caller leaves out is null. TypeError: a parameter that the query does not know.
    """
    return _ask(_now(), word, parameters)


def _ask(served: Served, word: str, parameters: dict) -> DataFrame:
    given = _given(word, parameters)
    kept = served.ahead.get((word, given))
    return (served.answer(word, given) if kept is None else kept).copy(deep=False)  # copy-on-write: nobody changes the kept frame


def _given(word: str, parameters: dict) -> tuple:
    wanted = query(word)
    if unknown := parameters.keys() - wanted.parameters.keys():
        raise TypeError(f"{word}: no parameter {', '.join(sorted(unknown))}")
    return tuple((name, _hashable(literal.meant(parameters.get(name)))) for name in wanted.parameters)


def ask_ahead(word: str, agencies: list[str], **parameters) -> None:
    """Asks a word of many agencies, each named once, in one question: `ask` then gives of each the same frame. The eight questions of an
    overview cost 55 ms of processor an agency alone, 3 ms among 200. For who goes through them all; kept until `forget`. The query has no
    order, or ends with a line that orders by columns of its answer. Raises as `ask`."""
    served = _now()
    keys = {agency: (word, _given(word, {**parameters, "agency": agency})) for agency in agencies}
    values = dict(_given(word, parameters)) | {"asked": agencies}
    del values["agency"]
    body, _, order = query(word).sql.strip().rpartition("\norder by ")
    body, order = (body, f", {order}") if body else (order, "")
    sql = (
        "select asked.agency as asked_agency, answer.* from (select unnest($asked) as agency) asked, "
        f"lateral ({body.replace('$agency', 'asked.agency')}) answer order by asked_agency{order}"
    )
    whole = _frame(served.connection, served.version, sql, values)
    whole, of = whole.drop(columns="asked_agency"), whole["asked_agency"]
    starts, ends = of.searchsorted(agencies, "left"), of.searchsorted(agencies, "right")
    unknown = {name: whole[name].isna().to_numpy() for name, kind in whole.dtypes.items() if is_extension_array_dtype(kind)}
    for agency, start, end in zip(agencies, starts, ends, strict=True):
        served.ahead[keys[agency]] = _alone(whole.iloc[start:end], {name: every[start:end] for name, every in unknown.items()})


def _alone(piece: DataFrame, unknown: dict[str, ndarray]) -> DataFrame:
    """A piece of an answer, its columns in the types of an answer which holds nothing else. `unknown`: where a column of numbers of which
    some are unknown has no value."""
    kinds = {name: piece.dtypes[name].numpy_dtype for name, missing in unknown.items() if not missing.any()}
    piece = piece.set_axis(RangeIndex(len(piece)))
    return piece.astype(kinds) if kinds else piece


_pool = ThreadPoolExecutor(4, thread_name_prefix="ask")


def ask_together(**questions: dict) -> dict[str, DataFrame]:
    """Several words at once, word -> its parameters, for a page that needs them all before it draws: word -> frame. Raises as `ask`."""
    served = _now()
    asked = {word: _pool.submit(_ask, served, word, parameters) for word, parameters in questions.items()}
    return {word: answer.result() for word, answer in asked.items()}


def forget() -> None:
    """Lets go of the kept answers, so that the next question is answered anew (for benches)."""
    for served in list(_open.values()):
        served.answer.cache_clear()
        served.ahead.clear()


def _answer(connection: duckdb.DuckDBPyConnection, found: Version, word: str, given: tuple) -> DataFrame:
    return _frame(connection, found, query(word).sql, dict(given))


def _frame(connection: duckdb.DuckDBPyConnection, found: Version, sql: str, given: dict) -> DataFrame:
    with connection.cursor() as cursor:
        try:
            values = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
            return literal.frame(_table(cursor.execute(_parsed(sql), values).fetchnumpy()))
        except (duckdb.CatalogException, duckdb.BinderException):  # a table or column is missing: not our database, or of another version
            raise NoData("database.unreadable") from None
        except duckdb.Error as error:
            # A checksum that is wrong comes as a bare Error; a file that ends too soon or is damaged further on as one of the others.
            damaged = (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException, duckdb.InternalException)
            if type(error) is not duckdb.Error and not isinstance(error, damaged):
                raise
            _damaged.add(found)
            raise Damaged("database.unreadable") from None


@lru_cache(maxsize=256)
def _parsed(sql: str) -> duckdb.Statement:
    """The statement, parsed once: a sixth of what a question costs."""
    (statement,) = duckdb.extract_statements(sql)
    return statement


def _table(columns: dict[str, ndarray]) -> DataFrame:
    """The columns of an answer as a frame. As DuckDB's own, but texts and names of columns stay Python's, None where there is none: pandas
    would copy each column into Arrow's memory, and each value back where a sentence or figure asks for it: a seventh of a rerun."""
    rows = RangeIndex(len(next(iter(columns.values()))))
    # By number first: a frame made of names makes them Arrow's.
    whole = DataFrame({place: _column(values) for place, values in enumerate(columns.values())}, index=rows, copy=False)
    whole.columns = Index(list(columns), dtype=object)
    return whole


def _column(values: ndarray):
    """A column of an answer; DuckDB masks what is null."""
    kind = values.dtype.kind
    if isinstance(values, MaskedArray):
        values, unknown = values.data, values.mask
        if kind in "iu":
            return IntegerArray(values, unknown)
        if kind == "b":
            return BooleanArray(values, unknown)
        values[unknown] = {"f": nan, "M": datetime64("NaT")}.get(kind)
    return Index(values, dtype=object) if kind == "O" else values


def _hashable(value):
    return tuple(value) if isinstance(value, list) else value
