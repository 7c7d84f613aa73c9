"""A measure while its rows are being read, and how a row's cells are shared out when it holds several measures."""

import re
from dataclasses import dataclass, field

from etl.measures import status
from etl.measures.groups import NO_GROUP, Group
from etl.measures.status import says_nothing
from etl.printed import items
from etl.printed.periods import periods
from etl.printed.thai import key
from etl.printed.units import looks_like_units, units, units_in_order
from etl.reading import Finding

_MANY = ("steps", "unit", "result", "outcome", "suggestion", "remark", "refs", "monitoring", "other", "foreign")
_CONTINUED = re.compile(r"\s*\(\s*ต่อ\s*\)\s*")


@dataclass
class Draft:
    """One measure as printed: `texts` by role, each a list of pieces in order."""

    section: str
    place: str
    number: str | None
    title: str | None
    group: Group = NO_GROUP
    texts: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    group_text: str = ""  # the whole heading cell, which may name item codes
    happened: bool = False  # the row prints the period in which the thing was done
    whole: int = 100  # what a percent cell says when all of it is done: 1 where the cells are fractions
    shared: bool = False  # a merged cell above prints its result, for other measures as well

    def add(self, texts: dict[str, str]) -> None:
        """Take in the cells of a row; what is printed again on the next page counts once."""
        for role, text in texts.items():
            if role in status.TICKED:
                if not says_nothing(text):
                    self.marks[role] = text
            elif role not in ("title", "number", "group", "mission", "month", "period_start", "period_end") and not (
                says_nothing(text) and not role.startswith("budget")
            ):
                pieces = self.texts.setdefault(role, [])
                if key(text) not in {key(piece) for piece in pieces[-3:]}:
                    pieces.append(text)

    def text(self, role: str) -> str:
        return "\n".join(self.texts.get(role, []))

    def marked(self) -> list[str]:
        """The texts in which the form's signs stand: its status columns, and a column of results that may hold no more than ticks."""
        return [*self.marks.values(), self.text("status"), self.text("result")]


@dataclass
class Read:
    """What one table gave: drafts in order and findings by the way."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def clean_title(text: str) -> str:
    """A title without `(ต่อ)` and without the dash of a list."""
    return re.sub(r"^[-–•]\s*(?=\S)", "", _CONTINUED.sub(" ", text).strip()).strip()


def shared_out(texts: dict[str, str], titles: list[str], happened_period: bool) -> tuple[list[dict[str, str]], list[str]]:
    """Cells of a row that holds several measures -> the cells of each, and the roles whose items could not be told apart.

    One unit, period or result printed once belongs to each. Several are dealt out in order; results whose number differs go by
    similarity, or to the whole group where they are a numbered list of their own. What stays over is left empty, never guessed.
    """
    count = len(titles)
    shares: list[dict[str, str]] = [{} for _ in titles]
    unclear: list[str] = []
    if count == 1:
        return [dict(texts)], []
    dealt = {role: _dealt(role, text, titles) for role, text in texts.items() if role != "unit"}
    if "unit" in texts:
        apart = any(len(set(pieces)) > 1 or key(texts[role]).count(key(pieces[0])) >= count for role, pieces in dealt.items() if pieces)
        dealt["unit"] = _dealt_units(texts["unit"], count, apart)
    results = dealt.get("result")
    for role, pieces in dealt.items():
        if pieces is None:
            unclear.append(role)
            pieces = _in_order(role, texts[role], count, results if happened_period else None)
        for share, piece in zip(shares, pieces, strict=True):
            if piece:
                share[role] = piece
    return shares, unclear


def _dealt(role: str, text: str, titles: list[str]) -> list[str] | None:
    count = len(titles)
    if role in ("steps", "monitoring", "other", "foreign", "number", "group", "mission", "title", "remark", "refs"):
        return [text] * count
    if role.startswith("period") or role == "month":
        return _dealt_periods(text, count)
    if role in ("result", "result_latest", "outcome", "suggestion", "status"):
        return _dealt_results(text, titles)
    return _dealt_lines(text, count)


def _dealt_periods(text: str, count: int) -> list[str] | None:
    found = periods(text, 2560)
    if len(found) <= 1 or len({key(each.text) for each in found}) == 1:
        return [found[0].text if found else text] * count
    return [each.text for each in found] if len(found) == count else None


def _dealt_units(text: str, count: int, apart: bool) -> list[str] | None:
    """Units without numbers are those of all measures of the row, unless another cell tells of each measure `apart`, or one is repeated."""
    in_order = units_in_order(text)
    if len(in_order) <= 1 or not (apart or _numbered_pieces(text) or len(set(in_order)) < len(in_order)):
        return [text] * count
    if len(in_order) == count:
        return in_order
    for pieces in (items.paragraphs(text), items.gapped(text), _numbered_pieces(text)):
        if len(pieces) == count and all(looks_like_units(piece) for piece in pieces):
            return pieces
    several = len(items.gapped(text)) > 1 or len(in_order) < count
    return None if several and not _numbered_pieces(text) else [text] * count


def _dealt_results(text: str, titles: list[str]) -> list[str] | None:
    count = len(titles)
    numbered = _numbered_pieces(text)
    if len(numbered) == count:
        return numbered
    if numbered:
        return [text] * count
    lines, dashes, gaps = items.paragraphs(text), items.dashed(text), items.gapped(text)
    for pieces in (lines, dashes, gaps):
        if len(pieces) == count:
            return [re.sub(r"^[-–•]\s*", "", piece) for piece in pieces]
    spoken = _spoken(dashes if len(dashes) > 1 else gaps)
    if len(spoken) == count:
        return spoken
    if len(spoken) > count:
        return [" ".join(piece) for piece in items.aligned(spoken, titles)]
    split = [sentence for piece in spoken for sentence in items.sentences(piece, status.is_statement)]
    if len(split) == count:
        return split
    if len(split) > count:
        return [" ".join(piece) for piece in items.aligned(split, titles)]
    return [text] * count if len(spoken) == 1 else None


def _spoken(pieces: list[str]) -> list[str]:
    """Pieces that go on with the one before (`ให้มีจิตสาธารณะ`, `โดย...`) joined to it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and re.match(r"(?:ให้(?!บริการ|ความรู้)|โดย|เพื่อ|และ|หรือ|ใน|ณ|ของ|ซึ่ง|ที่)", piece):
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined


def _dealt_lines(text: str, count: int) -> list[str] | None:
    if len(numbered := _numbered_pieces(text)) == count:
        return numbered
    lines = list(items.gapped(text))
    if len(lines) == count:
        return lines
    return [text] * count if len(lines) == 1 else None


def _numbered_pieces(text: str) -> list[str]:
    head, found = items.numbered(text)
    return [item.text for item in found] if not head else []


def _in_order(role: str, text: str, count: int, results: list[str] | None) -> list[str]:
    """Fewer items than measures: dealt in order. A period in which things were done goes to the measures that were done."""
    if role.startswith("period"):
        pieces = [each.text for each in periods(text, 2560)]
    elif role == "unit":
        pieces = units(text).names
    else:
        pieces = items.gapped(text)
    takers = list(range(count))
    if role.startswith("period") and results is not None:
        done = [at for at in takers if (phrase := status.of_phrase(results[at])) is None or phrase.status == status.COMPLETED]
        takers = done if len(done) == len(pieces) else takers
    shares = [""] * count
    for taker, piece in zip(takers, pieces, strict=False):
        shares[taker] = piece
    return shares
