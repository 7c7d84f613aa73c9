"""The table twin of a figure: what a frame says as a table, on a page and in a file."""

import re
from collections.abc import Callable

import streamlit as st
from pandas import DataFrame, Series, isna

from pages.parts.figures.statuses import FEW
from pages.parts.say.text import LANGUAGES, Words

# columns whose values have words of their own: `status.completed`
NAMED = (
    *("status", "status_basis", "total_basis", "level_basis", "peers_basis", "section", "family", "kind", "severity", "pair", "cluster"),
    *("level_scale", "breakdown", "rule", "tide_basis", "outside", "task", "state", "kin"),
)
IN_LANGUAGE = re.compile(rf"_({'|'.join(LANGUAGES)})$")
YEARS = ("fiscal_year", "before_year")
DAYS = ("starts", "ends", "due")
SHARES = {"rate": ("completed", "decided"), "coverage": ("paired", "plans")}  # a percentage and its two counts
# columns that tables do without
HIDDEN = set("source_id item_name floors levels_unknown sorted_by sha256 measure_id agency_id example_id found noise mark".split())


def table(frame: DataFrame, words: Words, file: bool = False) -> DataFrame:
    """The table twin: the frame's columns under the words of the viewer's language, without ids and the other language's names.

    On a page years, places, yes and no are in the words of the language. In a `file` they stay data: Buddhist years as whole numbers,
    under a heading that says so, and places as the database has them.
    """
    frame = _with_shares(frame)
    kept = [name for name in frame.columns if name not in HIDDEN and _in_language(name, frame, words)]
    twin = frame[kept].copy()
    for name in twin.columns.intersection(NAMED):
        twin[name] = twin[name].map(lambda value, name=name: None if isna(value) else words.value(name, value))
    if not file:
        for name in twin.select_dtypes(["bool", "boolean"]):
            twin[name] = twin[name].map(lambda value: None if isna(value) else words.value("boolean", bool(value)))
        by_year = "breakdown" in frame and (frame["breakdown"] == "year").any()
        for name in kept:
            if said := _said_on_pages(name, by_year, words):
                twin[name] = twin[name].map(lambda value, said=said: None if isna(value) else said(value))
    heads = {name: f"{name}_be" if file and name in YEARS else IN_LANGUAGE.sub("", name) for name in kept}
    return twin.set_axis([words(f"column.{heads[name]}") for name in kept], axis=1)


def _in_language(name: str, frame: DataFrame, words: Words) -> bool:
    """Of a field that comes in several languages (`name_th`, `name_en`), whether this is the viewer's; where it has none, the Thai one."""
    language = IN_LANGUAGE.search(name)
    mine = f"{IN_LANGUAGE.sub('', name)}_{words.lang}"
    return language is None or name == (mine if mine in frame else f"{IN_LANGUAGE.sub('', name)}_{LANGUAGES[0]}")


def _with_shares(frame: DataFrame) -> DataFrame:
    """The frame with the percentages that figures print beside its counts; none where so few are counted that figures print none."""
    for share, (part, whole) in SHARES.items():
        if {part, whole} <= set(frame):
            said = [Words("en").percent(one, of) if of >= FEW else None for one, of in zip(frame[part], frame[whole], strict=True)]
            values = Series([None if text is None else float(text) for text in said], frame.index, "float64")
            frame = frame.assign(**{share: values})
            columns = [name for name in frame if name != share]
            columns.insert(columns.index(whole) + 1, share)
            frame = frame[columns]
    return frame


def _said_on_pages(name: str, by_year: bool, words: Words) -> Callable | None:
    """How a column's values are written on a page; None: as they are."""
    if name in YEARS or name == "part_name" and by_year:
        return words.tick
    if name == "in_years":
        return lambda span: "–".join(words.tick(year) for year in str(span).split("–"))
    if name in DAYS:
        return words.date
    if name == "indicator":
        return words.code
    if name.endswith("number"):
        return words.written
    return words.place if name.endswith("place") else None


def shown(twin: DataFrame, words: Words):
    """The twin as st.dataframe takes it: Thai digits are only put over the numbers, which sort as numbers still."""
    if words.digits == "arabic":
        return twin
    written = dict.fromkeys(twin.select_dtypes("float"), words.number) | dict.fromkeys(twin.select_dtypes("integer"), words.count)
    return twin.style.format(written, na_rep=words("number.unknown"))


def formats(twin: DataFrame, words: Words) -> dict:
    """The column_config of a twin: scores and shares with two digits."""
    return (
        {}
        if words.digits == "thai"
        else {name: st.column_config.NumberColumn(format="%.2f") for name in twin.select_dtypes("float").columns}
    )
