-- In a group of agencies and one year: in how many of them each indicator is the weakest. Equal lowest scores count for each of them.
-- parameter agency: agency_id, whose group it is and which counts in it; null: none
-- parameter year: Buddhist year
-- parameter scope: peers, province or nation; null: the agencies of the list
-- parameter agencies: list of agency_id
-- column fiscal_year: Buddhist year
-- column indicator: 1-10
-- column name_th: name of the indicator
-- column name_en: name of the indicator
-- column weakest: agencies in which it is the weakest
-- column agencies: agencies of the group with every indicator
-- column mine: true where it is the weakest of this agency
with members as (
  select agency_id from peers($agency, $year) where $scope = 'peers'
  union all select agency_id from agency where $scope = 'nation' or $scope = 'province' and province = (
    select province from agency where agency_id = $agency)
  union all select unnest($agencies::varchar[]) where $scope is null
  union select $agency),
scores as (
  select s.agency_id, s.indicator, s.score, count(*) over one as n, min(s.score) over one as lowest
  from score s semi join members using (agency_id) join indicator i using (fiscal_year, indicator)
  where s.fiscal_year = $year and s.chosen
  window one as (partition by s.agency_id)),
whole as (select * from scores where n = (select count(*) from indicator where fiscal_year = $year)),
counted as (
  select indicator, count(*) filter (score = lowest) as weakest, count(*) as agencies,
         coalesce(bool_or(score = lowest and agency_id = $agency), false) as mine
  from whole group by indicator)
select i.fiscal_year, i.indicator, i.name_th, i.name_en, c.weakest::integer as weakest, c.agencies::integer as agencies, c.mine
from counted c join indicator i on i.indicator = c.indicator and i.fiscal_year = $year
order by c.weakest desc, i.position
