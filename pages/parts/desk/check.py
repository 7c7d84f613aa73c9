"""The checking screen: one component that holds the whole work in the browser, and a wire of its own for changes and pages, so that an
answer of the server draws nothing anew.
"""

import contextlib
import os
import time
import uuid
from pathlib import Path

import streamlit as st

from pages.parts.ask.warehouse import ask
from pages.parts.desk import drafts, may
from pages.parts.say import text
from pages.parts.say.text import Words

HERE = Path(__file__).parent
SERVER = f"{os.getpid()}-{uuid.uuid4().hex}"  # a server that started again has none of the sessions of the one before
OURS = "desk."
SAID = (OURS, "column.", "status.", "status_basis.", "section.", "kind.")


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


_screen = st.components.v2.component(
    "check", html=_read("check.html"), css=_read("check.css", "paper.css"), js=_read("check.js", "journal.js", "paper.js")
)
_wire = st.components.v2.component("check_wire", js=_read("wire.js"))


def token() -> str:
    """Names this session to a draft: it says which server and which of its sessions."""
    context = st.runtime.scriptrunner.get_script_run_ctx()
    return f"{SERVER} {context.session_id if context else ''}"


def held_after_all(draft: str) -> dict | None:
    """Who else has the draft open, for whoever opens it: a page loaded again may come before its old session has gone."""
    for _ in range(20):
        if not (has := held_by_another(draft)) or has["who"] != may.who():
            return has
        time.sleep(0.1)
    return has


def held_by_another(draft: str) -> dict | None:
    """Who else has the draft open: of this server a session that is there, of another one that is heard of."""
    has = drafts.holder(draft)
    if not has or has["token"] == token():
        return None
    server, _, session = has["token"].partition(" ")
    if server == SERVER:
        return has if st.runtime.get_instance().is_active_session(session) else None
    return has if _runs(server) else None


def take_over(draft: str) -> None:
    """Somebody else has it open, and this viewer knows it."""
    if may.may():
        with contextlib.suppress(drafts.Refused):
            drafts.take(draft, token(), may.who(), knowingly=True)


def _runs(server: str) -> bool:
    """Whether that process is there still (on another machine over the same folder: as far as one can tell, it is)."""
    try:
        os.kill(int(server.partition("-")[0]), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    return int(server.partition("-")[0]) != os.getpid()


def check(draft: str, words: Words, reading: dict, told: str | None, mine: bool) -> None:
    """Draws the screen for a draft. `told`: a sentence above it; `mine`: this session has it open and may change it."""
    epoch = uuid.uuid4().hex
    rows, changes = reading["rows"], drafts.changes(draft)
    with st.container(key="check_box"):
        _screen(
            key="check", data=_data(draft, words, reading, rows, changes) | {"epoch": epoch, "told": told, "mine": mine}, height="content"
        )
    st.session_state["desk_heard"] = {"draft": draft, "epoch": epoch, "kept": changes[-1]["n"] if changes else 0, "serial": 0}
    with st.container(key="setup_wire"):
        _line(draft)


@st.fragment
def _line(draft: str) -> None:
    if st.session_state.pop("desk_save_now", False):
        st.session_state["desk_save"] = draft
        st.rerun(scope="app")
    _wire(key="check_wire", data=st.session_state["desk_heard"], on_told_change=_told)


def _told() -> None:
    """What the browser sends: changes, in order and until they are kept; the pages that it wants; that it is there; to save."""
    told, heard = st.session_state["check_wire"].get("told"), st.session_state.get("desk_heard")
    if not isinstance(told, dict) or not heard or told.get("draft") != heard["draft"] or not may.may():
        return
    draft, words = heard["draft"], st.session_state["desk_words"]
    answer = {name: heard[name] for name in ("draft", "epoch", "kept")} | {"serial": told.get("serial"), "pages": []}
    if drafts.folder(draft) is None:
        answer["refused"] = words("add.gone")
    else:
        try:
            sent = told.get("changes")
            if isinstance(sent, list) and sent:
                answer["kept"] = drafts.append(draft, token(), may.who(), sent[:500])
            if told.get("beat") and not drafts.beat(draft, token()):
                raise drafts.Refused("add.taken_over", {})
            if told.get("save"):
                st.session_state["desk_save_now"] = True
        except drafts.Refused as problem:
            answer["refused"] = words(problem.args[0], **problem.args[1])
        except OSError:
            answer["refused"] = words("add.disk")
        if isinstance(sought := told.get("find"), str):
            answer["register"] = {"sought": sought, "found": _register(sought[:100])}
        wanted = told.get("pages") if isinstance(told.get("pages"), list) else []
        pages = [drafts.page(draft, number) for number in wanted[:6] if isinstance(number, int)]
        answer["pages"] = [page for page in pages if page]
    st.session_state["desk_heard"] = answer


def _register(name: str) -> list[dict]:
    """Agencies whose name has these letters, with where they are; of a name that many have, all of them."""
    found = ask("register", q=name).fillna("")
    return [{"agency": row["agency_name"], "district": row["district"], "province": row["province"]} for row in found.to_dict("records")]


def _data(draft: str, words: Words, reading: dict, rows: list[dict], changes: list[dict]) -> dict:
    source = reading.get("source", {})
    scores = [row for row in rows if row["record"] == "score"]
    places = dict.fromkeys(row["place"] for row in rows if row.get("place"))
    keys = sorted((key for key in text.rows() if key.startswith(SAID)), key=lambda key: key.startswith(OURS))  # ours last: it wins
    said = {key.removeprefix(OURS): text.template(key, words.lang, words.digits) for key in keys}
    notes: dict[str, list[str]] = {}  # what was noted at a place, in the viewer's language (a message is Thai and English)
    for one in reading.get("findings", []):
        said_twice = one["message"].split(" | ")
        notes.setdefault(one["place"], []).append(said_twice[0 if words.lang == "th" or len(said_twice) < 2 else -1])
    year = source.get("fiscal_year")
    names = ask("compare_indicators", year=int(year)) if year else None
    return {
        "draft": draft,
        "name": drafts.name_of(draft),
        "lang": words.lang,
        "thai": words.digits == "thai",
        "rows": [{name: value for name, value in row.items() if value} | {"row": row["row"], "record": row["record"]} for row in rows],
        "doubts": reading.get("doubts", []),
        "changes": changes,
        "pages": drafts.pages(draft),
        "questions": reading.get("questions", []),
        "units": reading.get("units", []),
        "mended": reading.get("mended", {}),
        "agencies": source.get("agency_printed", []),
        "words": said,
        "months": words("slide.months").split("|"),
        "placed": {place: words.place(place) for place in places},
        "cells": reading.get("cells", {}),
        "notes": notes,
        "by_agency": len({row.get("agency", "") for row in scores}) > 1,
        "years": len({row.get("fiscal_year", "") for row in scores}),
        "indicators": {
            code: words("column.level") if code == "LEVEL" else words.code(code)
            for code in dict.fromkeys(row.get("indicator", "") for row in scores)
        }
        | ({} if names is None else {row["indicator"]: words.numbered(row) for row in names.to_dict("records")}),
    }
