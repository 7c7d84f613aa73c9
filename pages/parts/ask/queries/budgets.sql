-- Budgets as reported, a row a family: an amount, none used (0), or no amount given. Neither of the last two is the other.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- parameter section: plan or result
-- column family: ita_measures or action_plan
-- column measures: all of them
-- column planned: measures with a planned amount above 0
-- column planned_baht: baht planned
-- column planned_none: measures that say no budget is planned
-- column planned_dash: measures whose planned amount is printed as a dash: stated as none
-- column spent: measures with a spent amount above 0
-- column spent_baht: baht spent
-- column spent_none: measures that say no budget was spent
-- column spent_dash: measures whose spent amount is printed as a dash
-- column source_id: the document
-- column place: where the first measure begins
select m.document_family as family, count(*)::integer as measures, (count(*) filter (budget_planned > 0))::integer as planned,
       sum(budget_planned)::double as planned_baht, (count(*) filter (budget_planned = 0))::integer as planned_none,
       (count(*) filter (d.read_as like '%planned%'))::integer as planned_dash,
       (count(*) filter (budget_spent > 0))::integer as spent, sum(budget_spent)::double as spent_baht,
       (count(*) filter (budget_spent = 0))::integer as spent_none, (count(*) filter (d.read_as like '%spent%'))::integer as spent_dash, min(m.source_id) as source_id, arg_min(m.place, m.position) as place
from measure m
left join (select source_id, place, string_agg(read_as, ' ') as read_as from finding where rule = 'budget_dash' group by all) d
  on d.source_id = m.source_id and d.place = m.place
where m.agency_id = $agency and m.fiscal_year = $year and m.section = $section and m.latest
group by m.document_family order by m.document_family desc
