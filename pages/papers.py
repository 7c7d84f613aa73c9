"""Papers: the documents that an agency must file, made from what is known, and the board of the year: what is due, there and missing."""

import streamlit as st
from pandas import DataFrame

from pages.parts import controls, link, take
from pages.parts.ask.warehouse import ask, version
from pages.parts.papers import board, content
from pages.parts.papers.made import known, province
from pages.parts.papers.paper import KINDS, Paper, PdfFile, WordFile
from pages.parts.papers.web import WebPage
from pages.parts.papers.word import BadTemplate, usable
from pages.parts.present.handout import Handouts
from pages.parts.say.text import Words, plain
from pages.parts.show import headline, show

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
NOBODY = "-"  # of a sheet: measures that name no unit


@st.cache_resource(max_entries=40, show_spinner=False)
def prepared(agency_id: str, year: int, words: Words, data: tuple) -> tuple[content.Known, dict[str, Paper]]:
    """What is known and the papers made of it, kept; `data` is the version of the database that they are of."""
    all_known = known(agency_id, year, words)
    return all_known, {kind: content.paper(kind, all_known) for kind in KINDS}


def refused(papers: list[Paper]) -> set[str]:
    """The forms whose template cannot be used, each said with the place and the reason."""
    bad = {}
    for form in dict.fromkeys(paper.laid for paper in papers):
        try:
            usable(form, words.lang)
        except BadTemplate as problem:
            bad[form] = problem
    for problem in bad.values():
        st.error("  \n".join(map(plain, problem.said(words))))
    return set(bad)


def buttons(paper: Paper, bad: set[str], key: str) -> None:
    """The paper as Word, unless its template was refused, and as PDF."""
    take.buttons(WordFile(paper), paper.name, words, key, disabled=paper.laid in bad)
    take.buttons(PdfFile(paper), paper.name, words, key)


def card(paper: Paper, task: board.Task | None, bad: set[str]) -> None:
    """One paper: its item, when it is due, which documents hold it already, what is yet to fill in; to be taken."""
    with st.container(border=True, height="stretch", key=f"card_{paper.kind}"):
        code = f"{words.written(task.code.lower())} · " if task and task.code else ""
        said = [board.said(words, task)] if task and task.kind != "analysis" else []
        if task and task.documents:
            said.append(words("papers.there", files=words.list(task.documents)))
        elif task and task.kind != "analysis":
            said.append(words("papers.not_there"))
        st.markdown(
            f"**{plain(code + words(f'paper.kind.{paper.kind}'))}**  \n:small[{plain(words.sentence(said))}]"
            if said
            else f"**{plain(words(f'paper.kind.{paper.kind}'))}**"
        )
        with st.container(horizontal=True, key=f"take_{paper.kind}"):
            buttons(paper, bad, paper.kind)
            with st.popover(words("papers.blanks", n=len(paper.blanks)), icon=":material/edit:", key=f"blanks_{paper.kind}"):
                for line in paper.blanks or [words("paper.blank.none")]:
                    st.markdown(f"- {plain(line)}")


def cards(all_known: content.Known, papers: dict[str, Paper], tasks: list[board.Task]) -> None:
    """Every paper of the year, in the order in which they come up."""
    bad, by_kind = refused(list(papers.values())), {task.kind: task for task in tasks}
    kinds = [*by_kind, *(kind for kind in papers if kind not in by_kind and kind != "action_report_6")]
    for start in range(0, len(kinds), 2):
        for column, kind in zip(st.columns(2, gap="medium"), kinds[start : start + 2], strict=False):
            with column:
                card(papers[kind], by_kind.get(kind), bad)
    with st.container(horizontal=True, key="papers_more"):
        whole = tuple(papers[kind] for kind in ("analysis", "measures", "report", "action_plan") if kind in papers)
        take.buttons(WebPage(whole), words("papers.web_name", agency=agency.name, year=words.written(year)), words, "papers")
        if agency.province:
            with st.popover(words("present.more"), icon=":material/more_horiz:", key="papers_all"):
                whole_province()
    st.caption(words("papers.note"))


def whole_province() -> None:
    """The papers of every agency of the province as one ZIP: made with a progress bar, then taken."""
    if st.button(plain(words("papers.make_province", province=agency.province)), icon=":material/folder_zip:"):
        members = ask("province_members", province=agency.province, year=year)
        bar = st.progress(0.0, words("present.making", done=0, n=len(members)))
        files = []
        try:
            for done, some in enumerate(province(members, year, words), 1):
                files += some
                bar.progress(done / len(members), words("present.making", done=done, n=len(members)))
        except BadTemplate:
            return  # said above, with the place and the reason
        st.session_state["papers_made"] = (agency.province, year, words), Handouts(tuple(files))
    what, made = st.session_state.get("papers_made", (None, None))
    if what == (agency.province, year, words):
        take.buttons(made, f"{agency.province}-{year}", words, "papers_province", title=words("papers.take_province"))


def sheets(all_known: content.Known) -> None:
    """Who is in charge of how much, until when; the chosen unit's sheet to report on."""
    charged = board.in_charge(all_known)
    if not charged:
        st.info(words("papers.no_measures"))
        return
    st.header(words("papers.units"), anchor=False)
    names = {NOBODY if name is None else name: words("paper.no_unit") if name is None else name for name, *_ in charged}
    rows = [
        [names[NOBODY if name is None else name], words.count(n), words.count(left), words.date(last)] for name, n, left, last in charged
    ]
    titles = [words(f"papers.column.{name}") for name in ("unit", "measures", "open", "until")]
    st.dataframe(DataFrame(rows, columns=titles), hide_index=True, alt=words("papers.units"))
    with st.container(horizontal=True, vertical_alignment="center", key="papers_sheet"):
        unit = controls.choice(words, "unit", list(names), names.get, widget="list", folds=False)
        sheet = content.paper("unit", all_known, None if unit == NOBODY else unit)
        buttons(sheet, refused([sheet]), "unit")


def year_board(all_known: content.Known, tasks: list[board.Task]) -> None:
    """What plan and report lack, who is in charge, when the work is to be done; all days as a calendar file."""
    for family, (dropped, new) in board.lacking(all_known.frames["plan_pairs"]).items():
        st.markdown(plain(words("papers.pairs", family=words(f"family.{family}"), dropped=dropped, new=new)))
    take.buttons(board.calendar(all_known, tasks), words("papers.ics_name", agency=agency.name, year=words.written(year)), words, "papers")
    sheets(all_known)
    sections = set(all_known.frames["papers_measures"]["section"])
    if sections:
        about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
        show(
            "quarters",
            words,
            about,
            heading="subheader",
            agency=agency.agency_id,
            year=year,
            section="result" if "result" in sections else "plan",
        )


if agency and year:
    all_known, papers = prepared(agency.agency_id, year, words, version())
    tasks = board.tasks(all_known, ask("papers_items", year=year), ask("papers_documents", agency=agency.agency_id, year=year))
    headline(*board.found(tasks, year, words))
    with st.container(horizontal=True, vertical_alignment="center", key="choices"):
        view = controls.choice(words, "view", ["papers", "board"], lambda one: words(f"papers.view_{one}"))
        following = year + 1
        if following not in agency.years and following in set(ask("rule_years")["fiscal_year"]):
            st.button(
                words("papers.next_year", year=words.year(following)), on_click=link.change, kwargs={"year": following}, key="next_year"
            )
    if view == "papers":
        cards(all_known, papers, tasks)
    else:
        year_board(all_known, tasks)
