"""Scores printed as fractions of 1: a sheet that was exported without its percent format (0.912 for 91.2)."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from etl.findings import finding
from etl.reading import Finding
from etl.scores.rows import Printed

_FEWEST = 3  # scores of a column, or of an agency's year, beside others out of 100


def as_percentages(printed: list[Printed]) -> tuple[list[Printed], list[Finding]]:
    """Scores with fractions times 100, and a finding for each group of them: of the whole document, of a column, of an agency's year.

    Where nothing but 0 and 1 is printed, it is no score: these are left out, with a finding.
    """
    numbers = [entry for entry in printed if entry.value.number is not None]
    parts: dict[tuple, list[Printed]] = defaultdict(list)
    for entry in numbers:
        parts[entry.indicator, entry.group].append(entry)
    for entry in numbers:
        parts["of an agency", entry.agency, entry.province, entry.fiscal_year].append(entry)
    groups = [numbers] if _are_fractions(numbers) else [each for each in parts.values() if len(each) >= _FEWEST]
    findings, left_out = [], set()
    for group in groups:
        group = [entry for entry in group if id(entry) not in left_out]
        if not _are_fractions(group):
            continue
        first = next(entry for entry in group if entry.value.number)
        if all(entry.value.number in (0, 1) for entry in group):
            findings.append(finding("score_not_above_one", first.place, raw=str(first.value.number)))
            left_out |= {id(entry) for entry in group}
            continue
        raw = str(first.value.number)
        for entry in group:
            entry.value = replace(entry.value, number=_hundredfold(entry.value.number))
            entry.stated_change = entry.stated_change if entry.stated_change is None else _hundredfold(entry.stated_change)
        findings.append(finding("score_fractions", first.place, raw=raw, read_as=str(first.value.number), count=len(group)))
    return [entry for entry in printed if id(entry) not in left_out], findings


def _are_fractions(entries: list[Printed]) -> bool:
    numbers = [entry.value.number for entry in entries]
    return bool(numbers) and all(0 <= number <= 1 for number in numbers) and any(numbers)


def _hundredfold(number: Decimal) -> Decimal:
    """Plainly written: 0.5 is 50, not 5E+1."""
    return Decimal(f"{number * 100:f}")
