"""How fast a made-up nation is built, against DuckDB's own COPY of the same files into bare tables, at two sizes.

A sheet of 100,000 agencies under a title, which the layouts read, is built against the same as a plain CSV.

Every figure is measured in a process of its own, so that peaks of memory are told apart. Loading is every step of the build from the
files to the tables of scores and measures (hashes, names of agencies, checks, indicators and findings included); what is computed from
these tables is told apart. `python -m bench.load [AGENCIES ...]`, by default a tenth and the whole.
"""

import csv
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench import row
from etl.build.build import STEPS, build
from etl.sample.nation import write_sample
from etl.transcripts.columns import COLUMNS

NATION = 7_850
SHEET = 100_000  # agencies of one score sheet
YEARS = range(2562, 2569)
# COPY as one types it sniffs every file; with the dialect told it only reads. The stricter one is what the promise is held against.
TOLD = "header, auto_detect false, delim ',', quote '\"', escape '\"'"
TYPED = "header"
NAMES = [step.__name__ for step in STEPS]


def copy(data: Path, db: Path, options: str) -> dict:
    """Seconds of COPY of the transcripts and sheets into two tables of text, on disk."""
    sheets = next((data / "scores").glob("*.csv")).read_text(encoding="utf-8-sig").splitlines()[0]
    start, used = time.perf_counter(), time.process_time()
    with duckdb.connect(str(db), config={"memory_limit": "1GB"}) as con:
        con.execute(f"create table transcript({', '.join(f'{column} varchar' for column in COLUMNS)})")
        con.execute(f"create table sheet({', '.join(f'{column} varchar' for column in sheets.split(','))})")
        con.execute(f"copy transcript from '{data}/transcripts/*.csv' ({options})")
        con.execute(f"copy sheet from '{data}/scores/*.csv' ({options})")
        con.execute("checkpoint")
    return {"seconds": time.perf_counter() - start, "processor": time.process_time() - used}


def whole_build(data: Path, db: Path) -> dict:
    """Seconds of the build and of each of its steps, what it loaded, and its peak memory in MB."""
    ends = [(time.perf_counter(), time.process_time())]
    problems = build(data, db, lambda done, steps: ends.append((time.perf_counter(), time.process_time())))
    seconds = time.perf_counter() - ends[0][0]
    assert not problems, problems
    spent = {step: end[0] - begin[0] for step, begin, end in zip(NAMES, ends, ends[1:], strict=False)}
    spent["processor"] = ends[NAMES.index("assess")][1] - ends[0][1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    with duckdb.connect(str(db), read_only=True) as con:
        counts = {table: con.execute(f"select count(*) from {table}").fetchall()[0][0] for table in ("score", "measure", "measure_pair")}
    return {"seconds": seconds, "peak": peak, "size": db.stat().st_size / 1e6} | spent | counts


def sheet(folder: Path, title: bool) -> float:
    """Processor seconds of the build of one score sheet of made-up names: a plain CSV, or the same under a title that says its year."""
    numbers = random.Random(2568)
    rows = [[f"เทศบาลตำบลบ้าน{at}", "ขอนแก่น", *(f"{numbers.uniform(60, 100):.2f}" for _ in range(10))] for at in range(SHEET)]
    data = folder / ("titled" if title else "plain")
    shutil.copytree(Path(__file__).parents[1] / "data" / "rules", data / "rules")
    (data / "scores").mkdir()
    with open(data / "scores" / "sheet.csv", "w", encoding="utf-8-sig", newline="") as handle:
        lines = csv.writer(handle)
        if title:
            lines.writerow(["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568"])
            lines.writerow(["ลำดับ", "หน่วยงาน", "จังหวัด", *(f"ตัวชี้วัดที่ {at}" for at in range(1, 11))])
            lines.writerows([at, *cells] for at, cells in enumerate(rows, 1))
        else:
            lines.writerow(["agency", "province", "fiscal_year", *range(1, 11)])
            lines.writerows([*cells[:2], 2568, *cells[2:]] for cells in rows)
    start = time.process_time()
    problems = build(data, folder / f"{data.name}.duckdb")
    assert not problems, problems
    return time.process_time() - start


def apart(what: str, *arguments: object) -> dict:
    """What `python -m bench.load WHAT ...` prints, run in a process of its own."""
    command = [sys.executable, "-m", "bench.load", what, *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure(agencies: int) -> float:
    """Prints the figures of a nation of this size. Returns the seconds of the whole build."""
    with tempfile.TemporaryDirectory() as folder:
        data, db = Path(folder) / "data", Path(folder) / "ita.duckdb"
        start = time.perf_counter()
        write_sample(agencies, YEARS, data)
        row(f"{agencies:,} agencies, {len(YEARS)} years: written", f"{time.perf_counter() - start:.1f} s", "60 s")
        told, typed = (apart("copy", data, Path(folder) / name, options) for name, options in (("told", TOLD), ("typed", TYPED)))
        built = apart("build", data, db)
        loading = sum(built[step] for step in NAMES[: NAMES.index("assess")])
        row("scores, measures, pairs", f"{built['score']:,} {built['measure']:,} {built['measure_pair']:,}")
        row("COPY, the dialect told", f"{told['seconds']:.1f} s")
        row("COPY as one types it", f"{typed['seconds']:.1f} s")
        row("loading (files to scores and measures)", f"{loading:.1f} s")
        for name, copied in (("COPY as one types it", typed), ("COPY, the dialect told", told)):
            row(f"loading / {name}", f"{loading / copied['seconds']:.2f}", "at most 2.0")
            # On a machine that does other things too, processor seconds say more than the clock.
            row(f"loading / {name}, in processor seconds", f"{built['processor'] / copied['processor']:.2f}")
        row("instruments, totals, levels, changes", f"{built['assess']:.1f} s")
        row("pairing of plans with results", f"{built['pair']:.1f} s")
        row("summaries for the page of measures", f"{built['count_completion']:.1f} s")
        row("whole build", f"{built['seconds']:.1f} s", "at most 60 s")
        row("peak memory", f"{built['peak']:,.0f} MB", "at most 1,500 MB")
        row("database", f"{built['size']:,.0f} MB")
    return built["seconds"]


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["copy"]:
        print(json.dumps(copy(Path(arguments[1]), Path(arguments[2]), arguments[3])))
    elif arguments[:1] == ["sheet"]:
        print(json.dumps({"processor": sheet(Path(arguments[1]), arguments[2] == "title")}))
    elif arguments[:1] == ["build"]:
        print(json.dumps(whole_build(Path(arguments[1]), Path(arguments[2]))))
    else:
        sizes = [int(size) for size in arguments] or [NATION // 10, NATION]
        seconds = [measure(size) for size in sizes]
        for smaller, larger in zip(range(len(sizes)), range(1, len(sizes)), strict=False):
            growth = seconds[larger] / seconds[smaller]
            row(f"{sizes[larger] / sizes[smaller]:.0f} times the agencies, the build takes", f"{growth:.1f} times", "linear or better")
        with tempfile.TemporaryDirectory() as folder:
            plain, titled = (apart("sheet", folder, how)["processor"] for how in ("plain", "title"))
        row(f"a sheet of {SHEET:,} agencies under a title / as a plain CSV, in processor seconds", f"{titled / plain:.1f}", "at most 3.0")


if __name__ == "__main__":
    main(sys.argv[1:])
