"""Tests. `etl` comes before NumPy, as on the command line: it says how many threads that has."""

import etl  # noqa: F401
