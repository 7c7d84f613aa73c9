-- One measure with everything that was read of it, its pair and the indicators that it is aimed at.
-- parameter measure: measure_id
-- column measure_id: its id
-- column agency_name: full name; null: not known
-- column fiscal_year: Buddhist year
-- column section: plan or result
-- column group_number: number of the heading
-- column group_name: words of the heading
-- column number: as printed
-- column title: of the measure
-- column steps: null where the transcript leaves them out
-- column result: as steps
-- column outcome: as steps
-- column suggestion: as steps
-- column responsible: units, joined
-- column period_text: as printed
-- column period_start: first day
-- column period_end: last day
-- column budget_planned: baht; 0: no budget is used; null: the report gives no amount
-- column budget_spent: as budget_planned
-- column status: of results
-- column status_basis: mark, phrase, percent, inferred or none
-- column evidence: the phrase that decided the status
-- column refs: codes, joined
-- column aimed: indicators that it is aimed at, joined
-- column pair_title: the measure that it pairs with, in the other table
-- column pair_place: where that begins
-- column source_id: the document
-- column place: where it begins there
with own as materialized (
  from measure where source_id = split_part($measure, '-', 1) and measure_id = $measure),
other as materialized (
  select if(plan_id = $measure, result_id, plan_id) as measure_id from measure_pair where plan_id = $measure or result_id = $measure),
pair as materialized (
  select string_agg(m.title, ' / ' order by m.position) as pair_title, string_agg(m.place, ', ' order by m.position) as pair_place
  from measure m semi join other using (measure_id)),
aim as (select list(distinct indicator::integer) as indicators from measure_indicator where measure_id = $measure)
select m.measure_id, a.name as agency_name, m.fiscal_year, m.section, m.group_number, m.group_name, m.number, m.title, m.steps, m.result,
       m.outcome, m.suggestion, array_to_string(m.responsible, ', ') as responsible, m.period_text, m.period_start, m.period_end,
       m.budget_planned::double as budget_planned, m.budget_spent::double as budget_spent, m.status, m.status_basis, m.evidence,
       array_to_string(m.refs, ', ') as refs, array_to_string(list_sort(aim.indicators), ', ') as aimed, pair_title, pair_place,
       m.source_id, m.place
from own m cross join aim cross join pair left join agency a using (agency_id)
