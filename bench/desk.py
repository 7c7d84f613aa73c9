"""The checking screen: from a key to the highlight with 200 measures on the list, and 20 people checking while 30 look at pages.

python -m bench.desk [--people 20] [--viewers 30] [--seconds 60]
                     [--scan]         an officer mends six faults of a scanned report by the keyboard; every doubtful cell of scans by Enter
                     [--kills 50]     the server killed at so many random moments of checking and saving
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.trial import BROWSER_FLAGS, chromium, free_port, running
from etl.desk.open import MOST_PAGES, open_into
from etl.known import load_known

ROOT = Path(__file__).resolve().parents[1]
GOLDENS = 12  # golden documents as scans
BROWSERS = 2  # of the people who check; each more measures the browsers of this machine, not its server
# The time from a key to the next picture: after the handlers ran, a frame is drawn, and a task after it sees it done.
PRESS = """(key) => new Promise((done) => {
    const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot?.querySelector('.desk')).shadowRoot;
    const cell = root.querySelector('.cell.now'), from = performance.now();
    cell.focus();
    cell.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, composed: true, cancelable: true }));
    requestAnimationFrame(() => setTimeout(() => {
        const [box, view] = ['.marked, .mark', '.view'].map((one) => root.querySelector(one)?.getBoundingClientRect());
        const inside = box && box.top >= view.top - 2 && (box.bottom <= view.bottom + 2 || box.height > view.height);
        done([performance.now() - from, Boolean(inside)]);
    }));
})"""


def report(path: Path, measures: int, number: int = 0) -> Path:
    """A Word report of so many measures, every fifth of a kind that is doubtful."""
    from docx import Document

    document = Document()
    for line in ("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "ประจำปีงบประมาณ พ.ศ. 2568", "เทศบาลตำบลพะโต๊ะ"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=5)
    for cell, text in zip(table.rows[0].cells, ["ที่", "มาตรการ/กิจกรรม", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ"], strict=True):
        cell.text = text
    for at in range(1, measures + 1):
        done = "ดำเนินการแล้วเสร็จ" if at % 5 else "ควรปรับปรุงให้ดียิ่งขึ้น"
        texts = [str(at), f"จัดทำและเผยแพร่ข้อมูลชุดที่ {number} ลำดับ {at}", "กองคลัง", "ต.ค. 2567 - ก.ย. 2568", done]
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(path)
    return path


def opened(data: Path, files: list[Path]) -> list[str]:
    """Drafts of the files, read as the builder does for the page."""
    known, drafts = load_known(data), []
    for file in files:
        draft = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        folder = data / "drafts" / draft
        folder.mkdir(parents=True)
        document = folder / f"document{file.suffix}"
        shutil.copy(file, document)
        open_into(document, folder, data, known, file.name, MOST_PAGES, 200, lambda done, of: None)
        (folder / "name.txt").write_text(file.name, encoding="utf-8")
        drafts.append(draft)
    return drafts


def ready(page, address: str, draft: str) -> None:
    page.goto(f"{address}/add?draft={draft}&lang=th")
    page.locator(".desk.ready").wait_for(timeout=120_000)
    page.wait_for_timeout(1500)


def highlight(browser, address: str, draft: str) -> dict:
    """Enter on every doubtful cell, then Tab: ms to the highlight, and whether its place was in sight."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    ready(page, address, draft)
    enter = [page.evaluate(PRESS, "Enter") for _ in range(40)]
    tab = [page.evaluate(PRESS, key) for key in ["Tab", "ArrowDown"] * 100]
    page.close()
    return {
        "enter_median_ms": percentile([one[0] for one in enter], 50),
        "enter_p95_ms": percentile([one[0] for one in enter], 95),
        "move_p95_ms": percentile([one[0] for one in tab], 95),
        "in_sight": sum(one[1] for one in enter + tab) / len(enter + tab),
    }


def crowd(browser, address: str, server: int, drafts: dict[int, str], everybody: list, seconds: int) -> dict:
    """Everybody at once. Of those who check, BROWSERS sit at a browser and press a key a second, timed there; the others change as often
    over websockets of their own. `drafts`: number of a report -> its draft; `everybody`: those who look at pages (bench/viewers.py)."""
    from bench import _crowd, viewers

    pages = [browser.new_page(viewport={"width": 1280, "height": 720}) for _ in range(min(BROWSERS, len(drafts)))]
    for page, draft in zip(pages, drafts.values(), strict=False):
        ready(page, address, draft)
    others, host = dict(list(drafts.items())[len(pages) :]), address.removeprefix("http://")
    with ThreadPoolExecutor(1) as elsewhere:  # Playwright has this thread's event loop
        elsewhere.submit(asyncio.run, viewers.all_pages(host)).result()  # a server that has been up for a while, as for bench/viewers.py
    before, begun, keys = _crowd.processor(server), time.monotonic(), []
    with (
        _crowd.checking(host, others, viewers.COME + seconds) as kept,
        viewers.clicking(host, everybody, viewers.COME + seconds, viewers.EVERY) as looked,
    ):
        while time.monotonic() < begun + viewers.COME + seconds:
            for page in pages:
                keys.append(page.evaluate(PRESS, "Enter")[0])
                time.sleep(_crowd.EVERY / max(len(pages), 1))
        checked, seen = kept(), looked()
    spent = (_crowd.processor(server) - before) / (time.monotonic() - begun)
    wrong = [f"{page.locator('.told:visible, [data-testid=stException]').count()} messages in a browser" for page in pages]
    for page in pages:
        page.locator(".kept", has_text="เก็บไว้แล้ว").wait_for(timeout=60_000)
    faults = checked.faults + seen.faults + [one for one in wrong if one[0] != "0"]
    changes, coming = (
        [1000 * taken for ended, taken in checked.changes if (ended - taken > begun + viewers.COME) is late] for late in (True, False)
    )
    clicks, first = ([taken for ended, taken in seen.clicks if (ended - taken > begun + viewers.COME) is late] for late in (True, False))
    return {
        "people": len(drafts),
        "of them in browsers": len(pages),
        "keys in browsers": len(keys),
        "key_to_highlight_median_ms": percentile(keys, 50),
        "key_to_highlight_p95_ms": percentile(keys, 95),
        "changes over websockets": len(changes),
        "change_to_kept_median_ms": percentile(changes, 50),
        "change_to_kept_p95_ms": percentile(changes, 95),
        "the same while all come at once": percentile(coming, 95),
        "viewers": len(everybody),
        "pages looked at": len(clicks),
        "page_median_s": percentile(clicks, 50),
        "page_p95_s": percentile(clicks, 95),
        "the same of pages while all come at once": percentile(first, 95),
        "processors that the server took": round(spent, 2),
        "errors, or anything of another": len(faults),
        "faults": faults[:20],
    }


def mixed(data: Path, drafts: list[str]) -> int:
    """Changes in a journal that are of no row of its own document, or out of order."""
    wrong = 0
    for draft in drafts:
        rows = {row["row"] for row in json.loads((data / "drafts" / draft / "reading.json").read_text(encoding="utf-8"))["rows"]}
        lines = (data / "drafts" / draft / "changes.jsonl").read_text(encoding="utf-8").splitlines()
        changes = [json.loads(line) for line in lines]
        wrong += [change["n"] for change in changes] != list(range(1, len(changes) + 1))
        wrong += sum(change["did"] != "back" and change["row"] not in rows for change in changes)
    return wrong


def percentile(values: list[float], part: int) -> float | None:
    return values and round(sorted(values)[min(int(len(values) * part / 100), len(values) - 1)], 2)


def scans(browser, address: str, data: Path, folder: Path) -> dict:
    """The officer over a scanned report, then Enter over every doubtful cell of golden documents as scans, and of 200 measures."""
    from bench import _officer

    found = {"officer": _officer.mends_a_scan(browser, address, data, folder)}
    print(json.dumps(found, indent=1, ensure_ascii=False), flush=True)
    golden = [data / "drafts" / name for name in opened(data, _officer.goldens(folder, GOLDENS))]
    many = [data / "drafts" / name for name in opened(data, [_officer.scan(report(folder / "many.docx", 200), folder / "many.pdf")])]
    for name, drafts in (("golden scans", golden), ("a scan of 200 measures", many)):
        reached = _officer.reaches(browser, address, drafts, PRESS)
        times = reached.pop("times")
        found[name] = reached | {"enter_median_ms": percentile(times, 50), "enter_p95_ms": percentile(times, 95)}
    return found


def killed(browser, data: Path, folder: Path, number: int) -> dict:
    from bench import _dying

    drafts = opened(data, [report(folder / f"{at}.docx", 30, at) for at in range(-(-number // 3))])
    return _dying.kills(browser, _dying.Server(data, folder / "log"), [data / "drafts" / name for name in drafts], number)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--viewers", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--scan", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    given = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        data, port, everybody = folder / "data", free_port(), []
        if given.scan or given.kills:
            shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("documents", "drafts", "*.duckdb*", ".ita*"))
        else:
            from bench import viewers

            data, _ = viewers.data_with_next(folder)
            everybody = viewers.people(data, given.viewers)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        stack.callback(browser.close)
        if given.kills:
            print(json.dumps({"kills": killed(browser, data, folder, given.kills)}, indent=1, ensure_ascii=False))
            return 0
        drafts = [] if given.scan else opened(data, [report(folder / f"{at}.docx", 200, at) for at in range(given.people + 1)])
        command = [sys.executable, "-m", "deploy.serve", "--address", "127.0.0.1", "--port", port]
        server = stack.enter_context(running(command, port, folder / "log", ITA_DATA=str(data)))
        time.sleep(20)  # the first build and the first visit
        address = f"http://127.0.0.1:{port}"
        if given.scan:
            found = scans(browser, address, data, folder)
        else:
            found = {"alone": highlight(browser, address, drafts[0])}
            if given.people:
                together = dict(enumerate(drafts[1:], 1))
                found["together"] = crowd(browser, address, server.pid, together, everybody, given.seconds)
                found["together"]["changes of another document"] = mixed(data, drafts[1:])
    print(json.dumps(found | {"load average": os.getloadavg()}, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
