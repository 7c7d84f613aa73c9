"""Compare: one agency among its peers, and the nation. Whom to compare with is the analyst's choice; all of it can be taken away."""

import streamlit as st

from pages.parts import compare, controls, learn, meant, take
from pages.parts.ask.warehouse import ask
from pages.parts.show import found, nothing, show, show_frame, show_table

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
GROUP = ["distribution", "profile", "slope", "heatmap", "multiples", "all", "completion", "learn"]
NATION = ["map", "outlines", "quantiles", "funnel", "levels", "movers", "floors"]


def of_the_group(view: str) -> dict:
    """What a view of the group asks with: agency, year, others, and its own choices."""
    if view == "learn":
        chosen = st.query_params.get("indicator", "TOTAL") != "TOTAL"  # then nobody waits for the weakest
        start = "1" if chosen else meant.weakest_indicator(agency.agency_id, year)
        return {"agency": agency.agency_id, "year": year, "indicator": compare.pick_indicator(words, year, start)}
    chosen = {"agency": agency.agency_id, "year": year, "others": compared.others}
    if view == "slope":
        years = [one for one in sorted(int(each) for each in ask("rule_years")["fiscal_year"]) if one < year]
        with st.container(width=200):
            chosen["before"] = controls.choice(words, "before", years, words.year, default=years[-1], widget="list") if years else None
    if view in ("slope", "heatmap"):
        chosen["indicator"] = compare.pick_indicator(words, year)
    return chosen


def of_the_nation(view: str) -> dict:
    """What a view of the nation asks with."""
    by = indicator = None
    if view == "quantiles":
        by = controls.choice(words, "by", ["region", "province", "type", "year"], lambda one: words(f"compare.by_{one}"))
    if view == "funnel":
        by = controls.choice(words, "groups", ["province", "type", "region"], lambda one: words(f"compare.by_{one}"))
    if view in ("map", "outlines", "quantiles", "funnel"):
        indicator = compare.pick_indicator(words, year)
    return {
        "map": {"agency": agency.agency_id, "year": year, "indicator": indicator},
        "outlines": {"agency": agency.agency_id, "year": year, "indicator": indicator},
        "quantiles": {"year": year, "by": by, "indicator": indicator},
        "funnel": {"year": year, "by": by, "indicator": indicator},
        "levels": {},
        "movers": {"year": year},
        "floors": {"year": year},
    }[view]


def show_map(words, about: dict, given: dict):
    """The provinces as they lie, and beside them the agency among its neighbours: two figures, one headline."""
    frame = ask("nation_outlines", **given)
    found("nation_outlines", frame, words)
    # A room reads one figure after the other, each over the whole width.
    left, right = (st.container(), st.container()) if words.screen == "projector" else st.columns([2, 3], gap="small")
    with left:
        if len(frame):
            show_frame("nation_outlines", frame, words, about, heading="none")
    with right:
        around = ask("neighbours", agency=given["agency"], year=given["year"])
        show_frame("neighbours", around, words, about, heading="subheader" if len(around) else "none")
    return frame


def take_away(word: str, frame, behind: dict) -> None:
    """The button of a view: its bundle, and every score behind it."""
    with st.popover(words("compare.take"), icon=":material/download:", key=f"take_{word}", on_change="rerun") as box:
        if box.open:
            chosen = [*about.items(), *st.query_params.to_dict().items()]
            st.caption(words("compare.take_note"))
            take.buttons(take.View(word, words, chosen, lambda: frame, behind), words(f"{word}.title"), words, word, disabled=frame.empty)
            every = words("compare.everything")
            st.caption(every)
            with st.container(horizontal=True):
                take.buttons(take.Table("behind_compare", words, chosen, lambda: ask("behind_compare", **behind)), every, words, "behind")


if agency and year is None:
    nothing(words("compare_distribution.empty"), words)
elif agency:
    with st.container(horizontal=True, vertical_alignment="center", key="choices"):
        scope = controls.choice(words, "scope", ["peers", "nation"], lambda one: words(f"compare.{one}"))
        if st.query_params.get("view") in (NATION if scope == "peers" else GROUP):
            del st.query_params["view"]  # left from the other scope: no fault of a link
        view = controls.choice(words, "view", GROUP if scope == "peers" else NATION, lambda one: words(f"compare.{one}"))
        editing, taking = st.container(width="content"), st.container(width="content")
    compared = compare.group(words, agency, year)
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    with st.container(horizontal=True, vertical_alignment="center", key="compared"):
        given = of_the_group(view) if scope == "peers" else of_the_nation(view)
        if scope == "peers" and view != "learn":  # which chooses its own: those that stood there
            compare.headed(words, compared)
            about |= {words("control.compared"): compared.why}
            with editing:
                compare.edit(words, agency, compared)
    if scope == "peers" and view != "learn" and not compared.names:  # the line above says why, and what to do
        nothing(words("compare.nobody", year=words.year(year)), words)
    else:
        word = f"{'compare' if scope == 'peers' else 'nation'}_{view}"
        if view == "outlines":
            frame = show_map(words, about, given)
        elif view == "learn":
            frame = learn.examples(words, about, **given)
        else:
            frame = (show_table if view == "all" else show)(word, words, about, heading="title", **given)
        with taking:
            take_away(word, frame, {"agency": agency.agency_id, "year": year, "others": compared.others})
