"""Tables that were printed without their grid: one cell a line, or one label a line; put back into rows of cells.

Only a run of lines that names columns one after the other makes such a table, so running text stays text.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from etl.formats import Cell, Document, Paragraph, Table
from etl.formats.document import UNREAD
from etl.identity.titles import apart
from etl.measures.columns import role_of, tells_measures
from etl.measures.contents import is_period
from etl.measures.groups import heading_of
from etl.measures.none import is_caption, is_count
from etl.measures.status import TICKED, is_statement, is_tick, of_phrase, says_nothing
from etl.printed.budgets import looks_like_money
from etl.printed.items import marks
from etl.printed.thai import arabic, key, numeral, one_line
from etl.printed.units import looks_like_units

_FEWEST_HEADINGS = 3
_LONGEST_HEADING_LINE = 60
_MOST_LINES_OF_A_ROW = 60
_LETTERS_OF_A_LIST = 3000  # looked at for the item before
_MOST_LINES = 50_000  # of a run; longer ones are no report
_LABEL = re.compile(r"^[-–•*\s]*((?:\d{1,2}(?:\.\d{1,2})?[.)]\s*)?[^:：\n]{2,50}?)\s*[:：]\s*(.*)$", re.DOTALL)
_SET_APART = re.compile(r"^([\u0e01-\u0e4e/ ]{6,40}?)(?:\t|\s{2,})\s*(\S.*)$", re.DOTALL)
# A number of a picture that was not read is one, too.
_OPENS = re.compile(rf"^(?:(?:มาตรการ|โครงการ|กิจกรรม)\s*ที่\s*(\d{{1,3}}|{UNREAD}{{1,3}})\s*[.:)]?|(\d{{1,3}})[.)](?!\d))\s*(.+)$", re.DOTALL)
_OPENS_WITHIN = re.compile(r"^(\d{1,2}\.\d{1,2})[.)]?\s+(\S.+)$", re.DOTALL)
_OPENS_ALONE = re.compile(rf"(?:มาตรการ|โครงการ|กิจกรรม)\s*ที่\s*[:：]?\s*(\d{{1,3}}|{UNREAD}{{1,3}})\s*[.:)]?")
_LABELS = frozenset("unit period period_done result outcome steps status suggestion budget_planned budget_spent percent".split())
_GROUPS = {"group": "group", "mission": "group"}
_FIELD_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})?[.)]\s*")
_NUMBERED_FIELD = re.compile(r"^(\d{1,2})[.)]\s*([^:：\n]{2,60}?)\s*(?:[:：]\s*|$)(.*)$", re.DOTALL)
_LEADERS = re.compile(r"[.…_]{4,}")  # a form prints dots where it is to be filled in
_SIGNED = re.compile(r"^\(?(?:ลงชื่อ|ผู้รายงาน|ผู้รับรอง|จึงเรียน)")
_HEADS_A_CARD = re.compile(r"^(?:รายการ|หัวข้อ|ประเด็น|เรื่อง): ?(?:รายละเอียด|ข้อมูล|คำอธิบาย|เนื้อหา)$")
_OPENS_A_FORM = re.compile(r"^(?:มาตรการ|โครงการ|กิจกรรม)\s*(?:ที่\s*\d{1,3})?$")
Blocks = list[Paragraph | Table]


@dataclass(frozen=True)
class _Field(Paragraph):
    """A `label: value` row of a form in a table: whatever it labels, the value before it has ended."""


def with_tables(document: Document) -> tuple[Blocks, list[str]]:
    """The document's blocks with such tables put back, and the places where one was."""
    blocks: Blocks = []
    places: list[str] = []
    run: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Table) and max(len(row) for row in block.rows) == 1:
            run += [Paragraph(row[0].text, row[0].place) for row in block.rows if row[0].text.strip()]
        elif isinstance(block, Paragraph):
            run += [Paragraph(line.strip(), block.place) for line in block.text.split("\n") if line.strip()]
        elif lines := _form(block):
            run += lines
        else:
            blocks += _rebuilt(run, places)
            run = []
            blocks.append(block)
    return blocks + _rebuilt(run, places), places


def _form(table: Table) -> list[Paragraph]:
    """A table of two columns that holds one measure (`ผู้รับผิดชอบ | กองคลัง`) as `label: value` lines; [] where it is none."""
    lines: list[Paragraph] = []
    labels = 0
    for row in table.rows:
        filled = [cell for cell in row if cell.text.strip()]
        if not filled:
            continue
        if len(filled) > 2:
            return []
        label = one_line(filled[0].text).rstrip(" :：")
        labels += bool(role_of(label)) or bool(_OPENS_A_FORM.match(arabic(label)))
        lines.append(_Field(f"{label}: {filled[1].text if len(filled) == 2 else ''}" if len(label) <= 50 else label, filled[0].place))
    lines = [line for line in lines if not _HEADS_A_CARD.match(line.text)]
    heads = {role_of(line.text.partition(":")[0]) for line in lines}
    return lines if labels >= 3 and labels * 5 >= 3 * len(lines) and len(heads - {None}) >= 2 else []


def _rebuilt(run: list[Paragraph], places: list[str]) -> Blocks:
    blocks: Blocks = []
    at = 0
    if len(run) > _MOST_LINES:
        return list(run)
    labelled = _labelled(run)
    if labelled is not None:
        places.append(labelled[1].place)
        return [*labelled[0], labelled[1], *labelled[2]]
    while at < len(run):
        headings = _headings(run, at)
        if not headings:
            blocks.append(run[at])
            at += 1
            continue
        start = at
        at += headings[1]
        body: list[Paragraph] = []
        while at < len(run) and not _headings(run, at):
            body.append(run[at])
            at += 1
        names = headings[0]
        rows, rest = _rows(names, body)
        if not rows:
            blocks += run[start:at]
            continue
        heading = tuple(Cell(name, run[start].place) for name in names)
        blocks.append(Table((heading, *rows), run[start].place))
        places.append(run[start].place)
        blocks += rest
    return blocks


def _headings(run: list[Paragraph], at: int) -> tuple[list[str], int] | None:
    """(column names, lines they take) where the lines from `at` name the columns of a table of measures."""
    if not _is_heading(run[at].text):
        return None
    names: list[str] = []
    end = at
    while end < len(run) and end - at < 20 and _is_heading(run[end].text):
        names.append(run[end].text)
        end += 1
    names = _refined(_joined(names))
    roles = [role_of(name) or "" for name in names]
    if len(set(roles)) < _FEWEST_HEADINGS or not tells_measures(dict(enumerate(roles))):
        return None
    return names, end - at


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING_LINE and role_of(text) not in (None, "month") and numeral(text) is None and not is_tick(text)


def _joined(names: list[str]) -> list[str]:
    """A heading broken over two lines (`ระยะเวลา`, `ดำเนินการ`) is one."""
    joined: list[str] = []
    for name in names:
        if joined and role_of(name) == "completed" and name == "ดำเนินการ" and role_of(joined[-1] + name) == role_of(joined[-1]):
            joined[-1] += name
        else:
            joined.append(name)
    return joined


def _refined(names: list[str]) -> list[str]:
    """Headings of a second row come after those of the first: they stand for the wide column above them."""
    roles = [role_of(name) for name in names]
    tail = len(names)
    while tail and roles[tail - 1] in TICKED:
        tail -= 1
    wide = next((at for at in range(tail) if roles[at] in ("result", "status")), None)
    if wide is None or tail == len(names) or tail == wide + 1:
        return names if wide is None or tail == len(names) else names[:wide] + names[tail:]
    return names[:wide] + names[tail:] + names[wide + 1 : tail]


def _rows(names: list[str], body: list[Paragraph]) -> tuple[list[tuple[Cell, ...]], list[Paragraph]]:
    """Rows of cells from lines below the headings, and the lines after the last row."""
    roles = [role_of(name) or "" for name in names]
    groups, rest = _grouped(roles, body)
    return [_cells(roles, lines) for lines in groups], rest


def _grouped(roles: list[str], body: list[Paragraph]) -> tuple[list[list[Paragraph]], list[Paragraph]]:
    count = len(roles)
    if len(body) >= count and len(body) % count == 0:
        chunks = [body[at : at + count] for at in range(0, len(body), count)]
        if all(_fits(roles, chunk) for chunk in chunks):
            return chunks, []
    starts = [at for at, line in enumerate(body) if _starts_row(roles, line.text)]
    expected, chosen = None, []
    for at in starts:
        value = _value(body[at].text)
        if expected is None or value == expected or (value == 1 and at - chosen[-1] >= count - 1 and "number" in roles):
            if chosen and "number" not in roles and at - chosen[-1] < 2:
                continue
            chosen.append(at)
            expected = (value or 0) + 1
    if not chosen:
        return [], body
    ends = [*chosen[1:], len(body)]
    groups = [body[start:end] for start, end in zip(chosen, ends, strict=True)]
    usual = max((len(group) for group in groups[:-1]), default=max(count, 3))
    rest = groups[-1][max(usual, count) :]
    groups[-1] = groups[-1][: max(usual, count)]
    if any(len(group) > _MOST_LINES_OF_A_ROW for group in groups):
        return [], body
    return groups, rest


def _fits(roles: list[str], chunk: list[Paragraph]) -> bool:
    scores = [_affinity(role, line.text, True) for role, line in zip(roles, chunk, strict=True)]
    return not any(score < -1 for score in scores)


def _starts_row(roles: list[str], text: str) -> bool:
    if "number" in roles:
        return numeral(text) is not None
    return bool(re.match(r"^\(?\d{1,3}[.)](?!\d)", arabic(text)))


def _value(text: str) -> int | None:
    match = re.match(r"^\(?(\d{1,3})", arabic(text).strip())
    return int(match[1]) if match else None


def _affinity(role: str, text: str, first: bool) -> float:
    """How well a line suits a column; below 0 it does not."""
    if says_nothing(text):
        return 0.3 if role not in ("number", "title") else -1.5
    if role == "number":
        return 2.0 if numeral(text) is not None else -3.0
    if role.startswith("period"):
        return 2.0 if is_period(text) else -2.0
    if role == "unit":
        return 1.5 if len(text) < 80 and looks_like_units(text) else -1.6
    if role in TICKED:
        return 2.0 if is_tick(text) else -2.0
    if role.startswith("budget"):
        return 1.5 if looks_like_money(text) else -2.0
    if role == "percent":
        return 2.0 if re.fullmatch(r"(?:ร้อยละ\s*)?\d{1,3}(?:\.\d+)?\s*%?", arabic(text)) else -2.0
    typed = numeral(text) is not None or is_tick(text) or is_period(text) or looks_like_money(text)
    score = -0.8 if typed else 0.2
    if role == "status":
        return score + (1.5 if of_phrase(text) else -0.5)
    if role == "steps":
        return score + (0.7 if marks(text[:12]) or re.match(r"[-–•]", text) else 0.0)
    if role == "title":
        return score + (0.5 if first else 0.1)
    if role == "result":
        return score + (1.0 if of_phrase(text) else 0.6 if is_statement(text) else 0.0)
    if role == "suggestion":
        return score + (0.8 if re.match(r"ควร|ไม่มี|ขาด|ปัญหา", text) else -0.1)
    return score


def _cells(roles: list[str], lines: list[Paragraph]) -> tuple[Cell, ...]:
    """Lines of one row dealt to its columns in order, by what suits them best."""
    count, least = len(roles), float("-inf")
    lines = lines[:_MOST_LINES_OF_A_ROW]
    best = [[least] * count for _ in lines]
    back = [[0] * count for _ in lines]
    for at, line in enumerate(lines):
        for column, role in enumerate(roles):
            suits = _affinity(role, line.text, at == 0)
            if at == 0:
                best[0][column] = suits - 0.4 * column
                continue
            for before in range(column + 1):
                cost = 0.35 if before == column else 0.15 * (column - before - 1)
                value = best[at - 1][before] + suits - cost
                if value > best[at][column]:
                    best[at][column], back[at][column] = value, before
    column = max(range(count), key=lambda each: best[-1][each])
    texts: list[list[str]] = [[] for _ in roles]
    places = [lines[0].place] * count
    for at in range(len(lines) - 1, -1, -1):
        texts[column].insert(0, lines[at].text)
        places[column] = lines[at].place
        column = back[at][column]
    return tuple(Cell("\n".join(text), place) for text, place in zip(texts, places, strict=True))


# ------------------------------------------------------------------------------------------------------- label: value


@dataclass
class _Records:
    """Measures told as `label: value` lines while they are being read; each record is role -> (text, place)."""

    done: list[dict[str, tuple[str, str]]] = field(default_factory=list)
    open: dict[str, tuple[str, str]] | None = None
    role: str | None = None
    names: dict[str, str] = field(default_factory=dict)  # role -> its label as first printed, with a value where one has any
    told: set[str] = field(default_factory=set)  # roles whose label was printed with a value
    apart: set[str] = field(default_factory=set)  # roles of the open or last record whose label stands below an empty line

    def begin(self, number: str, title: str, place: str) -> None:
        if self.open is not None and not self.open["title"][0] and len(self.open) == 2:
            number = number or self.open["number"][0]  # "มาตรการที่ 1" above a card that prints the title
        self.close()
        self.open, self.role, self.apart = {"number": (number, place), "title": (title, place)}, "title", set()

    def close(self) -> None:
        if self.open is not None and len(self.open) > 2:
            self.done.append(self.open)
        self.open, self.role = None, None

    def label(self, role: str, name: str, text: str, place: str, apart: bool) -> None:
        assert self.open is not None
        self.apart |= {role} if apart else set()
        if role not in self.told:
            self.names[role] = name if text else self.names.get(role, name)  # "3) งบประมาณที่ใช้" may head the amounts below it
            self.told |= {role} if text else set()
        before = self.open.get(role, ("", place))  # problems and suggestions may have a label each
        self.open[role] = (f"{before[0]}\n{text}".strip(), before[1])
        self.role = role

    def go_on(self, text: str) -> None:
        if self.open is not None and self.role and (self.role != "title" or len(self.open) == 2):
            before, place = self.open[self.role]
            self.open[self.role] = ((before + "\n" + text).strip(), place)

    def follows(self, number: str) -> bool:
        """Whether a numbered line begins the next measure rather than being an item of this one."""
        if number.isdigit() and self.open is not None and self.role not in (None, "title"):
            # "1. ..." above it in the same cell: the next item of a list of methods
            lines = arabic(self.open[self.role][0][-_LETTERS_OF_A_LIST:]).split("\n")
            if any(re.match(rf"{int(number) - 1}[.)]", line.strip()) for line in lines):
                return False
        if self.open is None or len(self.open) == 2:
            return self.open is None or not self.open["title"][0] or self.role == "title"
        last = self.open["number"][0]
        return bool(number) and (not last or _next(last) == number or _next(last.rpartition(".")[0], ".1") == number)

    def ends(self, number: str) -> bool:
        """Whether a numbered line is the heading of the next part: "๓. ข้อพิจารณา" below "๒.๖ มาตรการ..."."""
        part, parted, _ = self.open["number"][0].partition(".") if self.open is not None else ("", "", "")
        return bool(parted) and number == _next(part)


def _next(number: str, then: str = "") -> str:
    """The number that follows another of its depth: "2.2" after "2.1"; `then`: what the next part's numbers go on with."""
    part, dot, last = number.rpartition(".")
    return f"{part}{dot}{int(last) + 1}{then}" if last.isdigit() else ""


@dataclass(frozen=True)
class _Said:
    """One line of a run: what it labels, or the measure that it opens."""

    line: Paragraph
    role: str | None = None
    name: str = ""
    text: str = ""
    opens: bool = False  # a number and a title, or the label of one
    number: str = ""
    surely: bool = False  # it opens a measure whatever stands above it


def _labelled(run: list[Paragraph]) -> tuple[list[Paragraph], Table, list[Paragraph]] | None:
    """(lines above, table, lines below) where a run tells measures as `label: value` lines below numbered titles, or one in a form."""
    fields, heads = _numbered_fields(run)
    form = bool(fields) or sum(bool(_LEADERS.search(line.text)) for line in run) >= _FEWEST_HEADINGS
    said = fields or _said(run, form)
    found, above, below = _records(said, form)
    above = heads + above
    records = found.done
    roles = {name for record in records for name in record}
    if len(records) < (1 if form else 2) or not tells_measures(dict(enumerate(roles))):
        return None
    below = _closing_words(records, found) + below
    columns = ["number", "title", *(name for name in found.names if any(name in record and record[name][0] for record in records))]
    heading = tuple(Cell({"number": "ที่", "title": "มาตรการ"}.get(name) or found.names[name], run[0].place) for name in columns)
    rows = [tuple(Cell(*record.get(name, ("", record["title"][1]))) for name in columns) for record in records]
    return above, Table((heading, *rows), records[0]["title"][1]), below


def _numbered_fields(run: list[Paragraph]) -> tuple[list[_Said], list[Paragraph]]:
    """(what each line says, the lines that head each form) where a run is forms whose fields are numbered: "๑. ชื่อโครงการ : ..." to
    "๘. ผู้รับผิดชอบ : ...", each project anew from the same number. ([], []) where it is none."""
    found = [_NUMBERED_FIELD.match(arabic(line.text)) for line in run]
    labels = [_role_of_label(each[2]) if each else None for each in found]
    titles = [at for at, role in enumerate(labels) if role == "title" and found[at][1] == found[labels.index("title")][1]]
    if not titles or len({role for role in labels if role in _LABELS}) < _FEWEST_HEADINGS:
        return [], []
    above = [key(run[at - 1].text) for at in titles if at]
    heads = {at - 1 for at in titles if at} if len(above) > 1 and len(set(above)) == 1 else set()
    said: list[_Said] = []
    number = 0  # of the last field: lists within a field have numbers of their own
    for at, line in enumerate(run):
        if at in heads:
            continue
        field_of_form = found[at]
        if at in titles:
            number = int(field_of_form[1])
            said.append(_Said(line, "title", field_of_form[2], one_line(line.text[field_of_form.start(3) :]), opens=True, surely=True))
        elif field_of_form and number and int(field_of_form[1]) == number + 1:
            number += 1
            said.append(
                _Said(line, labels[at] or f"other {field_of_form[2]}", field_of_form[2], line.text[field_of_form.start(3) :].strip())
            )
        else:
            said.append(_Said(line))
    return said, [run[at] for at in sorted(heads)]


def _said(run: list[Paragraph], form: bool) -> list[_Said]:
    # Where measures are called by name, "๑) ..." numbers the methods of one.
    by_name = sum(bool(_OPENS_ALONE.match(arabic(line.text))) for line in run) > 1
    headings = {at for first in range(len(run)) if (found := _headings(run, first)) for at in range(first, first + found[1])}
    if form:
        return [_of_form(line) for line in run]
    said = _groups_below_titles([_of_line(line, by_name, at in headings) for at, line in enumerate(run)])
    return said if by_name else _numbered_within(said)


def _groups_below_titles(said: list[_Said]) -> list[_Said]:
    """The lines where one between a title and the first label of its measure says to what it belongs ("ตัวชี้วัดที่เกี่ยวข้อง  ..."): no more
    of the title. Its label is known as that of a group, or stands below more than one title."""
    below = {
        at: label
        for at in range(1, len(said) - 1)
        if not said[at].role and not said[at].opens and said[at - 1].opens and said[at + 1].role in _LABELS
        if (label := _LABEL.match(said[at].line.text) or _SET_APART.match(said[at].line.text))
    }
    times = Counter(key(label[1]) for label in below.values())
    found = list(said)
    for at, label in below.items():
        known = _GROUPS.get(role_of(label[1]) or "") or ("group" if heading_of(label[2].strip()) else None)
        if known or times[key(label[1])] > 1:
            found[at] = replace(said[at], role=known or "other", name=label[1], text=label[2].strip())
    return found


def _numbered_within(said: list[_Said]) -> list[_Said]:
    """The lines where those numbered within a part ("๒.๑ มาตรการ...") open measures, if what labels one stands right below nearly all."""
    found = {
        at: match
        for at, each in enumerate(said)
        if not each.role and not each.opens and (match := _OPENS_WITHIN.match(arabic(each.line.text)))
    }
    labelled = [at for at in found if at + 1 < len(said) and said[at + 1].role in _LABELS]
    if len(labelled) < 2 or 4 * len(labelled) < 3 * len(found):
        return said
    opened = {
        at: replace(said[at], opens=True, number=found[at][1], text=one_line(said[at].line.text[found[at].start(2) :])) for at in labelled
    }
    return [opened.get(at, each) for at, each in enumerate(said)]


def _of_form(line: Paragraph) -> _Said:
    """A line of a filled form: `3.1) งบประมาณที่ใช้จ่ายจริง.....28,500.....บาท`; its numbers are those of the form."""
    label, leaders, value = _LEADERS.sub("\n", line.text).partition("\n")
    name, value = _FIELD_NUMBER.sub("", arabic(label)).strip(), " ".join(value.split())
    role = _role_of_label(name)
    if role_of(name) == "number" and numeral(value) is not None:
        return _Said(line, "number", name, value)
    if role == "title" and value:
        return _Said(line, role, name, value, opens=True, surely=True)
    if not leaders and name == label.strip():
        return _Said(line)
    if not name:
        return _Said(replace(line, text=value))  # what is written on the dots below a label
    return _Said(line, role or "other", name, value)


def _of_line(line: Paragraph, by_name: bool, in_headings: bool) -> _Said:
    if alone := _OPENS_ALONE.fullmatch(arabic(line.text).strip()):
        return _Said(line, opens=True, number=alone[1], surely=True)
    match = _LABEL.match(line.text) or _bare_label(line.text) or (None if in_headings else _label_alone(line.text))
    if match and isinstance(line, _Field) and role_of(match[1]) == "number" and numeral(match[2].strip()) is not None:
        return _Said(line, opens=True, number=arabic(match[2].strip()), surely=True)
    role = _role_of_label(match[1]) if match else None
    opening = _OPENS.match(arabic(line.text)) if not role or role == "title" else None
    if opening and by_name and not opening[1]:
        opening = None
    if not opening and role != "title":
        if match and not role and isinstance(line, _Field):
            role = _GROUPS.get(role_of(match[1]) or "", "other")
        return _Said(line, role, match[1], match[2].strip()) if role and match else _Said(line)
    text = one_line(line.text[opening.start(3) :] if opening else match[2])  # type: ignore[index]
    inner = _LABEL.match(text)
    if inner and role_of(inner[1]) == "title":
        text = inner[2]
    number = next((group for group in opening.groups()[:2] if group), "") if opening else ""
    surely = opening is None or (by_name and bool(opening[1]))
    return _Said(line, role, match[1] if match else "", text, opens=True, number=number, surely=surely)


def _role_of_label(label: str) -> str | None:
    role = role_of(_FIELD_NUMBER.sub("", arabic(label)).strip())
    return None if role in ("group", "mission", "number", "month") else role


def _records(said: list[_Said], form: bool) -> tuple[_Records, list[Paragraph], list[Paragraph]]:
    """(measures, lines above the first, lines below the last)."""
    found = _Records()
    above: list[Paragraph] = []
    below: list[Paragraph] = []
    aside: list[Paragraph] = []
    number = ""  # a form prints it above the title
    for at, each in enumerate(said):
        if is_caption(each.line.text) or is_count(each.line.text):
            aside.append(each.line)
        elif form and each.role == "number":
            number, aside, below = each.text, aside + below, []  # the next form of a booklet
        elif below and form and each.opens and each.surely:
            aside, below = aside + below, []
            found.begin(number, each.text, each.line.place)
            number = ""
        elif below or (_SIGNED.match(each.line.text) and (found.done or form and found.open is not None)):
            below.append(each.line)
        elif found.ends(each.number):
            found.close()
            aside.append(each.line)
        elif form and each.opens:
            found.begin(number, each.text, each.line.place)
            number = ""
        elif each.opens and (each.surely or found.follows(each.number)):
            found.begin(each.number, each.text, each.line.place)
        elif each.role and found.open is not None:
            found.label(each.role, each.name, each.text, each.line.place, _parted(said[at - 1].line.place, each.line.place))
        elif found.open is not None:
            found.go_on(each.line.text)
        elif not found.done:
            above.append(each.line)
        else:
            aside.append(each.line)
    found.close()
    return found, above, below + aside


def _parted(before: str, place: str) -> bool:
    """Whether an empty line may stand between two places; only lines of text tell."""
    return apart(before, place) or not place.startswith("line ")


def _closing_words(records: list[dict[str, tuple[str, str]]], found: _Records) -> list[Paragraph]:
    """Problems and suggestions below an empty line that only the last measure has: taken from it, for they close the report."""
    only = [role for role in ("suggestion", "remark", "other") if role in records[-1] and not any(role in each for each in records[:-1])]
    if not found.apart & set(only):
        return []
    return [Paragraph(f"{found.names[role]} {text}", place) for role in only for text, place in [records[-1].pop(role)]]


def _label_alone(text: str) -> re.Match | None:
    """`วิธีการดำเนินการ` alone on its line: a known heading whose cell begins on the next line."""
    match = re.match(r"^([\u0e01-\u0e4e/ ]{6,40})()$", text)
    return match if match and role_of(text) in _LABELS else None


def _bare_label(text: str) -> re.Match | None:
    """`ผู้รับผิดชอบ สำนักปลัด`: a known heading and what it says, without a colon."""
    match = re.match(r"^([\u0e01-\u0e4e/]{7,40})\s+(\S.*)$", text, re.DOTALL)
    return match if match and role_of(match[1]) in _LABELS else None
