"""The first build: a process of its own; who waits sees how far it is, in their language, and what to do where it fails."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pages.parts import first_build
from pages.parts.builder import Run
from pages.parts.first_build import begun, built
from tests.support.data import sample

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def building(monkeypatch, tmp_path):
    """`building(script)`: a build whose process is this script, at its end."""

    def run(script: str) -> Run:
        monkeypatch.setattr(first_build, "COMMAND", [sys.executable, "-c", script])
        build = begun(tmp_path, tmp_path / "ita.duckdb")
        assert build.ended.wait(60)
        return build

    return run


def test_the_command_says_in_lines_how_far_it_is_and_what_it_could_not_use(tmp_path):
    data = sample(tmp_path / "data")
    (data / "scores" / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    command = [sys.executable, "-m", "etl", "build", "--json", "--data", str(data), "--db", str(tmp_path / "x.duckdb")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    progress = [(event["done"], event["of"]) for event in events if event["kind"] == "progress"]
    assert (done.returncode, done.stderr) == (1, "") and events[-1] == {"kind": "built"}
    assert progress == [(step, len(progress)) for step in range(1, len(progress) + 1)]
    (problem,) = [event for event in events if event["kind"] == "problem"]
    assert problem["about"] == "scores/broken.xlsx" and {"th", "en"} <= problem["said"].keys()


def test_what_a_build_says_is_kept_for_every_viewer(building):
    said = {"kind": "problem", "about": "scores/a.csv", "said": {"th": "ก", "en": "a", "lo": "x"}}
    lines = [{"kind": "progress", "done": 3, "of": 11}, said, {"kind": "built"}]
    build = building(f"import json; print('no json'); [print(json.dumps(line)) for line in {lines!r}]")
    assert (build.done, build.of, built(build), build.too_long) == (3, 11, True, False)
    assert build.events == [said, {"kind": "built"}]


def test_a_build_that_ends_in_any_other_way_is_not_built(building):
    assert not built(building("raise SystemExit(3)"))
    assert not built(building('print(\'{"kind": "progress", "done": 1, "of": 2}\', flush=True); import os; os.abort()'))


def test_a_build_is_bounded_in_time(building, monkeypatch):
    monkeypatch.setattr(first_build, "MINUTES", 0.02)
    begun = time.monotonic()
    build = building("import time; time.sleep(600)")
    assert build.too_long and not built(build) and time.monotonic() - begun < 60


def test_a_program_that_cannot_be_started_is_no_endless_waiting(monkeypatch, tmp_path):
    monkeypatch.setattr(first_build, "COMMAND", [str(tmp_path / "nowhere")])
    build = begun(tmp_path, tmp_path / "ita.duckdb")
    assert build.ended.wait(60) and not built(build)
