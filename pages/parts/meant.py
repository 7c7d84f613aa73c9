"""What a link means, apart from any session: which agency and year, in which words, and what every page says of them beneath its controls.

The application asks here, and so does what the server sends before the application is there: both show the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pandas import DataFrame, Series, isna

from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask
from pages.parts.reckon import peers
from pages.parts.say.text import DIGITS, LANGUAGES, SCREENS, Words


@dataclass(frozen=True)
class Agency:
    """An agency: permanent id, full name, type, district and province (None: not known), whether it is made up, its years with anything."""

    agency_id: str
    name: str
    agency_type: str | None
    district: str | None
    province: str | None
    synthetic: bool
    years: tuple[int, ...]


def agency(agency_id: str | None) -> Agency | None:
    """The agency with this id; None where there is none."""
    row = directory.agency(agency_id)
    if row is None:
        return None
    years = () if row["years"] is None else tuple(int(year) for year in row["years"])
    return Agency(row["agency_id"], row["name"], row["agency_type"], row["district"], row["province"], bool(row["synthetic"]), years)


def opened_on() -> Agency | None:
    """The agency that pages of one agency open on without a choice; None where nothing is loaded."""
    start = ask("default_agency")
    return None if start.empty else agency(start["agency_id"].iloc[0])


def years(one: Agency | None) -> tuple[list[int], list[int], int | None]:
    """The fiscal years to choose from, the latest first; all that a link may give; and the one without a choice (None: there is none).

    Those to choose from are the agency's; another year that has a rule may be given too, and pages then say that it has no data.
    """
    known = [int(year) for year in ask("rule_years")["fiscal_year"]]
    offered = sorted(one.years if one and one.years else known, reverse=True)
    if not offered:
        return [], [], None
    reached = _latest(_reach(one.agency_id if one else None))
    latest = max(reached.values(), default=offered[0])  # a year may have its rules before it has anything else
    return offered, sorted({*offered, *known}), latest if latest in offered else offered[0]


def weakest_indicator(agency_id: str, year: int) -> str:
    """The indicator with the lowest score; the first one where none has any."""
    frame = ask("weakest", agency=agency_id, year=year, order="score")
    return frame["indicator"].iloc[0] if len(frame) else "1"


def what_moved(agency_id: str, year: int, others: list[str] | None) -> DataFrame:
    """What moved an agency's total to a year: columns of queries/change_waterfall.sql; beside the nation, or the agencies of a list."""
    asked = {"agency": agency_id, "year": year}
    return ask("change_waterfall", **asked) if others is None else ask("change_waterfall_peers", **asked, others=others)


def spoken(given: Mapping[str, str], locale: str, narrow: bool) -> Words:
    """How a viewer is spoken to: the language of ?lang, else Thai where the browser asks for Thai, else English; ?digits and ?screen."""
    lang, digits, screen = (given.get(name) for name in ("lang", "digits", "screen"))
    return Words(
        lang if lang in LANGUAGES else "th" if locale.lower().startswith("th") else "en",
        digits if digits in DIGITS else DIGITS[0],
        screen if screen in SCREENS else SCREENS[0],
        narrow,
    )


def is_phone(user_agent: str) -> bool:
    """Whether a browser's name for itself is that of a phone: then its screen is taken for a narrow one until it tells."""
    return "Mobi" in user_agent


def notes(one: Agency | None, year: int | None, words: Words) -> list[str]:
    """What stands beneath the controls: that the data are made up, that rules of the year are not confirmed."""
    said = [words("control.synthetic")] if (one.synthetic if one else ask("made_up")["made_up"].iloc[0]) else []
    if len(unconfirmed := ask("unconfirmed", year=year)):
        what = words.list([words(f"rule_part.{part}") for part in unconfirmed["part"]])
        said.append(words("control.rules_unknown", year=words.year(year), what=what))
    return said


def reach(agency_id: str | None, today: date, words: Words) -> str:
    """The last line of every page: of when its scores and documents are, what is missing, and whether a year has ended since."""
    row = _reach(agency_id)
    latest = _latest(row)
    said = [
        words(f"freshness.{name}", year=words.year(latest[name])) if name in latest else words(f"freshness.no_{name}")
        for name in ("scores", "documents")
    ]
    missing = [] if row.get("missing") is None else [words.year(int(year)) for year in row["missing"]]
    said += [words("freshness.missing", years=words.list(missing))] if missing else []
    ended = last_ended(today)
    said += [words("freshness.ended", year=words.year(ended))] if latest.get("scores", ended) < ended else []
    return " · ".join(said)


def _reach(agency_id: str | None) -> Series:
    """How far what is loaded of an agency, or of all, reaches: scores, documents, missing; empty where there is nothing."""
    row = directory.agency(agency_id) if agency_id else next((row for _, row in ask("reach").iterrows()), None)
    return Series(dtype=object) if row is None else row


def _latest(reach: Series) -> dict[str, int]:
    """The latest year with scores and with documents, of those that there are."""
    return {name: int(reach[name]) for name in ("scores", "documents") if not isna(reach.get(name))}


@dataclass(frozen=True)
class Group:
    """The agencies compared: ids and names; None as `others` for the automatic peers, which queries find themselves; the line why these."""

    names: dict[str, str]
    others: list[str] | None
    why: str


def compared(words: Words, one: Agency, year: int, given: Mapping[str, str]) -> tuple[Group, list[tuple[str, str]]]:
    """Whom a link compares with: `with` before `weights` before the automatic peers; and what of it is not there, by its parameter."""
    ids = peers.listed(given.get("with", ""), one.agency_id)
    weights, wrong = peers.weighed(given.get("weights", ""))
    found = ask("compare_peers", agency=one.agency_id, year=year, others=ids) if ids else None
    missing = [("weights", each) for each in wrong] + [("with", each) for each in ids if each not in set(found["agency_id"])]
    if found is None or found.empty:
        numbers = [float(weights[name]) for name in peers.WEIGHTS]
        asked = {"agency": one.agency_id, "year": year}
        found = ask("compare_alike", **asked, weights=numbers) if any(numbers) else ask("compare_peers", **asked)
    names = dict(zip(found["agency_id"], found["name"], strict=True))
    chosen = len(found) and found["basis"].iloc[0] in ("list", "weights")
    return Group(names, list(names) if chosen else None, peers.why(found, weights, one.agency_type, one.province, words)), missing


def beside(one: Agency, given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The agencies near `one` that have reports, and those of ?with= (id -> name); and the ids among them that the link names."""
    wanted = [each for each in given.get("with", "").split(",") if each]
    known = ask("agencies_near", agency=one.agency_id, chosen=wanted)
    names = dict(zip(known["agency_id"], known["name"], strict=True))
    return names, [each for each in wanted if each in names]


def last_ended(today: date) -> int:
    """The Buddhist fiscal year that ended last: each ends on 30 September, and its results are out by then.

    >>> last_ended(date(2026, 9, 30)), last_ended(date(2026, 10, 1))
    (2568, 2569)
    """
    return today.year + 543 - (today.month < 10)
