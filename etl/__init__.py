"""Reads reports and score sheets, and builds the database: `python -m etl`."""

import os

# Pages of a scan are read side by side. NumPy's threads beside them only wait for each other, which counts as work: the numerals of a page
# take a processor 2.0 s with two threads, and 0.3 s with one. (NumPy looks here when it is imported.)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
