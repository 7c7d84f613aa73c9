"""A report goes in: an officer with the keyboard alone, a server that dies in the middle, a second person, and the checking screen as it is
drawn. One server of its own for the file: what is saved changes its data."""

import base64
import contextlib
import hashlib
import json
import shutil
import sys
import urllib.parse

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import expect

from deploy import report
from deploy.trial import DEEPEST, EDITING, Keys, free_port, running
from etl.desk.open import open_into
from etl.formats.scan import prose
from etl.known import load_known
from pages.parts.desk import journal
from pages.parts.say.text import Words
from tests.support.accessible import FOCUSED, violations
from tests.support.data import ROOT
from tests.support.places import LOCALES, keep_picture
from tests.support.watched import Watched
from tests.test_desk_journal import journals, rows

pytestmark = pytest.mark.browser
TH = Words("th")


# Whether the marked place lies within the part of the document that is seen.
IN_SIGHT = """() => {
    const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot?.querySelector('.desk'))?.shadowRoot;
    const [box, view] = ['.marked, .mark', '.view'].map((one) => root?.querySelector(one)?.getBoundingClientRect());
    return Boolean(box && view) && box.top >= view.top - 1 && box.bottom <= view.bottom + 1;
}"""


class Server:
    """A server over a data folder, which can be killed and started again at the same address."""

    def __init__(self, data, log):
        self.data, self.log, self.port = data, log, free_port()
        self.address, self.stack = f"http://127.0.0.1:{self.port}", None

    def start(self) -> "Server":
        command = [sys.executable, "-m", "deploy.serve", "--address", "127.0.0.1", "--port", self.port]
        self.stack = contextlib.ExitStack()
        self.process = self.stack.enter_context(running(command, self.port, self.log, ITA_DATA=str(self.data)))
        return self

    def kill(self) -> None:
        self.process.kill()
        self.stack.close()

    def draft(self) -> "object":
        return next((self.data / "drafts").glob("*/reading.json")).parent


@pytest.fixture(scope="module")
def server(tmp_path_factory, shipped_data, shipped_db):
    folder = tmp_path_factory.mktemp("add")
    shutil.copytree(shipped_data, folder / "data")
    one = Server(folder / "data", folder / "log").start()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def docx(tmp_path_factory):
    return report.write(tmp_path_factory.mktemp("report") / "รายงานผล 2568.docx")


@pytest.fixture(scope="module")
def officer(browser, server):
    """One person's browser for the whole file."""
    viewer = Watched(browser, alone=True)
    yield viewer
    viewer.close()


@pytest.fixture(autouse=True)
def nothing_waits(server):
    shutil.rmtree(server.data / "drafts", ignore_errors=True)


@pytest.fixture
def waiting(server, docx):
    """The name of a draft of the report that was read and waits to be checked, as after it was dropped."""
    content = docx.read_bytes()
    folder = server.data / "drafts" / hashlib.sha256(content).hexdigest()[:16]
    folder.mkdir(parents=True)
    (folder / "document.docx").write_bytes(content)
    open_into(folder / "document.docx", folder, server.data, load_known(server.data), docx.name, 500, 200, lambda done, of: None)
    (folder / "name.txt").write_text(docx.name, encoding="utf-8")
    return folder.name


class Keyboard(Keys):
    def to(self, name: str, most: int = 60) -> None:
        """Tab until the button of this name has the focus."""
        for _ in range(most):
            self("Tab")
            one = self.page.evaluate(FOCUSED)
            if one and one["role"] == "button" and name in one["name"]:
                return
        raise AssertionError(f"Tab does not come to {name}")


AT_THE_CELL = f"() => Boolean({DEEPEST}?.closest('.cell.now, .grid'))"


def dropped(viewer: Watched, server: Server, keys: Keyboard, *files) -> None:
    """The files are dropped and read, and the first of them is open for checking."""
    words, page = TH, viewer.page
    viewer.open(f"{server.address}/add?lang=th")
    page.get_by_test_id("stFileUploaderDropzone").wait_for()
    with page.expect_file_chooser() as chooser:
        keys.to(words("frontend.upload"))
        keys("Enter")
    chooser.value.set_files(files)
    page.get_by_role("button", name=words("add.check"), exact=True).first.wait_for(timeout=120_000)
    viewer.settle()
    keys.to(words("add.check"))
    keys("Enter")
    ready(page)
    page.wait_for_function(AT_THE_CELL)


def taken_up(viewer: Watched, server: Server, draft: str, lang: str = "th") -> None:
    """The draft is open for checking, by its link."""
    viewer.page.goto(f"{server.address}/add?draft={draft}&lang={lang}")
    ready(viewer.page)
    viewer.page.locator(".cell.now").focus()


def ready(page) -> None:
    page.locator(".desk.ready").wait_for(timeout=60_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')  # until then it may be drawn once more
    page.locator(".cell.now").wait_for()


def now(page) -> str:
    return page.locator(".cell.now").get_attribute("data-row") + " " + page.locator(".cell.now").get_attribute("data-column")


def kept(page, n: int) -> None:
    expect(page.locator(".kept")).to_have_text(TH("desk.kept", n=n), timeout=30_000)


def test_an_officer_mends_six_faults_with_the_keyboard_alone_and_sees_the_charts_change(officer, server, docx):
    page, keys = officer.page, Keyboard(officer.page)
    dropped(officer, server, keys, docx)
    found = json.loads((server.draft() / "reading.json").read_text(encoding="utf-8"))
    assert found["counts"]["measures"] == 14 and found["counts"]["doubtful"] == 6, "else the report has not the faults that it should"
    assert not (server.data / "transcripts" / f"{docx.stem}.csv").exists(), "nothing is kept until it is saved"
    assert page.locator(".sentences").inner_text().startswith(TH("desk.edge.completed", n=12, of=12))
    shuts_nobody_out(page)
    page.locator(".cell.now").focus()

    keys.pressed, seen = 0, []
    mended = [
        ("F2", "Home", "Enter"),
        ("F2", "O5"),
        ("F2", "Home", "ArrowDown", "Enter"),
        ("F2", "ArrowDown", "Enter"),
        ("F2", "กองคลัง"),
        ("F2", report.ABOUT[11]),
    ]
    for steps in mended:
        seen.append(now(page))
        page.wait_for_function(IN_SIGHT)  # the page of the document is drawn after the cells
        for step in steps:
            if step.isascii() and len(step) > 2 or step == "F2":
                keys(step)
            else:
                page.keyboard.press("Control+A")
                page.keyboard.type(step)
                keys("Enter")
    assert seen == ["3 status", "5 refs", "7 status", "8 period_start", "10 responsible", "12 title"]
    assert keys.pressed <= 60 * len(mended)
    kept(page, 6)
    edge = page.locator(".sentences").inner_text()
    assert f"{TH('desk.edge.completed', n=12, of=12)} → {TH('desk.edge.completed_to', n=13, of=14)}" in edge
    assert TH("desk.edge.none_doubtful") in edge

    keys("Escape", "Enter")
    page.get_by_role("button", name=TH("add.see")).wait_for(timeout=120_000)
    officer.settle()
    keys.to(TH("add.see"))
    keys("Enter")
    page.wait_for_url("**agency=*year=2568*", timeout=30_000)
    shown = officer.settle()
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)
    assert "13" in shown.get_by_test_id("stMain").inner_text()
    shown = officer.turn_to(f"{server.address}/completion?agency={query['agency'][0]}&year=2568&lang=th")
    assert "13" in shown.locator("h1").inner_text() and shown.locator(".js-plotly-plot").count() > 0
    history = [json.loads(line) for line in (server.data / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [change["did"] for change in history[-1]["changes"]] == ["set"] * 6
    assert (server.data / "documents" / docx.name).read_bytes() == docx.read_bytes()
    assert not list((server.data / "drafts").glob("[0-9a-f]*")), "what was saved does not wait any more"

    # The page of a figure's source, and one click back.
    measure = f"{found['source']['sha256'][:12]}-result-3"
    shown = officer.turn_to(f"{server.address}/completion?agency={query['agency'][0]}&year=2568&view=list&measure={measure}&lang=th")
    assert report.ABOUT[2] in shown.locator(".at .marked").inner_text()
    assert violations(shown) == []
    officer.turn_to(f"{server.address}/add?view=history&lang=th")
    with officer.answering():
        page.get_by_role("button", name=TH("add.history_back")).first.click()
    page.get_by_text(TH("add.put_back")).wait_for(timeout=120_000)
    assert not (server.data / "transcripts" / f"{docx.stem}.csv").exists(), "before this there was no transcript"
    assert not officer.take_faults()


PAPER = """<meta charset=utf-8><style>@font-face { font-family: face; src: url(data:font/ttf;base64,%s) }
body { font: 21px/1.5 face; margin: 70px; width: 1100px } td { border: 1px solid; padding: 4px 8px }
table { border-collapse: collapse; width: 100%% }</style>%s<table>%s</table>"""


@pytest.mark.skipif(not prose.available(), reason="needs tesseract with its Thai model")
def test_every_doubtful_cell_of_a_scan_is_reached_by_enter_alone_with_its_place_in_sight(officer, server, browser, tmp_path):
    """The report as a picture, as a scanner makes it."""
    lines = "".join(f"<p>{line}</p>" for line in report.LINES)
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in [report.HEADINGS, *report.rows()])
    face = base64.b64encode((ROOT / "static" / "Sarabun-Regular.ttf").read_bytes()).decode()
    sheet = browser.new_page(viewport={"width": 1240, "height": 1754})
    sheet.set_content(PAPER % (face, lines, cells))
    sheet.evaluate("document.fonts.ready")
    sheet.screenshot(path=tmp_path / "scan.png")
    sheet.close()
    page, keys = officer.page, Keyboard(officer.page)
    dropped(officer, server, keys, tmp_path / "scan.png")
    read = json.loads((server.draft() / "reading.json").read_text(encoding="utf-8"))
    doubtful = {(one["row"], journal.HOME.get(one["column"], one["column"])) for one in read["doubts"]}
    assert read["counts"]["measures"] >= 10 and doubtful, "else nothing is proved"
    page.locator(".sheet.picture img").first.wait_for()
    reached = set()
    for _ in doubtful:
        page.wait_for_function(IN_SIGHT)
        reached.add(tuple(now(page).split(" ")))
        keys("Enter")
    assert reached == doubtful
    assert TH("desk.edge.none_doubtful") in page.locator(".sentences").inner_text()
    keep_picture(page, "check-scan")


def test_a_server_that_dies_and_a_browser_that_closes_lose_nothing(officer, server, waiting):
    page, keys = officer.page, Keyboard(officer.page)
    taken_up(officer, server, waiting)
    for while_it_is_dead in (False, True):
        for _ in range(2):
            keys("F2", "End", "ArrowUp", "Enter") if "status" in now(page) else keys("Enter")
        server.kill()  # perhaps before the last was kept: then this browser has it
        if while_it_is_dead:
            keys("Enter")
        before = page.locator(".sentences").inner_text()
        server.start()
        taken_up(officer, server, waiting)
        assert page.locator(".sentences").inner_text() == before
        expect(page.locator(".kept")).to_contain_text(TH("desk.kept", n=0).split("0")[0], timeout=30_000)
    lines = [json.loads(line) for line in (server.draft() / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["n"] for line in lines] == list(range(1, len(lines) + 1)) and lines
    officer.take_faults()  # the lost connection is one


def test_the_second_person_is_told_may_read_and_take_over_and_the_first_is_told_then(officer, watch, server, waiting):
    taken_up(officer, server, waiting)
    officer.page.locator(".cell.now").press("Enter")
    kept(officer.page, 1)
    second = watch()
    taken_up(second, server, waiting)
    assert second.page.locator(".told").is_visible() and second.page.locator(".save").is_disabled()
    second.page.locator(".cell.now").press("Enter")
    assert len((server.draft() / "changes.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    second.page.get_by_role("button", name=TH("add.take_over")).click()
    second.page.locator(".save:enabled").wait_for(timeout=30_000)
    officer.page.locator(".cell.now").press("Enter")
    officer.page.locator(".told", has_text=TH("add.taken_over")).wait_for(timeout=30_000)
    second.page.locator(".cell.now").press("Enter")
    kept(second.page, 2)


def shuts_nobody_out(page) -> None:
    """The checking screen as it stands, with a field open, and with its list of keys."""
    assert violations(page) == []
    page.locator(".cell.now").press("F2")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, "scrolls sideways"


@pytest.mark.parametrize("lang, size, theme", [("en", (390, 844), "dark"), ("th", (820, 1180), "dark")])
def test_the_checking_screen_shuts_nobody_out(watch, server, docx, request, lang, size, theme):
    """On a phone and on a tablet; on a screen of 1280 pixels, in light: the officer's."""
    viewer = watch(locale=LOCALES[lang], width=size[0], height=size[1], theme=theme)
    if size[0] > 500:
        taken_up(viewer, server, request.getfixturevalue("waiting"), lang)
    else:
        tapped(viewer, server, docx, lang)
    page = viewer.page
    keep_picture(page, f"check-{lang}-{size[0]}-{theme}")
    shuts_nobody_out(page)
    if size[0] == 820:
        looks_up_an_agency(page)
        goes_on_in_another_language(page)


def looks_up_an_agency(page) -> None:
    """A name that three of the register have, told apart by its place."""
    page.locator(".cell.of-agency").click()
    page.keyboard.press("F2")
    page.wait_for_function(EDITING)
    page.keyboard.press("Control+A")
    page.keyboard.type("องค์การบริหารส่วนตำบลชุมแสง")
    wanted = "องค์การบริหารส่วนตำบลชุมแสง – สตึก, บุรีรัมย์"
    page.locator(f'.editor option[value="{wanted}"]').wait_for(state="attached", timeout=60_000)
    page.keyboard.press("Control+A")
    page.keyboard.type(wanted)
    page.keyboard.press("Enter")
    expect(page.locator(".cell.of-district .value")).to_have_text("สตึก", timeout=30_000)
    expect(page.locator(".cell.of-agency .value")).to_have_text("องค์การบริหารส่วนตำบลชุมแสง")


def goes_on_in_another_language(page) -> None:
    """The page is drawn anew: the chosen cell is the same, and what belongs to the list does its work."""
    page.locator(".cell.doubtful.of-refs").click()
    before = now(page)
    page.get_by_test_id("stApp").get_by_role("radio", name="English").click()
    expect(page.locator(".save")).to_have_text(Words("en")("desk.save"), timeout=30_000)
    ready(page)
    assert now(page) == before
    page.locator(".filter button[data-kind=statuses]").click()
    expect(page.locator(".line:visible")).to_have_count(2, timeout=30_000)
    assert page.evaluate(IN_SIGHT)


def tapped(viewer: Watched, server: Server, docx, lang: str) -> None:
    viewer.open(f"{server.address}/add?lang={lang}")
    viewer.page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(docx)
    viewer.page.get_by_role("button", name=Words(lang)("add.check"), exact=True).click(timeout=120_000)
    ready(viewer.page)


def test_the_browser_applies_a_journal_as_the_server_does(browser):
    """journal.js beside journal.py: the same rows, states and numbers."""
    page = browser.new_page()
    script = (ROOT / "pages/parts/desk/journal.js").read_text(encoding="utf-8")
    doubts = [{"row": "1", "column": "period_text", "why": "no_period"}, {"row": "2", "column": "", "why": "finding"}]
    made = []

    @settings(max_examples=150, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(journals())
    def collect(changes):
        made.append(changes)

    collect()
    there = page.evaluate(
        f"([rows, all, doubts]) => {{ {script}; return all.map((changes) => {{ const after = applied(rows, changes);"
        " return [after, countsOf(after), Object.fromEntries(statesOf(doubts, changes))]; }); }",
        [rows(), made, doubts],
    )
    page.close()
    for changes, (after, counts, states) in zip(made, there, strict=True):
        here = journal.applied(rows(), changes)
        assert after == here, changes
        assert counts == journal.counts(here)
        assert states == {f"{row} {column}": state for (row, column), state in journal.states(doubts, changes).items()}
