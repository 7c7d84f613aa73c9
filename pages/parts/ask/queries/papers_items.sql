-- The papers that an agency must publish in a year: their item of the open-data instrument and the last day, where sources say so.
-- parameter year: Buddhist year
-- column paper: measures, report, action_plan, action_report_6 or action_report_12
-- column code: item, as O27
-- column name_th: name of the item; null where not known
-- column due: last day to publish it; null where no source says
-- column certainty: stated, derived or memory
-- column source: who says so
select p.paper, p.code, q.name_th, p.due, p.certainty, p.source
from paper p left join question q on q.fiscal_year = p.fiscal_year and q.code = p.code
where p.fiscal_year = $year
order by substr(p.code, 2)::integer
