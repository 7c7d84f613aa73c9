"""What lies on top of the cells of an XLSX sheet: check boxes and option buttons of forms, the text of text boxes; pictures, charts and
comments, which are named and not read."""

import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from etl.formats.package import related
from etl.formats.seen import struck

_MOST_SHAPES = 5_000
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_PARSER = {"resolve_entities": False, "no_network": True}


@dataclass(frozen=True)
class Shape:
    """A shape at its upper left cell (from 0): a box of a form (`box`: ☑ or ☐) with its words, or the text of a text box; `unread`: the
    finding that says that it was not read."""

    row: int
    column: int
    text: str
    box: str = ""
    unread: str = ""


def shapes(package: zipfile.ZipFile, sheet: str) -> list[Shape]:
    """The shapes of the sheet in the part `sheet`, from top to bottom."""
    parts = related(package, sheet)
    controls = [(relation, target) for relation, (kind, target) in parts.items() if kind == "ctrlProp" and target]
    states = _states(package, sheet, dict(controls)) if controls else {}
    found = []
    for kind, target in parts.values():
        if kind == "drawing" and target and target.lower().endswith(".xml"):
            root = etree.fromstring(package.read(target), etree.XMLParser(**_PARSER))
            found += [shape for anchor in list(root)[:_MOST_SHAPES] for shape in _of_anchor(anchor, states)]
        elif kind == "vmlDrawing" and target and not controls:  # Excel 2007 says of its forms here only
            found += _of_vml(etree.fromstring(package.read(target), etree.XMLParser(recover=True, **_PARSER)))
        elif kind == "comments" and target and target.lower().endswith(".xml"):
            found += _comments(etree.fromstring(package.read(target), etree.XMLParser(**_PARSER)))
    return sorted(found, key=lambda shape: (shape.row, shape.column))


def _states(package: zipfile.ZipFile, sheet: str, controls: dict[str, str]) -> dict[str, str]:
    """Number of a shape -> its box, as the control says that it stands."""
    states = {}
    with package.open(sheet) as handle:
        for _, control in etree.iterparse(handle, events=("end",), tag="{*}control", **_PARSER):
            relation = next((value for key, value in control.attrib.items() if key.endswith("}id")), "")
            if relation in controls:
                properties = etree.fromstring(package.read(controls[relation]), etree.XMLParser(**_PARSER))
                if properties.get("objectType") in ("CheckBox", "Radio"):
                    states[control.get("shapeId") or ""] = "☑" if properties.get("checked") == "Checked" else "☐"
    return states


def _of_anchor(anchor: etree._Element, states: dict[str, str]) -> list[Shape]:
    start = anchor.find(".//{*}from")
    if start is None:
        return []
    row, column = (int(start.findtext(f"{{*}}{name}") or 0) for name in ("row", "col"))
    found = []
    for shape in anchor.iter("{*}sp"):
        about = shape.find("{*}nvSpPr/{*}cNvPr")
        box = states.get(about.get("id") or "", "") if about is not None else ""
        if about is not None and about.get("hidden") in ("1", "true") and not box:
            continue
        text = "\n".join(filter(None, map(_line, shape.iterfind("{*}txBody/{*}p"))))
        if box and about.get("name") == text:
            text = ""  # the words that Excel gives a box which nobody named
        if text or box:
            found.append(Shape(row, column, text, box))
    for tag, rule in (("{*}pic", "picture_not_read"), ("{*}graphicFrame", "part_not_read")):
        for drawn in anchor.iter(tag):
            about = drawn.find(".//{*}cNvPr")
            if about is None or about.get("hidden") not in ("1", "true"):
                found.append(Shape(row, column, (about.get("descr") or about.get("name") or "") if about is not None else "", unread=rule))
    return found


def _of_vml(root: etree._Element | None) -> list[Shape]:
    found = []
    for shape in list(root.iter("{*}shape"))[:_MOST_SHAPES] if root is not None else ():
        data = shape.find("{*}ClientData")
        if data is None or data.get("ObjectType") not in ("Checkbox", "Radio"):
            continue
        corner = (data.findtext("{*}Anchor") or "").split(",")
        if len(corner) > 2 and corner[0].strip().isdigit() and corner[2].strip().isdigit():
            words = " ".join("".join(box.itertext()).strip() for box in shape.iterfind("{*}textbox"))
            checked = (data.findtext("{*}Checked") or "0").strip() == "1"
            found.append(Shape(int(corner[2]), int(corner[0]), words.strip(), "☑" if checked else "☐"))
    return found


def _comments(root: etree._Element) -> list[Shape]:
    found = []
    for comment in list(root.iterfind("{*}commentList/{*}comment"))[:_MOST_SHAPES]:
        place = _CELL.fullmatch(comment.get("ref") or "")
        text = " ".join("".join(piece.text or "" for piece in comment.iter("{*}t")).split())
        if place and text:
            column = 0
            for letter in place[1].upper():
                column = column * 26 + ord(letter) - 64
            found.append(Shape(int(place[2]) - 1, column - 1, text, unread="comment_left_out"))
    return found


def _line(paragraph: etree._Element) -> str:
    pieces = []
    for run in paragraph.iterfind("{*}r"):
        text, properties = run.findtext("{*}t") or "", run.find("{*}rPr")
        out = properties is not None and properties.get("strike") in ("sngStrike", "dblStrike")
        pieces.append(struck(text) if out else text)
    return "".join(pieces).strip()
