"""Drafts: documents that were dropped and are not kept yet, a folder each in DATA/drafts, named by the hash of its bytes and by nothing
that came from outside. What is in them: see docs/develop.md.

One person has a draft open at a time: `open.json` says who, and beats while the page is open. The journal is appended to and synced
before the page says that a change is kept; only whoever has the draft open may append.
"""

import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import time
from pathlib import Path

from pages.parts.ask import warehouse
from pages.parts.desk import journal

# What is read (etl/formats knows them, a test holds the two together).
SUFFIXES = tuple(
    ".bmp .csv .doc .docm .docx .gif .htm .html .jpeg .jpg .markdown .md .mht .mhtml .pdf .png .tif .tiff .tsv .txt .webp .xhtml .xls"
    " .xlsm .xlsx .xml".split()
)
QUIET = 60.0  # seconds without a beat after which nobody has a draft open
NAMED = re.compile(r"[0-9a-f]{16}")
LONGEST_NAME = 120  # letters of a file's name; file systems take 255 bytes, a Thai letter has three


class Refused(Exception):
    """`args[0]` is a key of text.csv that says why, `args[1]` what fills its {names}."""


def home() -> Path:
    return warehouse.data_folder() / "drafts"


def folder(draft: str) -> Path | None:
    """The folder of a draft; None where there is none of this name, which may come from a link."""
    found = home() / draft
    return found if NAMED.fullmatch(draft) and found.is_dir() else None


def base_name(name: str) -> str:
    """The name of a file as its officer knows it, without any folder and without signs that no name shows.

    >>> base_name("../../etc/รายงาน 2568.docx"), base_name("C:\\\\x\\\\a\\n.pdf"), base_name("..")
    ('รายงาน 2568.docx', 'a.pdf', '')
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip().lstrip(".")
    stem, dot, suffix = shown.rpartition(".")
    return shown if len(shown) <= LONGEST_NAME else stem[: LONGEST_NAME - len(suffix) - 1] + dot + suffix


def make(name: str, content: bytes) -> str:
    """A draft of a document, or the one that is there of the same bytes: its work goes on. Refused: no format that is read."""
    name = base_name(name)
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused("add.no_format", {"name": name, "formats": " ".join(SUFFIXES)})
    if not content:
        raise Refused("add.empty_file", {"name": name})
    draft = hashlib.sha256(content).hexdigest()[:16]
    place = home() / draft
    if not (place / "name.txt").exists():
        place.mkdir(parents=True, exist_ok=True)
        _write(place / f"document{suffix}", content)
        _write(place / "name.txt", name.encode())  # the last: with it the draft is whole
    return draft


def listed() -> list[str]:
    """The drafts, the newest first."""
    try:
        found = [one for one in home().iterdir() if NAMED.fullmatch(one.name) and (one / "name.txt").is_file()]
    except OSError:
        return []
    return [one.name for one in sorted(found, key=lambda one: (one / "name.txt").stat().st_mtime, reverse=True)]


def name_of(draft: str) -> str:
    return (home() / draft / "name.txt").read_text(encoding="utf-8")


def document_of(draft: str) -> Path:
    return next((home() / draft).glob("document.*"))


def reading(draft: str) -> dict | None:
    """What `etl open` wrote; None while it has not, or not whole."""
    return _json(home() / draft / "reading.json")


def pages(draft: str) -> dict:
    return _json(home() / draft / "pages.json") or {"pages": [], "places": {}}


def page(draft: str, number: int) -> dict | None:
    """One page for the browser: {"page", "picture": data URL} or {"page", "html"}. None: there is none."""
    found = next((one for one in pages(draft)["pages"] if one["page"] == number), None)
    return as_sent(home() / draft, found) if found else None


def as_sent(place: Path, page: dict) -> dict | None:
    """A page of `pages.json` in the folder `place`, with what its file holds. A name that leads out of the folder is none."""
    file = place / Path(page.get("picture") or page["html"]).name
    try:
        content = file.read_bytes()
    except OSError:
        return None
    if "picture" in page:
        return {"page": page["page"], "picture": f"data:image/webp;base64,{base64.b64encode(content).decode()}"}
    return {"page": page["page"], "html": content.decode("utf-8", "replace")}


def discard(draft: str) -> None:
    """Takes a draft away, all at once for everybody who looks."""
    gone = home() / f".gone-{draft}-{time.time_ns()}"
    with contextlib.suppress(OSError):
        (home() / draft).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


# --- the journal ----------------------------------------------------------------------------------------------------------------


def changes(draft: str) -> list[dict]:
    """The changes that are kept. A last line that was cut when the machine stopped was never said to be kept, and is none."""
    try:
        lines = (home() / draft / "changes.jsonl").read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            change = json.loads(line)
        except ValueError:
            continue
        if isinstance(change, dict) and change.get("n") == len(found) + 1:
            found.append(change)
    return found


def append(draft: str, token: str, who: str, new: list[dict]) -> int:
    """Keeps the changes that follow those kept already, in order; the number of the last change that is kept then. What was sent before is
    skipped, what does not fit is not kept, nor what comes after it. Refused: somebody else has the draft open."""
    with _locked(draft):
        if (_json(home() / draft / "open.json") or {}).get("token") != token:
            raise Refused("add.taken_over", {})
        kept = changes(draft)
        ids = {change.get("id") for change in kept}
        lines = b""
        for change in new:
            if isinstance(change, dict) and change.get("id") in ids:
                continue
            if not isinstance(change, dict) or not journal.accepts(kept, change):
                break
            change = change | {"when": _now(), "who": who}
            kept.append(change)
            lines += json.dumps(change, ensure_ascii=False).encode() + b"\n"
        if lines:
            _append(home() / draft / "changes.jsonl", lines)
        return kept[-1]["n"] if kept else 0


def _append(file: Path, lines: bytes) -> None:
    with open(file, "a+b") as handle:
        if handle.tell() and (handle.seek(-1, os.SEEK_END), handle.read(1))[1] != b"\n":
            lines = b"\n" + lines  # after a line that was cut
        handle.write(lines)
        handle.flush()
        os.fsync(handle.fileno())


def write_rows(draft: str, rows: list[dict]) -> None:
    _write(home() / draft / "rows.json", json.dumps([{name: text for name, text in row.items() if name != "was"} for row in rows]).encode())


# --- who has it open ------------------------------------------------------------------------------------------------------------


def holder(draft: str) -> dict | None:
    """Who has the draft open: {"who", "token", "since", "seen"}; None: nobody, or nobody any more."""
    found = _json(home() / draft / "open.json")
    return found if found and time.time() - found["seen"] < QUIET else None


def take(draft: str, token: str, who: str, knowingly: bool = False) -> bool:
    """Opens the draft for `token` where nobody else has it open; `knowingly` also then, and the other may only read from now on."""
    with _locked(draft):
        has = holder(draft)
        if has and has["token"] != token and not knowingly:
            return False
        since = has["since"] if has and has["token"] == token else time.time()
        _write(home() / draft / "open.json", json.dumps({"who": who, "token": token, "since": since, "seen": time.time()}).encode())
        return True


def beat(draft: str, token: str) -> bool:
    """The page is open still; False: somebody else took the draft."""
    has = _json(home() / draft / "open.json")
    return bool(has) and has["token"] == token and take(draft, token, has["who"])


def leave(draft: str, token: str) -> None:
    with contextlib.suppress(Refused, OSError), _locked(draft):
        if (_json(home() / draft / "open.json") or {}).get("token") == token:
            (home() / draft / "open.json").unlink()


# --- files ----------------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _locked(draft: str):
    """One at a time, also of several servers over one data folder. Refused: the draft was saved or taken away."""
    if folder(draft) is None:
        raise Refused("add.gone", {})
    try:
        import fcntl
    except ImportError:  # Windows: one server, whose callbacks come one after the other for a session
        yield
        return
    with open(home() / draft / ".lock", "ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    begun = file.with_name(f".{file.name}-{os.getpid()}-{time.time_ns()}")
    with open(begun, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    begun.replace(file)


def _json(file: Path) -> dict | None:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")
