"""What a person who opens and prints a file sees of its text.

A format wraps what is hidden or struck out (`hidden`, `struck`) and writes raised note marks as plain characters (`raised`), as
`symbols.lettered` does with the signs of symbol fonts. `seen_blocks` then takes out what nobody sees and says so, for every format
alike; it also takes note marks off the ends of cells, names error cells and formulas without a value, and reads item numbers back that a
spreadsheet made dates of.
"""

import calendar
import re
from collections import Counter
from dataclasses import replace

from etl.formats.document import Block, Cell, Noticed, Paragraph, Table

# Characters that Unicode keeps for a program's own use: no text holds them.
_HIDDEN, _STRUCK, _END = "\ufdd0", "\ufdd1", "\ufdd2"
_WRAPPED = re.compile(f"[{_HIDDEN}{_STRUCK}][^{_HIDDEN}{_STRUCK}{_END}]*{_END}")
_RULES = {_HIDDEN: "hidden_text", _STRUCK: "struck_text"}
_RAISED = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙()+-abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONGEST_NOTE_MARK = 5
_NOTE_MARKS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
# At the end of a cell; of square and cubic metres they are the unit.
_NOTED = re.compile(rf"(?s)(.*[^\s{''.join(_NOTE_MARKS)}])(?<!ม)(?<!ม\.)(?<!เมตร)(?<!m)(\s*[{''.join(_NOTE_MARKS)},*]+)")
_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|BUSY!|FIELD!|GETTING_DATA|#{2,})")
_FORMULA = re.compile(r"=\s*[-+(]*(?:[A-Z][A-Z.]+\(|(?:'?[^'!=\"]{1,40}'?!)?\$?[A-Z]{1,3}\$?\d+\b).*", re.DOTALL)
_MONTHS = "|".join(calendar.month_abbr[1:])
_DATED_NUMBER = re.compile(rf"(?:(\d{{1,2}})-({_MONTHS})|({_MONTHS})-(\d{{2}}))")
_ITEM_NUMBER = re.compile(r"\(?[\d๐-๙]{1,3}(?:[.\-/][\d๐-๙]{1,3})*[.)]?")
_MOST_OF_A_KIND = 40  # findings of one rule, in one document
_LONGEST_RAW = 120


def hidden(text: str) -> str:
    """`text` marked as hidden."""
    return f"{_HIDDEN}{_bare(text)}{_END}" if text.strip() else ""


def struck(text: str) -> str:
    """`text` marked as struck out."""
    return f"{_STRUCK}{_bare(text)}{_END}" if text.strip() else ""


def _bare(text: str) -> str:
    return re.sub(f"[{_HIDDEN}{_STRUCK}{_END}]", "", text)


def raised(text: str) -> str:
    """A raised note mark as the raised characters of Unicode, which are no digits; longer text stays as it is.

    >>> raised("1"), raised("ก"), raised("th"), raised("ตามแนบ")
    ('¹', '(ก)', 'ᵗʰ', 'ตามแนบ')
    """
    mark = text.strip()
    if not mark or len(mark) > _LONGEST_NOTE_MARK:
        return text
    if re.fullmatch(r"[ก-ฮ]", mark):
        return f"({mark})"
    return mark.lower().translate(_RAISED)


def lowered(text: str) -> str:
    """A text that is raised as a whole, as it would stand on the line: it is no note mark of another.

    >>> lowered("⁸⁹.⁷⁹"), lowered("89.79¹")
    ('89.79', '89.79¹')
    """
    marks = {letter for letter in text if ord(letter) in _LOWERED}
    return text.translate(_LOWERED) if marks and set(text) <= marks | set(". ,%") else text


def split(text: str) -> tuple[str, list[tuple[str, str]]]:
    """(what is seen of `text`, what is not: the rule and the text of each part).

    >>> split("ก " + struck("ข") + "ค")
    ('ก ค', [('struck_text', 'ข')])
    """
    if _END not in text:
        return text, []
    gone = [(_RULES[part[0][0]], part[0][1:-1].strip()) for part in _WRAPPED.finditer(text)]
    rest = _bare(_WRAPPED.sub("", text))
    return "\n".join(line for each in rest.split("\n") if (line := each.strip())), gone


def seen_blocks(blocks: list[Block]) -> tuple[list[Paragraph | Table], list[Noticed]]:
    """The paragraphs and tables as a person sees them, and what was noticed in them, in order."""
    found: list[Paragraph | Table] = []
    noticed: list[Noticed] = []
    for block in blocks:
        if isinstance(block, Noticed):
            noticed.append(block)
        elif isinstance(block, Paragraph):
            text, gone = split(block.text)
            noticed += _gone(gone, block.place)
            if text:
                found.append(block if text == block.text else replace(block, text=text))
        elif (table := _seen_table(block, noticed)) is not None:
            found.append(table)
    return found, _bounded(noticed)


def _seen_table(table: Table, noticed: list[Noticed]) -> Table | None:
    changed: dict[tuple[int, int], Cell] = {}
    dated: list[tuple[int, int, re.Match]] = []
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            text = cell.text
            if _END in text or _END in cell.above:
                text, gone = split(text)
                noticed += _gone(gone, cell.place)
                changed[at, column] = replace(cell, text=text, above=split(cell.above)[0])
            if text[-1:] in _NOTE_MARKS and (noted := _NOTED.fullmatch(text)):
                noticed.append(Noticed("note_mark", cell.place, text[-_LONGEST_RAW:], noted[1][-_LONGEST_RAW:]))
                text = noted[1]
                changed[at, column] = replace(changed.get((at, column), cell), text=text)
            if text[:1] == "#" and _ERROR.fullmatch(text):
                noticed.append(Noticed("error_cell", cell.place, text))
                changed[at, column] = replace(cell, text="")
            elif text[:1] == "=" and _FORMULA.fullmatch(text):
                noticed.append(Noticed("formula_without_value", cell.place, text[:_LONGEST_RAW]))
                changed[at, column] = replace(cell, text="")
            elif 4 < len(text) < 7 and "-" in text and (match := _DATED_NUMBER.fullmatch(text)):
                dated.append((at, column, match))
    for at, column, match in dated:
        if _numbers_items(table, column):
            cell = table.rows[at][column]
            read_as = _as_typed(match)
            noticed.append(Noticed("number_became_date", cell.place, cell.text, read_as))
            changed[at, column] = replace(cell, text=read_as)
    if not changed:
        return table
    rows = tuple(tuple(changed.get((at, column), cell) for column, cell in enumerate(row)) for at, row in enumerate(table.rows))
    return replace(table, rows=rows) if any(cell.text for row in rows for cell in row) else None


def _gone(parts: list[tuple[str, str]], place: str) -> list[Noticed]:
    return [Noticed(rule, place, text[:_LONGEST_RAW]) for rule, text in parts if text]


def _numbers_items(table: Table, column: int) -> bool:
    """Whether a column numbers the items of its table: below its heading it holds item numbers, and dates that were ones."""
    texts = [row[column].text.strip() for row in table.rows if column < len(row) and row[column].text.strip()]
    dates = [text for text in texts if _DATED_NUMBER.fullmatch(text)]
    numbers = [text for text in texts if _ITEM_NUMBER.fullmatch(text)]
    others = len(texts) - len(dates) - len(numbers)
    leftmost = all(not cell.text.strip() for row in table.rows for cell in row[:column])
    return others < len(dates) + len(numbers) and (bool(numbers) or leftmost)


def _as_typed(match: re.Match) -> str:
    """2-Jan was typed as 2-1, and Jan-25 as 1-25.

    >>> _as_typed(_DATED_NUMBER.fullmatch("2-Jan")), _as_typed(_DATED_NUMBER.fullmatch("Mar-25"))
    ('2-1', '3-25')
    """
    months = list(calendar.month_abbr)
    return f"{match[1]}-{months.index(match[2])}" if match[1] else f"{months.index(match[3])}-{int(match[4])}"


def _bounded(noticed: list[Noticed]) -> list[Noticed]:
    """The first of each kind; how many more there are is one finding."""
    counts: Counter = Counter()
    kept: list[Noticed] = []
    last: dict[str, Noticed] = {}
    for one in dict.fromkeys(noticed):
        counts[one.rule] += 1
        last[one.rule] = one
        if counts[one.rule] <= _MOST_OF_A_KIND:
            kept.append(one)
    more = {rule: count - _MOST_OF_A_KIND for rule, count in counts.items() if count > _MOST_OF_A_KIND}
    return kept + [Noticed("more_of_a_kind", last[rule].place, rule, str(count)) for rule, count in more.items()]
