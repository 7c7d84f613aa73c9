"""A made-up nation in the ordinary input forms: `python -m etl sample`. Everything in it is marked synthetic.

One score sheet and one transcript a province and year, a registry, benchmarks of the made-up scores, and the shipped rules and places.
The draws are in etl/sample/sample.sql.
"""

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv

from etl.known.agency_types import agency_types
from etl.known.local_governments import COLUMNS as LISTED_COLUMNS
from etl.known.registry import DATA, LISTED
from etl.known.rules import Rules, load_all
from etl.transcripts.columns import COLUMNS

HERE = Path(__file__).parent
SYLLABLES = "ทอง นา บัว ดิน น้ำ ไผ่ หิน ทราย แก้ว จันทร์ ดาว ฟ้า ป่า สวน ไร่ โพธิ์ ไทร สัก ยาง ตาล มะขาม บุญ ชัย ศรี".split()
# National means by year, as data/benchmarks.csv has them; other years take the nearest.
MEANS = {2562: 69.48, 2563: 67.90, 2564: 81.25, 2565: 87.57, 2566: 90.19, 2567: 93.05, 2568: 93.82}
# How far below 100 an instrument's indicators lie, against the mean: open data lost most.
HARD = {"IIT": 0.75, "EIT": 0.95, "OIT": 1.25}
SPREAD = 0.04  # degrees from the middle of a district to its agencies
BOM = b"\xef\xbb\xbf"


def write_sample(agencies: int, years: range, into: Path, seed: int = 1, progress: Callable[[int, int], None] | None = None) -> None:
    """Writes a data folder at `into` that `etl build --data` takes: `agencies` of five types in 76 provinces, over fiscal years.

    The same arguments give the same files. Files of the same names are replaced. OSError: the folder cannot be written.
    """
    for name in ("rules", "scores", "transcripts"):
        (into / name).mkdir(parents=True, exist_ok=True)
    for path in (DATA / "rules").glob("*.toml"):
        shutil.copy(path, into / "rules")
    for name in ("provinces.csv", "districts.csv"):
        shutil.copy(DATA / name, into)
    with duckdb.connect(config={"memory_limit": "2GB"}) as con:
        _inputs(con, agencies, years, seed)
        con.execute((HERE / "sample.sql").read_text(encoding="utf-8"))
        _write(into / "agencies.csv", con.sql(_REGISTRY).to_arrow_table())
        _write_places(into / LISTED, con.sql(_PLACES).fetchall())
        _write(into / "benchmarks.csv", con.sql(_BENCHMARKS).to_arrow_table())
        columns = ", ".join(name if name in _MADE else f"null::varchar as {name}" for name in COLUMNS)
        for done, year in enumerate(years, 1):
            numbers = [indicator for (indicator,) in con.execute(
                "select indicator from rule_indicator where fiscal_year = ? order by position", [year]).fetchall()]  # fmt: skip
            scores = ", ".join(f"max(score) filter (indicator = '{number}') as \"ตัวชี้วัดที่ {number}\"" for number in numbers)
            _write_by_province(into / "scores", year, con.sql(_SHEET.format(year=year, scores=scores)).to_arrow_table())
            _write_by_province(into / "transcripts", year, con.sql(_TRANSCRIPT.format(year=year, columns=columns)).to_arrow_table())
            if progress:
                progress(done, len(years))


def _inputs(con: duckdb.DuckDBPyConnection, agencies: int, years: range, seed: int) -> None:
    rules = {year: found for year, found in load_all(DATA / "rules")[0].items() if found.shares()}
    nearest: dict[int, Rules] = {year: rules[min(rules, key=lambda known: (abs(known - year), known))] for year in years}
    districts = defaultdict(list)
    for row in _csv(DATA / "districts.csv"):
        districts[row["province"]].append(row["name_th"])
    places = [row for row in _csv(DATA / "provinces.csv") if districts[row["name_th"]]]
    _table(con, "place", [
        {"at": at, "code": row["province_code"], "province": row["name_th"], "region": row["region"],
         "districts": districts[row["name_th"]]}
        for at, row in enumerate(places)])  # fmt: skip
    _table(con, "syllable", [{"at": at, "syllable": syllable} for at, syllable in enumerate(SYLLABLES)])
    _table(con, "template", [row | {"at": at} for at, row in enumerate(_csv(HERE / "measures.csv"))])
    _table(con, "year_rule", [
        {"fiscal_year": year, "mean": MEANS[min(MEANS, key=lambda known: abs(known - year))]} for year in years])  # fmt: skip
    _table(con, "rule_indicator", [
        {"fiscal_year": year, "indicator": row["code"], "name_th": row["name_th"], "position": position,
         "hard": HARD.get(row["instrument"], 1.0)}
        for year in years for position, row in enumerate(nearest[year].indicators, 1)])  # fmt: skip
    codes = defaultdict(list)
    for year in years:
        for row in nearest[year].questions:
            if row["indicator"]:
                codes[year, row["indicator"]].append(row["code"])
    _table(con, "rule_code", [{"fiscal_year": year, "indicator": indicator, "codes": known} for (year, indicator), known in codes.items()])
    _table(con, "setting", [{"agencies": agencies, "seed": seed}])


def _write_places(path: Path, agencies: list[tuple[str, str, str, str, str, float, float]]) -> None:
    """The made-up agencies as a register of local governments, for their places on the map: each lies around the middle of the real local
    governments of its district (of its province, where those of the district have no place). `agencies`: id, type, name, district, province
    and two draws from -1 to 1."""
    codes = {(row["province"], row["name_th"]): row["district_code"] for row in _csv(DATA / "districts.csv")}
    seen = defaultdict(list)
    for row in _csv(DATA / LISTED):
        if row["lat"]:
            for code in {row["place"], row["place"][:2]}:
                seen[code].append((float(row["lat"]), float(row["lon"])))
    middle = {code: [sum(way) / len(places) for way in zip(*places, strict=True)] for code, places in seen.items()}
    short = {each.begins: each.short[0] for each in agency_types() if each.local}
    with open(path, "w", encoding="utf-8-sig", newline="") as handle:
        out = csv.DictWriter(handle, LISTED_COLUMNS, lineterminator="\n")
        out.writeheader()
        for agency_id, agency_type, name, district, province, up, across in agencies:
            code = codes[province, district]
            lat, lon = middle.get(code) or middle[code[:2]]
            place = {"lat": f"{lat + up * SPREAD:.4f}", "lon": f"{lon + across * SPREAD:.4f}"}
            out.writerow(
                {"agency_id": agency_id, "type": short[agency_type], "name": name.removeprefix(agency_type), "place": code} | place
            )


def _csv(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _table(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict]) -> None:
    con.register("given", pa.Table.from_pylist(rows))
    con.execute(f"create table {name} as from given")
    con.unregister("given")


def _write(path: Path, table: pa.Table) -> None:
    with open(path, "wb") as handle:
        handle.write(BOM)
        pa.csv.write_csv(table, handle, pa.csv.WriteOptions(quoting_style="needed"))


def _write_by_province(folder: Path, year: int, table: pa.Table) -> None:
    """One file a province; the rows of `table` are sorted by its first column, the province's code, which is not written."""
    codes = table.column(0).combine_chunks().dictionary_encode()
    start = 0
    for index, size in zip(*_runs(codes.indices.to_pylist()), strict=True):
        _write(folder / f"{year}-{codes.dictionary[index]}.csv", table.slice(start, size).drop_columns(["code"]))
        start += size


def _runs(values: list[int]) -> tuple[list[int], list[int]]:
    found, sizes = [], []
    for value in values:
        if found and found[-1] == value:
            sizes[-1] += 1
        else:
            found.append(value)
            sizes.append(1)
    return found, sizes


_REGISTRY = """
    select agency_id, name, agency_type, district, province, region, '' as aliases, '' as web_domain from agency order by agency_id"""

_PLACES = """
    select agency_id, agency_type, name, district, province, 2 * draw('north', n, 0, 0) - 1, 2 * draw('east', n, 0, 0) - 1
    from agency order by agency_id"""

_BENCHMARKS = """
    select fiscal_year, 'all agencies' as scope, 'mean_total' as metric, round(avg(total), 2) as value, 'made up' as how_known,
      '' as source_url, count(*) as agencies
    from (select fiscal_year, n, 0.3 * avg(score) filter (position <= 5) + 0.3 * avg(score) filter (position between 6 and 8)
        + 0.4 * avg(score) filter (position >= 9) as total from score group by all)
    group by all order by 1"""

_SHEET = """
    select any_value(code) as code, any_value(name) as "หน่วยงาน", any_value(agency_type) as "ประเภทหน่วยงาน", any_value(district) as "อำเภอ",
      any_value(province) as "จังหวัด", fiscal_year as "ปีงบประมาณ", {scores}, true as synthetic
    from score join report_year using (agency_id, n, fiscal_year) where fiscal_year = {year}
    group by n, fiscal_year order by code, n"""

# Columns of a transcript that a made-up one fills.
_MADE = set(
    """record document title kind family agency agency_printed agency_type district province place_printed fiscal_year round section
    position group_kind group_number group_name number responsible period_text period_start period_end budget_planned budget_spent status
    status_basis evidence refs place synthetic""".split()
)
_TRANSCRIPT = """
    select code, {columns}
    from (from made_document where fiscal_year = {year} union all by name from made_measure where made_year = {year})
    order by code, n, half, line"""
