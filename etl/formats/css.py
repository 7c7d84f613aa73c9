"""What the styles of a page hide, strike out, raise, set in a symbol font or print before a text: style attributes, rules of its <style>
(tags, classes, ids, one inside the other), and the classes of fonts of icons."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from etl.formats.symbols import icon, is_symbol_font
from etl.printed.marks import is_mark

_MOST_RULES = 2_000
_MOST_LETTERS = 200_000
_OPENS = re.compile(r"<style\b[^>]{0,500}>", re.IGNORECASE)
_CLOSES = re.compile(r"</style", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"([a-zA-Z][\w-]*)?([.#])?([\w-]+)?$")
_PART = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)$")
_PRINTED_BESIDE = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*:\s*(\"[^\"]{0,200}\"|'[^']{0,200}')", re.IGNORECASE)
_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_WHITE = frozenset("#fff #ffffff white rgb(255,255,255) rgba(255,255,255,1)".split())
_NO_COLOUR = frozenset("none transparent inherit initial unset revert".split())
_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%|vw)?$")
_ANY_WHITE = re.compile(r"""color\s*[:=]\s*["']?\s*(?:#f{3}(?:f{3})?\b|white\b|rgba?\(\s*255)""", re.IGNORECASE)
_FROM_ELSEWHERE = re.compile(r"""<link\b[^>]{0,300}stylesheet|@import""", re.IGNORECASE)
_DEEPEST = 40  # parts of a selector
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")

Look = dict[str, str]  # display, visibility, line, raised, font, opacity, size, away, white, behind, before -> value
_STRUCK_TAGS = ("del", "s", "strike")
TELLING = (*_STRUCK_TAGS, "sup", "a", "dialog")  # tags that may say something without attributes
_BUTTONS = ("submit", "button", "image", "reset", "file", "hidden", "password")


@dataclass(frozen=True)
class Seen:
    """What an element does to the text that it holds. `gone`: "none" (not displayed) or "blank" (its place stays), else ""."""

    gone: str = ""
    struck: bool = False
    raised: bool = False
    font: str = ""
    white: bool | None = None  # whether its letters are white; None: as around it
    behind: bool | None = None  # whether a colour lies behind them
    before: str = ""  # what is printed before it


_AS_IT_IS = Seen()


def look(declarations: str) -> Look:
    """What declarations change of what a person sees.

    >>> look("color:red; DISPLAY : none")
    {'white': '', 'display': 'none'}
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
        elif name == "color":
            found["white"] = "yes" if re.sub(r"\s", "", lower) in _WHITE else ""
        elif name in ("background", "background-color", "background-image") and lower not in _NO_COLOUR:
            found["behind"] = "" if re.sub(r"\s", "", lower) in _WHITE else "yes"
        elif name == "opacity" or name == "font-size":
            found[name] = "nothing" if _NOTHING.match(lower) else ""
        elif (name == "clip" and re.match(r"rect\(\s*[01]", lower)) or (name == "text-indent" and re.match(r"-\d{3}", lower)):
            found["away"] = "yes"
    return found


@dataclass(frozen=True)
class Element:
    """What rules ask of an element."""

    tag: str
    classes: frozenset[str] = frozenset()
    id: str = ""

    @staticmethod
    def of(tag: str, attributes: str) -> "Element":
        if not attributes.strip():
            return Element(tag)
        classes = (attribute(attributes, "class") or "").lower().split()
        return Element(tag, frozenset(classes), (attribute(attributes, "id") or "").lower())


@dataclass(frozen=True)
class _Part:
    """One element of a selector; `child`: the next one stands right within it."""

    tag: str
    classes: frozenset[str]
    id: str
    child: bool = False

    def fits(self, element: Element) -> bool:
        return (not self.tag or self.tag == element.tag) and self.classes <= element.classes and (not self.id or self.id == element.id)


def _parts(selector: str) -> list[_Part] | None:
    """The elements of a selector from the outermost; None: it asks for more than tags, classes and ids.

    >>> [(part.tag, sorted(part.classes), part.child) for part in _parts("table > td.a.b .c")]
    [('table', [], True), ('td', ['a', 'b'], False), ('', ['c'], False)]
    """
    found: list[_Part] = []
    for piece in re.sub(r"\s*>\s*", " > ", selector).split():
        if piece == ">" and found:
            found[-1] = _Part(found[-1].tag, found[-1].classes, found[-1].id, True)
            continue
        part = _PART.match(piece)
        if part is None or len(found) >= _DEEPEST:
            return None
        names = re.findall(r"([.#])([\w-]+)", part[2])
        ids = [name for sign, name in names if sign == "#"]
        found.append(_Part(part[1] or "", frozenset(name for sign, name in names if sign == "."), ids[0] if ids else ""))
    return found or None


def _chosen(parts: list[_Part], element: Element, above: Sequence[Element]) -> bool:
    """Whether a selector chooses an element that stands within `above`, the outermost first."""
    if not parts[-1].fits(element):
        return False
    at = len(above)
    for part in reversed(parts[:-1]):
        at -= 1
        while at >= 0 and not part.fits(above[at]):
            if part.child:
                return False
            at -= 1
        if at < 0:
            return False
    return True


class Sheet:
    """The rules of a page that name tags, classes and ids; those for print or for other media are left aside.

    `nested`: some ask where an element stands. `sure`: no other rule gives elements a colour behind them.
    """

    def __init__(self, page: str = ""):
        self._rules: dict[str, Look] = {}
        self._nested: list[tuple[list[_Part], Look]] = []
        self._ending: dict[str, list[tuple[int, list[_Part], Look]]] = {}
        self.sure = not page or not _FROM_ELSEWHERE.search(page)
        if not page:
            return
        for selectors, declarations in _RULE.findall(_without_media(_sheets(page)))[:_MOST_RULES]:
            for selector in selectors.rpartition(";")[2].lower().split(","):
                self._take(selector.strip(), declarations)
        self._settle(bool(_ANY_WHITE.search(page)))

    def _settle(self, white: bool) -> None:
        """Leaves out what changes nothing on this page: colours where nothing is white, and what no rule turns on."""
        looks = [*self._rules.values(), *(look for _, look in self._nested)]
        told = {name for look in looks for name, value in look.items() if value and (white or name != "behind")} | (
            {"white"} if white else set()
        )
        for look in looks:
            for name in look.keys() - told:
                del look[name]
        self._rules = {selector: look for selector, look in self._rules.items() if look}
        for at, (parts, look) in enumerate(self._nested):
            last = parts[-1]
            if look:  # an element is held against the rules that end with its id, a class or the name of it
                sign = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
                self._ending.setdefault(sign, []).append((at, parts, look))

    def _take(self, selector: str, declarations: str) -> None:
        beside = _PRINTED_BESIDE.search(selector)
        found = _printed_beside(declarations) if beside else look(declarations)
        selector = selector[: beside.start()] if beside else selector
        if not found:
            return
        if _SIMPLE.match(selector):
            self._rules.setdefault(selector, {}).update(found)
        elif parts := _parts(selector):
            self._nested.append((parts, found))
        elif found.get("behind"):
            self.sure = False

    def __bool__(self) -> bool:
        return bool(self._rules or self._ending)

    @property
    def nested(self) -> bool:
        return bool(self._ending)

    def look(self, tag: str, attributes: str, above: Sequence[Element] = ()) -> Look:
        """How an element is shown: its tag's rule, then those of its classes and its id and of where it stands, then its own style."""
        if not attributes.strip() and tag not in self._rules and not self._ending:
            return {}
        found = dict(self._rules.get(tag, {}))
        given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
        if self._rules:
            for name in given.get("class", "").lower().split():
                found |= self._rules.get(f".{name}", {}) | self._rules.get(f"{tag}.{name}", {})
            if "id" in given:
                found |= self._rules.get(f"#{given['id'].lower()}", {})
        if self._ending:
            element = Element.of(tag, attributes)
            signs = (tag, "", f"#{element.id}", *(f".{name}" for name in element.classes))
            for _, parts, said in sorted((rule for sign in signs for rule in self._ending.get(sign, ())), key=itemgetter(0)):
                if _chosen(parts, element, above):
                    found |= said
        if "hidden" in given:
            found["display"] = "none"
        if face := given.get("face"):
            found["font"] = face if is_symbol_font(face) else ""
        if "bgcolor" in given or "background" in given:
            found |= look(f"background:{given.get('bgcolor') or given['background']}")
        if tag == "font" and "color" in given:
            found |= look(f"color:{given['color']}")
        if "class" in given and (drawn := icon(given["class"])):
            found |= drawn
        return found | look(given.get("style", ""))


def _printed_beside(declarations: str) -> Look:
    """What a rule prints before or after an element: marks and words, no bullets and ornaments."""
    content = _CONTENT.search(declarations)
    if content is None:
        return {}
    text = _CODE.sub(lambda code: chr(min(int(code[1], 16), 0x10FFFF)), content[1][1:-1]).strip()
    return {"before": text} if is_mark(text) or sum(map(str.isalpha, text)) > 1 else {}


def seen(tag: str, attributes: str, sheet: Sheet | None = None, above: Sequence[Element] = ()) -> Seen:
    """What a tag with these attributes does to its text: by what it is, by its own style, by the rules of `sheet` where it stands.

    >>> seen("del", "").struck, seen("span", ' style="display:none"').gone, seen("b", "") == Seen()
    (True, 'none', True)
    >>> seen("i", ' class="fa fa-check"').before, seen("b", "", Sheet("<style>td.x b{opacity:0}</style>"), [Element("td", {"x"})]).gone
    ('✓', 'blank')
    """
    sheet = _NO_RULES if sheet is None else sheet
    look = sheet.look(tag, attributes, above)
    if not look and tag not in TELLING:
        return _AS_IT_IS
    closed = tag == "dialog" and attribute(attributes, "open") is None and "display" not in look
    unseen = look.get("visibility") in ("hidden", "collapse") or "nothing" in (look.get("opacity"), look.get("font-size")) or "away" in look
    gone = "none" if closed or look.get("display") == "none" else "blank" if unseen else ""
    struck = look.get("line") == "through" or (tag in _STRUCK_TAGS and look.get("line") != "none")
    # A link inside the page, set after a number, leads to its note.
    linked = tag == "a" and (attribute(attributes, "href") or "").startswith("#")
    raised = bool(look.get("raised", "yes" if tag == "sup" or linked else ""))
    white = bool(look["white"]) if "white" in look and sheet.sure else None
    behind = bool(look["behind"]) if "behind" in look else None
    return Seen(gone, struck, raised, look.get("font", ""), white, behind, look.get("before", ""))


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
