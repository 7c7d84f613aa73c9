"""What a rerun of each page costs the server, on the made-up nation and on a tenth of it, and how that grows.

The data folders stay in build/bench, so that a second bench builds nothing.
"""

import logging
import os
import statistics
import time
from pathlib import Path

import duckdb
from streamlit.testing.v1 import AppTest

from bench import ratio, row
from etl.build.build import build
from etl.sample.nation import write_sample
from pages.parts.ask.freshness import is_stale

ROOT = Path(__file__).resolve().parents[1]
NATION, TENTH = 7850, 785  # agencies
PROMISE = {"completion": 80, "compare": 100, "province": 150}  # ms at the median; the other pages 60
RERUNS = 15


def folder(agencies: int) -> Path:
    """The made-up data folder of so many agencies with its database, made when it is not there yet or out of date."""
    data = ROOT / "build" / "bench" / f"nation-{agencies}"
    if not data.exists():
        write_sample(agencies, range(2562, 2569), data)
    if is_stale(data, data / "ita.duckdb"):
        build(data, data / "ita.duckdb")
    return data


def agencies(data: Path) -> list[str]:
    """Some agencies with scores in the last year, spread over the registry."""
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as connection:
        found = connection.sql("select distinct agency_id from score where fiscal_year = 2568 order by all").fetchall()
    return [agency for (agency,) in found[:: max(1, len(found) // (RERUNS + 1))]]


def rerun(page: str, data: Path) -> float:
    """The median time of a rerun of a page in ms: each one another agency, after a first run that loads what is lasting."""
    os.environ["ITA_DATA"] = str(data)
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    test.query_params.update(lang="th", year="2568")
    times = []
    for agency in agencies(data):
        test.query_params["agency"] = agency
        start = time.perf_counter()
        (test.switch_page(f"pages/{page}.py") if not times else test).run()
        times.append(1000 * (time.perf_counter() - start))
        assert not test.exception, test.exception
    return statistics.median(times[1:])


def main() -> None:
    """Prints, for each page, both medians and their ratio."""
    logging.disable(logging.WARNING)  # Streamlit says for each test that no browser listens
    nation, tenth = folder(NATION), folder(TENTH)
    for page in sorted(path.stem for path in (ROOT / "pages").glob("*.py")):
        whole, part = rerun(page, nation), rerun(page, tenth)
        row(f"{page}: rerun, {NATION:,} agencies", f"{whole:.0f} ms", f"at most {PROMISE.get(page, 60)} ms")
        row(f"{page}: rerun, {TENTH:,} agencies", f"{part:.0f} ms")
        ratio(f"{page}: rerun, nation / tenth", whole / part, "at most 1.5")


if __name__ == "__main__":
    main()
