"""What the layouts of score sheets hand over: scores as printed, with all that their row, column and title say of them."""

from dataclasses import dataclass, field
from decimal import Decimal

from etl.scores.values import Value


@dataclass
class Printed:
    """One printed score. `agency` is as printed with its type in full, None for the document's own; `group` names its column or list."""

    indicator: str
    value: Value
    place: str
    agency: str | None = None
    district: str | None = None
    province: str | None = None
    fiscal_year: int | None = None
    stated_change: Decimal | None = None
    max_printed: int | None = None
    group: str = ""
    said: str = ""  # the sentence that says it
    mean: bool = False  # labelled as a mean: the total, or no more than the mean of the rows

    @property
    def of_hundred(self) -> Decimal:
        """An indicator's score on 0-100; some sheets print its weighted points ("คะแนนเต็ม 6")."""
        if self.indicator.isdigit() and self.max_printed not in (None, 100):
            return self.value.number * 100 / self.max_printed
        return self.value.number


@dataclass
class Remark:
    """A finding in the making: the rule of findings.csv, where, what was printed, what was read, and words for the sentence."""

    rule: str
    place: str
    raw: str | None = None
    read_as: str | None = None
    words: dict = field(default_factory=dict)
