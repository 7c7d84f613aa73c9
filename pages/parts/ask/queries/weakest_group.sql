-- In a group of agencies and one year: in how many of them each indicator is the weakest. Equal lowest scores count for each of them.
-- In the order of the shares drawn towards those of all agencies, the more the fewer the group has (pseudo-Bayes: Fienberg and Holland 1973),
-- so that chance does not head the list of a small group. Groups under five agencies are left out.
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
-- column drawn: percent of the weakest places that are the indicator's, drawn
-- column mine: true where it is the weakest of this agency
with members as (
  select agency_id from peers($agency, $year) where $scope = 'peers'
  union all select agency_id from agency where $scope = 'nation' or $scope = 'province' and province = (
    select province from agency where agency_id = $agency)
  union all select unnest($agencies::varchar[]) where $scope is null
  union select $agency),
scores as (
  select s.agency_id, s.indicator, s.score, count(*) over one as n, min(s.score) over one as lowest
  from score s join indicator i using (fiscal_year, indicator)
  where s.fiscal_year = $year and s.chosen
  window one as (partition by s.agency_id)),
whole as (
  select *, score = lowest as weak, agency_id in (select agency_id from members) as inside
  from scores where n = (select count(*) from indicator where fiscal_year = $year)),
counted as (
  select indicator, count(*) filter (weak and inside) as weakest, count(*) filter (inside) as agencies,
         count(*) filter (weak) / (sum(count(*) filter (weak)) over ()) as usual, sum(count(*) filter (weak and inside)) over () as places,
         coalesce(bool_or(weak and agency_id = $agency), false) as mine
  from whole group by indicator),
drawn as (
  select *, (places ** 2 - sum(weakest ** 2) over ()) / nullif(sum((weakest - places * usual) ** 2) over (), 0) as weight from counted where agencies >= 5)
select i.fiscal_year, i.indicator, i.name_th, i.name_en, c.weakest::integer as weakest, c.agencies::integer as agencies,
       round(100 * coalesce((c.weakest + c.weight * c.usual) / (c.places + c.weight), c.usual), 2) as drawn, c.mine
from drawn c join indicator i on i.indicator = c.indicator and i.fiscal_year = $year
order by round(coalesce((c.weakest + c.weight * c.usual) / (c.places + c.weight), c.usual), 9) desc, i.position
