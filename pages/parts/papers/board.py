"""The board of a year: which papers are to be published, when, what of them is read in, what plan and report lack, and who is in charge.
Pure: frames in, rows out; and the same as a calendar file (RFC 5545)."""

from dataclasses import dataclass
from datetime import date, timedelta

from pandas import DataFrame, isna

from pages.parts.papers.content import Known, charged, units
from pages.parts.say.text import Words


@dataclass(frozen=True)
class Task:
    """A paper of the year. `until`: last day of the time that it tells of; `due`: last day to publish it, None where no source says;
    `documents`: files that are read in and hold it, empty where none does."""

    kind: str
    code: str | None
    name: str
    until: date | None
    due: date | None
    documents: str


@dataclass(frozen=True)
class Calendar:
    """A calendar file."""

    text: str


def tasks(timeline: DataFrame, words: Words) -> list[Task]:
    """The papers of the year in the order in which they come up."""
    papers = timeline[timeline["state"].isin(["read_in", "missing"])].to_dict("records")
    return [
        Task(
            row["task"],
            None if isna(row["code"]) else row["code"],
            words(f"task.{row['task']}") if isna(row["item_name"]) or words.lang != "th" else row["item_name"],
            None if isna(row["ends"]) else row["ends"].date(),
            None if isna(row["due"]) else row["due"].date(),
            "" if isna(row["documents"]) else row["documents"],
        )
        for row in papers
    ]


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
                "papers.ics.due" if task.due else "papers.ics.until", paper=words(f"task.{task.kind}"), code=(task.code or "–").lower()
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


def about(words: Words, task: Task) -> list[str]:
    """When a paper is due, and which documents hold it already."""
    return [said(words, task), words("papers.there", files=task.documents) if task.documents else words("papers.not_there")]


def named(words: Words, task: Task) -> str:
    """The item of the paper, where the rules of the year name one, and its name."""
    return f"{words.written(task.code.lower())} {task.name}" if task.code else task.name
