"""The cheapest step of each of many agencies to its next level; the arithmetic is path.py's.

`sheet`: the columns of queries/province_sheet.sql. `scores`: those of queries/province_scores.sql. `levels`: those of
queries/path_levels.sql.
"""

from collections import defaultdict

from pandas import DataFrame, isna

from pages.parts.reckon.path import YearRules, cheapest_path, rounded_up, year_rules


def rules_of(scores: DataFrame, levels: DataFrame) -> YearRules:
    """The rules of the year; of the scores the first row of each indicator tells its instrument and weight."""
    known = scores.drop_duplicates("indicator")
    instruments = known.drop_duplicates("instrument").rename(columns={"instrument_weight": "weight"})
    return year_rules(instruments.to_dict("records"), known.to_dict("records"), levels.to_dict("records"))


def by_level(sheet: DataFrame, levels: DataFrame) -> DataFrame:
    """How many agencies of a sheet are at each level, the best first (level_th, level_en, agencies, lacking: of them those that lack points
    of a floor of the next); levels without any are left out."""
    ranks = dict(zip(levels["name_th"], levels["rank"], strict=True))
    found = _counted(sheet, ["level_th", "level_en"])
    return found.sort_values("level_th", key=lambda names: names.map(ranks), ignore_index=True)


def by_district(sheet: DataFrame) -> DataFrame:
    """The same of each district, those with most that lack points first."""
    return _counted(sheet, ["district"]).sort_values(["lacking", "agencies"], ascending=False, ignore_index=True)


def _counted(sheet: DataFrame, by: list[str]) -> DataFrame:
    lacking = (sheet[["short_total", "short_iit", "short_eit", "short_oit"]].fillna(0) > 0).any(axis=1)
    counted = sheet.assign(lacking=lacking).groupby(by, as_index=False).agg(agencies=("agency_id", "size"), lacking=("lacking", "sum"))
    return counted.assign(fiscal_year=sheet["fiscal_year"].iloc[0])


def with_steps(sheet: DataFrame, scores: DataFrame, levels: DataFrame) -> DataFrame:
    """The sheet and the columns `step_points` (points of indicators that the cheapest path to the next level adds, rounded up; None where
    there is no path) and `steps`: list of (indicator, points), the largest rise first."""
    found: dict[str, list[tuple[str, float]]] = {}
    if len(scores) and len(levels):
        law, by_agency = rules_of(scores, levels), defaultdict(dict)
        for agency, indicator, score in zip(scores["agency_id"], scores["indicator"], scores["score"], strict=True):
            by_agency[agency][indicator] = score
        level_of = dict(zip(levels["name_th"], levels["level"], strict=True))
        for agency, name in zip(sheet["agency_id"], sheet["next_th"], strict=True):
            if not isna(name) and by_agency[agency].keys() == law.instrument_of.keys():
                path = cheapest_path(by_agency[agency], level_of[name], law)
                rises = [(one, float(rounded_up(points))) for one, points in path.rises.items()]
                found[agency] = sorted(rises, key=lambda rise: -rise[1])
    steps = [found.get(agency) for agency in sheet["agency_id"]]
    points = [round(sum(rise for _, rise in some), 2) if some else None for some in steps]
    return sheet.assign(step_points=points, steps=steps)
