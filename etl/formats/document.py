"""What every format makes of a file: paragraphs and tables of cells, in document order, each with its place in the source."""

from dataclasses import dataclass

from etl.messages import Said

# Bounds that no report reaches; beyond them a file is damaged or made to harm (7,853 agencies with 14 columns are 110,000 cells a year).
MOST_CELLS = 1_500_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 200_000  # of one cell or paragraph
MOST_MEGABYTES_OF_TEXT = 20


UNREAD = "\ufffd"  # stands for each sign of a number or a code of a picture that could not be read surely


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: plain text (tags gone, paragraphs of the cell parted by a newline) and its place in the source.

    `above`: the text of the merged cell above that reaches over this (then empty) position. Of a cell that was read from a picture:
    `box`, where it stands (left, top, right, bottom in pixels of the straightened page), `confidence` of its reading (0 to 1), and
    `unsure`: some of it could not be read surely (a sign that could not be read at all is U+FFFD).
    """

    text: str
    place: str
    above: str = ""
    unsure: bool = False
    box: tuple[int, int, int, int] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of tables: one printed line or paragraph. Of one that was read from a picture, `unsure` and the rest as of a cell."""

    text: str
    place: str
    unsure: bool = False
    box: tuple[int, int, int, int] | None = None
    confidence: float | None = None


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
