"""The list of all measures: searched, filtered, opened; and agencies set beside one. What is chosen stands in the URL."""

import streamlit as st
from pandas import isna

from pages.parts import controls, link, meant
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask
from pages.parts.say.text import Words, plain
from pages.parts.show import found, page_of_row, show_table

STATUSES = ["completed_stated", "completed_inferred", "in_progress", "not_started", "not_possible", "unknown"]
ANY, NONE = "any", "none"
LONG = ("steps", "result", "outcome", "suggestion")  # the shipped transcripts leave them out


def beside(words: Words, agency: controls.Agency | None) -> list[str]:
    """The agencies of ?with= (ids, comma-separated) that have reports, to be set beside `agency`; a list to choose them from."""
    if agency is None:
        return []
    names, chosen = meant.beside(agency, st.query_params)
    given = [one for one in st.query_params.get("with", "").split(",") if one]
    for one in set(given) - set(names) - {agency.agency_id}:
        if directory.agency(one) is None:
            controls.unknown(words, "with", one)
    if names:
        link.stands("control_beside", chosen)
        st.multiselect(
            words("control.with"),
            list(names),
            key="control_beside",
            on_change=_beside_to_url,
            args=(list(names),),
            max_selections=5,
            format_func=lambda one: names.get(one, one),
            label_visibility="collapsed",
            placeholder=words("control.with"),
        )
    return chosen


def _beside_to_url(offered: list[str]) -> None:
    picked = st.session_state["control_beside"]
    ours = set(picked) <= set(offered)  # else it is the list of before, sent along with another choice
    link.change(**({"with": ",".join(picked)} if ours else {}))


def listed(words: Words, about: dict[str, str], agency: controls.Agency | None, year: int | None) -> None:
    """Every measure that has the words asked for and passes the filters; a chosen row is opened beneath."""
    top, line = st.container(), st.container(horizontal=True, vertical_alignment="center", key="list_controls")
    with line:
        asked = _search(words)
        filters = _filters(words, agency, year)
    looked_for = dict(zip(("first", "second", "third"), asked.lower().split()[:3], strict=False))
    given = {"agency": agency.agency_id if agency else None, **filters, **looked_for}
    frame = ask("measure_list", **given)
    with top:
        found("measure_list", frame, words)
    opened = st.query_params.get("measure")
    if opened:
        _opened(words, opened)
    if len(frame):
        show_table("measure_list", words, about, heading="none", pick="measure_id", **given)


def _search(words: Words) -> str:
    link.stands("control_q", st.query_params.get("q", "")[:100])
    return st.text_input(
        words("control.q"),
        key="control_q",
        on_change=lambda: link.change(q=st.session_state["control_q"].strip()),
        label_visibility="collapsed",
        placeholder=words("measure_list.search"),
    )


def _filters(words: Words, agency: controls.Agency | None, year: int | None) -> dict:
    """The filters of the query by the URL; their widgets lie in a box."""
    one = agency.agency_id if agency else None
    units = [unit for unit in ask("completion_by_unit", agency=one, year=year)["unit"].tolist() if not isna(unit)]
    options = {
        "years": ([ANY, "one"], lambda each: words("measure_list.one_year" if each == "one" else "measure_list.all_years")),
        "section": ([ANY, "result", "plan"], lambda each: words(f"section.{each}")),
        "family": ([ANY, "ita_measures", "action_plan"], lambda each: words(f"family.{each}")),
        "status": ([ANY, *STATUSES], lambda each: words(f"part.{each}")),
        "indicator": ([ANY, *ask("compare_indicators", year=year)["indicator"], NONE], words.indicator),
        "unit": ([ANY, *units, NONE], str),
        "quarter": ([ANY, "1", "2", "3", "4", NONE], lambda each: words(f"quarters.q{each}")),
        "noted": ([ANY, "yes"], lambda each: words("measure_list.noted")),
    }
    chosen = {}
    with st.popover(words("measure_list.filters"), icon=":material/filter_list:"):
        for name, (values, label) in options.items():
            values = list(dict.fromkeys(values))

            def said(each, name=name, label=label):
                if each == NONE:
                    return words("measure_list.without")
                any_word = "measure_list.all_years" if name == "years" else "measure_list.any"
                return f"{words(f'control.{name}')}: {words(any_word)}" if each == ANY else label(each)

            chosen[name] = controls.choice(words, name, values, said, default=ANY, widget="list", folds=False)
    kept = {name: None if value == ANY else value for name, value in chosen.items()}
    kept["year"] = year if kept.pop("years") else None
    kept["finding"] = True if kept.pop("noted") else None
    return kept


def _opened(words: Words, measure_id: str) -> None:
    """One measure whole: what was printed, what was read, its place and what was noted there."""
    frame = ask("measure", measure=measure_id)
    if frame.empty:
        controls.unknown(words, "measure", measure_id)
        return
    row = frame.iloc[0]
    with st.container(border=True, key="opened"):
        title = words("plan_pairs.no_title") if isna(row["title"]) else row["title"]
        st.header(plain(title), anchor=False)
        left, right = st.columns(2, gap="medium")
        facts = _facts(words, row)
        for column, some in ((left, facts[: (len(facts) + 1) // 2]), (right, facts[(len(facts) + 1) // 2 :])):
            column.markdown("  \n".join(f":small[:gray[{label}]] {plain(text)}" for label, text in some))
        for name in LONG:
            if not isna(row[name]):
                st.markdown(f":small[:gray[{words(f'column.{name}')}]]  \n{plain(row[name])}")
        if all(isna(row[name]) for name in LONG):
            st.caption(words("measure.shut"))
        page_of_row(row, words, "page_of_measure")
        for noted in ask("measure_findings", measure=measure_id).to_dict("records"):
            st.caption(f"{words('severity.' + noted['severity'])}: {plain(words.of(noted, 'message'))}")
        st.button(words("measure_list.back"), on_click=lambda: link.change(measure=None), icon=":material/close:", type="tertiary")


def _facts(words: Words, row) -> list[tuple[str, str]]:
    """What is known of a measure, label and text; what the document does not state is left out, but for budgets, where it is said."""
    source = ask("source", source_id=row["source_id"]).iloc[0]
    group = words.heading(row["group_number"], row["group_name"])
    known = {
        "agency_name": row["agency_name"], "fiscal_year": words.year(row["fiscal_year"]) if not isna(row["fiscal_year"]) else None,
        "section": words(f"section.{row['section']}"), "group_name": group or None,
        "number": None if isna(row["number"]) else words.written(row["number"]),
        "responsible": row["responsible"] or None, "period_text": row["period_text"],
        "budget_planned": _baht(words, row["budget_planned"]), "budget_spent": _baht(words, row["budget_spent"]),
        "status": None if isna(row["status"]) else words(f"status.{row['status']}"),
        "status_basis": None if isna(row["status_basis"]) else words(f"status_basis.{row['status_basis']}"), "evidence": row["evidence"],
        "refs": row["refs"], "aimed": row["aimed"], "pair_title": row["pair_title"],
        "pair_place": None if isna(row["pair_place"]) else words.place(row["pair_place"]),
        "document": source["file_name"], "place": words.place(row["place"])}  # fmt: skip
    return [(words(f"column.{name}"), str(text)) for name, text in known.items() if text is not None and not isna(text) and text != ""]


def _baht(words: Words, value) -> str:
    if isna(value):
        return words("measure.no_amount")
    return words("measure.baht", baht=words.number(value)) if value else words("measure.no_budget")
