"""Every figure on an empty, a one-row and the usual frame, and what all figures keep to: colours, categories, sources, no requests."""

import json
import shutil
import tomllib
from base64 import b64decode
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from pages.parts.ask.warehouse import ask, query
from pages.parts.figures import draw, sketch, style
from pages.parts.reckon import needs, steps
from pages.parts.say.sentences import say
from pages.parts.say.text import Words
from tests.support.data import build
from tests.test_words import DERIVED, FIGURES

CONFIG = tomllib.loads((Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
REQUESTING = {"choropleth", "scattergeo", "scattermap", "densitymap", "choroplethmap", "scattermapbox", "choroplethmapbox"}


@pytest.fixture(scope="module", params=["th", "en"])
def words(request):
    return Words(request.param)


@pytest.fixture(scope="module")
def agency(sample_db):
    """An agency of the sample with every indicator in two years and measures."""
    with duckdb.connect(str(sample_db), read_only=True) as connection:
        return connection.execute(
            "select agency_id from assessment semi join measure using (agency_id) where complete group by 1 order by count(*) desc, 1"
        ).fetchone()[0]


def frame_of(word, agency):
    """The usual frame of a word on the sample."""
    if word.startswith("province_") and word in DERIVED:
        sheet = ask("province_sheet", agencies=[agency], year=2568)
        return needs.by_district(sheet) if word == "province_districts" else needs.by_level(sheet, ask("path_levels", year=2568))
    if word in DERIVED | {"path"}:
        scores, levels = ask("path", agency=agency, year=2568), ask("path_levels", year=2568)
        if word == "what_if":
            return steps.what_if(scores, levels, {"9": 40.0})
        return steps.path(scores, levels, levels["level"].iloc[0])
    if word == "nation_funnel":  # the sample has too few agencies for a group of five
        groups = {"part_name": ["ก", "ข", "ค"], "agencies": [5, 40, 12], "mean": [96.0, 84.0, 90.0], "shrunk": [93.0, 85.0, 90.0]}
        limits = {"low95": [87.0, 89.0, 88.0], "high95": [93.0, 91.0, 92.0], "low998": [85.0, 88.0, 87.0], "high998": [95.0, 92.0, 93.0]}
        said = {"fiscal_year": 2568, "indicator": "TOTAL", "breakdown": "province", "common": 90.0, "hidden": 1}
        return pd.DataFrame(groups | limits | {"outside": ["above", "below", None]}).assign(**said)
    given = {
        "agency": agency,
        "agencies": [agency],
        "year": 2568,
        "indicator": "9",
        "order": "score",
        "scope": "nation",
        "section": "result",
        "span": "same",
    }
    return ask(word, **{name: value for name, value in given.items() if name in query(word).parameters})


def sent(given):
    """A figure as it goes to the browser, with what Plotly packs as lists, and without what stands there empty."""
    if isinstance(given, dict) and "bdata" in given:
        flat = np.frombuffer(b64decode(given["bdata"]), given["dtype"])
        return sent((flat.reshape([int(n) for n in given["shape"].split(",")]) if "shape" in given else flat).tolist())
    if isinstance(given, dict):
        return {name: sent(value) for name, value in given.items() if value != []}
    if isinstance(given, list):
        return [sent(one) for one in given]
    return None if given != given else given


@pytest.fixture(params=FIGURES)
def word(request, monkeypatch, sample_db):
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    return request.param


def test_the_usual_frame(word, words, agency):
    frame = frame_of(word, agency)
    assert len(frame), "the sample exercises every figure"
    figure = draw(word, frame, words)
    assert isinstance(figure, go.Figure) and figure.data
    # Pages send it as it was said, without Plotly's own look at it (style.Drawn).
    assert sent(json.loads(sketch(word, frame, words).to_json())) == sent(json.loads(figure.to_json()))
    assert say(word, frame, words)


@pytest.mark.parametrize("rows", [0, 1])
def test_an_empty_and_a_one_row_frame(word, words, agency, rows):
    assert isinstance(draw(word, frame_of(word, agency).head(rows).reset_index(drop=True), words), go.Figure)


def test_drawing_leaves_the_frame_as_it_was(word, words, agency):
    frame = frame_of(word, agency)
    before = frame.copy(deep=True)
    draw(word, frame, words)
    assert frame.equals(before)


def test_a_click_finds_its_row(word, words, agency):
    frame = frame_of(word, agency)
    if "source_id" not in frame and word not in DERIVED:
        pytest.skip("its rows come from many sources")
    rows = [row for trace in draw(word, frame, words).data if trace.customdata is not None for row in trace.customdata if row is not None]
    assert rows and all(0 <= int(row) < len(frame) for row in rows)


def test_nothing_is_fetched_and_nothing_is_zoomed_by_accident(word, words, agency):
    figure = draw(word, frame_of(word, agency), words)
    assert {trace.type for trace in figure.data} & REQUESTING == set()
    assert not list(figure.select_layout_images())
    assert figure.layout.dragmode is False


def test_text_leaves_its_colour_to_the_theme(word, words, agency):
    figure = draw(word, frame_of(word, agency), words)
    assert figure.layout.font.color is None and figure.layout.paper_bgcolor is None and figure.layout.plot_bgcolor is None


def test_no_meaning_by_colour_alone(word, words, agency):
    """Bars of one trace in two colours differ in pattern too; lines of one figure differ in dash or width."""
    figure = draw(word, frame_of(word, agency), words)
    for trace in figure.data:
        if trace.type == "bar" and isinstance(trace.marker.color, tuple) and len(set(trace.marker.color)) > 1:
            looks = set(zip(trace.marker.color, trace.marker.pattern.shape, strict=True))
            signed = word in ("change_waterfall", "what_if")  # their numbers stand beside, with sign
            assert len({shape for _, shape in looks}) == len(looks) or signed
    lines = [trace for trace in figure.data if trace.type == "scatter" and "lines" in trace.mode and trace.line.color]
    assert len({(trace.line.dash, trace.line.width) for trace in lines}) == len(lines)


def test_every_figure_has_a_picture_of_its_own_size(word, words, agency):
    assert 80 <= draw(word, frame_of(word, agency), words).layout.height <= 1400


@pytest.mark.parametrize("word", ["score_trend", "indicator_heatmap", "indicator_trend"])
def test_years_are_categories(word, words, agency, monkeypatch, sample_db):
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    axis = draw(word, frame_of(word, agency), words).layout.xaxis
    assert axis.type == "category" and list(axis.categoryarray) == {"th": ["2567", "2568"], "en": ["2024", "2025"]}[words.lang]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


COLOURS = {style.MAIN, style.QUIET, style.RISE, style.FALL, style.LIMIT, style.PEERS, *style.INSTRUMENT.values(), *style.STATUS.values()}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_page(theme):
    page = CONFIG["theme"][theme]["backgroundColor"]
    assert {colour: round(contrast(colour, page), 2) for colour in COLOURS if contrast(colour, page) < 3} == {}
    assert {colour for colour in CONFIG["theme"]["chartCategoricalColors"] if contrast(colour, page) < 3} == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_the_text_of_the_theme(theme):
    assert style.INK[theme] == CONFIG["theme"][theme]["textColor"]
    assert contrast(style.INK[theme], CONFIG["theme"][theme]["backgroundColor"]) >= 7


def test_lists_of_chart_colours_have_exactly_ten():
    theme = CONFIG["theme"]
    assert [len(theme[name]) for name in ("chartCategoricalColors", "chartSequentialColors", "chartDivergingColors")] == [10, 10, 10]


def test_fonts_are_ours_and_reach_every_script():
    faces = CONFIG["theme"]["fontFaces"]
    static = Path(__file__).resolve().parents[1] / "static"
    assert all((static / Path(face["url"]).name).exists() for face in faces)
    assert (static / "OFL.txt").exists()
    assert {face["weight"] for face in faces if "0E01" in face["unicodeRange"]} == {400, 600, 700}
    assert style.FONT == CONFIG["theme"]["font"]


def test_parts_of_a_waterfall_add_up_as_printed(agency, monkeypatch, sample_db):
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    figure = draw("change_waterfall", ask("change_waterfall", agency=agency, year=2568), Words("th"))
    bars, marks = figure.data
    start, end = marks.x
    assert round(start + sum(bars.x), 2) == round(end, 2)
    assert sorted(round(base, 2) for base in bars.base)[0] >= 0
    printed = [float(note.text) for note in figure.layout.annotations]
    assert round(sum(printed), 2) == round(end - start, 2)


@pytest.fixture(scope="module")
def eighty(sample_data, tmp_path_factory):
    """The sample under rules of 2568 whose pass mark is 80; 2567 keeps its 85."""
    data = shutil.copytree(sample_data, tmp_path_factory.mktemp("eighty") / "data", ignore=shutil.ignore_patterns("*.duckdb*", ".ita*"))
    rules = data / "rules" / "2568.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("85.00", "80.00"), encoding="utf-8")
    return build(data).parent


@pytest.mark.parametrize("word", ["score_trend", "indicator_trend", "indicator_multiples", "compare_multiples", "weakest"])
def test_the_pass_mark_is_that_of_the_years_rules(word, words, agency, eighty, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(eighty))
    frame = frame_of(word, agency)
    marks = dict(zip(frame["fiscal_year"], frame["mark"], strict=True))
    assert marks == {year: mark for year, mark in {2567: 85.0, 2568: 80.0}.items() if year in marks}
    figure = draw(word, frame, words)
    limits = [line for line in figure.layout.shapes if line.line.color == style.LIMIT]
    heights = {line.x0 if word == "weakest" else line.y0 for line in limits}
    assert heights == (set(marks.values()) if limits else set())
    assert limits or any(trace.mode == "lines" and trace.line.color == style.LIMIT for trace in figure.data)
    assert "85" not in [note.text for note in figure.layout.annotations]
    if word == "indicator_multiples":
        last = frame[frame["fiscal_year"] == 2568]
        assert f" {(last['score'] >= 80).sum()} " in say(word, frame, words) and "80" in say(word, frame, words)
