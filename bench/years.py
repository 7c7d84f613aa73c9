"""From the choice of another year to the repainted charts, in a browser: our pages against a plain Streamlit page of the same three charts.

Both get the same hand: the pointer moves to the list, opens it, and chooses after a moment. Data: the made-up nation and a tenth of it.
"""

import statistics
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import ratio, row
from bench.light import SERVERS, chromium, served
from bench.pages import NATION, ROOT, TENTH, agencies, folder

TURNS = 13  # changes of the year; the first warms
MOMENT = 600  # ms between opening the list and choosing; nobody is faster
PAGES = {"verdict": "", "change_waterfall": "trends?view=change&", "weakest": "weakest?"}
# In a folder of its own: beside bench/pages.py it would not find our pages.
RUN_PLAIN = ["-m", "streamlit", "run", str(ROOT / "bench" / "plain" / "page.py"), "--server.port"]
# From the click until every one of the figures shows other texts, and until the headline is another one; ms.
WATCH = """figures => {
    const text = one => (document.querySelector(`.st-key-figure_${one} .js-plotly-plot`) || {}).textContent || '';
    const before = figures.map(text), headline = document.querySelector('h1').innerText;
    window.took = {};
    document.addEventListener('click', () => {
        const start = performance.now();
        const look = () => {
            if (!took.charts && figures.every((one, at) => text(one) && text(one) !== before[at])) took.charts = performance.now() - start;
            const head = document.querySelector('h1');
            if (!took.words && head && head.innerText !== headline) took.words = performance.now() - start;
            if (!(took.charts && took.words)) requestAnimationFrame(look);
        };
        look();
    }, {capture: true, once: true});
}"""


def changes(page: Page, figures: list[str]) -> dict[str, float]:
    """Medians in ms over changes between two years: `charts` until all figures are repainted, `words` until the headline is there."""
    taken = []
    for turn in range(TURNS):
        years = page.locator(".st-key-control_year input, .stSelectbox input").last
        years.hover()
        years.click()
        option = page.get_by_role("option", name="2567" if turn % 2 == 0 else "2568")
        option.wait_for()
        page.wait_for_timeout(MOMENT)
        page.evaluate(WATCH, figures)
        option.click()
        page.wait_for_function("took.charts && took.words", timeout=60_000)
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        taken.append(page.evaluate("took"))
    return {name: statistics.median(one[name] for one in taken[1:]) for name in ("charts", "words")}


def measure(data: Path) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """The plain page's times and, for each figure, those of our page that shows it."""
    agency = agencies(data)[0]
    with served(RUN_PLAIN, data) as (plain_port, *_), served(SERVERS["streamlit run"], data) as (port, *_), sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})

        def opened(address: str, figure: str) -> Page:
            page.goto(address)
            page.wait_for_selector(f".st-key-figure_{figure} .main-svg text", timeout=60_000)
            page.wait_for_timeout(1500)
            return page

        plain = changes(opened(f"http://127.0.0.1:{plain_port}/?agency={agency}", "weakest"), list(PAGES))
        ours = {
            figure: changes(opened(f"http://127.0.0.1:{port}/{path or '?'}agency={agency}&year=2568&lang=th", figure), [figure])
            for figure, path in PAGES.items()
        }
        browser.close()
    return plain, ours


def main() -> None:
    for size in (NATION, TENTH):
        plain, ours = measure(folder(size))
        row(f"plain page of three charts, {size:,} agencies", f"{plain['charts']:.0f} ms")
        for figure, taken in ours.items():
            row(f"{figure}: repainted", f"{taken['charts']:.0f} ms")
            row(f"{figure}: the words beside it", f"{taken['words']:.0f} ms")
        slowest = {name: max(one[name] for one in ours.values()) for name in plain}
        ratio(f"another year: slowest chart / plain page, {size:,}", slowest["charts"] / plain["charts"], "at most 0.7")
        ratio(f"another year: slowest headline / plain charts, {size:,}", slowest["words"] / plain["charts"])


if __name__ == "__main__":
    main()
