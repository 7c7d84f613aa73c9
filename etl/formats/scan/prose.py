"""Prose by Tesseract (`tha+eng`), as the command of that name: one run reads all lines of a page, and a crash or a long wait is its own.

It is optional: `available` says whether it is there with its Thai model.
"""

import html
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from etl.formats.document import Unreadable
from etl.messages import message

_BODY = 24  # pixels that the bodies of the letters are made: what its models were trained on
_MARGIN = 12
_SECONDS = 300  # by the clock, for the lines of a page: a busy machine gives them a part of a processor
_SHORT_LATIN = re.compile(r"(?!(?:AA?|[B-F])\s*$)[A-Za-z]{1,4}(?:[\s\d๐-๙.,()/-]+[A-Za-z]{1,4})?[\s\d๐-๙.,()/-]*")  # a line; no level
_LATIN_AMONG_THAI = re.compile(r"(?<![A-Za-z])(?:[a-z]{1,4}|[A-Za-z]{1,3}(?:[.][A-Za-z]{0,3})+)(?![A-Za-z])")  # a word of a line
_DIGITS_ALONE = re.compile(r"\s*\d{1,2}\s*")
_ANY_THAI = re.compile("[ก-ฮ]")
_THAI, _SURELY_THAI = re.compile(r"[ก-๎][ก-๎\s\d๐-๙.,()/-]*"), 0.85
_DOOR = "ITA_SCAN_READER"
_PAGE = re.compile(r"class='ocr_page'[^>]*ppageno (\d+)")
_LETTER = re.compile(r"ocrx_cinfo' title='x_bboxes (\d+) (\d+) (\d+) (\d+); x_conf ([\d.]+)'>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, where it stands (columns of the strip), how sure Tesseract is (0 to 1)."""

    text: str
    left: float
    right: float
    chance: float


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether the command is there and knows Thai and English."""
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20)
    return {"tha", "eng"} <= set((listed.stdout + listed.stderr).split())


def second_opinions(strips: list[tuple[np.ndarray, float, float]]) -> list[str] | None:
    """What the command of ITA_SCAN_READER reads in each strip; None where no such command is set (so by default), or it fails.

    It is run with the names of PNG files, a line of print each, and prints one line of UTF-8 text for each of them, in their order.
    """
    command = shlex.split(os.environ.get(_DOOR, ""))
    if not command or not strips:
        return None
    with tempfile.TemporaryDirectory(prefix="ita-scan-") as folder:
        names = [name for name, _ in _written(strips, folder)]
        try:
            done = subprocess.run([*command, *names], capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            return None
    lines = done.stdout.splitlines()
    return lines if done.returncode == 0 and len(lines) == len(strips) else None


def letters_of(strips: list[tuple[np.ndarray, float, float]], numbered: list[bool]) -> list[list[Letter]]:
    """The letters of strips of ink, each with the rows where the bodies of its letters begin and end. Unreadable: Tesseract failed.

    With both models a short Thai word is at times taken for a few Latin letters (ปี for "vu", ก.พ. for "A.W."), alone or in a Thai line:
    such lines are read by the Thai one alone, too, and what it is as sure of is taken. So is a digit alone in a line
    of which our own reader took a number away (`numbered`): it would have seen it.
    """
    found = _read(strips, "tha+eng")
    texts = ["".join(one.text for one in letters) for letters in found]
    again = [at for at, text in enumerate(texts) if _may_be_thai(text) or (numbered[at] and _DIGITS_ALONE.fullmatch(text))]
    for at, letters in zip(again, _read([strips[at] for at in again], "tha"), strict=True):
        text = "".join(one.text for one in letters)
        alone = not _ANY_THAI.search("".join(one.text for one in found[at]))
        sure = min(one.chance for one in letters) >= _SURELY_THAI if alone and letters else _mean(letters) >= _mean(found[at])
        if _THAI.fullmatch(text) and sure:
            found[at] = letters
    return found


def _may_be_thai(text: str) -> bool:
    return bool(_LATIN_AMONG_THAI.search(text) if _ANY_THAI.search(text) else _SHORT_LATIN.fullmatch(text))


def _mean(letters: list[Letter]) -> float:
    return sum(one.chance for one in letters) / max(len(letters), 1)


def english_letters_of(strips: list[tuple[np.ndarray, float, float]]) -> list[list[Letter]]:
    """The letters of strips of English, by its model alone: with the Thai one beside it, "year" and "Budget" are taken for Thai letters."""
    return _read(strips, "eng")


def _read(strips: list[tuple[np.ndarray, float, float]], languages: str) -> list[list[Letter]]:
    if not strips:
        return []
    with tempfile.TemporaryDirectory(prefix="ita-scan-") as folder:
        pictures = _written(strips, folder)
        names = Path(folder, "lines.txt")
        names.write_text("".join(f"{name}\n" for name, _ in pictures), encoding="utf-8")
        command = ["tesseract", str(names), "-", "-l", languages, "--psm", "7", "-c", "hocr_char_boxes=1", "hocr"]
        ours = {"capture_output": True, "encoding": "utf-8", "errors": "replace", "timeout": _SECONDS}
        try:
            done = subprocess.run(command, env=os.environ | {"OMP_THREAD_LIMIT": "1"}, **ours)  # pages are read side by side
        except (OSError, subprocess.TimeoutExpired):
            raise Unreadable(*message("prose_failed")) from None
    if done.returncode:
        raise Unreadable(*message("prose_failed"))
    return _parsed(done.stdout, [scale for _, scale in pictures])


def _written(strips: list[tuple[np.ndarray, float, float]], folder: str) -> list[tuple[str, float]]:
    """The strips as pictures: the name of each, and by how much it was enlarged."""
    pictures = []
    for at, (ink, top, bottom) in enumerate(strips):
        scale = _BODY / max(bottom - top, 2)
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        sized = np.pad(np.clip(cv2.resize(ink, None, fx=scale, fy=scale, interpolation=way), 0, 1), _MARGIN)
        pictures.append((str(Path(folder, f"{at:05}.png")), scale))
        cv2.imwrite(pictures[-1][0], ((1 - sized) * 255).astype(np.uint8))
    return pictures


def _parsed(hocr: str, scales: list[float]) -> list[list[Letter]]:
    found: list[list[Letter]] = [[] for _ in scales]
    parts = _PAGE.split(hocr)
    for number, page in zip(map(int, parts[1::2]), parts[2::2], strict=True):
        scale = scales[number]
        found[number] = [
            Letter(html.unescape(text), (int(left) - _MARGIN) / scale, (int(right) - _MARGIN) / scale, float(sure) / 100)
            for left, _, right, _, sure, text in _LETTER.findall(page)
        ]
    return found
