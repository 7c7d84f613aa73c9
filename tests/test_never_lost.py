"""Nothing that was loaded is ever lost: killed builds, full disks, closed folders, two builds at once, damaged files; and no page is a mix.

The long form of the kills is bench/kills.py.
"""

import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from etl.build import publish
from etl.build.build import build
from etl.build.publish import NotBuilt, only_build, previous
from pages.parts import first_build
from pages.parts.ask import warehouse
from pages.parts.ask.freshness import is_stale
from pages.parts.ask.warehouse import ask
from pages.parts.say.text import Words, plain
from tests.support.data import rows

ROOT = Path(__file__).resolve().parents[1]
NOBODY = 65534
posix = pytest.mark.skipif(os.name != "posix", reason="signals, limits and rights of POSIX")


@pytest.fixture
def folder(sample_data, sample_db, tmp_path):
    """A copy of the made-up sample with its database, up to date."""
    return shutil.copytree(sample_data, tmp_path / "data")


@pytest.fixture(autouse=True)
def _no_server_before():
    warehouse._open.clear()
    warehouse._damaged.clear()


def etl_build(folder: Path, *before: str, **more) -> subprocess.CompletedProcess:
    command = [*before, sys.executable, "-m", "etl", "build", "--data", str(folder), "--db", str(folder / "ita.duckdb")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=600, **more)
    assert "Traceback" not in done.stderr and "not foreseen" not in done.stderr, done.stderr
    return done


@pytest.fixture
def ready_made(folder, monkeypatch):
    """What builds in this process make: a copy of the database. Asked of them is how a file is put in its place."""
    whole = Path(shutil.copy(folder / "ita.duckdb", folder.parent / "ready"))

    def made(fresh, *_):
        shutil.copy(whole, fresh)
        return []

    monkeypatch.setattr("etl.build.build._make", made)
    return whole


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def is_sentence_in_both_languages(line: str) -> bool:
    th, _, en = line.partition(" | ")
    return any("ก" <= letter <= "๙" for letter in th) and "ita.duckdb" in th and "ita.duckdb" in en


def page(folder: Path, monkeypatch, lang: str = "en", name: str = "overview") -> AppTest:
    """The page as a new viewer sees it."""
    monkeypatch.setenv("ITA_DATA", str(folder))
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    test.query_params.update(agency="s0001", year="2568", lang=lang)
    test.run() if name == "overview" else test.switch_page(f"pages/{name}.py").run()
    assert not test.exception, test.exception
    return test


def said(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def shown(test: AppTest) -> list[str]:
    """All that a page shows: words, figures, and the slides of the presentation."""
    slides = [element.proto.json for element in test.get("bidi_component") if element.proto.component_name == "presentation"]
    figures = [element.proto.spec for element in test.get("plotly_chart")]
    # The file that they came from, its number, time and size, is no content.
    return [said(test), *(re.sub(r"[(\[]\d+, \d+, \d+[)\]]", "", one) for one in [*figures, *slides])]


def changed(folder: Path, into: Path, by: int) -> Path:
    """The database of the folder with other scores: every figure of a page differs."""
    shutil.copy(folder / "ita.duckdb", into)
    with duckdb.connect(str(into)) as connection:
        instruments = ["iit", "eit", "oit"]
        prepared = {
            "assessment": ["total_shown", *instruments],
            "verdict": ["total", "before_total", *instruments],
            "score_line": ["score", "before", "peers_median"],
            "aim_line": ["before", "after"],
            "change_line": ["before", "after"],
        }
        for table, columns in {"score": ["score"], **prepared}.items():
            for column in columns:
                connection.execute(f"update {table} set {column} = {column} - {by}")
    return into


@pytest.fixture(scope="module")
def seven_less(sample_db, tmp_path_factory) -> Path:
    """The database of the made-up sample with all scores seven points lower."""
    return changed(sample_db.parent, tmp_path_factory.mktemp("changed") / "ita.duckdb", 7)


# --- killed ---------------------------------------------------------------------------------------------------------------------


@posix
def test_builds_killed_at_any_moment_leave_a_whole_database():
    # In a process of its own: the processes that it starts prepare themselves as this one, which may be a page by now (AppTest).
    run = subprocess.run([sys.executable, "-m", "bench.kills", "3"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


KILLED_AT = """
import os, sys
from pathlib import Path
from etl.build.publish import only_build, put_in_place
db, ready, calls, links = Path(sys.argv[1]), Path(sys.argv[2]), iter(range(99)), sys.argv[4] == "links"
def counted(real):
    def call(*arguments):
        if next(calls) == int(sys.argv[3]):
            os.kill(os.getpid(), 9)
        if real is link and not links:
            raise OSError("this file system has no links")
        return real(*arguments)
    return call
with only_build(db, print, True) as fresh:
    fresh.write_bytes(ready.read_bytes())
    link = os.link
    os.link, os.replace = counted(os.link), counted(os.replace)
    put_in_place(fresh, db, print)
"""


@posix
@pytest.mark.parametrize("call, links", [(0, "links"), (1, "links"), (2, "links"), (1, "no links"), (2, "no links")])
def test_a_build_killed_within_the_swap_leaves_data_to_serve(folder, ready_made, seven_less, monkeypatch, call, links):
    """Right before it gives the old file its second name, puts the new one in its place, and names the old one as the previous."""
    shutil.copy(seven_less, folder / "ita.duckdb")
    monkeypatch.setenv("ITA_DATA", str(folder))
    expected = list(ask("indicator_multiples", agency="s0001")["score"])
    command = [sys.executable, "-c", KILLED_AT, str(folder / "ita.duckdb"), str(ready_made), str(call), links]
    assert subprocess.run(command, cwd=ROOT, timeout=600).returncode == -9
    swapped = (call, links) == (2, "links")
    warehouse._open.clear()
    served = list(ask("indicator_multiples", agency="s0001")["score"])
    assert served == ([score + 7 for score in expected] if swapped else expected)
    build(folder, folder / "ita.duckdb")
    assert hidden(folder) == [] and list(ask("indicator_multiples", agency="s0001")["score"]) == [score + 7 for score in expected]


# --- no room, no right ----------------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("size", [0, 4096, 2_000_000])
def test_no_room_for_the_new_file_is_said_and_the_old_one_stays(folder, size):
    """The portable form of a full disk: the system lets no file grow beyond a size."""
    import resource

    before = (folder / "ita.duckdb").read_bytes()
    done = etl_build(folder, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    line = done.stderr.split(": ", 1)[1]
    assert is_sentence_in_both_languages(line) and "make room" in line
    assert ("File too large" in line and "MB are free" in line) if size else "TMPDIR" in line
    assert (folder / "ita.duckdb").read_bytes() == before and hidden(folder) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 40 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"no disk may be mounted here: {mount.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts a disk")
def test_a_full_disk_is_said_and_the_pages_go_on(sample_data, sample_db, small_disk, monkeypatch):
    folder = shutil.copytree(sample_data, small_disk / "data")
    shown = said(page(folder, monkeypatch))
    before = (folder / "ita.duckdb").read_bytes()
    with open(small_disk / "filler", "wb", buffering=0) as filler, pytest.raises(OSError, match="No space left"):
        while True:
            filler.write(bytes(1 << 16))
    done = etl_build(folder)
    line = done.stderr.split(": ", 1)[1]
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert is_sentence_in_both_languages(line) and "No space left on device" in line and ": 0 MB are free" in line
    assert (folder / "ita.duckdb").read_bytes() == before and hidden(folder) == []
    sheet = folder / "scores" / "new.csv"
    sheet.touch()  # an input more: the pages want to build too
    test = page(folder, monkeypatch)
    assert said(test).startswith(shown.splitlines()[0]) and "disk is full" in test.error[0].value and not test.warning
    (small_disk / "filler").unlink()
    sheet.unlink()
    assert etl_build(folder).returncode == 0


def unprivileged() -> tuple[list[str], dict]:
    """What goes before a command, and to subprocess, to run it as the user nobody; where nobody may not read this Python, as a root that
    has given up its right to write everywhere. Nothing, where the tests have no such right."""
    if os.geteuid() != 0:
        return [], {}
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    with contextlib.suppress(PermissionError):
        if not subprocess.run([sys.executable, "-c", "import etl, streamlit"], cwd=ROOT, capture_output=True, **as_nobody).returncode:
            return [], as_nobody
    if shutil.which("setpriv") is None:
        pytest.skip("the user nobody may not read this checkout or its Python, and there is no setpriv to give up root's rights")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"], {}


@pytest.fixture
def closed_folder(sample_data, sample_db):
    """A data folder that may be read and not written, and how to run as a user without the right to write everywhere."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)  # pytest's own folders are closed to others
        folder = shutil.copytree(sample_data, Path(place) / "data")
        folder.chmod(0o555)
        try:
            yield folder, unprivileged()
        finally:
            folder.chmod(0o755)


@posix
def test_a_folder_that_may_not_be_written(closed_folder):
    folder, (before_command, rights) = closed_folder
    before = (folder / "ita.duckdb").read_bytes()
    done = etl_build(folder, *before_command, **rights)
    line = done.stderr.split(": ", 1)[1]
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert is_sentence_in_both_languages(line) and "Permission denied" in line and "--db" in line
    assert (folder / "ita.duckdb").read_bytes() == before and hidden(folder) == []


VISITS = """
import os, sys
from streamlit.testing.v1 import AppTest
for folder in sys.argv[1:]:
    os.environ["ITA_DATA"] = folder
    test = AppTest.from_file("dashboard.py", default_timeout=600)
    test.query_params.update(agency="s0001", year="2568", lang="en")
    test.run()
    print(*[element.value for kind in ("title", "error", "exception") for element in getattr(test, kind)], sep="\\n", end="\\0")
"""


@posix
def test_the_dashboard_in_a_folder_that_may_not_be_written(closed_folder, monkeypatch):
    """Up to date, out of date, and without a database: one process visits all three, as it costs more than they do."""
    folder, (before_command, rights) = closed_folder
    title = page(folder, monkeypatch).title[0].value
    old, none = (shutil.copytree(folder, folder.with_name(name)) for name in ("old", "none"))
    for copy in (old, none):
        copy.chmod(0o755)
    (old / "scores" / "new.csv").touch()
    (none / "ita.duckdb").unlink()
    for copy in (old, none):
        copy.chmod(0o555)
    command = [*before_command, sys.executable, "-c", VISITS, *map(str, (folder, old, none))]
    environment = os.environ | {"HOME": "/nonexistent"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600, **rights)
    for copy in (old, none):
        copy.chmod(0o755)
    assert done.returncode == 0, done.stderr
    up_to_date, out_of_date, without = done.stdout.split("\0")[:3]
    assert title in up_to_date and title in out_of_date and title not in without
    assert ["cannot be written to" in said for said in (up_to_date, out_of_date, without)] == [False, True, True]
    assert ["python -m etl build" in said for said in (up_to_date, out_of_date, without)] == [False, False, True]
    assert str(folder.parent) not in done.stdout


# --- two at once ----------------------------------------------------------------------------------------------------------------


def test_builds_at_once_wait_for_each_other_and_one_whole_database_is_there(folder):
    command = [sys.executable, "-m", "etl", "build", "--data", str(folder), "--db", str(folder / "ita.duckdb")]
    expected = rows(folder / "ita.duckdb")
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
               for _ in range(2)]  # fmt: skip
    ends = [process.communicate(timeout=600) for process in running]
    assert [process.returncode for process in running] == [0] * 2, ends
    lines = [line for _, err in ends for line in err.splitlines()]
    assert all(is_sentence_in_both_languages(line.split(": ", 1)[1]) and "waits for it" in line for line in lines)
    assert rows(folder / "ita.duckdb") == expected and hidden(folder) == []


def test_a_build_waits_or_says_that_another_runs(folder, ready_made):
    db, told = folder / "ita.duckdb", []
    killed = folder / ".ita.ita.duckdb.1.tmp"
    killed.write_bytes(b"what a killed build left")
    with only_build(db, lambda said: None, wait=False) as fresh:
        assert not killed.exists(), "gone before the new file needs the room"
        fresh.write_bytes(b"the other's file")
        with pytest.raises(NotBuilt, match="another build of ita.duckdb is running"):
            build(folder, db, wait=False)
        waiting = threading.Thread(target=build, args=(folder, db), kwargs={"say": lambda said: told.append(said.en)})
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive() and fresh.read_bytes() == b"the other's file"
        assert build(folder, folder / "another.duckdb", wait=False) == [], "another database in the same folder is no matter"
        fresh.unlink()
    waiting.join(60)
    assert not waiting.is_alive() and "waits for it" in told[0] and hidden(folder) == []


def test_pages_do_not_wait_for_another_build(folder, monkeypatch):
    (folder / "scores" / "new.csv").touch()
    with only_build(folder / "ita.duckdb", lambda said: None, wait=False):
        test = page(folder, monkeypatch)
    assert test.title and "another build" in test.error[0].value


# --- a file that is held open (Windows) -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [5, 32])
@pytest.mark.parametrize("times, done", [(3, True), (publish.RETRIES, False)])
def test_a_file_that_is_held_open_is_tried_again_and_then_said(folder, ready_made, monkeypatch, code, times, done):
    """What Windows answers while a reader has the file open; simulated, not verified there."""
    db, real, left = folder / "ita.duckdb", os.replace, iter(range(times))
    before = db.read_bytes()

    def replace(path, by):
        if Path(by) == db and next(left, None) is not None:
            error = PermissionError(13, "in use")
            error.winerror = code
            raise error
        real(path, by)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(publish, "PAUSE", 0)
    if done:
        assert build(folder, db) == [] and previous(db).read_bytes() == before
    else:
        with pytest.raises(NotBuilt, match="close the dashboard"):
            build(folder, db)
        assert db.read_bytes() == before
    assert hidden(folder) == []


# --- damaged --------------------------------------------------------------------------------------------------------------------


REFUSED = """print('{"kind": "failed", "about": "ita.duckdb", "said": {"th": "ไม่ได้", "en": "cannot be written to"}}')"""


def damaged_further_on(db: Path) -> bytes:
    """The database with random bytes in one block: it opens, says which inputs it knows, and fails where the overview asks."""
    whole, draw = db.read_bytes(), random.Random(7)
    blocks = list(range(12288, len(whole), 262_144))
    draw.shuffle(blocks)
    for start in blocks:
        content = bytearray(whole)
        content[start + 100 : start + 164] = draw.randbytes(64)
        db.write_bytes(content)
        try:
            if not is_stale(db.parent, db):
                ask("verdict", agency="s0001", year=2568)
        except warehouse.Damaged:
            return bytes(content)
        except warehouse.NoData:
            pass
        finally:
            db.write_bytes(whole)
            warehouse._open.clear()
            warehouse._damaged.clear()
    raise AssertionError("no such block")


def foreign(db: Path) -> None:
    db.unlink()
    with duckdb.connect(str(db)) as connection:
        connection.execute("create table customers(name varchar)")


DAMAGE = {
    "truncated": lambda db: db.write_bytes(db.read_bytes()[: db.stat().st_size // 2]),
    "a stump": lambda db: db.write_bytes(db.read_bytes()[:5000]),
    "zeroes": lambda db: db.write_bytes(bytes(db.stat().st_size)),
    "a tail of zeroes": lambda db: db.write_bytes(db.read_bytes()[:300_000] + bytes(1_000_000)),
    "random bytes in the middle": lambda db: db.write_bytes(damaged_further_on(db)),
    "random bytes at the start": lambda db: db.write_bytes(random.Random(1).randbytes(20_000) + db.read_bytes()[20_000:]),
    "another kind of file": lambda db: db.write_text("หน่วยงาน,คะแนน\nก,90\n", encoding="utf-8"),
    "empty": lambda db: db.write_bytes(b""),
    "missing": lambda db: db.unlink(),
    "a folder": lambda db: (db.unlink(), db.mkdir()),
    "a database of another program": foreign,
}
NOT_OURS = {"a folder", "a database of another program"}
NOTHING_TO_KEEP = {"empty", "missing"}


@pytest.fixture(scope="module")
def two_builds(sample_data, sample_db, seven_less, tmp_path_factory):
    """A folder whose database is the last of two builds: the one before lies beside it, with other scores. And the overview's title by
    the one and by the other."""
    folder = shutil.copytree(sample_data, tmp_path_factory.mktemp("two") / "data")
    db, titles = folder / "ita.duckdb", []
    shutil.copy(seven_less, db)
    with pytest.MonkeyPatch.context() as patch:
        titles.append(page(folder, patch).title[0].value)
        build(folder, db)
        titles.append(page(folder, patch).title[0].value)
    before, whole = titles
    assert whole != before and previous(db).exists()
    return folder, whole, before


@pytest.fixture
def with_previous(two_builds, tmp_path, monkeypatch):
    """A copy of the folder of `two_builds`."""
    folder = shutil.copytree(two_builds[0], tmp_path / "data")
    monkeypatch.setenv("ITA_DATA", str(folder))
    return folder


READY = """
import shutil, sys
from etl.__main__ import main
from etl.build import build
build._make = lambda fresh, *_: [] if shutil.copy(sys.argv[1], fresh) else None
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def quick_repairs(with_previous, monkeypatch):
    """The pages' builds run the command, which takes a copy of the whole database for what it would make of the inputs."""
    ready = shutil.copy(with_previous / "ita.duckdb", with_previous.parent / "ready")
    monkeypatch.setattr(first_build, "COMMAND", [sys.executable, "-c", READY, str(ready), *first_build.COMMAND[-2:]])


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_database_is_said_the_last_good_data_are_served_and_the_next_build_repairs(
    request, two_builds, with_previous, monkeypatch, damage
):
    folder, db, (_, whole, before) = with_previous, with_previous / "ita.duckdb", two_builds
    if damage != "truncated":
        request.getfixturevalue("quick_repairs")
    DAMAGE[damage](db)
    content, good = db.read_bytes() if db.is_file() else b"", rows(previous(db))

    with monkeypatch.context() as closed:  # a folder that cannot be built in: every page serves the previous data and says so
        closed.setattr(first_build, "COMMAND", [sys.executable, "-c", REFUSED])
        for lang, name in (("en", "overview"), ("th", "sources")):  # once it is found damaged, every page says so
            test = page(folder, monkeypatch, lang, name)
            start = plain(Words(lang)("database.instead", file=db.name, date="|")).split("\\|")[0]
            assert [warning.value.startswith(start) for warning in test.warning] == [True], test.warning
            assert name == "sources" or test.title[0].value == before

    test = page(folder, monkeypatch)  # the dashboard's start repairs what it may
    assert rows(previous(db)) == good, "what is damaged never takes the place of the last good data"
    assert hidden(folder) == []
    if damage in NOT_OURS:
        assert "no database of this program" in test.error[0].value and test.title[0].value == before and len(test.warning) == 1
        assert db.is_dir() or db.read_bytes() == content
        return
    assert test.title[0].value == whole and not test.warning and not test.error and not is_stale(folder, db)
    aside = list(folder.glob("ita.unreadable-*.duckdb"))
    assert [path.read_bytes() for path in aside] == ([content] if content else [])
    assert [path.name in info.value for path, info in zip(aside, test.info, strict=True)] == [True] * len(aside)


@pytest.mark.parametrize("damage, code", [("a stump", 0), ("a folder", 1)])
def test_the_command_repairs_and_says_what_it_moved_aside(with_previous, damage, code):
    DAMAGE[damage](with_previous / "ita.duckdb")
    done = etl_build(with_previous)
    assert done.returncode == code and len(done.stderr.splitlines()) == 1
    aside = list(with_previous.glob("ita.unreadable-*.duckdb"))
    assert is_sentence_in_both_languages(done.stderr.split(": ", 1)[1]) and aside[0].name in done.stderr if aside else "--db" in done.stderr
    assert bool(aside) is (code == 0)


def test_a_running_server_goes_on_with_what_it_has_open(folder, ready_made, monkeypatch):
    """Without a previous file: the only whole data are those that the server has open."""
    db = folder / "ita.duckdb"
    test = page(folder, monkeypatch)
    shown, whole = test.title[0].value, db.read_bytes()
    for content in (b"broken", whole[:5000], None):
        if content:
            (folder / "broken").write_bytes(content)
            os.replace(folder / "broken", db)
        else:
            db.unlink()
        test.run()
        assert test.title[0].value == shown and len(test.warning) == 1 and "ita.duckdb" in test.warning[0].value
    build(folder, db)
    test.run()
    assert test.title[0].value == shown and not test.warning


def test_a_file_that_is_spoilt_in_place_under_a_running_server(with_previous, quick_repairs, monkeypatch):
    """Not replaced but written over: it goes on with what it has in memory and says so; the next viewer's start repairs."""
    db = with_previous / "ita.duckdb"
    test = page(with_previous, monkeypatch)
    shown = test.title[0].value
    with open(db, "r+b") as handle:
        handle.seek(4096)
        handle.write(random.Random(3).randbytes(db.stat().st_size - 4096))
    test.run()
    assert test.title[0].value == shown and len(test.warning) == 1
    assert page(with_previous, monkeypatch).title[0].value == shown and not is_stale(with_previous, db)
    test.run()
    assert test.title[0].value == shown and not test.warning


def test_a_page_that_comes_to_a_damaged_part_is_run_again_as_a_whole(with_previous, monkeypatch):
    """In a session whose start found nothing wrong: the part is found later, the database built anew; and where it cannot be, once only."""
    db = with_previous / "ita.duckdb"
    test = page(with_previous, monkeypatch)
    whole, content = test.title[0].value, damaged_further_on(db)

    def damage():
        (with_previous / "damaged").write_bytes(content)
        os.replace(with_previous / "damaged", db)

    damage()
    test.run()
    assert test.title[0].value == whole and not test.warning and len(list(with_previous.glob("ita.unreadable-*"))) == 1
    damage()
    test.run()
    assert test.title[0].value != whole and len(test.warning) == 1, "a disk that spoils each build: the previous data, no endless building"


def test_without_anything_to_serve_it_says_what_to_do(folder, monkeypatch):
    (folder / "ita.duckdb").write_bytes(b"broken")
    monkeypatch.setattr(first_build, "COMMAND", [sys.executable, "-c", "1 / 0"])
    test = page(folder, monkeypatch)
    assert [Words("en")("frame.build_failed"), Words("en")("database.unreadable")] == [error.value for error in test.error]


# --- never a mix ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["overview", "trends", "weakest", "path", "compare", "present"])
def test_a_run_shows_the_old_data_or_the_new_and_never_a_mix(folder, seven_less, monkeypatch, name):
    """A build is published between any two questions of one run: that run is wholly old, the next one wholly new."""
    os.utime(folder / "ita.duckdb")  # pages say of which day the data are: the copies below are of today
    shutil.copy(seven_less, folder / "changed")
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    os.replace(copy / "changed", copy / "ita.duckdb")
    # The second run: the first of the presentation builds no more than its first slide.
    new = shown(page(copy, monkeypatch, name=name).run())
    test = page(folder, monkeypatch, name=name)
    old = shown(test.run())
    assert old != new
    real, asked = warehouse.query, []

    def asking(word):
        asked.append(word)
        if len(asked) == moment:
            shutil.copy(folder / "changed", folder / "fresh")
            os.replace(folder / "fresh", folder / "ita.duckdb")
        return real(word)

    shutil.copy(folder / "ita.duckdb", folder / "old")
    monkeypatch.setattr(warehouse, "query", asking)
    for moment in (1, 2, 5):
        shutil.copy(folder / "old", folder / "again")
        os.replace(folder / "again", folder / "ita.duckdb")
        asked.clear()
        assert shown(test.run()) == old
        assert len(asked) > moment, f"published at question {moment} of {len(asked)}"
        assert shown(test.run()) == new


def test_what_is_made_later_is_of_the_version_that_the_page_showed(folder, seven_less, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(folder))
    shutil.copy(seven_less, folder / "fresh")
    question = {"agency": "s0001"}
    before = list(ask("indicator_multiples", **question)["score"])
    with warehouse.one_version():
        later = warehouse.of_this_version(lambda: list(ask("indicator_multiples", **question)["score"]))
    os.replace(folder / "fresh", folder / "ita.duckdb")
    assert list(ask("indicator_multiples", **question)["score"]) == [score - 7 for score in before]
    made = []
    thread = threading.Thread(target=lambda: made.append(later()))
    thread.start()
    thread.join()
    assert made == [before]


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="only Linux says which files a process has open")
def test_readers_of_the_old_file_are_released(folder, monkeypatch):
    def held() -> list[str]:
        files = [path for path in Path("/proc/self/fd").iterdir() if os.path.lexists(path)]
        return [link for link in map(os.readlink, files) if str(folder) in link]

    tests = [page(folder, monkeypatch, name=name) for name in ("overview", "compare")]
    db = folder / "ita.duckdb"
    assert held() and set(held()) == {str(db)}
    for by in (1, 2, 3):
        changed(folder, folder / "fresh", by)
        os.replace(folder / "fresh", db)
        for test in tests:
            test.run()
        assert set(held()) == {str(db)}, "an old file is still open"
    with warehouse.one_version():
        changed(folder, folder / "fresh", 4)
        os.replace(folder / "fresh", db)
        tests[0].run()
        assert any("deleted" in link for link in held()), "whoever is in the middle of a run keeps it"
    assert set(held()) == {str(db)}
