"""What a paper is: plain data. Word, PDF and the web page all write these same values; `FORMS` says which parts each kind has.

A part is lines of text or a table. What is not known is `BLANK`, a dotted line, and is named in `blanks`, the last page of each paper.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pages.parts.say.text import Words

BLANK = "." * 8  # for a pen; longer where a whole line is to be filled in
LINE = "." * 60


@dataclass(frozen=True)
class Column:
    """A column of a table by the key of its heading; `share`: its part of the width; `over`: the key of a heading above several."""

    key: str
    share: int
    over: str = ""
    align: str = "left"  # left, center, right


@dataclass(frozen=True)
class Lines:
    """Paragraphs under a heading; without any the heading is left out too. `untitled`: they have none."""

    name: str
    untitled: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a heading, each a cell a column, or one heading over all columns (`group`)."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Form:
    """How a kind of paper is laid out."""

    parts: tuple[Lines | Table, ...]
    landscape: bool = False


def _numbers(**shares: int) -> list[Column]:
    """Columns of numbers by their part of the width."""
    return [Column(key, share, align="right") for key, share in shares.items()]


NUMBER, TITLE, STEPS = Column("number", 10, align="center"), Column("title", 38), Column("steps", 16)
PERIOD, UNIT = Column("period", 20), Column("unit", 20)
QUARTERS = tuple(Column(f"quarter_{n}", 9, over="quarters", align="center") for n in (1, 2, 3, 4))
PLANNED, SPENT = _numbers(budget_planned=12, budget_spent=12)
PLAN = Table("plan", (NUMBER, TITLE, STEPS, PERIOD, *QUARTERS, UNIT, Column("follow", 12)))
MARKS = tuple(Column(name, 11, over="done", align="center") for name in ("completed", "not_possible"))
RESULTS = Table("results", (NUMBER, TITLE, STEPS, PERIOD, UNIT, *MARKS, Column("result", 20), Column("outcome", 16)))
PROJECTS = Table("projects", (NUMBER, TITLE, PERIOD, PLANNED, UNIT))
PROJECT_RESULTS = Table(
    "projects", (NUMBER, Column("project", 30), Column("project_result", 24), Column("period_done", 17), PLANNED, SPENT, UNIT)
)
SCORES = Table("scores", (Column("indicator", 42), *_numbers(score_before=15, score=15, change=15, part=16)))
YEARS = Column("weak_years", 13, align="center")
WEAKEST = Table("weakest", (Column("weak_indicator", 40), *_numbers(score_now=16, gain=16, gap=15), YEARS))
TASKS = Table("tasks", (NUMBER, Column("task", 34), PERIOD, Column("status", 18), Column("to_report", 30)))


def _with_budgets(table: Table, before: str, *columns: Column) -> Table:
    """The same table with these columns before another."""
    at = next(place for place, column in enumerate(table.columns) if column.key == before)
    return Table(table.name, (*table.columns[:at], *columns, *table.columns[at:]))


FORMS = {
    "analysis": Form((Lines("result"), SCORES, Lines("compared"), Lines("strengths"), Lines("improve"), WEAKEST, Lines("path"))),
    "measures": Form((Lines("reason"), PLAN, Lines("before")), landscape=True),
    "measures_budgets": Form((Lines("reason"), _with_budgets(PLAN, "unit", PLANNED), Lines("before")), landscape=True),
    "report": Form((Lines("summary"), RESULTS, Lines("unreported"), Lines("basis")), landscape=True),
    "report_budgets": Form(
        (Lines("summary"), _with_budgets(RESULTS, "unit", PLANNED, SPENT), Lines("unreported"), Lines("basis")), landscape=True
    ),
    "action_plan": Form((Lines("reason"), PROJECTS), landscape=True),
    "action_report": Form((Lines("summary"), PROJECT_RESULTS, Lines("unreported"), Lines("basis")), landscape=True),
    "memo": Form((Lines("head", untitled=True), Lines("body", untitled=True), Lines("sign", untitled=True))),
    "unit": Form((Lines("summary"), TASKS)),
}
KINDS = ("analysis", "measures", "report", "action_plan", "action_report_6", "action_report_12", "memo")


def form_of(kind: str) -> str:
    """What the words of a kind or form are called by: both reports on the action plan have the same, forms with budgets those without."""
    return kind.removesuffix("_6").removesuffix("_12").removesuffix("_budgets")


Made = list | Callable[[], list]  # a part, or how it is made


class Parts(Mapping):
    """Name of a part -> its lines, or its rows. One that is given as a function is made when it is first looked up: the board shows what is
    yet to fill in, and few read the rest."""

    def __init__(self, given: dict[str, Made]):
        self._given, self._made = given, {}

    def __getitem__(self, name: str) -> list:
        if name not in self._made:
            part = self._given[name]
            self._made[name] = part() if callable(part) else part
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


@dataclass(frozen=True)
class Paper:
    """One paper, filled in. `parts`: name of a part -> its lines, or its rows as column key -> text (a heading row has only `group`)."""

    kind: str
    words: Words
    agency: str
    place: str  # district and province in words; empty where neither is known
    year: int
    synthetic: bool
    parts: Mapping[str, list]
    blanks: list[str]  # what is yet to fill in, a line each
    laid: str  # its form, of FORMS
    name: str = ""  # of the file, without its ending
    given: dict[str, str] = field(default_factory=dict)  # what else headings say: the unit, the round

    @property
    def form(self) -> Form:
        return FORMS[self.laid]

    @property
    def title(self) -> str:
        return self.words(f"paper.{form_of(self.kind)}.title", **self.filling)

    @property
    def filling(self) -> dict[str, str]:
        """What headings are filled with."""
        return filling(self.words, self.words.written(self.year), self.words.written(self.year - 1)) | self.given

    def heading(self, part: Lines | Table) -> str:
        return heading(self.words, self.kind, part, self.filling)


def filling(words: Words, year: str, before: str) -> dict[str, str]:
    """Values of the headings of every paper; those of one kind (the unit, the round) come from its content."""
    return {"year": year, "before": before, "round": "", "unit": ""}


def label(words: Words, key: str, given: dict[str, str]) -> str:
    """The heading of a column."""
    return words(f"paper.column.{key}", **given)


def heading(words: Words, kind: str, part: Lines | Table, given: dict[str, str]) -> str:
    """The heading of a part; empty where it has none."""
    return "" if isinstance(part, Lines) and part.untitled else words(f"paper.{form_of(kind)}.{part.name}", **given)


def head_rows(words: Words, table: Table, given: dict[str, str]) -> tuple[list[tuple[str, int, int]], list[str]]:
    """The heading rows of a table: above, text with how many columns and rows it spans; below, the headings under the spanning ones.
    Without any of those the second is empty."""
    above: list[list] = []
    for column in table.columns:
        if column.over and above and above[-1][3] == column.over:
            above[-1][1] += 1
        else:
            above.append([label(words, column.over or column.key, given), 1, 1, column.over])
    below = [label(words, column.key, given) for column in table.columns if column.over]
    return [(text, wide, 1 if over or not below else 2) for text, wide, _, over in above], below


@dataclass(frozen=True)
class WordFile:
    """A paper to be taken as a Word file."""

    paper: Paper


@dataclass(frozen=True)
class PdfFile:
    """A paper to be taken as PDF."""

    paper: Paper
