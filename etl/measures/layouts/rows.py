"""A row is a measure: by the number in its first column or before its title; several numbered titles in a cell are several."""

import re
from dataclasses import dataclass, field, replace

from etl.findings import finding
from etl.formats.document import UNREAD
from etl.measures.drafts import Draft, Read, clean_title, shared_out
from etl.measures.groups import NO_GROUP, Group, heading_of, is_other_heading
from etl.measures.status import TICKED, says_nothing
from etl.measures.tables import ROWS_TO_TELL, MeasureTable, Row
from etl.printed import items
from etl.printed.thai import arabic, item_number, key, numeral, one_line

_NAMED_NUMBER = re.compile(r"^(?:ข้อ|มาตรการ|โครงการ|กิจกรรม)\s*(?:ที่)?\s*(\d{1,3})(?!\d)\s*(?:[:)]|\.(?!\d))?\s+(?=\S)")
_BARE_NUMBER = re.compile(r"^(\d{1,2})\s+(?=[ก-ฮเ-ไ])")  # its column stood too near to the titles' to be told from it
_UNREAD_NUMBER = re.compile(rf"[(\d๐-๙.]{{0,3}}{UNREAD}[\d๐-๙.){UNREAD}]{{0,5}}")
_TO_FILL_IN = re.compile(r"(?:[.…_]\s*){4,}")
_OWN = ("unit", "period", "period_done", "result", "status", "percent", "outcome", *TICKED)


@dataclass(frozen=True)
class _Seen:
    """A row as it is taken: its `title` and `number`, whether it opened with a heading (`head`), its other `texts` by role."""

    row: Row
    title: str
    number: str | None
    head: bool
    texts: dict[str, str]

    @property
    def own(self) -> bool:
        """Whether it says who, when, or what came of it."""
        return any(not says_nothing(self.row.text(role)) for role in _OWN)

    @property
    def says_more(self) -> bool:
        return any(not says_nothing(text) for text in self.texts.values())


@dataclass
class _State:
    table: MeasureTable
    numbers: bool  # a column numbers the measures
    mostly_numbered: bool
    out: Read = field(default_factory=Read)
    group: Group = NO_GROUP
    group_text: str = ""
    last_step: int = 0
    numbered_headings: bool = False  # the number column numbers headings, and each holds a list of measures

    def ignore(self, row: Row, text: str) -> None:
        self.out.findings.append(finding("ignored_row", row.place, raw=one_line(text)[:80]))

    @property
    def last(self) -> Draft | None:
        return self.out.drafts[-1] if self.out.drafts else None


def recognises(table: MeasureTable) -> bool:
    """Every table of measures that no other layout claims."""
    return table.has("title")


def read(table: MeasureTable) -> Read:
    """Rows -> measures, with what goes on over pages joined and headings kept as groups."""
    numbers = _numbers(table)
    bare = not numbers and _bare_numbers(table)
    state = _State(table, numbers, bare or _mostly_numbered(table))
    dimension = any(role == "group" and "มิติ" in table.headings.get(column, "") for column, role in table.roles.items())
    for at, row in enumerate(table.rows):
        if row.group is not None and row.fresh:
            state.group, state.group_text = row.group, ""
        if row.shifted:
            state.out.findings.append(finding("shifted_cells", row.place))
        if _skipped(row, state) or _heading_row(row, state, table.rows[at + 1] if at + 1 < len(table.rows) else None, dimension):
            continue
        _group_cell(row, state, dimension)
        title, head = _title(row, state)
        number = _number(row) if numbers else None
        if not numbers and (named := _NAMED_NUMBER.match(arabic(title)) or (bare and _BARE_NUMBER.match(arabic(title)))):
            number, title = named[1], title[named.end() :]
        texts = {role: text for role, text in row.texts.items() if role not in ("title", "number", "group", "mission")}
        _take(_Seen(row, title, number, head, texts), state)
    return state.out


def _numbers(table: MeasureTable) -> bool:
    return table.has("number") and any(_number(row) for row in table.rows)


def _number(row: Row) -> str | None:
    """The number of a row; UNREAD where a picture's was not read surely: the row bears one, whichever it is."""
    text = row.text("number")
    return UNREAD if _UNREAD_NUMBER.fullmatch(text.strip()) else item_number(text)


def _mostly_numbered(table: MeasureTable) -> bool:
    titled = [row for row in table.rows[:ROWS_TO_TELL] if not says_nothing(row.text("title"))]
    if table.has("number"):
        return sum(_number(row) is not None for row in titled) >= 0.5 * len(titled)
    with_mark = 0
    for row in titled:
        found = heading_of(row.text("title"))
        text = found[1] if found else row.text("title")
        head, numbered = items.numbered(text)
        with_mark += (bool(numbered) and not head) or bool(_NAMED_NUMBER.match(arabic(text)))
    return with_mark >= 0.5 * len(titled)


def _bare_numbers(table: MeasureTable) -> bool:
    """Whether titles begin with numbers and nothing but a space: 1, 2, 3, ... in most rows."""
    titled = [arabic(row.text("title")) for row in table.rows[:ROWS_TO_TELL] if not says_nothing(row.text("title"))]
    found = [int(match[1]) for title in titled if (match := _BARE_NUMBER.match(title))]
    return len(found) >= 2 and 2 * len(found) >= len(titled) and found == list(range(1, len(found) + 1))


def _is_open(row: Row) -> bool:
    """Whether the title of a row is a dotted line: a measure whose title is yet to be filled in."""
    return bool(_TO_FILL_IN.fullmatch(row.text("title").strip()))


def _filled(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if not says_nothing(cell.text)]


def _skipped(row: Row, state: _State) -> bool:
    """Totals, signatures and notes are no measures; each is named."""
    if row.is_total:
        state.out.findings.append(finding("ignored_row", row.place, raw=one_line(next(iter(_filled(row))))[:80]))
    return row.is_total


def _heading_row(row: Row, state: _State, following: Row | None, dimension: bool) -> bool:
    """A row of one filled cell: a heading over the rows below it."""
    filled = _filled(row)
    if _is_mission(row, filled, following):
        if state.group.kind == "none":
            state.group, state.group_text = Group("none", _number_of(row), clean_title(row.text("title"))), " ".join(filled)
        else:
            state.ignore(row, " ".join(filled))  # the dimension above it is the group of its projects
        return True
    if len(filled) != 1 or _is_open(row) or (row.fresh and state.last is not None and heading_of(filled[0]) is None):
        return False
    text = filled[0]
    found = heading_of(text, dimension and not says_nothing(row.text("group")))
    if found is not None and not found[1]:
        state.group, state.group_text = found[0], text
        return True
    if found is not None or len(text) > 200:
        return False
    head, numbered = items.numbered(text)
    own = numbered[0].number if numbered and not head else None
    next_title = following.text("title") if following else ""
    next_number = (_number(following) or "") if following else ""
    _, next_items = items.numbered(next_title)
    next_number = next_number or (next_items[0].number if next_items else "")
    opens = own is not None and next_number.startswith(own + ".")
    if (
        is_other_heading(text)
        or opens
        or (row.text("number") and _number(row) is None)
        or (own is None and not row.text("steps") and len(text) < 120)
    ):
        state.group, state.group_text = Group("none", own, one_line(re.sub(r"^\(?[\d๐-๙]{1,2}[.)]\s*", "", text))), text
        return True
    return False


def _number_of(row: Row) -> str | None:
    """The number of a row, in its own column or before its title."""
    if number := _number(row):
        return number
    head, numbered = items.numbered(row.text("title"))
    return numbered[0].number if numbered and not head else None


def _is_mission(row: Row, filled: list[str], following: Row | None) -> bool:
    """Whether a row is a mission of a plan, numbered "1.1" with nothing beside its words, over projects that count on through all missions,
    or within it ("1.1.1"), and have something beside theirs."""
    words = [row.text(role) for role in ("number", "title") if not says_nothing(row.text(role))]
    own = _number_of(row) if filled == words else None
    if own is None or own.count(".") != 1 or following is None or len(_filled(following)) <= len(filled):
        return False
    below = _number_of(following) or ""
    return below.isdigit() or below.startswith(own + ".")


def _group_cell(row: Row, state: _State, dimension: bool) -> None:
    for role in ("group", "mission"):
        text = row.text(role)
        if says_nothing(text):
            continue
        found = heading_of(text, dimension)
        if found is not None:
            state.group, state.group_text = found[0], text
            return
        if role == "group" and not dimension:
            head, numbered = items.numbered(text)
            number = numbered[0].number if numbered and not head else None
            name = one_line(re.sub(r"^\(?[\d๐-๙]{1,2}[.)]\s*", "", text))[:160]
            state.group, state.group_text = Group("none", number, name), text
            return


def _title(row: Row, state: _State) -> tuple[str, bool]:
    """(title cell without the heading that it opens with, whether it opened with one)."""
    title = row.text("title")
    if says_nothing(title):
        return "", False
    found = heading_of(title)
    if found is None:
        return title, False
    state.group, state.group_text = found[0], title
    return "" if says_nothing(found[1]) else found[1], True


def _take(seen: _Seen, state: _State) -> None:
    """One row that is no heading: a measure, several, or more of the one before."""
    if state.numbers and seen.number is None and not says_nothing(seen.row.text("number")):
        state.ignore(seen.row, seen.row.text("number"))
        return
    before, listed = _listed(seen, state)
    if _is_open(seen.row) and seen.own:
        state.out.findings.append(finding("lost_title", seen.row.place, raw=one_line(seen.row.text("title"))[:80]))
        _add(state, seen.row, state.table, seen.number, None, seen.texts)
        return
    if not seen.title.strip():
        if not (seen.head and not seen.number):
            _take_untitled(seen, state)
            return
        if not seen.says_more:
            return
        seen = replace(seen, title=state.group.name or "")  # a heading that is a measure itself
    if listed and before and not seen.head and not (state.mostly_numbered and seen.row.fresh and state.last):
        listed = []  # numbers inside a title are its own points
    if listed and all(item.text for item in listed):
        if before and state.last is not None:
            state.last.title = f"{state.last.title or ''} {before}".strip()
        _several(seen.row, state.table, state, listed, seen.texts)
    elif _is_step_before(seen, state):
        state.out.findings.append(finding("shifted_cells", seen.row.place, raw=one_line(seen.title)[:80]))
        _go_on(state, seen.row, seen.texts | {"steps": seen.title}, told=True)
    elif _title_goes_on(seen, state):
        _lengthen(state, seen.title)
        _go_on(state, seen.row, seen.texts)
    elif _is_printed_again(seen, state):
        if seen.row.fresh:
            state.out.findings.append(finding("repeated_measure", seen.row.place, raw=one_line(seen.title)[:80], number=seen.number or "–"))
        _go_on(state, seen.row, seen.texts, told=True)
    elif _is_words_alone(seen, state, listed):
        state.ignore(seen.row, seen.title)
    else:
        _add(state, seen.row, state.table, seen.number, _without_number(seen.title, seen.number), seen.texts)


def _listed(seen: _Seen, state: _State) -> tuple[str, list[items.Item]]:
    """(what stands before them, the measures that a title cell lists); numbers that are the measure's own list none."""
    under_heading = seen.head or (state.group.kind != "none" and not says_nothing(seen.row.text("group")))
    before, listed = items.numbered(seen.title) if not state.numbers or under_heading else ("", [])
    state.numbered_headings = state.numbered_headings or (state.numbers and under_heading and not before and len(listed) > 1)
    dashes = items.paragraphs(seen.title)
    if not state.numbers and not listed and under_heading and len(dashes) > 1 and all(re.match(r"[-–•]", line) for line in dashes):
        # Methods with dashes under an indicator are as good as numbered ones.
        return "", [items.Item("", clean_title(line), 0, "") for line in dashes]
    if (state.numbers or seen.number is not None) and (before or not state.numbered_headings):
        return before, []  # the number is the measure's own, not that of a heading over several
    return before, listed


def _take_untitled(seen: _Seen, state: _State) -> None:
    """A row without a title: a measure whose title is lost, more of the one before, or nothing that can be placed."""
    if _lost(seen.row, state, seen.number):
        state.out.findings.append(finding("lost_title", seen.row.place, raw=one_line(seen.row.text("steps"))[:80]))
        _add(state, seen.row, state.table, seen.number, None, seen.texts)
    elif state.last is not None:
        _go_on(state, seen.row, seen.texts)
    elif seen.says_more:
        state.ignore(seen.row, " ".join(seen.texts.values()))


def _is_step_before(seen: _Seen, state: _State) -> bool:
    """The steps of the measure before it, one cell too far left."""
    unnumbered = state.numbers and seen.number is None and state.last is not None
    return unnumbered and not seen.own and bool(state.last_step) and _next_step(seen.title, state.last_step)


def _title_goes_on(seen: _Seen, state: _State) -> bool:
    """A title without a number, where titles have one: it goes on below a page break, or with nothing of its own beside it."""
    return seen.number is None and state.mostly_numbered and state.last is not None and (seen.row.fresh or not seen.own) and not seen.head


def _lengthen(state: _State, title: str) -> None:
    last = state.last
    assert last is not None
    again = last.title and items.similarity(last.title, title) > 0.9 and len(key(title)) > 0.7 * len(key(last.title))
    if not again:
        last.title = f"{last.title or ''} {clean_title(title)}".strip()


def _is_printed_again(seen: _Seen, state: _State) -> bool:
    repeated = state.last is not None and _repeated(state.last, seen.number, seen.title, state.group)
    return repeated and (seen.row.fresh or seen.number is not None)


def _is_words_alone(seen: _Seen, state: _State, listed: list[items.Item]) -> bool:
    """A title without a number, with nothing beside it, where numbers do not tell measures: no measure."""
    told = seen.own or any(seen.row.above.get(role) for role in _OWN)
    return seen.number is None and not told and says_nothing(seen.row.text("steps")) and not state.mostly_numbered and not listed


def _next_step(title: str, last_step: int) -> bool:
    head, listed = items.numbered(title, after=last_step)
    return bool(listed) and not head and listed[0].value == last_step + 1


def _without_number(title: str, number: str | None) -> str:
    """A title beside a number column that prints the number once more loses it."""
    if number is None:
        return title
    match = re.match(r"^\(?(\d{1,3}(?:\.\d{1,2})*)[.)]\s*", arabic(title))
    return title[match.end() :] if match and match[1] == number else title


def _lost(row: Row, state: _State, number: str | None) -> bool:
    """A row without title that begins a new list of steps, or bears the next number: a measure whose title is lost."""
    last = state.last
    if last is None or (number is None and row.above.get("title")):
        return False
    if number is not None:
        return number != last.number
    _, steps = items.numbered(row.text("steps"))
    restarts = bool(steps) and steps[0].value == 1 and steps[0].begin == 0 and state.last_step >= 1
    return restarts and any(not says_nothing(row.text(role)) for role in _OWN)


def _repeated(last: Draft, number: str | None, title: str, group: Group) -> bool:
    if last.number != number or last.group != group or not last.title:
        return False
    return items.similarity(last.title, _without_number(title, number)) > 0.9 and abs(len(last.title) - len(title)) < 0.3 * len(title) + 12


def _several(row: Row, table: MeasureTable, state: _State, listed: list[items.Item], texts: dict[str, str]) -> None:
    last = state.last
    if last is not None and len(listed) == 1 and _repeated(last, listed[0].number, listed[0].text, state.group):
        if row.fresh:
            state.out.findings.append(finding("repeated_measure", row.place, raw=one_line(listed[0].text)[:80], number=listed[0].number))
        _go_on(state, row, texts, told=True)
        return
    titles = [clean_title(item.text) for item in listed]
    shares, unclear = shared_out(row.with_above(texts), titles, table.has("period_done"))
    state.out.findings += [finding("unaligned_items", row.place, raw=row.with_above(texts)[role][:120], column=role) for role in unclear]
    for item, title, share in zip(listed, titles, shares, strict=True):
        _add(state, row, table, item.number, title, share)


def _add(state: _State, row: Row, table: MeasureTable, number: str | None, title: str | None, texts: dict[str, str]) -> None:
    place = row.place_of("title", table.roles) if title else row.place_of("steps", table.roles)
    draft = Draft(table.section, place, number or None, clean_title(title) if title else None, state.group, group_text=state.group_text)
    texts = row.with_above(texts)
    draft.add(texts)
    draft.shared = "result" in row.above
    draft.happened = bool(not says_nothing(texts.get("period_done", "")))
    state.out.drafts.append(draft)
    state.last_step = _last_step(texts.get("steps", ""), 0)


def _go_on(state: _State, row: Row, texts: dict[str, str], told: bool = False) -> None:
    last = state.last
    assert last is not None
    if any(not says_nothing(text) for text in texts.values()):
        last.add(texts)
        if row.fresh and not told:
            state.out.findings.append(finding("continued_row", row.place, raw=one_line(" ".join(text for text in texts.values()))[:80]))
    state.last_step = _last_step(texts.get("steps", ""), state.last_step)


def _last_step(steps: str, before: int) -> int:
    _, listed = items.numbered(steps, after=before or None)
    if not listed:
        _, listed = items.numbered(steps)
    return listed[-1].value if listed else before or (1 if not says_nothing(steps) and numeral(steps) is None else 0)
