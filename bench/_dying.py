"""The server of the checking screen killed at random moments of checking and of saving, with a real browser: what of the work is there
again afterwards."""

import json
import os
import random
import re
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path

from playwright.sync_api import Error

from bench._officer import ready
from deploy.trial import Keys, free_port, running
from etl.transcripts.file import read_transcript

SEED = 50
CHECKING, SAVING = 3.0, 8.0  # seconds in which a kill may fall: while keys are pressed, and after saving was asked for
# What the browser holds: numbers of the changes that are not kept yet, and what it says of those that are.
HELD = """(draft) => {
    const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot?.querySelector('.desk'))?.shadowRoot;
    const left = JSON.parse(localStorage.getItem(`ita_desk ${draft}`) ?? '[]').map((change) => change.n);
    return [left, root?.querySelector('.kept')?.textContent ?? ''];
}"""


class Server:
    """A server over a data folder, which is killed and started again at the same address."""

    def __init__(self, data: Path, log: Path):
        self.data, self.log, self.port, self.died = data, log, free_port(), 0.0
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "deploy.serve", "--address", "127.0.0.1", "--port", self.port]
        self.stack = ExitStack()
        self.process = self.stack.enter_context(running(command, self.port, self.log, ITA_DATA=str(self.data)))

    def kill(self, with_children: bool) -> None:
        """SIGKILL; `with_children`: also to what it started, as when a machine stops."""
        children = []
        with suppress(OSError):
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split() if with_children else []
        self.process.kill()
        self.died = time.monotonic()
        for child in children:
            with suppress(OSError):
                os.kill(int(child), signal.SIGKILL)
        self.process.wait()


def lines(path: Path) -> list[dict]:
    """The whole lines of a file of JSON lines."""
    found = []
    with suppress(OSError):
        for line in path.read_text(encoding="utf-8").split("\n"):
            with suppress(ValueError):
                found.append(json.loads(line))
    return found


def kills(browser, server: Server, drafts: list[Path], number: int) -> dict:
    """`drafts`: of which each is checked through three kills and saved in the last. Counts of what was found afterwards."""
    chance, found = random.Random(SEED), Counter()
    most_unsaved = 0
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    for at in range(number):
        draft, saving = drafts[at // 3], at % 3 == 2
        server.start()
        page.goto(f"{server.address}/add?draft={draft.name}&lang=th")
        ready(page)
        keys = Keys(page)
        page.locator(".cell.now").focus()
        whole = chance.random() < 0.5
        timer = threading.Timer(chance.uniform(0.05, CHECKING), server.kill, [whole])
        if not saving:
            timer.start()
        moments = [(0.0, held(page, draft)[0])]  # how many changes there were, after each of the officer's
        for _ in range(chance.randint(1, 4)):
            status_or_enter(page, keys, chance)
            moments.append((time.monotonic(), held(page, draft)[0]))
            page.wait_for_timeout(chance.uniform(250, 900))  # faster than anybody checks
        if saving:
            held(page, draft, until_kept=True)
            timer = threading.Timer(chance.uniform(0, SAVING), server.kill, [whole])
            made, _ = held(page, draft)
            timer.start()
            with suppress(Error):
                page.locator(".save").click(timeout=2000)
            timer.join()
        else:
            timer.join()
            made, said_kept = held(page, draft)
            on_disk = [change["n"] for change in lines(draft / "changes.jsonl")]
            found["changes made"] += made - found[f"of {draft.name}"]
            found[f"of {draft.name}"] = made
            found["kept changes lost"] += max(said_kept - len(on_disk), 0)
            alive = max(number for when, number in moments if when <= server.died)  # those after wait in the browser for the next server
            found["changes not on the disk when it died"] += max(alive - len(on_disk), 0)
            found["changes made after it had died"] += made - alive
            most_unsaved = max(most_unsaved, alive - len(on_disk))
        found["killed while saving" if saving else "killed while checking"] += 1
        found["with its own processes"] += whole
        dies = chance.random() < 0.3 and not saving  # the browser, too
        server.stack.close()
        if dies:  # opened again it has what it had; on another computer it has not
            elsewhere = chance.random() < 0.5
            state = None if elsewhere else context.storage_state()
            context.close()
            context = browser.new_context(viewport={"width": 1280, "height": 720}, storage_state=state)
            page = context.new_page()
            found["browser closed, too"] += 1
            if elsewhere:
                kept = len(lines(draft / "changes.jsonl"))
                found["went on at another computer"] += 1
                found["changes of before it died that are not there"] += max(alive - kept, 0)
                found["changes of after it had died that are not there"] += max(made - max(alive, kept), 0)
                made = found[f"of {draft.name}"] = kept
        server.start()
        if draft.exists() and (draft / "reading.json").exists():
            page.goto(f"{server.address}/add?draft={draft.name}&lang=th")
            ready(page)
            held(page, draft, until_kept=True)
            again = len(lines(draft / "changes.jsonl"))
            found["changes gone after starting again"] += max(made - again, 0)
            if saving:
                page.locator(".save").click()
                page.get_by_text(re.compile("บันทึก.*แล้ว")).first.wait_for(timeout=180_000)
        if saving:
            saved = [entry for entry in lines(server.data / "documents" / "history.jsonl") if entry.get("draft") == draft.name]
            there = sum(len(entry["changes"]) for entry in saved)
            transcripts = [server.data / "transcripts" / entry["transcript"] for entry in saved]
            found["saved corrections lost"] += max(made - there, 0) if transcripts and all(map(readable, transcripts)) else made
            found["saved twice"] += max(there - made, 0)
        server.process.kill()
        server.stack.close()
    context.close()
    shutil.rmtree(server.data / "drafts", ignore_errors=True)
    return {key: found[key] for key in found if not key.startswith("of ")} | {
        "most changes of one kill that were not on the disk": most_unsaved
    }


def readable(path: Path) -> bool:
    return path.exists() and bool(read_transcript(path).rows)


def status_or_enter(page, keys: Keys, chance: random.Random) -> None:
    """A change, as a person makes one: Enter on a doubtful cell, or another status."""
    with suppress(Error):
        keys(*(["Enter"] if chance.random() < 0.6 else ["ArrowDown"]))
        if chance.random() < 0.4 and "status" in (page.locator(".cell.now").get_attribute("data-column") or ""):
            keys("F2", chance.choice(["Home", "End"]), "Enter")


def held(page, draft: Path, until_kept: bool = False) -> tuple[int, int]:
    """(changes made, those of them that the browser was told are kept)."""
    for _ in range(120):
        left, text = page.evaluate(HELD, draft.name)
        if not until_kept or not left:
            break
        page.wait_for_timeout(250)
    digits = re.sub(r"[^\d]", "", text)
    said = left[0] - 1 if left else int(digits or 0)
    return (left[-1] if left else said), said
