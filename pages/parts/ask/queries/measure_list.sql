-- Measures that bear all words asked for and pass every filter, the latest year first; the first 200 of them.
-- parameter agency: agency_id; null: all
-- parameter year: Buddhist year; null: all
-- parameter section: plan or result; null: both
-- parameter family: ita_measures or action_plan; null: both
-- parameter status: completed_stated, completed_inferred, in_progress, not_started, not_possible or unknown; null: all
-- parameter indicator: 1-10 that it is aimed at, or none; null: all
-- parameter unit: a responsible unit, or none; null: all
-- parameter quarter: 1-4 of the fiscal year that its period touches, or none (without a period); null: all
-- parameter finding: true: only measures at whose place something was noted; null: all
-- parameter first: a word in small letters that its text holds; null: none asked
-- parameter second: another word
-- parameter third: another word
-- column found: how many measures pass, shown or not
-- column fiscal_year: Buddhist year
-- column agency_name: full name; null: not known
-- column section: plan or result
-- column group_number: number of the heading
-- column number: as printed
-- column title: of the measure
-- column responsible: units, joined
-- column period_text: as printed
-- column status: of results; null in plans
-- column status_basis: mark, phrase, percent, inferred or none
-- column measure_id: its id
-- column source_id: the document
-- column place: where it begins there
with said as materialized (
  select text_id from measure_text
  where $first is not null and contains(search, $first) and ($second is null or contains(search, $second))
    and ($third is null or contains(search, $third))),
hit as materialized (
  select m.rowid as row_at, m.fiscal_year
  from ita.measure m -- the table itself: a view has no rowid
  where m.latest
    and ($agency is null or m.agency_id = $agency) and ($year is null or m.fiscal_year = $year) and ($section is null or m.section = $section)
    and ($status is null or m.status = if($status like 'completed%', 'completed', $status))
    and ($status is null or $status not like 'completed%' or (m.status_basis = 'inferred') = ($status = 'completed_inferred'))
    and ($first is null or m.text_id in (from said))
    and ($unit is null or if($unit = 'none', len(coalesce(m.responsible, [])) = 0, list_contains(m.responsible, $unit)))
    and ($quarter is null or if($quarter = 'none', m.period_start is null and m.period_end is null,
      coalesce(m.period_start, m.period_end) < make_date(m.fiscal_year - 544, 10, 1) + to_months(3 * try_cast($quarter as integer))
      and coalesce(m.period_end, m.period_start) >= make_date(m.fiscal_year - 544, 10, 1) + to_months(3 * (try_cast($quarter as integer) - 1))))
    and ($family is null or m.source_id in (select source_id from source where family = $family))
    and ($indicator is null or ($indicator = 'none') = (m.measure_id not in (
      select measure_id from measure_indicator where $indicator = 'none' or indicator = $indicator)))
    and ($finding is null or (m.source_id, m.place) in (select (source_id, place) from finding))),
shown as (select row_at from hit order by fiscal_year desc, row_at limit 200)
select (select count(*) from hit)::integer as found, m.fiscal_year, a.name as agency_name, m.section, m.group_number, m.number, m.title,
       array_to_string(m.responsible, ', ') as responsible, m.period_text, m.status, m.status_basis, m.measure_id, m.source_id, m.place
from ita.measure m semi join shown on shown.row_at = m.rowid left join agency a using (agency_id)
order by m.fiscal_year desc, m.rowid
