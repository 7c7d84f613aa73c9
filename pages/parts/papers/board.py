"""The board of a year: which papers are to be published, when, what of them is read in, what plan and report lack, and who is in charge.
Pure: frames in, rows out; and the same as a calendar file (RFC 5545)."""

from dataclasses import dataclass
from datetime import date, timedelta

from pandas import DataFrame, isna

from pages.parts.papers.content import Known, charged, units
from pages.parts.say.text import Words

# The papers of a year, in the order in which they come up; those of the rules and the analysis that they begin with.
ORDER = ("analysis", "measures", "action_plan", "action_report_6", "action_report_12", "report")


@dataclass(frozen=True)
class Task:
    """A paper of the year. `until`: last day of the time that it tells of; `due`: last day to publish it, None where no source says;
    `documents`: files that are read in and hold it."""

    kind: str
    code: str | None
    name: str
    until: date | None
    due: date | None
    certainty: str | None
    documents: list[str]


@dataclass(frozen=True)
class Calendar:
    """A calendar file."""

    text: str


def last_day(year: int, months: int) -> date:
    """Last day of so many months of a Buddhist fiscal year, which begins on 1 October.

    >>> last_day(2568, 6), last_day(2568, 12)
    (datetime.date(2025, 3, 31), datetime.date(2025, 9, 30))
    """
    return date(year - 543, 3, 31) if months == 6 else date(year - 543, 9, 30)


def _holds(row: dict, kind: str) -> bool:
    """Whether a document that is read in is, or holds, a paper of a kind."""
    action = row["family"] == "action_plan"
    six = row["round"] == "six_month"
    return {
        "measures": not action and row["plans"] > 0,
        "report": not action and row["results"] > 0,
        "action_plan": action and row["plans"] > 0,
        "action_report_6": action and row["results"] > 0 and six,
        "action_report_12": action and row["results"] > 0 and not six,
        "analysis": False,
    }[kind]


def tasks(known: Known, items: DataFrame, documents: DataFrame) -> list[Task]:
    """The papers of the year in the order in which they come up; those that the rules of the year do not name have no item."""
    listed = {row["paper"]: row for row in items.to_dict("records")}
    found = []
    for kind in ORDER:
        row = listed.get(kind, {})
        if not row and kind == "action_report_6" and listed:
            continue  # the rules of the year name papers, and not this one
        months = {"action_report_6": 6, "action_report_12": 12, "report": 12}.get(kind)
        name = row.get("name_th")
        found.append(
            Task(
                kind,
                row.get("code"),
                known.words(f"paper.kind.{kind}") if name is None or isna(name) else name,
                last_day(known.year, months) if months else None,
                None if not row or isna(row["due"]) else row["due"].date(),
                row.get("certainty"),
                [one["file_name"] for one in documents.to_dict("records") if _holds(one, kind)],
            )
        )
    return found


def due(tasks: list[Task]) -> list[Task]:
    """The papers that must be filed: the analysis is one's own."""
    return [task for task in tasks if task.kind != "analysis"]


def found(tasks: list[Task], year: int, words: Words) -> tuple[str, str]:
    """How many of the papers of a year are there, and what is known of their days: the headline, and what adds to it."""
    asked = due(tasks)
    there = sum(bool(task.documents) for task in asked)
    return (
        words("papers.found", year=words.year(year), there=there, n=len(asked)),
        words("papers.dates_known" if any(task.due for task in asked) else "papers.dates"),
    )


def lacking(pairs: DataFrame) -> dict[str, tuple[int, int]]:
    """Family -> planned measures that no report answers, and reported ones that no plan has. Where the two tables count in different
    grain, or a title is not legible, nothing is called missing."""
    return {
        family: (int((rows["pair"] == "dropped").sum()), int((rows["pair"] == "new").sum()))
        for family, rows in pairs.groupby("family", sort=False)
        if len(rows)
    }


def in_charge(known: Known) -> list[tuple[str | None, int, int, date | None]]:
    """Each unit with its measures, how many of them are not completed as far as the data say, and the last day of their periods; at last
    those that name no unit. What is reported on counts once, as reported."""
    told = []
    for name in [*units(known), None]:
        if own := charged(known, name):
            ends = [row["period_end"] for row in own if not isna(row["period_end"])]
            told.append((name, len(own), sum(row["status"] != "completed" for row in own), max(ends).date() if ends else None))
    return told


def calendar(known: Known, papers: list[Task]) -> Calendar:
    """The days of the year as a calendar file: the last day to publish each paper where a source gives it, else the end of the time that
    it tells of, and the last day of each group of measures with one period."""
    words, events = known.words, []
    for task in papers:
        if task.due or task.until:
            title = words(
                "papers.ics.due" if task.due else "papers.ics.until",
                paper=words(f"paper.kind.{task.kind}"),
                code=(task.code or "–").lower(),
            )
            events.append((task.due or task.until, task.kind, title, task.name))
    rows = known.frames["papers_measures"]
    ended = rows[rows["period_end"].notna()]
    for (day, family), own in ended.groupby(["period_end", "family"], sort=True):
        said = words("papers.ics.measures", n=len(own), family=words(f"family.{family}"))
        listed = "; ".join(
            f"{'' if isna(row['number']) else row['number']} {'' if isna(row['title']) else row['title']}".strip()
            for row in own.to_dict("records")
        )
        events.append((day.date(), f"measures-{family}", said, listed))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ITA dashboard//papers//TH", "CALSCALE:GREGORIAN"]
    stamp = f"{known.year - 544}1001T000000Z"  # the same file from the same data
    for day, name, title, more in sorted(events, key=lambda event: (event[0], event[1])):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{known.agency_id}-{known.year}-{name}-{day:%Y%m%d}@ita-dashboard.invalid",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'{title} · {known.agency}')}",
            f"DESCRIPTION:{_escaped(more)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return Calendar("".join(_folded(line) for line in [*lines, "END:VCALENDAR"]))


def _escaped(text: str) -> str:
    """Text as a value of RFC 5545, 3.3.11."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> str:
    """A line of at most 75 bytes, the rest on lines that begin with a space (3.1); no letter is cut."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > (75 if not parts else 74):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part]) + "\r\n"


def said(words: Words, task: Task) -> str:
    """What is said of when a paper is due."""
    if task.due:
        return words("papers.due", day=words.date(task.due))
    return words("papers.until", day=words.date(task.until)) if task.until else words("papers.due_unknown")
