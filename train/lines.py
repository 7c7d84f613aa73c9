"""Lines of print with known numerals, rendered and spoilt as printers, scanners and phones spoil them."""

import math
import random
import re
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from etl.formats.scan.network import HEIGHT, NOTHING, STEP, SYMBOLS
from etl.formats.scan.numerals import normalised

ROOT = Path(__file__).resolve().parents[1]
_MARKS = "✓✓✓✗✗☐☑☒/-"
_SYMBOL_FACES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf",
)
_PRINTED_AS = {"✓": "✓✔√", "✗": "✗✘xX×", "☐": "☐□", "☑": "☑", "☒": "☒"}
IGNORED = -1  # a frame between the middle of a symbol and what is no part of it
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_DASHES = str.maketrans("–—", "--")
_BEFORE_NUMBERS = (
    "พ.ศ. ", "ปีงบประมาณ พ.ศ. ", "ประจำปี ", "ข้อ ", "ข้อที่ ", "ร้อยละ ", "จำนวน ", "ตัวชี้วัดที่ ", "มาตรการที่ ", "หน้า ", "ตุลาคม ",
    "กันยายน ", "ไตรมาสที่ ", "ครั้งที่ ", "คะแนน ", "ที่ ", "ธ.ค. ", "มี.ค. ", "ค่าคะแนน ", "(", "ม.ค. ", "IIT ", "EIT ", "OIT ", "ITA ",
)  # fmt: skip
_INSTRUMENTS = ("IIT", "EIT", "OIT", "ITA", "IIT (30%)", "คะแนน IIT", "คะแนน EIT", "คะแนน OIT", "ITA 2568", "(OIT)", "(ITA)")
_LEVELS = (
    "A", "AA", "A", "AA", "B", "C", "D", "E", "F", "ระดับ A", "ระดับ AA", "ระดับ B", "ระดับ C", "(A)", "(AA)", "(B)", "(C)",
    "Grade A", "Level B",
)  # fmt: skip
_ENGLISH = (
    "Integrity and Transparency Assessment", "No Gift Policy", "Website", "Facebook", "Line Official", "e-Service", "IIT", "EIT", "OIT",
    "ITA", "Open Data", "Social Network", "Q&A", "www.go.th", "One Stop Service", "ITAS", "Excel", "Conflict of Interest", "PDF",
)  # fmt: skip


@lru_cache(maxsize=1)
def thai_words() -> tuple[str, ...]:
    """Stretches of Thai from this repository's own data."""
    files = sorted(
        [*(ROOT / "data" / "rules").glob("*.toml"), *(ROOT / "data" / "transcripts").glob("*.csv"), ROOT / "data" / "agencies.csv"]
    )
    found = {word for path in files for word in re.findall(r"[ก-ฮเ-ไ][ก-๎ ]{6,60}", path.read_text("utf-8-sig"))}
    return tuple(sorted(found))


def text(chance: random.Random) -> str:
    """A cell or a line as reports have them: a mark, a number, codes, Thai prose with or without numbers."""
    kind = chance.random()
    if kind < 0.08:
        return chance.choice(_MARKS)
    if kind < 0.12:
        return " ".join(chance.choice("☐☐☑☑☒✓✗") + chance.choice(("", " ")) + _word(chance)[:12] for _ in range(chance.randrange(1, 3)))
    if kind < 0.38:
        return _number(chance)
    if kind < 0.49:
        return _codes(chance)
    if kind < 0.52:
        return chance.choice(_INSTRUMENTS)
    if kind < 0.56:
        return chance.choice(_LEVELS)
    if kind < 0.81:
        return _prose(chance)
    return chance.choice((_word(chance), _word(chance), chance.choice(_ENGLISH)))


def _number(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        said = f"{chance.uniform(0, 100):.2f}"
    elif kind < 0.58:
        said = f"{chance.choice('+-')}{chance.uniform(0, 40):.2f}"
    elif kind < 0.64:
        said = f"{chance.randrange(10 ** chance.randrange(3, 8)):,}{chance.choice(('', '.00', ' บาท'))}"
    elif kind < 0.72:
        said = f"{chance.randrange(2560, 2572)}"
    elif kind < 0.78:
        said = f"({chance.uniform(0, 40):.2f})"
    elif kind < 0.84:
        said = f"{chance.uniform(0, 100):.{chance.randrange(3)}f}{chance.choice(('%', ' %'))}"
    elif kind < 0.9:
        said = f"{chance.randrange(10)}.{chance.randrange(20)}{chance.choice(('', '.1', ')', '.'))}"
    elif kind < 0.96:
        said = "".join(chance.choice("0123456789") for _ in range(chance.randrange(1, 9)))
    else:
        said = f"{chance.randrange(40)}/{chance.randrange(2560, 2572)}"
    return said.translate(_THAI_DIGITS) if chance.random() < 0.55 else said


def _codes(chance: random.Random) -> str:
    def code() -> str:
        number = str(chance.randrange(1, 46))
        return chance.choice("IEOieo") + (number.translate(_THAI_DIGITS) if chance.random() < 0.15 else number)

    return chance.choice((", ", "-", " ", " – ", ",", " / ")).join(code() for _ in range(chance.choice((1, 1, 2, 3))))


def _word(chance: random.Random) -> str:
    words = thai_words()
    word = chance.choice(words)
    start = chance.randrange(max(1, len(word) - 12))
    return word[start : start + chance.randrange(4, 26)].lstrip("ะาำิีึืุูัํ็่้๊๋์ๆ ") or "กข"


def _prose(chance: random.Random) -> str:
    number = _number(chance) if chance.random() < 0.85 else _codes(chance)
    before = chance.choice(_BEFORE_NUMBERS) if chance.random() < 0.6 else _word(chance)[-12:].lstrip("ะาำิีึืุูัํ็่้๊๋์ๆ") + chance.choice(("", " "))
    after = chance.choice(("", " ", ") ", ". ", " – ", " - ")) + _word(chance)
    return before + number + (after if chance.random() < 0.7 else "")


@lru_cache(maxsize=600)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=100)
def _letters(path: Path) -> frozenset[int]:
    with TTFont(path) as font:
        return frozenset(font.getBestCmap())


def face_of(said: str, faces: list[Path], chance: random.Random) -> Path:
    """A face that has every letter of `said`."""
    wanted = {ord(letter) for letter in said if letter not in _PRINTED_AS}
    while not wanted <= _letters(face := chance.choice(faces)):
        pass
    return face


def line(said: str, face: Path, chance: random.Random) -> tuple[np.ndarray, list[tuple[float, int]]]:
    """The normalised strip of a spoilt print of `said`, and the middle (in its columns) and class of each symbol in it."""
    size = round(math.exp(chance.uniform(math.log(17), math.log(64))))
    font = _font(face, size)
    margin = size
    width = int(font.getlength(said)) + 2 * margin + size * sum(letter in _PRINTED_AS for letter in said)
    paper, ink = chance.randrange(205, 256), chance.randrange(0, 90)
    picture = Image.new("L", (width, 3 * size), paper)
    draw = ImageDraw.Draw(picture)
    baseline = 2 * size
    middles = _draw_text(draw, said, font, (margin, baseline), ink, chance)
    beside = _word(chance) * 2  # a line above or below
    if chance.random() < 0.3 and {ord(letter) for letter in beside} <= _letters(face):
        pitch = size * chance.uniform(1.15, 1.6)
        draw.text((margin - chance.randrange(size), baseline + chance.choice((-1, 1)) * pitch), beside, fill=ink, font=font, anchor="ls")
    _draw_rules(draw, picture.size, baseline, size, chance)
    grey = _spoilt(np.asarray(picture), size, chance)
    # What the body of the letters is: of Thai consonants, or of the digits alone where nothing else stands there.
    digits = not re.search("[ก-ฮ]", said) and re.search("[0-9๐-๙]", said)
    high = -font.getbbox(
        (max(said, key=lambda one: (one in "0123456789๐๑๒๓๔๕๖๗๘๙", -font.getbbox(one, anchor="ls")[1]))) if digits else "ก", anchor="ls"
    )[1]
    if said in _PRINTED_AS:
        high = size * chance.uniform(0.6, 0.9)
    top = baseline - high * chance.uniform(0.85, 1.15) + chance.uniform(-0.06, 0.06) * size
    bottom = baseline + chance.uniform(-0.05, 0.05) * size
    light = np.percentile(grey, 90)
    strip, scale = normalised(np.clip(1 - grey / max(light, 1), 0, 1).astype(np.float32), top, bottom)
    return strip, [((middle + 0.5) * scale - 0.5, symbol) for middle, symbol in middles]


def _draw_text(
    draw: ImageDraw.ImageDraw, said: str, font, at: tuple[float, float], ink: int, chance: random.Random
) -> list[tuple[float, int]]:
    """Draws a line; the middle and class of each symbol of it."""
    middles = []
    x = at[0]
    for part in re.split(f"([{''.join(_PRINTED_AS)}])", said):
        if part in _PRINTED_AS:
            width = _draw_mark(draw, part, font, (x, at[1]), ink, chance)
            middles.append((x + width / 2, SYMBOLS.index(part) + 1))
            x += width + 0.15 * font.size
            continue
        draw.text((x, at[1]), part, fill=ink, font=font, anchor="ls")
        for place, letter in enumerate(part.translate(_DASHES)):
            if letter in SYMBOLS:
                before, behind = font.getlength(part[:place]), font.getlength(part[: place + 1])
                middles.append((x + (before + behind) / 2, SYMBOLS.index(letter) + 1))
        x += font.getlength(part)
    return middles


def _draw_mark(draw: ImageDraw.ImageDraw, mark: str, font, at: tuple[float, float], ink: int, chance: random.Random) -> float:
    """Draws a mark, from a font or by hand, and says how wide it is."""
    em = font.size
    if chance.random() < 0.45:
        letter = chance.choice(_PRINTED_AS[mark])
        face = font if letter in "xX×" and chance.random() < 0.7 else _font(Path(chance.choice(_SYMBOL_FACES)), em)
        draw.text(at, letter, fill=ink, font=face, anchor="ls")
        return face.getlength(letter)
    high, wide, thick = em * chance.uniform(0.5, 0.85), em * chance.uniform(0.5, 0.9), max(1, round(em * chance.uniform(0.03, 0.12)))

    def spot(across: float, up: float) -> tuple[float, float]:
        return at[0] + wide * (across + chance.gauss(0, 0.05)), at[1] - high * (up + chance.gauss(0, 0.05))

    if mark in "☐☑☒":
        draw.rectangle((at[0], at[1] - high, at[0] + high, at[1]), outline=ink, width=max(1, thick // 2))
        wide = high
    if mark in "✓☑":
        draw.line(
            [spot(0.05, chance.uniform(0.3, 0.6)), spot(chance.uniform(0.2, 0.45), 0.05), spot(0.95, chance.uniform(0.8, 1.1))],
            ink,
            thick,
            "curve",
        )
    if mark in "✗☒":
        draw.line([spot(0.1, 0.95), spot(0.9, 0.05)], ink, thick)
        draw.line([spot(0.9, 0.95), spot(0.1, 0.05)], ink, thick)
    return wide


def _draw_rules(draw: ImageDraw.ImageDraw, size: tuple[int, int], baseline: int, em: int, chance: random.Random) -> None:
    thick = max(1, em // 22)
    if chance.random() < 0.1:
        x = chance.choice((em * 0.4, size[0] - em * 0.4))
        draw.line((x, 0, x, size[1]), fill=chance.randrange(160), width=thick)
    if chance.random() < 0.1:
        y = baseline + chance.choice((0.35, 0.45, -1.1, -1.3)) * em
        draw.line((0, y, size[0], y), fill=chance.randrange(160), width=thick)
    if chance.random() < 0.1:  # the rim of a stamp
        x, y, r = chance.uniform(0, size[0]), chance.uniform(0, size[1]), chance.uniform(2, 4) * em
        draw.ellipse((x - r, y - r, x + r, y + r), outline=chance.randrange(90, 200), width=2 * thick)
    if chance.random() < 0.06:  # a signature
        x, y, waves = chance.uniform(0, size[0]), baseline - chance.uniform(-0.5, 1.5) * em, chance.uniform(3, 8)
        spots = [(x + em * 0.5 * (t + 0.7 * math.sin(5 * t)), y + em * 0.7 * math.sin(waves * t)) for t in np.linspace(-4, 4, 90)]
        draw.line(spots, fill=chance.randrange(40, 170), width=thick, joint="curve")


def _spoilt(grey: np.ndarray, size: int, chance: random.Random) -> np.ndarray:
    angle, shear = chance.gauss(0, 0.35), chance.gauss(0, 0.02) + (0.2 if chance.random() < 0.03 else 0)
    tilt = math.radians(angle)
    height, width = grey.shape
    middle = (width / 2, 2 * size - 0.3 * size)
    move = np.array([[1, shear, -shear * middle[1]], [math.tan(tilt), 1, -math.tan(tilt) * middle[0]]], np.float32)
    grey = cv2.warpAffine(grey, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    weight = chance.random()
    if weight < 0.1 and size > 26:
        grey = cv2.erode(grey, np.ones((2, 2), np.uint8))  # heavier strokes
    elif weight < 0.16 and size > 40:
        grey = cv2.dilate(grey, np.ones((2, 2), np.uint8))
    blur = chance.uniform(0.2, 1.0) * (size / 30) ** 0.7
    grey = cv2.GaussianBlur(grey, (0, 0), blur).astype(np.float32)
    if chance.random() < 0.3:
        grey *= np.linspace(1, chance.uniform(0.7, 1), width, dtype=np.float32)[None, :]
    noise = np.random.default_rng(chance.randrange(1 << 30))
    grey += noise.normal(0, chance.uniform(0, 14), grey.shape).astype(np.float32)
    if chance.random() < 0.15:
        spots = noise.random(grey.shape)
        grey = np.where(spots < 0.002, 40, np.where(spots > 0.998, 255, grey)).astype(np.float32)
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    if chance.random() < 0.12:
        grey = np.where(grey > chance.uniform(0.5, 0.75) * np.percentile(grey, 90), 255, 0).astype(np.uint8)
    if chance.random() < 0.6:
        grey = cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, chance.randrange(30, 95)])[1], cv2.IMREAD_GRAYSCALE)
    return grey


def sample(faces: list[Path], width: int, chance: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """A strip of HEIGHT x width and the class of each of its frames."""
    said = text(chance)
    strip, middles = line(said, face_of(said, faces, chance), chance)
    window = np.zeros((HEIGHT, width), np.float32)
    offset = chance.randrange(min(0, width - strip.shape[1]), max(0, width - strip.shape[1]) + 1)
    begin, end = max(0, offset), min(width, offset + strip.shape[1])
    window[:, begin:end] = strip[:, begin - offset : end - offset]
    frames = np.full(width // STEP, NOTHING, np.int64)
    centres = np.arange(width // STEP) * STEP + (STEP - 1) / 2
    away = [np.abs(centres - middle - offset) for middle, _ in middles]
    for distance in away:
        frames[distance < 3.4] = IGNORED
    for distance, (_, symbol) in zip(away, middles, strict=True):
        frames[distance < 1.7] = symbol
    return window, frames
