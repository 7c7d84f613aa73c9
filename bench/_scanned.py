"""Documents printed, signed, stamped, and put through a scanner or before a phone: pictures of pages for the bench of scans."""

import html
import io
import math
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from etl.formats import Document, Table

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_STYLE = """
@font-face { font-family: face; src: url("file://%s"); }
@page { size: A4 %s; margin: 15mm 12mm; }
body { font-family: face; font-size: %.1fpt; line-height: 1.35; width: %dmm; margin: 0; }
table { border-collapse: collapse; width: 100%%; margin: 6pt 0; }
td { border: 0.7pt solid black; padding: 2pt 4pt; vertical-align: top; }
p { margin: 3pt 0; }
"""
# Whoever prints a table that is wider than the paper sets its type smaller.
_FIT = """<script>
const fit = () => { const body = document.body, most = body.clientWidth;
  for (let points = %.1f; points > 6 && body.scrollWidth > most; points -= 0.5) body.style.fontSize = points + "pt"; };
addEventListener("load", fit); addEventListener("beforeprint", fit);
</script>"""


def page_of(document: Document, face: Path, points: float, ruled: bool = True) -> str:
    """The document as a web page to print: tables with lines, text between them."""
    widest = max((max(map(len, block.rows)) for block in document.blocks if isinstance(block, Table)), default=1)
    lies, wide = ("landscape", 297) if widest > 6 else ("portrait", 210)
    style = _STYLE % (face, lies, points, wide - 24) + ("" if ruled else "td { border: none }")
    body = [_table(block) if isinstance(block, Table) else f"<p>{html.escape(block.text)}</p>" for block in document.blocks]
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>{"".join(body)}{_FIT % points}'


def _table(table: Table) -> str:
    width = max(map(len, table.rows))
    heights: dict[tuple[int, int], int] = {}
    owner: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(table.rows):
        for column in range(width):
            cell = row[column] if column < len(row) else None
            if cell and cell.above and not cell.text and column in owner:
                heights[owner[column]] += 1
            else:
                owner[column] = (at, column)
                heights[at, column] = 1
    rows = []
    for at, row in enumerate(table.rows):
        cells = [(column, row[column].text if column < len(row) else "") for column in range(width) if (at, column) in heights]
        rows.append(
            "".join(
                f'<td rowspan="{heights[at, column]}">{html.escape(text).replace("ü", "✓").replace(chr(10), "<br>")}</td>'
                for column, text in cells
            )
        )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def printed(page: str) -> bytes:
    """The web page as a PDF, by Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={out}",
            f"file://{source}",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def pictures(pdf: bytes, dpi: int) -> Iterator[np.ndarray]:
    """The pages as grey pictures."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil())
    document.close()


def scanned(page: np.ndarray, dpi: int, chance: random.Random) -> np.ndarray:
    """As an office scanner gives it: askew, noisy, with a stamp, a signature and a punched hole."""
    grey = page.copy()
    height, width = grey.shape
    if chance.random() < 0.5:
        _stamp(grey, dpi, chance)
    if chance.random() < 0.5:
        cv2.circle(grey, (round(0.25 * dpi), height // 2 - round(1.6 * dpi)), round(0.12 * dpi), 30, -1)
    angle = chance.uniform(-2, 2)
    move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    grey = cv2.warpAffine(grey, move, (width, height), flags=cv2.INTER_LINEAR, borderValue=250)
    grey = cv2.GaussianBlur(grey, (0, 0), chance.uniform(0.3, 0.8) * dpi / 200).astype(np.float32)
    grey = grey * chance.uniform(0.88, 0.98) + chance.uniform(0, 25) * (1 - grey / 255)
    grey += np.random.default_rng(chance.randrange(1 << 30)).normal(0, chance.uniform(2, 9), grey.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


def photographed(page: np.ndarray, dpi: int, chance: random.Random) -> np.ndarray:
    """As a phone sees it: in perspective on a darker table, in uneven light."""
    height, width = page.shape
    room = round(0.08 * width)
    view = np.full((height + 2 * room, width + 2 * room), chance.randrange(60, 110), np.uint8)
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = corners + room + np.float32([[chance.uniform(-0.8, 0.8) * room for _ in range(2)] for _ in range(4)])
    move = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    flat = cv2.warpPerspective(page, move, (view.shape[1], view.shape[0]), flags=cv2.INTER_LINEAR, borderValue=0)
    over = cv2.warpPerspective(np.full_like(page, 255), move, (view.shape[1], view.shape[0]))
    view = np.where(over > 127, flat, view).astype(np.float32)
    across, down = np.meshgrid(np.linspace(0, 1, view.shape[1], dtype=np.float32), np.linspace(0, 1, view.shape[0], dtype=np.float32))
    side = chance.uniform(0, 2 * math.pi)
    view *= 0.8 + 0.2 * np.sin(side + 2 * (across * math.cos(side) + down * math.sin(side)))
    view = cv2.GaussianBlur(view, (0, 0), chance.uniform(0.5, 0.9) * dpi / 200)
    view += np.random.default_rng(chance.randrange(1 << 30)).normal(0, chance.uniform(3, 8), view.shape)
    return np.clip(view, 0, 255).astype(np.uint8)


def _stamp(grey: np.ndarray, dpi: int, chance: random.Random) -> None:
    height, width = grey.shape
    middle = (chance.randrange(width // 4, 3 * width // 4), chance.randrange(height // 3, height - height // 10))
    ink = np.full_like(grey, 255)
    cv2.circle(ink, middle, round(0.55 * dpi), 150, max(2, dpi // 70))
    cv2.circle(ink, middle, round(0.42 * dpi), 150, max(1, dpi // 140))
    points = np.array(
        [[middle[0] + dpi * (0.15 * t + 0.1 * math.sin(5 * t)), middle[1] + dpi * 0.12 * math.sin(7 * t)] for t in np.linspace(-4, 4, 90)]
    )
    cv2.polylines(ink, [points.astype(np.int32)], False, 70, max(1, dpi // 90), cv2.LINE_AA)
    np.minimum(grey, ink, out=grey)


def as_pdf(pages: list[np.ndarray], dpi: int, quality: int) -> bytes:
    """A PDF whose pages are these pictures, as JPEG."""
    opened = []
    for page in pages:
        opened.append(Image.open(io.BytesIO(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())))
    out = io.BytesIO()
    opened[0].save(out, "PDF", save_all=True, append_images=opened[1:], resolution=dpi, quality=quality)
    return out.getvalue()
