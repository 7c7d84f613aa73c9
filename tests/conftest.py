"""What the tests share: the shipped and the sample data as databases, the real server, and a real browser that notices every fault."""

import contextlib
import os
import shutil
import sys
import urllib.request
from pathlib import Path

import pytest
from hypothesis import settings

from deploy.trial import BROWSER_FLAGS, chromium, free_port, running
from tests.support.data import ROOT, SAMPLE, build
from tests.support.watched import Watched

# A busy machine is no fault of the code: timings belong in the benches.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


@pytest.fixture(scope="session", autouse=True)
def faults_in_full():
    """A fault of a page reaches the tests that have no server, too; viewers get a sentence instead of it. And these are on their own
    machine, where everybody may add reports."""
    from streamlit import config

    config.set_option("client.showErrorDetails", "full")
    config.set_option("server.address", "localhost")


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory) -> Path:
    """A copy of the data folder that the repository ships, for tests that build or serve it (environment variable ITA_DATA)."""
    folder = tmp_path_factory.mktemp("shipped") / "data"
    return shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("documents", "*.duckdb*", ".ita*"))


@pytest.fixture(scope="session")
def shipped_db(shipped_data) -> Path:
    """The database of the data that the repository ships, in the folder `shipped_data`."""
    return build(shipped_data)


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory) -> Path:
    """A small made-up data folder of two years (tests/sample) under the shipped rules and provinces."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("documents", "scores", "transcripts", "*.duckdb*", ".ita*"))
    return shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def sample_db(sample_data) -> Path:
    """The database of the made-up sample, in the folder `sample_data`."""
    return build(sample_data)


@contextlib.contextmanager
def _serving(data: Path, log: Path, *options: str, port: int | None = None, details: str = "full"):
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", port, *options]
    with running(command, port, log, ITA_DATA=str(data), STREAMLIT_CLIENT_SHOW_ERROR_DETAILS=details):
        address = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(address + "/_stcore/health", timeout=30):  # who listens is not yet well
            pass
        yield address


@pytest.fixture(scope="session")
def serving(tmp_path_factory):
    """`with serving(data) as address:` a fresh server of the dashboard over a data folder, on a port of its own, stopped at the end; more
    options of Streamlit's command after the folder."""
    return lambda data, *options, **more: _serving(data, tmp_path_factory.mktemp("server") / "log", *options, **more)


@pytest.fixture(scope="session")
def server(serving, shipped_data, shipped_db):
    """The address of one server of the shipped data, shared by the tests of a session."""
    with serving(shipped_data) as address:
        yield address


@pytest.fixture(scope="session")
def sample_server(serving, sample_data, sample_db):
    """The address of one server of the made-up sample, shared by the tests of a session."""
    with serving(sample_data) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """The machine's Chromium. Without one the test is skipped with the reason; with CI=true it fails."""
    executable = chromium()
    if executable is None:
        reason = "no Chromium on this machine: install the package chromium (Debian, Ubuntu) or Chromium (macOS), see README.md"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=BROWSER_FLAGS)
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
