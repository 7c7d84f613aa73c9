"""What comparing costs on the made-up nation: automatic peers, the list of agencies to choose from, and the paint of the page against an
empty Streamlit page's rerun, in one run of one browser.
"""

import contextlib
import logging
import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from streamlit.testing.v1 import AppTest

from bench import row
from bench.light import SERVERS, chromium, served
from bench.pages import NATION, ROOT, agencies, folder
from pages.parts.ask import warehouse

TURNS = 15
EMPTY = (
    "import streamlit as st\nst.title(str(st.session_state.get('n', 0)))\nst.button('x', on_click=lambda: st.session_state.update("
    "n=st.session_state.get('n', 0) + 1))\n"
)


def peers(some: list[str]) -> tuple[float, float]:
    """Median and worst time in ms to find automatic peers, nothing kept from an earlier question."""
    times = []
    warehouse.ask("compare_peers", agency=some[0], year=2568)
    for agency in some:
        warehouse.forget()
        start = time.perf_counter()
        warehouse.ask("compare_peers", agency=agency, year=2568)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), max(times)


def picker(agency: str) -> float:
    """KiB that the page of comparing sends for all of its lists."""
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    test.query_params.update(agency=agency, year="2568", lang="th")
    test.switch_page("pages/compare.py").run()
    return sum(box.proto.ByteSize() for box in [*test.selectbox, *test.multiselect]) / 1024


def paints(data: Path, agency: str) -> tuple[float, float]:
    """Median ms from a click to the new picture: an empty page's rerun, and a view of comparing against the one before it."""
    with contextlib.ExitStack() as stack:
        empty = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        empty_port, *_ = stack.enter_context(served(["-m", "streamlit", "run", str(empty), "--server.port"], data))
        port, *_ = stack.enter_context(served(SERVERS["streamlit run"], data))
        playwright = stack.enter_context(sync_playwright())
        browser = chromium(playwright)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{empty_port}")
        bare = [_turn(page, page.get_by_role("button", name="x")) for _ in range(TURNS)]
        page.goto(f"http://127.0.0.1:{port}/compare?agency={agency}&year=2568&lang=en")
        page.wait_for_selector(".js-plotly-plot .ytick", timeout=300_000)
        views = ["Profile", "Rank"]
        full = [_turn(page, page.get_by_role("radio", name=views[turn % 2], exact=True), ".js-plotly-plot .ytick") for turn in range(TURNS)]
        browser.close()
    return statistics.median(bare[1:]), statistics.median(full[2:])


def _turn(page, control, drawn: str = "h1") -> float:
    """ms from a click until the headline is another one and what is `drawn` stands there."""
    before = page.locator("h1").first.inner_text()
    start = time.perf_counter()
    control.click()
    page.wait_for_function(
        "([old, drawn]) => { const head = document.querySelector('h1'); return head && head.innerText !== old && "
        "document.querySelector(drawn); }",
        arg=[before, drawn],
        timeout=60_000,
    )
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    logging.disable(logging.WARNING)  # Streamlit says for each test that no browser listens
    data = folder(NATION)
    os.environ["ITA_DATA"] = str(data)
    some = agencies(data)
    middle, worst = peers(some)
    row("automatic peers, server time", f"{middle:.0f} ms", "under 100 ms at the median")
    row("automatic peers, slowest of them", f"{worst:.0f} ms")
    row(f"lists of the page, {NATION:,} agencies", f"{picker(some[0]):.1f} KiB", "at most 20 KiB")
    bare, full = paints(data, some[0])
    row("empty page, rerun", f"{bare:.0f} ms")
    row("comparing, another view", f"{full:.0f} ms", f"at most {1.5 * bare + 150:.0f} ms")


if __name__ == "__main__":
    main()
