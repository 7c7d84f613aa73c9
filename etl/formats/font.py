"""The font of a workbook's cell or of a piece of its text, as far as it changes what a person reads."""

from dataclasses import dataclass

from etl.formats.seen import raised, struck
from etl.formats.symbols import is_symbol_font, lettered


@dataclass(frozen=True)
class Font:
    name: str | None = None
    struck: bool = False
    raised: bool = False
    unseen: bool = False  # white where the cell has no fill

    @property
    def plain(self) -> bool:
        """Whether it draws the letters of a text and nothing else, if it draws them."""
        return not (self.struck or self.raised or is_symbol_font(self.name))

    def draws(self, text: str, alone: bool = True) -> str:
        """`text` as this font shows it; a text that stands `alone` is no note mark."""
        text = lettered(text, self.name)
        text = raised(text) if self.raised and not alone else text
        return struck(text) if self.struck else text


def drawn(pieces: list[tuple[str, Font]]) -> tuple[str, bool]:
    """The text of pieces in their fonts, and whether it is plain throughout."""
    text = ""
    for piece, font in pieces:
        text += piece if font.plain else font.draws(piece, alone=not text.strip())
    return text, all(font.plain for _, font in pieces)
