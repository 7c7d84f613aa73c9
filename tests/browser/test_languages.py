"""No English on Thai pages: what only opens by hand, and our own font in every letter. Every view, box and list: tests/support/crawl.py;
what is said when the server is gone: test_present.py; a switch of the language: test_controls.py."""

import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.support.languages import Reader
from tests.support.places import LOCALES, address
from tests.support.watched import Watched

pytestmark = pytest.mark.browser


def test_menus_and_table_tools(watch, sample_server, sample_data, sample_db):
    """What only opens by hand; in Thai, where Streamlit's own words are replaced."""
    viewer, words = watch(locale=LOCALES["th"]), Words("th")
    reader, page = Reader(viewer, words, str(sample_data / "ita.duckdb")), viewer.page
    viewer.open(address(sample_server, "completion", view="list", agency="s0001", year=2568, lang="th"))
    page.locator('[data-testid="stMainMenu"] button').click()
    page.locator('[data-testid="stMainMenuPopover"], [data-testid="stMainMenuList"]').first.wait_for()
    reader.read("main menu")
    page.keyboard.press("Escape")
    table = page.locator('[data-testid="stDataFrame"]')
    _open_column_menu(page, table.bounding_box())
    reader.read("column menu")
    page.get_by_role("menuitem", name=words("frontend.statistics")).hover()
    reader.read("statistics of a column")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    for tool in ("columns_of", "search_in", "fullscreen_of"):
        table.hover()
        page.get_by_role("button", name=words(f"frontend.{tool}", name=words("measure_list.title"))).click()
        reader.read(tool)
        if tool == "search_in":
            page.keyboard.type("2568")
            page.locator(".gdg-search-bar-inner, [class*='search']").first.wait_for()
            reader.read("search with a result")
        page.keyboard.press("Escape")
    table.hover()
    gone = words("frontend.download_csv_of", name=words("measure_list.title"))
    expect(page.get_by_role("button", name=gone)).to_have_count(0)  # it would write cells that begin with = as they are
    viewer.open(address(sample_server, "nowhere", lang="th"))
    reader.read("a page that does not exist")
    viewer.take_faults()  # that is one
    page.set_viewport_size({"width": 390, "height": 844})
    viewer.open(address(sample_server, "path", view="try", agency="s0001", year=2568, lang="th"))
    page.locator('[data-testid="stExpandSidebarButton"]').click()
    page.locator('[data-testid="stSidebar"]').wait_for()
    reader.read("the pages on a phone")
    assert not reader.found, "\n".join(f"{where}: {said}" for said, where in reader.found.items())


def _open_column_menu(page, box: dict) -> None:
    """The dots at the end of the first heading; how wide it is is the table's affair."""
    for across in range(90, 420, 12):
        page.mouse.click(box["x"] + across, box["y"] + 19)
        if page.locator('[data-testid="stDataFrameColumnMenu"]').count():
            return
    raise AssertionError("no menu of a column")


# Which font paints an element, as the browser itself says; `canvas`: what tables were painted with.
PAINTED = """const text = CanvasRenderingContext2D.prototype.fillText;
window.painted = new Set();
CanvasRenderingContext2D.prototype.fillText = function (...given) {
    if (/[ก-๙]/.test(given[0])) window.painted.add(this.font);
    return text.apply(this, given);
};"""


def test_every_thai_letter_is_painted_with_our_own_font(browser, sample_server):
    viewer = Watched(browser, locale=LOCALES["th"], alone=True)
    viewer.page.add_init_script(PAINTED)
    fonts = []
    viewer.page.on("response", lambda answer: fonts.append((answer.url, answer.status)) if answer.url.endswith(".woff2") else None)
    try:
        page = viewer.open(address(sample_server, "completion", view="list", agency="s0001", year=2568, lang="th"))
        faces = "[400, 600, 700].map(one => `${one} 16px Sarabun`)"
        page.evaluate(f"Promise.all({faces}.map(face => document.fonts.load(face, 'กA')))")
        assert page.evaluate(f"{faces}.every(face => document.fonts.check(face, 'กA'))")
        painted = page.evaluate("[...window.painted]")
        assert painted and [font for font in painted if "Sarabun" not in font.split(",")[0]] == []
        viewer.turn_to(address(sample_server, "weakest", agency="s0001", year=2568, lang="th"))
        session = viewer.context.new_cdp_session(page)
        for command in ("DOM.enable", "CSS.enable"):
            session.send(command)
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for element in ("h1", "header a span", ".js-plotly-plot .ytick text", ".js-plotly-plot .annotation-text", "main button p"):
            node = session.send("DOM.querySelector", {"nodeId": root, "selector": element})["nodeId"]
            used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            assert used and all(font["familyName"].startswith("Sarabun") and font["isCustomFont"] for font in used), (element, used)
        ours = [url for url, _ in fonts if "sarabun" in url]
        assert len(ours) >= 4 and all(status == 200 for _, status in fonts)
        assert [url for url, _ in fonts if not url.startswith(sample_server)] == [] and viewer.faults == []
    finally:
        viewer.close()
