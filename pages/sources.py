"""Sources: what was loaded, what was read from it, how far that reaches, and what a reader of the data should know."""

from pathlib import Path

import streamlit as st

from pages.parts import controls, link, take, twin
from pages.parts.ask.warehouse import ask, whole_file
from pages.parts.say.text import plain
from pages.parts.show import headline, show_table

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words, all_too=True)
about = {words("control.agency"): agency.name if agency else words("control.all_agencies")}
view = controls.choice(
    words, "view", ["documents", "coverage", "findings", "register", "data", "about"], lambda one: words(f"sources.{one}")
)
one = agency.agency_id if agency else None


def to_findings(row: int | None, frame) -> None:
    """A chosen document leads to its findings."""
    if row is not None and frame["findings"].iloc[row]:
        st.link_button(
            words("sources.findings"),
            f"/sources?view=findings&source={frame['source_id'].iloc[row]}&lang={words.lang}",
            icon=":material/flag:",
        )


def limited(frame) -> None:
    """Says so where a table has no room for all rows."""
    if len(frame) and frame["found"].iloc[0] > len(frame):
        st.caption(words("sources.limited", shown=words.count(len(frame)), found=words.count(frame["found"].iloc[0])))


def findings() -> None:
    """The findings of an agency, of one document, or of all, by severity and check."""
    rules = ask("source_rules")
    counted = dict(zip(rules["rule"], rules["findings"], strict=True))

    def checked(rule: str) -> str:
        return (
            words("sources.any_rule")
            if rule == "any"
            else words("sources.rule_option", rule=words.value("rule", rule), n=words.count(counted[rule]))
        )

    with st.container(horizontal=True, vertical_alignment="center", key="choices"):
        severity = controls.choice(
            words,
            "severity",
            ["any", "error", "warning", "info"],
            lambda each: words("sources.any" if each == "any" else f"severity.{each}"),
        )
        rule = controls.choice(words, "rule", ["any", *counted], checked, widget="list")
        source = document()
    frame = show_table(
        "finding_list",
        words,
        about,
        heading="title",
        agency=None if source else one,
        source_id=source,
        severity=None if severity == "any" else severity,
        rule=None if rule == "any" else rule,
    )
    limited(frame)


def document() -> str | None:
    """The one document of the URL, with a button that goes back to all."""
    given = st.query_params.get("source")
    if given is None:
        return None
    found = ask("source", source_id=given)
    if found.empty:
        controls.unknown(words, "source", given)
        return None
    title = found["title"].fillna(found["file_name"]).iloc[0]
    st.caption(plain(words("sources.one", document=title)))
    st.button(words("sources.all_documents"), on_click=lambda: link.change(source=None))
    return given


def data() -> None:
    """The database file itself, and what each of its tables and columns means."""
    headline(words("sources.data_title"))
    if file := whole_file():
        title = words("take.duckdb", size=words.number(file.stat().st_size / 1e6, 1))
        take.buttons(file, file.stem, words, "database", title)
    st.header(words("sources.dictionary"), anchor=False)
    dictionary = twin.table(ask("data_dictionary"), words)
    st.dataframe(dictionary, hide_index=True, placeholder=words("number.unknown"), alt=words("sources.dictionary"))


def register() -> None:
    """Which agencies are known, found by a part of their name, and of which anything is loaded."""
    link.stands("control_name", st.query_params.get("name", "")[:100])
    st.text_input(
        words("control.name"),
        key="control_name",
        on_change=lambda: link.change(name=st.session_state["control_name"].strip()),
        label_visibility="collapsed",
        placeholder=words("register.search"),
    )
    limited(show_table("register", words, about, heading="title", pick="agency_id", q=st.query_params.get("name", "")[:100]))


def numbers() -> None:
    """What the numbers mean and where they end: the page of docs/ in the viewer's language, else in English."""
    docs = Path(__file__).parents[1] / "docs"
    file = docs / f"numbers.{words.lang}.md"
    text = words.written((file if file.exists() else docs / "numbers.en.md").read_text(encoding="utf-8"))
    (title, meaning), *parts = (part.split("\n", 1) for part in text.removeprefix("# ").split("\n## "))
    headline(title)
    st.markdown(meaning)
    for heading, body in parts:
        st.header(heading, anchor=False)
        st.markdown(body)


if view == "documents":
    frame = show_table("source_list", words, about, heading="title", agencies=[one] if one else None)
    limited(frame)
    picked = st.session_state.get("rows_source_list")
    to_findings(next(iter(picked["selection"]["rows"]), None) if picked and len(frame) else None, frame)
elif view == "coverage":
    show_table("source_coverage", words, about, heading="title", agency=one)
elif view == "findings":
    findings()
elif view == "register":
    register()
elif view == "data":
    data()
else:
    numbers()
