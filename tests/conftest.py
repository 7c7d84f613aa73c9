"""What the tests share: the shipped and the sample data as databases, the real server, and a real browser that notices every fault."""

import contextlib
import functools
import gc
import os
import shutil
import signal
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from deploy.trial import BROWSER_FLAGS, chromium, free_port, running, started
from tests.support.data import ROOT, build, nation, sample
from tests.support.watched import LONG_ENOUGH, Watched

# A busy machine is no fault of the code: timings belong in the benches.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
# The collector goes through all that the libraries hold, again and again: a twentieth of the processor of the tests.
gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def faults_in_full():
    """A fault of a page reaches the tests that have no server, too; viewers get a sentence instead of it. And these are on their own
    machine, where everybody may add reports."""
    from streamlit import config

    config.set_option("client.showErrorDetails", "full")
    config.set_option("server.address", "localhost")


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once():
    """Every AppTest looks through all installed packages for components, as a server does once at its start: two thirds of the processor
    that a page takes here. What is installed does not change while tests run."""
    from streamlit.components.v2 import manifest_scanner

    manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session", autouse=True)
def comments_in_the_databases_of_the_command_alone():
    """What a test builds within its own process has tables without their comments, a sixth of the processor that a small build takes.
    `shipped_db` and `sample_db`, which the command builds, have them."""
    from etl.build import schema

    schema.comment = lambda con, text: None


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """`once(name, make)`: the folder of this name as `make(folder)` filled it, once in a run: whoever of its processes comes first makes it
    and the others wait. They all read it and none writes into it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, done, failed = base / name, base / f"{name}.done", base / f"{name}.failed"
        try:
            (base / f"{name}.begun").touch(exist_ok=False)
        except FileExistsError:
            while not done.exists():
                assert not failed.exists(), f"{name} was not made; the test that came first says why"
                time.sleep(0.1)
            return folder
        try:
            make(folder)
        except BaseException:
            failed.touch()
            raise
        done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def shipped_data(once) -> Path:
    """A copy of the data folder that the repository ships, for tests that build or serve it (environment variable ITA_DATA)."""
    ignored = shutil.ignore_patterns("documents", "*.duckdb*", ".ita*")
    return once("shipped", lambda folder: shutil.copytree(ROOT / "data", folder / "data", ignore=ignored)) / "data"


@pytest.fixture(scope="session")
def shipped_db(once, shipped_data) -> Path:
    """The database of the data that the repository ships, in the folder `shipped_data`."""
    once("shipped_db", lambda folder: build(shipped_data))
    return shipped_data / "ita.duckdb"


@pytest.fixture(scope="session")
def sample_data(once) -> Path:
    """A small made-up data folder of two years (tests/sample) under the shipped rules and provinces."""
    return once("sample", lambda folder: sample(folder / "data")) / "data"


@pytest.fixture(scope="session")
def sample_db(once, sample_data) -> Path:
    """The database of the made-up sample, in the folder `sample_data`."""
    once("sample_db", lambda folder: build(sample_data))
    return sample_data / "ita.duckdb"


@pytest.fixture(scope="session")
def nation_data(once) -> Path:
    """A made-up nation of 160 agencies and three years, with its database: so few share a type and province that all ways of finding peers
    occur."""
    return once("nation", lambda folder: nation(folder / "data")) / "data"


def _dashboard(begin: Callable, data: Path, log: Path, *options: str, port: int | None = None, details: str = "full"):
    """What `begin` (started or running) gives for a server of the dashboard over a data folder, and the server's address."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", port, *options]
    return begin(command, port, log, ITA_DATA=str(data), STREAMLIT_CLIENT_SHOW_ERROR_DETAILS=details), f"http://127.0.0.1:{port}"


def _well(address: str) -> str:
    """The address, when the server there is well: who listens is not yet."""
    with urllib.request.urlopen(address + "/_stcore/health", timeout=600):
        return address


@contextlib.contextmanager
def _serving(data: Path, log: Path, *options: str, **more):
    server, address = _dashboard(running, data, log, *options, **more)
    with server:
        yield _well(address)


@pytest.fixture(scope="session")
def serving(tmp_path_factory):
    """`with serving(data) as address:` a fresh server of the dashboard over a data folder, on a port of its own, stopped at the end; more
    options of Streamlit's command after the folder."""
    return lambda data, *options, **more: _serving(data, tmp_path_factory.mktemp("server") / "log", *options, **more)


PROCESS = "process-of-a-shared-server"


@pytest.fixture(scope="session")
def shared_server(once):
    """`shared_server(name, data)`: the address of the one server of this folder that all processes of a run share. Whoever comes first
    starts it, and it ends with the run: a process that has no more tests leaves it to the others."""

    def address(name: str, data: Path) -> str:
        def start(folder: Path) -> None:
            folder.mkdir()
            process, address = _dashboard(started, data, folder / "log")
            (folder / PROCESS).write_text(str(process.pid))
            (folder / "address").write_text(_well(address))

        return (once(name, start) / "address").read_text()

    return address


def pytest_sessionfinish(session):
    if "PYTEST_XDIST_WORKER" not in os.environ:  # the process of a run that outlives the others
        for note in session.config._tmp_path_factory.getbasetemp().glob(f"*/{PROCESS}"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(note.read_text()), signal.SIGKILL)


@pytest.fixture(scope="session")
def server(shared_server, shipped_data, shipped_db):
    """The address of one server of the shipped data, shared by the tests of a run."""
    return shared_server("server_of_shipped", shipped_data)


@pytest.fixture(scope="session")
def sample_server(shared_server, sample_data, sample_db):
    """The address of one server of the made-up sample, shared by the tests of a run."""
    return shared_server("server_of_sample", sample_data)


@pytest.fixture(scope="session")
def browser():
    """The machine's Chromium. Without one the test is skipped with the reason; with CI=true it fails."""
    executable = chromium()
    if executable is None:
        reason = "no Chromium on this machine: install the package chromium (Debian, Ubuntu) or Chromium (macOS), see README.md"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LONG_ENOUGH)
    with sync_playwright() as playwright:
        # Scripts are compiled less: they run too short here to win it back (a rerun takes 5 to 10 % less processor, axe-core 25 %).
        # And the pages of a context share a process: a second one takes 0.9 s to come instead of 2.9, as Streamlit's scripts are there.
        scripts = "--js-flags=--no-opt,--invocation-count-for-maglev=1500"
        launched = playwright.chromium.launch(executable_path=executable, args=[*BROWSER_FLAGS, "--process-per-site", scripts])
        yield launched
        launched.close()


@pytest.fixture
def watch(browser):
    """`watch(width=390, locale="en-US", ...)`: a new `Watched` page; the test fails on any fault that it noted."""
    opened: list[Watched] = []

    def new(**settings) -> Watched:
        opened.append(Watched(browser, **settings))
        return opened[-1]

    yield new
    faults = [fault for watched in opened for fault in watched.faults]
    for watched in opened:
        watched.close()
    assert not faults, "\n".join(faults)
