"""Where documents come in: the place to drop them, and a card for each that waits to be checked."""

import time

import streamlit as st

from pages.parts import link
from pages.parts.builder import Run
from pages.parts.desk import check, drafts, journal, may, runs, uploads
from pages.parts.say.text import Words, plain


def drop(words: Words) -> None:
    """The place for files. What was dropped becomes a draft and is read at once; what cannot be taken is said."""
    limits = may.limits()
    uploads.opened("add")
    again = st.session_state.get("desk_drop", 0)
    given = st.file_uploader(
        words("add.drop"),  # what is read is said there in words; of any other kind we say so ourselves, in the viewer's language
        accept_multiple_files=True,
        key=f"drop_{again}",
        max_upload_size=limits["megabytes"],
    )
    st.caption(words("add.drop_note", megabytes=limits["megabytes"], files=limits["files"]))
    for problem in st.session_state.pop("desk_problems", []):
        st.error(plain(problem))
    if not given:
        return
    problems = [words("add.too_many_files", n=limits["files"])] if len(given) > limits["files"] else []
    for file in given[: limits["files"]]:
        try:
            if len(drafts.listed()) >= limits["drafts"]:
                raise drafts.Refused("add.too_many_drafts", {"n": limits["drafts"]})
            drafts.make(file.name, file.getvalue())
        except drafts.Refused as problem:
            problems.append(words(problem.args[0], **problem.args[1]))
        except OSError:
            problems.append(words("add.disk"))
    st.session_state["desk_problems"] = problems
    st.session_state["desk_drop"] = again + 1  # an empty place for the next
    st.rerun()


def waiting(words: Words) -> None:
    """A card for each draft; while one is read they look for its progress every second."""
    names = drafts.listed()
    st.header(words("add.waiting", n=len(names)) if names else words("add.none_waiting"), anchor=False)
    readings = runs.readings()
    busy = any(run and not run.ended.is_set() for run in map(readings.of, names))
    st.fragment(run_every=1.0 if busy else None)(_cards)(words, busy)


def _cards(words: Words, busy: bool) -> None:
    readings = runs.readings()
    going = False
    for draft in drafts.listed():
        run = readings.of(draft)
        going |= run is not None and not run.ended.is_set()
        with st.container(border=True, key=f"card_{draft}"):
            _card(draft, run, words)
    if busy and not going:
        st.rerun()


def _card(draft: str, run: Run | None, words: Words) -> None:
    name = drafts.name_of(draft)
    if run and not run.ended.is_set():
        st.progress(min(run.done / run.of, 1.0), plain(words("add.reading", name=name)))
        return
    reading = None if run else drafts.reading(draft)
    said = summary(reading, words) if reading else []
    if n := len(journal.standing(drafts.changes(draft))):
        said.append(words("add.work", n=n))
    st.markdown("  \n".join([f"**{plain(name)}**", *map(plain, said)]))
    if run:
        st.error(plain(runs.why_not(run, words)))
    elif has := check.held_by_another(draft):
        st.caption(plain(opened_by(has, words)))
    # Within a fragment a button's callback would draw the cards alone: each says itself that the page is another one now.
    with st.container(horizontal=True):
        if not run and st.button(words("add.check"), key=f"check_{draft}", type="primary", icon=":material/fact_check:"):
            link.change(draft=draft, saved=None)
            st.rerun()
        with st.popover(words("add.discard"), icon=":material/delete:", type="tertiary", key=f"discard_{draft}"):
            st.write(words("add.discard_note"))
            if st.button(words("add.discard_yes"), key=f"discard_yes_{draft}"):
                _discard(draft)
                st.rerun()


def _discard(draft: str) -> None:
    if may.may():
        runs.readings().forget(draft)
        drafts.discard(draft)


def summary(reading: dict, words: Words) -> list[str]:
    """What was read, in a few sentences: whose, of which year and kind; how much of it; what is there already."""
    source, counts = reading["source"], reading["counts"]
    named = {row["agency"] for row in reading["rows"] if row["record"] == "score" and row["agency"]}
    about = words(
        "add.card",
        agency=source.get("agency") or (words("add.agencies", n=len(named)) if len(named) > 1 else words("add.no_agency")),
        year=words.year(source["fiscal_year"]) if source.get("fiscal_year") else words("add.no_year"),
        kind=words.value("kind", source.get("kind", "unknown")),
    )
    said = [about + (f" · {words.value('desk.round', source['round'])}" if source.get("round") else "")]
    counted = [words(f"add.read_{what}", n=counts[what]) for what in ("measures", "scores") if counts[what]]
    doubtful = words("add.doubtful", n=counts["doubtful"]) if counts["doubtful"] else words("add.none_doubtful")
    said.append(" · ".join([*(counted or [words("add.read_nothing")]), doubtful]))
    if there := reading.get("exists"):
        listed = [words("add.exists_one", file=one["file"], measures=one["measures"], scores=one["scores"]) for one in there]
        said.append(words("add.exists", documents=words.list(listed)))
    return said


def opened_by(has: dict, words: Words) -> str:
    at = words.written(time.strftime("%H:%M", time.localtime(has["since"])))
    return words("add.open_by", who=has["who"], time=at) if has["who"] and has["who"] != may.who() else words("add.open_elsewhere", time=at)
