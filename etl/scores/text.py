"""Scores in running text: lists without headings (a name and its points on a line, year by year), and sentences.

A list line begins with the name: "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ | คะแนนอยู่ที่ 94.14 คะแนน", then "ผลคะแนนเพิ่มขึ้น 1.16 คะแนน"; also one
cell a line. In a sentence a number is a score where nothing but linking words (prose.csv) stand between it and the name that it follows,
so that a threshold, a change, a count and another subject are none. A report that merely mentions a number yields nothing: see `_sure`.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from etl.formats.document import Document, Paragraph, Table
from etl.identity.identify import Identity
from etl.identity.titles import PLACE_LINE, fiscal_years
from etl.known.agency_types import body_around, says_owner, without_sentence
from etl.known.names import full_name, name_key
from etl.printed import thai
from etl.scores.contents import names_body
from etl.scores.headings import INSTRUMENTS, Terms, weighed
from etl.scores.labels import agency_of
from etl.scores.proven import with_proven_labels
from etl.scores.rows import Printed, Remark
from etl.scores.subject import CERTAINLY, ITA, about_ita
from etl.scores.table import AGENCY_IN_TITLE, document_year
from etl.scores.values import change_of, level_in, level_of, value_of

_BELOW = "ในสังกัด"
FEWEST_INDICATORS = 3
FEWEST_IN_SENTENCES = 2  # where each is said in a sentence of its own, in a document about ITA
LETTERS_OF_A_HEADING = 150
TIMES_OF_FURNITURE = 4
LETTERS_OF_A_WRAPPED_LINE = 60
LETTERS_NOT_UNDERSTOOD = 4  # between a name and its number
LETTERS_AROUND = 60
WORDS_OF_A_LABEL = 4
_NUMBER_AT_END = re.compile(
    r"(?:คะแนน(?:อยู่ที่|เท่ากับ|เฉลี่ย|ที่ได้|รวม|ร้อยละ)?|ร้อยละ|เท่ากับ|อยู่ที่|ได้|มี|[:=])\s*(?:คะแนน)?\s*(?P<number>\d{1,3}[.,]\d{1,2}|\d{1,3}(?=\s*คะแนน))"
    r"\s*(?:คะแนน|%|points?)?"
)
# Where the words around it are misread, a number of points with decimals still follows the name at once.
_NUMBER_ALONE = re.compile(r"^[^\d]{0,24}(?P<number>\d{1,3}\.\d{1,2})(?!\d)\s*(?:[ก-๎%]{0,6}$|[ก-๎]{0,6}\s*(?:เพิ่ม|ลด))")
_CELL = re.compile(r"\t(?P<number>\d{1,3})")  # a spreadsheet prints 95.00 as 95
_CHANGE = re.compile(r"(?:เพิ่มขึ้น|ลดลง|เพิ่ม|ลด|increased|decreased)[^\d+-]{0,12}([+-]?\d{1,3}[.,]\d{1,2})", re.I)
_CHANGE_LINE = re.compile(r"^\W*(?:ผล)?(?:คะแนน)?\s*(?:เพิ่ม|ลด|เปลี่ยน)")
_BARE_NUMBER = re.compile(r"^(?:คะแนน|ร้อยละ)?[^\d]{0,14}\d{1,3}[.,]\d{1,2}\s*(?:คะแนน|%)?$")
# A number with a plus is a rise, and no score.
_POINTS = re.compile(r"(?<![\d.,/+])\d{1,3}(?:[.,]\d{1,2})?(?![\d/]|[.,]\d|\s*[-–]\s*\d)")
_SAID_TO_BE_POINTS = re.compile(r"(?:คะแนน|ร้อยละ|points?|score)\D{0,30}$|^\s*(?:คะแนน|%|points?)", re.I)
_YEARS = re.compile(r"(?:25|20)\d\d")
_IN_BRACKETS = re.compile(r"\([^()\d]*\)")
_AND = re.compile(r"[\s,]*(?:และ|and|,)?\s*", re.I)
RANKING, LISTED = "ranking", "list of agencies"
_RANK = re.compile(r"\W*(?:(?P<said>(?:อันดับ|ลำดับ)(?:ที่)?\s*)?(?:ที่\s*)?\d{1,4}(?!\d|[.,]\d)|[-–•*·●▪]|(?=[ก-๎]))[\s.):–•*·●▪-]*(?=[ก-๎(])")
_BARELY_LISTED = 3  # lines of one kind that make a list where none of them says that it ranks
LETTERS_OF_A_RANKED_NAME = 120
_PARTS = " \t.:=–…([|,-"
_RUN_ON = ("ได้", "คะแนน", "ร้อยละ", "ได้รับ")  # after a name without a space
_QUESTION = re.compile(r"[IEO]\s?\d{1,2}[.:)]?\s", re.I)
_IN_TURN = re.compile(r"^[^\d]{0,24}(?:ตามลำดับ|respectively)", re.I)
_ENDS_A_LINE = re.compile(r"[\d๐-๙]\s*(?:คะแนน|%)?\s*$")
_BEGINS_A_LINE = re.compile(r"\s*(?:[\d๐-๙]+\s*[.)](?![\d๐-๙])|[-–•*]|ตัวชี้วัด)")


def running_scores(
    document: Document, identity: Identity, terms: Terms, tables: frozenset[int] = frozenset(), told: frozenset[int | None] = frozenset()
) -> tuple[list[Printed], list[Remark]]:
    """Scores printed in lines and sentences outside of `tables` (positions of blocks that another layout has read).

    `told`: the years whose indicators tables give; a total in a line of its own beside them is the document's own.
    """
    reader = _Reader(terms, identity, document_year(document, identity))
    printed = Counter(block.text for block in document.blocks if isinstance(block, Paragraph))
    for at, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and printed[block.text] >= TIMES_OF_FURNITURE:
            continue  # the head or foot of pages
        if at in tables:
            reader.beside(block)
        elif isinstance(block, Table):
            reader.lines(_rows(block))
        else:
            reader.lines(_paragraph(document.blocks, at))
    found = _sure(reader.found, document, identity, terms, told)
    remarks = reader.remarks if found else []
    if any(entry.fiscal_year is None for entry in found):
        remarks.append(Remark("score_year_missing", found[0].place))
    return found, remarks


def _sure(found: list[Printed], document: Document, identity: Identity, terms: Terms, told: frozenset[int | None]) -> list[Printed]:
    """What of it a document says of itself: at least three indicators, or all instruments and the total, or sentences about ITA.

    A report on measures cites scores in passing: of these only several indicators count.
    """
    of_indicators = [entry for entry in found if entry.indicator in terms.indicators]
    several = len({entry.indicator for entry in of_indicators})
    own = identity.family is None and about_ita(document, [entry.said for entry in found])
    told |= years_told(of_indicators)
    listed = _lists(found)
    of_year = {year: {entry.indicator for entry in found if entry.fiscal_year == year} for year in {entry.fiscal_year for entry in found}}

    def of_all(entry: Printed) -> bool:
        if own and entry.group in listed and entry.indicator in INSTRUMENTS:
            return True
        if entry.agency is None and entry.fiscal_year in told and {entry.indicator} <= {*INSTRUMENTS} <= of_year[entry.fiscal_year]:
            return True  # all three in a sentence beside the table of their indicators
        if entry.indicator not in ("TOTAL", "LEVEL") or not entry.fiscal_year or not (entry.agency or identity.agency):
            return False
        if entry.agency is None and (entry.fiscal_year in told or _answered(entry)):
            return True
        return own and (bool(entry.said) or entry.group in listed or {"TOTAL", "LEVEL"} <= of_year[entry.fiscal_year])

    beside = _instruments_told(found, of_indicators, terms)

    def counts(entry: Printed) -> bool:
        """An instrument counts where one of its own indicators, or all three instruments, are printed too, of the same agency and year."""
        key = (entry.agency, entry.fiscal_year, entry.indicator)
        return entry.indicator in terms.indicators or key in beside or of_all(entry)

    if several >= FEWEST_INDICATORS or (own and several >= FEWEST_IN_SENTENCES and any(entry.said for entry in of_indicators)):
        return [entry for entry in found if counts(entry)]
    if {entry.indicator for entry in found} >= {*INSTRUMENTS, "TOTAL"} and about_ita(document, []):
        return found
    return [entry for entry in found if of_all(entry)]


def _instruments_told(found: list[Printed], of_indicators: list[Printed], terms: Terms) -> set[tuple]:
    """(agency, year, instrument) of each that stands beside one of its indicators, or beside the other two."""
    all_three = {
        (entry.agency, entry.fiscal_year)
        for entry in of_indicators
        if {other.indicator for other in found if (other.agency, other.fiscal_year) == (entry.agency, entry.fiscal_year)} >= {*INSTRUMENTS}
    }
    beside = {(agency, year, instrument) for agency, year in all_three for instrument in INSTRUMENTS}
    return beside | {(entry.agency, entry.fiscal_year, terms.instrument_of(entry.indicator, entry.fiscal_year)) for entry in of_indicators}


def _lists(found: list[Printed]) -> set[str]:
    """The kinds of lists whose agencies count: rankings, and others where they are long enough."""
    agencies = {each.agency for each in found if each.group == LISTED}
    return {RANKING, LISTED} if len(agencies) >= _BARELY_LISTED else {RANKING}


def _answered(entry: Printed) -> bool:
    """Whether a sentence tells the result that a report on measures answers: ITA, the year, and the total by its name or with its level."""
    said = entry.said or ""
    if not ITA.search(said) or entry.fiscal_year not in fiscal_years(said):
        return False
    return level_in(said) is not None or bool(_words("total").search(said))


def years_told(printed: list[Printed]) -> frozenset[int | None]:
    """The years of which several indicators of the document's own agency are printed."""
    indicators: dict[int | None, set[str]] = {}
    for entry in printed:
        if entry.agency is None and entry.indicator.isdigit():
            indicators.setdefault(entry.fiscal_year, set()).add(entry.indicator)
    return frozenset(year for year, some in indicators.items() if len(some) >= FEWEST_INDICATORS)


@dataclass
class _Reader:
    """What stands above a line: the year that a heading said, whose scores are spoken of, a name that waits for its number, and the scores
    so far."""

    terms: Terms
    identity: Identity
    year: int | None

    def __post_init__(self):
        self.label: str | None = None
        self.heading = ""  # the last short line without points
        self.of_others = False  # means over all agencies, targets, another subject: until the document comes back to its own scores
        # The names of the agency each by themselves: one pattern of them and the words takes longer to make than most texts to read.
        self.names = [name for name in (self.identity.agency, *self.identity.agency_printed) if name]
        self.found: list[Printed] = []
        self.remarks: list[Remark] = []

    def lines(self, lines: list[tuple[str, str]]) -> None:
        for text, place in lines:
            if self._ranked(text, place) or self._level(text, place):
                continue
            said = _said(text, self.terms) or self._unnamed(text)
            if len({one.code for one in said}) > 1:
                self._sentences(text, place, said)
            elif self._listed(text, place):
                pass
            elif said:
                self._sentences(text, place, said)
            elif _QUESTION.match(text) and _said_points(text):
                self.remarks.append(Remark("score_sub_indicator", place, text[:80]))
            elif len(text) < LETTERS_OF_A_HEADING and not _said_points(text):
                own = self._without_own(text).strip()
                self.heading = self.heading if not own or PLACE_LINE.match(own) else own
            self.of_others = self._of_others(text) if said or abs(weighed(text)) < CERTAINLY else weighed(text) < 0

    def _of_others(self, text: str) -> bool:
        """Whether what follows `text` speaks of means over all agencies."""
        turns = [(found.start(), True) for found in _words("others").finditer(text)] + [(begin, False) for begin, _ in self._own_in(text)]
        return max(turns)[1] if turns else self.of_others

    def _own_in(self, text: str) -> list[tuple[int, int]]:
        """Where `text` speaks of the own agency: (begin, end) of every word for it and of the last print of each of its names."""
        for name in self.names:  # "หน่วยงานในสังกัดกระทรวง...": those below it, by a row of prose.csv
            text = text.replace(_BELOW + name, _BELOW + " " * len(name))
        named = [(at, at + len(name)) for name in self.names if (at := text.rfind(name)) >= 0]
        return named + [found.span() for found in _words("own").finditer(text)]

    def _begins_with_own(self, text: str) -> bool:
        return any(begin == 0 for begin, _ in self._own_in(text))

    def _without_own(self, text: str) -> str:
        for name in self.names:
            text = text.replace(name, " ")
        return _words("own").sub(" ", text)

    def beside(self, table: Table) -> None:
        """The sentences that a table which another layout has read prints in rows of one cell."""
        year, self.label = self.year, None
        rows = [[cell for cell in row if cell.text.strip()] for row in table.rows]
        self.lines([(thai.arabic(thai.one_line(row[0].text)), row[0].place) for row in rows if len(row) == 1 and _said_points(row[0].text)])
        self.year, self.label = year, None

    def _unnamed(self, text: str) -> "list[_Saying]":
        """The total in a sentence that names no indicator: "เทศบาลตำบลต้นแก้ว ได้คะแนน 91.08 อยู่ในระดับ A", below a heading of ITA.

        Its level, or the document's own agency, stands in the same sentence.
        """
        points = [number for number in _POINTS.finditer(text) if "." in number[0]]
        if len(points) != 1 or self.terms.names_in(text) or weighed(text) < 0 or not ITA.search(self.heading):
            return []
        number, level = points[0], level_in(text)
        begin = max((end for _, end in self._own_in(text[: number.start()])), default=0 if level else None)
        if begin is None or not _follows("TOTAL", text, (begin, begin), number) or _words("elsewhere").search(text):
            return []
        return [_Saying("TOTAL", number[0], number.start(), number.end(), text[number.end() :], _year_before(text, number.start()))]

    def _sentences(self, text: str, place: str, said: "list[_Saying]") -> None:
        for one in said:
            if self._of_others(text[: one.begin]):
                self.remarks.append(Remark("score_of_others", place, text[one.begin : one.end][:80]))
                continue
            change = change_of(_CHANGE.search(one.after)[0]) if _CHANGE.search(one.after) else None
            entry = self._printed(one.code, one.number, place, change)
            entry = replace(entry, fiscal_year=one.year or self.year, agency=_agency_before(text[: one.begin], self.identity), said=text)
            self.found.append(entry)
            only = sum(other.code == "TOTAL" for other in said) == 1
            level = level_in(text[one.end :] if only else one.after) if one.code == "TOTAL" else None
            if level:
                self.found.append(replace(entry, indicator="LEVEL", value=value_of(level), stated_change=None))
        self.label = None

    def _ranked(self, text: str, place: str) -> bool:
        """Whether the line is one of a list of agencies: "อันดับ 1 เทศบาลตำบลเชียงคาน อำเภอเชียงคาน ได้ 97.85 คะแนน ระดับ ผ่านดี".

        Beside its total it may print its instruments. A list that no line calls a ranking is told by its length, see `lines`.
        """
        rank = _RANK.match(text)
        number = next((number for number in _POINTS.finditer(text) if "." in number[0]), None) if rank else None
        if rank is None or number is None or number.start() - rank.end() > LETTERS_OF_A_RANKED_NAME or self._elsewhere():
            return False
        if _words("after").match(text[number.end() :].strip()):
            return False  # an amount or a count
        said = _said(text, self.terms)
        if not rank.end() and (self._begins_with_own(text) or said and said[0].begin < number.start()):
            return False  # a sentence
        begin = min(number.start(), said[0].begin) if said else number.start()
        agency, district, province = agency_of(_without_links(text[rank.end() : begin]), None)
        if not agency or not names_body(agency):
            return False
        total: list[_Saying] = (
            [] if said and said[0].begin < number.start() else [_Saying("TOTAL", number[0], begin, number.end(), "", None)]
        )
        rest = text[number.end() : said[0].begin if said and total else len(text)] if total else ""
        if any("." in other[0] for other in _POINTS.finditer(rest)):
            return False  # of several numbers none is said to be the total
        group = RANKING if rank["said"] else LISTED
        for one in (*total, *said):
            entry = Printed(one.code, value_of(one.number), place, agency, district, province, self.year, group=group)
            self.found.append(entry)
        level = level_in(text[number.end() :]) or level_of(_without_links(rest.replace("คะแนน", " ")).strip(" ()"))
        if level:
            self.found.append(replace(entry, indicator="LEVEL", value=value_of(level)))
        return True

    def _level(self, text: str, place: str) -> bool:
        """Whether the line is a label of the level and a level: "ระดับผลการประเมิน : ผ่านดี"."""
        words = text.replace("\t", " ").replace(":", " ").split()
        for at in range(1, min(len(words), WORDS_OF_A_LABEL + 1)):
            rest = " ".join(words[at:])
            level = rest if level_of(rest) else level_in(rest) if len(rest) < LETTERS_AROUND else None
            if level and self.terms.field_of(" ".join(words[:at])) == "LEVEL" and not self._elsewhere():
                self.found.append(Printed("LEVEL", value_of(level), place, fiscal_year=self.year, group="running text"))
                return True
        if not (level := level_in(text)) or any(map(str.isdigit, text)) or not _only_links(text.replace(level, " ")):
            return False
        total = self.found[-1] if self.found and self.found[-1].indicator == "TOTAL" else None
        if total is None and (weighed(text) <= 0 or self._elsewhere()):
            return False  # "ผลการประเมินอยู่ในระดับ ผ่านดี" stands by itself below a table that prints the total
        if total is None:
            total = Printed("LEVEL", value_of(level), place, fiscal_year=self.year, group="running text")
        self.found.append(replace(total, indicator="LEVEL", value=value_of(level), place=place, stated_change=None))
        return True

    def _elsewhere(self) -> bool:
        """Whether what stands here is of others, or below a heading of targets or thresholds."""
        return self.of_others or bool(_words("elsewhere").search(self.heading))

    def _listed(self, text: str, place: str) -> bool:
        """Whether the line is one of a list: a name with its points, a name alone, points alone, a change, or a heading with a year."""
        head = _head(text)
        named, tail = self.terms.label_of(head), text[len(head) :]
        if named.code in self.terms.indicators or named.code in (*INSTRUMENTS, "TOTAL"):
            self.label = named.code
            if named.conflict:
                self.remarks.append(Remark("score_indicator_conflict", place, text[:80], named.code, {"number": named.number}))
            points = _NUMBER_AT_END.search(tail) or _NUMBER_ALONE.match(tail) or _CELL.fullmatch(tail)
            before = text[: len(head) + points.start("number")] if points else ""
            others = {code for code, *_ in self.terms.names_in(before) if code in INSTRUMENTS} - {named.code}
            if points and (_speaks_of_another(before) or named.code in INSTRUMENTS and others):
                self.label = None  # a sentence
                return False
            if points:
                change = _CHANGE.search(text)
                self._add(points["number"], place, change_of(change[0]) if change else None, self._of_others(head))
            elif len(set(years := fiscal_years(text))) == 1:
                self.year = years[0]  # "1. ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2565" above its scores
            return bool(points)
        if _CHANGE_LINE.match(text) and self.found and _CHANGE.search(text):
            self.found[-1].stated_change = change_of(_CHANGE.search(text)[0])
        elif self.label and _BARE_NUMBER.match(text):
            self._add(text, place, None, self.of_others)
        elif len(text) < LETTERS_OF_A_HEADING and len(set(years := fiscal_years(text))) == 1:
            self.year = years[0]
            return False
        else:
            return False
        return True

    def _add(self, number: str, place: str, change: Decimal | None, of_others: bool) -> None:
        if of_others or (self.label not in self.terms.indicators and self._elsewhere()):
            self.remarks.append(Remark("score_of_others", place, number[:80]))
        else:
            self.found.append(self._printed(self.label, number, place, change))
        self.label = None

    def _printed(self, code: str, number: str, place: str, change: Decimal | None) -> Printed:
        value = value_of(re.search(r"\d{1,3}(?:[.,]\d{1,2})?", number)[0])
        return Printed(code, value, place, fiscal_year=self.year, stated_change=change, group="running text")


# ------------------------------------------------------------------------------------------------------------- sentences


@dataclass(frozen=True, slots=True)
class _Saying:
    """A sentence's name and number: `begin` of the name, `end` of the number, `after`: what follows it up to the next name; `year`: the
    one said last before it, else the only one of the sentence."""

    code: str
    number: str
    begin: int
    end: int
    after: str
    year: int | None


@cache
def _words(part: str) -> re.Pattern:
    """The words of one part of prose.csv, the longest first."""
    with open(Path(__file__).with_name("prose.csv"), encoding="utf-8", newline="") as handle:
        words = sorted((row["words"] for row in csv.DictReader(handle) if row["part"] == part), key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word) for word in words), re.I
    )


def _said(text: str, terms: Terms) -> list[_Saying]:
    """Every name in `text` that a number of points follows."""
    numbers = list(_POINTS.finditer(text))
    names = terms.names_in(text) if numbers else []
    if not names:
        return []
    if in_turn := _in_turn(text, names, numbers):
        return in_turn
    found: list[_Saying] = []
    for at, (code, begin, end) in enumerate(names):
        stop = names[at + 1][1] if at + 1 < len(names) else len(text)
        for number in numbers:
            if end <= number.start() < stop and _follows(code, text, (begin, end), number):
                year = _year_before(text, number.start())
                # Of one name a second number is of another year: "ปี 2566 ได้ 80.10 คะแนน ปี 2567 ได้ 90.20 คะแนน".
                if not found or found[-1].begin != begin or year not in (None, found[-1].year):
                    found.append(_Saying(code, number[0], begin, number.end(), text[number.end() : stop], year))
    return found


def _said_points(text: str) -> bool:
    return any("." in number[0] for number in _POINTS.finditer(thai.arabic(text)))


def _year_before(text: str, at: int) -> int | None:
    before, years = fiscal_years(text[:at]), set(fiscal_years(text))
    return before[-1] if before else years.pop() if len(years) == 1 else None


@cache
def _links() -> tuple[str, ...]:
    with open(Path(__file__).with_name("prose.csv"), encoding="utf-8", newline="") as handle:
        return tuple(sorted((row["words"] for row in csv.DictReader(handle) if row["part"] == "link"), key=len, reverse=True))


def _without_links(text: str) -> str:
    """A name without the linking words between it and its number: "ทต.ตะกุด ได้คะแนน" is "ทต.ตะกุด"."""
    while True:
        text = text.rstrip(_PARTS)
        word = next(
            (word for word in _links() if text.endswith(word) and (word in _RUN_ON or text[: -len(word)][-1:] in f" {_PARTS}")), None
        )
        if word is None:
            return text
        text = text[: -len(word)]


def _only_links(text: str) -> bool:
    """Whether linking words, years, numbers and what stands in brackets are all that a text holds, but for a few letters."""
    rest = _words("link").sub(" ", _YEARS.sub(" ", _IN_BRACKETS.sub(" ", _POINTS.sub(" ", text))))
    return len(re.sub(r"[^ก-๎A-Za-z]", "", rest)) <= LETTERS_NOT_UNDERSTOOD


def _follows(code: str, text: str, name: tuple[int, int], number: re.Match) -> bool:
    """Whether only linking words stand between a name and a number, the number is one of points, and it is no threshold or count."""
    between, after = text[name[1] : number.start()], text[number.end() : number.end() + LETTERS_AROUND]
    if not _only_links(between):
        return False
    if number[0].isdigit() and _words("after").match(after.strip()):
        return False
    if _words("least").match(after.strip().removeprefix("คะแนน").strip()):
        return False
    if _speaks_of_another(between):
        return False
    if not ("." in number[0] or "," in number[0] or _SAID_TO_BE_POINTS.search(between) or _SAID_TO_BE_POINTS.match(after)):
        return False
    if code != "TOTAL":
        return True
    around = text[max(0, name[0] - LETTERS_AROUND) : number.start()]
    points = _SAID_TO_BE_POINTS.search(around) or re.match(r"\s*(?:คะแนน|%|points?)", after)
    return "." in number[0] and bool(points) and not _words("elsewhere").search(around)


def _speaks_of_another(between: str) -> bool:
    """Whether the words between a name and a number say that it is no score of today: one before, a change, a threshold."""
    if "จาก" in between and not re.search("จาก.*เป็น", between):
        return True
    return bool(re.search(rf"(?:{_words('before').pattern})\s*(?:ร้อยละ|คะแนน)?\s*$", between))


def _in_turn(text: str, names: list[tuple[str, int, int]], numbers: list[re.Match]) -> list[_Saying]:
    """Names in a row, then as many numbers in a row, "ตามลำดับ"."""
    first, last = names[0], names[-1]
    points = [number for number in numbers if number.start() >= last[2]]
    in_a_row = all(_AND.fullmatch(text[before[2] : after[1]]) for before, after in zip(names, names[1:], strict=False))
    joined = all(
        _AND.fullmatch(_words("link").sub("", text[before.end() : after.start()]))
        for before, after in zip(points, points[1:], strict=False)
    )
    if not (len(names) == len(points) > 1 and in_a_row and joined and _IN_TURN.match(text[points[-1].end() :])):
        return []
    if not _follows("", text, (first[1], last[2]), points[0]):
        return []
    return [
        _Saying(code, number[0], begin, number.end(), "", _year_before(text, number.start()))
        for (code, begin, _), number in zip(names, points, strict=True)
    ]


def _agency_before(text: str, identity: Identity) -> str | None:
    """The agency that the sentence names last before its score, where it is another than the document's own."""
    found = list(AGENCY_IN_TITLE.finditer(text))
    if not found:
        return None
    own = [name_key(full_name(name)) for name in (identity.agency, *identity.agency_printed) if name]
    before = text[: found[-1].start()]
    named = full_name(body_around(text, len(before)) or without_sentence(found[-1][0]))
    is_own = any(name_key(named).startswith(name) or (says_owner(before) and name in name_key(before)) for name in own)
    return None if is_own else named


# ----------------------------------------------------------------------------------------------------------------- lines


def _paragraph(blocks: tuple, at: int) -> list[tuple[str, str]]:
    """The lines of a paragraph; a wrapped line runs on into the next paragraph, which then stands in the line before only."""
    if _runs_on(blocks, at - 1):
        return []
    texts, place = [blocks[at].text], blocks[at].place
    while _runs_on(blocks, at):
        at += 1
        texts.append(blocks[at].text)
    text = re.sub(r"(?<=[ก-๎])\x00(?=[ก-๎])", "", "\x00".join(texts)).replace("\x00", " ")
    return [(thai.arabic(line.strip()), place) for line in text.split("\n") if line.strip()]


def _runs_on(blocks: tuple, at: int) -> bool:
    """Whether a line of prose is so long that it was wrapped: the next line begins with neither a name nor a number of its own."""
    if at < 0 or at + 1 >= len(blocks) or not all(isinstance(block, Paragraph) for block in blocks[at : at + 2]):
        return False
    this, after = blocks[at].text, blocks[at + 1].text
    wrapped = max(map(len, this.split("\n"))) >= LETTERS_OF_A_WRAPPED_LINE and not _ENDS_A_LINE.search(this)
    wrapped = wrapped and not level_of(this.rsplit(maxsplit=1)[-1])  # "... อยู่ในระดับ ผ่าน" is a whole sentence
    if blocks[at].lines > 1:  # of lines that were joined the last is short: only a sentence that waits for its number goes on
        wrapped = wrapped and this.endswith(_links())
    return wrapped and _next_line(blocks[at], blocks[at + 1]) and not _BEGINS_A_LINE.match(after)


def _next_line(this: Paragraph, after: Paragraph) -> bool:
    """Whether no empty line stands between two paragraphs of one page."""
    numbers = [re.fullmatch(r"(.*?)(\d+)", block.place) for block in (this, after)]
    return all(numbers) and numbers[0][1] == numbers[1][1] and int(numbers[1][2]) == int(numbers[0][2]) + this.lines


def _rows(table: Table) -> list[tuple[str, str]]:
    """Rows of a table with at most a label and a number, parted by a tab; Thai digits as Arabic."""
    printed = with_proven_labels([tuple(row) for row in table.rows], [])
    rows = [[thai.arabic(thai.one_line(cell.text)) for cell in row if cell.text.strip()] for row in printed]
    rows = [row[1:] if len(row) == 3 and thai.numeral(row[0]) is not None else row for row in rows]
    if any(len(row) > 2 for row in rows):
        # Spaces between the parts of a ranking's lines make a table of it, whose cells say themselves what they are.
        joined = [(" ".join(row), cells[0].place) for row, cells in zip(rows, table.rows, strict=True)]
        return [(text, place) for text, place in joined if _RANK.match(text) and "คะแนน" in text]
    return [("\t".join(row), cells[0].place) for row, cells in zip(rows, table.rows, strict=True) if row]


def _head(text: str) -> str:
    """The label of a line: what stands before the tab or the words that introduce the points."""
    head = text.split("\t")[0]
    return re.split(r"\s(?:ได้)?(?:ผล)?(?:คะแนน|ร้อยละ|อยู่ที่|เท่ากับ|มีคะแนน|ได้)\D{0,20}\d{1,3}[.,]?\d*|\s*[:=]\s*\d|\s+\d{1,3}\.\d{1,2}", head)[0]
