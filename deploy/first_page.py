"""Streamlit's index.html, made ready for our first view: Thai, our fonts, and every script of the first chart asked for at once.

As Streamlit sends it the browser learns of the chart's scripts (more than half of the bytes) only after it has loaded the rest, opened the
websocket and heard what the page holds. What is not found in a later Streamlit stays as it is there.
"""

import re
from pathlib import Path

# The elements of the overview, by the beginnings of their files' names.
ELEMENTS = ("PlotlyChart", "Html", "Selectbox", "ButtonGroup")
FONTS = ("thai-400", "latin-400", "thai-600", "latin-600", "thai-700", "latin-700")
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.~-]+\.js)["']""")  # import{a}from"./b.js"; not import("./b.js"), which comes later


def needed(scripts: Path, stems: tuple[str, ...] = ELEMENTS) -> list[str]:
    """The names of the scripts of these elements in the folder `scripts` and of all that they import, those of an element before its own
    imports; an element without a script is passed over."""
    waiting = [file.name for stem in stems for file in sorted(scripts.glob(f"{stem}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found and (scripts / name).is_file():
            found[name] = None
            waiting += IMPORTED.findall((scripts / name).read_text(encoding="utf-8"))
    return list(found)


def first_page(streamlit: Path) -> str:
    """The page from Streamlit's folder of static files."""
    page = (streamlit / "index.html").read_text(encoding="utf-8")
    page = page.replace('<html lang="en">', '<html lang="th">')
    page = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", page)  # Source Sans, which our theme does not use
    scripts = [f'rel="modulepreload" href="./static/js/{name}"' for name in needed(streamlit / "static" / "js") if name not in page]
    fonts = [f'rel="preload" as="font" type="font/woff2" href="./app/static/sarabun-{font}-normal.woff2"' for font in FONTS]
    # Low: the questions with which the page comes to life go first on the few connections that a browser opens.
    links = "".join(f'<link {what} crossorigin fetchpriority="low">\n' for what in [*scripts, *fonts])
    return page.replace("</head>", f"{links}</head>")
