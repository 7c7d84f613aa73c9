"""What docs/develop.md promises to newcomers: each is added to a copy of the program in the places that its table names, and nowhere else.

Others of the table: a year, test_known.py; a wording of reports, test_learn.py; a language, test_language.py; a column of a table,
test_build.py; an export, test_exports_data.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.data import ROOT
from tests.support.house import added_rows, changed, copied

QUERY = """-- How far the indicators of an agency lie apart in a year.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column fiscal_year: Buddhist year
-- column lowest: of the indicators, 0 to 100
-- column highest: of the indicators, 0 to 100
select fiscal_year, min(score)::double as lowest, max(score)::double as highest
from score where chosen and agency_id = $agency and fiscal_year = $year and try_cast(indicator as integer) is not null
group by fiscal_year
"""
FIGURE = '''"""How far the indicators lie apart."""

from pages.parts.figures import style


def spread(frame, words):
    return style.figure([style.bar(x=["lowest", "highest"], y=frame[["lowest", "highest"]].iloc[0], customdata=[0, 0])], words)
'''
SENTENCE = """

def spread(frame: DataFrame, words: Words) -> list[str]:
    return [words("spread.said", low=words.number(frame["lowest"].iloc[0]), high=words.number(frame["highest"].iloc[0]))]
"""
PICTURE = """

def spread(frame: DataFrame, words: Words) -> Picture:
    bars = {"label": ["lowest", "highest"], "score": list(frame[["lowest", "highest"]].iloc[0]), "role": ["fall", "main"]}
    return _picture("spread", "bars", bars | {"strong": [False, False]}, [Series("score", words("column.score"), "main")], words)
"""
PAGE = '''"""How far the indicators of an agency lie apart."""

from pages.parts import controls
from pages.parts.show import show

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
if agency:
    show("spread", words, {words("control.agency"): agency.name}, agency=agency.agency_id, year=year)
'''
LOOK = """
import io
from pptx import Presentation
from streamlit.testing.v1 import AppTest
test = AppTest.from_file("dashboard.py", default_timeout=600)
test.query_params.update(lang="en", year="2568", agency="s0001")
test.switch_page("pages/spread.py").run()
assert not test.exception, test.exception
print("page:", test.title[0].value)
print("figures:", len(test.get("plotly_chart")))
from pages.parts.present import deck, handout, html_deck, pptx
from pages.parts.say.text import Words
made = deck.agency_deck("s0001", "x", 2568, Words("en"))
[slide] = [slide for slide in made.slides if slide.word == "spread"]
print("slide:", slide.headline, slide.picture.numbers)
print("html:", html_deck.html_deck(made).decode().count("Lowest 7"))
print("slides:", len(Presentation(io.BytesIO(pptx.pptx(made))).slides) == len(made.slides))
print("paper:", len(handout.handout(made)) > 1000)
"""


@pytest.fixture
def house(tmp_path) -> Path:
    return copied(tmp_path / "house")


def run(house: Path, *command: object, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=house, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_chart_in_page_and_deck_and_a_page(house, sample_db):
    """The chart: query, figure, sentence, words, its place and picture in the deck. The page: its file, its name, its word."""
    parts = house / "pages" / "parts"
    (parts / "ask" / "queries" / "spread.sql").write_text(QUERY, encoding="utf-8")
    (parts / "figures" / "spread.py").write_text(FIGURE, encoding="utf-8")
    for path, more in (("say/sentences/scores.py", SENTENCE), ("present/pictures.py", PICTURE)):
        (parts / path).write_text((parts / path).read_text(encoding="utf-8") + more, encoding="utf-8")
    texts = {"title": "Spread", "note": "Of one year", "empty": "No scores", "said": "Lowest {low}, highest {high}", "page": "Spread"}
    added_rows(parts / "say" / "text.csv", *((f"spread.{name}", text, text) for name, text in texts.items()))
    changed(parts / "present" / "deck.py", 'AGENCY = (*("verdict", ', 'AGENCY = (*("verdict", "spread", ')
    (house / "pages" / "spread.py").write_text(PAGE, encoding="utf-8")
    changed(house / "pages" / "parts" / "menu.py", 'PAGES = ["overview", ', 'PAGES = ["overview", "spread", ')
    said = dict(line.split(": ", 1) for line in run(house, "-c", LOOK, ITA_DATA=str(sample_db.parent)).splitlines())
    assert said["page"].startswith("Lowest 7") and said["figures"] == "1"
    assert said["slide"] == f"{said['page']} 2", "the same sentence, and both numbers"
    assert int(said["html"]) >= 1 and (said["slides"], said["paper"]) == ("True", "True")


FORMAT = '''"""Cells between semicolons, backwards."""

from etl.formats.csv import csv_blocks


def backwards_blocks(text):
    return csv_blocks("\\n".join(line[::-1] for line in text.splitlines()), ";")
'''


def test_a_file_format(house, tmp_path):
    """Its file, its suffix, and how a file of it is told; reading, the account of letters and score sheets of a build need nothing."""
    formats = house / "etl" / "formats"
    (formats / "backwards.py").write_text(FORMAT, encoding="utf-8")
    changed(formats / "__init__.py", '".bmp": "picture"', '".sdrawkcab": "backwards", ".bmp": "picture"')
    told = (
        '    if kind == "backwards":\n        from etl.formats.backwards import backwards_blocks\n\n        return backwards_blocks(text)\n'
    )
    changed(formats / "__init__.py", '    if kind == "csv":\n', told + '    if kind == "csv":\n')
    data = tmp_path / "office"
    (data / "scores").mkdir(parents=True)
    sheet = "หน่วยงาน;ปีงบประมาณ;คะแนนรวม\nเทศบาลตำบลบาเจาะ;2568;91.25\nเทศบาลตำบลบางเก่า;2568;90.00"
    (data / "scores" / "s.sdrawkcab").write_text("\n".join(line[::-1] for line in sheet.splitlines()), encoding="utf-8")
    [read] = json.loads(run(house, "-m", "etl", "read", "--json", data / "scores" / "s.sdrawkcab"))
    assert [score["score"] for score in read["scores"]] == [91.25, 90]
    (data / "rules").symlink_to(ROOT / "data" / "rules")
    run(house, "-m", "etl", "build", "--data", data, "--db", data / "ita.duckdb")
    asked = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).execute('select printed from score order by 1').fetchall())"
    assert run(house, "-c", asked, data / "ita.duckdb").strip() == "[('90.00',), ('91.25',)]"


def test_a_form_of_score_sheet(house, tmp_path):
    """A row of words: a column under a name that no sheet used before."""
    path = tmp_path / "sheet.csv"
    names = "นามของผู้รับการตรวจ,ปีงบประมาณ,ความสุจริตในงาน,การใช้งบประมาณ,คะแนนรวม"
    path.write_text(f"{names}\nเทศบาลตำบลบาเจาะ,2568,91.25,80.5,85.20\n", encoding="utf-8")

    def scores() -> dict:
        [read] = json.loads(run(house, "-m", "etl", "read", "--json", path))
        return {score["indicator"]: score["score"] for score in read["scores"]}

    assert scores() == {"2": 80.5, "TOTAL": 85.2}
    added_rows(house / "etl" / "known" / "indicator_names.csv", ("ความสุจริตในงาน", "1", "a test"))
    assert scores() == {"1": 91.25, "2": 80.5, "TOTAL": 85.2}
