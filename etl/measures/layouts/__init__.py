"""One module a report layout.

Of measures: `recognises(table)` and `read(table)` of a table whose columns are known; the first that recognises it reads it.
Of scores: modules `score_*`, composed by etl/scores/checks.py.
"""

from etl.measures.layouts import methods, projects, rows

MEASURES = (projects, methods, rows)
