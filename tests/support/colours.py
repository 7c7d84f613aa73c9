"""How colours look and how far apart they are: contrast (WCAG 2.2), colour-vision deficiencies (Machado, Oliveira and Fernandes 2009, "A
Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), the matrices for severity 1.0, on linear RGB),
and distance (CIEDE2000, as in Sharma, Wu and Dalal 2005, "The CIEDE2000 Color-Difference Formula", Color Research and Application 30)."""

import re

import numpy as np

VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # sRGB, D65


def linear(colour: str) -> np.ndarray:
    """Red, green and blue from 0 to 1 as light, of #rrggbb or rgb(...). ValueError: another form."""
    if found := re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", colour.lower()):
        values = [int(part, 16) for part in found.groups()]
    elif found := re.fullmatch(r"rgba?\(([\d.]+), ?([\d.]+), ?([\d.]+)(?:, ?1)?\)", colour):
        values = [float(part) for part in found.groups()]
    else:
        raise ValueError(colour)
    parts = np.array(values) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: 1 (the same) to 21 (black on white)."""
    low, high = sorted(float(np.dot([0.2126, 0.7152, 0.0722], linear(colour))) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of linear RGB."""
    ratio = XYZ @ np.clip(light, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, vision: str = "normal") -> float:
    """The distance of two colours as this vision sees them; 2.3 is about just noticeable, 10 is plain at a glance."""
    return ciede2000(*(lab(VISIONS[vision] @ linear(colour)) for colour in (one, other)))


def ciede2000(one, other) -> float:
    """The distance of two colours in CIELAB, all weights 1. Angles in degrees; the equations are those of Sharma et al., 2 to 22."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25**7)))
    chroma = [np.hypot(stretch * a, b) for a, b in ((a1, b1), (a2, b2))]
    hue = [np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2))]
    turn = (hue[1] - hue[0] + 180) % 360 - 180 if all(chroma) else 0.0
    middle_hue = (hue[0] + (hue[1] - hue[0] + 180) % 360 / 2 - 90) % 360 if all(chroma) else sum(hue)
    dl, dc, dh = l2 - l1, chroma[1] - chroma[0], 2 * np.sqrt(chroma[0] * chroma[1]) * np.sin(np.radians(turn / 2))
    light, colourful = (l1 + l2) / 2, sum(chroma) / 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(size * np.cos(np.radians(times * middle_hue + shift)) for size, times, shift in waves)
    sl = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * colourful, 1 + 0.015 * colourful * t
    turned = -2 * np.sqrt(colourful**7 / (colourful**7 + 25**7)) * np.sin(np.radians(60 * np.exp(-(((middle_hue - 275) / 25) ** 2))))
    return float(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + turned * (dc / sc) * (dh / sh)))
