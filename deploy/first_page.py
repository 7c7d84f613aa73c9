"""Streamlit's index.html, made ready for our first view: Thai, our fonts, and every script of the first chart asked for at once.

As Streamlit sends it the browser learns of the chart's scripts (more than half of the bytes) only after it has loaded the rest, opened the
websocket and heard what the page holds. What is not found in a later Streamlit stays as it is there.
"""

import re
from functools import cache
from pathlib import Path

# The elements of a page, by the beginnings of their files' names; of a page that is not named those of the overview.
ELEMENTS = ("PlotlyChart", "Html", "Selectbox", "ButtonGroup")
OF_PAGES = {"sources": ("DataFrame", "Html", "Selectbox", "ButtonGroup"), "present": ("BidiComponent", "Html", "Selectbox", "ButtonGroup")}
FONTS = ("thai-400", "latin-400", "thai-600", "latin-600", "thai-700", "latin-700")
MODULES = re.compile(r'<link rel="modulepreload"[^>]*>\s*')
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.~-]+\.js)["']""")  # import{a}from"./b.js"; not import("./b.js"), which comes later


@cache
def _imports(script: Path) -> tuple[str, ...]:
    """The names of the files that a script imports; looked for once, as a script's name holds a hash of what is in it."""
    return tuple(IMPORTED.findall(script.read_text(encoding="utf-8")))


def needed(scripts: Path, stems: tuple[str, ...] = ELEMENTS) -> list[str]:
    """The names of the scripts of these elements in the folder `scripts` and of all that they import, those of an element before its own
    imports; an element without a script is passed over."""
    waiting = [file.name for stem in stems for file in sorted(scripts.glob(f"{stem}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found and (scripts / name).is_file():
            found[name] = None
            waiting += _imports(scripts / name)
    return list(found)


def first_page(streamlit: Path, stems: tuple[str, ...] = ELEMENTS) -> str:
    """The page from Streamlit's folder of static files, which asks for the scripts of these elements."""
    page = (streamlit / "index.html").read_text(encoding="utf-8")
    page = page.replace('<html lang="en">', '<html lang="th">')
    page = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", page)  # Source Sans, which our theme does not use
    scripts = [f'rel="modulepreload" href="./static/js/{name}"' for name in needed(streamlit / "static" / "js", stems) if name not in page]
    fonts = [f'rel="preload" as="font" type="font/woff2" href="./app/static/sarabun-{font}-normal.woff2"' for font in FONTS]
    # Low: the questions with which the page comes to life go first on the few connections that a browser opens.
    links = "".join(f'<link {what} crossorigin fetchpriority="low">\n' for what in [*scripts, *fonts])
    return page.replace("</head>", f"{links}</head>")


def filled(page: str, lang: str, title: str, head: str, body: str, script: str) -> str:
    """The page with what is seen before the application is there: `head` is HTML for the head, `body` what stands before the
    application, `script` is run behind its place.

    Streamlit's style waits behind it: a browser paints nothing while a style in the head is on its way. The scripts that are asked for
    early lie in <template id="later">, which `script` puts into the head once the first frame is painted.
    """
    style = re.search(r'<link rel="stylesheet"[^>]*>', page)
    later = style[0] if style else ""
    page = page.replace(later, "", 1) if later else page
    # First what is painted first: with the few connections of HTTP/1.1 the order of the head is the order on the line.
    page = re.sub(r"<noscript>.*?</noscript>", "", page, count=1, flags=re.S)
    page = re.sub(r"<title>.*?</title>", "", page, count=1)
    page = re.sub(r'<link rel="preload" as="font"[^>]*>\n', "", page)  # `head` asks for them, and sooner
    # What is only for later: with it in the head a third more time goes by before the first frame.
    scripts = "".join(re.findall(MODULES, page))
    page = re.sub(MODULES, "", page)
    page = page.replace('<meta charset="UTF-8" />', f'<meta charset="UTF-8" /><title>{title}</title>{head}', 1)
    page = page.replace('<html lang="th">', f'<html lang="{lang}">', 1)
    later += f'<template id="later">{scripts}</template>'
    return page.replace('<div id="root"></div>', f'{body}{later}<div id="root"></div><script>{script}</script>', 1)
