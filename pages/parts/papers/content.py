"""From the frames of the database to papers as plain data. Pure: neither Streamlit nor the database; all words are in text.csv.

A function a kind takes what is known (`Known`) and gives the parts of its paper and what is yet to fill in. Nothing is claimed that the
data do not say: what is missing is a dotted line, a status that was understood from the text of a report is told apart from a stated one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pandas import DataFrame, isna

from pages.parts.papers.paper import BLANK, FORMS, LINE, QUARTERS, Column, Made, Paper, Parts, Table, form_of, label
from pages.parts.reckon import steps
from pages.parts.say.sentences import sentences
from pages.parts.say.text import Words

WEAK = 3  # indicators that measures are proposed for where none were planned
STRONG = 3
ROWS = 5  # empty rows of a form of which nothing is known
TICK = "/"  # as the official form has it


@dataclass(frozen=True)
class Known:
    """What papers of one agency and year are made of: word of a query -> frame, asked when it is looked up. `of_before`: weakest, path and
    path_levels of the year before."""

    agency_id: str
    agency: str
    district: str | None
    province: str | None
    year: int
    synthetic: bool
    frames: Mapping[str, DataFrame]
    of_before: Mapping[str, DataFrame]
    words: Words

    @property
    def answered(self) -> Mapping[str, DataFrame]:
        """Frames of the result that the measures of the year answer: the one of the year before where it is known, else the year's own."""
        return self.of_before if len(self.of_before["weakest"]) else self.frames

    @cached_property
    def scores(self) -> list[dict]:
        """The scores of the year beside the year before, a row an indicator, instrument, the total and the level."""
        return self.frames["papers_scores"].to_dict("records")

    @cached_property
    def measures(self) -> list[dict]:
        """The measures of the year in the order of the paper: those without a heading first, as nothing ends a heading."""
        return sorted(self.frames["papers_measures"].to_dict("records"), key=_headed)

    def of(self, family: str, section: str) -> list[dict]:
        """The measures of a family and section."""
        return [row for row in self.measures if row["family"] == family and row["section"] == section]

    @cached_property
    def tasks(self) -> list[dict]:
        """The measures of the year once each: what was planned and is reported on as reported."""
        reported = {row["family"] for row in self.measures if row["section"] == "result"}
        return [row for row in self.measures if row["section"] == "result" or row["family"] not in reported]


@dataclass
class Blanks:
    """What stands as a dotted line: columns of tables by their rows, and single lines."""

    words: Words
    given: dict[str, str]
    columns: dict[str, dict[int, None]] = field(default_factory=dict)  # places in order
    rows: int = 0  # of the longest table
    lines: list[str] = field(default_factory=list)

    def row(self, table: Table, place: int, cells: dict[str, str | None]) -> dict[str, str]:
        """A row of a table from its cells by column. What is None is a dotted line that is kept in mind by the row's place (1, 2, ...)."""
        self.rows = max(self.rows, place)
        return {column.key: self._cell(column, place, cells.get(column.key)) for column in table.columns}

    def _cell(self, column: Column, place: int, text: str | None) -> str:
        if text is None and column.over == "quarters":
            return ""
        if text is None or text and not text.strip():
            self.columns.setdefault(column.over or column.key, {})[place] = None
            return BLANK
        return text

    def line(self, key: str, **values) -> None:
        self.lines.append(self.words(f"paper.blank.{key}", **values))

    def told(self) -> list[str]:
        """A line a column: in which rows it is empty."""
        said = [
            self.words(
                "paper.blank.column",
                column=label(self.words, name, self.given),
                rows=self.words("paper.blank.every_row") if len(at) == self.rows else ranges(at, self.words),
                n=len(at),
            )
            for name, at in self.columns.items()
        ]
        return self.lines + said


def _known(row: dict, name: str):
    """A value of a measure, None where there is none."""
    value = row[name]
    return None if value is None or (not hasattr(value, "__len__") and isna(value)) else value


def _list(row: dict, name: str) -> list[str]:
    return [str(one) for one in row[name]] if hasattr(row[name], "__len__") else []


def _headed(row: dict) -> bool:
    return _known(row, "group_number") is not None or _known(row, "group_name") is not None


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
    number, name, kind = _known(row, "group_number"), _known(row, "group_name"), row["group_kind"]
    if number is not None and kind in ("indicator", "dimension"):
        return words(f"paper.group.{kind}", number=words.written(number), name=name or "").strip()
    return words.heading(row["group_number"], row["group_name"])


def _grouped(measures: list[dict], table: Table, blanks: Blanks, filled: bool = True) -> list[dict]:
    """Rows of a table: each measure with what is known of it, and a heading row where another heading begins. `filled`: False in a
    report of which only the plan is known."""
    rows, last = [], ""
    for place, row in enumerate(measures, 1):
        group = _heading(row, blanks.words)
        if group and group != last:
            rows.append({"group": group})
        last = group
        rows.append(blanks.row(table, place, _planned(row, blanks.words) | (_done(row, blanks.words) if filled else {})))
    return rows


def _planned(row: dict, words: Words) -> dict[str, str | None]:
    """What a plan says of a measure, by the columns of every table; None: it does not say."""
    title, number, quarters = _title(row, words), _known(row, "number"), set(_list(row, "quarters"))
    return {
        "number": None if number is None else words.written(number),
        "title": title,
        "project": title,
        "task": title,
        "steps": _known(row, "steps"),
        "period": _period(row, words),
        "unit": words("paper.unit_comma").join(_list(row, "responsible")) or None,
        "budget_planned": _baht(row["budget_planned"], words),
    } | {column.key: TICK if column.key[-1] in quarters else "" for column in QUARTERS}


def _done(row: dict, words: Words) -> dict[str, str | None]:
    """What a report says of a measure, by the columns of every table; None: it does not say."""
    stated, result = row["status_basis"] in ("mark", "phrase", "percent"), _result(row, words)
    # A tick only where the report itself states it; beside any other row the two cells stay dotted for whoever signs.
    marks = {name: (TICK if row["status"] == name else "") if stated else None for name in ("completed", "not_possible")}
    status = words(f"paper.status.{row['status']}") if stated else None
    return {
        "period_done": _period(row, words),
        "budget_spent": _baht(row["budget_spent"], words),
        "result": "" if result is None and TICK in marks.values() else result,
        "project_result": result or status,
        "outcome": _known(row, "outcome"),
        "status": _state(row, words),
    } | marks


def _state(row: dict, words: Words) -> str | None:
    """The status in the words of the pages, and whether it was inferred; None of what is only planned."""
    if _known(row, "status") is None:
        return None
    said = words(f"status.{row['status']}")
    return words("paper.inferred", status=said) if row["status_basis"] == "inferred" else said


def _title(row: dict, words: Words) -> str | None:
    """The measure with the codes that it names, as reports write them behind it."""
    title, codes = _known(row, "title"), ", ".join(_list(row, "refs"))
    return words("paper.codes", title=title, codes=codes) if title and codes else title


def _period(row: dict, words: Words) -> str | None:
    """As printed; where only days are known, these."""
    days = [words.date(day) for day in (row["period_start"], row["period_end"]) if not isna(day)]
    return _known(row, "period_text") or " – ".join(dict.fromkeys(days)) or None


def _baht(value, words: Words) -> str | None:
    """Baht; 0 where the report says that no budget is used; None: it does not say."""
    if isna(value):
        return None
    return words.number(value, 0 if value == int(value) else 2) if value else words("paper.no_budget")


def _result(row: dict, words: Words) -> str | None:
    """What the report says of a measure: its text; where that is not in the data the phrase that decided its status, and of an inferred
    status with the word that it is reported so, never as a mark."""
    said, told = _known(row, "evidence"), _known(row, "result")
    if told is not None:
        return told
    if row["status"] == "completed" and row["status_basis"] == "inferred":
        return words("paper.reported", evidence=said or BLANK)
    if said and row["status_basis"] != "mark":
        return said
    return words(f"paper.status.{row['status']}") if row["status"] in ("in_progress", "not_started") else None


def _empty(table: Table, blanks: Blanks, rows: int, first: int = 1) -> list[dict]:
    """Rows of a form of which nothing is known."""
    return [blanks.row(table, place, {}) for place in range(first, first + rows)]


def _table(form: str, name: str) -> Table:
    return next(part for part in FORMS[form].parts if part.name == name)


def laid_out(kind: str, known: Known) -> str:
    """The form of a paper: measures and their report have columns of budgets only where some measure of the year has one."""
    section = {"measures": "plan", "report": "result"}.get(kind)
    rows = known.of("ita_measures", section) if section else []
    budgets = any(not isna(row[name]) for row in rows for name in ("budget_planned", "budget_spent"))
    return f"{kind}_budgets" if budgets else form_of(kind)


def _said(known: Known, word: str) -> list[str]:
    """What the pages say of a word; nothing where there is no data."""
    frame = known.frames[word]
    return [] if frame.empty else sentences(word, frame, known.words)


def _paragraphs(words: Words, *several: list[str]) -> list[str]:
    """Lists of sentences of the pages, which begin small after the first, each list as one paragraph; what was said is not said again."""
    told, paragraphs = set(), []
    for said in several:
        new = [one for one in dict.fromkeys(said) if one not in told]
        told.update(new)
        text = words("paper.join").join(new)
        paragraphs += [text[:1].upper() + text[1:]] if new else []
    return paragraphs


def analysis(known: Known, blanks: Blanks) -> dict[str, Made]:
    """The result of the year and what it says."""
    words, table, rows = known.words, _table("analysis", "scores"), []
    for place, row in enumerate(known.scores, 1):
        if row["indicator"] == "LEVEL":
            before, now, difference = _level(row, "level_before", words), _level(row, "level", words), ""
        else:
            before, now = (None if isna(row[name]) else words.number(row[name]) for name in ("before", "score"))
            difference = None if isna(row["change"]) else words.signed(row["change"])
        cells = {"indicator": _named(row, words), "score_before": before, "score": now, "change": difference, "part": ""}
        rows.append(blanks.row(table, place, cells))
    weak, table, found = known.frames["weakest"].to_dict("records"), _table("analysis", "weakest"), []
    for place, row in enumerate(weak, 1):
        cells = {
            "weak_indicator": _named(row, words),
            "score_now": words.number(row["score"]),
            "gain": None if isna(row["gain"]) else words.signed(row["gain"]),
            "gap": None if isna(row["gap"]) else words.signed(row["gap"]),
            "weak_years": words("paper.weak_years", times=int(row["weakest_years"]), years=int(row["years"])),
        }
        found.append(blanks.row(table, place, cells))
    strong = sorted(weak, key=lambda row: -row["score"])[:STRONG]
    blanks.line("questions", year=words.year(known.year))
    # With a total there is a result to tell of: what it says needs not be asked to know that nothing is missing.
    has_total = any(row["indicator"] == "TOTAL" and not isna(row["score"]) for row in known.scores)
    missing = [] if has_total or _result_of_year(known) else [_missing(blanks, "scores", words, known)]
    return {
        "result": lambda: _paragraphs(words, _result_of_year(known)) or missing,
        "scores": lambda: _with_parts(rows, known),
        "compared": lambda: _paragraphs(words, _said(known, "compare_distribution"), _said(known, "compare_profile")),
        "strengths": [words("paper.strong", indicator=_named(row, words), score=words.number(row["score"])) for row in strong],
        "improve": lambda: _improve(known),
        "weakest": found,
        "path": lambda: _paragraphs(words, _path(known.frames, words)),
    }


def _result_of_year(known: Known) -> list[str]:
    return [*_said(known, "verdict"), *_said(known, "score_trend")[1:]]


def _improve(known: Known) -> list[str]:
    """What moved the total and which indicators are weak, without what the result said already."""
    result = _result_of_year(known)
    return _paragraphs(known.words, result, _said(known, "change_waterfall"), _said(known, "weakest"))[bool(result) :]


def _with_parts(rows: list[dict], known: Known) -> list[dict]:
    """The rows of the scores, each with what its indicator gave to the change of the total."""
    moved = _parts(known.frames["change_waterfall"])
    return [
        row | {"part": known.words.signed(moved[score["indicator"]]) if score["indicator"] in moved else ""}
        for row, score in zip(rows, known.scores, strict=True)
    ]


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


def measures(known: Known, blanks: Blanks) -> dict[str, Made]:
    """The plan of the year; where there is none, a row for each weak indicator to be filled in, and what was planned before."""
    words, plan = known.words, known.of("ita_measures", "plan")
    table = _table(laid_out("measures", known), "plan")
    # With a score of an indicator there is a result that they answer: it needs not be asked to know that nothing is missing.
    has_scores = any(not isna(row["instrument"]) and not isna(row["score"]) for row in known.scores)
    missing = [] if has_scores or len(known.answered["weakest"]) else [_missing(blanks, "reason", words, known)]
    if plan:
        return {"reason": lambda: _reason(known) or missing, "plan": _grouped(plan, table, blanks), "before": []}
    weak = known.answered["weakest"]
    rows = []
    for place, row in enumerate(weak.head(WEAK).to_dict("records"), 1):
        rows.append({"group": words("paper.group.indicator", number=words.written(row["indicator"]), name=words.of(row, "name"))})
        rows += _empty(table, blanks, 1, place)
    rows = rows or _empty(table, blanks, ROWS)
    before = known.frames["papers_before"]
    aimed = before[before["indicator"].isin(weak.head(WEAK)["indicator"])] if len(weak) else before
    return {
        "reason": lambda: [*(_reason(known) or missing), words("paper.said.no_measures", year=words.year(known.year))],
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


def _reason(known: Known) -> list[str]:
    """The result that the measures answer: where it is weakest, and the cheapest path."""
    words, weak = known.words, known.answered["weakest"]
    if weak.empty:
        return []
    said = _paragraphs(words, sentences("weakest", weak, words), _path(known.answered, words))
    return [words("paper.said.answers", year=words.year(int(weak["fiscal_year"].iloc[0]))), *said]


def _counts(rows: list[dict], words: Words) -> list[str]:
    """How many are completed, how much of it stated and how much inferred, and how many rows decide nothing."""
    if not rows:
        return []
    counted = Counter(row["status"] for row in rows)
    inferred = sum(row["status"] == "completed" and row["status_basis"] == "inferred" for row in rows)
    numbers = {name: counted[name] for name in ("completed", "in_progress", "not_started", "not_possible", "unknown")}
    return [words("paper.counts", n=len(rows), stated=counted["completed"] - inferred, inferred=inferred, **numbers)]


def _basis(rows: list[dict], words: Words) -> list[str]:
    """Which rows rest on a statement of the report, which were understood from its text, and which say nothing that decides."""
    places: dict[str, list[int]] = {"stated": [], "inferred": [], "unknown": []}
    for place, row in enumerate(rows, 1):
        name = "unknown" if row["status"] == "unknown" else "inferred" if row["status_basis"] == "inferred" else "stated"
        places[name].append(place)
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


def report(known: Known, blanks: Blanks) -> dict[str, Made]:
    """The report on the measures; where none is read in, the rows of the plan to be reported on."""
    words, rows, plan = known.words, known.of("ita_measures", "result"), known.of("ita_measures", "plan")
    table = _table(laid_out("report", known), "results")
    if rows:
        return {
            "summary": _counts(rows, words),
            "results": _grouped(rows, table, blanks),
            "unreported": lambda: _unreported(known, "ita_measures"),
            "basis": _basis(rows, words),
        }
    if plan:
        said = words("paper.said.from_plan", year=words.year(known.year), n=len(plan))
    else:
        said = words("paper.said.no_report", year=words.year(known.year))
        blanks.line("report", year=words.year(known.year))
    results = _grouped(plan, table, blanks, filled=False) or _empty(table, blanks, ROWS)
    return {"summary": [said], "results": results, "unreported": [], "basis": []}


def action_plan(known: Known, blanks: Blanks) -> dict[str, Made]:
    """The plan against corruption in its dimensions; where only its report is read in, the projects that this names."""
    words, table = known.words, _table("action_plan", "projects")
    plan, results = known.of("action_plan", "plan"), known.of("action_plan", "result")
    rows = plan or results
    if not rows:
        blanks.line("action_plan", year=words.year(known.year))
        return {"reason": [words("paper.said.no_action_plan", year=words.year(known.year))], "projects": _dimensions(table, blanks)}
    said = words("paper.said.action_plan" if plan else "paper.said.from_report", year=words.year(known.year), n=len(rows))
    return {"reason": [said], "projects": _grouped(rows, table, blanks)}


def _dimensions(table: Table, blanks: Blanks) -> list[dict]:
    """The four dimensions of the form, nothing of them known."""
    words, rows = blanks.words, []
    for number in (1, 2, 3, 4):
        heading = words("paper.group.dimension", number=words.written(number), name=LINE)
        rows += [{"group": heading}, *_empty(table, blanks, 2, 2 * number - 1)]
    return rows


def action_report(known: Known, blanks: Blanks, months: int) -> dict[str, Made]:
    """The report on the plan after six or twelve months. The report of the other round, and the plan, give projects and budgets to it."""
    words, table = known.words, _table("action_report", "projects")
    results, plan = known.of("action_plan", "result"), known.of("action_plan", "plan")
    own = [row for row in results if (row["round"] == "six_month") == (months == 6)]
    rows = own or plan or results
    if not rows:
        blanks.line("action_plan", year=words.year(known.year))
        said = [words("paper.said.no_action_plan", year=words.year(known.year))]
        return {"summary": said, "projects": _dimensions(table, blanks), "unreported": [], "basis": []}
    return {
        "summary": _counts(own, words) or [words("paper.said.unfilled", n=len(rows), months=months)],
        "projects": _grouped(rows, table, blanks, filled=bool(own)),
        "unreported": (lambda: _unreported(known, "action_plan")) if own else [],
        "basis": _basis(own, words),
    }


def memo(known: Known, blanks: Blanks) -> dict[str, Made]:
    """The cover memo: what is filed, what it says in one paragraph, whom it goes to is left open."""
    words = known.words
    year = words.year(known.year)
    for key in ("emblem", "number", "date", "to", "signature"):
        blanks.line(f"memo_{key}")
    return {
        "head": [
            words("paper.memo.office", office=known.agency),
            words("paper.memo.number", line=LINE[:36]),
            words("paper.memo.subject", year=year),
            words("paper.memo.to", line=LINE),
        ],
        "body": lambda: _memo_body(known),
        "sign": [words("paper.memo.sign", line="." * 40), f"({'.' * 40})", words("paper.memo.position", line="." * 40)],
    }


def _memo_body(known: Known) -> list[str]:
    words, year = known.words, known.words.year(known.year)
    named = [
        words(
            "paper.memo.item", code=row["code"].lower(), name=row["name_th"] if not isna(row["name_th"]) else words(f"task.{row['paper']}")
        )
        for row in known.frames["papers_items"].to_dict("records")
    ]
    return [
        words("paper.memo.begin", agency=known.agency, year=year),
        *_said(known, "verdict")[:1],
        *_counts(known.of("ita_measures", "result"), words),
        *([words("paper.memo.items", year=year), *named] if named else []),
        words("paper.memo.end"),
    ]


def unit(known: Known, blanks: Blanks, name: str | None) -> dict[str, Made]:
    """The sheet of one responsible unit: its own measures, to report on; None: those that name no unit."""
    words, mine = known.words, charged(known, name)
    said = words("paper.said.unit", n=len(mine), year=words.year(known.year))
    return {"summary": [said], "tasks": _grouped(mine, _table("unit", "tasks"), blanks)}


def charged(known: Known, name: str | None) -> list[dict]:
    """The measures that a unit is in charge of; None: those that name no unit."""
    return [row for row in known.tasks if (name in _list(row, "responsible") if name else not _list(row, "responsible"))]


def units(known: Known) -> list[str]:
    """The responsible units of the year, those with most measures first."""
    counted = Counter(one for row in known.measures for one in _list(row, "responsible"))
    return sorted(counted, key=lambda one: (-counted[one], one))


def paper(kind: str, known: Known, of_unit: str | None = None) -> Paper:
    """One paper of a kind. What only its reader sees is made when it is read. KeyError: no such kind."""
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
    place = [words(f"paper.{name}", name=value) for name, value in (("district", known.district), ("province", known.province)) if value]
    return Paper(
        kind,
        words,
        known.agency,
        " ".join(place),
        known.year,
        known.synthetic,
        Parts(parts),
        blanks.told(),
        laid_out(kind, known),
        f"{words(f'task.{kind}')} {known.agency} {known.year}" + (f" {given['unit']}" if kind == "unit" else ""),
        given,
    )
