"""How Word shows a run of text: hidden, struck out, raised, in a symbol font, by itself or by its styles."""

from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml import etree

from etl.formats.seen import hidden, raised, struck
from etl.formats.symbols import is_symbol_font, lettered

_DEEPEST_STYLE = 20


@dataclass(frozen=True)
class Look:
    """How text is shown."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    font: str | None = None
    white: bool = False

    def draws(self, text: str, font: str | None = None) -> str:
        """`text` in this look; `font` for a single symbol of another font."""
        text = lettered(text, font or self.font)
        text = raised(text) if self.raised else text
        if self.hidden:
            return hidden(text)
        return struck(text) if self.struck else text


class Looks:
    """The looks of runs. `styles` is the part of that name, or None."""

    def __init__(self, styles: etree._Element | None):
        found = styles.iterfind(qn("w:style")) if styles is not None else ()
        self._styles = {style.get(qn("w:styleId")): style for style in found}
        self._default = next((name for name, style in self._styles.items() if _is_default_paragraph(style)), "")
        self._known: dict[str, dict[str, bool | str]] = {}
        self._shaded: dict[str | None, bool] = {None: False}
        self.paper = True  # False where the pages have a colour

    def shades(self, name: str | None) -> bool:
        """Whether a style of paragraphs or tables, or one that it is based on, draws anything behind its text."""
        if name not in self._shaded:
            self._shaded[name] = False  # a style that is based on itself
            style = self._styles.get(name)
            if style is not None:
                above = style.find(qn("w:basedOn"))
                fills = [shade.get(qn("w:fill")) or "auto" for shade in style.iter(qn("w:shd"))]
                filled = any(fill.upper() not in ("AUTO", "FFFFFF") for fill in fills)
                self._shaded[name] = filled or self.shades(above.get(qn("w:val")) if above is not None else None)
        return self._shaded[name]

    def of_paragraph(self, paragraph: etree._Element) -> Look:
        properties = paragraph.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        said = self._of_style(style.get(qn("w:val")) or "" if style is not None else self._default)
        return _look(said)

    def of_run(self, run: etree._Element, paragraph: Look) -> Look:
        """A run's own properties decide, then its character style, which turns around what the paragraph's style says, as Word does."""
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return paragraph
        style = properties.find(qn("w:rStyle"))
        said = self._of_style(style.get(qn("w:val")) or "") if style is not None else {}
        own = _said(properties)
        look = paragraph
        for name in ("hidden", "struck"):
            value = own.get(name, said[name] != getattr(paragraph, name) if name in said else getattr(paragraph, name))
            look = look if value == getattr(look, name) else replace(look, **{name: value})
        for name in ("raised", "font", "white"):
            value = own.get(name, said.get(name, getattr(paragraph, name)))
            look = look if value == getattr(look, name) else replace(look, **{name: value})
        return look

    def _of_style(self, name: str) -> dict[str, bool | str]:
        if name not in self._known:
            said: dict[str, bool | str] = {}
            at, seen = name, 0
            while at in self._styles and seen < _DEEPEST_STYLE:
                properties = self._styles[at].find(qn("w:rPr"))
                said = (_said(properties) if properties is not None else {}) | said
                above = self._styles[at].find(qn("w:basedOn"))
                at, seen = (above.get(qn("w:val")) or "" if above is not None else ""), seen + 1
            self._known[name] = said
        return self._known[name]


def is_on(property_: etree._Element | None) -> bool:
    """Whether a switch of Word is on: <w:strike/> is, <w:strike w:val="0"/> is not."""
    return property_ is not None and property_.get(qn("w:val")) not in ("0", "false", "off")


def _is_default_paragraph(style: etree._Element) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _look(said: dict[str, bool | str]) -> Look:
    return Look(**said) if said else _PLAIN


_PLAIN = Look()


def _said(properties: etree._Element) -> dict[str, bool | str]:
    """What run properties say of the look, and nothing of what they leave open."""
    said: dict[str, bool | str] = {}
    for child in properties:
        tag = child.tag
        if tag == qn("w:vanish"):
            said["hidden"] = is_on(child)
        elif tag == qn("w:strike") or tag == qn("w:dstrike"):
            said["struck"] = said.get("struck", False) or is_on(child)
        elif tag == qn("w:vertAlign"):
            said["raised"] = child.get(qn("w:val")) == "superscript"
        elif tag == qn("w:position"):
            said["raised"] = (
                said.get("raised", False) or (child.get(qn("w:val")) or "0").lstrip("+").isdigit() and child.get(qn("w:val")) != "0"
            )
        elif tag == qn("w:color"):
            said["white"] = (child.get(qn("w:val")) or "").upper() == "FFFFFF"
        elif tag == qn("w:rFonts"):
            fonts = [child.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs")]
            said["font"] = next((font for font in fonts if is_symbol_font(font)), None)
    return said
