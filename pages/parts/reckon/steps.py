"""From the frames of a year's scores and levels to the frame of a path or a what-if; the arithmetic is path.py's.

`scores`: the columns of queries/path.sql, every indicator of the year. `levels`: those of queries/path_levels.sql.
"""

from numpy import array, minimum
from pandas import DataFrame

from pages.parts.reckon.path import YearRules, assess, cheapest_path, exact, rounded_up, year_rules


def rules(scores: DataFrame, levels: DataFrame) -> YearRules:
    """The rules of the year."""
    fields = ("indicator", "instrument", "instrument_weight")  # as plain lists: of ten rows a frame of its own costs twenty times as much
    rows = [dict(zip(fields, row, strict=True)) for row in zip(*(scores[name].tolist() for name in fields), strict=True)]
    instruments = {row["instrument"]: {"instrument": row["instrument"], "weight": row["instrument_weight"]} for row in rows}
    return year_rules(instruments.values(), rows, levels.to_dict("records"))


def known(scores: DataFrame) -> dict[str, float]:
    """Indicator -> score."""
    return dict(zip(scores["indicator"], scores["score"], strict=True))


def better(scores: DataFrame, levels: DataFrame, law: YearRules | None = None) -> list[str]:
    """The levels above today's, the next one first; empty at the best or where the year has none. `law`: the rules, if at hand."""
    now = assess(known(scores), law or rules(scores, levels)).level
    ranked = [level for _, level in sorted(zip(levels["rank"], levels["level"], strict=True))]
    return ranked[: ranked.index(now)][::-1] if now in ranked else []


def path(scores: DataFrame, levels: DataFrame, level: str, law: YearRules | None = None) -> DataFrame:
    """The cheapest path to `level`: the columns of `scores`, and `rise` and `needed` (points, rounded up so that they reach the floor as
    printed), `total` and `total_then` (printed), `level_th`, `level_en`, `feasible`."""
    law, now = law or rules(scores, levels), known(scores)
    found = cheapest_path(now, level, law)
    then = assess({one: exact(score) + found.rises.get(one, 0) for one, score in now.items()}, law)
    named = levels.iloc[levels["level"].tolist().index(level)]
    rises = array([float(rounded_up(found.rises.get(one, 0))) for one in scores["indicator"]])
    return scores.assign(
        rise=rises,
        needed=minimum((scores["score"].to_numpy() + rises).round(2), 100),
        total=float(assess(now, law).total),
        total_then=float(then.total),
        level_th=named["name_th"],
        level_en=named["name_en"],
        feasible=found.feasible,
    )


def next_path(scores: DataFrame, levels: DataFrame) -> DataFrame:
    """The path to the level above today's; empty where scores are missing or no level is better."""
    if scores.empty:
        return scores
    law = rules(scores, levels)
    above = better(scores, levels, law)
    return path(scores, levels, above[0], law) if above else scores.head(0)


def what_if(scores: DataFrame, levels: DataFrame, tried: dict[str, float]) -> DataFrame:
    """What other scores of some indicators would give: a row each for IIT, EIT, OIT and TOTAL with `today`, `tried`, `change` (printed
    points), and `floor`: what the level above the tried one needs of it; `level_th`, `level_en`: of the tried scores."""
    law, now = rules(scores, levels), known(scores)
    before, after = assess(now, law), assess(now | tried, law)
    by_level = levels.set_index("level")
    aim = by_level[by_level["rank"] == (by_level.loc[after.level, "rank"] - 1 if after.level else 0)]
    floors = {"TOTAL": "min_total"}
    rows = [
        {
            "indicator": one,
            "today": float(now_),
            "tried": float(then_),
            "change": float(then_ - now_),
            "floor": aim[floors.get(one, "min_instrument")].iloc[0] if len(aim) else None,
        }
        for one, now_, then_ in [
            ("TOTAL", before.total, after.total),
            *((code, before.instruments[code], after.instruments[code]) for code in law.weights),
        ]
    ]
    names = by_level.loc[after.level] if after.level else {"name_th": None, "name_en": None}
    return DataFrame(rows).assign(fiscal_year=scores["fiscal_year"].iloc[0], level_th=names["name_th"], level_en=names["name_en"])
