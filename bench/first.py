"""The first view: when the answer is painted, and when the application stands in its place, over a line of 10 Mbps and 50 ms and over a
fast one, cold (fresh server, fresh browser) and at a reload, beside the plain Streamlit page of three charts; then many views at once.

`python -m bench.first [RUNS]`, by default 3; figures are medians of the shipped data.
"""

import asyncio
import contextlib
import statistics
import sys
import time

import httpx
from playwright.sync_api import sync_playwright

from bench import ratio, row
from bench._line import line
from bench.light import FIRST_CHART, ROOT, SERVERS, chromium, served
from bench.years import RUN_PLAIN
from etl.build.build import build
from pages.parts.ask.freshness import is_stale
from pages.parts.ask.warehouse import ask

AGENCY = "?agency={agency}&lang=th"
# Painted: the frame after headline and drawing are there with their fonts. Gone: the application has taken the place.
WATCH = """() => { const look = () => { const view = document.getElementById('first'), now = performance.now();
    if (view?.querySelector('h1') && view.querySelector('svg') && !window.answer && document.fonts.status === 'loaded') window.answer = now;
    if (window.answer && !view && !window.taken) window.taken = now;
    requestAnimationFrame(look); }; look(); }"""
PAINTS = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
AT_ONCE, SECONDS = 200, 10  # first views a second, and for how long


def visit(playwright, address: str, ours: bool) -> dict[str, float]:
    """One fresh browser: seconds to the answer (of the plain page its first chart), to the application, and to both at a reload."""
    browser = chromium(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="th-TH", bypass_csp=True)
    page.add_init_script(f"({FIRST_CHART})();({WATCH})()")
    found = {}
    for when in ("cold", "warm"):
        page.goto(address) if when == "cold" else page.reload()
        page.wait_for_function("window.firstChart" + (" && window.taken" if ours else ""), timeout=120_000)
        chart, paint = page.evaluate("window.firstChart") / 1000, page.evaluate(PAINTS) / 1000
        answer = max(page.evaluate("window.answer") / 1000, paint) if ours else chart
        found |= {f"{when} answer": answer, f"{when} application": chart, f"{when} paint": paint}
    browser.close()
    return found


def measure(playwright, name: str, command: list[str], agency: str, runs: int, slow: bool) -> dict[str, float]:
    """The medians of one way of serving, printed."""
    found = []
    for _ in range(runs):
        with contextlib.ExitStack() as stack:
            port, *_ = stack.enter_context(served(command, ROOT / "data"))
            port = stack.enter_context(line(port)) if slow else port
            found.append(visit(playwright, f"http://127.0.0.1:{port}/{AGENCY.format(agency=agency)}", name == "ours"))
    middle = {what: statistics.median(one[what] for one in found) for what in found[0]}
    for what, seconds in middle.items():
        row(f"{name}, {'10 Mbps and 50 ms' if slow else 'fast line'}: {what}", f"{seconds:.2f} s")
    return middle


async def many(port: int, addresses: list[str]) -> list[float]:
    """ms of each of many first views, asked for evenly."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=httpx.Limits(max_connections=64), timeout=60) as client:

        async def one(address: str) -> float:
            start = time.perf_counter()
            (await client.get(address)).raise_for_status()
            return 1000 * (time.perf_counter() - start)

        asked, begin = [], time.perf_counter()
        for place in range(AT_ONCE * SECONDS):
            await asyncio.sleep(max(0, begin + place / AT_ONCE - time.perf_counter()))
            asked.append(asyncio.create_task(one(addresses[place % len(addresses)])))
        return sorted(await asyncio.gather(*asked))


def main(runs: int) -> None:
    if is_stale(ROOT / "data", ROOT / "data" / "ita.duckdb"):  # as `make serve` does before it serves
        build(ROOT / "data", ROOT / "data" / "ita.duckdb")
    agency = ask("default_agency")["agency_id"].iloc[0]
    with sync_playwright() as playwright:
        for slow in (True, False):
            plain = measure(playwright, "plain", RUN_PLAIN, agency, runs, slow)
            ours = measure(playwright, "ours", SERVERS["make serve"], agency, runs, slow)
            where, promise = ("slow", "at most 0.1") if slow else ("fast", "at most 0.4")
            ratio(f"{where} line, cold: our answer / plain page", ours["cold answer"] / plain["cold answer"], promise)
            ratio(f"{where} line, cold: our first paint / plain page", ours["cold paint"] / plain["cold paint"])
            ratio(f"{where} line, cold: our application / plain page", ours["cold application"] / plain["cold application"])
            ratio(f"{where} line, reload: our answer / plain page", ours["warm answer"] / plain["warm answer"], "at most 0.5")
    with served(SERVERS["make serve"], ROOT / "data") as (port, *_):
        pages = ["", "trends", "weakest", "completion", "compare", "path"]
        ids = [one.agency_id for one in ask("agencies_with_data").itertuples()]
        addresses = [f"/{page}?agency={one}&lang={lang}" for page in pages for one in ids for lang in ("th", "en")]
        for when in ("made anew", "kept"):
            times = asyncio.run(many(port, addresses))
            p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
            row(f"{AT_ONCE} first views a second, {when}: p50, p95", f"{p50:.0f}, {p95:.0f} ms", "p95 100 ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 3)
