"""Colours: each stands out from every page, tells apart in every vision, and never carries a meaning alone."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from pages.parts.figures import draw, nation_levels, statuses, style
from pages.parts.present.svg import marks as slides
from pages.parts.say.text import Words
from tests.support.colours import VISIONS, apart, ciede2000, contrast
from tests.test_figures import agency, frame_of, word  # noqa: F401  fixtures

CONFIG = tomllib.loads((Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
PAGES = {
    "light": CONFIG["light"]["backgroundColor"],
    "dark": CONFIG["dark"]["backgroundColor"],
    "projector": "#ffffff",
    "projector, dark": "#000000",
}
MARKS = {
    "main": style.MAIN,
    "quiet": style.QUIET,
    "rise": style.RISE,
    "fall": style.FALL,
    "pass mark": style.LIMIT,
    "peers": style.PEERS,
    "group": style.GROUP,
    "higher": style.HIGHER,
    "lower": style.LOWER,
    **style.INSTRUMENT,
    **style.STATUS,
}
PLAIN = 8  # CIEDE2000: told apart at a glance, also in small marks; just noticeable is about 2.3
TOGETHER = {  # what stands in one figure without being named beside each mark
    "statuses": list(style.STATUS.values()),
    "total, instruments, the pass mark, the nation": [style.MAIN, *style.INSTRUMENT.values(), style.LIMIT, style.QUIET],
    "rise, fall, none, peers, the pass mark": [style.RISE, style.FALL, style.QUIET, style.PEERS, style.LIMIT],
    "ours, the group, the others": [style.MAIN, style.GROUP, style.QUIET],
    "higher, lower, equal": [style.HIGHER, style.LOWER, style.QUIET],
    "ends and middle of the scale of scores": [colour for _, colour in style.SCALE],
    "ends and middle of the scale of higher and lower": [colour for _, colour in style.RELATIVE],
    "levels": nation_levels.STEPS,
}


def test_the_distance_is_that_of_the_published_examples():
    """Pairs of table 1 of Sharma, Wu and Dalal (2005); contrast of WCAG's own two ends; a dichromat confuses its line of colours."""
    for one, other, distance in [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425), ((50, 0, 0), (50, -1, 2), 2.3669), ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195), ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082)]:  # fmt: skip
        assert ciede2000(one, other) == pytest.approx(distance, abs=5e-5)
    assert contrast("#000000", "#ffffff") == pytest.approx(21) and contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert apart("#c8602a", "#948a3c", "deuteranopia") < 4 < apart("#c8602a", "#948a3c")


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("which", TOGETHER)
def test_what_stands_together_is_told_apart(which, vision):
    close = {(one, other): round(apart(one, other, vision), 1) for one, other in itertools.combinations(TOGETHER[which], 2)}
    assert {pair: distance for pair, distance in close.items() if distance < PLAIN} == {}


@pytest.mark.parametrize("page", PAGES)
def test_every_mark_stands_out_from_the_page(page):
    marks = MARKS | {f"level {rank}": colour for rank, colour in enumerate(nation_levels.STEPS, 1)}
    assert {name: colour for name, colour in marks.items() if contrast(colour, PAGES[page]) < 3} == {}


def test_marks_on_slides_stand_out_from_the_paper():
    """Or have an outline that does."""
    seen = {role: slides.COLOURS["compare"] if role in slides.PALE else colour for role, colour in slides.COLOURS.items()}
    assert {role: colour for role, colour in seen.items() if contrast(colour, slides.PAPER) < 3} == {}
    assert contrast(slides.INK, slides.PAPER) > 7 < contrast(slides.QUIET, slides.PAPER)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_of_the_theme_can_be_read(theme):
    """Text, links and the words of the main buttons, on the page and on its quieter ground."""
    colours = CONFIG[theme]
    low = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name in ("textColor", "linkColor", "primaryColor")
        for ground in ("backgroundColor", "secondaryBackgroundColor")
    }
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


def test_words_on_coloured_cells_can_be_read():
    ink = style.INK["light"]
    for scale in (style.SCALE, style.RELATIVE):
        ends = [(one[1], other[1]) for one, other in itertools.pairwise(scale)]
        assert [pair for pair in ends for step in range(21) if contrast(between(*pair, step / 20), ink) < 4.5] == []
    for step, colour in enumerate(nation_levels.STEPS):
        assert contrast(colour, "#ffffff" if step in nation_levels.DEEP else ink) >= 4.5, colour
    assert contrast(style.QUIET, ink) >= 4.5


def between(one: str, other: str, share: float) -> str:
    """The colour that Plotly puts between two of a scale: straight in sRGB."""
    parts = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (one, other)]
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in zip(*parts, strict=True))


# --- never by colour alone ------------------------------------------------------------------------------------------------------


def looks(figure) -> dict[str, set]:
    """Every colour of a figure's marks -> the other ways in which its marks are told: kind and pattern, symbol, dash and width, or the
    sign of the number that is printed in the mark's row."""
    signs = {}
    for note in figure.layout.annotations:
        signs.setdefault(str(note.y), set()).update(re.findall(r"[+-](?=\d)", note.text or ""))
    found: dict[str, set] = {}

    def put(colour, *ways) -> None:
        if isinstance(colour, str) and not colour.startswith("rgba"):
            found.setdefault(colour, set()).add(ways)

    for trace in figure.data:
        if trace.type == "bar":
            rows = list(trace.y if trace.orientation == "h" else trace.x)
            shapes, colours = (every(value, len(rows)) for value in (trace.marker.pattern.shape, trace.marker.color))
            texts = every(trace.text, len(rows))
            for row, colour, shape, text in zip(rows, colours, shapes, texts, strict=True):
                printed = "".join(sorted(signs.get(str(row), ())) or re.findall(r"[+-](?=\d)", text or ""))
                put(colour, "bar", shape or "", printed)
        elif trace.type == "scatter" and trace.marker.opacity != 0:
            if "lines" in trace.mode:
                put(trace.line.color, "line", trace.line.dash, trace.line.width)
            if "markers" in trace.mode:
                rows = list(trace.y if trace.y is not None else [])
                symbols, colours = (every(value, len(rows)) for value in (trace.marker.symbol, trace.marker.color or trace.line.color))
                for row, colour, symbol in zip(rows, colours, symbols, strict=True):
                    put(
                        colour,
                        "mark",
                        symbol or "circle",
                        trace.marker.size if isinstance(trace.marker.size, int) else "",
                        "".join(sorted(signs.get(str(row), ()))),
                        trace.mode,
                    )
    for shape in figure.layout.shapes:
        if shape.type == "line":
            put(shape.line.color, "rule", shape.line.dash, shape.line.width)
    return found


def every(value, count: int) -> list:
    """One value for each of `count` marks."""
    return list(value) if isinstance(value, tuple | list) or hasattr(value, "tolist") else [value] * count


def test_another_colour_is_another_look(word, agency):  # noqa: F811
    """No two marks of a figure differ by colour alone: what a colour says, a pattern, symbol, dash, width or printed sign says too."""
    found = looks(draw(word, frame_of(word, agency), Words("th")))
    alone = [(one, other, found[one] & found[other]) for one, other in itertools.combinations(found, 2) if found[one] & found[other]]
    assert alone == []


def test_colour_scales_print_the_number_in_every_cell(word, agency):  # noqa: F811
    for trace in draw(word, frame_of(word, agency), Words("th")).data:
        if trace.type == "heatmap":
            assert "%{text}" in trace.texttemplate
            cells = [(value, text) for row, texts in zip(trace.z, trace.text, strict=True) for value, text in zip(row, texts, strict=True)]
            assert [text for value, text in cells if value is not None and not re.search(r"\d", text)] == []
            assert trace.textfont.color == style.INK["light"]


def test_every_status_has_its_own_pattern_everywhere():
    """On pages and on slides, where paler boxes have an outline; only what was stated completed is plain on pages."""
    assert len({shape for _, shape in statuses.PARTS.values()}) == len(statuses.PARTS)
    assert [part for part, (_, shape) in statuses.PARTS.items() if not shape] == ["completed_stated"]
    roles = ("completed_stated", "completed_inferred", "in_progress", "not_started", "not_possible", "unknown")
    drawn = [(slides.HATCHED.get(role), role in slides.PALE) for role in roles]
    assert len(set(drawn)) == len(drawn)
