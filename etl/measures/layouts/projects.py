"""Projects in brackets under a dimension and its missions: "(๑) โครงการ..." is a measure, what stands before it are headings."""

import re
from dataclasses import replace

from etl.findings import finding
from etl.measures.columns import role_of
from etl.measures.drafts import Draft, Read, clean_title, shared_out
from etl.measures.groups import NO_GROUP, Group, heading_of, is_deeper
from etl.measures.status import says_nothing
from etl.measures.tables import ROWS_TO_TELL, MeasureTable, Row
from etl.printed import items
from etl.printed.thai import key, one_line

_LEADING = ("group", "mission", "number", "title")
_NAMED = re.compile(r"^(?:โครงการ|มาตรการ|มาตราการ|กิจกรรม)")


def recognises(table: MeasureTable) -> bool:
    """Whether most rows with a title bear a number in brackets among their leading cells, and headings stand before them."""
    titled = [row for row in table.rows[:ROWS_TO_TELL] if any(not says_nothing(row.text(role)) for role in ("mission", "title"))]
    bracketed = sum(bool(_bracketed(row)) for row in titled)
    return bool(titled) and table.has("group", "mission") and bracketed >= 0.5 * len(titled)


def _bracketed(row: Row) -> list[tuple[str, items.Item]]:
    """(role of the cell, item) of every project that the leading cells of a row print, each once."""
    found: list[tuple[str, items.Item]] = []
    for role in ("title", "mission", "group"):
        for item in _round_items(row.text(role)):
            if not any(item.number == other.number and items.similarity(item.text, other.text) > 0.85 for _, other in found):
                found.append((role, item))
    return found


def _round_items(text: str) -> list[items.Item]:
    marks = [mark for mark in items.marks(text) if mark.style == "round"]
    chain = []
    for mark in marks:
        if not chain or mark.starts_line or mark.value == chain[-1].value + 1:
            chain.append(mark)
    ends = [*(mark.begin for mark in chain[1:]), len(text)]
    return [items.Item(mark.number, text[mark.end : end].strip(), mark.begin, "round") for mark, end in zip(chain, ends, strict=False)]


def read(table: MeasureTable) -> Read:
    """Every project as a measure under its dimension; a project printed again on the next page goes on."""
    out = Read()
    group = NO_GROUP
    for row in table.rows:
        if row.group is not None and row.fresh:
            group = row.group
        if row.is_total:
            out.findings.append(finding("ignored_row", row.place, raw=one_line(" ".join(row.texts.values()))[:80]))
            continue
        group = _dimension(row, group, out)
        if row.shifted:
            out.findings.append(finding("shifted_cells", row.place))
        texts = {role: _without_heading(text) for role, text in row.texts.items() if role not in _LEADING}
        found = _bracketed(row)
        if not found and _NAMED.match(row.text("title")) and role_of(row.text("title")) is None and not row.fresh:
            found = [("title", items.Item("", row.text("title"), 0, ""))]
        if not found:
            tail = row.text("title")
            if row.fresh and out.drafts and not says_nothing(tail) and role_of(tail) is None and not items.marks(tail[:12]):
                out.drafts[-1].title = f"{out.drafts[-1].title} {clean_title(tail)}"
            if out.drafts and any(not says_nothing(text) for text in texts.values()):
                out.drafts[-1].add(texts)
                out.findings.append(finding("continued_row", row.place, raw=one_line(texts.get("result") or " ".join(texts.values()))[:80]))
            continue
        if not row.shifted and any(role != "title" for role, _ in found):
            out.findings.append(finding("shifted_cells", row.place, raw=one_line(found[0][1].text)[:80]))
        texts = row.with_above(texts)
        titles = [clean_title(item.text) for _, item in found]
        shares, unclear = shared_out(texts, titles, table.has("period_done"))
        out.findings += [finding("unaligned_items", row.place, raw=texts[role][:120], column=role) for role in unclear]
        for (role, item), title, share in zip(found, titles, shares, strict=True):
            last = out.drafts[-1] if out.drafts else None
            if last and last.number == item.number and last.group == group and items.similarity(last.title or "", title) > 0.85:
                last.add(share)
                out.findings.append(finding("repeated_measure", row.place, raw=title[:80], number=item.number))
                continue
            draft = Draft(table.section, row.place_of(role, table.roles), item.number or None, title, group, group_text=row.text("group"))
            draft.add(share)
            draft.shared = "result" in row.above
            draft.happened = bool(share.get("period_done"))
            out.drafts.append(draft)
    return out


def _dimension(row: Row, group: Group, out: Read) -> Group:
    text = row.text("group")
    if says_nothing(text):
        return group
    found = heading_of(text, dimension=True)
    if found is not None:
        new = found[0]
        if new.number == group.number and new.kind == group.kind:
            return group if len(key(group.name or "")) >= len(key(new.name or "")) else replace(group, name=new.name)
        return new
    rule = "shifted_cells" if is_deeper(text) else "continued_row"
    if not (rule == "shifted_cells" and row.shifted):
        out.findings.append(finding(rule, row.place, raw=one_line(text)[:80]))
    return group


def _without_heading(text: str) -> str:
    """A cell into which the heading of its column was read: "ผลการดำเนินงาน/ผลลัพธ์/ผลสัมฤทธิ์ - มี..." loses it."""
    first, gap, rest = text.partition("\n")
    if gap and len(first) < 60 and role_of(first) in ("result", "title", "outcome") and "/" in first:
        return rest
    if match := re.match(r"^([^\s\-–]{10,60}/[^\s\-–]{5,60})\s+(?=[-–])", text):
        return text[match.end() :] if role_of(match[1]) in ("result", "outcome") else text
    return text
