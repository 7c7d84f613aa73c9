"""The first 200 inputs of tests/fuzz.py, all that are made to harm among them; `make fuzz` runs 2,000."""

import subprocess
import sys

from tests.fuzz import ORIGINALS, SEED, fault_of
from tests.support.data import ROOT

FIRST = 200


def test_originals_are_read_whole(tmp_path):
    """Else the damage would be done to files that are refused anyway."""
    for suffix, make in ORIGINALS.items():
        path = tmp_path / f"whole.{suffix}"
        path.write_bytes(make())
        assert fault_of(path) == (None, 0), suffix


def test_damaged_inputs_are_read_or_refused_with_a_reason_within_bounds():
    """In a process of its own, whose memory is that of the inputs alone; it names each that took too long, too much or went wrong."""
    run = subprocess.run([sys.executable, "-m", "tests.fuzz", str(FIRST)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{FIRST} inputs (seed {SEED})" in run.stdout
