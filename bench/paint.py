"""The first paint without a slow line, cold (fresh server, empty cache) and warm (the page loaded again), bytes, start and memory: our
overview as `make serve` serves it against the plain Streamlit page of three charts, on the made-up nation and on a tenth of it.
"""

import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import ratio, row
from bench.light import FIRST_CHART, SERVERS, chromium, resident, served
from bench.pages import NATION, TENTH, agencies, folder
from bench.years import RUN_PLAIN

RUNS = 3
COMMANDS = {"plain": RUN_PLAIN, "ours": SERVERS["make serve"]}
WHAT = {
    "healthy": "start to healthy, s",
    "cold": "first chart cold, s",
    "warm": "first chart warm, s",
    "bytes": "first view, MB",
    "memory": "memory after a first view, MB",
}


def visit(playwright, command: list[str], data: Path) -> dict[str, float]:
    """One fresh server and one fresh browser, which opens the page and then loads it again."""
    with served(command, data) as (port, process, healthy):
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        network, sizes = page.context.new_cdp_session(page), []
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.add_init_script(f"({FIRST_CHART})()")

        def painted() -> float:
            page.wait_for_function("window.firstChart", timeout=60_000)
            page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
            return page.evaluate("window.firstChart") / 1000

        page.goto(f"http://127.0.0.1:{port}/?agency={agencies(data)[0]}&year=2568")
        found = {"healthy": healthy, "cold": painted(), "bytes": sum(sizes) / 1e6}
        page.reload()
        found |= {"warm": painted(), "memory": resident(process)}
        browser.close()
    return found


def main() -> None:
    with sync_playwright() as playwright:
        for size in (NATION, TENTH):
            data = folder(size)
            runs = {name: [visit(playwright, command, data) for _ in range(RUNS)] for name, command in COMMANDS.items()}
            middle = {name: {key: statistics.median(run[key] for run in found) for key in WHAT} for name, found in runs.items()}
            for key, what in WHAT.items():
                for name in COMMANDS:
                    row(f"{name}, {size:,}: {what}", f"{middle[name][key]:.2f}")
                ratio(f"{what.split(',')[0]}: ours / plain page, {size:,}", middle["ours"][key] / middle["plain"][key])


if __name__ == "__main__":
    main()
