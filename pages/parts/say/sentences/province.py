"""What is said of a province at a table, and of the chance of a next level."""

from pandas import DataFrame

from pages.parts.say.text import Words

FLOORS = {"short_iit": "IIT", "short_eit": "EIT", "short_oit": "OIT", "short_total": "TOTAL"}


def province_sheet(frame: DataFrame, words: Words) -> list[str]:
    """How many agencies lack something of their next level and at which floor most of them do; what is not loaded; how many moved more
    than the nation."""
    lacking = frame[list(FLOORS)].fillna(0) > 0
    known = int(frame["total"].notna().sum())
    levelled = frame["level_th"].notna().any()
    said = [
        words(
            "province_sheet.found" if levelled else "province_sheet.totals",
            year=words.year(frame["fiscal_year"].iloc[0]),
            n=words.count(len(frame)),
            known=words.count(known),
            short=words.count(lacking.any(axis=1).sum()),
        )
    ]
    if lacking.any(axis=None):
        most = lacking.sum().idxmax()
        said.append(words("province_sheet.most", floor=words.indicator(FLOORS[most]), n=words.count(lacking[most].sum())))
    own = frame["own"].dropna()
    if len(own):
        said.append(words("province_sheet.own", n=words.count((own > 0).sum()), of=words.count(len(own))))
    elif frame["change"].notna().any():
        said.append(words("tide.few"))
    missing = {"plans": int((frame["plans"] == 0).sum()), "results": int((frame["results"] == 0).sum())}
    if any(missing.values()):
        said.append(words("province_sheet.missing", **missing))
    return said


def province_levels(frame: DataFrame, words: Words) -> list[str]:
    """The level of most agencies."""
    most = frame.loc[frame["agencies"].idxmax()]
    given = {"level": words.of(most, "level"), "n": words.count(most["agencies"]), "of": words.count(frame["agencies"].sum())}
    return [words("province_levels.found", **given)]


def province_districts(frame: DataFrame, words: Words) -> list[str]:
    """The district in which most agencies lack points."""
    most = frame.loc[frame["lacking"].idxmax()]
    if not most["lacking"]:
        return [words("province_districts.none")]
    given = {"district": most["district"], "n": words.count(most["lacking"]), "of": words.count(most["agencies"])}
    return [words("province_districts.found", **given)]


def lacks(row, words: Words) -> list[str]:
    """Of one row: which floors of the next level it is below, and by how many points."""
    short = {code: row[name] for name, code in FLOORS.items() if row[name] == row[name] and row[name] > 0}
    return [words("province.lacks", floor=words.indicator(code), points=words.number(points)) for code, points in short.items()]


def documents(row, words: Words) -> list[str]:
    """Of one row: which documents of the year are not loaded, and which ask a question."""
    said = [words(f"province.no_{name}") for name in ("plans", "results") if row[name] == 0]
    if row["uniform"]:
        said.append(words("province.uniform"))
    if row["copied"]:
        said.append(words("province.copied", n=int(row["copied"]), of=int(row["plans"] + row["results"])))
    return said


def cheapest(row, words: Words, named: int = 2) -> str:
    """Of one row with steps (reckon/needs.py): the cheapest path, its largest rises named; empty where there is none."""
    steps = row["steps"]
    if not isinstance(steps, list) or not steps:
        return ""
    said = [words("step.one", indicator=words.indicator(one), points=words.signed(points)) for one, points in steps[:named]]
    more = words("next_step.more", n=len(steps) - named) if len(steps) > named else ""
    return words.list(said) + more


def next_chance(frame: DataFrame, words: Words) -> list[str]:
    """Of those that stood where this one stands, how many reached the next level a year later, with the interval; too few are said, and
    then no share."""
    row = frame.iloc[0]
    level = words.of(row, "level")
    if not row["enough"]:
        return [words("next_chance.few", level=level)]
    counts = {"n": words.count(row["agencies"]), "k": words.count(row["reached"]), "share": words.number(row["share"])}
    ends = {"low": words.number(row["low"]), "high": words.number(row["high"])}
    return [words("next_chance.found", level=level, **counts, **ends)]
