"""HTML tags inside a cell or a line of text -> plain text, its paragraphs parted by newlines."""

import html
import re

from etl.formats import css
from etl.formats.glyphs import restored
from etl.formats.seen import hidden, raised, struck
from etl.formats.symbols import lettered

_INLINE = "a abbr b big code del em font i img input ins label mark o:p q s small span strike strong sub sup u"
_BLOCK = """address article aside blockquote body br caption center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header
 hr html li main nav ol p page_number pre section table tbody td tfoot th thead tr ul"""
BLOCK_TAGS = frozenset(_BLOCK.split())
_KNOWN = BLOCK_TAGS | frozenset(_INLINE.split())
_SPREADING = frozenset("p li div td th b u strong em i span".split())
# Attributes are bounded: "a < b" and an unclosed "<p" in running text are no tags.
_LOOKS = re.compile(
    r"<(?:del|s|strike|sup|input)\b"
    r"|<[^<>]{1,300}?(?:line-through|display\s*:|visibility\s*:|vertical-align\s*:|Wingdings|\shidden\b)",
    re.IGNORECASE,
)
_DEEPEST = 100
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_]*)((?:\s[^<>]{0,2000})?)/?>")


def plain(text: str) -> str:
    """Text of a cell: known tags dropped (those of paragraphs, breaks and list items part lines), unknown ones kept as printed.

    >>> plain("<p>๑. จัดทำ</p> <p>๒. <u>เผยแพร่</u></p>")
    '๑. จัดทำ\\n๒. เผยแพร่'
    >>> plain("89.79<sup>1</sup> <input type=checkbox checked>แล้ว")
    '89.79¹ ☑แล้ว'
    >>> plain("<ul style='x'>- มีเก้าอี้<br>- มีป้าย &amp; แผนผัง < ๓ จุด")
    '- มีเก้าอี้\\n- มีป้าย & แผนผัง < ๓ จุด'
    """
    if "<" in text:
        text = _looked(text) if _LOOKS.search(text) else _TAG.sub(_tag, text)
    if "&" in text:
        text = html.unescape(text)
    return lines_tidied(restored(text))


def _looked(text: str) -> str:
    """`text` without tags, where some of them hide, strike out or raise what they hold, or show a box or what was typed."""
    out: list[str] = []
    opened: list[tuple[str, css.Seen]] = []
    at = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name not in _KNOWN:
            continue
        out.append(_drawn(text[at : match.start()], opened))
        at = match.end()
        if name == "input":
            out.append(html.escape(css.typed(match[3]), quote=False))
        elif match[1]:
            last = next((place for place in reversed(range(len(opened))) if opened[place][0] == name), None)
            del opened[last if last is not None else len(opened) :]
        elif name not in ("br", "hr") and len(opened) < _DEEPEST:
            opened.append((name, css.seen(name, match[3])))
        if name in BLOCK_TAGS:
            out.append("\n")
    return "".join([*out, _drawn(text[at:], opened)])


def _drawn(piece: str, opened: list[tuple[str, css.Seen]]) -> str:
    looks = [look for _, look in opened]
    if font := next((look.font for look in reversed(looks) if look.font), ""):
        piece = lettered(html.unescape(piece), font)
    if any(look.gone for look in looks):
        return hidden(piece)
    piece = raised(piece) if any(look.raised for look in looks) else piece
    return struck(piece) if any(look.struck for look in looks) else piece


def lines_tidied(text: str) -> str:
    """Lines stripped, empty ones dropped; what stands inside a line stays as printed."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(stripped for line in text.split("\n") if (stripped := line.strip()))


def open_tag(text: str) -> str | None:
    """The tag of a paragraph or list item that `text` opens and does not close, the last one opened.

    Lists (ol, ul) are left out: converters leave them unclosed at the end of a cell.
    """
    unclosed: dict[str, int] = {}
    for closing, name, _ in _TAG.findall(text):
        name = name.lower()
        if name in _SPREADING and not closing:
            unclosed[name] = unclosed.pop(name, 0) + 1
        elif unclosed.get(name):
            unclosed[name] -= 1
    return next((name for name in reversed(unclosed) if unclosed[name]), None)


def closes(tag: str, text: str) -> bool | None:
    """Whether the first `tag` in `text` closes it; None: `text` holds no such tag."""
    for closing, name, _ in _TAG.findall(text):
        if name.lower() == tag:
            return bool(closing)
    return None


def _tag(match: re.Match) -> str:
    name = match[2].lower()
    if name not in _KNOWN:
        return match[0]
    return "\n" if name in BLOCK_TAGS else ""
