"""Papers out and in again: each paper of an agency is written as Word and PDF, read back by `etl`, and compared cell by cell with the
database; each Word file is held to the rules of Open XML. All of it (five reports and 50 made-up agencies): `make papers`."""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import duckdb
from openxml_audit import OpenXmlValidator

from etl.known import load_known
from etl.read import read_document
from etl.reading import Reading
from pages.parts.papers import content, pdf, word
from pages.parts.papers.made import known
from pages.parts.say.text import Words
from tests.support.data import ROOT, build

KNOWN, RULES = load_known(), OpenXmlValidator()
ASKED = "section, group_kind, group_number, group_name, number, title, responsible, period_text, period_start, period_end, \
budget_planned, budget_spent, status, status_basis, refs"
MEASURES = f"""select m.* from (select {ASKED}, source_id, position, agency_id, fiscal_year, latest from measure) m
join source s using (source_id)
where m.agency_id = ? and m.fiscal_year = ? and m.latest and m.section = ? and coalesce(s.family, 'ita_measures') = ?
  and (? is null or coalesce(s.round = 'six_month', false) = ?)
order by m.group_number is not null or m.group_name is not null, m.source_id, m.position"""
# Kind of paper -> section and family of the measures that it prints, and whether these are of the six months' report.
PRINTED = {
    "measures": ("plan", "ita_measures", None),
    "report": ("result", "ita_measures", None),
    "action_report_6": ("result", "action_plan", True),
    "action_report_12": ("result", "action_plan", False),
    "action_plan": ("plan", "action_plan", None),
}
FIELDS = ("section", "group_kind", "group_number", "group_name", "number", "title", "responsible", "period_text", "period_start",
          "period_end", "budget_planned", "budget_spent", "status", "basis", "refs")  # fmt: skip


def basis(name: str | None) -> str | None:
    """Stated, inferred or neither: whether a mark or a phrase states it is the form's affair."""
    return "stated" if name in ("mark", "phrase", "percent") else name


def cells(measure: dict) -> dict:
    """A measure as it is compared: no value, an empty list and an unknown one are the same."""
    row = {name: measure.get(name) for name in FIELDS} | {"basis": basis(measure["status_basis"])}
    for name in ("responsible", "refs"):
        row[name] = list(row[name] or []) or None
    for name in ("period_start", "period_end"):
        row[name] = None if row[name] is None else str(row[name])
    for name in ("budget_planned", "budget_spent"):
        row[name] = None if row[name] is None else Decimal(row[name])
    return row | {"group_kind": row["group_kind"] or "none"}


def read_back(made: bytes, suffix: str) -> Reading:
    """What the reader says of a paper."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"paper.{suffix}"
        path.write_bytes(made)
        return read_document(path, KNOWN)


def broken_rules(made: bytes) -> list[str]:
    """Which rules of Open XML a Word file breaks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(made)
        return list(map(str, RULES.validate(path).errors))


def written(kind: str, all_known: content.Known, forms: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The paper of a kind as Word and as PDF."""
    made = content.paper(kind, all_known)
    yield from ((suffix, {"docx": word.docx, "pdf": pdf.pdf}[suffix](made)) for suffix in forms)


def differences(expected: list[dict], found: list[dict]) -> tuple[int, list[str]]:
    """How many cells were compared, and each that is not the same: which row and field, what was expected and what was read."""
    told = [f"{len(found)} rows, not {len(expected)}"] * abs(len(found) - len(expected))
    for place, (one, other) in enumerate(zip(expected, found, strict=False), 1):
        told += [f"row {place} {name}: {one[name]!r} -> {other[name]!r}" for name in FIELDS if one[name] != other[name]]
    return len(expected) * len(FIELDS), told


def measures_of(con: duckdb.DuckDBPyConnection, agency: str, year: int, kind: str) -> list[dict]:
    """The measures that a paper of a kind prints, by the database."""
    section, family, six = PRINTED[kind]
    rows = con.execute(MEASURES, [agency, year, section, family, six, six])
    names = [column[0] for column in rows.description]
    return [cells(dict(zip(names, row, strict=True))) for row in rows.fetchall()]


def scores_of(con: duckdb.DuckDBPyConnection, agency: str, year: int) -> dict[tuple[str, int], Decimal]:
    """The scores that an analysis prints, by the database: indicators and totals of the year and the year before."""
    rows = con.execute(
        """select indicator, fiscal_year, round(score, 2) from score
        where agency_id = $a and fiscal_year in ($y, $y - 1) and chosen and comparable and try_cast(indicator as integer) is not null
        union all
        select 'TOTAL', fiscal_year, total_shown from assessment
        where agency_id = $a and fiscal_year in ($y, $y - 1) and total_shown is not null and comparable""",
        {"a": agency, "y": year},
    ).fetchall()
    return {(indicator, one): score for indicator, one, score in rows}


def compared(expected: list[dict] | dict, year: int, kind: str, reading: Reading) -> tuple[int, list[str]]:
    """How many cells of a paper were compared with what was read back, and each that is not the same. No paper of measures may be read as
    one that gives scores."""
    if kind == "analysis":
        found = {
            (one.indicator, one.fiscal_year): one.score for one in reading.scores if one.indicator.isdigit() or one.indicator == "TOTAL"
        }
        keys = sorted(expected.keys() | found.keys(), key=str)
        return len(expected), [f"{at}: {expected.get(at)} -> {found.get(at)}" for at in keys if expected.get(at) != found.get(at)]
    count, told = differences(expected, [cells(asdict(measure)) for measure in reading.measures])
    told += [] if reading.source.fiscal_year == year else [f"year {reading.source.fiscal_year}"]
    told += [] if reading.source.family == PRINTED[kind][1] else [f"family {reading.source.family}"]
    return count + 2, told + [f"score {one.indicator} {one.score}" for one in reading.scores]


def round_trip(
    con: duckdb.DuckDBPyConnection, agency: str, year: int, forms: tuple[str, ...] = ("docx", "pdf")
) -> Iterator[tuple[str, str, int, list[str]]]:
    """Each paper of an agency and year of which the database has something, in each form: kind, form, cells compared, what is not the
    same or against the rules of Word files."""
    all_known = known(agency, year, Words("th"))
    for kind in (*PRINTED, "analysis"):
        expected = scores_of(con, agency, year) if kind == "analysis" else measures_of(con, agency, year, kind)
        if expected:
            for suffix, made in written(kind, all_known, forms):
                count, told = compared(expected, year, kind, read_back(made, suffix))
                yield kind, suffix, count, told + (broken_rules(made) if suffix == "docx" else [])


def all_of(data: Path, agencies: int | None = None) -> tuple[Counter, list[str]]:
    """The round trip of every agency and its last year of measures in a folder of data that is built."""
    os.environ["ITA_DATA"] = str(data)
    compared, wrong = Counter(), []
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        found = con.execute(
            "select agency_id, max(fiscal_year) from measure where agency_id is not null group by 1 order by 1 limit ?",
            [agencies or 10_000],
        ).fetchall()
        for agency, year in found:
            for kind, suffix, count, told in round_trip(con, agency, year):
                compared[kind, suffix] += count
                wrong += [f"{agency} {year} {kind}.{suffix}: {one}" for one in told]
            if sys.stderr.isatty():
                print(f"\r{agency}", end="", file=sys.stderr, flush=True)
    return compared, wrong


def made_up(folder: Path, agencies: int) -> Path:
    """A made-up nation, built."""
    from etl.__main__ import main

    main(["sample", "--agencies", str(agencies), "--years", "2566-2568", "--into", str(folder)])
    build(folder)
    return folder


def main() -> int:
    """Prints the cells compared of each paper and form, and every one that is not the same. Exit code 1 where there is one."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("five reports", ROOT / "data"), ("50 made-up agencies", made_up(Path(folder) / "nation", 50))):
            if not (data / "ita.duckdb").is_file():
                build(data)
            compared, wrong = all_of(data)
            print(name)
            for (kind, suffix), count in sorted(compared.items()):
                print(f"  {kind}.{suffix}: {count} cells")
            print(f"  {sum(compared.values())} cells, {len(wrong)} not the same or against the rules of Word files")
            print("".join(f"    {one}\n" for one in wrong[:200]), end="")
            failed += len(wrong)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
