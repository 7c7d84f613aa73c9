"""Every view of every page with every check that a view must pass: no fault, axe-core finds nothing, figures say what they are, no label is
cut or covered, no text is foreign to the viewer, a phone scrolls down only.

Pages come from the folder, views from the choices on the page, boxes from its buttons, lists from its controls: new ones come under the
crawl by themselves. The pictures stay in build/screens for a person to look at.
"""

import contextlib
import re

from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.support.accessible import READABLE, SIDEWAYS, SMALLEST, UNREADABLE, views, violations
from tests.support.languages import Reader
from tests.support.places import LOCALES, ONE, PAGES, SIZES, address, keep_picture
from tests.support.watched import Watched

LINKS: dict[str, list[str]] = {}  # page -> the links of its views
# Any two of size, language and theme meet in one of them. The first two look at every view and into every box, and the page's structure is
# theirs to judge, as it is no matter of theme and digits; the other two share the views out, so each view is seen in both sizes, languages,
# themes and digits.
VIEWERS = [
    ("projector", "th", "light", "thai"),
    ("phone", "en", "light", "thai"),
    ("phone", "th", "dark", "arabic"),
    ("projector", "en", "dark", "arabic"),
]

# The boxes that buttons of the page open, by key; the box of the same kind of another figure has the same parts.
BOXES = """() => [...document.querySelectorAll('main [data-testid="stPopoverButton"]')].map((button) =>
    [...button.closest('[class*="st-key-"]').classList].find((name) => name.startsWith('st-key-')))"""
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => ({name: plot.closest('[role="figure"]')?.ariaLabel ?? '',
    key: [...plot.closest('[class*="st-key-figure_"]').classList].find((name) => name.startsWith('st-key-figure_'))}))"""
OTHER_PICTURES = """() => [...document.querySelectorAll('main img, main svg')].filter((one) => one.checkVisibility()
    && !one.closest('.js-plotly-plot, [aria-hidden="true"]') && one.ariaHidden !== 'true').map((one) => one.outerHTML.slice(0, 200))"""

# Where the headline begins, as far as a page was not scrolled, and how many lines it has.
HEADLINE = """(() => {
    const one = document.querySelector('h1'), style = getComputedStyle(one), main = document.querySelector('[data-testid="stMain"]');
    const high = one.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    return [one.getBoundingClientRect().top + main.scrollTop, Math.round(high / parseFloat(style.lineHeight))];
})()"""


class Person:
    """One person's browser: what was read in it, and the kinds of boxes that were looked into."""

    def __init__(self, browser, database: str, size: str, lang: str, theme: str, digits: str):
        self.size, self.opened, self.words = size, set(), Words(lang, digits)
        self.place = VIEWERS.index((size, lang, theme, digits))
        self.everything = self.place < 2
        self.viewer = Watched(browser, *SIZES[size], locale=LOCALES[lang], theme=theme)
        self.reader = Reader(self.viewer, self.words, database)

    def violations(self, shown, within: str | None = None) -> list[str]:
        return violations(shown, within, contrast_alone=not self.everything)

    def check(self, shown, where: str) -> None:
        """Everything that must hold of a page as it stands."""
        assert shown.locator("h1").count() == 1, where
        assert shown.evaluate("document.documentElement.lang") == self.words.lang, where
        assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, f"{where} scrolls sideways"
        assert (seen := self.violations(shown)) == [], f"{where} {seen}"
        for figure in shown.evaluate(FIGURES):
            title = self.words(f"{figure['key'].removeprefix('st-key-figure_')}.title")
            assert figure["name"].startswith(f"{title}. ") and len(figure["name"]) > len(title) + 10, where
        assert shown.evaluate(OTHER_PICTURES) == [], where
        assert (unread := shown.evaluate(UNREADABLE)) == [], f"{where} {unread}"
        top, lines = shown.evaluate(HEADLINE)
        assert top <= 200 if self.size == "phone" else lines <= 2, f"{where}: the headline begins at {top} px and has {lines} lines"
        if self.size == "phone":
            assert shown.evaluate(SIDEWAYS) == [], where
            if shown.locator(".js-plotly-plot").count():
                assert shown.evaluate(SMALLEST) >= READABLE["phone"], where
        self.reader.read(where)

    def look_into_boxes(self, shown, where: str, every: bool) -> None:
        """Opens the boxes of the page, all of them or those of a new kind, and reads them."""
        apart = self.everything and self.size == "projector"  # each table has columns of its own
        kinds = {key: key if apart and key.startswith("st-key-table_") else key.split("_")[0] for key in shown.evaluate(BOXES)}
        new = {key: kind for key, kind in kinds.items() if every or kind not in self.opened}
        if new and not every and self.size == "phone":
            # Folded choices keep what they said when they were last open, and a box that asks the server sends it: a session of its own.
            self.viewer.open(shown.url)
        for key, kind in new.items():
            if not every and kind in self.opened:
                continue
            box = shown.get_by_test_id("stPopoverBody")
            for _ in range(5):  # a button that was drawn again just now may miss a click
                shown.locator(f".{key} [data-testid=stPopoverButton]").first.click()
                with contextlib.suppress(AssertionError):
                    expect(box).to_be_visible(timeout=5000)
                    break
            expect(box).to_be_visible()
            self.viewer.settle()
            if kind not in self.opened:
                assert (seen := self.violations(shown, within='[data-testid="stPopoverBody"]')) == [], f"{where}: {key} {seen}"
            self.opened.add(kind)
            self.reader.read(f"{where}: {key}")
            for _ in range(5):  # a table in the box takes the first Escape for itself; a box that is drawn again just now misses it
                shown.keyboard.press("Escape")
                with contextlib.suppress(AssertionError):
                    expect(box).to_have_count(0, timeout=1000)
                    break
            expect(box).to_have_count(0)


def every_view(person: Person, server: str, page: str):
    """The page in each view that this person looks at: who comes first goes by the choices on it, the others by the links that these led to
    (on a phone choices are folded)."""
    words, links = person.words, LINKS.setdefault(page, [])
    if not links:
        for shown in views(person.viewer, address(server, page, **ONE, lang=words.lang, digits=words.digits)):
            links.append(shown.url)
            yield shown
        return
    for link in links if person.everything else links[(PAGES.index(page) + person.place) % 2 :: 2]:
        yield person.viewer.turn_to(re.sub(r"&(lang|digits)=\w+", "", link) + f"&lang={words.lang}&digits={words.digits}")


def look_at_every_view(person: Person, sample_server: str, page: str) -> None:
    for at, shown in enumerate(every_view(person, sample_server, page)):
        person.check(shown, shown.url)
        if person.everything or person.size == "projector":
            person.look_into_boxes(shown, shown.url, every=not at and person.everything)
        if not at and person.everything:
            person.reader.open_lists(shown.url)
            keep_picture(shown, f"{page}-{person.size}-{person.words.lang}", full_page=True)
    assert person.viewer.take_faults() == []
    found, person.reader.found = person.reader.found, {}
    assert not found, "\n".join(f"{where}: {said}" for said, where in found.items())


def look_at_the_menu_and_the_presentation(person: Person, sample_server: str) -> None:
    shown = person.viewer.turn_to(address(sample_server, "present", **ONE, lang=person.words.lang))
    shown.get_by_test_id("stMainMenu").get_by_role("button").click()
    expect(shown.get_by_test_id("stMainMenuPopover")).to_be_visible()
    assert person.violations(shown) == []
    shown.keyboard.press("Escape")
    shown.get_by_role("button", name=person.words("present.start"), exact=True).click()
    slide = shown.locator("dialog.presentation .slide.now")
    expect(slide).to_be_visible()
    for at in range(shown.locator("dialog.presentation .slide").count()):
        changed = "dialog.presentation" if at else None  # the page below it stays as it is
        assert person.violations(shown, changed) == [], slide.get_attribute("data-word")
        headline = slide.locator("h2").inner_text()
        for picture in slide.locator("svg:visible").all():
            assert headline in picture.get_attribute("aria-label")
        shown.keyboard.press("ArrowRight")
    for key in ("n", "?"):
        shown.keyboard.press(key)
        assert person.violations(shown) == [], key
        shown.keyboard.press("Escape")
    assert person.viewer.take_faults() == []
