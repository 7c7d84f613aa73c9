"""Saving a draft: its rows as they shall be, kept by the builder, then the database built anew; and putting an earlier state back."""

import streamlit as st

from pages.parts import builder, first_build, link
from pages.parts.ask.warehouse import ask
from pages.parts.desk import drafts, journal, may, runs
from pages.parts.say.text import Words, plain


def save(draft: str, words: Words) -> None:
    """Keeps the draft and builds, with progress; then the page says so. Where it is refused the draft stays as it is."""
    reading = drafts.reading(draft)
    drafts.write_rows(draft, journal.applied(reading["rows"], drafts.changes(draft)))
    run = runs.keep(draft, may.who(), then=lambda: drafts.discard(draft))
    if finished(run, words("add.keeping"), words):
        build(words)
        link.change(draft=None, saved=reading["source"]["sha256"][:12])
        st.rerun()
    st.error(plain(runs.why_not(run, words)))
    st.info(words("add.not_saved"))
    st.button(words("add.check_again"), key="check_again", type="primary")


def finished(run: builder.Run, said: str, words: Words) -> bool:
    builder.wait(run, said)
    return run.right and not runs.why_not(run, words)


def build(words: Words) -> None:
    """Builds until nothing is newer than the database; one that runs already may have begun before ours came."""
    for _ in range(3):
        running = first_build.builds().needed()
        if running is None:
            break
        builder.wait(running, words("add.building"))
        first_build.say_what_came_of_it(running, words)
        if not first_build.built(running):
            break


def saved(source_id: str, words: Words) -> None:
    """That a document was saved, and the way to what it changed."""
    found = ask("kept_source", source_id=source_id)
    if found.empty:
        return
    row = found.iloc[0]
    st.success(plain(words("add.saved", document=row["file_name"])))
    known = row.notna()
    here = {
        "lang": words.lang,
        "agency": row["agency_id"] if known["agency_id"] else None,
        "year": row["fiscal_year"] if known["fiscal_year"] else None,
    }
    page = "overview" if known["agency_id"] else "sources"
    if st.button(words("add.see" if known["agency_id"] else "add.see_sources"), type="primary", icon=":material/monitoring:"):
        st.switch_page(f"pages/{page}.py", query_params={name: str(value) for name, value in here.items() if value is not None})
