"""The agencies of the database, at hand: every page asks at every rerun for its own, how far its data reach, and for those of its province
to choose from. One question a version of the database instead of three a rerun, which were a tenth of it."""

from dataclasses import dataclass
from functools import lru_cache

from pandas import DataFrame, Series, isna

from pages.parts import literal
from pages.parts.ask import warehouse


@dataclass(frozen=True)
class Directory:
    """Columns of queries/directory.sql: `rows` of all, `at` agency_id -> which row, `in_province` name (None: not known) -> its rows."""

    rows: DataFrame
    at: dict[str, int]
    in_province: dict[str | None, DataFrame]


@lru_cache(maxsize=2)
def _directory(version: warehouse.Version) -> Directory:
    rows = warehouse.ask("directory")
    return Directory(
        rows,
        {agency: place for place, agency in enumerate(rows["agency_id"])},
        {None if isna(name) else name: some for name, some in rows.groupby("province", dropna=False, sort=False)},
    )


def agency(agency_id: str | None) -> Series | None:
    """The row of an agency; None where there is none. NoData: there is no database."""
    known = _directory(warehouse.version())
    place = known.at.get(literal.visible(agency_id))
    return None if place is None else known.rows.iloc[place]


def of_province(name: str | None) -> DataFrame:
    """The agencies of a province to choose from, in the order of the Thai alphabet, those with data first; None: of no known province.
    NoData: there is no database."""
    known = _directory(warehouse.version())
    return known.in_province.get(literal.visible(name), known.rows.iloc[:0])
