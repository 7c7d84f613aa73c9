"""What is known before a document is opened: the inputs, the rules of each year, the registry of agencies and places, benchmarks."""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from etl.build.inputs import Inputs, Problem
from etl.build.rows import insert, insert_findings, source_of, unusable
from etl.findings import finding
from etl.formats import Unreadable
from etl.formats.encoding import decode
from etl.known import Known
from etl.known.names import Agency
from etl.known.rules import common_base
from etl.messages import message

NAMED = ("name_th", "name_en")
KNOWN_FROM = ("certainty", "source")
LISTED = ("agency_id", "code", "name", "agency_type", "district", "province", "region", "lat", "lon", "km2", "size", "listed")
BENCHMARK = ("fiscal_year", "fiscal_year_be", "scope", "metric", "value", "how_known", "source_url", "agencies")


def load_facts(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    _keep_inputs(con, inputs)
    problems = [unusable(con, file, "unknown", said) for file, said in inputs.spoilt]
    problems += _mistakes(con, inputs, known)
    _load_rules(con, known)
    _load_registry(con, inputs, known)
    return problems + _load_benchmarks(con, inputs)


def _keep_inputs(con: DuckDBPyConnection, inputs: Inputs) -> None:
    """What pages/parts/ask/freshness.py compares."""
    files = [*inputs.files.values(), *(file for file, _ in inputs.spoilt), *inputs.program]
    rows = [{"path": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in files]
    insert(con, "build_input", rows + [{"path": name, "bytes": None, "sha256": None} for name in inputs.closed])
    insert(con, "build_folder", [vars(folder) for folder in inputs.folders])


def _mistakes(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> list[Problem]:
    problems = []
    for mistake in known.mistakes:
        file = inputs.files.get(f"rules/{mistake.file}")
        if file:  # where it cannot be opened, that was said
            problems.append(Problem(f"{file.name}: {mistake.key}", mistake.said))
            found = finding("rules_mistake", mistake.key, raw=mistake.key, reason=mistake.said)
            insert_findings(con, source_of(con, file, "rules"), [found])
    return problems


def _load_rules(con: DuckDBPyConnection, known: Known) -> None:
    base, segment = common_base(known.rules), 0
    found = defaultdict(list)  # table -> its rows of all years: to insert them costs less than to do it once a year
    for year, rules in known.rules.items():
        scored = bool(rules.instruments)
        segment += not rules.comparability["with_previous"]
        weights = rules.weights()

        def rows(rows: list[dict], code: str, *columns: str, year: int = year) -> list[dict]:
            """Rows of the rules as those of a table: their code under the name of its column."""
            return [{"fiscal_year": year, code: row["code"]} | {key: row.get(key) for key in (*columns, *KNOWN_FROM)} for row in rows]

        found["rule_year"] += [
            {"fiscal_year": year, "comparable_with_previous": rules.comparability["with_previous"], "level_scale": rules.level_scale,
             "scored": scored, "segment": segment if scored else None, "unknown": list(rules.unknown)}
            | {key: rules.comparability[key] for key in ("note_th", "note_en", *KNOWN_FROM)}]  # fmt: skip
        found["instrument"] += rows(rules.instruments, "instrument", *NAMED, "weight")
        found["indicator"] += [
            row | {"position": position, "weight_base": base, "weight": float(weights[row["indicator"]]) if weights else None,
                   "weight_units": int(weights[row["indicator"]] * base) if weights else None}
            for position, row in enumerate(rows(rules.indicators, "indicator", "instrument", *NAMED), 1)]  # fmt: skip
        found["level"] += [
            {"fiscal_year": year, "rank": rank, "passes": row.get("passes", False)}
            | {key: row.get(key) for key in ("level", *NAMED, "min_total", "min_instrument", *KNOWN_FROM)}
            for rank, row in enumerate(rules.levels, 1)]  # fmt: skip
        found["question"] += [{"fiscal_year": year} | row for row in rules.questions]
        found["sub_indicator"] += rows(rules.sub_indicators, "sub_indicator", "indicator", *NAMED)
        found["paper"] += [
            {"fiscal_year": year} | {key: row.get(key) for key in ("paper", "code", "due", *KNOWN_FROM)} for row in rules.papers
        ]
    for table, listed in found.items():
        insert(con, table, listed)


def _load_registry(con: DuckDBPyConnection, inputs: Inputs, known: Known) -> None:
    registry = known.registry
    for name, file in inputs.files.items():
        own = [said for said in registry.findings if said.place == name or said.place.startswith(f"{name} row ")]
        if own:
            insert_findings(con, source_of(con, file, "registry"), own)
    insert_agencies(con, registry.agencies)
    listed = list(registry.local)
    insert(con, "local_government", [{column: getattr(one, column) for column in LISTED} for one in listed])
    con.execute("create temp table web_domain(agency_id varchar, web_domain varchar)")
    domains = [{"agency_id": one.agency_id, "web_domain": one.web_domain} for one in (*registry.agencies, *listed) if one.web_domain]
    insert(con, "web_domain", domains)
    insert(con, "province", list(registry.province_rows))


def insert_agencies(con: DuckDBPyConnection, agencies: Iterable[Agency]) -> None:
    """Agencies of the registry, and the names under which they are found."""
    agencies = list(agencies)
    columns = ("agency_id", "name", "agency_type", "district", "province", "region")
    insert(con, "agency", [{column: getattr(one, column) for column in columns} | {"synthetic": False} for one in agencies])
    aliases = [(one.agency_id, alias) for one in agencies for alias in dict.fromkeys((one.name, *one.aliases))]
    insert(con, "agency_alias", [{"agency_id": agency_id, "alias": alias} for agency_id, alias in aliases])


def _load_benchmarks(con: DuckDBPyConnection, inputs: Inputs) -> list[Problem]:
    file = inputs.files.get("benchmarks.csv")
    if file is None:
        return []
    try:
        lines = csv.DictReader(io.StringIO(decode(file.path.read_bytes()), newline=""))
        rows = [{column: (row.get(column) or "").strip() or None for column in BENCHMARK} for row in lines]
    except Unreadable as error:
        return [unusable(con, file, "registry", error.said)]
    except (csv.Error, OSError) as error:
        return [unusable(con, file, "registry", message("not_opened", reason=error))]
    good, found = [], []
    for number, row in enumerate(rows, 2):
        if benchmark := _benchmark(row):
            good.append(benchmark | {"source_id": file.source_id, "place": f"row {number}", "row_at": number})
        else:
            found.append(finding("benchmark_unreadable", f"row {number}", raw=",".join(value or "" for value in row.values())))
    if found:
        insert_findings(con, source_of(con, file, "registry"), found)
    insert(con, "printed_benchmark", good)
    return []


def _benchmark(row: dict[str, str | None]) -> dict | None:
    """A row of the table printed_benchmark; None where a cell is missing or none of its kind."""
    try:
        year, value = int(row["fiscal_year"] or row["fiscal_year_be"]), float(row["value"])
        size = int(row["agencies"]) if row["agencies"] else None
    except (TypeError, ValueError):
        return None
    if not (2400 < year < 2700 and math.isfinite(value) and 0 <= (size or 0) < 1 << 31 and row["scope"] and row["metric"]):
        return None
    kept = {key: row[key] for key in ("scope", "metric", "how_known", "source_url")}
    return {"fiscal_year": year, "value": value, "agencies": size} | kept
