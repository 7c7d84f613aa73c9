"""The slides as PowerPoint: native text and native charts with their data, so that everybody can go on working on them.

All lengths are units of a stage of 1280x720 until `Stage` turns them into those of the presentation. Fonts are those of the theme, for
Latin and for complex script, so that one change of the theme's fonts changes the whole file.
"""

import io
from copy import deepcopy
from datetime import UTC, datetime

from lxml import etree

from pages.parts.present.pptx.charts import CHARTS, chart_faces, table
from pages.parts.present.pptx.template import UnusableTemplate, layout_of, opened, theme_fonts, usable
from pages.parts.present.pptx.text import Stage, described, faces, fitting, lines_of, say, write
from pages.parts.present.slide import Deck, Slide
from pages.parts.present.svg.marks import text_width
from pages.parts.say.text import Words
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn

__all__ = ["UnusableTemplate", "pptx", "usable"]


def _number(slide, layout, stage: Stage, language: str) -> None:
    """The slide's number: the layout's own place for it, else the corner."""
    place = next((shape for shape in layout.placeholders if shape.placeholder_format.type == 13), None)
    if place is not None:
        shape = deepcopy(place._element)
        slide.shapes._spTree.append(shape)
        body = shape.find(qn("p:txBody"))
        for paragraph in body.findall(qn("a:p")):
            body.remove(paragraph)
    else:
        body = write(slide.shapes, stage.box(1160, 680, 72, 28), [[]], language)._element.find(qn("p:txBody"))
        body.remove(body.find(qn("a:p")))
    paragraph = etree.SubElement(body, qn("a:p"))
    field = etree.SubElement(paragraph, qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    faces(etree.SubElement(field, qn("a:rPr"), sz=str(int(stage.points(14).pt * 100))), language)
    etree.SubElement(field, qn("a:t")).text = "‹#›"


def _headline(page, stage: Stage, deck: Deck, slide: Slide) -> float:
    """The finding and what adds to it; where the room beneath begins."""
    alone = slide.picture is None and not slide.empty  # the sentence is the slide
    size = fitting(slide.headline, 1184, 4 if alone else 2, (36, 32) if alone else (28, 26, 24, 22, 20, 18))
    high = 240 if alone else 46 * min(lines_of(slide.headline, 1184, size), 2)
    box = stage.box(48, 52, 1184, high)
    if page.shapes.title is not None:
        title = page.shapes.title
        title.left, title.top, title.width, title.height = box
        frame = title.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        say(frame.paragraphs[0], slide.headline, deck.language, stage.points(size), None, None, heading=True)
    else:
        write(page.shapes, box, [[(slide.headline, stage.points(size), True, None)]], deck.language)
    top = 52 + high + 8
    if slide.more and slide.picture is not None:
        size = fitting(slide.more, 1184, 2, (16, 15, 14, 13, 12))
        high = 26 * min(lines_of(slide.more, 1184, size), 2)
        write(page.shapes, stage.box(48, top, 1184, high), [[(slide.more, stage.points(size), None, "#4a5663")]], deck.language)
        top += high + 6
    return top


def _facts(page, stage: Stage, deck: Deck, slide: Slide, top: float) -> None:
    wants = [text_width(value, 53) * 1.25 + text_width(f"  {name}", 21) * 1.25 + 24 for value, name in slide.facts]
    at = 48.0
    for (value, name), want in zip(slide.facts, wants, strict=True):
        wide = want * min(1.0, 1184 / sum(wants))
        parts = [(value, stage.points(40), True, None), (f"  {name}", stage.points(16), None, "#4a5663")]
        write(page.shapes, stage.box(at, top, wide, 62), [parts], deck.language)
        at += wide


def _picture(page, stage: Stage, deck: Deck, slide: Slide, words: Words, box) -> None:
    picture = slide.picture
    if picture is None:
        write(page.shapes, box, [[(slide.empty or slide.more, stage.points(22), None, "#4a5663")]], deck.language)
    elif picture.kind == "table":
        for shape, name, alt in table(page.shapes, box, picture, stage, deck, lambda n: words("slide.more", n=n)):
            described(shape, name, alt)
    else:
        for shape, name, alt in CHARTS[picture.kind](page.shapes, box, picture, stage, deck.language):
            chart_faces(shape.chart, deck.language, stage.points(15))
            described(shape, name, alt)


def _add(presentation, layout, stage: Stage, deck: Deck, slide: Slide, words: Words) -> None:
    page = presentation.slides.add_slide(layout)
    language = deck.language
    for extra in [shape for shape in page.placeholders if shape.placeholder_format.type not in (1, 3)]:
        extra._element.getparent().remove(extra._element)
    line = [(f"{deck.title} · {deck.subtitle}", stage.points(15), None, "#4a5663")]
    if deck.synthetic:
        line.append((f"   {words('slide.synthetic')}", stage.points(15), True, "#8a2d00"))
    top = _headline(page, stage, deck, slide)
    write(page.shapes, stage.box(48, 20, 1184, 28), [line], language)
    if slide.facts:
        _facts(page, stage, deck, slide, top)
        top += 70
    bottom = 664 - (40 if slide.own_note else 0)
    _picture(page, stage, deck, slide, words, stage.box(48, top, 1184, bottom - top))
    if slide.own_note:
        note = words("slide.own_note", note=slide.own_note)
        write(page.shapes, stage.box(48, 630, 1184, 32), [[(note, stage.points(16), True, "#7a4b00")]], language)
    size = stage.points(fitting(slide.source, 1090, 1, (14, 13, 12, 11, 10)))
    write(page.shapes, stage.box(48, 680, 1090, 28), [[(slide.source, size, None, "#4a5663")]], language)
    _number(page, layout, stage, language)
    notes = page.notes_slide.notes_text_frame
    for i, text in enumerate(slide.notes.splitlines() or [""]):
        say(notes.paragraphs[0] if i == 0 else notes.add_paragraph(), text, language)


def pptx(deck: Deck, template: bytes | None = None) -> bytes:
    """The deck as a .pptx file. `template`: a .pptx or .potx of the user's own, whose theme, master and size are kept and slides left out.

    UnusableTemplate: the template cannot be opened or has no layout.
    """
    presentation = opened(template)
    words, layout, stage = deck.words, layout_of(presentation), Stage(presentation)
    for slide in deck.slides:
        _add(presentation, layout, stage, deck, slide, words)
    if deck.slides and template is None:
        theme_fonts(presentation.notes_master.part)
    about = presentation.core_properties
    about.title, about.subject, about.language = f"{deck.title} · {deck.subtitle}", deck.subtitle, deck.language
    about.author, about.comments = "", "\n".join(f"{name}: {value}" for name, value in deck.about)[:250]
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()
