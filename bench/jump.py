"""How much moves on the screen from the first paint until the application stands in the place of the first view: the layout shift that the
browser itself counts, of every page, in both languages, on a projector and on a phone, on the shipped data.

`python -m bench.jump [PAGE ...]`, by default every page. Exit code 1: more than AT_MOST of a page moves, or its headline does.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import row
from bench.light import ROOT, SERVERS, chromium, served
from pages.parts import menu
from pages.parts.say.text import LANGUAGES

AT_MOST = 0.02
SCREENS = {
    "1280x720": (1280, 720, ""),
    "390x844": (390, 844, "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0.0.0 Mobile Safari/537.36"),
}
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
    .observe({type: 'layout-shift', buffered: true})"""
HEADLINE = """of => { const one = document.querySelector(of)?.getBoundingClientRect(); return one ? [one.x, one.y, one.height] : null; }"""
STANDS = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def opened(context, address: str) -> tuple[float, float]:
    """The layout shift of a page while it comes, and by how many px its headline moved or grew."""
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#first h1", state="attached")
    before = page.evaluate(HEADLINE, "#first h1")
    page.wait_for_selector("#first", state="detached", timeout=120_000)
    page.wait_for_selector(STANDS)
    page.wait_for_load_state("networkidle")
    after, shifted = page.evaluate(HEADLINE, "main h1"), page.evaluate("window.shifted")
    page.close()
    return shifted, max(abs(was - now) for was, now in zip(before, after, strict=True))


def main(pages: list[str], data: Path = ROOT / "data") -> int:
    worst = moved = 0.0
    with served(SERVERS["make serve"], data) as (port, *_), sync_playwright() as playwright:
        browser = chromium(playwright)
        for screen, (width, height, agent) in SCREENS.items():
            for lang in LANGUAGES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale=lang, bypass_csp=True, **({"user_agent": agent} if agent else {})
                )
                for page in pages or menu.PAGES:
                    path = "" if page == "overview" else page
                    shift, by = opened(context, f"http://127.0.0.1:{port}/{path}?lang={lang}")
                    row(f"{page}, {lang}, {screen}: layout shift, headline moves", f"{shift:.3f}, {by:.0f} px", f"at most {AT_MOST}, 0")
                    worst, moved = max(worst, shift), max(moved, by)
                context.close()
        browser.close()
    row("worst of all", f"{worst:.3f}, {moved:.0f} px", f"at most {AT_MOST}")
    return worst > AT_MOST or moved > 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
