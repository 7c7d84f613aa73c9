"""What a file shows a person is what is read: small documents of each kind of fault that public reports of bugs describe, in many formats.

Each has its right reading beside it, decided by hand: fields that it leaves out are not compared, no other measure or score may be read,
and each of its `findings` is named by a finding, in its rule, place, message or text (one of the parts between ` | `).
golden/kinds.csv says of each kind which documents of all golden ones are of it.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from etl.formats.scan import prose
from etl.known import load_known
from etl.read import read_document
from etl.reading import as_json

GOLDEN = Path(__file__).parent / "golden"
FOLDER = GOLDEN / "shown"
# Kinds that fewer than three formats can have.
ONLY = {
    "pages drawn sideways": "a page is drawn in PDF, and in pictures, for which a machine needs Tesseract (test_scans.py)",
    "letters with a tiny skew": "letters are placed one by one in PDF alone",
    "main parts under another name": "packages with parts are those of Word and Excel",
    "what stands around the page": "headers are a part of their own in Word and Excel; elsewhere they are text of the page",
}
KNOWN = load_known()
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))


@pytest.fixture(autouse=True)
def without_a_reader_of_pictures(monkeypatch):
    """These readings are those of every machine; what a machine with Tesseract reads from pictures: test_scans.py."""
    monkeypatch.setattr(prose, "available", lambda: False)


def reading_of(path: Path) -> dict:
    return as_json(read_document(path, KNOWN))


def plain(value):
    return "".join(value.split()) if isinstance(value, str) else value


def differences(found: dict, wanted: dict) -> list[str]:
    """The fields of `wanted` that `found` has otherwise."""
    return [f"{key}: {found[key]!r}, not {value!r}" for key, value in wanted.items() if plain(found[key]) != plain(value)]


def by_name(scores: list[dict], agency: str | None) -> dict[tuple, float]:
    """Scores by what they are of; the document's own agency may stand or be left out."""
    assert len({id(score) for score in scores}) == len(scores)
    return {
        (score["indicator"], score["fiscal_year"], None if score.get("agency") == agency else score.get("agency")): score["score"]
        for score in scores
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_shown_is_read(path):
    wanted = json.loads((FOLDER / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    found = reading_of(path)
    assert differences(found["source"], wanted["source"]) == []
    assert len(found["measures"]) == len(wanted["measures"])
    pairs = zip(found["measures"], wanted["measures"], strict=True)
    assert [said for measure, right in pairs for said in differences(measure, right)] == []
    agency = found["source"]["agency"]
    assert by_name(found["scores"], agency) == by_name(wanted["scores"], agency) and len(found["scores"]) == len(wanted["scores"])
    said = [" ".join(str(value) for value in finding.values()) for finding in found["findings"]]
    assert [words for words in wanted.get("findings", []) if not any(part in text for part in words.split(" | ") for text in said)] == []


def test_each_document_has_its_reading_and_each_reading_its_document():
    assert {path.stem for path in DOCUMENTS} == {path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.json")}
    assert len({path.stem for path in DOCUMENTS}) == len(DOCUMENTS)


def test_each_kind_of_fault_stands_in_three_formats():
    kinds: dict[str, list[Path]] = defaultdict(list)
    with open(GOLDEN / "kinds.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            kinds[row["kind"]].append(GOLDEN / row["document"])
    assert [path for paths in kinds.values() for path in paths if not path.is_file()] == []
    assert {kind for kind, paths in kinds.items() if len(paths) < 3} == set()
    assert {kind for kind, paths in kinds.items() if len({path.suffix for path in paths}) < 3} == set(ONLY)
