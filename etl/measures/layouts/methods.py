"""Numbered methods under a heading: the first column holds only indicators, and each method to its right is a measure."""

from etl.findings import finding
from etl.measures.drafts import Draft, Read, clean_title, shared_out
from etl.measures.groups import NO_GROUP, Group, heading_of
from etl.measures.status import says_nothing
from etl.measures.tables import ROWS_TO_TELL, MeasureTable
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


def read(table: MeasureTable) -> Read:
    """Every numbered method as a measure, under the heading that stands before it."""
    out = Read()
    group, group_text, last_number = NO_GROUP, "", 0
    shared: dict[str, str] = {}
    for row in table.rows:
        if row.group is not None and row.fresh:
            group, group_text = row.group, ""
        if row.is_total:
            out.findings.append(finding("ignored_row", row.place, raw=" ".join(row.texts.values())[:80]))
            continue
        title = row.text("title")
        new_group = False
        if not says_nothing(title):
            found = heading_of(title)
            if found is not None:
                new_group = key(found[0].name or "") != key(group.name or "") or found[0].kind != group.kind
                group = group if not new_group else found[0]
                group_text = title
            elif row.fresh:
                group_text += "\n" + title  # item codes that go on below the heading's own page
                for draft in out.drafts:
                    draft.group_text = group_text if draft.group is group else draft.group_text
            if found is not None:
                if new_group:
                    last_number, shared = 0, {}
        texts = {role: text for role, text in row.texts.items() if role not in ("title", "steps", "number")}
        goes_on = not new_group and says_nothing(title) and bool(out.drafts)
        steps = row.text("steps")
        before, found_items = items.numbered(steps, after=last_number if goes_on or not new_group and last_number else None)
        if not found_items and not says_nothing(steps):
            own = {role for role, text in texts.items() if not says_nothing(text)}
            if goes_on and row.fresh and not own:
                out.drafts[-1].title = f"{out.drafts[-1].title} {steps}"
                out.findings.append(finding("continued_row", row.place, raw=steps[:80]))
                continue
            before, found_items = "", [items.Item("", steps, 0, "")]
        elif before and goes_on and row.fresh:
            out.drafts[-1].title = f"{out.drafts[-1].title} {before}"
            out.findings.append(finding("continued_row", row.place, raw=before[:80]))
        if not found_items:
            if out.drafts and any(not says_nothing(text) for text in texts.values()):
                out.drafts[-1].add(texts)
            continue
        if goes_on and row.fresh and not any(not says_nothing(text) for text in texts.values()):
            texts = dict(shared)
        elif goes_on:
            # A unit or period printed once for the heading reaches over the rows below it.
            texts = {role: text for role, text in shared.items() if role in ("unit", "period", "period_done", "monitoring")} | {
                role: text for role, text in texts.items() if not says_nothing(text)
            }
        texts = row.with_above(texts)
        titles = [item.text for item in found_items]
        shares, unclear = shared_out(texts, titles, table.has("period_done"))
        for item, share in zip(found_items, shares, strict=True):
            draft = Draft(
                table.section, row.place_of("steps", table.roles), item.number or None, clean_title(item.text), group, group_text=group_text
            )
            draft.add(share)
            draft.shared = "result" in row.above
            out.drafts.append(draft)
        out.findings += [finding("unaligned_items", row.place, raw=texts[role][:120], column=role) for role in unclear]
        last_number = found_items[-1].value
        shared = {role: text for role, text in texts.items() if len(titles) == 1 or all(share.get(role) == text for share in shares)}
    return out
