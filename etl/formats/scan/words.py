"""What a line of print says: our own numerals, codes and marks in Tesseract's prose. A sign that is not sure is UNREAD, never a guess."""

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from etl.formats.document import UNREAD
from etl.formats.scan.numerals import BARS, RINGS, Symbol
from etl.formats.scan.prose import Letter
from etl.printed.codes import NOTE

MARKS = "✓✗☐☑☒"
_ARABIC, _THAI = "0123456789", "๐๑๒๓๔๕๖๗๘๙"
_DIGITS = _ARABIC + _THAI
_OR_CODE = re.compile("[0๐][0-9๐-๙]{1,2}")  # no number of a report begins so, but O12 does when its O is taken for a zero
_CODE_NUMBER = re.compile(rf"[1-9๑-๙][{_DIGITS}]?(?![{_DIGITS}.,/])")  # the number of a question, after its letter
_NO_CODE = re.compile(
    rf"[{_DIGITS}oO]*[.,][{_DIGITS}oO]|[{_DIGITS}oO]{{3}}|[0๐oO]"
)  # decimals, thousands, many digits, or a zero first: no question has such a number
CODE_ALONE, _FEWEST_CODES = re.compile(rf"[IEOieo][1-9๑-๙][{_DIGITS}]?"), 2
_SIGN, _ANY_SIGN = re.compile(rf"[{_DIGITS}.,]"), re.compile(r"\S")
_LIKELY_ALONE = 0.5
# Letters' heights: how wide a piece of a broken sign is and how far off, or a half that is merely cut off; and half of a %.
_SLIVER, _BROKEN, _HALF, _CUT, _HALF_A_PERCENT = 0.35, 0.12, 0.5, 0.05, 0.6
_INSTRUMENTS = ("IIT", "EIT", "OIT", "ITA")  # short words of capitals, which Tesseract takes for brackets
_BEFORE, _AFTER, _CODES = "(+-", ".,-%/()", "IEOieo"
# One number or code: where a sign of it is unread all of it is, as what is left would be another number.
_NUMBER = re.compile(rf"[{_CODES}]?[{_DIGITS}{UNREAD}]+(?:[.,]?[{_CODES}]?[{_DIGITS}{UNREAD}]+)*")
_LATIN, _THAI_LETTER = re.compile("[A-Za-z]"), re.compile("[ก-ฮ]")
_LONG_THAI = re.compile("(?:[ก-ฮ][^ก-ฮ\\sA-Za-z]*){4}")
_FEWEST_LATIN, _FEWEST_OF_A_ROW = 4, 12  # letters: fewer are instruments and codes
_LISTED = re.compile(rf"(?<=[{_DIGITS}]),(?=[{_DIGITS}]{{1,3}}[.][{_DIGITS}])(?<=[.][{_DIGITS}]{{2}},)")  # 96.10,95.45 are two numbers
_ABOVE_OR_BELOW = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # signs that have no width of their own
_BEFORE_A_NUMBER = re.compile(f"ที(?= ?[{_DIGITS}{UNREAD}])")  # มาตรการที่ 1: the small mark is the first to be lost
_BEFORE_A_YEAR = re.compile(rf"(?<![ก-๎.])[บปย](?= ?(?:25|๒๕)[{_DIGITS}]{{2}}(?![{_DIGITS}]))")  # ปี 2568: no word is one of these letters
# None of these signs stands without its letter, before it or behind.
_ADRIFT = re.compile(
    "(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|[\u0e40-\u0e44](?=[^\u0e01-\u0e2e])"
)
# No word begins with these vowels, and none ends with those two but ก็: a wide gap there is none between words.
_TORN_APART = re.compile(
    "(?<=[\u0e01-\u0e2e\u0e48-\u0e4c]) +(?=[\u0e30\u0e32\u0e33])|(?<=\u0e31) +(?=[\u0e01-\u0e2e])|(?<=[^\u0e01]\u0e47) +(?=[\u0e01-\u0e2e])"
)
_RANGE_OF_YEARS = re.compile(rf"(?<![{_DIGITS}])((?:25|๒๕)[{_DIGITS}]{{2}}) ?= ?(?=(?:25|๒๕)[{_DIGITS}]{{2}}(?![{_DIGITS}]))")  # a dash
_TORN_NUMBER = re.compile(rf"(?<![.,{_DIGITS}])[{_DIGITS}]+[.][{_DIGITS}] [{_DIGITS}](?![^\s)])")  # 80.1 1: may be one number, or two
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\\2\u0e32")  # its ring apart, or taken for a second tone mark
_OPENED, _CLOSED = re.compile(r"(?<=[^\s(])\( (?=\S)"), re.compile(r"(?<=\S) \)(?=[^\s).,])")  # a bracket stands at its own words
_HALF_A_BAR = 0.15
_LEADER = "...."
_DOT, _NEXT_DOT = 0.35, 0.6  # letters' heights: how high a dot is, and how far the next one of a row stands
_ALL_DOTS = 0.9  # of the strokes of a line
_ONE_SIGN, _NO_TWO, _NO_TWO_OF_A_STROKE = 0.8, 0.22, 0.33  # letters' heights: no digit is wider; the middles of two are farther apart
_NEAR = 0.35  # letters' heights between letters of one word
_UNDER_A_PEN = 0.4  # letters' heights from a number to a pen's stroke: nearer, a sign of it may be part of that stroke
_TOUCHING = 0.9  # letters' heights between signs of one number
# Letters' heights: between signs of one number no gap is wider, but beside a 1; narrow faces set words nearer.
_SPACE, _SPACE_BESIDE_ONE, _SPACE_OF_PROSE = 0.55, 0.72, 0.44
_LEVELS = re.compile(r"\(?(?:AA?|[BCDEF])\)?")  # of a result: a word by itself
# The first number of a list in a cell, unread or with a speck before it, where the second number follows.
_FIRST_OF_A_LIST = re.compile(
    rf"[^\w\s{UNREAD}]{{0,2}}(?:[1๑]|{UNREAD}{{1,2}})(?P<sign>[.)])(?!\d)(?=(?:(?!\s[13๑๓][.)]).)*?\s(?P<two>[2๒])(?P=sign)\s)", re.DOTALL
)
# A code in a note on questions as some print it, 18 or 1๑๐ for I8 or I10: its letter may be a one, its digits Thai and Arabic.
_NOTED_CODE = re.compile(rf"\(?[{_CODES}1][1-9๑-๙][{_DIGITS}]?[),]?")
_SURE_LETTER = 0.75  # Tesseract's own measure of a letter, below which its line is not sure


@dataclass(frozen=True, slots=True)
class Run:
    """A number, a code or a mark: what is read, and from where to where it stands (columns).

    `noted`: what is read where codes of questions stand; a bar before digits is the letter of one there, however it is printed.
    """

    text: str
    left: float
    right: float
    chance: float
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A line's text, how sure it is (0 to 1), and whether some of it is not sure; `noted`: its text, as long, in a note on questions."""

    text: str
    chance: float
    unsure: bool
    noted: str = ""


def in_english(said: Said) -> bool:
    """Whether a line that was read as Thai and English may well be English: most of its letters are, and some of it is doubtful."""
    latin, thai = len(_LATIN.findall(said.text)), len(_THAI_LETTER.findall(said.text))
    return (latin >= _FEWEST_LATIN and latin > thai) or (UNREAD in said.text and latin >= min(2, thai))


def beside_thai(said: Said) -> bool:
    """Whether a line holds a Thai word so long that no English one was taken for it; to the English model it is letters without sense."""
    return bool(_LONG_THAI.search(said.text))


def english_row(texts: list[str]) -> bool:
    """Whether the lines of a table row are English, whatever a few of them were taken for."""
    latin, thai = (sum(len(kind.findall(text)) for text in texts) for kind in (_LATIN, _THAI_LETTER))
    return latin >= _FEWEST_OF_A_ROW and latin > 3 * thai


def runs_of(symbols: list[Symbol], boxes: np.ndarray, top: float, bottom: float) -> list[Run]:
    """Numbers, codes and marks; `boxes`: (left, top, right, bottom) of the line's strokes, `top` and `bottom` of its letters' bodies."""
    body = bottom - top
    dotted = _leaders(boxes, bottom, body)
    if dotted:
        symbols = [one for one in symbols if not any(run.left - 1 <= one.x <= run.right + 1 for run in dotted)]
        boxes = boxes[[not any(run.left <= left and right <= run.right for run in dotted) for left, right in boxes[:, [0, 2]]]]
    parts = boxes[:, [0, 2]]
    gaps = gaps_of(parts, body, _SPACE)
    symbols = _both_bars(_one_of_a_stroke(symbols, boxes, body), boxes, body)
    places = np.array([symbol.x for symbol in symbols])
    placed = [(symbol, *_extent(symbol, parts, places, body)) for symbol in symbols]
    groups: list[list[tuple[Symbol, float, float]]] = []
    for one in placed:
        before = groups[-1][-1] if groups else None
        least = _SPACE_BESIDE_ONE * body if before and _beside_a_one(before[0], one[0]) else 0
        apart = before and any(before[0].x < (left + right) / 2 < one[0].x and right - left >= least for left, right in gaps)
        near = before and one[1] - before[2] < _TOUCHING * body and not apart
        if near and (one[0].letter in MARKS) == (before[0].letter in MARKS):
            groups[-1].append(one)
        else:
            groups.append([one])
    runs = [run for group in groups if not _ghost(group) for run in [_run(group)] if run]
    runs = [run for run in runs if not _LEVELS.fullmatch(run.text) or _apart(run, parts, body)]
    return sorted([*dotted, *(_pointed(run, symbols, boxes, bottom, body) for run in runs)], key=lambda run: run.left)


def _beside_a_one(one: Symbol, other: Symbol) -> bool:
    """Whether two digits of which one is a 1 stand side by side: it is narrow, but as much room is given to it as to the others."""
    return "1" in (one.letter, other.letter) and one.letter in _ARABIC and other.letter in _ARABIC


def _leaders(boxes: np.ndarray, bottom: float, body: float) -> list[Run]:
    """The dots that a form prints where it is filled in: many small strokes side by side at the foot of the line."""
    dots = boxes[:, 3] - boxes[:, 1] < _DOT * body  # some run together
    if dots.mean() < _ALL_DOTS:  # of dots alone nobody knows where letters would stand
        dots &= abs(boxes[:, 3] - bottom) < _DOT * body
    groups: list[list[np.ndarray]] = [[]]
    for dot, box in sorted(zip(dots.tolist(), boxes.tolist(), strict=True), key=lambda one: one[1][0]):
        if not dot or (groups[-1] and box[0] - groups[-1][-1][2] > _NEXT_DOT * body):
            groups.append([])
        if dot:
            groups[-1].append(box)
    return [Run(_LEADER, group[0][0], max(box[2] for box in group), 1.0) for group in groups if len(group) >= len(_LEADER)]


def _one_of_a_stroke(symbols: list[Symbol], boxes: np.ndarray, body: float) -> list[Symbol]:
    """The symbols without what was seen in a part of a stronger one: the side of a 0 looks like a bracket. That near stand no two, and over
    one stroke that is no wider than a digit no two nearer than digits."""
    kept: list[Symbol] = []
    narrow = boxes[boxes[:, 2] - boxes[:, 0] <= _ONE_SIGN * body]
    for symbol in sorted(symbols, key=lambda one: (one.sure, one.letter not in "()", one.kin, one.chance), reverse=True):
        over = narrow[(narrow[:, 0] <= symbol.x) & (narrow[:, 2] >= symbol.x)]
        away = [abs(one.x - symbol.x) / body for one in kept]
        one_stroke = [bool(((over[:, 0] <= one.x) & (over[:, 2] >= one.x)).any()) for one in kept]
        side = symbol.letter in "()" and any(
            one.sure and one.letter in _DIGITS and far < _NO_TWO_OF_A_STROKE for one, far in zip(kept, away, strict=True)
        )
        near = any(far < (_NO_TWO, _NO_TWO_OF_A_STROKE)[same] for far, same in zip(away, one_stroke, strict=True))
        if not side and (symbol.sure or not near):
            kept.append(symbol)
    return sorted(kept, key=lambda one: one.x)


def _both_bars(symbols: list[Symbol], boxes: np.ndarray, body: float) -> list[Symbol]:
    """The symbols, with two bars before a T where there is print for two and one was read, between them or for the second: of IIT."""
    tall = boxes[boxes[:, 3] - boxes[:, 1] >= 0.8 * body]
    found: list[Symbol] = []
    for at, symbol in enumerate(symbols):
        if symbol.letter in "Ii" and symbol.kin and "".join(one.letter for one in symbols[at + 1 : at + 2]) == "T":
            near = tall[(tall[:, 0] < symbol.x) & (tall[:, 2] > symbol.x - 0.6 * body)]
            first = float(near[:, 0].min(initial=symbol.x))
            apart = bool(((near[:, 2] < symbol.x - 1) & (near[:, 2] - near[:, 0] < 0.3 * body)).any())
            if (apart or symbol.x - first > 0.38 * body) and symbol.x - first < body and all(one.x < first for one in found):
                found.append(replace(symbol, x=first + _HALF_A_BAR * body))
                symbol = replace(symbol, x=max(symbol.x, 2 * symbol.x - found[-1].x))
        found.append(symbol)
    return found


def _apart(run: Run, parts: np.ndarray, body: float) -> bool:
    """Whether nothing stands near a run: it is a word of its own."""
    others = parts[(parts[:, 1] < run.left) | (parts[:, 0] > run.right)]
    return not ((others[:, 1] > run.left - _NEAR * body) & (others[:, 0] < run.right + _NEAR * body)).any()


def _ghost(group: list[tuple[Symbol, float, float]]) -> bool:
    """Whether a symbol alone is hardly likely: something in a letter looked like it."""
    return len(group) == 1 and group[0][0].chance < _LIKELY_ALONE and not group[0][0].sure


def _pointed(run: Run, symbols: list[Symbol], boxes: np.ndarray, bottom: float, body: float) -> Run:
    """The run, unread where a small stroke at its foot, a faint point, is none of its signs."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    low = boxes[:, 3] - boxes[:, 1] < 0.35 * body
    small = low & (x > run.left) & (x < run.right) & (y > bottom - 0.35 * body) & (y < bottom + 0.3 * body)
    small &= ~((boxes[~low, 0] <= x[:, None]) & (boxes[~low, 2] >= x[:, None])).any(axis=1)  # no piece of a digit: it stands between them
    feet = [one.x for one in symbols if one.letter in ".,-%"]
    if all(any(abs(foot - place) < 0.3 * body for foot in feet) for place in x[small]):
        return run
    return Run(_SIGN.sub(UNREAD, run.text), run.left, run.right, run.chance)


def _extent(symbol: Symbol, parts: np.ndarray, places: np.ndarray, body: float) -> tuple[float, float]:
    """From where to where a symbol's stroke reaches; half a letter around it where strokes touch. `places`: where symbols stand."""
    over = parts[(parts[:, 0] <= symbol.x) & (parts[:, 1] >= symbol.x)]
    width = (over[:, 1] - over[:, 0]).min(initial=9 * body)
    if width > 1.5 * body and symbol.letter not in MARKS:
        half = (0.15 if symbol.letter in ".,-Ii" else 0.4) * body
        return symbol.x - half, symbol.x + half
    left, right = over[int(np.argmin(over[:, 1] - over[:, 0]))] if len(over) else (symbol.x - 0.2 * body, symbol.x + 0.2 * body)
    if symbol.letter == "%":
        own = parts[abs(parts.mean(axis=1) - symbol.x) < _HALF_A_PERCENT * body]
        return float(own[:, 0].min(initial=left)), float(own[:, 1].max(initial=right))
    if symbol.letter not in _DIGITS:
        return float(left), float(right)
    # A pale print breaks strokes: a sliver beside a symbol that is none of its own is a piece of it.
    for piece in sorted(parts.tolist(), key=lambda one: abs(sum(one) / 2 - symbol.x)):
        wide, away = piece[1] - piece[0], max(piece[0] - right, left - piece[1])
        broken = (wide < _SLIVER * body and away < _BROKEN * body) or (wide < _HALF * body and away < _CUT * body)
        if broken and not ((piece[0] <= places) & (places <= piece[1]) & (places != symbol.x)).any():
            left, right = min(left, piece[0]), max(right, piece[1])
    return float(left), float(right)


def _run(group: list[tuple[Symbol, float, float]]) -> Run | None:
    letters = [one[0].letter for one in group]
    if letters[0] in MARKS:
        text = "".join(one[0].letter if one[0].sure else UNREAD for one in group)
        return Run(text, group[0][1], group[-1][2], min(one[0].chance for one in group))
    digits = [at for at, letter in enumerate(letters) if letter in _DIGITS]
    if digits:  # among digits, and before a point, a ring is a zero and a bar a one
        like = [one[0].kin for one in group]
        pointed = [following == "." for following in [*letters[1:], ""]]
        digits = [at for at, letter in enumerate(letters) if letter in _DIGITS or (like[at] and (at > digits[0] or pointed[at]))]
    if not digits:
        word = "".join(letters)
        sure = (word in _INSTRUMENTS or _LEVELS.fullmatch(word)) and all(one[0].sure for one in group)
        return Run(word, group[0][1], group[-1][2], min(one[0].chance for one in group)) if sure else None
    first, last = digits[0], digits[-1]
    if first and letters[first - 1] in _CODES:  # one that is not sure may be a digit of this number
        first -= 1
    while first and group[first - 1][0].sure and letters[first - 1] in (_BEFORE if letters[first] in _DIGITS else "("):
        first -= 1
    while last + 1 < len(group) and group[last + 1][0].sure and letters[last + 1] in _AFTER:
        last += 1
    own = group[first : last + 1]
    symbols = [one[0] for one in own]
    return Run(_spelt(symbols), own[0][1], own[-1][2], min(one.chance for one in symbols), _as_code(symbols))


def _as_code(symbols: list[Symbol]) -> str:
    """The signs as a code in a note on questions, each of them sure or surely a bar or a ring; "" where they are none."""
    text = ""
    for one in symbols:
        if not one.sure and not one.kin:
            return ""
        text += one.letter if one.sure else "1" if one.letter in BARS else "0"
    return text if _NOTED_CODE.fullmatch(text) else ""


def _spelt(symbols: list[Symbol]) -> str:
    """The signs of a run, those not sure as UNREAD. Nobody mixes Thai and Arabic digits in a number: zeros follow the others."""
    weight = {script: sum(one.chance for one in symbols if one.letter in script[1:]) for script in (_ARABIC, _THAI)}
    script = max(weight, key=lambda one: weight[one])
    text = ""
    for at, one in enumerate(symbols):
        letter, sure = one.letter, one.sure
        before, after = (symbols[at - 1].letter if at else ""), "".join(each.letter for each in symbols[at + 1 :])
        inside = before != "" and before in _DIGITS + RINGS + BARS + "."
        if one.kin and letter in RINGS and (inside or after[:1] == "."):
            letter, sure = script[0], True
        elif one.kin and letter in RINGS and _CODE_NUMBER.match(after):
            letter, sure = letter if letter in "oO" else "O", True  # no number begins with a zero
        elif letter in "0๐":
            letter = script[0]
        elif one.kin and letter in BARS and script is _ARABIC and (inside or _NO_CODE.match(after)):
            letter, sure = "1", True
        alike = letter not in _DIGITS or letter in script
        text += letter if sure and alike else UNREAD
    return _NUMBER.sub(_whole, text)


def _whole(found: re.Match) -> str:
    """A number or code all of whose signs are read and of one script, else as many unread signs."""
    text = found[0]
    mixed = any(sign in _ARABIC for sign in text) and any(sign in _THAI for sign in text)
    return UNREAD * len(text) if UNREAD in text or _OR_CODE.fullmatch(text) or mixed else text


def _whole_or_code(found: re.Match) -> str:
    return found[0] if _NOTED_CODE.fullmatch(found[0]) else _whole(found)


def hidden(runs: list[Run], pen: np.ndarray, taken: np.ndarray, body: float) -> list[Run]:
    """The runs, unread where a stroke of a pen in the columns `pen` crosses or touches one, as a sign of it may be part of that stroke; or
    where one that was taken away, in the columns `taken`, crosses one without a point: it may be lost."""
    near = _UNDER_A_PEN * body

    def doubtful(run: Run) -> bool:
        touched = ((pen > run.left - near) & (pen < run.right + near)).any()
        return bool(touched or ("." not in run.text and ((taken > run.left) & (taken < run.right)).any()))

    return [replace(run, text=_ANY_SIGN.sub(UNREAD, run.text), noted="") if doubtful(run) else run for run in runs]


def code_like(symbols: list[Symbol], codes: list[str]) -> str | None:
    """A code alone in its cell whose letter is not sure, but is the likeliest and that of several sure `codes` of its column."""
    first, *rest = symbols or [None]
    if first is None or first.sure or not rest or not all(one.sure and one.letter in _DIGITS for one in rest):
        return None
    code = "".join(one.letter for one in symbols)
    alike = [each for each in codes if each[0].upper() == first.letter.upper()]
    return code if CODE_ALONE.fullmatch(code) and len(alike) >= _FEWEST_CODES else None


def explained(runs: list[Run], parts: np.ndarray, heights: np.ndarray, body: float) -> bool:
    """Whether numbers, codes and marks are all that a line holds."""
    tall = parts[heights >= 0.35 * body] if (heights >= 0.35 * body).any() else parts
    inside = [any(run.left - 1 <= (left + right) / 2 <= run.right + 1 for run in runs) for left, right in tall]
    return bool(runs) and all(inside)


def lone(symbols: list[Symbol], parts: np.ndarray) -> bool:
    """Whether a line is dashes, slashes or points and nothing else: the sign of an empty cell, or a slanting tick."""
    return bool(symbols) and all(one.letter in "-/.," and one.sure for one in symbols) and len(parts) <= len(symbols)


def _beside(letter: Letter, gaps: list[tuple[float, float]], runs: list[Run]) -> float:
    """Where a letter of Tesseract stands, which is told roughly: in a gap nothing is printed, so it is on the one side or the other."""
    middle = (letter.left + letter.right) / 2
    for left, right in gaps:
        if left < middle < right:
            if any(abs(run.left - right) < 2 for run in runs):
                return left
            if letter.left >= left or any(abs(run.right - left) < 2 for run in runs):
                return right
    return middle


def _out_of(run: Run, letter: Letter) -> Letter:
    """A letter whose middle is said to be in a run, but which reaches beyond it: it stands beside the run, where its own strokes are."""
    if run.text == _LEADER:  # nothing is read in dots
        edge = run.left - 0.5 if letter.left + letter.right < run.left + run.right else run.right + 0.5
        return replace(letter, left=edge, right=edge)
    if letter.left < run.left and letter.right <= run.right:
        return replace(letter, left=run.left - 0.5, right=run.left - 0.5)
    if letter.left >= run.left and letter.right > run.right:
        return replace(letter, left=run.right + 0.5, right=run.right + 0.5)
    return letter


def _ends_a_latin_word(run: Run, letters: list[Letter], gaps: list[tuple[float, float]]) -> bool:
    """Whether a ring that was taken for a zero is the letter o, as Tesseract has it, of the Latin word that it stands in: of SAO."""
    before = [letter for letter in letters if letter.right <= (run.left + run.right) / 2][-2:]
    own = [letter for letter in letters if run.left - 1 <= (letter.left + letter.right) / 2 <= run.right + 1]
    one_word = before and not any(before[0].right < (left + right) / 2 < run.right for left, right in gaps)
    latin = len(before) == 2 and all(_LATIN.match(letter.text) for letter in before)
    return bool(run.text in "0๐" and latin and one_word and [letter.text for letter in own] in (["O"], ["o"]))


def spoken(runs: list[Run], letters: list[Letter], gaps: list[tuple[float, float]]) -> Said:
    """The line as text: the runs in the place of whatever Tesseract read there, a space at each gap (from and to, columns)."""
    pieces: list[tuple[float, str, float, str]] = []
    unsure = False
    letters = [letter for letter in letters if letter.text.strip()]
    runs = [run for run in runs if not _ends_a_latin_word(run, letters, gaps)]
    ours = False
    for letter in letters:
        if not _ABOVE_OR_BELOW.match(letter.text):  # Tesseract does not say exactly where these stand: they go with their letter
            over = next((run for run in runs if run.left - 1 <= (letter.left + letter.right) / 2 <= run.right + 1), None)
            ours = over is not None
            if ours and _THAI_LETTER.match(letter.text) and (moved := _out_of(over, letter)) is not letter:
                letter, ours = moved, False
        if ours:
            continue
        digit = letter.text in _DIGITS
        unsure |= digit or letter.chance < _SURE_LETTER
        place = pieces[-1][0] if pieces and _ABOVE_OR_BELOW.match(letter.text) else _beside(letter, gaps, runs)
        pieces.append((place, UNREAD if digit else letter.text, letter.chance, ""))
    for run in runs:
        before = next((at for at, piece in enumerate(pieces) if piece[0] > (run.left + run.right) / 2), len(pieces))
        pieces.insert(before, ((run.left + run.right) / 2, run.text, run.chance, run.noted))
    text = _printed([(middle, piece) for middle, piece, _, _ in pieces], gaps, _whole)
    noted = ""
    if UNREAD in text and any(code for *_, code in pieces):
        noted = _printed([(middle, code or piece) for middle, piece, _, code in pieces], gaps, _whole_or_code)
    return Said(text, float(np.mean([chance for _, _, chance, _ in pieces])) if pieces else 0.0, unsure or UNREAD in text, noted)


def _printed(pieces: list[tuple[float, str]], gaps: list[tuple[float, float]], whole: Callable[[re.Match], str]) -> str:
    """Pieces of a line, each with its middle, as text; `whole`: what its numbers are."""
    text = ""
    for at, (middle, piece) in enumerate(pieces):
        if at and not _ABOVE_OR_BELOW.match(piece) and any(pieces[at - 1][0] < (left + right) / 2 < middle for left, right in gaps):
            text += " "
        text += piece
    text = _ADRIFT.sub("", _LISTED.sub(r", ", _NUMBER.sub(whole, text)))
    text = _CLOSED.sub(") ", _OPENED.sub(" (", _BEFORE_A_NUMBER.sub("ที่", text)))
    text = _BEFORE_A_YEAR.sub("ปี", text)
    text = _TORN_NUMBER.sub(UNREAD * 4, text)
    text = _RANGE_OF_YEARS.sub(r"\1 - ", _TORN_APART.sub("", text))
    return with_lost_marks(_SARA_AM.sub(lambda found: (found[1] or found[2] or "") + "\u0e33", re.sub(" +", " ", text)).strip())


@cache
def _lost_marks() -> list[tuple[re.Pattern, str]]:
    with open(Path(__file__).with_name("lost_marks.csv"), encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = []
    for row in rows:
        not_after = "".join(f"(?<!{letter})" for letter in row["not_after"])
        not_before = "".join(f"(?!{letter})" for letter in row["not_before"])
        found.append((re.compile(not_after + row["read"] + not_before), row["meant"]))
    return found


def with_lost_marks(text: str) -> str:
    """Words of lost_marks.csv, which nobody writes as they were read, with the mark that was lost.

    >>> with_lost_marks("แหล่งน้า หน้าที่"), with_lost_marks("ตำสุด")
    ('แหล่งน้ำ หน้าที่', 'ต่ำสุด')
    """
    for read, meant in _lost_marks():
        text = read.sub(meant, text)
    return text


def with_codes(text: str, noted: str) -> str:
    """A cell's text with what its notes on questions say as `noted` has them, which is the same text otherwise.

    >>> with_codes("ป้องกัน (ใช้กับประเด็นคำถาม \ufffd\ufffd) ปี \ufffd\ufffd", "ป้องกัน (ใช้กับประเด็นคำถาม 18) ปี 12")
    'ป้องกัน (ใช้กับประเด็นคำถาม 18) ปี \ufffd\ufffd'
    """
    if len(text) != len(noted):
        return text
    for note in NOTE.finditer(noted):
        text = text[: note.start()] + note[0] + text[note.end() :]
    return text


def numbered_from_one(text: str) -> str:
    """A cell's list whose next item is the second begins with the first, whatever was read for its number or stands before it."""
    found = _FIRST_OF_A_LIST.match(text)
    return ("1" if found["two"] == "2" else "๑") + found["sign"] + text[found.end() :] if found else text


def gaps_of(parts: np.ndarray, body: float, least: float = _SPACE_OF_PROSE) -> list[tuple[float, float]]:
    """From where to where the gaps between words reach: wider than those between the letters of this line."""
    ordered = parts[np.argsort(parts[:, 0], kind="stable")]
    gaps, end = [], None
    for left, right in ordered:
        if end is not None and left > end:
            gaps.append((float(end), float(left)))
        end = max(right, end) if end is not None else right
    usual = float(np.median([right - left for left, right in gaps])) if len(gaps) > 3 else 0.0
    return [(left, right) for left, right in gaps if right - left >= max(least * body, 2.2 * usual)]


def reconciled(said: Said, other: str) -> Said:
    """A second reader's text of a line, where its digits are ours; otherwise ours, which then is not sure."""
    if [unicodedata.digit(one) for one in said.text if one.isdigit()] != [unicodedata.digit(one) for one in other if one.isdigit()]:
        return Said(said.text, said.chance, True)
    return Said(other.strip(), said.chance, UNREAD in other) if UNREAD not in said.text else said


def without(ink: np.ndarray, runs: list[Run]) -> np.ndarray:
    """The strip without what our own reader read: signs that Tesseract does not know mislead it in the letters beside them."""
    bare = ink.copy()
    for run in runs:
        bare[:, max(0, round(run.left) - 1) : round(run.right) + 2] = 0
    return bare
