"""Slides as data, SVG, HTML, PowerPoint and hand-out: the same numbers as the database, by another way than the slides'."""

import io
import posixpath
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path

import duckdb
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pandas import DataFrame
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from streamlit.testing.v1 import AppTest

from pages.parts.ask.warehouse import ask
from pages.parts.ask.warehouse import words as queries
from pages.parts.figures import style
from pages.parts.present import handout, svg
from pages.parts.present.deck import AGENCY, GROUP, agency_deck, group_deck, of_agency, of_group, slide_of
from pages.parts.present.html_deck import html_deck
from pages.parts.present.pptx import UnusableTemplate, pptx, usable
from pages.parts.present.slide import Deck, Picture, Series, Slide, printed
from pages.parts.present.svg import marks
from pages.parts.present.svg.waterfall import running
from pages.parts.say.sentences import say
from pages.parts.say.text import Words, plain

TH, EN = Words("th"), Words("en")
THAI = re.compile("[\u0e00-\u0e7f]")
ROOT = Path(__file__).resolve().parents[1]
BAN_DUEA, YEAR = "a0003", 2568
HUNDREDTH = Decimal("0.01")


@pytest.fixture
def shipped(shipped_data, shipped_db, monkeypatch):
    """The shipped data as what the pages ask, and a connection of its own to compute the same again."""
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    with duckdb.connect(str(shipped_db), read_only=True) as connection:
        yield connection


@pytest.fixture
def sample(sample_data, sample_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(sample_data))
    with duckdb.connect(str(sample_db), read_only=True) as connection:
        yield connection


def ban_duea(words=TH) -> Deck:
    return agency_deck(BAN_DUEA, "เทศบาลตำบลบ้านเดื่อ", YEAR, words)


def scores(connection, agency: str, year: int) -> dict[int, Decimal]:
    rows = connection.execute(
        "select indicator, score from score where agency_id = ? and fiscal_year = ? and chosen and "
        "try_cast(indicator as integer) is not null",
        [agency, year],
    ).fetchall()
    return {int(indicator): score for indicator, score in rows}


def half_up(value) -> Decimal:
    return Decimal(value).quantize(HUNDREDTH, ROUND_HALF_UP)


# By hand from the rule of 2567 and 2568: 30, 30 and 40 percent, simple means of five, three and two indicators.
WEIGHT = {i: Decimal(30) / 500 if i <= 5 else Decimal(30) / 300 if i <= 8 else Decimal(40) / 200 for i in range(1, 11)}


def charts(deck: Deck, **given) -> dict[str, list]:
    """word -> the charts of its slide in the PowerPoint file as written and opened again."""
    presentation = Presentation(io.BytesIO(pptx(deck, **given)))
    return {
        slide.word: [shape.chart for shape in page.shapes if shape.has_chart]
        for slide, page in zip(deck.slides, presentation.slides, strict=True)
    }


def cached(chart) -> list[list]:
    return [[None if v is None else half_up(repr(v)) for v in series.values] for series in chart.plots[0].series]


# --- PowerPoint: the numbers ----------------------------------------------------------------------------------------------------


def test_the_charts_of_the_powerpoint_equal_the_database(shipped):
    made, now, before = charts(ban_duea()), scores(shipped, BAN_DUEA, 2568), scores(shipped, BAN_DUEA, 2567)

    def total(year_scores):
        return half_up(sum(WEIGHT[i] * score for i, score in year_scores.items()))

    means = [half_up(sum(now[i] for i in part) / len(part)) for part in (range(1, 6), range(6, 9), range(9, 11))]
    assert cached(made["verdict"][0]) == [[*means, total(now)]]

    national = dict(
        shipped.sql("select fiscal_year, value from benchmark where metric = 'mean_total' and scope = 'all agencies'").fetchall()
    )
    assert cached(made["score_trend"][0])[:2] == [[total(before), total(now)], [half_up(repr(national[year])) for year in (2567, 2568)]]

    assert cached(made["weakest"][0]) == [sorted(half_up(score) for score in now.values())]
    rises = [Decimal("7.25") if i == 9 else None for i in range(1, 11)]
    assert cached(made["path"][0]) == [[half_up(now[i]) for i in range(1, 11)], rises]
    completion = next(slide for slide in ban_duea().slides if slide.word == "completion_by_year")
    assert completion.picture is None and "14 จาก 14" in completion.headline, "one bar with one number is a sentence"

    lost, measures, change = (cached(chart)[0] for chart in made["aim"])
    assert lost == [half_up(WEIGHT[i] * (100 - before[i])) for i in range(1, 11)]
    aimed = shipped.execute(
        """select count(distinct m.measure_id) from range(1, 11) r(i)
        left join measure_indicator a on a.indicator = r.i::varchar
        left join measure m on m.measure_id = a.measure_id and m.agency_id = ? and m.fiscal_year = ? and m.section = 'result'
        group by i order by i""",
        [BAN_DUEA, YEAR],
    ).fetchall()
    assert measures == [n for (n,) in aimed]
    assert sum(measures[8:]) == 0  # no measure bears a code of OIT
    assert all(abs(c - WEIGHT[i] * (now[i] - before[i])) <= HUNDREDTH for i, c in enumerate(change, 1))
    assert sum(change) == total(now) - total(before) == Decimal("4.51")


def test_the_waterfall_of_the_powerpoint_ends_on_the_total(shipped):
    chart = charts(ban_duea())["change_waterfall"][0]
    base, totals, rises, falls = cached(chart)
    assert (totals[0], totals[-1]) == (Decimal("84.43"), Decimal("88.94"))
    assert totals[0] + sum(v for v in rises if v) - sum(v for v in falls if v) == totals[-1]
    at = totals[0]
    for i in range(1, len(base) - 1):  # each step stands where the one before it ended
        step = (rises[i] or 0) - (falls[i] or 0)
        assert base[i] == min(at, at + step)
        at += step
    labels = list(chart.plots[0].categories)
    assert rises[labels.index("10 การป้องกันการทุจริต")] == Decimal("6.67")
    assert falls[labels.index("9 การเปิดเผยข้อมูล")] == Decimal("4.88")


def test_the_dots_of_the_powerpoint_are_the_totals_of_the_peers(sample):
    agency, year = sample.execute(
        "select agency_id, fiscal_year from assessment where total_shown is not null order by fiscal_year desc, agency_id"
    ).fetchone()
    totals = dict(sample.execute("select agency_id, total_shown from assessment where fiscal_year = ?", [year]).fetchall())
    [chart] = charts(agency_deck(agency, "x", year, TH))["compare_all"]
    dots = {
        series.name: [half_up(point.text) for point in series._element.findall(f".//{qn('c:xVal')}//{qn('c:v')}")]
        for series in chart.plots[0].series
    }
    [name] = sample.execute("select name from agency where agency_id = ?", [agency]).fetchone()
    assert dots[name] == [totals[agency]]
    others = dots.get(TH("slide.agencies"), [])
    assert set(others) <= set(totals.values()) and len(others) < len(totals)


def test_a_group_counts_and_ranks_as_the_database_does(sample):
    year = 2568
    rows = sample.execute(
        "select agency_id, total_shown, level_shown from assessment where fiscal_year = ? and total_shown is not null", [year]
    ).fetchall()
    made = charts(group_deck([agency for agency, _, _ in rows], "ทุกแห่ง", year, TH))
    levels = sample.execute("select level from level where fiscal_year = ? order by rank", [year]).fetchall()
    counts = [sum(at == level for _, _, at in rows) for (level,) in levels]
    assert cached(made["nation_levels"][0])[0] == [n for n in counts if n]
    lowest = []
    for agency, _, _ in rows:
        known = scores(sample, agency, year)
        if len(known) == 10:
            lowest += [i for i, score in known.items() if score == min(known.values())]
    numbers = [int(label.split()[0]) for label in made["weakest_group"][0].plots[0].categories]
    weakest = dict(zip(numbers, cached(made["weakest_group"][0])[0], strict=True))
    assert {i: n for i, n in weakest.items() if n} == {i: lowest.count(i) for i in set(lowest)}
    changes = sample.execute("""select n.total_shown - b.total_shown from assessment n join assessment b using (agency_id)
        where n.fiscal_year = 2568 and b.fiscal_year = 2567 and n.total_shown is not null and b.total_shown is not null
        order by 1 desc""").fetchall()
    assert cached(made["nation_movers"][0])[0] == [change for (change,) in changes if change]


# --- one word names a chart -----------------------------------------------------------------------------------------------------

PAGES = {  # of each slide: the page that shows its chart, and the choices that it takes there
    "verdict": ("overview", {}),
    "score_trend": ("trends", {}),
    "change_waterfall": ("trends", {"view": "change"}),
    "weakest": ("weakest", {}),
    "path": ("path", {}),
    "completion_by_year": ("completion", {}),
    "aim": ("completion", {"view": "aim"}),
    "compare_all": ("compare", {"view": "all"}),
    "source_list": ("sources", {}),
    "nation_levels": ("compare", {"scope": "nation", "view": "levels"}),
    "nation_quantiles": ("compare", {"scope": "nation", "view": "quantiles", "by": "year"}),
    "nation_movers": ("compare", {"scope": "nation", "view": "movers"}),
    "weakest_group": ("weakest", {"view": "group", "scope": "nation"}),
    "nation_floors": ("compare", {"scope": "nation", "view": "floors"}),
    "nation_aim": ("completion", {"view": "aim", "agency": "*"}),
}


def said_on_page(word: str, words: Words) -> str:
    """The headline of the page and what stands beneath it, as a viewer reads them."""
    name, choices = PAGES[word]
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    page.query_params.update({"agency": "s0001", "year": "2568", "lang": words.lang} | choices)
    page.switch_page(f"pages/{name}.py").run()
    assert not page.exception
    return "\n".join([page.title[0].value, *(text.value for text in page.markdown)])


@pytest.mark.parametrize("words", [TH, EN], ids=["th", "en"])
def test_page_and_deck_say_the_same_of_one_chart(sample, words):
    """The one of the agency on its own pages; that of a group of all agencies on the pages of the nation."""
    every = [agency for (agency,) in sample.sql("select agency_id from agency order by all").fetchall()]
    own = {slide.word: slide for slide in agency_deck("s0001", "x", 2568, words).slides}
    nation = {slide.word: slide for slide in group_deck(every, "x", 2568, words).slides}
    assert set(own) | set(nation) == set(PAGES)
    for word, slide in (nation | own).items():
        page = said_on_page(word, words)
        assert plain(slide.headline) in page and plain(slide.more) in page, word


@pytest.mark.parametrize("words", [TH, EN], ids=["th", "en"])
def test_a_slide_asks_the_query_of_its_word_and_says_its_sentence(sample, words):
    every = [agency for (agency,) in sample.sql("select agency_id from agency order by all").fetchall()]
    for deck, asked in (
        (agency_deck("s0001", "x", 2568, words), of_agency("s0001", 2568)),
        (group_deck(every, "x", 2568, words), of_group(every, 2568)),
    ):
        for slide in deck.slides:
            if slide.word != "path":  # computed from its query (reckon/steps.py)
                assert words.sentence(filter(None, [slide.headline, slide.more])) == say(
                    slide.word, ask(slide.word, **asked[slide.word]), words
                )


def test_slides_have_no_queries_and_no_words_of_charts_of_their_own():
    assert [word for word in queries() if word.startswith("slide")] == []
    assert set(AGENCY) | set(GROUP) <= set(queries())


# --- what shows nothing ---------------------------------------------------------------------------------------------------------


def test_what_shows_nothing_is_left_out_or_said(shipped):
    slides = {slide.word: slide for slide in ban_duea().slides}
    alone = slide_of("compare_all", ask("compare_all", agency=BAN_DUEA, year=YEAR, others=[BAN_DUEA]), TH)
    assert alone.empty and alone.picture is None, "nobody to compare with"
    assert not slides["completion_by_year"].empty and slides["completion_by_year"].picture is None
    assert all(slide.picture is None or slide.picture.kind == "table" or slide.picture.numbers > 1 for slide in slides.values())
    page = Presentation(io.BytesIO(pptx(ban_duea()))).slides[AGENCY.index("completion_by_year")]
    assert not any(shape.has_chart for shape in page.shapes) and "14" in page.shapes.title.text


# --- PowerPoint: text, fonts, alternative texts ---------------------------------------------------------------------------------


def properties_of(part):
    """Every run with Thai letters of a slide or its notes, with its properties."""
    for run in part._element.iter(qn("a:r")):
        text = run.find(qn("a:t")).text or ""
        if THAI.search(text):
            yield text, run.find(qn("a:rPr"))


@pytest.mark.parametrize("words", [TH, EN], ids=["th", "en"])
def test_thai_has_its_font_in_every_run_chart_and_theme(shipped, words):
    presentation = Presentation(io.BytesIO(pptx(ban_duea(words))))
    for page in presentation.slides:
        for part in (page, page.notes_slide):
            for text, properties in properties_of(part):
                assert properties is not None and properties.find(qn("a:cs")) is not None and properties.find(qn("a:ea")) is not None, text
                assert properties.get("lang") == ("th-TH" if words is TH else "en-GB"), text
        for shape in page.shapes:
            if shape.has_chart:
                defaults = list(shape.chart._chartSpace.iter(qn("a:defRPr")))
                assert defaults and all(d.find(qn("a:cs")) is not None and d.find(qn("a:ea")) is not None for d in defaults)
    for master in (presentation.slide_master, presentation.notes_master):
        theme = etree.fromstring(master.part.part_related_by(RT.THEME).blob)
        for fonts in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
            assert fonts.find(qn("a:cs")).get("typeface") and fonts.find(qn("a:font") + "[@script='Thai']").get("typeface")


def test_every_chart_and_table_has_an_alternative_text_with_its_numbers(shipped):
    deck = ban_duea()
    for slide, page in zip(deck.slides, Presentation(io.BytesIO(pptx(deck))).slides, strict=True):
        drawn = [shape for shape in page.shapes if shape.has_chart or shape.has_table or shape.shape_type == 13]
        assert bool(drawn) == (slide.picture is not None)
        for shape in drawn:
            alt = shape._element.xpath(".//p:cNvPr")[0].get("descr")
            assert alt == slide.picture.alt
    assert "9 การเปิดเผยข้อมูล: 67.75" in next(slide for slide in deck.slides if slide.word == "weakest").picture.alt


def test_slides_are_numbered_and_their_notes_say_where_from(shipped):
    deck = ban_duea()
    for slide, page in zip(deck.slides, Presentation(io.BytesIO(pptx(deck))).slides, strict=True):
        assert [field.get("type") for field in page._element.iter(qn("a:fld"))] == ["slidenum"]
        assert page.shapes.title.text == slide.headline
        notes = page.notes_slide.notes_text_frame.text
        for _, said in deck.about:
            assert said in notes
        if slide.picture is not None:
            assert slide.picture.alt in notes


def test_nothing_lies_outside_the_slide_or_on_the_headline(shipped):
    for template in (None, four_to_three()):
        presentation = Presentation(io.BytesIO(pptx(ban_duea(), template)))
        for page in presentation.slides:
            title = page.shapes.title
            for shape in page.shapes:
                if shape.is_placeholder and shape.placeholder_format.type == 13:
                    continue
                assert shape.left >= 0 and shape.left + shape.width <= presentation.slide_width, shape.name
                assert shape.top >= 0 and shape.top + shape.height <= presentation.slide_height, shape.name
                if shape.has_chart:
                    assert shape.top >= title.top + title.height


def four_to_three() -> bytes:
    """Somebody's own template: 4:3, with an example slide and another face."""
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "example"
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def test_a_template_keeps_its_size_and_theme_and_loses_its_slides(shipped):
    deck, template = ban_duea(), four_to_three()
    made, given = (Presentation(io.BytesIO(content)) for content in (pptx(deck, template), template))
    assert (made.slide_width, made.slide_height) == (given.slide_width, given.slide_height)
    assert [page.shapes.title.text for page in made.slides] == [slide.headline for slide in deck.slides]
    assert "Calibri" in made.slide_master.part.part_related_by(RT.THEME).blob.decode()


def shown_in_part() -> bytes:
    """A template of two slides with a custom show, sections, an outline view and a jump from the layout to its second slide."""
    presentation = Presentation()
    for text in ("one", "two"):
        presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = text
    part, rids = presentation.part, [entry.rId for entry in presentation.slides._sldIdLst]
    names = " ".join(f'xmlns:{name}="{part._element.nsmap[name]}"' for name in ("p", "r"))
    shows = f'<p:custShow name="short" id="0"><p:sldLst><p:sld r:id="{rids[1]}"/></p:sldLst></p:custShow>'
    shows = f"<p:custShowLst {names}>{shows}</p:custShowLst>"
    section = (
        '<p14:section name="a" id="{6D5B2C4E-6A0E-4C8B-9E0B-3C7F5E9F2B11}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section>'
    )
    sections = (
        f'<p:extLst {names}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst '
        f'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">{section}</p14:sectionLst></p:ext></p:extLst>'
    )
    part._element.append(etree.fromstring(shows))
    part._element.append(etree.fromstring(sections))
    for name, list_of in (("/ppt/viewProps.xml", "outline"), ("/ppt/presProps.xml", "show")):
        view = next(one for one in part.package.iter_parts() if one.partname == name)
        root = etree.fromstring(view.blob)
        if list_of == "outline":
            rid = view.relate_to(presentation.slides[1].part, RT.SLIDE)
            root.append(etree.fromstring(f'<p:outlineViewPr {names}><p:sldLst><p:sld r:id="{rid}"/></p:sldLst></p:outlineViewPr>'))
        else:
            root.insert(0, etree.fromstring(f'<p:showPr {names}><p:present/><p:custShow id="0"/></p:showPr>'))
        view._blob = etree.tostring(root)
    layout = presentation.slide_layouts[0]
    rid = layout.part.relate_to(presentation.slides[1].part, RT.SLIDE)
    properties = layout.shapes[0]._element.xpath(".//p:cNvPr")[0]
    jump = etree.SubElement(properties, qn("a:hlinkClick"), action="ppaction://hlinksldjump")
    jump.set(qn("r:id"), rid)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def test_a_template_shown_in_part_leaves_no_slide_and_no_name_of_one_behind(shipped):
    deck = ban_duea()
    archive = zipfile.ZipFile(io.BytesIO(pptx(deck, shown_in_part())))
    names = archive.namelist()
    assert len(names) == len(set(names)), "a part twice"
    assert sum(re.fullmatch(r"ppt/slides/slide\d+\.xml", name) is not None for name in names) == len(deck.slides)
    assert archive.read("[Content_Types].xml").decode().count("presentationml.slide+xml") == len(deck.slides)
    for name in names:
        text = archive.read(name).decode(errors="replace") if name.endswith((".xml", ".rels")) else ""
        assert not re.search(r"custShow|sectionLst|hlinksldjump", text), name
        if name.endswith(".xml"):
            folder, _, own = name.rpartition("/")
            beside = f"{folder}/_rels/{own}.rels"
            known = set(re.findall(r'Id="(\w+)"', archive.read(beside).decode())) if beside in names else set()
            assert set(re.findall(r'r:(?:id|embed|link|pict)="(\w+)"', text)) <= known, name
    for name in (name for name in names if name.endswith(".rels")):
        home = name.replace("_rels/", "").removesuffix(".rels").rpartition("/")[0]
        for node in etree.fromstring(archive.read(name)):
            if node.get("TargetMode") != "External":
                target = node.get("Target")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(home, target))
                assert path in names, (name, target)


@pytest.mark.parametrize("content", [b"", b"not a presentation", zipfile.ZipFile], ids=["empty", "text", "zip"])
def test_a_file_that_is_no_template_is_refused(content):
    if content is zipfile.ZipFile:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "a")
        content = file.getvalue()
    assert not usable(content)
    with pytest.raises(UnusableTemplate):
        pptx(Deck("a", "b", "th", (), False), content)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed; it only looks at what PowerPoint will show")
def test_libreoffice_draws_every_slide_with_its_letters(shipped, tmp_path):
    deck = ban_duea()
    (tmp_path / "deck.pptx").write_bytes(pptx(deck))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "deck.pptx"),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    with pdfplumber.open(tmp_path / "deck.pdf") as pdf:
        assert len(pdf.pages) == len(deck.slides)
        for slide, page in zip(deck.slides, pdf.pages, strict=True):
            text = page.extract_text()
            assert set(re.findall(r"\d+\.\d\d", slide.headline)) <= set(re.findall(r"\d+\.\d\d", text)), slide.word
            assert "\ufffd" not in text and "\u25a1" not in text
            letters = [c for c in page.chars if c["text"].strip()]
            assert all(c["x0"] >= 0 and c["x1"] <= page.width + 1 and c["top"] >= 0 and c["bottom"] <= page.height + 1 for c in letters)


# --- one file of HTML -----------------------------------------------------------------------------------------------------------

EVIL = "อบต. <script>alert(1)</script> & \"' </section> </style> -->"


def evil_deck() -> Deck:
    frame = DataFrame({"label": [EVIL, "b"], "score": [1.0, 2.0]})
    series = (Series("score", EVIL, "main"),)
    table = Picture("table", EVIL, DataFrame({"label": [EVIL]}), (Series("label", EVIL, "text"),))
    kinds = [Picture(kind, EVIL, frame, series, ((EVIL, 1.5),)) for kind in ("bars", "lines", "stacked")] + [table]
    slides = tuple(
        Slide(f"s{i}", EVIL, picture, source=EVIL, notes=EVIL, own_note=EVIL, facts=((EVIL, EVIL),)) for i, picture in enumerate(kinds)
    )
    return Deck(EVIL, EVIL, "th", slides, True, ((EVIL, EVIL),))


def test_the_html_is_one_small_file_that_asks_for_nothing(shipped):
    content = html_deck(ban_duea())
    assert len(content) <= 6_000_000
    page = HTMLParser(content)
    assert page.css("link, img, iframe, object, embed, audio, video, script[src], base, form") == []
    assert "default-src 'none'" in page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    text = content.decode()
    assert set(re.findall(r"url\((?!\"data:|#)[^)]*\)", text)) == set() and "@import" not in text
    assert page.css_first("html").attributes["lang"] == "th"


def test_the_html_shows_the_numbers_of_the_powerpoint(shipped):
    deck = ban_duea()
    page = HTMLParser(html_deck(deck))
    shown = {section.attributes["data-word"]: section.text() for section in page.css(".slide")}
    assert list(shown) == list(AGENCY)
    for word, made in charts(deck).items():
        for chart in made:
            for value in (abs(v) for series in cached(chart) for v in series if v):
                if word not in ("change_waterfall", "compare_all", "aim"):
                    assert f"{value:.2f}" in shown[word] or f"{value:.0f}" in shown[word], (word, value)
    for number in ("84.43", "88.94", "+6.67", "-4.88"):
        assert number in shown["change_waterfall"]
    assert "7.67" in shown["aim"] and "-4.88" in shown["aim"]


def test_names_can_carry_no_code_into_html_and_svg():
    page = HTMLParser(html_deck(evil_deck()))
    assert len(page.css("script")) == 1 and "presentDeck" in page.css_first("script").text()
    assert len(page.css(".slide")) == 4
    for section in page.css(".slide"):
        assert EVIL in section.css_first("h2").text() and EVIL in section.css_first(".notes").text()
        for drawing in section.css("svg"):
            root = etree.fromstring(drawing.html.encode())
            assert root.find("{*}title").text == EVIL
            assert not list(root.iter("{*}script"))


# --- drawings -------------------------------------------------------------------------------------------------------------------


def pictures(deck: Deck):
    return [(slide.word, slide.picture) for slide in deck.slides if slide.picture is not None and slide.picture.kind != "table"]


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_every_drawing_of_short_frames(shipped, rows):
    for word, picture in pictures(ban_duea()):
        frame = picture.frame.head(rows).reset_index(drop=True)
        drawing = svg.draw(replace(picture, frame=frame), 1184, 470, 24)
        assert (drawing == "") == (rows == 0), word
        assert drawing == "" or etree.fromstring(drawing.encode()).find("{*}desc").text


def placed(drawing: str):
    """Each text of a drawing with the room that it takes: left, right, baseline, size."""
    for node in etree.fromstring(drawing.encode()).iter("{*}text"):
        x, size = float(node.get("x")), float(node.get("font-size"))
        wide = marks.text_width(node.text, size)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor")]
        yield node.text, left, left + wide, float(node.get("y")), size


@pytest.mark.parametrize("words", [TH, EN], ids=["th", "en"])
@pytest.mark.parametrize("width, height", [(1184, 470), (952, 530), (1184, 394)])
def test_type_is_large_and_lies_inside_the_drawing(shipped, words, width, height):
    for word, picture in pictures(ban_duea(words)):
        for text, left, right, baseline, size in placed(svg.draw(picture, width, height, 24)):
            assert size >= 22, (word, text)
            assert left >= -2 and right <= width + 2 and size * 0.9 <= baseline <= height, (word, text)


def test_hatching_is_not_shared_between_drawings(sample):
    marks = [
        re.findall(r'id="(hatch[^"]+)"', drawing)
        for drawing in (
            svg.draw(picture, width, 400, 24) for width in (900, 1184) for _, picture in pictures(agency_deck("s0001", "x", 2567, TH))
        )
    ]
    ids = [mark for found in marks for mark in found]
    assert ids and len(ids) == len(set(ids))


@given(st.lists(st.floats(0, 100).map(lambda v: round(v, 2)), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_values(values):
    picture = Picture(
        "bars", "t", DataFrame({"label": [str(i) for i in range(len(values))], "v": values}), (Series("v", "v", "main"),), (("85", 85.0),)
    )
    root = etree.fromstring(svg.draw(picture, 1184, 470, 24).encode())
    widths = [float(node.get("width")) for node in root.iter("{*}rect")]
    unit = max(widths) / max(values) if max(values) else 0
    assert all(abs(width - value * unit) < 0.2 for width, value in zip(widths, values, strict=True))
    assert [node.text for node in root.iter("{*}text") if node.get("paint-order")] == [f"{value:.2f}" for value in values]


@given(st.lists(st.integers(-3000, 3000), max_size=11), st.integers(0, 10000))
def test_a_waterfall_ends_where_its_steps_lead(steps, first):
    last = first + sum(steps)
    roles = ["total", *("rise" if s > 0 else "fall" if s < 0 else "none" for s in steps), "total"]
    frame = DataFrame({"label": range(len(roles)), "role": roles, "points": [v / 100 for v in (first, *steps, last)]})
    begins, ends = running(frame)
    assert abs(ends[-2] - ends[-1]) < 1e-9
    assert all(abs(begin - end) < 1e-9 for begin, end in zip(begins[1:-1], ends, strict=False))


@given(st.floats(-200, 200), st.floats(0.01, 200))
def test_ticks_are_round_and_inside(low, span):
    found = style.ticks(low, low + span)
    assert all(low - 1e-6 <= tick <= low + span + 1e-6 for tick in found) and len(found) <= 7


@pytest.mark.parametrize(
    "value, decimals, signed, text",
    [
        (-0.001, 2, True, "0.00"),
        (4.51, 2, True, "+4.51"),
        (-4.88, 2, True, "-4.88"),
        (None, 2, False, "–"),
        (float("nan"), 0, False, "–"),
        (14, 0, False, "14"),
        (88.94, 2, False, "88.94"),
    ],
)
def test_numbers_are_printed_as_people_read_them(value, decimals, signed, text):
    assert printed(value, decimals, signed) == text


# --- the choice of slides -------------------------------------------------------------------------------------------------------


def test_slides_come_in_the_chosen_order_with_their_notes(shipped):
    deck = ban_duea().chosen(["aim", "nothing", "verdict"], {"verdict": "หมายเหตุ <b>"})
    assert [(slide.word, slide.own_note) for slide in deck.slides] == [("aim", ""), ("verdict", "หมายเหตุ <b>")]
    page = HTMLParser(html_deck(deck))
    assert [section.attributes["data-word"] for section in page.css(".slide")] == ["aim", "verdict"]
    assert "หมายเหตุ <b>" in page.css(".slide")[1].css_first(".own").text()
    presented = Presentation(io.BytesIO(pptx(deck)))
    assert any("หมายเหตุ <b>" in shape.text_frame.text for shape in presented.slides[1].shapes if shape.has_text_frame)


# --- the hand-out ---------------------------------------------------------------------------------------------------------------


def pdf_pages(content: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert all((round(page.width), round(page.height)) == (595, 842) for page in pdf.pages)
        return [page.extract_text() for page in pdf.pages]


@pytest.mark.parametrize("words", [TH, EN], ids=["th", "en"])
def test_the_hand_out_is_two_pages_of_a4_that_say_where_from(shipped, words):
    deck = ban_duea(words)
    first, second = pdf_pages(handout.handout(deck))
    for number in ("88.94", "84.43", "81.38", "67.75"):
        assert number in first
    for number in ("7.25", "14", "7.67", "4.88"):
        assert number in second
    assert "1 / 2" in first and "2 / 2" in second
    assert "2568" in second and "002" in second  # the filters and the file of the source
    page = HTMLParser(handout.handout_html(deck))
    assert len(page.css(".sheet")) == 2 and page.css("script, link, img") == []
    assert unescape(deck.slides[0].headline) == page.css_first("h1").text()


@pytest.mark.parametrize("words", [TH, EN], ids=["th", "en"])
def test_what_the_hand_out_says_can_be_searched_and_copied(shipped, words):
    """As the library of Chrome's viewer reads it: every label whole, no mark twice."""
    deck = ban_duea(words)
    document = pypdfium2.PdfDocument(handout.handout(deck))
    read = re.sub(r"\s+", "", "".join(page.get_textpage().get_text_range() for page in document))
    for slide in deck.slides:
        if slide.word in handout.SHOWN:
            said = [slide.headline, slide.more] + ([] if slide.picture is None else [str(one) for one in slide.picture.frame.iloc[:, 0]])
            assert [text for text in said if re.sub(r"\s+", "", text) not in read] == [], slide.word
    assert re.search("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1", read) is None


def test_every_agency_and_year_of_the_sample_makes_slides_and_hand_outs(sample):
    pairs = sample.sql(
        "select agency_id, fiscal_year from assessment where total_shown is not null union "
        "select agency_id, fiscal_year from measure where agency_id is not null order by all"
    ).fetchall()
    for at, (agency, year) in enumerate(pairs):
        deck = agency_deck(agency, agency, year, (TH, EN)[at % 2])  # in both languages, word by word: the tests above
        assert deck.synthetic
        shown = deck.chosen([slide.word for slide in deck.slides if slide.picture is not None], {})
        assert HTMLParser(html_deck(shown)).css(".made-up")
        if at % 3:  # the dear two by turns: each language has both
            assert len(pdf_pages(handout.handout(deck))) == 2
        else:
            assert len(Presentation(io.BytesIO(pptx(shown))).slides) == len(shown.slides)


def test_synthetic_data_say_so_in_every_export(sample):
    deck, mark = agency_deck("s0001", "x", 2568, TH), TH("slide.synthetic")
    assert mark in handout.handout_html(deck)
    for page in Presentation(io.BytesIO(pptx(deck))).slides:
        assert any(mark in shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        assert mark in page.notes_slide.notes_text_frame.text
    # In English, for readers of PDF take Thai marks apart.
    assert EN("slide.synthetic") in pdf_pages(handout.handout(agency_deck("s0001", "x", 2568, EN)))[0]


def test_an_agency_without_data_makes_slides_that_say_so(shipped):
    deck = agency_deck("nobody", "ไม่มี", 2568, TH)
    assert all(slide.picture is None and slide.empty for slide in deck.slides)
    assert len(pdf_pages(handout.handout(deck))) == 2
    assert len(Presentation(io.BytesIO(pptx(deck))).slides) == len(AGENCY)
    assert group_deck([], "ไม่มี", 2568, TH).slides[0].empty


def test_the_hand_outs_of_a_province_by_one_command(sample, tmp_path, capsys):
    members = sample.sql(
        "select agency_id from agency where province = 'ขอนแก่น' and agency_id in (select agency_id from assessment "
        "where fiscal_year in (2567, 2568))"
    ).fetchall()
    assert handout.main(["--province", "ขอนแก่น", "--year", "2568", "--into", str(tmp_path / "out")]) == 0
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == len(members) > 1
    assert all(len(pdf_pages(file.read_bytes())) == 2 for file in files)
    out = capsys.readouterr()
    assert str(len(files)) in out.out and out.err == ""  # no progress bar where nobody watches

    assert handout.main(["--province", "ไม่มีจังหวัดนี้", "--into", str(tmp_path)]) == 1
    assert "ไม่มีจังหวัดนี้" in capsys.readouterr().err
    packed = zipfile.ZipFile(io.BytesIO(handout.zipped((file.name, file.read_bytes()) for file in files)))
    assert packed.namelist() == [file.name for file in files] and packed.testzip() is None
