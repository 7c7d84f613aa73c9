-- Which tables of measures one agency has for a year, results first.
-- parameter agency: agency_id
-- parameter year: Buddhist year
-- column section: plan or result
select distinct section from measure where agency_id = $agency and fiscal_year = $year and latest order by section desc
