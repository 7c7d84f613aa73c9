-- The provinces that have agencies, in the order of the Thai alphabet; a null row where agencies have no province.
-- column province: name
-- column agencies: how many agencies
select province, count(*)::integer as agencies
from agency group by province order by province collate th nulls last
