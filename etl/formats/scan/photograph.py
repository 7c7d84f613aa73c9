"""A photograph of a sheet -> the sheet alone, as if it lay under a scanner."""

import cv2
import numpy as np

_SMALL = 600  # pixels of the longer side in which the sheet is looked for
_LEAST, _MOST = 0.25, 0.985  # of the picture that a sheet fills
_DARKER = 0.8  # what lies around the sheet has at most this much of its light


def sheet_of(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sheet, its four corners drawn to a rectangle; the picture as it is where no darker ground shows around it.

    And the matrix (3 x 3) that leads from its pixels back to those of the picture.
    """
    corners = _corners(grey)
    if corners is None:
        return grey, np.eye(3)
    top, right, bottom, left = (np.linalg.norm(corners[(at + 1) % 4] - corners[at]) for at in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    move = cv2.getPerspectiveTransform(corners, flat)
    sheet = cv2.warpPerspective(grey, move, (width, height), flags=cv2.INTER_CUBIC)
    rim = max(2, round(0.006 * min(width, height)))
    return sheet[rim:-rim, rim:-rim], np.linalg.inv(move) @ np.float64([[1, 0, rim], [0, 1, rim], [0, 0, 1]])


def _corners(grey: np.ndarray) -> np.ndarray | None:
    """Corners of the sheet, clockwise from the upper left one; None: there is no sheet on a darker ground."""
    scale = _SMALL / max(grey.shape)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (0, 0), 2)
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))  # without the print
    _, light = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    inside = cv2.fillConvexPoly(np.zeros_like(small), outline, 1) > 0
    share = float(inside.mean())
    if not _LEAST < share < _MOST or np.median(small[~inside]) > _DARKER * np.median(small[inside]):
        return None
    for bend in (0.02, 0.03, 0.05, 0.08):
        found = cv2.approxPolyDP(outline, bend * cv2.arcLength(outline, True), True)[:, 0]
        if len(found) == 4:
            break
    else:
        return None
    if cv2.contourArea(found) < 0.9 * cv2.contourArea(outline):
        return None
    middle = found.mean(axis=0)
    ordered = sorted(found.tolist(), key=lambda point: np.arctan2(point[1] - middle[1], point[0] - middle[0]))
    first = min(range(4), key=lambda at: sum(ordered[at]))
    return (np.float32(ordered[first:] + ordered[:first]) + 0.5) / scale
