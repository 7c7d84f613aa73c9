"""A draft -> a measure: its cells read into units, days, baht, codes and a status, with a finding for whatever was not simply read."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz

from etl.findings import finding
from etl.formats.document import UNREAD
from etl.measures import status
from etl.measures.drafts import Draft
from etl.measures.groups import listed_number
from etl.measures.status import Status, says_nothing
from etl.printed import marks
from etl.printed.budgets import baht
from etl.printed.codes import Questions, refs, without_notes
from etl.printed.periods import Period, fiscal_bounds, period
from etl.printed.thai import key, one_line
from etl.printed.units import units
from etl.reading import Finding, Measure

_A_RESTATEMENT = 90  # percent of the shorter text's letters
_DASH = re.compile("[-–—−]+")
_JUMP = 900


@dataclass
class Finished:
    measure: Measure
    findings: list[Finding] = field(default_factory=list)
    shared: bool = False  # its result is printed once for it and for measures above

    def say(self, rule: str, **words) -> None:
        self.findings.append(finding(rule, self.measure.place, **words))


def finished(draft: Draft, position: int, fiscal_year: int | None, questions: Questions, form: marks.Form = marks.NO_FORM) -> Finished:
    """The measure of one draft. `questions`: those of the year's rules; `form`: the signs of all its status columns."""
    group = draft.group
    measure = Measure(draft.section, position, group.kind, group.number, group.name, draft.number, place=draft.place)
    out = Finished(measure, shared=draft.shared)
    if draft.number and UNREAD in draft.number:
        measure.number = None
        measure.unsure.append("number")
    if group.kind == "indicator" and (listed := listed_number(draft.group_text)) and listed != group.number:
        out.say("group_number_differs", raw=one_line(draft.group_text)[:60], read_as=group.number)
    _title_and_refs(draft, out, questions)
    measure.steps = _text(draft, "steps")
    measure.result, measure.outcome, measure.suggestion = (_text(draft, role) for role in ("result", "outcome", "suggestion"))
    _units(draft, out)
    _period(draft, out, fiscal_year)
    measure.budget_planned = _budget(draft, out, "budget_planned")
    measure.budget_spent = _budget(draft, out, "budget_spent")
    if dashed := [side for side in ("planned", "spent") if _DASH.fullmatch(draft.text(f"budget_{side}").strip())]:
        # Neither 0 nor an empty cell: the report says that there is no amount.
        out.say("budget_dash", raw="-", read_as=" | ".join(dashed))
    if measure.budget_planned and measure.budget_spent:
        ratio = max(measure.budget_planned, measure.budget_spent) / min(measure.budget_planned, measure.budget_spent)
        if ratio >= _JUMP:
            out.say("budget_jump", raw=f"{measure.budget_spent:,}", read_as=f"{measure.budget_planned:,}")
    if draft.section == "result":
        _status(draft, out, form)
    return out


def _text(draft: Draft, role: str) -> str | None:
    text = one_line(draft.text(role))
    return None if says_nothing(text) else text


def _title_and_refs(draft: Draft, out: Finished, questions: Questions) -> None:
    title, notes = without_notes(one_line(draft.title or ""))
    out.measure.title = title or None
    subject = f"{title} {draft.text('steps')}"
    row_notes = " ".join(without_notes(draft.text(role))[1] for role in ("steps", "result", "outcome"))
    for text, note in ((notes, True), (draft.text("refs"), True), (row_notes, True), (title, False), (draft.group_text, False)):
        found = refs(text, subject, questions, note)
        out.measure.refs += [code for code in found.codes if code not in out.measure.refs]
        for printed, code in found.repairs:
            if code:
                out.say("code_repaired", raw=printed, read_as=code)
            else:
                out.say("code_unread", raw=printed)
    if any(UNREAD in text for text in (notes, draft.text("refs"), row_notes)):  # where codes stand, what was not read is one
        out.measure.unsure.append("refs")


def _units(draft: Draft, out: Finished) -> None:
    # Pieces of one cell on two pages are one text: a name may be broken between them.
    found = units(draft.text("unit"))
    out.measure.responsible = found.names
    for printed, read in found.repairs:
        out.say("unit_repaired", raw=printed, read_as=read)


def _period(draft: Draft, out: Finished, fiscal_year: int | None) -> None:
    role = "period_done" if draft.text("period_done") else "period"
    text = one_line(draft.text(role))
    if says_nothing(text):
        return
    out.measure.period_text = text
    if UNREAD in text:
        out.measure.unsure += ["period_text", "period_start", "period_end"]
        return
    found: Period | None = period(text, fiscal_year)
    if found is None:
        out.say("period_unread", raw=text[:80])
        return
    for printed, read in found.misread:
        out.say("period_repaired", raw=f"{printed} ({text[:60]})", read_as=read)
    if found.first is None or found.last is None:
        out.say("period_unread", raw=text[:80])
        return
    if found.first > found.last:
        out.say("period_unread", raw=text[:80])
        return
    out.measure.period_start, out.measure.period_end = found.first.isoformat(), found.last.isoformat()
    if fiscal_year:
        first, last = fiscal_bounds(fiscal_year)
        if found.last < first or found.first > last:
            out.say("period_outside", raw=text[:80], year=fiscal_year)


def _budget(draft: Draft, out: Finished, role: str) -> Decimal | None:
    text = re.sub(r"^\(?[\d๐-๙]{1,2}[.)]\s+(?=\S)", "", draft.text(role).strip())
    if UNREAD in text:  # what is left of a number would be another one
        out.measure.unsure.append(role)
        return None
    amount = baht(text)
    if amount is None and not says_nothing(text):
        out.say("budget_unread", raw=one_line(text)[:60])
    return amount


def _status(draft: Draft, out: Finished, form: marks.Form) -> None:
    measure = out.measure
    decided = _decided(draft, out, form)
    measure.status, measure.status_basis, measure.evidence = decided.status, decided.basis, decided.evidence
    if decided.basis == "inferred" and measure.result and _restates(measure.result, measure.title, measure.steps):
        out.say("inferred_restatement", raw=measure.result[:80])


def _decided(draft: Draft, out: Finished, form: marks.Form) -> Status:
    marked, undecided = status.of_marks(draft.marks, form)
    for text in undecided:
        out.say("mark_undecided", raw=text[:60])
    if marked is not None:
        if marked.status == status.UNKNOWN:
            out.say("conflicting_marks", raw=marked.evidence)
        return marked
    result, words = draft.text("result_latest") or draft.text("result"), draft.text("status")
    for decided in (
        status.of_percent(draft.text("percent"), draft.whole),
        status.of_phrase(words),
        status.of_percent(words) if words else None,
        status.of_percent(result),
        status.of_phrase(result),
    ):
        if decided is not None:
            return decided
    if (mark := words or result) and status.is_tick(mark):
        marked, undecided = status.of_marks({status.COMPLETED: mark}, form)
        return marked or status.NONE
    inferred = status.of_text(result, draft.happened)
    if inferred.status == status.UNKNOWN and (remarked := status.of_phrase(draft.text("remark"))) is not None:
        return remarked
    return inferred


def _restates(result: str, title: str | None, steps: str | None) -> bool:
    """Whether a result says no more than the title or the steps, "มีการ" and numbering apart."""
    said = _bare(result)
    return any(
        len(planned := _bare(text)) > 15
        and abs(len(planned) - len(said)) < 0.35 * len(planned)
        and fuzz.ratio(said[:600], planned[:600]) >= _A_RESTATEMENT
        for text in (title, steps)
        if text
    )


def _bare(text: str) -> str:
    letters = key(text)
    for word in ("หน่วยงานมีการ", "หน่วยงาน", "ดำเนินการ", "มีการ", "จัดให้มี"):
        letters = letters.replace(word, "")
    return "".join(letter for letter in letters if not letter.isdigit())
