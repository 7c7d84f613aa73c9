"""The scores of a document, whatever form they are printed in, checked against each other and the year's rules.

`scores` composes the layouts (score_table, score_text); what they read is kept as printed. The checks say where printed totals,
instruments, levels and changes are not what the printed indicators give, at a tolerance of 0.01 points.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache

from etl.findings import finding
from etl.formats.document import Document
from etl.identity.identify import Identity
from etl.known import Known
from etl.known.names import full_name, name_key
from etl.known.registry import Registry
from etl.known.rules import Rules, half_up
from etl.reading import Finding, Score
from etl.scores.fractions import as_percentages
from etl.scores.headings import INSTRUMENTS, Terms
from etl.scores.labels import is_average
from etl.scores.rows import Printed
from etl.scores.table import table_scores
from etl.scores.text import running_scores, years_told
from etl.scores.values import level_of

TOLERANCE = Decimal("0.01")
HALF = Decimal(50)
VALUES_NOT_TOLD_APART = 3


def scores(document: Document, identity: Identity, known: Known) -> tuple[list[Score], list[Finding]]:
    """The document's scores in its order, and what was doubtful in them.

    `agency` and `province` are None for the document's own agency, else as printed with the type in full. Where one name stands for
    several agencies of a province, or for another than the registry's, it ends in its district ("… อำเภอสตึก"; `Registry.match` reads it).
    The mean of a province is kept under its printed name ("ภาพรวมจังหวัดตราด"): `labels.is_average` tells it from an agency.
    """
    terms = Terms.of(known)
    printed, remarks, read = table_scores(document, identity, terms)
    running, said = running_scores(document, identity, terms, read, years_told(printed))
    printed, remarks = printed + running, remarks + said
    findings = [finding(said.rule, said.place, raw=said.raw, read_as=said.read_as, **said.words) for said in remarks]
    unread = [entry for entry in printed if entry.value.unread]
    printed = [entry for entry in printed if not entry.value.unread]
    printed, about_fractions = as_percentages(printed)
    findings += about_fractions
    printed, more = _own(_valid(printed, findings), identity, known.registry)
    printed = _without_means(_once(_not_told_apart(printed, findings), findings), findings, known)
    rows = _assessments(printed)
    maxima, scale = _scales(printed, rows, known)
    findings += more + scale + _levels_and_sums(printed, rows, maxima, known) + _changes(printed, rows)
    result = []
    for at, entry in enumerate(printed):
        points = entry.value.number if entry.indicator != "LEVEL" else entry.value.level or entry.value.text
        otherwise = entry.max_printed or 100 if entry.indicator.isdigit() else 100
        most = None if entry.indicator == "LEVEL" else maxima.get(at, otherwise)
        result.append(
            Score(entry.agency, entry.province, entry.indicator, entry.fiscal_year, points, most, entry.stated_change, entry.place)
        )
    return result + _unread(_own(unread, identity, known.registry)[0], result), _by_rule(findings)


def _unread(entries: list[Printed], read: list[Score]) -> list[Score]:
    """Scores that stand in a picture and could not be read surely: they are there, their points are not known."""
    there = {(score.agency, score.province, score.fiscal_year, score.indicator) for score in read}
    return [
        Score(one.agency, one.province, one.indicator, one.fiscal_year, None, None, None, one.place, unsure=["score"])
        for one in entries
        if (one.agency, one.province, one.fiscal_year, one.indicator) not in there
    ]


def kind_of(found: list[Score]) -> str | None:
    """The document's kind by its scores alone: one agency's indicators, or a sheet of agencies, a ranking, a history."""
    if not found:
        return None
    one = len({(score.agency, score.province) for score in found}) == 1
    return "score_comparison" if one and any(score.indicator.isdigit() for score in found) else "score_sheet"


def _by_rule(findings: list[Finding]) -> list[Finding]:
    """Each finding once."""
    return list({(said.rule, said.place, said.message): said for said in findings}.values())


def _valid(printed: list[Printed], findings: list[Finding]) -> list[Printed]:
    """Scores within 0-100; a mark of another kind is reported and left out."""
    valid = []
    for entry in printed:
        number = entry.value.number
        if entry.indicator != "LEVEL" and not 0 <= number <= (entry.max_printed or 100 if entry.indicator.isdigit() else 100):
            findings.append(finding("score_not_possible", entry.place, raw=str(number), indicator=entry.indicator))
            continue
        if entry.indicator == "LEVEL" and entry.value.level is None:
            findings.append(finding("score_level_unknown", entry.place, raw=entry.value.text))
        if entry.value.comma:
            findings.append(finding("score_decimal_comma", entry.place, raw=str(number).replace(".", ","), read_as=str(number)))
        valid.append(entry)
    return valid


def _own(printed: list[Printed], identity: Identity, registry: Registry) -> tuple[list[Printed], list[Finding]]:
    """Agencies by name: None for the document's own, with the district where only that tells two of one name apart."""
    own = {name_key(full_name(name)) for name in (identity.agency, *identity.agency_printed) if name}
    districts: dict[tuple, set] = defaultdict(set)
    for entry in printed:
        districts[entry.agency, entry.province].add(entry.district)
    averages: dict[str, Finding] = {}

    @cache
    def called(name: str | None, province: str | None, district: str | None) -> str | None:
        if name is None or (name_key(name) in own and (not province or province == identity.province)):
            return None
        if district and name not in identity.agency_printed:
            elsewhere = any(each.province == province and each.district and not each.is_in(district) for each in registry.named(name))
            if elsewhere or len(districts[name, province]) > 1:
                return f"{name} อำเภอ{district}"
        return name

    for entry in printed:
        name = called(entry.agency, entry.province, entry.district)
        if name is not None and entry.agency not in averages and is_average(entry.agency):
            averages[entry.agency] = finding("score_average_row", entry.place, raw=entry.agency)
        entry.agency, entry.province = name, entry.province if name is not None else None
    return printed, list(averages.values())


def _key(entry: Printed) -> tuple:
    return entry.agency, entry.province, entry.fiscal_year, entry.indicator


def _not_told_apart(printed: list[Printed], findings: list[Finding]) -> list[Printed]:
    """Without scores of which one column prints three values or more: nothing that was understood tells them apart."""
    times = Counter(map(_key, printed))
    if max(times.values(), default=0) < VALUES_NOT_TOLD_APART:
        return printed
    values: dict[tuple, dict[tuple, Printed]] = defaultdict(dict)
    for entry in printed:
        if times[_key(entry)] >= VALUES_NOT_TOLD_APART:
            values[entry.group, *_key(entry)][entry.value.number, entry.value.level] = entry
    several = {key: list(entries.values()) for key, entries in values.items() if len(entries) >= VALUES_NOT_TOLD_APART}
    for (_, agency, _, year, indicator), entries in several.items():
        numbers = ", ".join(str(entry.value.number if entry.value.number is not None else entry.value.level) for entry in entries)
        words = {"indicator": indicator, "agency": agency or "", "year": year or ""}
        findings.append(finding("score_not_told_apart", entries[0].place, raw=numbers[:80], **words))
    return [entry for entry in printed if (entry.group, *_key(entry)) not in several]


def _once(printed: list[Printed], findings: list[Finding]) -> list[Printed]:
    """The first of repeated scores; another value for the same agency, year and indicator is reported."""
    first: dict[tuple, Printed] = {}
    same: Counter = Counter()
    for entry in printed:
        key = _key(entry)
        if key not in first:
            first[key] = entry
            continue
        known = first[key]
        if (known.value.number, known.value.level) == (entry.value.number, entry.value.level):
            same[known.group, entry.group] += 1
            known.stated_change = known.stated_change if known.stated_change is not None else entry.stated_change
            continue
        findings.append(
            finding(
                "score_repeated_otherwise",
                entry.place,
                raw=str(entry.value.number if entry.value.number is not None else entry.value.level),
                read_as=str(known.value.number if known.value.number is not None else known.value.level),
                indicator=entry.indicator,
                agency=entry.agency or "",
                year=entry.fiscal_year or "",
                first=known.place,
            )
        )
    if same:
        findings.append(finding("score_repeated_same", printed[0].place, raw=str(same.total())))
    return list(first.values())


def _without_means(printed: list[Printed], findings: list[Finding], known: Known) -> list[Printed]:
    """Without the last row of a list of indicators where it is labelled as their mean and is not the weighted total."""
    means = set()
    for (_, _, year), row in _assessments(printed).items() if any(entry.mean for entry in printed) else ():
        at = row.get("TOTAL")
        rules = _rules(known, year)
        if at is None or not printed[at].mean or rules is None:
            continue
        total = rules.total(rules.means(_of_hundred(row, printed)))
        if total is not None and abs(half_up(total) - printed[at].value.number) > 2 * TOLERANCE:
            means.add(at)
            findings.append(finding("score_mean_of_rows", printed[at].place, raw=str(printed[at].value.number)))
    return [entry for at, entry in enumerate(printed) if at not in means]


# --------------------------------------------------------------------------------------------------- points or percent?


Assessments = dict[tuple, dict[str, int]]


def _assessments(printed: list[Printed]) -> Assessments:
    """(agency, province, year) -> indicator -> position in `printed`."""
    rows: Assessments = defaultdict(dict)
    for at, entry in enumerate(printed):
        rows[entry.agency, entry.province, entry.fiscal_year][entry.indicator] = at
    return rows


def _scales(printed: list[Printed], rows: Assessments, known: Known) -> tuple[dict[int, int | None], list[Finding]]:
    """What each instrument's score is out of (its points or 100) by arithmetic, and how each column was told."""
    told: dict[int, int | None] = {}
    for (_, _, year), row in rows.items():
        if row.keys().isdisjoint(INSTRUMENTS):
            continue
        rules = _rules(known, year)
        if rules is not None and not rules.instruments:
            continue
        for code in INSTRUMENTS:
            if code in row:
                told[row[code]] = _scale_of(code, row, printed, rules)
    columns: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in told:
        columns[printed[at].indicator, printed[at].group].append(at)
    findings = []
    for (code, _), members in columns.items():
        votes = Counter(told[at] for at in members if told[at])
        first = printed[members[0]]
        if not votes:
            hints = {printed[at].max_printed for at in members} - {None}
            if len(hints) == 1:
                votes = Counter(hints)
        if len(votes) == 1:
            most = next(iter(votes))
            told.update(dict.fromkeys(members, most))
            rule = "score_scale_hundred" if most == 100 else "score_scale_points"
            findings.append(finding(rule, first.place, raw=str(first.value.number), read_as=str(most), indicator=code, max=most))
        else:
            findings.append(
                finding("score_scale_mixed" if votes else "score_scale_unknown", first.place, raw=str(first.value.number), indicator=code)
            )
    return told, findings


def _rules(known: Known, year: int | None) -> Rules | None:
    """The rules by which scores of a year are compared: its own, the latest where the document says no year, None where there are none."""
    return known.nearest(None) if year is None else known.rules.get(year)


def _of_hundred(row: dict[str, int], printed: list[Printed]) -> dict[str, Fraction]:
    return {code: Fraction(printed[at].of_hundred) for code, at in row.items() if code != "LEVEL"}


def _scale_of(code: str, row: dict[str, int], printed: list[Printed], rules: Rules | None) -> int | None:
    """100, or the instrument's points, where only one of them can be; else None."""
    value = printed[row[code]].value.number
    most = rules.points(code) if rules else None
    if most is None:
        # Points are a part of the total: half of it would be more than any year gave to an instrument that has two beside it.
        return 100 if value > HALF else None
    members = rules.members(code)
    known = [printed[row[member]].of_hundred for member in members if member in row]
    # Indicators that are not printed may be anything from 0 to 100: the mean lies between these.
    low = sum(known, Decimal(0)) / len(members)
    high = low + 100 * Decimal(len(members) - len(known)) / len(members)
    slack = Decimal("0.02")
    fits = [out_of for out_of in (100, most) if low * out_of / 100 - slack <= value <= high * out_of / 100 + slack]
    if not fits:  # printed wrongly either way: the nearer
        return min((100, most), key=lambda out_of: min(abs(value * 100 / out_of - low), abs(value * 100 / out_of - high)))
    if "TOTAL" in row and len(fits) > 1:
        # The other instruments, too, are between 0 and 100: some totals leave one scale only.
        total = printed[row["TOTAL"]].value.number
        fits = [out_of for out_of in fits if value * most / out_of - slack <= total <= value * most / out_of + 100 - most + slack]
    if len(fits) == 1:
        return fits[0]
    if all(other in row for other in (*INSTRUMENTS, "TOTAL")):
        values = {other: printed[row[other]].value.number for other in (*INSTRUMENTS, "TOTAL")}
        in_points = abs(sum(values[other] for other in INSTRUMENTS) - values["TOTAL"]) <= Decimal("0.03")
        weighted = rules.total({other: Fraction(values[other]) for other in INSTRUMENTS})
        of_hundred = abs(weighted - Fraction(values["TOTAL"])) <= Fraction(2, 100)
        if in_points != of_hundred:
            return most if in_points else 100
    return None


# ------------------------------------------------------------------------------------------------- printed and computed


def _levels_and_sums(printed: list[Printed], rows: Assessments, maxima: dict[int, int | None], known: Known) -> list[Finding]:
    findings = []
    for (_, _, year), row in rows.items():
        rules = known.rules.get(year)
        if rules is None or not rules.shares() or row.keys().isdisjoint(("TOTAL", "LEVEL", *INSTRUMENTS)):
            continue
        shown = tuple((code, maxima[row[code]]) for code in rules.shares() if code in row and maxima.get(row[code]))
        sums = _sums(year, frozenset(row), shown, known)
        scores = {code: printed[at].of_hundred for code, at in row.items() if code != "LEVEL"}
        for code, sum_of_points in sums.printed.items():
            findings += _compared("score_instrument_differs", printed[row[code]], sum_of_points.of(scores), indicator=code)
        total = sums.total.of(scores) if sums.total and ("TOTAL" in row or "LEVEL" in row) else None
        if total is not None and "TOTAL" in row:
            # Three rounded points add up to two hundredths at most.
            rounded = any(most != 100 and code not in sums.printed for code, most in shown)
            findings += _compared("score_total_differs", printed[row["TOTAL"]], total, (2 if rounded else 1) * TOLERANCE)
        stands = printed[row["TOTAL"]].value.number if "TOTAL" in row else total
        if "LEVEL" in row and stands is not None:
            lowest = min(one.of(scores) for one in sums.instruments) if total is not None else None
            findings += _level(printed[row["LEVEL"]], stands, lowest, rules)
    return findings


@dataclass(frozen=True)
class _Sum:
    """A weighted sum of scores: each times a whole number, all over `denominator`. Exact, and fast over thousands of agencies."""

    factors: tuple[tuple[str, int], ...]
    denominator: int

    @staticmethod
    def by(parts: dict[str, Fraction]) -> "_Sum":
        denominator = math.lcm(*(part.denominator for part in parts.values()))
        return _Sum(tuple((code, int(part * denominator)) for code, part in parts.items()), denominator)

    def of(self, scores: dict[str, Decimal]) -> Decimal:
        """Two decimals, half up."""
        return (sum(factor * scores[code] for code, factor in self.factors) / self.denominator).quantize(TOLERANCE, ROUND_HALF_UP)


@dataclass(frozen=True)
class _Sums:
    """What scores of these codes let one compute: the points of each printed instrument whose indicators are printed, the instruments out
    of 100, and the total (None: something is missing)."""

    printed: dict[str, _Sum]
    instruments: tuple[_Sum, ...]
    total: _Sum | None


@lru_cache(maxsize=1000)
def _sums(year: int, codes: frozenset[str], shown: tuple[tuple[str, int], ...], known: Known) -> _Sums:
    """`shown`: the printed instruments and what each is out of."""
    rules = known.rules[year]
    members = {code: rules.members(code) for code in rules.shares() if codes.issuperset(rules.members(code))}
    parts = {code: dict.fromkeys(each, Fraction(1, len(each))) for code, each in members.items()}
    printed = {code: {each: part * most / 100 for each, part in parts[code].items()} for code, most in shown if code in parts}
    parts |= {code: {code: Fraction(100, most)} for code, most in shown if code not in parts}
    whole = rules.shares().keys() <= parts.keys()
    total = {each: share * part for code, share in rules.shares().items() for each, part in parts[code].items()} if whole else None
    return _Sums(
        {code: _Sum.by(each) for code, each in printed.items()}, tuple(map(_Sum.by, parts.values())), _Sum.by(total) if total else None
    )


def _compared(rule: str, entry: Printed, computed: Decimal, tolerance: Decimal = TOLERANCE, **words: str) -> list[Finding]:
    if abs(entry.value.number - computed) <= tolerance:
        return []
    return [finding(rule, entry.place, raw=str(entry.value.number), read_as=str(computed), **words)]


def _level(entry: Printed, total: Decimal, lowest: Decimal | None, rules: Rules) -> list[Finding]:
    """A printed level that the total, and the lowest instrument where all are known, cannot have."""
    names = [level["level"] for level in rules.levels]
    word = re.sub(r"\s*\(.*\)$", "", level_of(entry.value.level or "") or "")
    if word not in names:
        return []
    possible = [rules.level_at(total, each) for each in ([Decimal(100), Decimal(0)] if lowest is None else [lowest])]
    if min(possible) <= names.index(word) <= max(possible):
        return []
    return [
        finding("score_level_differs", entry.place, raw=word, read_as=" / ".join(names[min(possible) : max(possible) + 1]), total=total)
    ]


def _changes(printed: list[Printed], rows: Assessments) -> list[Finding]:
    """Stated changes that are not the difference from the year before in the same document."""
    findings = []
    years: dict[tuple, list[int]] = defaultdict(list)
    for agency, province, year in rows:
        if year:
            years[agency, province].append(year)
    for entry in printed:
        if entry.stated_change is None or entry.fiscal_year is None or entry.value.number is None:
            continue
        earlier = [
            year
            for year in years[entry.agency, entry.province]
            if year < entry.fiscal_year and entry.indicator in rows[entry.agency, entry.province, year]
        ]
        if not earlier:
            continue
        before = printed[rows[entry.agency, entry.province, max(earlier)][entry.indicator]]
        change = entry.value.number - before.value.number
        if abs(change - entry.stated_change) > TOLERANCE:
            findings.append(
                finding("score_change_differs", entry.place, raw=str(entry.stated_change), read_as=str(change), indicator=entry.indicator)
            )
    return findings
