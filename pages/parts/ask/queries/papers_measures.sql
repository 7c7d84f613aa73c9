-- The measures of one agency and year as papers print them: of each family and section those that count, in the order of the document.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column family: ita_measures or action_plan
-- column round: six_month, annual or null
-- column section: plan or result
-- column group_kind: indicator, dimension or none
-- column group_number: number of the heading
-- column group_name: words of the heading
-- column number: as printed
-- column title: what is to be done
-- column steps: how
-- column responsible: list of units
-- column period_text: as printed
-- column period_start: first day
-- column period_end: last day
-- column quarters: quarters of the fiscal year that the period touches, list of 1-4
-- column budget_planned: baht
-- column budget_spent: baht
-- column result: text of the report
-- column outcome: what came of it
-- column status: of results
-- column status_basis: mark, phrase, percent, inferred or none
-- column evidence: the phrase that decided the status
-- column refs: list of codes
-- column source_id: the document
-- column place: where it begins there
select coalesce(m.document_family, 'ita_measures') as family, m.document_round as round, m.section, m.group_kind, m.group_number, m.group_name, m.number, m.title, m.steps, m.responsible,
       m.period_text, m.period_start, m.period_end,
       list_filter([1, 2, 3, 4], lambda q: coalesce(m.period_start, m.period_end) < make_date($year - 544, 10, 1) + to_months(3 * q::integer)
         and coalesce(m.period_end, m.period_start) >= make_date($year - 544, 10, 1) + to_months(3 * (q::integer - 1))) as quarters,
       m.budget_planned::double as budget_planned, m.budget_spent::double as budget_spent, m.result, m.outcome, m.status, m.status_basis, m.evidence, m.refs, m.source_id, m.place
from measure m
where m.agency_id = $agency and m.fiscal_year = $year and m.latest
order by family desc, m.section, m.source_id, m.position
