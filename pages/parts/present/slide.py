"""What a slide is: plain data. The page, the HTML file, PowerPoint and the hand-out all show these same values."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pandas import DataFrame, notna

from pages.parts.say.text import Words, in_digits


def printed(value: float | None, decimals: int, signed: bool = False, digits: str = "arabic") -> str:
    """A number as people read it: fixed decimals, a sign where it is a change, an en dash where there is none; in these digits of Words."""
    if value is None or value != value:
        return "–"
    text = f"{value:+,.{decimals}f}" if signed else f"{value:,.{decimals}f}"
    text = text.lstrip("+-") if float(text.replace(",", "")) == 0 else text
    return in_digits(text, digits)


@dataclass(frozen=True)
class Series:
    column: str  # of the picture's frame
    name: str  # as people read it
    role: str  # main, compare, band, mark, total, rise, fall, change, need, count, or a status: decides colour, hatching and marker


@dataclass(frozen=True, eq=False)  # one picture is one object, so that what was drawn of it can be kept
class Picture:
    """A picture before it is drawn.

    `frame` has the column `label` and one column a series; `strong` (bool) marks the rows to notice, `role` the colour of a row,
    `comparable` (bool) is false where a line must not be joined with the row before. A waterfall has `label`, `role`, `points`.
    """

    kind: str  # lines, bars, stacked, waterfall, strip, multiples, spread, table
    title: str
    frame: DataFrame
    series: tuple[Series, ...] = ()
    lines: tuple[tuple[str, float], ...] = ()  # reference lines: name and value
    decimals: int = 2
    signed: bool = False
    digits: str = "arabic"  # as of Words

    @property
    def numbers(self) -> int:
        """How many numbers of its subject it shows; in a stack nothing is seen of a zero."""
        shown = [value for series in self.series_of({}) if series.role != "mark" for value in self.frame[series.column] if notna(value)]
        return sum(bool(value) for value in shown) if self.kind == "stacked" else len(shown)

    @property
    def alt(self) -> str:
        """The numbers of the picture in words, for those who do not see it; long frames are cut and say so."""
        if self.kind == "table":
            return self.title
        rows = []
        for row in self.frame.head(16).to_dict("records"):
            told = [self._told(series, row) for series in self.series_of(row) if notna(row[series.column])]
            rows.append(f"{row['label']}: {', '.join(told) or '–'}")
        return f"{self.title}. " + "; ".join(rows) + (" …" if len(self.frame) > 16 else "")

    def series_of(self, row: dict) -> tuple[Series, ...]:
        """The series that a row has a value of; the steps of a waterfall lie in one column and are told apart by their role."""
        return self.series[:1] if self.kind == "waterfall" else self.series

    def _told(self, series: Series, row: dict) -> str:
        signed = self.signed or series.role == "change" or self.kind == "waterfall" and row["role"] != "total"
        value = printed(row[series.column], 0 if series.role == "count" else self.decimals, signed, self.digits)
        return value if len(self.series_of(row)) == 1 else f"{series.name} {value}"


@dataclass(frozen=True)
class Slide:
    word: str  # of the chart that it shows
    headline: str  # the one finding
    picture: Picture | None  # None: the sentence says it all, or there is nothing to say (`empty`)
    more: str = ""  # what adds to the finding
    empty: str = ""  # what is said where there is no picture: what is missing and what to load
    source: str = ""  # one line: agency, year, filters, date of the data, sources
    notes: str = ""  # sources and filters in full, for the speaker
    own_note: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # a few large numbers beside the picture: value and what it is


@dataclass(frozen=True)
class Deck:
    title: str
    subtitle: str
    language: str  # th, en
    slides: tuple[Slide, ...]
    synthetic: bool
    about: tuple[tuple[str, str], ...] = field(default=())  # agency, year, filters, sources, date of the data: name and value
    digits: str = "arabic"

    @property
    def words(self) -> Words:
        """How the deck speaks."""
        return Words(self.language, self.digits)

    def chosen(self, words: list[str], notes: dict[str, str]) -> "Deck":
        """The same deck with these slides in this order, each with its own note."""
        by_word = {slide.word: slide for slide in self.slides}
        slides = [by_word[word] for word in words if word in by_word]
        noted = [replace(one, own_note=notes[one.word]) if notes.get(one.word) else one for one in slides]
        return replace(self, slides=tuple(noted))


@dataclass(frozen=True)
class Talk:
    """A deck as it is given or taken away, made when it is asked for. `seconds`: after so many the next slide comes by itself, 0 for never.
    `template`: the user's own PowerPoint file."""

    made: Callable[[], Deck]
    seconds: int = 0
    template: bytes | None = None

    @property
    def deck(self) -> Deck:
        return self.made()


@dataclass(frozen=True)
class Paper(Talk):
    """The hand-out of a whole deck of one agency."""
