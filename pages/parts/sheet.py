"""The sheet of a province as a plain HTML table: it prints on A3 to its last row, where Streamlit's own tables end with the screen."""

from html import escape
from urllib.parse import urlencode

from pandas import DataFrame, isna, notna

from pages.parts.say.sentences.province import cheapest, documents
from pages.parts.say.text import Words

SHORT = ("iit", "eit", "oit", "total")


def sheet(frame: DataFrame, words: Words) -> str:
    """The table of a frame with steps (reckon/needs.py), a row an agency in its order; every text of it escaped."""
    columns = ["agency_name", "total", "level", *(f"short_{part}" for part in SHORT)]
    names = [words(f"column.{name}") for name in columns]
    names += [
        words("province.cheapest"),
        words("province.documents"),
        *(words(f"column.{name}") for name in ("example_name", "change", "own")),
    ]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_row(row, names, words) for row in frame.to_dict("records"))
    caption = escape(words("province_sheet.title"))
    return (
        f'<div class="province-sheet"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(row: dict, names: list[str], words: Words) -> str:
    link = "./?" + urlencode({"agency": row["agency_id"], "year": row["fiscal_year"], "lang": words.lang})
    place = " · ".join(str(row[name]) for name in ("district", "agency_type") if notna(row[name]))
    agency = f'<a href="{escape(link)}" target="_self">{escape(str(row["agency_name"]))}</a><small>{escape(place)}</small>'
    level = "" if isna(row["level_th"]) else words.of(row, "level")
    cells = [
        words.number(row["total"]),
        level or words("number.unknown"),
        *(_lacking(row[f"short_{part}"], words) for part in SHORT),
        cheapest(row, words) or words("number.unknown"),
        words.sentence(documents(row, words)) or words("province.complete"),
        _example(row, words),
        words.signed(row["change"]),
        words.signed(row["own"]),
    ]
    said = [escape(one) for one in cells]
    for at, part in enumerate(SHORT, 2):
        if row[f"short_{part}"] > 0:
            said[at] = f"<strong>{said[at]}</strong>"
    cells = "".join(f'<td data-label="{escape(name)}">{one}</td>' for name, one in zip(names[1:], said, strict=True))
    return f'<tr><th scope="row">{agency}</th>{cells}</tr>'


def _lacking(points, words: Words) -> str:
    """How much is lacking; that a floor is reached is said in words, as a zero would look like a score."""
    return words("number.unknown") if isna(points) else words.number(points) if points > 0 else words("province.reached")


def _example(row: dict, words: Words) -> str:
    if isna(row["example_name"]):
        return words("province.no_example")
    given = {"before": words.number(row["example_before"]), "total": words.number(row["example_total"])}
    return words("province.example", name=row["example_name"], **given)
