"""From the frames of the database to papers as plain data. Pure: neither Streamlit nor the database; all words are in text.csv.

A function a kind takes what is known (`Known`) and gives the parts of its paper and what is yet to fill in. Nothing is claimed that the
data do not say: what is missing is a dotted line, a status that was understood from the text of a report is told apart from a stated one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pandas import DataFrame, isna

from pages.parts.papers.paper import BLANK, FORMS, LINE, QUARTERS, Paper, Table, form_of, label
from pages.parts.reckon import steps
from pages.parts.say.sentences import sentences
from pages.parts.say.text import Words

WEAK = 3  # indicators that measures are proposed for where none were planned
STRONG = 3
ROWS = 5  # empty rows of a form of which nothing is known
TICK = "/"  # as the official form has it


@dataclass(frozen=True)
class Known:
    """What papers of one agency and year are made of: word of a query -> frame. `answered`: weakest, path and path_levels of the result
    that the measures of the year answer, the one of the year before where it is known, else the year's own."""

    agency_id: str
    agency: str
    district: str | None
    province: str | None
    year: int
    synthetic: bool
    frames: dict[str, DataFrame]
    answered: dict[str, DataFrame]
    words: Words


@dataclass
class Blanks:
    """What stands as a dotted line: columns of tables by their rows, and single lines."""

    words: Words
    given: dict[str, str]
    columns: dict[str, list[int]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def cell(self, column: str, row: int, text) -> str:
        """The text of a cell of a row (1, 2, ...), or a dotted line that is kept in mind."""
        if not _unknown(text) and str(text).strip():
            return str(text)
        self.columns.setdefault(column, []).append(row)
        return BLANK

    def line(self, key: str, **values) -> None:
        self.lines.append(self.words(f"paper.blank.{key}", **values))

    def told(self, rows: int) -> list[str]:
        """A line a column: in which rows it is empty."""
        said = [
            self.words(
                "paper.blank.column",
                column=label(self.words, name, self.given),
                rows=self.words("paper.blank.every_row") if len(at) == rows else ranges(at, self.words),
                n=len(at),
            )
            for name, at in self.columns.items()
        ]
        return self.lines + said


def _unknown(value) -> bool:
    return value is None or (not hasattr(value, "__len__") and bool(isna(value)))


def _list(value) -> list:
    return [] if _unknown(value) else [str(one) for one in value]


def ranges(numbers: Iterable[int], words: Words) -> str:
    """1, 2, 3, 7 as "1–3, 7".

    >>> ranges([1, 2, 3, 7, 9, 10], Words("en"))
    '1–3, 7, 9–10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return words.written(", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs))


def _heading(row: dict, words: Words) -> str:
    """The heading that a measure stands under, in full; empty where it has none."""
    text = words.heading(row["group_number"], row["group_name"])
    kind = row["group_kind"]
    if text and kind in ("indicator", "dimension") and not isna(row["group_number"]):
        return words(
            f"paper.group.{kind}", number=words.written(row["group_number"]), name="" if isna(row["group_name"]) else row["group_name"]
        ).strip()
    return text


def _grouped(measures: DataFrame, cells, words: Words) -> list[dict]:
    """Rows of a table: each measure by `cells(row, its place in the table)`, with a heading row where another heading begins."""
    rows, last = [], ""
    for place, row in enumerate(measures.to_dict("records"), 1):
        group = _heading(row, words)
        if group and group != last:
            rows.append({"group": group})
        last = group
        rows.append(cells(row, place))
    return rows


def _title(row: dict, words: Words) -> str | None:
    """The measure with the codes that it names, as reports write them behind it."""
    codes = ", ".join(_list(row["refs"]))
    title = None if isna(row["title"]) else str(row["title"])
    return words("paper.codes", title=title, codes=codes) if title and codes else title


def _period(row: dict, words: Words) -> str | None:
    """As printed; where only days are known, these."""
    if not isna(row["period_text"]):
        return row["period_text"]
    days = [words.date(day) for day in (row["period_start"], row["period_end"]) if not isna(day)]
    return " – ".join(dict.fromkeys(days)) or None


def _baht(value, words: Words) -> str | None:
    """Baht; 0 where the report says that no budget is used; None: it does not say."""
    if isna(value):
        return None
    return words.number(value, 0 if value == int(value) else 2) if value else words("paper.no_budget")


def _units(row: dict, words: Words) -> str:
    return words("paper.unit_comma").join(_list(row["responsible"]))


def _is_stated(row: dict) -> bool:
    return row["status_basis"] in ("mark", "phrase", "percent")


def _result(row: dict, words: Words) -> str | None:
    """What the report says of a measure: its text; where that is not in the data the phrase that decided its status, and of an inferred
    status with the word that it is reported so, never as a mark."""
    if not isna(row["result"]):
        return row["result"]
    said = None if isna(row["evidence"]) else str(row["evidence"])
    if row["status"] == "completed" and row["status_basis"] == "inferred":
        return words("paper.reported", evidence=said or BLANK)
    if said and row["status_basis"] != "mark":
        return said
    return words(f"paper.status.{row['status']}") if row["status"] in ("in_progress", "not_started") else None


def _plan_cells(blanks: Blanks, words: Words, budgets: bool):
    def cells(row: dict, place: int) -> dict:
        quarters = {column.key: TICK if int(column.key[-1]) in _ints(row["quarters"]) else "" for column in QUARTERS}
        known = {
            "number": None if isna(row["number"]) else words.written(row["number"]),
            "title": _title(row, words),
            "steps": row["steps"],
            "period": _period(row, words),
            "unit": _units(row, words),
            "follow": None,
        } | ({"budget_planned": _baht(row["budget_planned"], words)} if budgets else {})
        return {name: blanks.cell(name, place, text) for name, text in known.items()} | quarters

    return cells


def _ints(value) -> list[int]:
    return [] if _unknown(value) else [int(one) for one in value]


def _result_cells(blanks: Blanks, words: Words, budgets: bool):
    def cells(row: dict, place: int) -> dict:
        stated, said = _is_stated(row), _result(row, words)
        # A tick only where the report itself states it; beside any other row the two cells stay dotted for whoever signs.
        marks = {name: TICK if stated and row["status"] == name else "" for name in ("completed", "not_possible")}
        ticked = any(marks.values())
        if not stated:
            marks = {"completed": blanks.cell("done", place, None), "not_possible": BLANK}
        known = {
            "number": None if isna(row["number"]) else words.written(row["number"]),
            "title": _title(row, words),
            "steps": row["steps"],
            "period": _period(row, words),
            "unit": _units(row, words),
            "outcome": row["outcome"],
        } | ({name: _baht(row[name], words) for name in ("budget_planned", "budget_spent")} if budgets else {})
        result = (said or "") if ticked else blanks.cell("result", place, said)
        return {name: blanks.cell(name, place, text) for name, text in known.items()} | marks | {"result": result}

    return cells


def _project_cells(blanks: Blanks, words: Words, filled: bool = True):
    def cells(row: dict, place: int) -> dict:
        known = {
            "number": None if isna(row["number"]) else words.written(row["number"]),
            "title": _title(row, words),
            "project": _title(row, words),
            "period": _period(row, words),
            "period_done": _period(row, words) if filled else None,
            "unit": _units(row, words),
            "project_result": _project_result(row, words) if filled else None,
            "budget_planned": _baht(row["budget_planned"], words),
            "budget_spent": _baht(row["budget_spent"], words) if filled else None,
        }
        return known

    return cells


def _project_result(row: dict, words: Words) -> str | None:
    said = _result(row, words)
    return said or (words(f"paper.status.{row['status']}") if _is_stated(row) else None)


def _empty(table: Table, blanks: Blanks, rows: int, first: int = 1) -> list[dict]:
    """Rows of a form of which nothing is known."""
    return [
        {column.key: "" if column.over == "quarters" else blanks.cell(column.key, place, None) for column in table.columns}
        for place in range(first, first + rows)
    ]


def _table(form: str, name: str) -> Table:
    return next(part for part in FORMS[form].parts if part.name == name)


def laid_out(kind: str, known: Known) -> str:
    """The form of a paper: measures and their report have columns of budgets only where some measure of the year has one."""
    section = {"measures": "plan", "report": "result"}.get(kind)
    rows = _of(known, "ita_measures", section) if section else known.frames["papers_measures"].head(0)
    return f"{kind}_budgets" if len(rows[["budget_planned", "budget_spent"]].dropna(how="all")) else form_of(kind)


def _filled(rows: list[dict], table: Table, blanks: Blanks) -> list[dict]:
    """Rows with what is missing of the columns of their table as dotted lines."""
    place, filled = 0, []
    for row in rows:
        if "group" not in row:
            place += 1
            row = {column.key: blanks.cell(column.key, place, row[column.key]) for column in table.columns}
        filled.append(row)
    return filled


def _say(known: Known, word: str) -> list[str]:
    frame = known.frames[word]
    return [] if frame.empty else sentences(word, frame, known.words)


def analysis(known: Known, blanks: Blanks) -> dict[str, list]:
    """The result of the year and what it says."""
    words, scores = known.words, known.frames["papers_scores"]
    moved, rows = _parts(known.frames["change_waterfall"]), []
    for place, row in enumerate(scores.to_dict("records"), 1):
        level, part = row["indicator"] == "LEVEL", moved.get(row["indicator"])
        if level:
            before, now, difference = _level(row, "level_before", words), _level(row, "level", words), ""
        else:
            before, now = (None if isna(row[name]) else words.number(row[name]) for name in ("before", "score"))
            difference = blanks.cell("change", place, None if isna(row["change"]) else words.signed(row["change"]))
        rows.append(
            {
                "indicator": _named(row, words),
                "score_before": blanks.cell("score_before", place, before),
                "score": blanks.cell("score", place, now),
                "change": difference,
                "part": "" if part is None else words.signed(part),
            }
        )
    weak = known.frames["weakest"]
    strong = weak.sort_values("score", ascending=False, kind="stable").head(STRONG)
    blanks.line("questions", year=words.year(known.year))
    return {
        "result": [*_say(known, "verdict"), *_say(known, "score_trend")[1:]] or [_missing(blanks, "scores", words, known)],
        "scores": rows,
        "compared": [*_say(known, "compare_distribution"), *_say(known, "compare_profile")],
        "strengths": [
            words("paper.strong", indicator=words.numbered(row), score=words.number(row["score"])) for row in strong.to_dict("records")
        ],
        "improve": [*_say(known, "change_waterfall"), *_say(known, "weakest")],
        "weakest": [
            {
                "weak_indicator": words.numbered(row),
                "score_now": words.number(row["score"]),
                "gain": words.signed(row["gain"]),
                "gap": words.signed(row["gap"]),
                "weak_years": words("paper.weak_years", times=int(row["weakest_years"]), years=int(row["years"])),
            }
            for row in weak.to_dict("records")
        ],
        "path": _path(known.frames, words),
    }


def _parts(changes: DataFrame) -> dict[str, float]:
    """What each indicator gave to the printed change of the total, and the total's own change; empty where a year is not complete."""
    parts = {row["indicator"]: row["points"] for row in changes.to_dict("records") if row["kind"] == "part"}
    ends = changes[changes["kind"].isin(["start", "end"])]["points"].tolist()
    return parts | ({"TOTAL": round(ends[-1] - ends[0], 2)} if len(ends) > 1 else {})


def _level(row: dict, name: str, words: Words) -> str | None:
    return None if isna(row[f"{name}_th"]) else words.of(row, name)


def _named(row: dict, words: Words) -> str:
    if row["indicator"] in ("TOTAL", "LEVEL"):
        return words(f"paper.line.{row['indicator']}")
    if isna(row["instrument"]):
        return words("paper.line.instrument", name=words.of(row, "name"), code=row["indicator"])
    return words("paper.group.indicator", number=words.written(row["indicator"]), name=words.of(row, "name"))


def _missing(blanks: Blanks, key: str, words: Words, known: Known) -> str:
    """The sentence that something is not in the data, which is yet to fill in as well."""
    blanks.line(key, year=words.year(known.year))
    return words(f"paper.missing.{key}", year=words.year(known.year), line=LINE)


def _path(frames: dict[str, DataFrame], words: Words) -> list[str]:
    """The cheapest path to the next level, where there is one."""
    found = steps.next_path(frames["path"], frames["path_levels"])
    return sentences("path", found, words) if len(found) else []


def _of(known: Known, family: str, section: str) -> DataFrame:
    """The measures of a family and section in the order of the paper: those without a heading first, as nothing ends a heading."""
    rows = known.frames["papers_measures"]
    rows = rows[(rows["family"] == family) & (rows["section"] == section)]
    headed = rows["group_number"].notna() | rows["group_name"].notna()
    return rows.loc[headed.sort_values(kind="stable").index]


def measures(known: Known, blanks: Blanks) -> dict[str, list]:
    """The plan of the year; where there is none, a row for each weak indicator to be filled in, and what was planned before."""
    words, plan = known.words, _of(known, "ita_measures", "plan")
    weak, before = known.answered["weakest"], known.frames["papers_before"]
    said = [*(sentences("weakest", weak, words) if len(weak) else []), *_path(known.answered, words)]
    reason = [words("paper.said.answers", year=words.year(int(weak["fiscal_year"].iloc[0]))), *said] if len(weak) else []
    reason = reason or [_missing(blanks, "reason", words, known)]
    table = _table("measures", "plan")
    if len(plan):
        budgets = laid_out("measures", known) != "measures"
        return {"reason": reason, "plan": _grouped(plan, _plan_cells(blanks, words, budgets), words), "before": []}
    rows = []
    for row in weak.head(WEAK).to_dict("records"):
        place = sum("group" not in one for one in rows) + 1
        rows.append({"group": words("paper.group.indicator", number=words.written(row["indicator"]), name=words.of(row, "name"))})
        rows += _empty(table, blanks, 1, place)
    rows = rows or _empty(table, blanks, ROWS)
    aimed = before[before["indicator"].isin(weak.head(WEAK)["indicator"])] if len(weak) else before
    return {
        "reason": [*reason, words("paper.said.no_measures", year=words.year(known.year))],
        "plan": rows,
        "before": [
            words(
                "paper.said.planned_before",
                year=words.year(int(row["fiscal_year"])),
                indicator=words.indicator(row["indicator"]),
                title=row["title"],
            )
            for row in aimed.to_dict("records")
        ],
    }


def _counts(rows: DataFrame, words: Words) -> list[str]:
    """How many are completed, how much of it stated and how much inferred, and how many rows decide nothing."""
    if rows.empty:
        return []
    done = rows[rows["status"] == "completed"]
    inferred = int((done["status_basis"] == "inferred").sum())
    counted = {name: int((rows["status"] == name).sum()) for name in ("in_progress", "not_started", "not_possible", "unknown")}
    return [words("paper.counts", n=len(rows), completed=len(done), stated=len(done) - inferred, inferred=inferred, **counted)]


def _basis(rows: DataFrame, words: Words) -> list[str]:
    """Which rows rest on a statement of the report, which were understood from its text, and which say nothing that decides."""
    places = dict.fromkeys(("stated", "inferred", "unknown"))
    for name in places:
        places[name] = [
            place
            for place, row in enumerate(rows.to_dict("records"), 1)
            if name == ("unknown" if row["status"] == "unknown" else "inferred" if row["status_basis"] == "inferred" else "stated")
        ]
    return [words(f"paper.basis.{name}", rows=ranges(at, words), n=len(at)) for name, at in places.items() if at]


def _unreported(known: Known, family: str) -> list[str]:
    """Planned measures that no row of the report answers, by their number in the plan."""
    pairs = known.frames["plan_pairs"]
    dropped = pairs[(pairs["family"] == family) & (pairs["pair"] == "dropped")]
    words = known.words
    return [
        words("paper.unreported", number="–" if isna(row["plan_number"]) else words.written(row["plan_number"]), title=row["plan_title"])
        for row in dropped.to_dict("records")
    ]


def report(known: Known, blanks: Blanks) -> dict[str, list]:
    """The report on the measures; where none is read in, the rows of the plan to be reported on."""
    words, rows = known.words, _of(known, "ita_measures", "result")
    table = _table("report", "results")
    if len(rows):
        return {
            "summary": _counts(rows, words),
            "results": _grouped(rows, _result_cells(blanks, words, laid_out("report", known) != "report"), words),
            "unreported": _unreported(known, "ita_measures"),
            "basis": _basis(rows, words),
        }
    plan = _of(known, "ita_measures", "plan")
    if plan.empty:
        blanks.line("report", year=words.year(known.year))
        return {
            "summary": [words("paper.said.no_report", year=words.year(known.year))],
            "results": _empty(table, blanks, ROWS),
            "unreported": [],
            "basis": [],
        }

    def cells(row: dict, place: int) -> dict:
        number = None if isna(row["number"]) else words.written(row["number"])
        known_of = {"number": number, "title": _title(row, words), "steps": row["steps"], "period": _period(row, words)}
        return known_of | {"unit": _units(row, words), "budget_planned": _baht(row["budget_planned"], words)}

    planned = _grouped(plan, cells, words)
    planned = [row if "group" in row else {column.key: row.get(column.key) for column in table.columns} for row in planned]
    return {
        "summary": [words("paper.said.from_plan", year=words.year(known.year), n=len(plan))],
        "results": _filled(planned, table, blanks),
        "unreported": [],
        "basis": [],
    }


def action_plan(known: Known, blanks: Blanks) -> dict[str, list]:
    """The plan against corruption in its dimensions; where only its report is read in, the projects that this names."""
    words, table = known.words, _table("action_plan", "projects")
    plan, results = _of(known, "action_plan", "plan"), _of(known, "action_plan", "result")
    rows = plan if len(plan) else results
    if rows.empty:
        blanks.line("action_plan", year=words.year(known.year))
        return {"reason": [words("paper.said.no_action_plan", year=words.year(known.year))], "projects": _dimensions(table, blanks, words)}
    said = [words("paper.said.action_plan" if len(plan) else "paper.said.from_report", year=words.year(known.year), n=len(rows))]
    return {"reason": said, "projects": _filled(_grouped(rows, _project_cells(blanks, words), words), table, blanks)}


def _dimensions(table: Table, blanks: Blanks, words: Words) -> list[dict]:
    """The four dimensions of the form, nothing of them known."""
    rows = []
    for number in (1, 2, 3, 4):
        rows += [
            {"group": words("paper.group.dimension", number=words.written(number), name=LINE)},
            *_empty(table, blanks, 2, 2 * number - 1),
        ]
    return rows


def action_report(known: Known, blanks: Blanks, months: int) -> dict[str, list]:
    """The report on the plan after six or twelve months. The report of the other round, and the plan, give projects and budgets to it."""
    words, table = known.words, _table("action_report", "projects")
    results, plan = _of(known, "action_plan", "result"), _of(known, "action_plan", "plan")
    own = results[results["round"] == "six_month"] if months == 6 else results[results["round"] != "six_month"]
    others = results if own.empty else own
    rows, filled = (own, True) if len(own) else (plan, False) if len(plan) else (others, False)
    if rows.empty:
        blanks.line("action_plan", year=words.year(known.year))
        said = [words("paper.said.no_action_plan", year=words.year(known.year))]
        return {"summary": said, "projects": _dimensions(table, blanks, words), "unreported": [], "basis": []}
    told = _counts(rows, words) if filled else [words("paper.said.unfilled", n=len(rows), months=months)]
    return {
        "summary": told,
        "projects": _filled(_grouped(rows, _project_cells(blanks, words, filled), words), table, blanks),
        "unreported": _unreported(known, "action_plan") if filled else [],
        "basis": _basis(rows, words) if filled else [],
    }


def memo(known: Known, blanks: Blanks) -> dict[str, list]:
    """The cover memo: what is filed, what it says in one paragraph, whom it goes to is left open."""
    words, items = known.words, known.frames["papers_items"]
    year = words.year(known.year)
    named = [
        words(
            "paper.memo.item",
            code=row["code"].lower(),
            name=row["name_th"] if not isna(row["name_th"]) else words(f"paper.kind.{row['paper']}"),
        )
        for row in items.to_dict("records")
    ]
    for key in ("number", "date", "to", "signature"):
        blanks.line(f"memo_{key}")
    said = [*_say(known, "verdict")[:1], *_counts(_of(known, "ita_measures", "result"), words)]
    return {
        "head": [
            words("paper.memo.office", office=known.agency),
            words("paper.memo.number", line="." * 24),
            words("paper.memo.subject", year=year),
            words("paper.memo.to", line=LINE),
        ],
        "body": [
            words("paper.memo.begin", agency=known.agency, year=year),
            *said,
            *([words("paper.memo.items", year=year), *named] if named else []),
            words("paper.memo.end"),
        ],
        "sign": [words("paper.memo.sign", line="." * 40), f"({'.' * 40})", words("paper.memo.position", line="." * 40)],
    }


def unit(known: Known, blanks: Blanks, name: str | None) -> dict[str, list]:
    """The sheet of one responsible unit: its own measures, to report on; None: those that name no unit."""
    words, rows = known.words, known.frames["papers_measures"]
    mine = rows[[name in _list(row) if name else not _list(row) for row in rows["responsible"]]]
    # What was planned and is reported on stands once, as reported.
    reported = mine[mine["section"] == "result"]
    families = set(reported["family"])
    mine = mine[(mine["section"] == "result") | ~mine["family"].isin(families)]

    def cells(row: dict, place: int) -> dict:
        state = None if isna(row["status"]) else words(f"status.{row['status']}")
        if row["status_basis"] == "inferred":
            state = words("paper.inferred", status=state)
        return {
            "number": blanks.cell("number", place, None if isna(row["number"]) else words.written(row["number"])),
            "task": blanks.cell("task", place, _title(row, words)),
            "period": blanks.cell("period", place, _period(row, words)),
            "status": blanks.cell("status", place, state),
            "to_report": blanks.cell("to_report", place, None),
        }

    return {"summary": [words("paper.said.unit", n=len(mine), year=words.year(known.year))], "tasks": _grouped(mine, cells, words)}


def units(known: Known) -> list[str]:
    """The responsible units of the year, those with most measures first."""
    named = known.frames["papers_measures"]["responsible"].map(_list)
    counted: dict[str, int] = {}
    for row in named:
        for one in row:
            counted[one] = counted.get(one, 0) + 1
    return sorted(counted, key=lambda one: (-counted[one], one))


def paper(kind: str, known: Known, of_unit: str | None = None) -> Paper:
    """One paper of a kind. KeyError: no such kind."""
    words = known.words
    months = {"action_report_6": 6, "action_report_12": 12}.get(kind)
    given = {"year": words.written(known.year), "before": words.written(known.year - 1), "unit": of_unit or words("paper.no_unit")}
    given["round"] = words(f"paper.round_{months}") if months else ""
    blanks = Blanks(words, given)
    makers = {"analysis": analysis, "measures": measures, "report": report, "action_plan": action_plan, "memo": memo}
    if months:
        parts = action_report(known, blanks, months)
    elif kind == "unit":
        parts = unit(known, blanks, of_unit)
    else:
        parts = makers[kind](known, blanks)
    rows = max((sum("group" not in row for row in part) for part in parts.values() if part and isinstance(part[0], dict)), default=0)
    place = [words(f"paper.{name}", name=value) for name, value in (("district", known.district), ("province", known.province)) if value]
    return Paper(
        kind,
        words,
        known.agency,
        " ".join(place),
        known.year,
        known.synthetic,
        parts,
        blanks.told(rows),
        laid_out(kind, known),
        f"{words(f'paper.kind.{kind}')} {known.agency} {known.year}" + (f" {given['unit']}" if kind == "unit" else ""),
        given,
    )
