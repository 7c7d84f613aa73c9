-- The years in which agencies of a province have a total, latest first.
-- parameter province: its name
-- column fiscal_year: Buddhist year
-- column agencies: how many have a total
select s.fiscal_year, count(*)::integer as agencies
from assessment s join agency a using (agency_id)
where a.province = $province and s.total_shown is not null
group by s.fiscal_year
order by s.fiscal_year desc
