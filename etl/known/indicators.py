"""Names of indicators as documents print them (indicator_names.csv), beside the official ones of each year's rules."""

import csv
from functools import cache
from pathlib import Path


@cache
def printed_names() -> dict[str, str]:
    """Name -> indicator, in Thai and English."""
    with open(Path(__file__).with_name("indicator_names.csv"), encoding="utf-8", newline="") as handle:
        return {row["name"]: row["indicator"] for row in csv.DictReader(handle)}
