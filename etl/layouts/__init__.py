"""One module a report layout.

Of measures: `recognises(table)` and `read(table)` of a table whose columns are known; the first that recognises it reads it.
Of scores: modules `score_*`, each `recognises(document)` and `scores(document)`.
"""

from importlib import import_module
from pathlib import Path

from etl.layouts import methods, projects, rows

MEASURES = (projects, methods, rows)


def score_layouts() -> list:
    """The modules `score_*` of this folder, by name."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("score_*.py"))
    return [import_module(f"etl.layouts.{name}") for name in names]
