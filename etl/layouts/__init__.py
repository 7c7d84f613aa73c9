"""One module a report layout.

Of measures: `recognises(table)` and `read(table)` of a table whose columns are known; the first that recognises it reads it.
Of scores: modules `score_*`, composed by etl/scores.py.
"""

from etl.layouts import methods, projects, rows

MEASURES = (projects, methods, rows)
