"""The first view: when the answer is painted, and when the application stands in its place, over a line of 10 Mbps and 50 ms and over a
fast one, cold (fresh server, fresh browser) and at a reload, beside a page of three charts in plain Streamlit and in Dash behind gzip;
then many views at once, while 50 viewers click.

`python -m bench.first [RUNS]`, by default 3; figures are medians of the shipped data. `python -m bench.first many` measures the last alone,
on the made-up nation.
"""

import asyncio
import contextlib
import os
import random
import statistics
import sys
import time
from pathlib import Path

import duckdb
from playwright.sync_api import sync_playwright

from bench import ratio, row
from bench._line import line
from bench.light import FIRST_CHART, ROOT, SERVERS, chromium, served
from bench.pages import NATION, agencies, folder
from bench.viewers import COME, EVERY, VIEWERS, all_pages, clicking, people
from bench.years import RUN_PLAIN
from deploy.trial import met_in_front
from etl.build.build import build
from pages.parts.ask.freshness import is_stale
from pages.parts.ask.warehouse import ask

RUN_DASH = str(ROOT / "bench" / "plain" / "dashed.py")
AGENCY = "?agency={agency}&lang=th"
ALONE = "&note_x=" + "x" * 400  # more than a link with a first view may say: the application as it is without one
# Painted: the frame after headline and drawing are there with their fonts. Taken: the application stands there, its run ended and every
# chart drawn, with a first view and without one.
WATCH = """() => { const look = () => { const view = document.getElementById('first'), now = performance.now();
    const app = document.querySelector('[data-testid="stApp"]'), ended = !app || app.dataset.testScriptState === 'notRunning';
    const stands = ended && !app?.querySelector('[data-testid="stSkeleton"]')
        && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(one => one.querySelector('.main-svg'));
    if (view?.querySelector('h1') && view.querySelector('svg') && !window.answer && document.fonts.status === 'loaded') window.answer = now;
    if (window.firstChart && stands && !view && !window.taken) window.taken = now;
    requestAnimationFrame(look); }; look(); }"""
PAINTS = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
AT_ONCE, SECONDS = 200, 10  # first views a second, and for how long
NEW = 200  # one in so many is of a link that nobody has opened yet: a link that is passed on is opened by many


def visit(playwright, address: str) -> dict[str, float]:
    """One fresh browser: seconds to the answer (without a first view the first chart), to the application, and to both at a reload."""
    browser = chromium(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="th-TH", bypass_csp=True)
    page.add_init_script(f"({FIRST_CHART})();({WATCH})()")
    found = {}
    for when in ("cold", "warm"):
        page.goto(address) if when == "cold" else page.reload()
        page.wait_for_function("window.firstChart && window.taken", timeout=120_000)
        taken, paint = page.evaluate("window.taken") / 1000, page.evaluate(PAINTS) / 1000
        answer = max(page.evaluate("window.answer || window.firstChart") / 1000, paint)
        found |= {f"{when} answer": answer, f"{when} application": taken, f"{when} paint": paint}
    browser.close()
    return found


def measure(playwright, ways: dict[str, tuple[list[str], str]], runs: int, slow: bool) -> dict[str, dict[str, float]]:
    """The medians of each way of serving (command and query), printed; one after the other in each run, so that they meet the same days."""
    found = {name: [] for name in ways}
    for _ in range(runs):
        for name, (command, query) in ways.items():
            with contextlib.ExitStack() as stack:
                port, *_ = stack.enter_context(served(command, ROOT / "data"))
                port = stack.enter_context(line(port)) if slow else port
                found[name].append(visit(playwright, f"http://127.0.0.1:{port}/{query}"))
    middle = {name: {what: statistics.median(one[what] for one in seen) for what in seen[0]} for name, seen in found.items()}
    for name, seen in middle.items():
        for what, seconds in seen.items():
            row(f"{name}, {'10 Mbps and 50 ms' if slow else 'fast line'}: {what}", f"{seconds:.2f} s")
    return middle


def beside_others(playwright, runs: int) -> None:
    """Prints our times against those of the plain page and of Dash."""
    if is_stale(ROOT / "data", ROOT / "data" / "ita.duckdb"):  # as `make serve` does before it serves
        build(ROOT / "data", ROOT / "data" / "ita.duckdb")
    agency = ask("default_agency")["agency_id"].iloc[0]
    query = AGENCY.format(agency=agency)
    ways = {
        "plain": (RUN_PLAIN, query),
        "Dash": ([RUN_DASH, agency], ""),
        "ours": (SERVERS["make serve"], query),
        "ours without it": (SERVERS["make serve"], query + ALONE),
    }
    for slow in (True, False):
        seen = measure(playwright, ways, runs, slow)
        ours, plain, dash, alone = (seen[name] for name in ("ours", "plain", "Dash", "ours without it"))
        where = "slow" if slow else "fast"
        ratio(f"{where} line, cold: our answer / plain page", ours["cold answer"] / plain["cold answer"], f"at most {0.1 if slow else 0.4}")
        ratio(f"{where} line, cold: our answer / Dash", ours["cold answer"] / dash["cold answer"], "at most 0.3" if slow else "")
        ratio(f"{where} line, cold: our first paint / plain page", ours["cold paint"] / plain["cold paint"])
        ratio(f"{where} line, cold: our application / plain page", ours["cold application"] / plain["cold application"])
        with_it = ours["cold application"] / alone["cold application"]
        ratio(f"{where} line, cold: our application with / without first view", with_it, "1, but for what a repetition differs")
        ratio(f"{where} line, reload: our answer / plain page", ours["warm answer"] / plain["warm answer"], "at most 0.5")
        ratio(f"{where} line, reload: our answer / Dash", ours["warm answer"] / dash["warm answer"])


async def first_view(port: int, address: str) -> tuple[float, bool]:
    """ms until one first view is there, over a connection of its own, and whether it is one."""
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    said = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n"
    writer.write(said.encode())
    answer = await reader.read(-1)
    writer.close()
    return 1000 * (time.perf_counter() - start), b" 200 " in answer[:20] and b"private, no-cache" in answer[:2000]


async def many(port: int, addresses: list[str]) -> list[tuple[float, bool]]:
    """Each of so many first views, asked for evenly."""
    asked, begin = [], time.perf_counter()
    for place, address in enumerate(addresses):
        await asyncio.sleep(max(0, begin + place / AT_ONCE - time.perf_counter()))
        asked.append(asyncio.create_task(first_view(port, address)))
    return await asyncio.gather(*asked)


def while_others_click(data: Path) -> None:
    """Prints how long first views take while 50 viewers click: links that have been opened before, and among them some that have not."""
    os.environ["ITA_DATA"] = str(data)
    pages, dice = ["", "trends", "weakest", "completion", "compare", "path"], random.Random(1)
    links = [f"/{page}?agency={one}&lang={lang}" for page in pages for one in agencies(data) for lang in ("th", "en")]
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as connection:
        known = connection.sql("select distinct agency_id from score order by all").fetchall()
    unseen = [f"/{page}?agency={one}&lang=th" for (one,) in known for page in pages]
    dice.shuffle(unseen)
    with served(SERVERS["make serve"], data) as (port, *_):
        asyncio.run(all_pages(f"127.0.0.1:{port}"))  # a server that has been up for a while
        met_in_front(port)
        for link in links:
            asyncio.run(first_view(port, link))
        for name, count in (("nobody else there", 0), (f"while {VIEWERS} viewers click", VIEWERS)):
            asked = [unseen.pop() if place % NEW == 0 else dice.choice(links) for place in range(AT_ONCE * SECONDS)]
            with (
                clicking(f"127.0.0.1:{port}", people(data, count), COME + SECONDS + EVERY, EVERY)
                if count
                else contextlib.nullcontext() as seen
            ):
                time.sleep(COME if count else 0)
                begun = time.monotonic()
                answers = asyncio.run(many(port, asked))
                clicks = seen() if count else None
            times = sorted(taken for taken, _ in answers)
            p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
            row(f"{AT_ONCE} first views a second, {name}: p50, p95", f"{p50:.0f}, {p95:.0f} ms", "p95 100 ms")
            row(f"{AT_ONCE} first views a second, {name}: answered without one", f"{sum(not good for _, good in answers)}", "0")
        taken = [seconds for ended, seconds in clicks.clicks if ended - seconds > begun]
        row(
            f"meanwhile a click of {VIEWERS} viewers, one every {EVERY:.0f} s: p95", f"{statistics.quantiles(taken, n=20)[-1]:.2f} s", "1 s"
        )
        row("errors, or another's language, agency or data", f"{len(clicks.faults)}", "0")


def main(arguments: list[str]) -> None:
    if arguments != ["many"]:
        with sync_playwright() as playwright:
            beside_others(playwright, int(arguments[0]) if arguments else 3)
    while_others_click(folder(NATION))


if __name__ == "__main__":
    main(sys.argv[1:])
