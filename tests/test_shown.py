"""What a file shows a person is what is read: small documents of each kind of fault that public reports of bugs describe, in many formats.

Each has its right reading beside it, decided by hand: fields that it leaves out are not compared, no other measure or score may be read,
and each of its `findings` is named by a finding, in its rule, place, message or text (one of the parts between ` | `).
"""

import json
from pathlib import Path

import pytest

from etl.known import load_known
from etl.read import read_document
from etl.reading import as_json

FOLDER = Path(__file__).parent / "golden" / "shown"
KNOWN = load_known()
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))


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
