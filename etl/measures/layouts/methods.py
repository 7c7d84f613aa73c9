"""Numbered methods under a heading: the first column holds only indicators, and each method to its right is a measure."""

from dataclasses import dataclass, field

from etl.findings import finding
from etl.measures.drafts import Draft, Read, clean_title, shared_out
from etl.measures.groups import NO_GROUP, Group, heading_of
from etl.measures.status import says_nothing
from etl.measures.tables import ROWS_TO_TELL, MeasureTable, Row
from etl.printed import items
from etl.printed.thai import key


def recognises(table: MeasureTable) -> bool:
    """Whether every filled cell of the title column is a heading and nothing else, with methods beside it."""
    if not table.has("title") or not table.has("steps"):
        return False
    rows = [row for row in table.rows[:ROWS_TO_TELL] if not says_nothing(row.text("title"))]
    heads = [found for row in rows if (found := _heading(row)) is not False]
    filled = len(rows)
    return filled > 0 and len(heads) >= 0.8 * filled


def _heading(row) -> tuple[Group, str] | bool:
    found = heading_of(row.text("title"))
    if found is None:
        return False
    # Details of the heading (sub-indicators, item codes) may follow; numbered items of its own are measures.
    return found if not items.numbered(found[1], style="dot")[1] or _only_details(found[1]) else False


def _only_details(rest: str) -> bool:
    _, found = items.numbered(rest, style="dot")
    return all("." in item.number for item in found)


@dataclass
class _State:
    out: Read = field(default_factory=Read)
    group: Group = NO_GROUP
    group_text: str = ""
    last_number: int = 0
    shared: dict[str, str] = field(default_factory=dict)  # what the heading's first row prints once for all of its methods


def read(table: MeasureTable) -> Read:
    """Every numbered method as a measure, under the heading that stands before it."""
    state = _State()
    for row in table.rows:
        if row.group is not None and row.fresh:
            state.group, state.group_text = row.group, ""
        if row.is_total:
            state.out.findings.append(finding("ignored_row", row.place, raw=" ".join(row.texts.values())[:80]))
            continue
        opens = _heading_cell(row, state)
        _take(row, table, state, opens)
    return state.out


def _heading_cell(row: Row, state: _State) -> bool:
    """Takes in the heading of a row; whether it is another one than before."""
    title = row.text("title")
    if says_nothing(title):
        return False
    found = heading_of(title)
    if found is None:
        if row.fresh:
            state.group_text += "\n" + title  # item codes that go on below the heading's own page
            for draft in state.out.drafts:
                draft.group_text = state.group_text if draft.group is state.group else draft.group_text
        return False
    state.group_text = title
    if key(found[0].name or "") == key(state.group.name or "") and found[0].kind == state.group.kind:
        return False
    state.group, state.last_number, state.shared = found[0], 0, {}
    return True


def _take(row: Row, table: MeasureTable, state: _State, opens: bool) -> None:
    texts = {role: text for role, text in row.texts.items() if role not in ("title", "steps", "number")}
    goes_on = not opens and says_nothing(row.text("title")) and bool(state.out.drafts)
    methods = _methods(row, state, texts, opens, goes_on)
    if not methods:
        if state.out.drafts and not _says_nothing(texts) and methods is not None:
            state.out.drafts[-1].add(texts)
        return
    texts = row.with_above(_with_shared(row, texts, state) if goes_on else texts)
    titles = [item.text for item in methods]
    shares, unclear = shared_out(texts, titles, table.has("period_done"))
    for item, share in zip(methods, shares, strict=True):
        place, title = row.place_of("steps", table.roles), clean_title(item.text)
        draft = Draft(table.section, place, item.number or None, title, state.group, group_text=state.group_text)
        draft.add(share)
        draft.shared = "result" in row.above
        state.out.drafts.append(draft)
    state.out.findings += [finding("unaligned_items", row.place, raw=texts[role][:120], column=role) for role in unclear]
    state.last_number = methods[-1].value
    state.shared = {role: text for role, text in texts.items() if len(titles) == 1 or all(share.get(role) == text for share in shares)}


def _methods(row: Row, state: _State, texts: dict[str, str], opens: bool, goes_on: bool) -> list[items.Item] | None:
    """The methods that a row prints; [] where it prints none, None where it only goes on with the one before."""
    steps = row.text("steps")
    before, found = items.numbered(steps, after=state.last_number if goes_on or (not opens and state.last_number) else None)
    if not found and not says_nothing(steps):
        if goes_on and row.fresh and _says_nothing(texts):
            _go_on(row, state, steps)
            return None
        return [items.Item("", steps, 0, "")]
    if found and before and goes_on and row.fresh:
        _go_on(row, state, before)
    return found


def _go_on(row: Row, state: _State, text: str) -> None:
    last = state.out.drafts[-1]
    last.title = f"{last.title} {text}"
    state.out.findings.append(finding("continued_row", row.place, raw=text[:80]))


def _with_shared(row: Row, texts: dict[str, str], state: _State) -> dict[str, str]:
    """The cells of a row that goes on, with what was printed once: all of it at the top of a page, else unit and period of the heading."""
    if row.fresh and _says_nothing(texts):
        return dict(state.shared)
    reaches = {role: text for role, text in state.shared.items() if role in ("unit", "period", "period_done", "monitoring")}
    return reaches | {role: text for role, text in texts.items() if not says_nothing(text)}


def _says_nothing(texts: dict[str, str]) -> bool:
    return all(says_nothing(text) for text in texts.values())
