"""An officer at the checking screen with the keyboard alone, over scans: mends the planted faults of a report that was printed and scanned,
and reaches every doubtful cell of scanned documents by Enter."""

import json
import random
import re
from pathlib import Path

from bench._scanned import as_pdf, page_of, pictures, printed, scanned
from bench.scans import FACES, KNOWN, documents
from deploy.report import ABOUT, FAULTS, UNITS, write
from deploy.trial import DEEPEST, Keys
from etl.formats import open_document
from etl.read import read
from pages.parts.desk.journal import HOME
from pages.parts.say.text import Words
from train.fonts import fonts

SEED, DPI = 17, 200
COLUMNS = ["status", "status", "refs", "period_start", "responsible", "title"]  # of the reading, in which the planted faults show


def truth(at: int, column: str) -> str | tuple[str, str]:
    """What the officer knows to be right of measure `at`, as it is typed; of a period its first and last day."""
    return {
        "title": f"จัดทำและเผยแพร่{ABOUT[at - 1]}บนเว็บไซต์",
        "responsible": UNITS[at % 4],
        "refs": f"O{at}",
        "number": str(at),
        "status": "completed",
        "period_start": ("2024-10-01", "2025-09-30"),
    }.get(column, "")


def scan(document: Path, into: Path, number: int = 0) -> Path:
    """The document printed, and put through an office scanner: a PDF whose pages are pictures."""
    chance = random.Random(f"{SEED} {number}")
    faces = [paths[0] for family, paths in fonts().items() if family in FACES]
    face = faces[number % len(faces)]
    pages = [scanned(page, DPI, chance) for page in pictures(printed(page_of(open_document(document), face, 14.0)), DPI)]
    into.write_bytes(as_pdf(pages, DPI, 85))
    return into


def goldens(into: Path, most: int) -> list[Path]:
    """So many of the golden documents as scans, from all over the list, of one page to four."""
    found, listed = [], documents()
    random.Random(SEED).shuffle(listed)
    for number, path in enumerate(listed):
        if len(found) == most:
            break
        reading = read(open_document(path), KNOWN)
        if 5 <= len(reading.measures) + len(reading.scores) <= 80:
            found.append(scan(path, into / f"{number}-{path.stem}.pdf", number))
    return found


QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'

# --- at the screen ------------------------------------------------------------------------------------------------------

ROOT_OF_DESK = "[...document.querySelectorAll('*')].find((one) => one.shadowRoot?.querySelector('.desk')).shadowRoot"
# Of the chosen cell: its row and column, and whether its place is marked and the whole box of it inside the view.
HERE = f"""() => {{
    const root = {ROOT_OF_DESK}, cell = root.querySelector('.cell.now');
    const [box, view] = ['.marked, .mark', '.view'].map((one) => root.querySelector(one)?.getBoundingClientRect());
    const inside = Boolean(box) && box.top >= view.top - 1 && box.bottom <= view.bottom + 1 && box.left >= view.left - 1;
    return [cell.dataset.row, cell.dataset.column, inside, cell.classList.contains('doubtful')];
}}"""


class Officer(Keys):
    """The keyboard of who knows what is right of the report."""

    def tab_to(self, name: str, most: int = 80) -> None:
        """Tab until the button of this name has the focus."""
        for _ in range(most):
            self("Tab")
            if name in self.page.evaluate(f"() => {DEEPEST}?.closest('button')?.innerText ?? ''"):
                return
        raise AssertionError(f"Tab does not come to {name}")

    def typed(self, text: str) -> None:
        self("F2", "Control+A")
        self.page.keyboard.type(text)
        self("Enter")

    def mend(self, at: int, column: str) -> None:
        """The chosen cell of measure `at` gets what is right."""
        if column == "status":
            self("F2", "Home")
            while self.page.evaluate(f"() => {DEEPEST}.value") != truth(at, column):
                self("ArrowDown")
            self("Enter")
        elif column == "period_start":
            self("F2", "Home", "ArrowDown", "Enter")  # the whole fiscal year
        else:
            self.typed(truth(at, column))


def ready(page) -> None:
    page.locator(".desk.ready").wait_for(timeout=120_000)
    page.wait_for_selector(QUIET, timeout=120_000)
    page.locator(".cell.now").wait_for()


def mends_a_scan(browser, address: str, data: Path, folder: Path) -> dict:
    """Drops the scan of a report with six faults, mends them by the keyboard, saves, and looks at the charts: counts."""
    words = Words("th")
    file = scan(write(folder / "report.docx"), folder / "report.pdf")
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/add?lang=th")
    page.get_by_test_id("stFileUploaderDropzone").wait_for(timeout=120_000)
    page.wait_for_selector(QUIET)
    keys = Officer(page)
    with page.expect_file_chooser() as chooser:
        keys.tab_to(words("frontend.upload"))
        keys("Enter")
    chooser.value.set_files(file)
    page.get_by_role("button", name=words("add.check"), exact=True).first.wait_for(timeout=300_000)
    page.wait_for_selector(QUIET)
    keys.tab_to(words("add.check"))
    keys("Enter")
    ready(page)
    page.wait_for_function(f"() => Boolean({DEEPEST}?.closest('.cell.now, .grid'))")
    draft = next(
        one.parent for one in (data / "drafts").glob("*/reading.json") if file.name in (one.parent / "name.txt").read_text("utf-8")
    )
    said = json.loads((draft / "reading.json").read_text(encoding="utf-8"))
    measures = [row for row in said["rows"] if row["record"] == "measure"]
    at = {row["row"]: number for number, row in enumerate(measures, 1)}
    rows = {row["row"]: row for row in said["rows"]}
    planted = {(row, column) for (row, *_), column in zip(FAULTS, COLUMNS, strict=True)}
    keys.pressed, spent, others, sight, by_hand = 0, {}, 0, [], 0
    for _ in range(400):
        row, column, inside, doubtful = page.evaluate(HERE)
        if not doubtful:
            break
        sight.append(inside)
        before = keys.pressed
        if row not in at or right(rows[row], at[row], column):
            keys("Enter")
            continue
        keys.mend(at[row], column)
        if (at[row], column) in planted:
            spent[at[row], column] = keys.pressed - before
        else:
            others += 1
    doubted = len(spent)
    for number, column in sorted(planted - set(spent)):  # nothing made these doubtful: whoever compares comes to them
        row = next((row for row, measure in at.items() if measure == number), None)
        before = keys.pressed
        keys("Home")
        while row and page.evaluate(HERE)[:2] != [row, column] and keys.pressed < before + 200:
            keys("Tab")
        if row and page.evaluate(HERE)[:2] == [row, column]:
            keys.mend(number, column)
            by_hand += 1
            spent[number, column] = keys.pressed - before
    all_keys = keys.pressed
    keys("Escape", "Enter")  # to save, and save
    page.get_by_role("button", name=words("add.see")).wait_for(timeout=300_000)
    page.wait_for_selector(QUIET)
    keys.tab_to(words("add.see"))
    keys("Enter")
    page.wait_for_url("**/?*agency=*", timeout=60_000)
    page.goto(f"{address}/completion?lang=th&year=2568&" + page.url.split("?")[1].replace("year=2568", ""))
    page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
    heading, charts = page.locator("h1").first.inner_text(), page.locator(".js-plotly-plot").count()
    page.close()
    history = [json.loads(line) for line in (data / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = {(at.get(one["row"]), one["column"]) for one in history[-1]["changes"] if one["did"] == "set"}
    return {
        "measures read": len(measures),
        "doubtful cells": len(sight),
        "of them with the place in sight": sum(sight),
        "planted faults mended and kept": len(planted & kept),
        "of them doubtful": doubted,
        "of them found by comparing": by_hand,
        "other misreadings mended": others,
        "key presses a fault, most": max(spent.values(), default=None),
        "key presses in all": all_keys,
        "charts after saving": charts,
        "heading after saving": heading,
    }


def right(row: dict, at: int, column: str) -> bool:
    """Whether a cell was read as the document has it, but for spaces."""
    if column == "period_start":
        return (row["period_start"], row["period_end"]) == truth(at, column)
    return re.sub(r"\s", "", row.get(column, "")) == re.sub(r"\s", "", str(truth(at, column)))


def reaches(browser, address: str, drafts: list[Path], press: str) -> dict:
    """Enter alone over every doubtful cell of the drafts: how many were reached, had their place in sight, and ms to the highlight."""
    there = reached = sight = 0
    times, missing = [], []
    for draft in drafts:
        said = json.loads((draft / "reading.json").read_text(encoding="utf-8"))
        doubtful = {(one["row"], HOME.get(one["column"], one["column"])) for one in said["doubts"]}
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{address}/add?draft={draft.name}&lang=th")
        ready(page)
        seen = {}
        for _ in range(len(doubtful)):
            row, column, inside, _ = page.evaluate(HERE)
            seen[row, column] = inside
            times.append(page.evaluate(press, "Enter")[0])
        page.close()
        there += len(doubtful)
        reached += len(doubtful & seen.keys())
        sight += sum(inside for at, inside in seen.items() if at in doubtful)
        missing += [f"{draft.name} {row} {column}" for row, column in sorted(doubtful) if not seen.get((row, column))]
    return {"documents": len(drafts), "doubtful": there, "reached": reached, "in sight": sight, "not reached or not in sight": missing[:20],
            "times": times}  # fmt: skip
