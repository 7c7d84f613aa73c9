"""What every format makes of a file: paragraphs and tables of cells, in document order, each with its place in the source."""

from dataclasses import dataclass, field
from typing import NamedTuple

from etl.messages import Said

# Bounds that no report reaches; beyond them a file is damaged or made to harm (7,853 agencies with 14 columns are 110,000 cells a year).
MOST_CELLS = 1_500_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 200_000  # of one cell or paragraph
MOST_MEGABYTES_OF_TEXT = 20


UNREAD = "\ufffd"  # stands for each sign of a number or a code of a picture that could not be read surely


class Box(NamedTuple):
    """Where something stands on a page of a PDF or a picture, in parts (0 to 1) of the page's width and height from its top left corner.

    `turned`: by how many degrees with the clock the page of the file is turned before it is looked at, so that its print stands upright.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: plain text (tags gone, paragraphs of the cell parted by a newline) and its place in the source.

    `above`: the text of the merged cell above that reaches over this (then empty) position. `box`: where it stands, of a page of a PDF or
    a picture. Of a cell that was read from a picture: `confidence` of its reading (0 to 1), and `unsure`: some of it could not be read
    surely (a sign that could not be read at all is U+FFFD).
    """

    text: str
    place: str
    above: str = ""
    unsure: bool = False
    box: Box | None = field(default=None, compare=False)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of tables: one printed line or paragraph. `box`, `unsure` and `confidence` as of a cell; `lines`: how many printed ones
    of a picture were joined, from that of `place`."""

    text: str
    place: str
    unsure: bool = False
    box: Box | None = field(default=None, compare=False)
    confidence: float | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as printed: rows may differ in length, nothing is filled in or moved.

    `repeated`: letters of headings that stand again on later pages and were left out there.
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: str
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a format did not read, or read otherwise than it stands in the file: a rule of findings.csv, where, and what was printed."""

    rule: str
    place: str
    raw: str | None = None
    read_as: str | None = None


Block = Paragraph | Table | Noticed  # what a format yields, in document order


@dataclass(frozen=True, slots=True)
class Document:
    """A file as printed. `file` is its name without folder; `sha256` is of the file's bytes; `noticed` become findings."""

    file: str
    sha256: str
    blocks: tuple[Paragraph | Table, ...]
    noticed: tuple[Noticed, ...] = ()


class Unreadable(Exception):
    """The file could not be opened, decoded or used at all. `said`, a sentence in each language, says where, why and what to do."""

    def __init__(self, *said: str):
        super().__init__(" | ".join(said))
        self.said = Said(*said)
