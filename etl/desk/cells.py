"""In which cell of the document each field of a reading stands, told afterwards by what both say: no format and no layout takes part."""

from bisect import bisect_right
from dataclasses import dataclass

from etl.desk.pages import laid
from etl.formats import Document, Paragraph
from etl.printed.budgets import baht
from etl.printed.thai import arabic, key
from etl.transcripts.columns import Row, as_written

_TEXTS = ("title", "steps", "period_text", "result", "outcome", "suggestion", "responsible", "refs", "evidence")
_BUDGETS = ("budget_planned", "budget_spent")
_ALIKE = ("number", "score", "stated_change")  # said by a cell alone, or by what it begins with
_FARTHEST = 60  # paragraphs and rows from where an item begins


@dataclass(frozen=True)
class _Spot:
    place: str
    row: str
    text: str
    letters: str


def cells(document: Document, rows: list[Row]) -> dict[str, dict[str, str]]:
    """Row -> column -> the place of the cell or line that holds it, and `row` -> that of its row; what is not found is left out.

    `rows` have their id in "row". The place of `status` is that of its evidence.
    """
    spots: list[_Spot] = []
    starts: dict[str, int] = {}
    ends: list[int] = []  # where each paragraph or row begins
    for each in laid(document):
        first = len(spots)
        ends.append(first)
        lines = [each.line] if isinstance(each.line, Paragraph) else each.line
        places = [each.place] if isinstance(each.line, Paragraph) else each.cells
        spots += [_Spot(place, each.place, cell.text, key(cell.text)) for place, cell in zip(places, lines, strict=True)]
        for place in {each.place, *(cell.place for cell in lines)}:
            starts.setdefault(place, first)
    items = [row for row in rows if row["record"] in ("measure", "score") and row["place"] in starts]
    begun = sorted({starts[row["place"]] for row in items})
    found = {row["row"]: _printed(row, spots) for row in rows if row["record"] == "source"}
    for row in items:
        start = starts[row["place"]]
        later = begun[bisect_right(begun, start) :]
        farthest = ends[bisect_right(ends, start) - 1 :][: _FARTHEST + 1]
        end = min(later[0] if later else len(spots), farthest[_FARTHEST] if len(farthest) > _FARTHEST else len(spots))
        if where := _found(row, spots[start:end]):
            found[row["row"]] = where
    return found


def _printed(source: Row, spots: list[_Spot]) -> dict[str, str]:
    """What is said of the document itself stands anywhere, mostly above its first table: the first that says it. Where nothing does, a
    person looks at the document's title, else at its first words."""
    lines = [spot for spot in spots if spot.letters]
    whole = key(source["title"])
    parts = [spot for spot in lines if spot.letters in whole]  # a title may go over several lines
    title = _first(source["title"], lines) or max(parts, key=lambda spot: len(spot.letters), default=None)
    head = title or next(iter(lines), None)
    where = {"row": head.row} if head else {}
    for column in ("fiscal_year", "province", "district", "agency"):
        texts = [*(source["agency_printed"].split(" | ") if column == "agency" else ()), source[column]]
        if spot := next(filter(None, (_first(text, lines) for text in texts)), None):
            where[column] = spot.place
    return where | ({"title": title.place} if title else {})  # the last: who points at a line that says more means the title


def _first(text: str, spots: list[_Spot]) -> _Spot | None:
    letters = key(text)
    return next((spot for spot in spots if letters and letters in spot.letters), None)


def _found(row: Row, spots: list[_Spot]) -> dict[str, str]:
    first = _holding(row["title"], spots) if row["record"] == "measure" else _saying(row["score"], spots)
    where = {"row": first.row} if first else {}
    near = [spot for spot in spots if first and spot.row == first.row] or spots
    for column in (*_TEXTS, *_ALIKE, *_BUDGETS):
        if not row[column]:
            continue
        if column in _BUDGETS:
            spot = next((spot for spot in near if _is_amount(spot.text, row[column])), None)
        elif column in _ALIKE:
            spot = _saying(row[column], near)
        else:
            text = row[column].split(" | ")[0]
            spot = _holding(text, near) or _holding(text, spots)
        if spot:
            where[column] = spot.place
    if "evidence" in where:
        where["status"] = where.pop("evidence")
    return where


def _holding(text: str, spots: list[_Spot]) -> _Spot | None:
    """The shortest of the cells that hold a text."""
    letters = key(text)
    holding = [spot for spot in spots if (letters in spot.letters if letters else text.strip() and text.strip() == spot.text.strip())]
    return min(holding, key=lambda spot: len(spot.letters), default=None)


def _saying(text: str, spots: list[_Spot]) -> _Spot | None:
    """The first of the cells that say a number, or begin with it."""
    wanted = as_written("score", text)[0]
    for spot in spots:
        words = arabic(spot.text).replace("+", "").split()
        if words and wanted in {as_written("score", word.strip(".()"))[0] for word in words[:1]}:
            return spot
    return None


def _is_amount(text: str, amount: str) -> bool:
    found = baht(text)
    return found is not None and as_written("budget_planned", str(found))[0] == as_written("budget_planned", amount)[0]
