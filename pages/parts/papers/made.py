"""Asked and made: one paper of an agency and year, all of them, and those of a province."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from pandas import DataFrame, isna

from pages.parts.ask.warehouse import ask, ask_together, of_this_version
from pages.parts.papers import content, word
from pages.parts.papers.paper import KINDS, Paper
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
    return content.Known(row["name"], *place, year, bool(row["synthetic"]), frames, answers, words)
