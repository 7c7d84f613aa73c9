"""What was added and corrected through the page: by whom, from what to what, and the way back to each earlier state. Only editors come
here: names stand nowhere else.
"""

import json
from datetime import datetime
from pathlib import Path

import streamlit as st

from pages.parts import link
from pages.parts.ask import warehouse
from pages.parts.desk import drafts, may, runs, saving
from pages.parts.say.text import Words, plain

MOST = 50  # entries on the page; those before them are a click away


def entries() -> list[dict]:
    """The lines of DATA/documents/history.jsonl, which the builder writes, the newest first. A line that was cut is none."""
    try:
        lines = (warehouse.data_folder() / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found[::-1]


def part_of(listed: list[dict], before: str) -> tuple[list[dict], str | None]:
    """The entries of one page, those older than number `before` where it is one, and the `before` of the next page; None: there is none."""
    begun = [entry for entry in listed if not before.isdecimal() or entry["n"] < int(before)]
    return begun[:MOST], str(begun[MOST - 1]["n"]) if len(begun) > MOST else None


def history(words: Words) -> None:
    """The list, or of one document (`of` in the URL), each entry with what it changed and a button that puts back what was before."""
    if (number := st.session_state.pop("desk_back", None)) and may.may():
        _put_back(number, words)
    listed = entries()
    documents = list(dict.fromkeys(entry["document"] for entry in listed))
    one = st.query_params.get("of")
    if one in documents:
        listed = [entry for entry in listed if entry["document"] == one]
        st.header(plain(words("add.history_one", document=one)), anchor=False)
        st.button(words("add.history_all"), on_click=link.change, kwargs={"of": None, "before": None})
    else:
        st.header(words("add.history_title", n=len(listed)) if listed else words("add.history_none"), anchor=False)
    begin = st.query_params.get("before", "")
    here, older = part_of(listed, begin)
    for entry in here:
        with st.container(border=True, key=f"card_history_{entry['n']}"):
            _entry(entry, words, alone=one in documents)
    with st.container(horizontal=True):
        if begin:
            st.button(words("add.history_newest"), key="history_newest", on_click=link.change, kwargs={"before": None})
        if older:
            st.button(words("add.history_older"), key="history_older", on_click=link.change, kwargs={"before": older})


def _entry(entry: dict, words: Words, alone: bool) -> None:
    when = datetime.fromisoformat(entry["when"]).astimezone()
    at = f"{words.date(when)} {words.written(when.strftime('%H:%M'))}"
    year = words.year(entry["fiscal_year"]) if str(entry.get("fiscal_year") or "").isdecimal() else words("add.no_year")
    did = (
        words("add.history_was_back", n=entry["of"]) if entry["did"] == "back" else words("add.history_corrected", n=len(entry["changes"]))
    )
    line = words("add.history_line", when=at, who=entry.get("who") or words("add.nobody"), document=entry["document"])
    st.markdown(f"**{plain(line)}**  \n{plain(' · '.join([entry.get('agency') or words('add.no_agency'), year, did]))}")
    if entry["changes"]:
        with st.expander(words("add.history_more")):
            st.markdown("  \n".join(plain(sentence(change, words)) for change in entry["changes"]))
    with st.container(horizontal=True):
        button = f"_{entry['n']}"
        st.button(words("add.history_back"), key=f"back{button}", icon=":material/undo:", on_click=_ask_back, args=(entry["n"],))
        if not alone:
            st.button(
                words("add.history_of"),
                key=f"of{button}",
                type="tertiary",
                on_click=link.change,
                kwargs={"of": entry["document"], "before": None},
            )
        st.button(words("add.again"), key=f"again{button}", type="tertiary", on_click=_again, args=(entry["document"],))


def sentence(change: dict, words: Words) -> str:
    """One change, from what to what."""
    did, column = change["did"], change.get("column") or "title"
    name = (
        words(f"desk.column.{column}")
        if column in ("agency", "round")
        else words.value("column", "period_text" if column == "period_start" else column)
    )
    if did == "set":
        both = [words("add.nothing") if not one else words.value(column, one) for one in (change.get("from"), change.get("to"))]
        return words("add.history_change", what=name, before=both[0], after=both[1])
    if did == "strike":
        return f"{words('desk.strike')}: {change['why']}"
    if did == "confirm":
        return words("add.history_confirmed", what=name, value=words.value(column, change.get("from") or words("add.nothing")))
    said = change.get("to")
    text = (
        " / ".join(said)
        if isinstance(said, list)
        else str((said or {}).get("title") or (said or {}).get("group_name") or "")
        if said
        else ""
    )
    return f"{words(f'desk.{did}')}: {text or change.get('from') or ''}".removesuffix(": ")


def _ask_back(number: int) -> None:
    st.session_state["desk_back"] = number


def _put_back(number: int, words: Words) -> None:
    run = runs.back(number, may.who())
    if saving.finished(run, words("add.putting_back"), words):
        saving.build(words)
        st.success(words("add.put_back"))
    else:
        st.error(plain(runs.why_not(run, words)))


def _again(document: str) -> None:
    """Opens a document that was kept for checking once more, with what was corrected in it."""
    file = warehouse.data_folder() / "documents" / Path(document).name
    if may.may() and file.is_file():
        link.change(draft=drafts.make(file.name, file.read_bytes()), view=None, of=None)
