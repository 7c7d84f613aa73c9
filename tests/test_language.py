"""A language more is a column more of the three files of words: nothing else has to change."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.house import copied

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("pages/parts/say/text.csv", "etl/messages.csv", "etl/findings.csv")
LOOK = """
import sys
from streamlit.testing.v1 import AppTest
for page in sys.argv[1:]:
    test = AppTest.from_file("dashboard.py", default_timeout=600)
    test.query_params.update(lang="lo", year="2568", **({"view": "findings", "agency": "all"} if page == "sources" else {}))
    test.switch_page(f"pages/{page}.py").run()
    assert not test.exception, (page, test.exception)
    print(page, test.title[0].value)
    for kind in ("warning", "error", "dataframe", "table"):
        for element in getattr(test, kind):
            print(kind, element.value.to_string() if hasattr(element.value, "to_string") else element.value)
if "present" in sys.argv:
    from pages.parts.present import deck, handout, html_deck, pptx
    from pages.parts.say.text import Words
    made = deck.agency_deck("s0001", "x", 2568, Words("lo"))
    files = [html_deck.html_deck(made), pptx.pptx(made), handout.handout(made)]
    print("slides", made.slides[0].headline, all(map(len, files)))
"""


def add_language(path: Path, key: str) -> None:
    """Adds a column `lo`: the English words behind LO, where there are any (some of messages.csv are left to the translator)."""
    with open(path, encoding="utf-8-sig", newline="") as handle:
        heading, *rows = csv.reader(handle)
    english = heading.index("en")
    with open(path, "w", encoding="utf-8", newline="") as handle:
        more = [[*heading, "lo"], *([*row, f"LO {row[english].replace('FY', 'X')}"] for row in rows)]
        if key:
            more.append([key, "X", "X", "X"])
        csv.writer(handle).writerows(more)


@pytest.fixture
def house(tmp_path):
    """A copy of the program that speaks a third language."""
    copied(tmp_path)
    for path in WORDS:
        add_language(tmp_path / path, "language.lo" if "text" in path else "")
    return tmp_path


def look(house: Path, data: Path, *pages: str) -> str:
    """What a viewer of that language sees: the title of each page, what is said above it, and its tables."""
    environment = os.environ | {"ITA_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *pages], cwd=house, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_language_is_a_column(house, sample_data, tmp_path):
    """From a first build with a file that cannot be used to every page: its problem, its finding and all words are in the language."""
    data = shutil.copytree(sample_data, tmp_path / "copy", ignore=shutil.ignore_patterns("*.duckdb*"))
    (data / "scores" / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    seen = look(house, data, *pages)
    assert [line.split()[0] for line in seen.splitlines() if line.split()[0] in pages] == pages
    assert "LO X 2025 (BE 2568)" in seen
    assert any(line.startswith("slides LO") and line.endswith("True") for line in seen.splitlines())
    assert "LO damaged or not downloaded whole" in seen and "LO This file could not be used" in seen


def test_a_build_that_fails_is_said_in_the_language(house, sample_data, sample_db, tmp_path):
    data = shutil.copytree(sample_data, tmp_path / "copy")
    (data / "ita.duckdb").rename(data / "ita.previous.duckdb")
    (data / "ita.duckdb").mkdir()
    assert "error LO nothing was written" in look(house, data, "overview")
