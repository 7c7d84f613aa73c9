"""What the styles of a page hide, strike out, raise, or set in a symbol font: style attributes, and simple rules of its <style>."""

import html
import re
from dataclasses import dataclass

from etl.formats.symbols import is_symbol_font

_MOST_RULES = 2_000
_MOST_LETTERS = 200_000
_OPENS = re.compile(r"<style\b[^>]{0,500}>", re.IGNORECASE)
_CLOSES = re.compile(r"</style", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"([a-zA-Z][\w-]*)?([.#])?([\w-]+)?$")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")

Look = dict[str, str]  # display, visibility, line, raised, font -> value
_STRUCK_TAGS = ("del", "s", "strike")
TELLING = (*_STRUCK_TAGS, "sup", "a")  # tags that may say something without attributes
_BUTTONS = ("submit", "button", "image", "reset", "file", "hidden", "password")


@dataclass(frozen=True)
class Seen:
    """What an element does to the text that it holds. `gone`: "none" (not displayed) or "blank" (its place stays), else ""."""

    gone: str = ""
    struck: bool = False
    raised: bool = False
    font: str = ""


_AS_IT_IS = Seen()


def look(declarations: str) -> Look:
    """What declarations change of what a person sees.

    >>> look("color:red; DISPLAY : none")
    {'display': 'none'}
    >>> look("text-decoration: line-through; font-family: 'Wingdings 2', serif")
    {'line': 'through', 'font': 'Wingdings 2'}
    """
    found: Look = {}
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        lower = value.lower()
        if name in ("display", "visibility"):
            found[name] = lower
        elif name in ("text-decoration", "text-decoration-line"):
            found["line"] = "through" if "line-through" in lower else "none"
        elif name == "vertical-align":
            found["raised"] = "yes" if lower in ("super", "text-top") else ""
        elif name == "font-family":
            family = value.split(",")[0].strip(" \"'")
            found["font"] = family if is_symbol_font(family) else ""
    return found


class Sheet:
    """The rules of a page that name a tag, a class or an id and nothing else; those for print or for other media are left aside."""

    def __init__(self, page: str = ""):
        self._rules: dict[str, Look] = {}
        if not page:
            return
        for selectors, declarations in _RULE.findall(_without_media(_sheets(page)))[:_MOST_RULES]:
            if found := look(declarations):
                for selector in selectors.rpartition(";")[2].split(","):
                    if _SIMPLE.match(selector.strip()):
                        self._rules.setdefault(selector.strip().lower(), {}).update(found)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def look(self, tag: str, attributes: str) -> Look:
        """How an element is shown: its tag's rule, then those of its classes and its id, then its own style."""
        if not attributes.strip() and tag not in self._rules:
            return {}
        found = dict(self._rules.get(tag, {}))
        given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
        if self._rules:
            for name in given.get("class", "").lower().split():
                found |= self._rules.get(f".{name}", {}) | self._rules.get(f"{tag}.{name}", {})
            if "id" in given:
                found |= self._rules.get(f"#{given['id'].lower()}", {})
        if "hidden" in given:
            found["display"] = "none"
        if face := given.get("face"):
            found["font"] = face if is_symbol_font(face) else ""
        return found | look(given.get("style", ""))


def seen(tag: str, attributes: str, sheet: Sheet | None = None) -> Seen:
    """What a tag with these attributes does to its text: by what it is, by its own style, by the rules of `sheet`.

    >>> seen("del", ""), seen("span", ' style="display:none"').gone, seen("b", "") == Seen()
    (Seen(gone='', struck=True, raised=False, font=''), 'none', True)
    """
    look = (_NO_RULES if sheet is None else sheet).look(tag, attributes)
    if not look and tag not in TELLING:
        return _AS_IT_IS
    gone = "none" if look.get("display") == "none" else "blank" if look.get("visibility") in ("hidden", "collapse") else ""
    struck = look.get("line") == "through" or (tag in _STRUCK_TAGS and look.get("line") != "none")
    # A link inside the page, set after a number, leads to its note.
    linked = tag == "a" and (attribute(attributes, "href") or "").startswith("#")
    return Seen(gone, struck, bool(look.get("raised", "yes" if tag == "sup" or linked else "")), look.get("font", ""))


def typed(attributes: str) -> str:
    """What an <input> shows: its box, or what was typed into it.

    >>> typed('type="checkbox" checked'), typed("type=radio"), typed("value='ใช่'"), typed('type="submit" value="ส่ง"')
    ('☑', '☐', 'ใช่', '')
    """
    kind = (attribute(attributes, "type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☐" if attribute(attributes, "checked") is None else "☑"
    return "" if kind in _BUTTONS else html.unescape(attribute(attributes, "value") or "")


def attribute(attributes: str, name: str) -> str | None:
    """The value of an attribute of a tag ("" where it has none); None: the tag does not have it."""
    for each, value in _ATTRIBUTE.findall(attributes):
        if each.lower() == name:
            return value.strip("\"'")
    return None


_NO_RULES = Sheet()


def _sheets(page: str) -> str:
    """The text of the <style> elements of a page, without comments."""
    texts, at = [], 0
    while (opens := _OPENS.search(page, at)) and (closes := _CLOSES.search(page, opens.end())) and sum(map(len, texts)) < _MOST_LETTERS:
        texts.append(page[opens.end() : closes.start()])
        at = closes.end()
    text = "".join(texts)[:_MOST_LETTERS]
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).replace("<!--", "").replace("-->", "")


def _without_media(text: str) -> str:
    """Style rules without those inside @media and their like."""
    kept, depth, skipping = [], 0, None
    for piece in re.split(r"([{}])", text):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
            if skipping is not None and depth <= skipping:
                skipping = None
                continue
        elif skipping is None and "@" in piece:
            head, _, rule = piece.rpartition(";")
            if "@" in rule:
                kept.append(head)
                skipping = depth
                continue
        if skipping is None:
            kept.append(piece)
    return "".join(kept)
