"""What a rerun of each view of the page of measures costs the server on the made-up nation, and what a search of all measures costs."""

import logging
import os
import statistics
import time

import duckdb
from streamlit.testing.v1 import AppTest

from bench import row
from bench.pages import NATION, RERUNS, ROOT, agencies, folder
from pages.parts.ask import warehouse

VIEWS = {
    "done": {}, "done by heading": {"view": "done", "by": "group"}, "done by unit": {"view": "done", "by": "unit"},
    "plan": {}, "when": {}, "aim": {}, "moved": {}, "copies": {}, "list": {},
}  # fmt: skip
SEARCHES = ["คู่มือ", "คุณธรรม", "จัดซื้อจัดจ้าง", "กองคลัง", "o12", "ไม่มีคำนี้ในมาตรการใด"]


def rerun(parameters: dict[str, str], chosen: list[str | None]) -> float:
    """The median time of a rerun of a view in ms: each one another agency, after a first run that loads what is lasting."""
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    test.query_params.update(lang="th", year="2567", **parameters)
    times = []
    for agency in chosen:
        if agency:
            test.query_params["agency"] = agency
        else:
            warehouse.forget()  # all agencies: the same question each time, asked anew
        start = time.perf_counter()
        (test.switch_page("pages/completion.py") if not times else test).run()
        times.append(1000 * (time.perf_counter() - start))
        assert not test.exception, test.exception
    return statistics.median(times[1:])


def search(word: str) -> float:
    """The median time in ms to search all measures for a word, asked anew each time."""
    times = []
    for _ in range(RERUNS):
        warehouse.forget()
        start = time.perf_counter()
        warehouse.ask("measure_list", first=word)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    """Prints the median of each view, of one agency and of all, and of each search."""
    logging.disable(logging.WARNING)  # Streamlit says for each test that no browser listens
    data = folder(NATION)
    os.environ["ITA_DATA"] = str(data)
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as connection:
        ((measures,),) = connection.execute("select count(*) from measure").fetchall()
    row("measures", f"{measures:,}", "1.1 million")
    several = agencies(data)
    for name, parameters in VIEWS.items():
        parameters = parameters or {"view": name}
        row(f"{name}: rerun of another agency", f"{rerun(parameters, several):.0f} ms", "at most 80 ms")
        if name not in ("when", "aim", "moved"):
            row(f"{name}: rerun of all agencies", f"{rerun(parameters, [None] * RERUNS):.0f} ms", "at most 80 ms")
    for word in SEARCHES:
        row(f"search: {word}", f"{search(word):.0f} ms", "at most 150 ms")


if __name__ == "__main__":
    main()
