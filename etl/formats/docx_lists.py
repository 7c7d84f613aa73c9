"""The numbers and bullets that Word sets before the items of its lists; they are printed, but stand nowhere in the text."""

import re
from collections import defaultdict

from docx.oxml.ns import qn
from lxml import etree

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"  # ฃ and ฅ, out of use, are not counted


class Lists:
    """Labels of the items in the order in which they are asked for. `numbering` and `styles` are the parts of that name, or None."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None):
        self._levels: dict[str, dict[int, etree._Element]] = {}  # numId -> level -> its definition
        self._list_of: dict[str, str] = {}  # numId -> the abstract list whose count it shares
        self._starts: dict[tuple[str, int], int] = {}  # (numId, level) -> start that this numId sets anew
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iterfind(qn("w:style"))} if styles is not None else {}

    def _read(self, numbering: etree._Element) -> None:
        abstract = {
            one.get(qn("w:abstractNumId")): {_level_number(level): level for level in one.iterfind(qn("w:lvl"))}
            for one in numbering.iterfind(qn("w:abstractNum"))
        }
        for number in numbering.iterfind(qn("w:num")):
            name, of = number.get(qn("w:numId")), _value(number, "w:abstractNumId")
            self._levels[name] = dict(abstract.get(of, {}))
            self._list_of[name] = of
            for override in number.iterfind(qn("w:lvlOverride")):
                level = _level_number(override)
                if (own := override.find(qn("w:lvl"))) is not None:
                    self._levels[name][level] = own
                if start := _value(override, "w:startOverride"):
                    self._starts[name, level] = int(start) if start.isdigit() else 1

    def label(self, paragraph: etree._Element) -> str:
        """The label of the item that `paragraph` is, with a space after it; empty: it is none."""
        number, level = self._place(paragraph)
        definition = self._levels.get(number, {}).get(level)
        if definition is None:
            return ""
        if _value(definition, "w:numFmt") == "bullet":
            return "- "
        counts = self._counts[self._list_of[number]]
        if number not in self._begun:
            self._begun.add(number)
            for (name, at), start in self._starts.items():
                if name == number:
                    counts[at] = start - 1
        counts[level] = counts.get(level, self._start(number, level) - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        text = _value(definition, "w:lvlText")
        label = re.sub(r"%([1-9])", lambda match: self._number(number, int(match[1]) - 1, counts), text)
        return f"{label} " if label.strip() else ""

    def _number(self, number: str, level: int, counts: dict[int, int]) -> str:
        definition = self._levels[number].get(level)
        form = _value(definition, "w:numFmt") if definition is not None else "decimal"
        return _formed(counts.get(level, self._start(number, level)), form)

    def _start(self, number: str, level: int) -> int:
        definition = self._levels[number].get(level)
        start = _value(definition, "w:start") if definition is not None else ""
        return int(start) if start.isdigit() else 1

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """(numId, level) as the paragraph says, else as its style or the style that this one is based on says."""
        properties = paragraph.find(qn("w:pPr"))
        style = _value(properties, "w:pStyle") if properties is not None else ""
        seen = set()
        while properties is not None or style:
            numbered = properties.find(qn("w:numPr")) if properties is not None else None
            if numbered is not None and (name := _value(numbered, "w:numId")):
                level = _value(numbered, "w:ilvl")
                return name, int(level) if level.isdigit() else 0
            if not style or style in seen or style not in self._styles:
                return "", 0
            seen.add(style)
            properties, style = self._styles[style].find(qn("w:pPr")), _value(self._styles[style], "w:basedOn")
        return "", 0


def _formed(number: int, form: str) -> str:
    if form in ("thaiNumbers", "thaiCounting"):
        return str(number).translate(_THAI_DIGITS)
    if form == "thaiLetters" and number > 0:
        return _THAI_LETTERS[(number - 1) % len(_THAI_LETTERS)]
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(97 + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return "" if form == "none" else str(number)


def _level_number(element: etree._Element) -> int:
    level = element.get(qn("w:ilvl")) or "0"
    return int(level) if level.isdigit() else 0


def _value(element: etree._Element, name: str) -> str:
    child = element.find(qn(name))
    return (child.get(qn("w:val")) or "") if child is not None else ""
