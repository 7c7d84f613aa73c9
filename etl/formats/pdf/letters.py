"""The letters of a page: where each stands, which way it is turned, and why nobody sees it, where nobody does.

pdfminer tells what a page draws; what of it shows is told here by the rules of ISO 32000: rendering modes (9.3.6), clipping (8.5.4),
optional content (8.11), and what is painted over what (8.2), kept as a small picture of the page while it is drawn.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTLine, LTRect
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, decode_text, mult_matrix
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from etl.formats.symbols import symbol

Box = tuple[float, float, float, float]

_FINEST, _MOST_SQUARES = 2, 1_000  # points a square of the picture of what is painted, and squares along a side
_SAME_COLOUR = 0.06  # of full ink: no eye tells such colours apart
_TOO_SMALL = 1.5  # points high
_LEVEL = 0.002  # of a step across: less than two points on a page
_ASLANT = 10  # degrees: a scan drawn on is askew by less, a stamp across the page by more
_LARGEST = 40  # points: no letter that is struck out is larger
_THIN = 3  # points: a bar, not an area
_LONGEST_MEANT = 8  # letters: a shape or a syllable; longer texts are descriptions of what is drawn
_EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
_UNKNOWN = -1  # what is painted with a picture, a pattern, or half transparent

# Why a letter is not seen.
INVISIBLE, LAYER, OUTSIDE, SMALL, SAME_COLOUR, COVERED, ASLANT, STRUCK = (
    "invisible layer outside small colour covered aslant struck".split()
)


@dataclass(slots=True)
class Letter:
    """A letter at its place on the page (points, from the top left); `unseen`: why it does not show, else empty."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    baseline: float
    turned: int = 0  # degrees against the clock: 0, 90, 180, 270
    unseen: str = ""
    order: int = 0  # letters and areas are painted one after the other

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of what has ink: accents and the room below the line apart."""
        if self.turned in (90, 270):
            return self.baseline + (-0.25 if self.turned == 90 else 0.25) * self.size, (self.top + self.bottom) / 2
        return (self.x0 + self.x1) / 2, self.baseline + (0.25 if self.turned == 180 else -0.25) * self.size


@dataclass
class Drawn:
    """What a page draws: letters in the order of the file, thin level bars (x0, x1, y), and the boxes of pictures."""

    letters: list[Letter] = field(default_factory=list)
    bars: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: list[tuple[Box, int]] = field(default_factory=list)  # with the order of those that nothing shows through, else 0


def drawn(page: Page, layers_off: "LayersOff") -> Drawn:
    """Draws a page; `page` then knows its lines and rectangles. Fails as the library fails: in any way where the file is damaged."""
    device = _Device(page)
    interpreter = _Interpreter(page.pdf.rsrcmgr, device)
    interpreter.layers_off = layers_off
    interpreter.process_page(page.page_obj)
    page._layout = device.get_result()  # what pdfplumber would have drawn itself
    for letter in device.drawn.letters:
        if not letter.unseen and device.picture.covered(letter):
            letter.unseen = COVERED
    return device.drawn


class LayersOff:
    """Which optional content a viewer does not show when it opens the file (8.11.4.3: the default configuration)."""

    def __init__(self, pdf: PDF):
        self._properties = dict_value(pdf.doc.catalog.get("OCProperties") or {})

    @cached_property
    def _off(self) -> set[int]:
        default = dict_value(self._properties.get("D") or {})
        if resolve1(default.get("BaseState")) == PSLiteral("OFF") or getattr(resolve1(default.get("BaseState")), "name", "") == "OFF":
            on = {ref.objid for ref in list_value(default.get("ON") or [])}
            return {ref.objid for ref in list_value(self._properties.get("OCGs") or [])} - on
        return {ref.objid for ref in list_value(default.get("OFF") or []) if hasattr(ref, "objid")}

    def hide(self, content: object) -> bool:
        """Whether `content`, a reference to a group or to a membership of groups, does not show."""
        if not self._properties:
            return False
        if getattr(content, "objid", None) in self._off:
            return True
        membership = resolve1(content)
        if not isinstance(membership, dict) or "OCGs" not in membership:
            return False
        groups = membership["OCGs"]
        if isinstance(resolve1(groups), list):
            groups = resolve1(groups)
        off = [getattr(group, "objid", None) in self._off for group in (groups if isinstance(groups, list) else [groups])]
        policy = getattr(resolve1(membership.get("P")), "name", "AnyOn")
        shown = {"AllOn": not any(off), "AnyOff": any(off), "AllOff": all(off)}.get(policy, not all(off))
        return bool(off) and not shown


class _State(PDFGraphicState):
    """A graphic state that also knows the box that it is clipped to (as drawn on the page) and whether it paints opaque."""

    def __init__(self) -> None:
        super().__init__()
        self.clip: Box = _EVERYWHERE
        self.opaque = True

    def copy(self) -> "_State":
        copied = _State()
        copied.__dict__.update(self.__dict__)
        return copied


class _Interpreter(PDFPageInterpreter):
    layers_off: LayersOff
    outer: _State | None = None  # the state in which a form is drawn

    def subinterp(self) -> "_Interpreter":
        inner = super().subinterp()
        inner.layers_off, inner.outer = self.layers_off, self.graphicstate.copy()
        return inner

    def init_state(self, ctm) -> None:
        super().init_state(ctm)
        self.graphicstate = self.outer or _State()

    def do_W(self) -> None:
        """The path clips what comes after it: its box is taken, so that at most too much is taken for seen."""
        points = [apply_matrix_pt(self.ctm, part[at : at + 2]) for part in self.curpath for at in range(1, len(part) - 1, 2)]
        if points:
            xs, ys = zip(*points, strict=True)
            before = self.graphicstate.clip
            self.graphicstate.clip = max(before[0], min(xs)), max(before[1], min(ys)), min(before[2], max(xs)), min(before[3], max(ys))

    do_W_a = do_W

    def do_gs(self, name) -> None:
        state = dict_value(dict_value(self.resources.get("ExtGState") or {}).get(literal_name(name)) or {})
        if state.keys() & {"ca", "BM", "SMask"}:
            blend = resolve1(state.get("BM", PSLiteral("Normal")))
            blend = resolve1(blend[0]) if isinstance(blend, list) and blend else blend
            masked = getattr(resolve1(state.get("SMask")), "name", "None") != "None" or isinstance(resolve1(state.get("SMask")), dict)
            full = float(resolve1(state.get("ca", 1))) > 0.95
            self.graphicstate.opaque = full and getattr(blend, "name", "") in ("Normal", "Compatible") and not masked

    def do_sh(self, name) -> None:
        self.device.painted(self.graphicstate.clip, _UNKNOWN)

    def do_BDC(self, tag, props) -> None:
        if isinstance(props, PSLiteral):
            props = dict_value(self.resources.get("Properties") or {}).get(props.name)
        if getattr(tag, "name", "") == "OC":
            self.device.begin_layer(self.layers_off.hide(props))
        else:
            props = resolve1(props)
            self.device.begin_layer(False, resolve1(props.get("ActualText")) if isinstance(props, dict) else None)

    def do_BMC(self, tag) -> None:
        self.device.begin_layer(False)

    def do_EMC(self) -> None:
        self.device.end_layer()

    def do_Do(self, xobjid_arg) -> None:
        inside = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        content = getattr(inside, "attrs", {}).get("OC")
        self.device.begin_layer(content is not None and self.layers_off.hide(content))
        box = getattr(inside, "attrs", {}).get("BBox")
        clip = self.graphicstate.clip
        if box is not None and len(list_value(box)) == 4:
            matrix = mult_matrix(list_value(inside.attrs.get("Matrix") or (1, 0, 0, 1, 0, 0)), self.ctm)
            x0, y0, x1, y1 = apply_matrix_rect(matrix, [float(resolve1(one)) for one in list_value(box)])
            self.graphicstate.clip = max(clip[0], x0), max(clip[1], y0), min(clip[2], x1), min(clip[3], y1)
        elif getattr(inside, "attrs", {}).get("Subtype") is not None:
            clear = not self.graphicstate.opaque or inside.attrs.keys() & {"SMask", "Mask", "ImageMask"}
            self.device.picture_drawn(apply_matrix_rect(self.ctm, (0, 0, 1, 1)), not clear)
        super().do_Do(xobjid_arg)
        self.graphicstate.clip = clip
        self.device.end_layer()

    def do_EI(self, obj) -> None:
        self.device.picture_drawn(apply_matrix_rect(self.ctm, (0, 0, 1, 1)), self.graphicstate.opaque)
        super().do_EI(obj)


class _Device(PDFPageAggregator):
    """Letters as `Letter`s; lines, rectangles and pictures as the library has them, for its search for tables."""

    def __init__(self, page: Page):
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number)
        self.left, self.height = page.mediabox[0], page.height + page.mediabox[1]
        self.seen: Box = page.cropbox
        self.picture = _Picture(self.left, page.mediabox[1], page.width, page.height)
        self.drawn = Drawn()
        # Of the marked content that is open: whether it is switched off, what its letters mean, and the first of them.
        self.layers: list[tuple[bool, object, int]] = []
        self.mode = 0

    def begin_layer(self, off: bool, meant: object = None) -> None:
        self.layers.append((off or self.off, meant, len(self.drawn.letters)))

    def end_layer(self) -> None:
        if self.layers:
            _, meant, first = self.layers.pop()
            letters = self.drawn.letters
            if isinstance(meant, bytes) and 0 < len(letters) - first <= _LONGEST_MEANT:
                letters[first:] = _as_meant(letters[first:], decode_text(meant))

    @property
    def off(self) -> bool:
        return bool(self.layers and self.layers[-1][0])

    def on_page(self, box: Box) -> Box:
        """A box of the drawing, from the bottom left, as one of the page from the top left."""
        x0, y0, x1, y1 = box
        return x0 + self.left, self.height - y1, x1 + self.left, self.height - y0

    def set_ctm(self, ctm) -> None:
        """A drawing askew by less than an eye sees is taken for level: tables are made of level lines."""
        a, b, c, d, e, f = ctm
        super().set_ctm((a, 0, 0, d, e, f) if max(abs(b), abs(c)) < _LEVEL * min(abs(a), abs(d)) else ctm)

    def picture_drawn(self, box: Box, hides: bool) -> None:
        if not self.off:
            self.painted(box, _UNKNOWN)
            self.drawn.pictures.append((self.on_page(box), self.picture.orders if hides else 0))

    def painted(self, box: Box, colour: object, covers: bool = False) -> None:
        if not self.off:
            self.picture.paint(self.on_page(box), colour, covers)

    def render_image(self, name, stream) -> None:
        if not self.off:
            super().render_image(name, stream)

    def paint_path(self, gstate, stroke, fill, evenodd, path) -> None:
        if self.off:
            return
        count = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if "".join(part[0] for part in path).count("m") > 1 or len(self.cur_item._objs) == count:
            return  # each part of the path came here by itself
        shape = self.cur_item._objs[-1]
        x0, top, x1, bottom = self.on_page(shape.bbox)
        if isinstance(shape, LTLine | LTRect) and bottom - top < _THIN < x1 - x0:
            self.drawn.bars.append((x0, x1, (top + bottom) / 2))
        elif fill and isinstance(shape, LTRect):
            clip = gstate.clip
            inner = max(shape.x0, clip[0]), max(shape.y0, clip[1]), min(shape.x1, clip[2]), min(shape.y1, clip[3])
            self.painted(inner, _rgb(gstate.ncolor, gstate.ncs) if gstate.opaque else _UNKNOWN, gstate.opaque)
        elif fill:
            self.painted(shape.bbox, _UNKNOWN)

    def render_string(self, textstate, seq, ncs, graphicstate) -> None:
        self.mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate) -> float:
        try:
            text = font.to_unichr(cid)
        except Exception:  # undefined, or a map of letters that is damaged
            text = f"(cid:{cid})"
        text = symbol(font.fontname if isinstance(font.fontname, str) else "", cid, text)
        advance = font.char_width(cid) * fontsize * scaling
        if font.is_vertical():
            vx, vy = font.char_disp(cid)
            vx, vy = fontsize * 0.5 if vx is None else vx * fontsize * 0.001, (1000 - vy) * fontsize * 0.001
            box = (-vx, vy + rise + advance, -vx + fontsize, vy + rise)
        else:
            low = font.get_descent() * fontsize + rise
            box = (0, low, advance, low + fontsize)
        x0, top, x1, bottom = self.on_page(apply_matrix_rect(matrix, box))
        turned, aslant = _turned(matrix, scaling)
        across, down = apply_matrix_pt(matrix, (0, rise))
        line = across + self.left if turned in (90, 270) else self.height - down
        size = x1 - x0 if turned in (90, 270) or font.is_vertical() else bottom - top
        letter = Letter(text, x0, top, x1, bottom, size, line, turned)
        letter.unseen = ASLANT if aslant else self._unseen(letter, graphicstate, ncs)
        letter.order = self.picture.orders
        self.drawn.letters.append(letter)
        return advance

    def _unseen(self, letter: Letter, state: _State, ncs) -> str:
        if self.off:
            return LAYER
        if self.mode in (3, 7):
            return INVISIBLE
        x, y = letter.centre
        left, below, right, above = state.clip
        on_page = self.seen[0] <= x <= self.seen[2] and self.seen[1] <= y <= self.seen[3]
        if not on_page or not (left <= x - self.left <= right and below <= self.height - y <= above):
            return OUTSIDE
        if letter.size < _TOO_SMALL:
            return SMALL
        colour = _rgb(state.scolor, state.scs) if self.mode in (1, 5) else _rgb(state.ncolor, ncs)
        return SAME_COLOUR if state.opaque and self.picture.has(colour, x, y) else ""


class _Picture:
    """What is painted where, in squares of some points: the colour of the area painted last, and when one that covers was painted."""

    def __init__(self, left: float, top: float, width: float, height: float):
        self.left, self.top = left, top
        self.square = max(_FINEST, max(width, height) / _MOST_SQUARES)
        self.shape = max(1, math.ceil(height / self.square)), max(1, math.ceil(width / self.square))
        self.orders = 0
        self.colours: list[object] = [(1.0, 1.0, 1.0)]  # the paper

    @cached_property
    def under(self) -> numpy.ndarray:
        return numpy.zeros(self.shape, numpy.int32)

    @cached_property
    def covers(self) -> numpy.ndarray:
        return numpy.zeros(self.shape, numpy.int32)

    def paint(self, box: Box, colour: object, covers: bool) -> None:
        rows, columns = self.shape
        x0, x1 = (min(max((x - self.left) / self.square, 0), columns) for x in (box[0], box[2]))
        y0, y1 = (min(max((y - self.top) / self.square, 0), rows) for y in (box[1], box[3]))
        where = slice(round(y0), round(y1)), slice(round(x0), round(x1))
        if self.colours[-1] != colour:
            self.colours.append(colour)
        self.under[where] = len(self.colours) - 1
        self.orders += 1
        if covers:
            self.covers[where] = self.orders

    def _at(self, x: float, y: float) -> tuple[int, int]:
        rows, columns = self.shape
        return min(max(int((y - self.top) / self.square), 0), rows - 1), min(max(int((x - self.left) / self.square), 0), columns - 1)

    def has(self, colour: object, x: float, y: float) -> bool:
        """Whether what is painted at a point has that colour."""
        under = self.colours[self.under[self._at(x, y)]] if self.orders else self.colours[0]
        if colour == _UNKNOWN or under == _UNKNOWN:
            return False
        return all(abs(one - other) < _SAME_COLOUR for one, other in zip(colour, under, strict=True))

    def covered(self, letter: Letter) -> bool:
        return self.orders > letter.order and self.covers[self._at(*letter.centre)] > letter.order


def _as_meant(letters: list[Letter], text: str) -> list[Letter]:
    """Letters with the text that the file gives for them (14.9.4): programs break Thai letters into shapes that mean nothing alone."""
    if len(text) > _LONGEST_MEANT:
        return letters
    if len(text) == len(letters):
        for letter, meant in zip(letters, text, strict=True):
            letter.text = meant
        return letters
    first = letters[0]
    first.text = text
    first.x0, first.x1 = min(one.x0 for one in letters), max(one.x1 for one in letters)
    return letters[:1]


def _turned(matrix, scaling: float) -> tuple[int, bool]:
    """Which way a letter is turned, to the nearest quarter, and whether it stands aslant or in a mirror."""
    a, b, c, d = matrix[:4]
    if b == 0 and c == 0 and a > 0 and d > 0 and scaling > 0:
        return 0, False
    if (a * d - b * c) * scaling <= 0:
        return 0, True
    angle = math.degrees(math.atan2(b * scaling, a * scaling)) % 360
    quarter = round(angle / 90) * 90
    return quarter % 360, abs(angle - quarter) > _ASLANT


def _rgb(colour, space) -> object:
    """A colour as parts of red, green and blue; unknown for patterns, and for inks whose mixture the file would have to tell."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if getattr(space, "name", "") in ("Separation", "DeviceN", "Indexed", "Lab", "Pattern") or not all(
        isinstance(part, int | float) for part in parts
    ):
        return _UNKNOWN
    if len(parts) == 1:
        return parts * 3
    if len(parts) == 4:
        return tuple((1 - part) * (1 - parts[3]) for part in parts[:3])
    return parts if len(parts) == 3 else _UNKNOWN


def struck(letters: Iterable[Letter], bars: list[tuple[float, float, float]], corners: set[float]) -> list[Letter]:
    """Letters with a bar through their middle. A bar begins and ends with its letters; the rules of a table, which end at one of the
    table's upright lines (`corners`: where these stand), are none."""
    seen = sorted((letter for letter in letters if not letter.unseen and not letter.turned), key=lambda one: one.baseline)
    baselines = [letter.baseline for letter in seen]
    through: list[Letter] = []
    for x0, x1, y in bars:
        if any(abs(x0 - corner) < 1 or abs(x1 - corner) < 1 for corner in corners):
            continue
        near = seen[bisect_left(baselines, y) : bisect_left(baselines, y + _LARGEST)]
        crossed = [one for one in near if 0.12 < (one.baseline - y) / one.size < 0.5 and x0 - 1 <= (one.x0 + one.x1) / 2 <= x1 + 1]
        crossed = [one for one in crossed if one.text.strip()]
        if crossed and min(one.x0 for one in crossed) - x0 < crossed[0].size and x1 - max(one.x1 for one in crossed) < crossed[0].size:
            through += crossed
    return through
