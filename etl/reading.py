"""What a document says, once read: the records of `etl read --json` and of a transcript, and nothing else.

Fiscal years are Buddhist-era integers (2568). Dates are ISO (Gregorian). Scores are Decimals as printed. `unsure` names the fields of a
record that were not read surely (a scan; a reading that contradicts a printed sum).
"""

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal


@dataclass
class Source:
    file: str
    sha256: str
    title: str | None = None
    kind: str = "unknown"  # plan, result, plan_and_result, action_plan_result, score_comparison, score_sheet, unknown
    family: str | None = None  # ita_measures, action_plan
    agency: str | None = None
    agency_printed: list[str] = field(default_factory=list)
    agency_type: str | None = None
    district: str | None = None
    province: str | None = None
    place_printed: str | None = None
    fiscal_year: int | None = None
    round: str | None = None  # six_month, annual
    unsure: list[str] = field(default_factory=list)


@dataclass
class Score:
    agency: str | None  # None: the document's own agency
    province: str | None
    indicator: str  # "1".."10", IIT, EIT, OIT, TOTAL, LEVEL
    fiscal_year: int | None
    score: Decimal | str | None  # as printed; the printed word for LEVEL
    max: int | None  # what it is out of: 100, or 30 and 40 for instruments in points
    stated_change: Decimal | None
    place: str
    unsure: list[str] = field(default_factory=list)


@dataclass
class Measure:
    section: str  # plan, result
    position: int  # 1, 2, ... in document order within the section
    group_kind: str = "none"  # indicator, dimension, none
    group_number: str | None = None
    group_name: str | None = None
    number: str | None = None  # as printed, in Arabic digits
    title: str | None = None
    steps: str | None = None
    responsible: list[str] = field(default_factory=list)
    period_text: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    budget_planned: Decimal | None = None  # baht; ไม่ใช้งบประมาณ is 0, "-" and an empty cell are None
    budget_spent: Decimal | None = None
    result: str | None = None
    outcome: str | None = None
    suggestion: str | None = None
    status: str | None = None  # completed, in_progress, not_started, not_possible, unknown; None for plan rows
    status_basis: str | None = None  # mark, phrase, percent, inferred, none
    evidence: str | None = None  # the short phrase that decided the status
    refs: list[str] = field(default_factory=list)  # I10, E1, O12
    place: str = ""
    unsure: list[str] = field(default_factory=list)


@dataclass
class Finding:
    severity: str  # error, warning, info
    rule: str
    place: str
    message: str  # Thai and English, joined by " | "
    raw: str | None = None  # what was printed
    read_as: str | None = None  # what was read


@dataclass(frozen=True)
class Loss:
    """Letters that are unaccounted for, and where they stand."""

    place: str
    text: str
    letters: int
    column: int = -1


@dataclass
class Account:
    """What became of a document's letters (spaces apart), by the names of account.py; `lost`: what is unaccounted for."""

    letters: Counter[str] = field(default_factory=Counter)
    lost: list[Loss] = field(default_factory=list)
    said: list[Finding] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.letters.values())


@dataclass
class Reading:
    source: Source
    scores: list[Score] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    account: Account | None = None  # of the document's letters; no part of what the document says


def as_json(reading: Reading) -> dict:
    """The object that `etl read --json` prints for one document: scores and measures say what is unsure of them, the source does not."""
    said = _plain(asdict(replace(reading, account=None)))
    del said["account"]
    del said["source"]["unsure"]
    return said


def _plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
