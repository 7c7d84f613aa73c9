"""The first 200 inputs of tests/fuzz.py, all that are made to harm among them; `make fuzz` runs 2,000."""

import subprocess
import sys

import pytest

from tests.fuzz import ORIGINALS, SEED, fault_of, inputs
from tests.support.data import ROOT

FIRST = 200


def test_originals_are_read_whole(tmp_path):
    """Else the damage would be done to files that are refused anyway."""
    for suffix, make in ORIGINALS.items():
        path = tmp_path / f"whole.{suffix}"
        path.write_bytes(make())
        assert fault_of(path) == (None, 0), suffix


@pytest.fixture(scope="module")
def damaged():
    return list(inputs(FIRST, SEED))


@pytest.mark.parametrize("number", range(FIRST))
def test_damaged_input_is_read_or_refused_with_a_reason(number, damaged, tmp_path):
    name, data = damaged[number]
    path = tmp_path / name
    path.write_bytes(data)
    fault, _ = fault_of(path)
    path.unlink()
    assert fault is None, f"{name}: {fault}"


def test_memory_stays_within_bounds():
    """In a process of its own, which exits with 1 beyond them: this one may hold what other tests needed."""
    run = subprocess.run([sys.executable, "-m", "tests.fuzz", str(FIRST)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
