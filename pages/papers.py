"""Papers: the documents that an agency must file, made from what is known, and the board of the year: what is due, there and missing."""

import streamlit as st
from pandas import DataFrame

from pages.parts import controls, link, take
from pages.parts.ask.warehouse import ask, version
from pages.parts.papers import board, content, making
from pages.parts.papers.made import known
from pages.parts.papers.paper import KINDS, Paper, PdfFile, WordFile
from pages.parts.papers.web import WebPage
from pages.parts.papers.word import BadTemplate, not_used, usable
from pages.parts.say.sentences import sentences
from pages.parts.say.text import Words, plain
from pages.parts.show import headline, show_frame

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
    if strange := not_used():
        st.warning(plain(words("paper.template.not_used", files=words.list(strange))))
    return set(bad)


def buttons(paper: Paper, bad: set[str], key: str) -> None:
    """The paper as Word, unless its template was refused, and as PDF."""
    take.buttons(WordFile(paper), paper.name, words, key, disabled=paper.laid in bad)
    take.buttons(PdfFile(paper), paper.name, words, key)


def card(paper: Paper, task: board.Task | None, bad: set[str]) -> None:
    """One paper: its item, when it is due, which documents hold it already, what is yet to fill in; to be taken."""
    with st.container(border=True, height="stretch", key=f"card_{paper.kind}"):
        code = f"{words.written(task.code.lower())} · " if task and task.code else ""
        said = board.about(words, task) if task else []
        st.markdown(
            f"**{plain(code + words(f'task.{paper.kind}'))}**  \n:small[{plain(words.sentence(said))}]"
            if said
            else f"**{plain(words(f'task.{paper.kind}'))}**"
        )
        with st.container(horizontal=True, key=f"take_{paper.kind}"):
            buttons(paper, bad, paper.kind)
            with st.popover(words("papers.blanks", n=len(paper.blanks)), icon=":material/edit:", key=f"blanks_{paper.kind}"):
                for line in paper.blanks or [words("paper.blank.none")]:
                    st.markdown(f"- {plain(line)}")


def cards(papers: dict[str, Paper], tasks: list[board.Task]) -> None:
    """Every paper of the year, in the order in which they come up."""
    bad, by_kind = refused(list(papers.values())), {task.kind: task for task in tasks}
    kinds = ["analysis", *by_kind, "memo"]
    for start in range(0, len(kinds), 2):
        for column, kind in zip(st.columns(2, gap="medium"), kinds[start : start + 2], strict=False):
            with column:
                card(papers[kind], by_kind.get(kind), bad)
    with st.container(horizontal=True, key="papers_more"):
        whole = tuple(papers[kind] for kind in ("analysis", "measures", "report", "action_plan") if kind in papers)
        take.buttons(WebPage(whole), words("papers.web_name", agency=agency.name, year=words.written(year)), words, "papers")
        if agency.province:
            making.offer(agency.province, year, words)
    st.caption(words("papers.note"))


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


def year_board(all_known: content.Known, timeline: DataFrame, tasks: list[board.Task]) -> None:
    """What is due when and which of it is there, as a list, over the year and as a calendar file; what plan and report lack; who is in
    charge."""
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    listed = [f"- **{plain(board.named(words, task))}**: {plain(words.sentence(board.about(words, task)))}" for task in tasks]
    st.markdown("\n".join(listed))
    if not words.narrow:  # on a phone the list says it
        show_frame("timeline", timeline, words, about, heading="none")
    for family, (dropped, new) in board.lacking(all_known.frames["plan_pairs"]).items():
        st.markdown(plain(words("papers.pairs", family=words(f"family.{family}"), dropped=dropped, new=new)))
    take.buttons(board.calendar(all_known, tasks), words("papers.ics_name", agency=agency.name, year=words.written(year)), words, "papers")
    sheets(all_known)


if agency and year:
    all_known, papers = prepared(agency.agency_id, year, words, version())
    timeline = ask("timeline", agency=agency.agency_id, year=year)
    tasks = board.tasks(timeline, words)
    found, *more = sentences("timeline", timeline, words)
    headline(found, words.sentence(more))
    with st.container(horizontal=True, vertical_alignment="center", key="choices"):
        view = controls.choice(words, "view", ["papers", "board"], lambda one: words(f"papers.view_{one}"))
        following = year + 1
        if following not in agency.years and following in set(ask("rule_years")["fiscal_year"]):
            st.button(
                words("papers.next_year", year=words.year(following)), on_click=link.change, kwargs={"year": following}, key="next_year"
            )
    if view == "papers":
        cards(papers, tasks)
    else:
        year_board(all_known, timeline, tasks)
