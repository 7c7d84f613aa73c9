"""The scores of a document, whatever form they are printed in, checked against each other and the year's rules.

`scores` composes the layouts (score_table, score_text); what they read is kept as printed. The checks say where printed totals,
instruments, levels and changes are not what the printed indicators give, at a tolerance of 0.01 points.
"""

import re
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction

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
from etl.scores.text import running_scores
from etl.scores.values import level_of

TOLERANCE = Decimal("0.01")
HALF = Decimal(50)


def scores(document: Document, identity: Identity, known: Known) -> tuple[list[Score], list[Finding]]:
    """The document's scores in its order, and what was doubtful in them.

    `agency` and `province` are None for the document's own agency, else as printed with the type in full. Where one name stands for
    several agencies of a province, or for another than the registry's, it ends in its district ("… อำเภอสตึก"; `Registry.match` reads it).
    The mean of a province is kept under its printed name ("ภาพรวมจังหวัดตราด"): `labels.is_average` tells it from an agency.
    """
    terms = Terms.of(known)
    printed, remarks, read = table_scores(document, identity, terms)
    running, said = running_scores(document, identity, terms, read)
    printed, remarks = printed + running, remarks + said
    findings = [finding(said.rule, said.place, raw=said.raw, read_as=said.read_as, **said.words) for said in remarks]
    unread = [entry for entry in printed if entry.value.unread]
    printed = [entry for entry in printed if not any(entry is one for one in unread)]
    printed, about_fractions = as_percentages(printed)
    findings += about_fractions
    printed, more = _own(_valid(printed, findings), identity, known.registry)
    printed = _without_means(_once(printed, findings), findings, known)
    maxima, scale = _scales(printed, known)
    findings += more + scale + _levels_and_sums(printed, maxima, known) + _changes(printed)
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
    named = []
    for entry in printed:
        if entry.agency is None or (name_key(entry.agency) in own and (not entry.province or entry.province == identity.province)):
            entry.agency = entry.province = None
            named.append(entry)
            continue
        if is_average(entry.agency):
            averages.setdefault(entry.agency, finding("score_average_row", entry.place, raw=entry.agency))
        name = entry.agency
        if entry.district and name not in identity.agency_printed:
            namesakes = registry.named(name)
            elsewhere = any(agency.province == entry.province and agency.district != entry.district for agency in namesakes)
            if elsewhere or len(districts[entry.agency, entry.province]) > 1:
                name = f"{name} อำเภอ{entry.district}"
        entry.agency = name
        named.append(entry)
    return named, list(averages.values())


def _once(printed: list[Printed], findings: list[Finding]) -> list[Printed]:
    """The first of repeated scores; another value for the same agency, year and indicator is reported."""
    first: dict[tuple, Printed] = {}
    same: Counter = Counter()
    for entry in printed:
        key = (entry.agency, entry.province, entry.fiscal_year, entry.indicator)
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
    for (_, _, year), row in _assessments(printed).items():
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


def _assessments(printed: list[Printed]) -> dict[tuple, dict[str, int]]:
    """(agency, province, year) -> indicator -> position in `printed`."""
    rows: dict[tuple, dict[str, int]] = defaultdict(dict)
    for at, entry in enumerate(printed):
        rows[entry.agency, entry.province, entry.fiscal_year][entry.indicator] = at
    return rows


def _scales(printed: list[Printed], known: Known) -> tuple[dict[int, int | None], list[Finding]]:
    """What each instrument's score is out of (its points or 100) by arithmetic, and how each column was told."""
    told: dict[int, int | None] = {}
    for (_, _, year), row in _assessments(printed).items():
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


def _levels_and_sums(printed: list[Printed], maxima: dict[int, int | None], known: Known) -> list[Finding]:
    findings = []
    for (_, _, year), row in _assessments(printed).items():
        rules = known.rules.get(year)
        if rules is None or not rules.shares():
            continue
        scores = _of_hundred(row, printed)
        instruments = rules.means(scores)
        shown = {code: maxima[row[code]] for code in rules.shares() if code in row and maxima.get(row[code])}
        for code in instruments.keys() & shown.keys():
            computed = half_up(instruments[code] * shown[code] / 100)
            findings += _compared("score_instrument_differs", printed[row[code]], computed, indicator=code)
        for code in shown.keys() - instruments.keys():
            instruments[code] = scores[code] * 100 / shown[code]
        total = rules.total(instruments)
        if total is not None and "TOTAL" in row:
            # Three rounded points add up to two hundredths at most.
            rounded = any(most != 100 and not all(member in scores for member in rules.members(code)) for code, most in shown.items())
            findings += _compared("score_total_differs", printed[row["TOTAL"]], half_up(total), (2 if rounded else 1) * TOLERANCE)
        stands = printed[row["TOTAL"]].value.number if "TOTAL" in row else half_up(total) if total is not None else None
        if "LEVEL" in row and stands is not None:
            findings += _level(printed[row["LEVEL"]], stands, instruments if total is not None else None, rules)
    return findings


def _compared(rule: str, entry: Printed, computed: Decimal, tolerance: Decimal = TOLERANCE, **words: str) -> list[Finding]:
    if abs(entry.value.number - computed) <= tolerance:
        return []
    return [finding(rule, entry.place, raw=str(entry.value.number), read_as=str(computed), **words)]


def _level(entry: Printed, total: Decimal, instruments: dict[str, Fraction] | None, rules: Rules) -> list[Finding]:
    """A printed level that the total, and the instruments where all are known, cannot have."""
    names = [level["level"] for level in rules.levels]
    word = re.sub(r"\s*\(.*\)$", "", level_of(entry.value.level or "") or "")
    if word not in names:
        return []
    lowest = [min(half_up(value) for value in instruments.values())] if instruments else [Decimal(100), Decimal(0)]
    possible = [rules.level_at(total, each) for each in lowest]
    if min(possible) <= names.index(word) <= max(possible):
        return []
    return [
        finding("score_level_differs", entry.place, raw=word, read_as=" / ".join(names[min(possible) : max(possible) + 1]), total=total)
    ]


def _changes(printed: list[Printed]) -> list[Finding]:
    """Stated changes that are not the difference from the year before in the same document."""
    findings = []
    rows = _assessments(printed)
    for entry in printed:
        if entry.stated_change is None or entry.fiscal_year is None or entry.value.number is None:
            continue
        earlier = [
            year
            for agency, province, year in rows
            if (agency, province) == (entry.agency, entry.province) and year and year < entry.fiscal_year
        ]
        earlier = [year for year in earlier if entry.indicator in rows[entry.agency, entry.province, year]]
        if not earlier:
            continue
        before = printed[rows[entry.agency, entry.province, max(earlier)][entry.indicator]]
        change = entry.value.number - before.value.number
        if abs(change - entry.stated_change) > TOLERANCE:
            findings.append(
                finding("score_change_differs", entry.place, raw=str(entry.stated_change), read_as=str(change), indicator=entry.indicator)
            )
    return findings
