"""What lies on top of the cells of an XLSX sheet: check boxes and option buttons of forms, and the text of text boxes."""

import zipfile
from dataclasses import dataclass

from lxml import etree

from etl.formats.package import related
from etl.formats.seen import struck

_MOST_SHAPES = 5_000
_PARSER = {"resolve_entities": False, "no_network": True}


@dataclass(frozen=True)
class Shape:
    """A shape at its upper left cell (from 0): a box of a form (`box`: ☑ or ☐) with its words, or the text of a text box."""

    row: int
    column: int
    text: str
    box: str = ""


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
    return found


def _line(paragraph: etree._Element) -> str:
    pieces = []
    for run in paragraph.iterfind("{*}r"):
        text, properties = run.findtext("{*}t") or "", run.find("{*}rPr")
        out = properties is not None and properties.get("strike") in ("sngStrike", "dblStrike")
        pieces.append(struck(text) if out else text)
    return "".join(pieces).strip()
