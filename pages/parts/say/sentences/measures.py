"""The sentences of the page of measures, as sentences.py has them for the others: a function a word, from the frame of the figure."""

from pandas import DataFrame, isna, notna

from pages.parts.say.text import Words

FEW = 30  # agencies in either group: fewer say nothing about a difference


def completion_by_agency(frame: DataFrame, words: Words) -> list[str]:
    """The latest year that several agencies share, of each family: what each completed. Agencies are not ranked."""
    said = []
    for family, rows in frame.groupby("family", sort=False, dropna=False):
        shared = rows.groupby("fiscal_year")["agency_id"].nunique()
        year = shared[shared == shared.max()].index.max()
        each = [
            words("completion_by_agency.one", agency=row["agency_name"], found=_counted(row, words))
            for _, row in rows[rows["fiscal_year"] == year].iterrows()
        ]
        said.append(words("completion_by_agency.found", year=words.year(year), family=words(f"family.{family}"), each=words.list(each[:4])))
    return said


def _counted(row, words: Words) -> str:
    completed, decided = int(row["completed"]), int(row["decided"])
    key = "rate.none" if decided == 0 else "rate.count" if decided < 5 else "rate.percent"
    return words(key, completed=completed, decided=decided, percent=words.percent(completed, decided) if decided else "")


def open_measures(frame: DataFrame, words: Words) -> list[str]:
    """How many measures are left, by status."""
    count = frame["status"].value_counts()
    return [
        words(
            "open_measures.found",
            left=words.list(
                words("open_measures.one", status=words(f"status.{status}"), n=int(count[status]))
                for status in ("in_progress", "not_started", "not_possible", "unknown")
                if status in count
            ),
        )
    ]


def plan_coverage(frame: DataFrame, words: Words) -> list[str]:
    """The latest year of each family: planned measures with a result, of all planned ones."""
    said = []
    for family, rows in frame.groupby("family", sort=False, dropna=False):
        last = rows.iloc[0]
        key = "plan_coverage.count" if last["plans"] < 5 else "plan_coverage.rate"
        said.append(
            words(
                key,
                year=words.year(last["fiscal_year"]),
                family=words(f"family.{family}"),
                paired=int(last["paired"]),
                plans=int(last["plans"]),
                percent=words.percent(int(last["paired"]), int(last["plans"])),
                agencies=int(last["agencies"]),
            )
        )
    return said


def plan_pairs(frame: DataFrame, words: Words) -> list[str]:
    """For each family how many were planned and reported; what was dropped, new or cannot be told, by printed number; and where the
    numbers shifted. Tables of different grain are paired by heading, and nothing of them is called dropped."""
    said = []
    for family, rows in frame.groupby("family", sort=False, dropna=False):
        count = {"plans": rows["plan_position"].nunique(), "results": rows["result_position"].nunique()}
        name = words("plan_pairs.family", family=words(f"family.{family}")) if frame["family"].nunique() > 1 else ""
        said.append(name + words("plan_pairs.counts", **count))
        if (rows["pair"] == "grouped").any():
            told = rows[rows["plan_position"].notna() & rows["result_position"].notna()]
            said.append(words("plan_pairs.grouped", paired=told["plan_position"].nunique(), plans=count["plans"]))
            continue
        for kind, column in (("dropped", "plan_number"), ("new", "result_number"), ("unclear", "plan_number")):
            some = rows[rows["pair"] == kind]
            if len(some):
                numbers = [words.written(one) for one in some[column] if notna(one)]
                named = words("plan_pairs.numbers", numbers=words.list(numbers[:6])) if 0 < len(numbers) == len(some) <= 6 else ""
                said.append(words(f"plan_pairs.{kind}", n=len(some), numbers=named))
        reworded = int((rows["pair"] == "reworded").sum())
        if reworded:
            said.append(words("plan_pairs.reworded", n=reworded))
        if shift := _shift(rows):
            said.append(words("plan_pairs.shift", **shift))
    return said


def _shift(rows: DataFrame) -> dict[str, int] | None:
    """The longest run of planned measures whose results stand under other places by the same distance: first and last of both."""
    pairs = rows.dropna(subset=["plan_position", "result_position"]).sort_values("plan_position")
    best: list = []
    run: list = []
    for row in pairs.itertuples():
        here = (int(row.plan_position), int(row.result_position))
        follows = run and here[0] == run[-1][0] + 1 and here[1] == run[-1][1] + 1
        run = [*run, here] if follows else [here]
        if run[0][0] != run[0][1] and len(run) > len(best):
            best = run
    if len(best) < 2:
        return None
    return {"plan_first": best[0][0], "plan_last": best[-1][0], "result_first": best[0][1], "result_last": best[-1][1]}


def quarters(frame: DataFrame, words: Words) -> list[str]:
    """The fullest quarter of each family, the unit with most, and what has no unit or no period. Units are never added up."""
    said = []
    for family, rows in frame.groupby("family", sort=False, dropna=False):
        every = rows[rows["kind"] == "all"].iloc[0]
        name = words("plan_pairs.family", family=words(f"family.{family}")) if frame["family"].nunique() > 1 else ""
        running = every[["q1", "q2", "q3", "q4"]].astype(int)
        if running.max() == 0:
            said.append(name + words("quarters.no_periods", n=int(every["measures"])))
        elif running.nunique() == 1:
            said.append(name + words("quarters.even", n=int(running.max()), measures=int(every["measures"])))
        else:
            fullest = words.list(words(f"quarters.{one}") for one in running[running == running.max()].index)
            said.append(name + words("quarters.fullest", quarter=fullest, n=int(running.max()), measures=int(every["measures"])))
        units = rows[rows["kind"] == "unit"]
        if len(units):
            most = units[units["measures"] == units["measures"].max()]
            said.append(
                words("quarters.unit", units=words.list(most["unit"].head(3)), n=int(most["measures"].iloc[0]))
                if len(most) <= 3
                else words("quarters.units_even", units=len(most), n=int(most["measures"].iloc[0]))
            )
        without = rows[rows["kind"] == "none"]["measures"].sum()
        if without:
            said.append(words("quarters.without_unit", n=int(without)))
        if every["without_period"] and running.max():
            said.append(words("quarters.no_period_of", n=int(every["without_period"])))
        if every["outside"]:
            said.append(words("quarters.outside_year", n=int(every["outside"])))
    return said


def timeline(frame: DataFrame, words: Words) -> list[str]:
    """How many of the papers of the year are there, what is known of their days, and what of the year's work is completed."""
    rows = frame[["fiscal_year", "task", "state", "due", "measures", "completed", "unknown"]].to_dict("records")
    papers = [row for row in rows if isna(row["measures"])]
    there = sum(row["state"] == "read_in" for row in papers)
    said = [
        words("papers.found", year=words.year(rows[0]["fiscal_year"]), there=there, n=len(papers)),
        words("papers.dates_known" if any(notna(row["due"]) for row in papers) else "papers.dates"),
    ]
    work = [row for row in rows if notna(row["measures"])]
    for task in dict.fromkeys(row["task"] for row in work):
        n, completed, unknown = (
            int(sum(row[name] for row in work if row["task"] == task)) for name in ("measures", "completed", "unknown")
        )
        said.append(words("timeline.work", task=words.value("task", task), n=n, completed=completed, unknown=unknown))
    return said


def budgets(frame: DataFrame, words: Words) -> list[str]:
    """Amounts planned and spent, measures that say no budget is used, and measures without an amount; the last are not 0."""
    said = []
    for row in frame.itertuples():
        name = words("plan_pairs.family", family=words(f"family.{row.family}")) if len(frame) > 1 else ""
        if not row.planned + row.planned_none + row.spent + row.spent_none:
            dash = max(row.planned_dash, row.spent_dash)
            said.append(name + words("budgets.none", n=row.measures, dash=dash, missing=row.measures - dash))
            continue
        for side in ("planned", "spent"):
            n, none, baht, dash = (getattr(row, name) for name in (side, f"{side}_none", f"{side}_baht", f"{side}_dash"))
            said.append(
                (name if side == "planned" else "")
                + words(
                    f"budgets.{side}",
                    n=n,
                    baht=words.number(0 if isna(baht) else baht),
                    none=none,
                    dash=dash,
                    missing=row.measures - n - none - dash,
                )
            )
    return said


def unplaced_measures(frame: DataFrame, words: Words) -> list[str]:
    """How many reported measures name no indicator."""
    return [words("unplaced_measures.found", n=len(frame))]


def moved(frame: DataFrame, words: Words) -> list[str]:
    """For how many indicators the scores moved more, less or no differently where measures were completed; the widest difference with
    its interval. An association of two groups, never a cause."""
    enough = frame[frame["enough"]]
    year = words.year(frame["fiscal_year"].iloc[0])
    if enough.empty:
        return [words("moved.too_few", year=year, few=FEW, most=int(frame[["agencies_done", "agencies_not"]].min(axis=1).max()))]
    more, less = enough[enough["low"] > 0], enough[enough["high"] < 0]
    said = [words("moved.found", year=year, all=len(enough), more=len(more), less=len(less), neither=len(enough) - len(more) - len(less))]
    clear = enough[(enough["low"] > 0) | (enough["high"] < 0)]
    if len(clear):
        most = clear.loc[clear["difference"].abs().idxmax()]
        said.append(
            words(
                "moved.most",
                indicator=words.indicator(most["indicator"]),
                difference=words.signed(most["difference"]),
                low=words.signed(most["low"]),
                high=words.signed(most["high"]),
                done=words.count(most["agencies_done"]),
                rest=words.count(most["agencies_not"]),
            )
        )
    if len(enough) < len(frame):
        said.append(words("moved.rest", n=len(frame) - len(enough)))
    return said


def copies(frame: DataFrame, words: Words) -> list[str]:
    """How many clusters of each kind; put as a question."""
    said = [words(f"copies.{kind}", n=len(rows)) for kind, rows in frame.groupby("cluster", sort=False)]
    return [words("copies.ask", found=words.list(said))]


def measure_list(frame: DataFrame, words: Words) -> list[str]:
    """How many measures pass, and how many of them are shown."""
    found = int(frame["found"].iloc[0])
    return [words("measure_list.all" if found == len(frame) else "measure_list.first", n=words.count(found), shown=len(frame))]
