"""The first 200 inputs of tests/fuzz.py, all that are made to harm among them; `make fuzz` runs 2,000."""

import pytest

from tests.fuzz import MEGABYTES, ORIGINALS, SEED, fault_of, inputs, megabytes

HELD_BEFORE = 0.0


def test_originals_are_read_whole(tmp_path):
    """Else the damage would be done to files that are refused anyway."""
    for suffix, make in ORIGINALS.items():
        path = tmp_path / f"whole.{suffix}"
        path.write_bytes(make())
        assert fault_of(path) == (None, 0), suffix


@pytest.fixture(scope="module")
def damaged():
    global HELD_BEFORE
    HELD_BEFORE = megabytes()
    return list(inputs(200, SEED))


@pytest.mark.parametrize("number", range(200))
def test_damaged_input_is_read_or_refused_with_a_reason(number, damaged, tmp_path):
    name, data = damaged[number]
    path = tmp_path / name
    path.write_bytes(data)
    fault, _ = fault_of(path)
    path.unlink()
    assert fault is None, f"{name}: {fault}"


def test_memory_stayed_within_bounds():
    """What these inputs added to a process that other tests may have made larger before; alone it holds some 100 MB."""
    assert megabytes() - HELD_BEFORE <= MEGABYTES - 100
