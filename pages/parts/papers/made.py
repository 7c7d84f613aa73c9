"""Asked and made: one paper of an agency and year, all of them, and those of a province."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from pandas import DataFrame, isna

from pages.parts.ask.warehouse import ask, ask_together, of_this_version
from pages.parts.papers import content, pdf, word
from pages.parts.papers.paper import KINDS
from pages.parts.present.handout import file_name
from pages.parts.say.text import Words


def _answered(agency: str, year: int) -> dict[str, DataFrame]:
    """The result of the year before, which the measures of a year answer."""
    before = {"agency": agency, "year": year - 1}
    return ask_together(weakest=before | {"order": "gain"}, path=before, path_levels={"year": year - 1})


def known(agency: str, year: int, words: Words) -> content.Known:
    """What the papers of an agency and year are made of. IndexError: no such agency. NoData: there is no database."""
    row = ask("agency", agency=agency).iloc[0]
    one = {"agency": agency, "year": year}
    frames = ask_together(
        papers_measures=one,
        papers_scores=one,
        papers_items={"year": year},
        papers_before=one,
        plan_pairs=one,
        verdict=one,
        score_trend={"agency": agency, "until": year},
        change_waterfall=one,
        compare_distribution=one,
        compare_profile=one,
        weakest=one | {"order": "gain"},
        path=one,
        path_levels={"year": year},
    )
    answers = _answered(agency, year) if len(ask("verdict", agency=agency, year=year - 1)) else frames
    place = [None if isna(row[name]) else row[name] for name in ("district", "province")]
    return content.Known(agency, row["name"], *place, year, bool(row["synthetic"]), frames, answers, words)


def files_of(agency: str, year: int, words: Words) -> list[tuple[str, bytes]]:
    """Name and content of every paper of an agency, in a folder of its own, as Word and PDF. BadTemplate: a template has a mistake."""
    all_known = known(agency, year, words)
    folder = file_name(agency, all_known.agency, year).removesuffix(".pdf")
    made = []
    for number, kind in enumerate(KINDS, 1):
        paper = content.paper(kind, all_known)
        name = f"{folder}/{number}-{kind}"
        made += [(f"{name}.docx", word.docx(paper)), (f"{name}.pdf", pdf.pdf(paper))]
    return made


def province(agencies: DataFrame, year: int, words: Words) -> Iterator[list[tuple[str, bytes]]]:
    """The files of each agency of a frame with agency_id, in its order, made side by side. BadTemplate: a template has a mistake."""

    def one(agency: str) -> list[tuple[str, bytes]]:
        return files_of(agency, year, words)

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        yield from workers.map(of_this_version(one), agencies["agency_id"])
