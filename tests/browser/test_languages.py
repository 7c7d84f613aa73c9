"""No English on Thai pages and no Thai on English ones, every number of ours in the digits of the viewer, and our own font in every letter:
every page in every view, with its boxes, lists, menus and table tools, read as a person and a screen reader read it.

New pages and views come under this by themselves: pages are the files in pages/, views the choices that stand on them.
"""

import contextlib
import re
from functools import cache

import duckdb
import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.browser.accessible import views
from tests.browser.test_pages import LOCALES, PAGES, address
from tests.browser.watched import Watched

pytestmark = pytest.mark.browser

# Every text that is seen or read aloud: text nodes, labels, what fields hold; also inside of components. A table's cells come with the
# heading over them. Icons are letters of a font and no words; what is computed by the browser (aria-valuetext) is left out.
TEXTS = """() => {
    const found = [], labels = ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-description'];
    const skip = 'script, style, noscript, [data-testid="stIconMaterial"], kbd, dl > dt';
    const read = (root) => {
        for (const one of root.querySelectorAll('*')) {
            if (one.shadowRoot) read(one.shadowRoot);
            if (one.closest(skip)) continue;
            for (const name of labels) if (one.getAttribute(name)) found.push([name, one.getAttribute(name)]);
            if (one.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea') && one.value) {
                found.push(['value', one.value]);
            }
            if (one.closest('table[role=grid]')) {
                if (one.matches('[role=gridcell]')) {
                    const heads = one.closest('table').querySelectorAll('[role=columnheader]');
                    const head = [...heads].find((head) => head.ariaColIndex === one.ariaColIndex);
                    found.push(['cell of ' + (head ? head.textContent.replace(/^[↑↓] /, '') : ''), one.textContent]);
                } else if (one.matches('[role=columnheader]')) found.push(['heading', one.textContent]);
                continue;
            }
            for (const node of one.childNodes) if (node.nodeType === 3 && node.nodeValue.trim()) found.push(['text', node.nodeValue]);
        }
    };
    read(document.body);
    found.push(['title', document.title]);
    return found;
}"""

# What may stand in Latin letters anywhere: names of instruments and formats, codes, files, paths, commands, addresses, letters of levels.
LATIN = re.compile(
    r"https?://\S+|\b[\w./-]+\.(?:csv|txt|xlsx|docx|pdf|html|md|toml|duckdb)\b|data/\w+|(?:\.venv/bin/)?python -m etl \w+|\B\.\w+|--\w+"
    r"|\b[a-z]?[A-Z]{0,3}\d[\w-]*|\b(?:ITA|IIT|EIT|OIT|CSV|XLSX|PNG|PDF|HTML|ZIP|PPTX|POTX|MB|Parquet|PowerPoint|Excel|DuckDB|Streamlit|Welch|OCR|English|Enter|Alt|"
    r"Shift|Space|Esc|Google|ChatGPT|PageUp|PageDown|Home|End|AA|[A-F]|x|N)\b",
    re.A,
)
THAI_RUN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4f]+(?:[ .,()\"“”–-]*[\u0e01-\u0e3a\u0e40-\u0e4f]+)*")  # letters; digits are no words
DATA = (
    "place",
    "title",
    "evidence",
    "responsible",
    "unit",
    "file_name",
    "url",
    "document",
    "raw",
    "read_as",
    "message",
    "period_text",
    "refs",
    "group_name",
    "plan_title",
    "result_title",
    "agency_name",
    "province",
    "region",
    "agency_type",
    "part_name",
    "comment",
    "table_name",
    "column_name",
    "data_type",
    "level",
    "printed",
)  # columns of data: their texts are not ours

EXAMPLES = ("คู่มือ งบประมาณ", "๑๒๓")  # of what may be searched for; of what Thai digits look like


@cache
def names(database: str) -> tuple[str, ...]:
    """The texts of the data, the longest first: names of agencies and places, titles and phrases of documents, messages of findings."""
    columns = {
        "agency": ("name", "agency_type", "district", "province", "region"), "level": ("level",), "province": ("region",),
        "source": ("title", "file_name", "source_id", "url"), "finding": ("message_th", "message_en", "raw", "read_as"),
        "measure": ("title", "group_name", "period_text", "evidence", "steps", "result", "outcome", "suggestion", "place",
                    "array_to_string(responsible, ', ')"),
        "score": ("printed",), "repeated_title": ("title",)}  # fmt: skip
    with duckdb.connect(database, read_only=True) as connection:
        texts = {
            text
            for table, some in columns.items()
            for column in some
            for (text,) in connection.execute(f"select distinct {column} from {table}").fetchall()
            if text and len(text) > 1
        }
        texts |= {unit for (unit,) in connection.execute("select distinct unnest(responsible) from measure").fetchall()}
    return tuple(sorted(texts, key=len, reverse=True))


def without_names(text: str, known: tuple[str, ...]) -> str:
    """The text without what stands in it from the data; a name cut short (it ends in …) counts as the name."""
    text = re.sub(r"[\u200b\u00ad]|\\(?=\W)", "", text)
    for name in known:
        if name in text and (len(name) > 3 or not name.isdigit()):
            text = text.replace(name, " ")
    if "…" in text:
        for cut in re.findall(r"[^:·▶,(]{6,}(?=…)|(?<=…)[^:·,(]{6,}", text):
            if any(cut.strip().split(". ", 1)[-1] in name for name in known):
                text = text.replace(cut, " ")
    return text


def foreign(kind: str, text: str, words: Words, known: tuple[str, ...], all_names: str) -> str | None:
    """What of a text is not in the viewer's language or digits; None: nothing."""
    if kind in {f"cell of {words(f'column.{name}')}" for name in DATA}:
        return None
    rest = without_names(text, known)
    places = "|".join(re.escape(words(f"place.{part}", n="")) for part in ("line", "page", "table", "row"))
    rest = re.sub(rf"(?:{places})\d+", "", rest)
    if words.lang == "th":
        left = re.findall(r"[A-Za-z]{2,}", LATIN.sub("", rest))
    else:
        own = (Words("th")("language.th"), *EXAMPLES)
        left = [run for run in THAI_RUN.findall(rest) if run not in all_names and run not in own]
    if words.digits == "thai" and not kind.startswith("cell of "):  # a cell read aloud is its number; what is painted: test_thai_first.py
        left += re.findall(r"(?<![A-Za-z0-9_])[0-9][0-9.,]*(?![A-Za-z0-9_])", re.sub(r"https?://\S+|[\w.-]+\.\w{2,5}\b|data/\w+", "", rest))
    return f"{kind}: {text[:120]!r}: {left[:6]}" if left else None


class Reader:
    """Reads pages for one viewer and keeps what is foreign, once each."""

    def __init__(self, viewer: Watched, words: Words, database: str):
        self.viewer, self.words, self.known = viewer, words, names(database)
        self.all_names, self.found, self.texts, self.views = "\n".join(self.known), {}, set(), 0

    def read(self, where: str) -> None:
        self.views += 1
        for kind, text in map(tuple, self.viewer.page.evaluate(TEXTS)):
            if (kind, text) not in self.texts:
                self.texts.add((kind, text))
                if said := foreign(kind, text, self.words, self.known, self.all_names):
                    self.found[said] = where

    def open_everything(self, where: str) -> None:
        """Each box that a button opens, each list of a control, as they stand on the page."""
        page = self.viewer.page
        for at in range(page.locator('[data-testid="stPopoverButton"]').count()):
            button = page.locator('[data-testid="stPopoverButton"]').nth(at)
            button.click()
            expect(page.locator('[data-testid="stPopoverBody"]')).to_have_count(1)
            self.viewer.settle()
            self.read(f"{where}, box {at}")
            box = page.locator('[data-testid="stPopoverBody"]')
            for _ in range(5):  # a table in the box takes the first Escape for itself; a box that is drawn again just now misses it
                page.keyboard.press("Escape")
                with contextlib.suppress(AssertionError):
                    expect(box).to_have_count(0, timeout=1000)
                    break
            expect(box).to_have_count(0)
        for at in range(page.locator('main [role="combobox"]').count()):
            field = page.locator('main [role="combobox"]').nth(at)
            for _ in range(5):  # a field that was drawn again just now may miss a key
                field.press("ArrowDown")
                with contextlib.suppress(AssertionError):
                    expect(field).to_have_attribute("aria-expanded", "true", timeout=1500)
                    break
            expect(field).to_have_attribute("aria-expanded", "true")
            self.read(f"{where}, list {at}")
            page.keyboard.press("Escape")
            expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("lang", LOCALES)
def test_every_text_is_in_the_language_and_digits_of_the_viewer(browser, sample_server, sample_data, lang):
    viewer = Watched(browser, locale=LOCALES[lang])
    reader = Reader(viewer, Words(lang, "thai"), str(sample_data / "ita.duckdb"))
    try:
        for name in PAGES:
            url = address(sample_server, name, agency="s0001", year=2568, lang=lang, digits="thai")
            for at, _ in enumerate(views(viewer, url)):
                reader.read(f"{name}, view {at}")
                if at == 0:
                    reader.open_everything(name)
        print(f"{lang}: {reader.views} views and boxes, {len(reader.texts)} texts")
        assert not reader.found, "\n".join(f"{where}: {said}" for said, where in reader.found.items())
    finally:
        viewer.close()


def test_menus_table_tools_and_what_is_said_when_the_server_is_gone(browser, serving, sample_data, sample_db):
    """What only opens by hand, and the box of a lost connection; in Thai, where Streamlit's own words are replaced."""
    viewer = Watched(browser, locale=LOCALES["th"])
    reader = Reader(viewer, Words("th"), str(sample_data / "ita.duckdb"))
    page = viewer.page
    try:
        with serving(sample_data) as server:
            viewer.open(address(server, "completion", view="list", agency="s0001", year=2568, lang="th"))
            page.locator('[data-testid="stMainMenu"] button').click()
            page.locator('[data-testid="stMainMenuPopover"], [data-testid="stMainMenuList"]').first.wait_for()
            reader.read("main menu")
            page.keyboard.press("Escape")
            table = page.locator('[data-testid="stDataFrame"]')
            _open_column_menu(page, table.bounding_box())
            reader.read("column menu")
            page.get_by_role("menuitem", name=Words("th")("frontend.statistics")).hover()
            reader.read("statistics of a column")
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            for tool in ("columns_of", "search_in", "fullscreen_of"):
                table.hover()
                name = Words("th")(f"frontend.{tool}", name=Words("th")("measure_list.title"))
                page.get_by_role("button", name=name).click()
                reader.read(tool)
                if tool == "search_in":
                    page.keyboard.type("2568")
                    page.locator(".gdg-search-bar-inner, [class*='search']").first.wait_for()
                    reader.read("search with a result")
                page.keyboard.press("Escape")
            viewer.open(address(server, "nowhere", lang="th"))
            reader.read("a page that does not exist")
            page.set_viewport_size({"width": 390, "height": 844})
            viewer.open(address(server, "path", view="try", agency="s0001", year=2568, lang="th"))
            page.locator('[data-testid="stExpandSidebarButton"]').click()
            page.locator('[data-testid="stSidebar"]').wait_for()
            reader.read("the pages on a phone")
        gone = page.get_by_role("dialog")
        expect(gone).to_contain_text(Words("th")("frontend.connection_error"), timeout=60_000)
        reader.read("the server is gone")
        assert not reader.found, "\n".join(f"{where}: {said}" for said, where in reader.found.items())
    finally:
        viewer.close()


def _open_column_menu(page, box: dict) -> None:
    """The dots at the end of the first heading; how wide it is is the table's affair."""
    for across in range(90, 420, 12):
        page.mouse.click(box["x"] + across, box["y"] + 19)
        if page.locator('[data-testid="stDataFrameColumnMenu"]').count():
            return
    raise AssertionError("no menu of a column")


def test_a_switch_of_the_language_takes_streamlits_words_along(watch, sample_server):
    viewer = watch(locale=LOCALES["th"])
    page = viewer.open(address(sample_server, "weakest", agency="s0001", year=2568, lang="th"))
    menu = page.locator('[data-testid="stMainMenu"] button')
    for name, said in (("English", "en"), (Words("th")("language.th"), "th"), ("English", "en")):
        page.get_by_role("radio", name=name).click()
        page.wait_for_function(f"document.documentElement.lang === '{said}'")
        expect(menu).to_have_attribute("aria-label", Words(said)("frontend.main_menu"))


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
        viewer.open(address(sample_server, "weakest", agency="s0001", year=2568, lang="th"))
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
