"""What leaves the house, on the made-up nation: a deck of twenty slides, hand-outs by the dozen, and a change of slide in a browser."""

import os
import statistics
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import row
from bench.pages import NATION, folder
from deploy.trial import BROWSER_FLAGS, chromium
from pages.parts.ask.warehouse import ask
from pages.parts.present import deck, handout, html_deck, pptx
from pages.parts.say.text import Words

YEAR, SLIDES, HANDOUTS, CHANGES = 2568, 20, 60, 60


def seconds(act, times: int = 5) -> float:
    """The median time of an act."""
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def twenty(made):
    """A deck of twenty slides: those of a deck again and again."""
    return replace(made, slides=tuple(islice(cycle(made.slides), SLIDES)))


def change_of_slide(html: bytes, browser) -> float:
    """From the key to the painted slide, in ms, at the median, in a browser of 1280x720."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "deck.html"
        file.write_bytes(html)
        page.goto(file.as_uri())
        taken = page.evaluate(
            """async (changes) => {
            const times = [];
            for (let i = 0; i < changes; i++) {
                await new Promise((done) => setTimeout(done, 30));
                const start = performance.now();
                dispatchEvent(new KeyboardEvent("keydown", { key: i % 20 < 19 ? "ArrowRight" : "Home" }));
                // A frame is painted when the task after it runs.
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                times.push(performance.now() - start);
            }
            return times;
        }""",
            CHANGES,
        )
    page.close()
    return statistics.median(taken)


def main() -> None:
    """Prints every figure beside its promise."""
    os.environ["ITA_DATA"] = str(folder(NATION))
    words = Words("th")
    province = ask("provinces")["province"].dropna().iloc[0]
    members = ask("province_members", province=province, year=YEAR)
    one, name = members["agency_id"].iloc[0], members["name"].iloc[0]
    row("slides asked of the database", f"{1000 * seconds(lambda: deck.agency_deck(one, name, YEAR, words)):.0f} ms")
    row(
        f"slides of a group ({len(members)})",
        f"{1000 * seconds(lambda: deck.group_deck(list(members['agency_id']), province, YEAR, words)):.0f} ms",
    )
    many = twenty(deck.agency_deck(one, name, YEAR, words))
    row(f"PowerPoint, {SLIDES} slides", f"{seconds(lambda: pptx.pptx(many)):.2f} s", "1 s")
    row(f"HTML, {SLIDES} slides", f"{seconds(lambda: html_deck.html_deck(many)):.2f} s", "1 s")
    row(f"HTML, {SLIDES} slides, size", f"{len(html_deck.html_deck(many)) / 1e6:.2f} MB", "6 MB")

    some = members.iloc[list(islice(cycle(range(len(members))), HANDOUTS))]
    list(handout.handouts(some.head(4), YEAR, words))
    start = time.perf_counter()
    made = sum(1 for _ in handout.handouts(some, YEAR, words))
    row("hand-outs, from the database to PDF", f"{made / (time.perf_counter() - start):.1f} /s", "10 /s")

    executable = chromium()
    if executable is None:
        row("change of slide in a browser", "no browser", "100 ms")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_FLAGS)
        row("change of slide in a browser", f"{change_of_slide(html_deck.html_deck(many), browser):.0f} ms", "100 ms")
        browser.close()


if __name__ == "__main__":
    main()
