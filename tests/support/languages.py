"""Every text of a page as a person and a screen reader read it, and what of it is not in the viewer's language and digits."""

import contextlib
import re
from functools import cache

import duckdb
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.support.watched import Watched

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
    r"|\b[a-z]?[A-Z]{0,3}\d[\w-]*|\b(?:ITA|IIT|EIT|OIT|CSV|XLSX|PNG|PDF|HTML|ZIP|PPTX|POTX|MB|Parquet|PowerPoint|Excel|Word|DuckDB|Streamlit|OCR|English|Enter|Alt|"
    r"Welch|Rousseeuw|Croux|Tukey|SciPy|Spiegelhalter|DerSimonian|Laird|Efron|Morris|Wilson|James|Stein|Fienberg|Holland|"
    r"Vovk|Gammerman|Shafer|Pickands|Benjamini|Hochberg|"  # whose methods are named
    r"Shift|Space|Esc|Tab|Google|ChatGPT|PageUp|PageDown|Windows|Home|End|AA|[A-F]|x|N)\b",
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
    "district",
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
        # Of the register those that lie around: a figure of neighbours names them.
        around = """with d as (select province, district, avg(lat) as lat, avg(lon) as lon from local_government group by all),
            a as (select distinct d.lat, d.lon from agency join d using (province, district))
            select distinct name from local_government l join a on abs(l.lat - a.lat) < 0.5 and abs(l.lon - a.lon) < 0.5"""
        texts |= {name for (name,) in connection.execute(around).fetchall()}
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

    def open_lists(self, where: str) -> None:
        """Each list of a control, as they stand on the page."""
        page = self.viewer.page
        for at in range(page.locator('main [role="combobox"]').count()):
            field = page.locator('main [role="combobox"]').nth(at)
            for _ in range(8):  # a field that was drawn again just now may miss a key
                self.viewer.settle()
                field.press("ArrowDown")
                with contextlib.suppress(AssertionError):
                    expect(field).to_have_attribute("aria-expanded", "true", timeout=3000)
                    break
            expect(field).to_have_attribute("aria-expanded", "true")
            self.read(f"{where}, list {at}")
            page.keyboard.press("Escape")
            expect(field).to_have_attribute("aria-expanded", "false")
