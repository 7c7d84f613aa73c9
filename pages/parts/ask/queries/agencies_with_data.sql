-- The agencies with most to show: those with measures first, then those with most scores.
-- column agency_id: permanent
-- column name: full name
select a.agency_id, a.name
from agency a
left join (select agency_id, count(*) as scores from score where chosen group by agency_id) s using (agency_id)
left join (select agency_id, count(*) as measures from measure group by agency_id) m using (agency_id)
where s.scores > 0 or m.measures > 0
order by m.measures is null, coalesce(s.scores, 0) desc, a.agency_id
limit 8
