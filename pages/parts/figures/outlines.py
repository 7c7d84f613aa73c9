"""The outlines of the provinces (provinces.geojson: where they are from stands in outlines.md), drawn as shapes: nothing is fetched, and a
phone needs no more than lines."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LINE = "#838b94"


@dataclass(frozen=True)
class Outline:
    """A province: its rings as lists of (longitude, latitude), as an SVG path, and a point well inside it."""

    rings: list[list[tuple[float, float]]]
    path: str
    lon: float
    lat: float


@cache
def outlines() -> dict[str, Outline]:
    """province_code -> its outline."""
    found = {}
    for feature in json.loads(Path(__file__).with_name("provinces.geojson").read_text(encoding="utf-8"))["features"]:
        kind, parts, said = feature["geometry"]["type"], feature["geometry"]["coordinates"], feature["properties"]
        rings = [ring for part in ([parts] if kind == "Polygon" else parts) for ring in part]
        path = "".join("M" + "L".join(f"{lon},{lat}" for lon, lat in ring[:-1]) + "Z" for ring in rings)
        found[said["province_code"]] = Outline(rings, path, said["lon"], said["lat"])
    return found


def shape(code: str, fill: str, line: dict) -> dict:
    """One province as a shape of a figure, beneath its marks."""
    return {"type": "path", "path": outlines()[code].path, "fillcolor": fill, "line": {"color": LINE} | line, "layer": "below"}


def within(west: float, south: float, east: float, north: float) -> list[str]:
    """The codes of the provinces of which anything may lie in this window."""
    return [
        code
        for code, outline in outlines().items()
        if any(
            min(lon for lon, _ in ring) <= east
            and max(lon for lon, _ in ring) >= west
            and min(lat for _, lat in ring) <= north
            and max(lat for _, lat in ring) >= south
            for ring in outline.rings
        )
    ]
