"""A fiscal year to come, 2570: first what no source confirms of it, then its weights and levels, each in its one file. Every page and view
of them says what is published while the rules are not known, and what follows from the rules once they are."""

import csv
import re
import subprocess
import sys
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.ask.warehouse import ask
from pages.parts.say.text import Words
from tests.support.data import ROOT, UNKNOWN, build, rules_of

YEAR, PUBLISHED, UNPUBLISHED = 2570, "s00001", "s00002"
TOTAL = "88.50"
VIEWS = [
    *((page, {}) for page in sorted(path.stem for path in (ROOT / "pages").glob("*.py")) if page != "add"),
    *(("trends", {"view": view}) for view in ("total", "change", "indicators")),
    *(("weakest", {"order": order}) for order in ("gain", "peers")),
    *(("weakest", {"view": "group", "scope": scope}) for scope in ("peers", "nation")),
    *(("completion", {"view": view}) for view in ("plan", "when", "aim", "moved", "list")),
    *(("compare", {"view": view}) for view in ("profile", "slope", "multiples", "all")),
    *(("compare", {"scope": "nation", "view": view}) for view in ("outlines", "quantiles", "funnel", "levels", "movers", "floors")),
    ("path", {"view": "try", "set": "9:75"}),
]  # fmt: skip
KNOWN = (("weight = 0.30", "weight = 0.20"), ("weight = 0.40", "weight = 0.60"), ("min_total = 95.00", "min_total = 94.00"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A made-up nation over three years; of the last one agency's total and level are published too."""
    data = tmp_path_factory.mktemp("new_year") / "data"
    command = [sys.executable, "-m", "etl", "sample", "--agencies", "16", "--years", f"{YEAR - 2}-{YEAR}", "--into", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    one = next(row for row in rows(data / "agencies.csv") if row["agency_id"] == PUBLISHED)
    sheet = f"หน่วยงาน,จังหวัด,ปีงบประมาณ,TOTAL,LEVEL\n{one['name']},{one['province']},{YEAR},{TOTAL},ผ่าน\n"
    (data / "scores" / "published.csv").write_text(sheet, encoding="utf-8-sig")
    return data


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def become(data: Path, *changes: tuple[str, str]) -> None:
    """The rules of the year are those of 2568 with these changes, and the database is built by them."""
    rules_of(data, YEAR, *changes)
    build(data)


def seen(data: Path, monkeypatch, agency: str, lang: str) -> dict[tuple, str]:
    """(page, view) -> all that it says in words, for one agency and the new year."""
    monkeypatch.setenv("ITA_DATA", str(data))
    test, said = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600), {}
    for page, query in VIEWS:
        for name in list(test.query_params):
            del test.query_params[name]
        test.query_params.update(agency=agency, year=str(YEAR), lang=lang, **query)
        test.switch_page(f"pages/{page}.py").run()
        assert not test.exception, (page, query, test.exception)
        assert not test.error and len(test.title) == 1, (page, query)
        kinds = ("title", "markdown", "caption", "info", "warning")
        words = "\n".join(element.value for kind in kinds for element in getattr(test, kind)).replace("\\", "")
        said[page, *query.values()] = words
    return said


def test_while_its_rules_are_not_known_it_shows_what_is_published(folder, monkeypatch):
    become(folder, *UNKNOWN)
    for agency, lang in ((PUBLISHED, "th"), (UNPUBLISHED, "en")):
        is_as_published(seen(folder, monkeypatch, agency, lang), agency, lang)


def is_as_published(said: dict[tuple, str], agency: str, lang: str) -> None:
    words, year = Words(lang), Words(lang).year(YEAR)
    parts = words.list([words(f"rule_part.{part}") for part in ("weights", "levels", "questions")])
    why = words("control.rules_unknown", year=year, what=parts)
    assert {view for view, text in said.items() if view[0] not in ("papers",) and why not in text} == set()
    levels = {words.of(level, "name") for level in tomllib.loads((ROOT / "data/rules/2568.toml").read_text(encoding="utf-8"))["levels"]}
    computed = [view for view, text in said.items() for level in levels - {"ผ่าน", "Passed"} if re.search(rf"{year}[^\n]*{level}", text)]
    assert computed == []
    assert [view for view, text in said.items() if re.search(r"nan|NaN|<NA>|\bNone\b|\(รวม –\)", text)] == []
    headline = said["overview",].split("\n")[0]
    if agency == PUBLISHED:
        assert headline == words("verdict.stated_level", year=year, total=TOTAL, level="ผ่าน")
        verdict = ask("verdict", agency=agency, year=YEAR).iloc[0]
        assert (verdict["total"], verdict["total_basis"], verdict["level_stated"]) == (88.5, "published", "ผ่าน")
    else:
        assert headline == words("verdict.empty")
    assert said["path",].split("\n")[0] == words("path.empty")
    assert words("change_waterfall.empty") in said["trends", "change"]
    assert (
        said["weakest", "gain"]
        .split("\n")[0]
        .startswith(words("weakest.gain_unknown", year=year, indicator="|", name="", value="").split("|")[0])
    )
    assert not ask("score_trend", agency=agency)["new_levels"].any(), "what is not known has not changed"
    assert ask("aim", agency=agency, year=YEAR).empty and ask("path_levels", year=YEAR).empty


def test_when_its_rules_are_known_everything_follows_from_them(folder, monkeypatch):
    become(folder, *KNOWN)
    agency, lang = UNPUBLISHED, "th"
    words, year = Words(lang), Words(lang).year(YEAR)
    said = seen(folder, monkeypatch, agency, lang)
    confirmed = words("control.rules_unknown", year="|", what="").split("|")[-1]
    assert [view for view, text in said.items() if confirmed in text] == []
    one = next(row for row in rows(folder / "agencies.csv") if row["agency_id"] == agency)
    sheets = [row for path in (folder / "scores").glob(f"{YEAR}-*.csv") for row in rows(path)]
    scores = next(row for row in sheets if (row["หน่วยงาน"], row["จังหวัด"]) == (one["name"], one["province"]))
    scores = [Decimal(scores[f"ตัวชี้วัดที่ {number}"]) for number in range(1, 11)]
    instruments = [sum(some) / len(some) for some in (scores[:5], scores[5:8], scores[8:])]
    exact = sum(weight * score for weight, score in zip(map(Decimal, ("0.2", "0.2", "0.6")), instruments, strict=True))
    total = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    rules = tomllib.loads((folder / "rules" / f"{YEAR}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    level = next(
        level["level"]
        for level in rules["levels"]
        if total >= level.get("min_total", 0) and min(instruments) >= level.get("min_instrument", 0)
    )
    assert said["overview",].startswith(words("verdict.level", year=year, total=words.number(float(total)), level=level))
    assert said["path",].split("\n")[0] not in (words("path.empty"), words("path.no_levels"))
    assert words("change_waterfall.empty") not in said["trends", "change"]
    assert (
        said["weakest", "gain"]
        .split("\n")[0]
        .startswith(words("weakest.gain_first", year=year, indicator="|", name="", value="", median="", peers=0).split("|")[0])
    )
    assert len(ask("path_levels", year=YEAR)) == len(rules["levels"]) and not ask("path", agency=agency, year=YEAR).empty
