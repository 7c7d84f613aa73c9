"""A picture as static SVG: light, sharp on a projector and on paper, and needing neither a browser library nor a server.

`draw(picture, width, height, size)` gives one <svg> element; `size` is the type size in the same units as width and height.
A picture is told apart without colour too: by markers and dashes in lines, by hatching in stacks, by signs at the ends of bars.
Colours are those of the pages' theme, a blue against an orange, which the colour-blind tell apart.
"""

import re
import zlib
from functools import lru_cache
from html import escape

from pages.parts.figures import style
from pages.parts.present.svg import marks
from pages.parts.present.svg.bars import bars, stacked
from pages.parts.present.svg.lines import lines
from pages.parts.present.svg.multiples import multiples
from pages.parts.present.svg.spread import spread
from pages.parts.present.svg.strip import strip
from pages.parts.present.svg.waterfall import waterfall

DRAWINGS = {
    **{"lines": lines, "bars": bars, "stacked": stacked, "waterfall": waterfall},
    **{"strip": strip, "multiples": multiples, "spread": spread},
}


@lru_cache(maxsize=512)
def draw(picture, width: float, height: float, size: float, finding: str = "") -> str:
    """The picture as an <svg> element; "" for a table or an empty frame. For those who do not see it: its name with the `finding`, the
    sentence that it shows, and its numbers in <desc>.

    `size` is the size of type where the drawing is `width` wide; strokes and markers keep their proportion to it.
    """
    if picture.kind not in DRAWINGS or picture.frame.empty:
        return ""
    width, height = width * marks.TYPE / size, height * marks.TYPE / size
    drawing = DRAWINGS[picture.kind](picture, width, height, marks.TYPE)
    mark = f"{zlib.crc32(f'{width} {height} {drawing}'.encode()):x}"
    defs = marks.patterns([s.role for s in picture.series] + list(picture.frame.get("role", [])), marks.TYPE, mark)
    drawing = re.sub(r"url\(#(hatch-\w+)\)", rf"url(#\1-{mark})", drawing)
    name = escape(f"{picture.title}. {finding}" if finding else picture.title)
    words = f"<title>{escape(picture.title)}</title><desc>{escape(picture.alt)}</desc>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{name}" '
        f'font-family="{escape(style.FONT)}">'
        + words + (f"<defs>{defs}</defs>" if defs else "") + drawing + "</svg>"
    )  # fmt: skip
